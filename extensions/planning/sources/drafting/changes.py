"""Whether a list can be read by what changed since a moment, and by which column.

A cursor that is wrong loses records in silence. So a column alone is never enough: the description
has to offer a filter or an order by the moment of the last change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from .columns import (
    change_columns,
    column_for,
    creation_columns,
    is_change,
    is_creation,
    is_event_like,
)
from .described import Column
from .names import letters, words_of
from .records import properties
from .references import Node, schema_of

_COMPARES = frozenset(
    """
    after since from gt gte min start begin greater ge newer starting lower range filter between
    floor
    """.split()
)
_SORTS = frozenset(("sort", "order", "sorting", "ordering", "orderby", "sortby", "sortfield"))
_FREE_FILTERS = frozenset(
    ("filter", "filters", "q", "query", "where", "search", "filterexpression")
)
_BARE = re.compile(
    r"since|oldest|(from|start|starting|begin|beginning)(at)?|"
    r"(from|start|starting|since|begin|after|min|minimum)(date|time|datetime|timestamp|ts)+(utc)?|"
    r"(date|time|datetime|timestamp)(from|start|since|begin|after|min)"
)
"""Parameters for a moment that do not say which."""
_SAYS_CHANGE = re.compile(r"updat|modif|chang", re.IGNORECASE)
_SAYS_RANGE = re.compile(
    r"after|since|greater|later than|>=|newer|\bfrom\b|range|or later|between", re.I
)


class Cursor(NamedTuple):
    """A column to read by, the parameter that makes it one, and whether that filters `after` a
    moment or `from` it on; '' where its name does not tell.
    """

    column: str
    parameter: str
    ingestion: str
    filter: str = ""


def find_cursor(
    table: str,
    path: str,
    parameters: Mapping[str, Node],
    body: Node,
    columns: Sequence[Column],
    written_once: bool = False,
) -> Cursor | None:
    """The cursor of a list, None where the description does not show one.

    `written_once`: the description shows that nothing changes a record, though others are changed.
    """
    changes = change_columns(columns)
    # The properties of the body of a search, at any depth, filter like parameters.
    asked = {**parameters, **dict(_within(body))}
    for name, parameter in asked.items():
        if _filters_by_change(name, parameter, columns):
            column = column_for(name, columns)
            if not column or not is_change(column.rpartition(".")[2]):
                column = changes[0].path if changes else ""
            if column:
                return Cursor(_universal(column, changes), name, "cdc", _comparison(name))
    if changes:
        for name, parameter in asked.items():
            if named := _named_in(name, parameter, changes):
                return Cursor(named.path, name, "cdc")
        if "incremental" in words_of(path):
            return Cursor(changes[0].path, path, "cdc")
    if not changes and (is_event_like(table) or (written_once and not _has_state(columns))):
        return _event_cursor(asked, columns, is_event_like(table))
    return None


def _has_state(columns: Sequence[Column]) -> bool:
    """Whether a record has a state that moves on by itself, such as from `pending` to `paid`."""
    return any(_STATES & set(words_of(column.name)) for column in columns)


_STATES = frozenset(
    """
    status state stage active enabled closed archived paid deleted completed resolved ended
    finished expires expired canceled cancelled
    """.split()
)


def filters_by_time(parameters: Mapping[str, Node]) -> bool:
    """Whether any parameter filters by a moment, whichever it is."""
    return any(
        _is_bare(name, one) or ((is_change(name) or is_creation(name)) and not _is_sort(name))
        for name, one in parameters.items()
    )


def _is_bare(name: str, parameter: Node) -> bool:
    """Whether a parameter asks for a moment without saying which; `start` may count records."""
    if not _BARE.fullmatch(letters(name)):
        return False
    if letters(name) not in ("start", "from", "startat", "begin"):
        return True
    schema = schema_of(parameter)
    said = f"{parameter.text('description')} {schema.text('format')}"
    return bool(re.search(r"\bdate|\btime|timestamp|iso.?8601", said, re.IGNORECASE))


def _filters_by_change(name: str, parameter: Node, columns: Sequence[Column]) -> bool:
    if _is_sort(name):
        return False
    said = parameter.text("description")
    words = set(words_of(name))
    if name.lower() == "if-modified-since":
        return bool(change_columns(columns))
    if is_change(name):
        schema = schema_of(parameter)
        inner = {word for one, _ in schema["properties"].items() for word in words_of(one)}
        if (words | inner) & _COMPARES:
            return True
        return bool(_SAYS_RANGE.search(said))
    return _is_bare(name, parameter) and bool(_SAYS_CHANGE.search(said))


def _named_in(name: str, parameter: Node, changes: Sequence[Column]) -> Column | None:
    """A column that a free filter names. An order alone makes no cursor: half of the
    implementations of such lists read them whole.
    """
    if letters(name) not in _FREE_FILTERS:
        return None
    schema = schema_of(parameter)
    said = [parameter.text("description"), schema.text("description"), parameter.text("x-example")]
    stated = " ".join([*schema.texts("enum"), *schema["items"].texts("enum"), *said])
    for column in changes:
        word = rf"(?<![A-Za-z0-9_]){re.escape(column.name)}(?![A-Za-z0-9_])"
        if re.search(word, stated, re.IGNORECASE):
            return column
    return None


def _event_cursor(
    asked: Mapping[str, Node], columns: Sequence[Column], happen: bool
) -> Cursor | None:
    """Records that are written once by the moment they were, where a filter asks for it. Events
    `happen`: their moment may have any name.
    """
    times = creation_columns(columns)
    if not times and happen:
        # Where a number of seconds stands beside a text, more records share the number.
        number = (["timestamp"], ["ts"], ["epoch"])
        times = [c for c in columns if c.is_time]
        times.sort(key=lambda column: words_of(column.name)[-1:] in number)
    if not times:
        return None
    for name, parameter in asked.items():
        if free := _named_in(name, parameter, times):
            return Cursor(free.path, name, "append")
        named = column_for(name, columns)
        by_creation = is_creation(name) and not _is_sort(name)
        compares = bool(set(words_of(name)) & _COMPARES) and bool(named)
        if _is_bare(name, parameter) or by_creation or compares:
            # Without a name in common, only where there is but one moment it can be about.
            only = len(times) == 1 or bool(creation_columns(columns))
            column = named or (times[0].path if only else "")
            if column:
                return Cursor(column, name, "append", _comparison(name))
    return None


def _universal(column: str, changes: Sequence[Column]) -> str:
    """The column with the same moment in universal time, where there is one."""
    known = {letters(one.path): one.path for one in changes}
    return known.get(letters(column) + "gmt") or known.get(letters(column) + "utc") or column


def _comparison(name: str) -> str:
    words = set(words_of(name))
    if words & {"gt", "after"}:
        return "after"
    return "from" if words & {"gte", "ge", "min", "from"} else ""


def _is_sort(name: str) -> bool:
    return bool(_SORTS & set(words_of(name))) or letters(name) in _SORTS


MOST_DEPTH = 4
"""Structs around a filter in the body of a search; the deepest of the real ones has three."""


def _within(schema: Node, left: int = MOST_DEPTH) -> Iterator[tuple[str, Node]]:
    for name, value in properties(schema).items():
        yield name, value
        if left > 1:
            yield from _within(value, left - 1)
