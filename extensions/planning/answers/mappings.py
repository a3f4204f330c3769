"""Reads mappings key by key, and lists of them: what they do not know, and whose value is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..terms.near import unknown_key
from ..terms.values import Refusal, is_empty, parse_yaml, shown

Readers = Mapping[str, Callable[[object], Any]]
"""Key -> how its value is read, in the order in which refusals name the keys."""


def as_mapping(value: object, wanted: str) -> Mapping[Any, Any]:
    """An answer that is a mapping, or the YAML text of one; empty where it says nothing.

    The `Refusal` of anything else asks for what is `wanted`.
    """
    value = parse_yaml(value) if isinstance(value, str) else value
    if is_empty(value):
        return {}
    if not isinstance(value, Mapping):
        raise Refusal(f"is no mapping; write {wanted}.")
    return value


def read_keys(item: Mapping[Any, Any], keys: Readers) -> dict[str, Any]:
    """What a mapping says. Keys with an empty value count as unsaid."""
    read = {}
    for key, value in item.items():
        if key not in keys:
            raise Refusal(unknown_key(key, keys))
        if not is_empty(value):
            try:
                read[key] = keys[key](value)
            except Refusal as refusal:
                raise Refusal(f"{key} {refusal}") from None
    return read


def read_mappings(value: object, keys: Readers, *, required: str) -> list[dict[str, Any]]:
    """What a list of mappings says, or the YAML text of one.

    No two may have the same `required` value, unless they belong to different `auth_method`s.
    """
    value = parse_yaml(value) if isinstance(value, str) else value
    if is_empty(value):
        return []
    if not isinstance(value, (list, tuple)):
        raise Refusal(f"is no list; write a list of mappings with {', '.join(keys)}.")
    found, first = [], dict[tuple[str, str], int]()
    for position, item in enumerate(value, start=1):
        label = f"item {position}"
        if not isinstance(item, Mapping):
            raise Refusal(f"{label} is {shown(item)}; write a mapping with {', '.join(keys)}.")
        if isinstance(name := item.get(required), str):
            label = f"{label} ({shown(name)})"
        try:
            read = read_keys(item, keys)
        except Refusal as refusal:
            raise Refusal(f"{label} {refusal}") from None
        if required not in read:
            raise Refusal(f"item {position} has no {required}; give one.")
        same = first.setdefault((read[required].lower(), read.get("auth_method", "")), position)
        if same != position:
            raise Refusal(f"{label} repeats item {same}; give each {required} once.")
        found.append(read)
    return found
