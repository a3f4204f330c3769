"""Reads files of foreign hand: JSON and YAML as plain data, nothing executed, fetched or rendered.

Stricter libraries read fewer real descriptions (docs/drafting.md has figures), so this one takes
what it can: keys become text, dates stay text, and what cannot be read is one sentence.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import yaml

from .described import Unreadable

MOST_BYTES = 50_000_000
"""Largest file that is read. The largest public description known to us has 12 MB."""

MOST_NODES = 5_000_000
"""Values in a file once its YAML aliases are written out. 12 MB of JSON hold about 600,000."""

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _PlainLoader(_Loader):  # type: ignore[misc]
    """YAML without dates, octal numbers, `on` and `no`: the readers want what is written."""


_PlainLoader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?(?:0|[1-9][0-9]{0,17})", list("-+0123456789")),
    ("float", r"[-+]?[0-9]{1,17}\.[0-9]{1,17}", list("-+0123456789")),
    ("merge", r"<<", ["<"]),
):
    _PlainLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(f"(?:{_pattern})$"), _first
    )


def _mapping(loader: Any, node: yaml.MappingNode) -> dict[str, Any]:
    loader.flatten_mapping(node)
    return {str(key.value): loader.construct_object(value, deep=True) for key, value in node.value}


def _sequence(loader: Any, node: yaml.SequenceNode) -> list[Any]:
    return [loader.construct_object(one, deep=True) for one in node.value]


def _unknown(loader: Any, suffix: str, node: yaml.Node) -> Any:
    return node.value if isinstance(node, yaml.ScalarNode) else None


_PlainLoader.add_constructor("tag:yaml.org,2002:map", _mapping)
_PlainLoader.add_constructor("tag:yaml.org,2002:seq", _sequence)
_PlainLoader.add_multi_constructor("", _unknown)  # !!python/object and its like stay text


def read_text(path: Path) -> str:
    """The text of a file; `Unreadable` where there is none."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Unreadable(f"{path.name} is larger than {MOST_BYTES // 10**6} MB; give a part.")
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise Unreadable(f"{path.name} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise Unreadable(f"{path.name} is no text in UTF-8; save it as UTF-8.") from None


def parse(text: str, name: str) -> Any:
    """JSON or YAML as plain data. `name` is the file's, for what is said of it."""
    try:
        if text.lstrip()[:1] in ("{", "["):
            try:
                return json.loads(text)
            except json.JSONDecodeError:
                pass  # flow mappings of YAML look alike
        data = yaml.load(text, Loader=_PlainLoader)
        if "*" in text and _expanded(data, {}, set()) > MOST_NODES:
            raise Unreadable(f"{name} repeats its anchors until it blows up; write them out.")
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" in line {mark.line + 1}" if mark else ""
        problem = " ".join(str(getattr(error, "problem", "") or error).split())
        raise Unreadable(f"{name} is neither JSON nor YAML{where}: {problem}.") from None
    except Unreadable:
        raise
    except (ValueError, RecursionError):
        raise Unreadable(f"{name} is nested too deeply, or holds a number too long.") from None
    return data


def _expanded(value: Any, known: dict[int, int], above: set[int]) -> int:
    """How many values there are once aliases are written out; a cycle counts as too many."""
    if not isinstance(value, (dict, list)):
        return 1
    if id(value) in above:
        return MOST_NODES + 1
    if id(value) not in known:
        above.add(id(value))
        inside = value.values() if isinstance(value, dict) else value
        known[id(value)] = 1 + sum(_expanded(one, known, above) for one in inside)
        above.discard(id(value))
    return known[id(value)]
