"""Finds the records in the answer of an operation, and their columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .columns import CHANGE_WORDS, CREATION_WORDS, TIME_WORDS
from .described import Column
from .names import letters, plain, words_of
from .references import Node

USUAL_NAMES = (
    *("data", "items", "results", "records", "values", "value", "entries", "list", "collection"),
    *("elements", "content", "rows", "objects", "resources", "hits", "nodes", "edges", "response"),
)
"""Names under which sources return the records of a page, the commonest first."""

_NO_RECORDS = ("errors", "warnings", "links", "_links")
"""Arrays that stand beside the records of a page."""

_ENVELOPES = ("data", "result", "results", "response", "_embedded", "payload", "body", "d")
"""Names of objects that hold nothing but the page."""

_INNER = ("attributes", "properties", "fields", "node")
"""Structs that hold a record's own columns."""

MOST_COLUMNS = 1_000
"""Columns looked at in one record; the widest public table known to us has 700."""

_MOST_DEPTH = 8


class Records(NamedTuple):
    """Where the records of a page are: `path` from the root of the answer, and one `item`."""

    path: tuple[str, ...]
    item: Node
    named: bool
    """The place is named like the table, or as such places usually are."""


def properties(schema: Node, depth: int = 0) -> dict[str, Node]:
    """The properties of an object; all that `allOf`, `oneOf` and `anyOf` bring together."""
    found: dict[str, Node] = {}
    known = schema.document.properties
    if id(schema.value) in known or depth > _MOST_DEPTH:
        return known.get(id(schema.value), found)
    known[id(schema.value)] = found  # a schema that contains itself brings nothing new
    for name, value in schema["properties"].items():
        found[name] = value
        if len(found) >= MOST_COLUMNS:
            return found
    for part in _combined(schema):
        for name, value in properties(part, depth + 1).items():
            found[name] = _both(found[name], value) if name in found else value
    return found


def _combined(schema: Node) -> Iterator[Node]:
    return (part for several in ("allOf", "oneOf", "anyOf") for part in schema[several])


def _both(one: Node, other: Node) -> Node:
    """A property that two parts of a schema describe, each in part."""
    if one.document is not other.document or one.value is other.value:
        return one
    if not ("properties" in one or "allOf" in one) or not other.value:
        return one
    both = {"allOf": [one.value, other.value]}
    one.document.made.append(both)  # keeps it, so that its identity stays its own
    return Node(both, one.document)


def types(schema: Node, depth: int = 0) -> set[str]:
    """The types a schema allows, nullable and combined ones included."""
    known = schema.document.types
    if id(schema.value) in known or depth > _MOST_DEPTH:
        return known.get(id(schema.value), set())
    known[id(schema.value)] = set()
    stated = schema.texts("type") or [schema.text("type")]
    found = {one for one in stated if one and one != "null"}
    if "properties" in schema or "additionalProperties" in schema:
        found.add("object")
    if "items" in schema:
        found.add("array")
    if not found:
        for part in _combined(schema):
            found |= types(part, depth + 1)
    known[id(schema.value)] = found
    return found


def array_item(schema: Node, depth: int = 0) -> Node | None:
    """One item of an array of objects, None where the schema is no such array."""
    known = schema.document.items
    if id(schema.value) in known or depth > _MOST_DEPTH:
        return known.get(id(schema.value))
    known[id(schema.value)] = found = None
    if "items" in schema:
        item = schema["items"]
        if isinstance(item.value, list):
            item = next(iter(item), Node(None, item.document))
        # An array of arrays holds rows of values: a report, not records.
        if array_item(item, depth + 1) is None and (
            properties(item) or "object" in types(item) or not item
        ):
            found = item
    else:
        items = (array_item(part, depth + 1) for part in _combined(schema))
        found = next((one for one in items if one is not None), None)
    known[id(schema.value)] = found
    return found


def find_records(schema: Node, words: Sequence[str], depth: int = 0) -> Records | None:
    """The records in an answer. `words` name the table, the nearest last."""
    item = array_item(schema)
    if item is not None:
        return Records((), item, True)
    held = properties(schema)
    arrays = {
        name: found
        for name, value in held.items()
        if name.lower() not in _NO_RECORDS and (found := array_item(value)) is not None
    }
    wanted = {plain(word) for word in words[-1:]} | {plain("_".join(words[-2:]))}
    for name, item in arrays.items():
        if plain(name) in wanted:
            return Records((name,), item, True)
    for usual in USUAL_NAMES:
        for name, item in arrays.items():
            if name.lower() == usual:
                return Records((name,), item, True)
    if depth < 2:
        for name, value in held.items():
            alone = len(held) <= 3 and "object" in types(value)
            if name.lower() in _ENVELOPES or plain(name) in wanted or alone:
                inner = find_records(value, words, depth + 1)
                if inner and (inner.named or name.lower() in _ENVELOPES):
                    return Records((name, *inner.path), inner.item, inner.named)
    endings = [name for name in arrays if plain(name).endswith(tuple(w for w in wanted if w))]
    if len(endings) == 1:
        return Records((endings[0],), arrays[endings[0]], True)
    if len(arrays) == 1:
        ((name, item),) = arrays.items()
        return Records((name,), item, False)
    return None


def records_at(schema: Node, path: str) -> Records | None:
    """The records at a stated path such as `$.data.orders.nodes`; None where it leads nowhere."""
    steps = re.findall(r"\w+", path.removeprefix("$"))
    steps = [one for one in steps if not one.isdigit()]
    if not path.startswith("$"):
        return None
    for step in steps:
        item = array_item(schema)
        schema = properties(item if item is not None else schema).get(step, schema["missing"])
    item = array_item(schema)
    found = item if item is not None else schema
    return Records(tuple(steps), found, True) if properties(found) else None


def unwrapped(item: Node, table: str) -> Node:
    """The record itself where each item is an object that holds it: `{customer: {id: …}}`."""
    held = properties(item)
    if not 0 < len(held) <= 6 or "id" in held:
        return item
    for name, value in held.items():
        is_named = plain(table).endswith(plain(name)) or name in ("node", "resource", "record")
        if (is_named or len(held) == 1) and properties(value):
            return value
    return item


def columns(item: Node) -> tuple[Column, ...]:
    """The columns of a record, and those within structs that hold nothing else."""
    return tuple(_columns(item, ""))[:MOST_COLUMNS]


def _columns(item: Node, within: str) -> Iterator[Column]:
    held = properties(item)
    for name, value in held.items():
        if " " in name:
            continue
        yield Column(within + name, is_time(name, value), types(value) == {"object"})
        if name in _INNER and not within and properties(value):
            yield from _columns(value, f"{name}.")


def is_time(name: str, schema: Node) -> bool:
    """Whether a column holds a moment, by its format, or by its name where the type allows it."""
    if letters(schema.text("format")) in ("datetime", "date", "unixtime", "timestamp"):
        return True
    kinds, words = types(schema), words_of(name) or [""]
    if kinds and not kinds & {"string", "integer", "number"}:
        return kinds == {"object"} and words[-1] in ("at", "time", "timestamp", "date")
    if schema["enum"]:
        return False
    moved = set(words) & (CHANGE_WORDS | CREATION_WORDS)
    return (
        words[-1] in TIME_WORDS
        or bool(moved and (len(words) == 1 or set(words) & TIME_WORDS))
        or letters(name) in ("lastmodified", "lastupdated", "lastchanged")
    )
