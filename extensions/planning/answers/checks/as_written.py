"""What YAML has made of an unquoted text: a number, a truth value, a date.

YAML 1.1 reads `2026_10` as 202610, `007` as 7, `24:30` as 1470 and `on` as true, and says nothing.
Once it is a number, nobody can tell what was written, so a number in the place of a text is
refused. Only answers of this run are held to that: what is on record was taken once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from ...terms.values import Refusal, shown
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
    if question in NO_FREE_TEXT:
        return ""
    try:
        if question in TEXTS:
            _text(value)
        elif question in LISTS and isinstance(value, (list, tuple)):
            _items(value)
        elif question in ("out_of_scope", "unconfirmed"):
            _below(value)
        elif question in STRUCTURES:
            for key, found in _texts_in(value):
                _below(found, f"{key} ")
    except Refusal as refused:
        return str(refused)
    return ""


def _text(value: object) -> None:
    if isinstance(value, (bool, int, float, date)):  # a moment is a date as well
        raise Refusal(f"is {shown(value)} to YAML, which is no text; put what you wrote in quotes.")


def _items(items: list[object] | tuple[object, ...]) -> None:
    for position, item in enumerate(items, start=1):
        try:
            if isinstance(item, Mapping):
                for key, found in _texts_in(item):
                    _below(found, f"{key} ")
            else:
                _text(item)
        except Refusal as refused:
            name = item.get("name") if isinstance(item, Mapping) else None
            label = f' ("{name}")' if isinstance(name, str) else ""
            raise Refusal(f"item {position}{label} {refused}") from None


def _texts_in(value: object) -> Iterator[tuple[str, object]]:
    """The values of all keys that hold texts, at any depth."""
    if isinstance(value, Mapping):
        for key, found in value.items():
            if key in TEXT_KEYS:
                yield str(key), found
            else:
                yield from _texts_in(found)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _texts_in(item)


def _below(value: object, label: str = "") -> None:
    """All texts of a value that is a text, or a list or mapping of texts."""
    if isinstance(value, Mapping):
        values = [*value, *value.values()]
    else:
        values = list(value) if isinstance(value, (list, tuple)) else [value]
    for one in values:
        if isinstance(one, (Mapping, list, tuple)):
            _below(one, label)
            continue
        try:
            _text(one)
        except Refusal as refused:
            raise Refusal(f"{label}{refused}") from None
