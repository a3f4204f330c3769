"""Reads files of foreign hand: JSON and YAML as plain data, nothing executed, fetched or rendered.

Libraries that are strict read fewer real descriptions, so this one takes what it can: keys become
text, dates stay text, and what cannot be read is one sentence.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from .described import Unreadable

MOST_BYTES = 50_000_000
"""Largest file that is read. The largest public description known to us has 12 MB."""

MOST_NODES = 5_000_000
"""Values in a file once its YAML aliases are written out. 12 MB of JSON hold about 600,000."""

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_PLAIN = re.compile(
    r"(?P<none>~|null|Null|NULL|)|(?P<true>true|True|TRUE)|(?P<false>false|False|FALSE)"
    r"|(?P<int>[-+]?(?:0|[1-9][0-9]{0,17}))|(?P<float>[-+]?[0-9]{1,17}\.[0-9]{1,17})"
)
"""What is no text where it stands without quotes: no dates, octal numbers, `on` or `no`."""

_VALUES: dict[str | None, Callable[[str], Any]] = {
    "none": lambda text: None,
    "true": lambda text: True,
    "false": lambda text: False,
    "int": int,
    "float": float,
}

_TEXT = "tag:yaml.org,2002:str"
_UNQUOTED = "unquoted"


class _PlainLoader(_Loader):  # type: ignore[misc]
    """Nodes of YAML without the work of finding out their types: the readers want few of them."""

    def resolve(self, kind: type, value: str, implicit: Any) -> str:
        """Whether a scalar stands without quotes; all else is what it is."""
        return _UNQUOTED if kind is yaml.ScalarNode and implicit[0] else _TEXT


def _plain(node: yaml.Node, known: dict[int, Any]) -> Any:
    """A node as plain data; an alias is the same value once more, and a tag says nothing."""
    if isinstance(node, yaml.ScalarNode):
        if node.tag != _UNQUOTED:
            return node.value
        match = _PLAIN.fullmatch(node.value)
        return _VALUES[match.lastgroup](node.value) if match else node.value
    if id(node) in known:
        return known[id(node)]
    if isinstance(node, yaml.SequenceNode):
        items: list[Any] = []
        known[id(node)] = items
        items += [_plain(one, known) for one in node.value]
        return items
    mapping: dict[str, Any] = {}
    known[id(node)] = mapping
    for key, value in node.value:
        if key.value == "<<" and key.tag == _UNQUOTED:
            _merge(mapping, _plain(value, known))
        else:
            mapping[str(key.value)] = _plain(value, known)
    return mapping


def _merge(mapping: dict[str, Any], more: Any) -> None:
    """What `<<` brings in: the mapping's own keys win, and so do those of the first of several."""
    for one in more if isinstance(more, list) else [more]:
        if isinstance(one, dict):
            for key, value in one.items():
                mapping.setdefault(key, value)


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
        node = _PlainLoader(text).get_single_node()
        data = _plain(node, {}) if node else None
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
