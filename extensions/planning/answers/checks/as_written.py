"""What YAML has made of an unquoted text: a number, a truth value, a date.

YAML 1.1 reads `2026_10` as 202610, `007` as 7, `24:30` as 1470 and `on` as true, and says nothing.
Once it is a number, nobody can tell what was written, so a number in the place of a text is
refused. Only answers of this run are held to that: what is on record was taken once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from ...terms.values import shown
from ..tables import TABLE_LISTS
from .shapes import DATES, LISTS, STRUCTURES, TEXTS

NO_FREE_TEXT = frozenset({"connector", "sync_interval", "rate_limit", *DATES, *TABLE_LISTS})
"""Questions whose own reader tells numbers and dates from what it takes."""

TEXT_KEYS = frozenset(
    "notes description risk mitigation owner note cursor_field primary_keys options deliverables "
    "scopes extra_parameters path".split()
)
"""Keys of structured answers that hold texts; others take numbers, or refuse them themselves."""


def refusal(value: object, question: str) -> str:
    """What YAML has changed in an answer, '' for nothing."""
    for where, text in _texts(value, question):
        if isinstance(text, (bool, int, float, date)):  # a moment is a date as well
            wrong = f"is {shown(text)} to YAML, which is no text; put what you wrote in quotes."
            return f"{where}{wrong}"
    return ""


def _texts(value: object, question: str) -> Iterator[tuple[str, object]]:
    """What must be text in an answer, each with words that say where it stands."""
    if question in NO_FREE_TEXT:
        return
    if question in TEXTS:
        yield "", value
    elif question in LISTS and isinstance(value, (list, tuple)):
        for position, item in enumerate(value, start=1):
            name = item.get("name") if isinstance(item, Mapping) else None
            label = f'item {position} ("{name}") ' if isinstance(name, str) else f"item {position} "
            found = _under_keys(item) if isinstance(item, Mapping) else [("", item)]
            yield from ((f"{label}{where}", text) for where, text in found)
    elif question in ("out_of_scope", "unconfirmed"):
        yield from (("", text) for text in _leaves(value))
    elif question in STRUCTURES:
        yield from _under_keys(value)


def _under_keys(value: object) -> Iterator[tuple[str, object]]:
    """The texts under all `TEXT_KEYS`, at any depth, each with its key."""
    if isinstance(value, Mapping):
        for key, found in value.items():
            if key in TEXT_KEYS:
                yield from ((f"{key} ", text) for text in _leaves(found))
            else:
                yield from _under_keys(found)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _under_keys(item)


def _leaves(value: object) -> Iterator[object]:
    """What a value is made of in the end, the keys of its mappings included."""
    if isinstance(value, Mapping):
        value = [*value, *value.values()]
    if not isinstance(value, (list, tuple)):
        yield value
        return
    for one in value:
        yield from _leaves(one)
