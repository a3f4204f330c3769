"""Whether a list can be read by what changed since a moment, and by which column.

A cursor that is wrong loses records in silence. So a column alone is never enough: the description
has to offer a filter or an order by the moment of the last change.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
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
from .references import Node

_COMPARES = frozenset(
    (
        *("after", "since", "from", "gt", "gte", "min", "start", "begin", "greater", "ge", "newer"),
        *("starting", "lower", "range", "filter", "between", "floor"),
    )
)
_SORTS = frozenset(("sort", "order", "sorting", "ordering", "orderby", "sortby", "sortfield"))
_FREE_FILTERS = frozenset(("filter", "filters", "q", "query", "where", "search", "filterexpression"))
_BARE = frozenset(
    (
        *("since", "from", "start", "starttime", "startdate", "fromdate", "timemin", "sincetime"),
        *("startat", "begin", "begintime", "datefrom", "oldest", "mindate", "starttimestamp"),
    )
)
"""Parameters for a moment that do not say which."""
_SAYS_CHANGE = re.compile(r"updat|modif|chang", re.IGNORECASE)
_SAYS_RANGE = re.compile(r"after|since|greater|later than|>=|newer|\bfrom\b|range|or later|between", re.I)


class Cursor(NamedTuple):
    """A column to read by, and the parameter that makes it one: `how` is `filter` or `order`."""

    column: str
    parameter: str
    how: str
    ingestion: str


def find_cursor(
    table: str, path: str, parameters: Mapping[str, Node], body: Node, columns: Sequence[Column]
) -> Cursor | None:
    """The cursor of a list, None where the description does not show one."""
    changes = change_columns(columns)
    asked = {**parameters, **_of_body(body)}
    for name, parameter in asked.items():
        if _filters_by_change(name, parameter, columns):
            column = column_for(name, columns)
            if not column or not is_change(column.rpartition(".")[2]):
                column = changes[0].path if changes else ""
            if column and not is_event_like(table):
                return Cursor(column, name, "filter", "cdc")
            if column:
                return Cursor(column, name, "filter", "append")
    if changes:
        for name, parameter in asked.items():
            named = _named_in(name, parameter, changes)
            if named:
                return Cursor(named[0].path, name, named[1], "cdc")
        if "incremental" in words_of(path):
            return Cursor(changes[0].path, path, "filter", "cdc")
    if is_event_like(table) and not changes:
        return _event_cursor(asked, columns)
    return None


def filters_by_time(parameters: Mapping[str, Node]) -> bool:
    """Whether any parameter filters by a moment, whichever it is."""
    return any(
        letters(name) in _BARE or ((is_change(name) or is_creation(name)) and not _is_sort(name))
        for name in parameters
    )


def _filters_by_change(name: str, parameter: Node, columns: Sequence[Column]) -> bool:
    if _is_sort(name):
        return False
    said = parameter.text("description")
    words = set(words_of(name))
    if name.lower() == "if-modified-since":
        return bool(change_columns(columns))
    if is_change(name):
        schema = parameter["schema"] if "schema" in parameter else parameter
        if words & _COMPARES or {letters(one) for one, _ in schema["properties"].items()} & {
            *_COMPARES
        }:
            return True
        return bool(_SAYS_RANGE.search(said))
    return letters(name) in _BARE and bool(_SAYS_CHANGE.search(said))


def _named_in(name: str, parameter: Node, changes: Sequence[Column]) -> tuple[Column, str] | None:
    """A change column that a free filter or an order names, and which of the two it is."""
    flat = letters(name)
    how = "order" if _is_sort(name) else "filter" if flat in _FREE_FILTERS else ""
    if not how:
        return None
    schema = parameter["schema"] if "schema" in parameter else parameter
    stated = " ".join(
        map(str, [*schema.texts("enum"), *schema["items"].texts("enum"), parameter.text("description"),
                  schema.text("description"), parameter.text("x-example")])
    )
    for column in changes:
        word = rf"(?<![A-Za-z0-9_]){re.escape(column.name)}(?![A-Za-z0-9_])"
        if re.search(word, stated, re.IGNORECASE):
            return column, how
    return None


def _event_cursor(asked: Mapping[str, Node], columns: Sequence[Column]) -> Cursor | None:
    """Events by the moment they happened, where a filter asks for it."""
    times = creation_columns(columns) or [c for c in columns if c.is_time]
    if not times:
        return None
    for name in asked:
        by_creation = is_creation(name) and not _is_sort(name)
        if letters(name) in _BARE or by_creation or column_for(name, columns):
            if set(words_of(name)) & _COMPARES or letters(name) in _BARE or by_creation:
                column = column_for(name, columns) or (times[0].path if len(times) == 1 or creation_columns(columns) else "")
                if column:
                    return Cursor(column, name, "filter", "append")
    return None


def _is_sort(name: str) -> bool:
    return bool(_SORTS & set(words_of(name))) or letters(name) in _SORTS


def _of_body(body: Node) -> dict[str, Node]:
    """The properties of the body of a search, which filter like parameters."""
    return {name: value for name, value in properties(body).items()} if body else {}
