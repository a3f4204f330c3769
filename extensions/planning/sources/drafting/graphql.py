"""Reads the answer to GraphQL's introspection query: connections and lists of its root type."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .columns import key_of, offer_cursors
from .described import DERIVED, Column, DescribedTable, Description, as_list, as_mapping, as_text
from .names import letters, table_name

_PAGE = {"first", "after"}
"""Arguments of a connection; both together mean paging by a token."""


def schema_of(data: Any) -> Mapping[str, Any]:
    """The schema in an answer to introspection, empty where there is none."""
    root = as_mapping(data)
    schema = as_mapping(as_mapping(root.get("data", root)).get("__schema"))
    return schema if as_list(schema.get("types")) else {}


def read(schema: Mapping[str, Any], label: str) -> Description:
    """What a schema says."""
    description = Description("graphql", label)
    description.say("source_type", "graphql_api")
    types = _named(schema, "types")
    root = types.get(as_text(as_mapping(schema.get("queryType")).get("name")) or "Query", {})
    for called, field in _named(root, "fields").items():
        record = _record(field, types)
        name = table_name(called)
        if record is None or not name:
            continue
        table = DescribedTable(name, f"{label}, query {called}")
        table.columns = tuple(
            Column(held, _is_time(_type(one.get("type"))[0]))
            for held, one in _named(record, "fields").items()
        )
        table.say("primary_keys", list(key_of([name], table.columns)), "", DERIVED)
        arguments = set(_named(field, "args"))
        if arguments >= _PAGE:
            table.say("pagination", "cursor")
        table.deprecated = field.get("isDeprecated") is True
        likely = offer_cursors(table) + (arguments >= _PAGE)
        table.rank = (int(table.deprecated), 0, -likely, len(name))
        description.tables.append(table)
    description.tables.sort(key=lambda one: one.rank)
    return description


def _named(held: Mapping[str, Any], key: str) -> dict[str, Mapping[str, Any]]:
    """What stands in a list under a key, by names."""
    found = map(as_mapping, as_list(held.get(key)))
    return {as_text(one.get("name")): one for one in found}


def _type(reference: Any) -> tuple[str, bool]:
    """The name of a type within non-null and list, and whether a list is around it."""
    is_list = False
    for _ in range(8):
        inner = as_mapping(reference)
        if as_text(inner.get("name")):
            return as_text(inner.get("name")), is_list
        is_list = is_list or inner.get("kind") == "LIST"
        reference = inner.get("ofType")
    return "", is_list


def _record(field: Mapping[str, Any], types: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The type of one record, through connection, edge and node; None where no list comes."""
    called, is_list = _type(field.get("type"))
    held = as_mapping(types.get(called))
    if not as_list(held.get("fields")):
        return None
    if is_list:
        return held
    inner = _named(held, "fields")
    for way in ("nodes", "edges", "items", "results", "data"):
        called, is_list = _type(inner.get(way, {}).get("type"))
        if is_list:
            found = as_mapping(types.get(called))
            node = _named(found, "fields").get("node")
            if way == "edges" and node:
                return as_mapping(types.get(_type(node.get("type"))[0]))
            return found
    return None


def _is_time(type_name: str) -> bool:
    return letters(type_name) in ("datetime", "date", "timestamp", "iso8601datetime", "datetimeiso")
