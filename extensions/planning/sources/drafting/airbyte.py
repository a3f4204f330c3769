"""Reads an Airbyte manifest: streams with keys, cursors, parents, paging, and how to sign in.

A manifest is data with Jinja in it. Nothing of it is rendered: a parameter of the manifest that
stands alone is put in, everything else that depends on a configuration stays unsaid.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from . import durations
from .airbyte_source import read_source
from .columns import say_cursor, say_snapshot
from .described import DescribedTable, Description, as_list, as_mapping
from .manifest import Component, Manifest, path_in
from .names import column, kept_or_made

_PAGING = {"PageIncrement": "page_number", "OffsetIncrement": "offset"}


def is_manifest(data: Any) -> bool:
    """Whether the data is an Airbyte manifest."""
    root = as_mapping(data)
    return (
        "version" in root and "check" in root and ("streams" in root or "dynamic_streams" in root)
    )


def read(
    data: Mapping[str, Any], label: str, metadata: Mapping[str, Any] | None = None
) -> Description:
    """What a manifest says. `metadata` is the `metadata.yaml` that stands beside it, if any."""
    description = Description("airbyte", label)
    manifest = Manifest(data)
    streams = list(_streams(Component(manifest, data, {}), description))
    requesters: dict[str, Component] = {}
    for stream in streams:
        stated = stream.text("name")
        table = description.add("stream", "" if "{{" in stated else stated)
        if table:
            requesters[table.name] = _fill(table, stream)
    read_source(manifest, list(requesters.values()), as_mapping(metadata), description)
    return description


def _streams(root: Component, description: Description) -> Iterator[Component]:
    for stream in root.children("streams"):
        if stream.type == "ConditionalStreams" or (
            "streams" in stream.value and "name" not in stream.value
        ):
            yield from _streams(stream, description)
        elif stream.type == "StateDelegatingStream":
            # Later reads go by changes, often of another endpoint: keys and cursor are those of
            # both, the path is that of the records themselves.
            later, first = stream.child("incremental_stream"), stream.child("full_refresh_stream")
            if later.value and first.value:
                later.value = {**later.value, "retriever": first.raw("retriever")}
            yield later if later.value else first
        else:
            yield stream
    for dynamic in root.children("dynamic_streams"):
        name = dynamic.text("name") or "streams"
        description.skipped.append(f"{name}: made at run time from what the account holds")


def _fill(table: DescribedTable, stream: Component) -> Component:
    """Says of a table what its stream says; the requester of the stream."""
    retriever = stream.child("retriever")
    requester = retriever.child("requester")
    table.say("primary_keys", _keys(stream.raw("primary_key"), stream))
    _cursor(table, stream, requester)
    for router in retriever.children("partition_router"):
        for parent in router.children("parent_stream_configs"):
            parent_name = kept_or_made(parent.child("stream").text("name"))
            if parent_name and parent_name != table.name:
                table.say("parent", parent_name)
    path = path_in(requester.text("path") or requester.text("url"))
    table.say("path", "" if "://" in path else path)  # an address of its own is below no base URL
    _paging(table, retriever.child("paginator"))
    return requester


def _keys(value: Any, stream: Component) -> list[str]:
    """A text, a list, or a list of lists: nested lists are paths."""
    if isinstance(value, str):
        value = [value]
    keys = []
    for one in as_list(value):
        parts = one if isinstance(one, list) else [one]
        path = column(".".join(stream.filled(part) for part in parts))
        if not path:
            return []  # a key that depends on the configuration is not known in part either
        keys.append(path)
    return list(dict.fromkeys(keys))


def _cursor(table: DescribedTable, stream: Component, requester: Component) -> None:
    incremental = stream.child("incremental_sync")
    if not incremental.value:
        say_snapshot(table)
        return
    stated = column(incremental.text("cursor_field"))
    cursor = _of_the_source(stated, stream)
    if not cursor:
        return  # by what the source itself could be read is not known
    say_cursor(table, cursor)
    asks = any("stream_interval" in str(requester.raw(key)) for key in _ASKED)
    if incremental.raw("is_client_side_incremental") is True and not asks:
        table.say("filter", "none", f"{table.origin} filters after reading")
    table.say("lookback", durations.as_words(incremental.text("lookback_window")))


_ASKED = ("path", "request_headers", "request_parameters", "request_body_json")
"""Where a request can say since when."""

_STEP = r"\.get\(\s*['\"]\w+['\"]\s*(?:,\s*\{\}\s*)?\)|\[\s*['\"]\w+['\"]\s*\]|\.(?!get\()\w+"
_RECORD_PATH = re.compile(rf"\{{\{{\s*record((?:{_STEP})+)\s*\}}\}}")


def _of_the_source(cursor: str, stream: Component) -> str:
    """The cursor as the source's own records have it; '' for a column that the manifest makes.

    A field that is lifted out of a struct is known by its path there.
    """
    for transformation in stream.children("transformations"):
        for added in transformation.children("fields"):
            path = [part for part in as_list(added.raw("path")) if isinstance(part, str)]
            lifted = _RECORD_PATH.fullmatch(added.filled(added.value.get("value")))
            if ".".join(path) != cursor and (lifted or path[-1:] != [cursor]):
                continue
            names = re.findall(r"\w+", lifted[1].replace(".get(", "(")) if lifted else []
            return column(".".join(names))
    return cursor


def _paging(table: DescribedTable, paginator: Component) -> None:
    if paginator.type == "NoPagination":
        table.say("pagination", "none")
        return
    strategy = paginator.child("pagination_strategy")
    kind = _PAGING.get(strategy.type, "")
    if strategy.type == "CursorPagination":
        by_url = paginator.child("page_token_option").type == "RequestPath"
        kind = "link" if by_url else "cursor"
    table.say("pagination", kind)
    size = strategy.raw("page_size")
    text = strategy.filled(size)
    if text.isdigit() and int(text) > 1:
        table.say("page_size", int(text))
