"""Reads catalogs of Airbyte and Singer: lists of streams with keys and cursors, plain JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .columns import is_change, say_cursor, say_snapshot
from .described import Column, DescribedTable, Description, as_list, as_mapping, as_text
from .names import column


def is_catalog(data: Any) -> bool:
    """Whether the data is a catalog of Airbyte or Singer: both list `streams`."""
    streams = as_list(as_mapping(data).get("streams"))
    return bool(streams) and all(_stream(one) for one in streams[:3])


def read(data: Mapping[str, Any], label: str) -> Description:
    """What a catalog says."""
    description = Description("catalog", label)
    for entry in as_list(data.get("streams")):
        stream = _stream(entry)
        stated = as_text(stream.get("name") or stream.get("stream") or stream.get("tap_stream_id"))
        table = description.add("stream", stated)
        if table is None:
            continue
        table.columns = tuple(_columns(stream))
        if "metadata" in stream or "tap_stream_id" in stream:
            _singer(table, stream)
        else:
            _airbyte(table, stream, as_mapping(entry))
    return description


def _stream(entry: Any) -> Mapping[str, Any]:
    """The stream of an entry: configured catalogs of Airbyte put it one level down."""
    entry = as_mapping(entry)
    inner = as_mapping(entry.get("stream"))
    stream = inner or entry
    named = any(isinstance(stream.get(key), str) for key in ("name", "stream", "tap_stream_id"))
    schema = any(key in stream for key in ("json_schema", "schema", "metadata", "jsonSchema"))
    return stream if named and schema else {}


def _columns(stream: Mapping[str, Any]) -> Iterator[Column]:
    schema = as_mapping(stream.get("json_schema") or stream.get("schema"))
    for name, said in as_mapping(schema.get("properties")).items():
        yield Column(name, as_mapping(said).get("format") in ("date-time", "date"))


def _airbyte(table: DescribedTable, stream: Mapping[str, Any], entry: Mapping[str, Any]) -> None:
    stated = stream.get("source_defined_primary_key") or entry.get("primary_key")
    keys = [column(".".join(map(str, path))) for path in as_list(stated) if isinstance(path, list)]
    table.say("primary_keys", keys if all(keys) else [])
    cursor = as_list(stream.get("default_cursor_field") or entry.get("cursor_field"))
    modes = as_list(stream.get("supported_sync_modes"))
    if modes == ["full_refresh"]:
        say_snapshot(table)
    say_cursor(table, column(".".join(map(str, cursor))))


def _singer(table: DescribedTable, stream: Mapping[str, Any]) -> None:
    root: Mapping[str, Any] = {}
    for one in map(as_mapping, as_list(stream.get("metadata"))):
        if not as_list(one.get("breadcrumb")):
            root = as_mapping(one.get("metadata"))
    keys = as_list(root.get("table-key-properties") or stream.get("key_properties"))
    table.say("primary_keys", [key for key in map(column, keys) if key])
    method = root.get("forced-replication-method") or stream.get("replication_method")
    method = as_text(as_mapping(method).get("replication-method") or method)
    valid = as_list(root.get("valid-replication-keys"))
    cursor = as_text(stream.get("replication_key") or root.get("replication-key"))
    if not cursor and len(valid) > 1:
        # The order says nothing: a tap's first valid key has been the id of a channel.
        changes = [key for key in valid if isinstance(key, str) and is_change(key)]
        if len(changes) == 1:
            cursor = changes[0]
        else:
            table.candidates["cursor_field"] = tuple(filter(None, map(column, valid)))
    elif not cursor and valid:
        cursor = as_text(valid[0])
    if method == "FULL_TABLE":
        say_snapshot(table)
    else:
        say_cursor(table, column(cursor))
