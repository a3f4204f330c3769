"""Reads OpenAPI documents of 2.0, 3.0 and 3.1: which operations list records, and how.

A tolerant walk over plain data: of 16 public documents, 6 are invalid by the letter, and libraries
that validate refuse them as a whole.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from itertools import chain, count
from pathlib import Path
from typing import Any

from . import changes, limits, paging
from .columns import (
    REPORT_WORDS,
    change_columns,
    comes_under_several,
    creation_columns,
    is_event_like,
    key_of,
    offer_cursors,
)
from .described import DERIVED, DescribedTable, Description, as_mapping
from .names import singular, table_name, words_of
from .openapi_source import read_source
from .operations import Operation, Paths, listing, normal, operations_of, segments
from .ranking import rank_of
from .records import columns, properties, unwrapped
from .references import Document, Node

FEWEST_COLUMNS = 3
"""With fewer columns a record is described in part, and its times may be missing."""


def is_openapi(data: Any) -> bool:
    """Whether the data is an OpenAPI document."""
    root = as_mapping(data)
    return bool(re.match(r"[23]\.", _version(root))) and ("paths" in root or "x-ms-paths" in root)


def _version(data: Mapping[str, Any]) -> str:
    return str(data.get("openapi") or data.get("swagger"))


def read(data: Mapping[str, Any], name: str, path: Path, root: Path) -> Description:
    """What a document says. References lead to files below `root`, seen from `path`."""
    description = Description("openapi", f"{name} (OpenAPI {_version(data)[:3]})")
    return read_document(Document(data, path, root), description)


def read_document(document: Document, description: Description) -> Description:
    """What a document says. Discovery documents come this way as well."""
    root = Node(document.data, document)
    known = Paths()
    every = list(operations_of(root, known, description))
    stated = [one for one in every if one.entity]
    operations = list(listing(stated or every, known))
    tables = _named_tables(operations, known, description)
    _relate(tables, known, description)
    description.tables = [table for table, _ in tables]
    description.tables.sort(key=lambda table: table.rank)
    read_source(root, [one.node for one in every], description)
    for reference, why in sorted(document.lost.items()):
        description.skipped.append(f"reference {reference}: {why}")
    return description


# Tables


def _named_tables(
    operations: Sequence[Operation], known: Paths, description: Description
) -> list[tuple[DescribedTable, Operation]]:
    """One table for each list, under names of their own; the shortest path has the short name."""
    names: set[str] = set()

    def order(one: Operation) -> tuple[int, ...]:
        return (
            one.label != "list",
            one.deprecated,
            len(one.variables),
            one.method != "get",
            len(one.words),
            not one.path.endswith(".list"),  # before `users.info`, which is as long
            len(one.path),
        )

    merged: dict[str, tuple[DescribedTable, Operation]] = {}
    for one in sorted(operations, key=order):
        what = one.entity or "/".join([*one.words, *("{}" for _ in one.variables)])
        if what in merged:
            _add_facts(merged[what][0], one, known)
            continue
        name = _free_name(one, names)
        if not name:
            description.skipped.append(f"{one.method.upper()} {one.path}: no name to use")
            continue
        names.add(name)
        origin = f"{description.label}, {one.method.upper()} {one.path}"
        table = DescribedTable(name, origin, words=tuple(one.words), deprecated=one.deprecated)
        if one.label == "list":
            known.by_path.setdefault(normal(one.path), name)
        _add_facts(table, one, known)
        table.rank = rank_of(table, one, known)
        merged[what] = (table, one)
    return list(merged.values())


def _free_name(one: Operation, names: Set[str]) -> str:
    """The last word of the path, with words before it as long as the name is taken."""
    if one.entity:
        return _not_taken(table_name(one.entity), names)
    candidates = []
    for start in range(len(one.words) - 1, -1, -1):
        words = one.words[start:]
        candidates.append(table_name("_".join(words)))
        candidates.append(table_name("_".join([*(singular(w) for w in words[:-1]), words[-1]])))
    tags = one.node.texts("tags")
    candidates += [table_name(one.node.text("operationId")), *(table_name(tag) for tag in tags[:1])]
    candidates = list(filter(None, candidates))
    free = next((name for name in candidates if name not in names), "")
    return free or _not_taken(next(iter(candidates), ""), names)


def _not_taken(name: str, names: Set[str]) -> str:
    numbered = (f"{name}_{number}" for number in count(2))
    return next(one for one in chain([name], numbered) if one not in names)


def _add_facts(table: DescribedTable, one: Operation, known: Paths) -> None:
    origin = f"{table.origin.rpartition(', ')[0]}, {one.method.upper()} {one.path}"
    item = unwrapped(one.records.item, table.name) if one.records else one.answer
    found = columns(item)
    table.columns = table.columns or found
    if one.label == "single":
        table.say("path", one.path, origin)
        return
    words = {word for part in one.words for word in words_of(part)}
    if not words & REPORT_WORDS or change_columns(found) or creation_columns(found):
        own = [*table.words[-1:], one.entity]
        key = key_of(list(filter(None, own)), found, known.single.get(normal(one.path), ""))
        table.say("primary_keys", list(key), f"{origin}, columns of a record", DERIVED)
    once = bool(known.changed) and normal(one.path) not in known.changed and not one.deprecated
    cursor = changes.find_cursor(table.name, one.path, one.parameters, one.body, found, once)
    if cursor and "cursor_field" not in table.facts:
        origin_of = f"{origin}, parameter {cursor.parameter}"
        table.say("cursor_field", cursor.column, origin_of, DERIVED)
        table.say("ingestion", cursor.ingestion, origin_of, DERIVED)
        table.say("filter", cursor.filter, origin_of, DERIVED)
    if one.method == "post" and "search" in words_of(segments(one.path)[-1]):
        table.say("read_by", "search", origin)
    table.say("path", one.path, origin)
    asked = {**one.parameters, **properties(one.body)} if one.method == "post" else one.parameters
    table.say("pagination", paging.paging_kind(asked, one.answer, one.headers), origin)
    table.say("page_size", paging.page_size(asked) or None, origin)
    limit = _own_limit(one.node) or limits.limits_in(one.node.text("description"))
    table.say("rate_limit", limit, origin)


def _own_limit(node: Node) -> str:
    """The limit that an operation states in an extension of its own: `{burst: 10/s, steady: …}`."""
    said = node["x-klaviyo-ratelimit"]
    parts = [said.text(key) for key in ("burst", "steady")]
    spans = {"s": "second", "m": "minute", "h": "hour", "d": "day"}
    found = [re.fullmatch(r"(\d+)/([smhd])", part) for part in parts]
    return ", ".join(f"{m[1]}/{spans[m[2]]}" for m in found if m)


def _relate(
    tables: Sequence[tuple[DescribedTable, Operation]], known: Paths, description: Description
) -> None:
    """Parents, scope, and what only the whole document tells."""
    scopes: Counter[str] = Counter()
    for table, one in tables:
        parts = segments(one.path)
        nearest = 0
        for position, segment in enumerate(parts):
            if not segment.startswith("{"):
                continue
            above = normal("/".join(parts[:position]))
            parent = known.by_path.get(above)
            if parent and parent != table.name:
                # The nearest list is the parent; those above it are the parent's own parents.
                table.facts.pop("parent", None)
                table.say("parent", parent, grade=DERIVED)
                nearest = position
            elif not parent:
                scopes[segment[1:-1]] += 1
        key = table.facts.get("primary_keys")
        called = one.words[-1] if one.words else table.name
        if nearest and key and comes_under_several(called, parts[nearest - 1], table.columns):
            del table.facts["primary_keys"]
            table.candidates["primary_keys"] = (parts[nearest][1:-1], *key.value)
        _snapshot_or_candidates(table, one)
    half = max(2, len(tables) / 2)
    parameters = [name for name, count in scopes.items() if count >= half and name.isidentifier()]
    described = [{"name": name, "required": True} for name in parameters]
    description.say("connection_parameters", described, "variables of most paths", DERIVED)
    for table, one in tables:
        own = [v for v in one.variables if v in scopes and v not in parameters and v.isidentifier()]
        table.say(
            "options", list(dict.fromkeys(own)), f"{table.origin}, variables of the path", DERIVED
        )


def _snapshot_or_candidates(table: DescribedTable, one: Operation) -> None:
    if "ingestion" in table.facts or offer_cursors(table):
        return
    has_time = any(column.is_time for column in table.columns)
    # What lies below another list is often read where that has changed: three in ten of such
    # lists without any time of their own, one in twenty of the others.
    if (
        len(table.columns) >= FEWEST_COLUMNS
        and not one.variables
        and not has_time
        and not is_event_like(table.name)
        and not changes.filters_by_time(one.parameters)
    ):
        table.say(
            "ingestion", "snapshot", f"{table.origin}: no column and no filter with a time", DERIVED
        )
