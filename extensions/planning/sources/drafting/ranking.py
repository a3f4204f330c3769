"""Which tables of a description somebody is likely to want, by their paths."""

from __future__ import annotations

from .columns import change_columns, creation_columns
from .described import READ_SINGLE, DescribedTable
from .names import is_plural, words_of
from .operations import Operation, Paths, normal

_MINOR = frozenset(
    """
    settings setting webhooks webhook permissions fields schemas batch types type count counts
    stats statistics autocomplete config configuration preferences status health metadata me
    self current keys tokens capabilities enums definitions export jobs preview recent deleted
    archived relationships history versions templates
    """.split()
)
"""Words at the end of a path that seldom lead to a table somebody wants."""


def rank_of(table: DescribedTable, one: Operation, known: Paths) -> tuple[int, ...]:
    """The smaller, the likelier that somebody wants the table."""
    last = set(words_of(one.words[-1])) if one.words else set()
    has_time = bool(change_columns(table.columns) or creation_columns(table.columns))
    points = 3 * len(one.variables)
    points += 2 * bool(last & _MINOR) + max(0, len(one.words) - 1)
    points -= 2 * bool(normal(one.path) in known.single)
    points -= bool("primary_keys" in table.facts) + has_time
    points -= bool("pagination" in table.facts)
    points -= bool("cursor_field" in table.facts)
    points -= bool(normal(one.path) in known.written)
    points -= bool(one.words) and is_plural(one.words[-1])
    return (
        int(table.deprecated),
        READ_SINGLE if one.label == "single" else 0,
        points,
        len(one.path),
    )
