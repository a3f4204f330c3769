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


class _Open:
    """A list or mapping of YAML whose end is still to come."""

    __slots__ = ("held", "key", "merged", "merges")

    def __init__(self, held: Any) -> None:
        """`held` is what has been read of it."""
        self.held = held
        self.key: str | None = None
        self.merges = False
        self.merged: list[Any] = []

    def add(self, value: Any, text: str, unquoted: bool) -> None:
        """The next value; in a mapping it is a key, as `text`, or what belongs to the key before.
        What `<<` brings in waits for the end, when all of it is known.
        """
        if isinstance(self.held, list):
            self.held.append(value)
        elif self.key is None:
            self.key, self.merges = text, unquoted and text == "<<"
        else:
            if self.merges:
                self.merged.append(value)
            else:
                self.held[self.key] = value
            self.key = None


def _composed(text: str, name: str) -> Any:
    """YAML as plain data, made from its events: that is quicker than from nodes, and lets an
    anchor be defined anew, as YAML does. An alias is the same value once more; a tag says nothing.
    """
    loader = _Loader(text)
    anchors: dict[str, Any] = {}
    above = [_Open([])]
    while loader.check_event():
        event = loader.get_event()
        if isinstance(event, yaml.CollectionEndEvent):
            ended = above.pop()
            for more in ended.merged:
                _merge(ended.held, more)
            continue
        if not isinstance(event, yaml.NodeEvent):
            continue
        value: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
        unquoted = isinstance(event, yaml.ScalarEvent) and event.implicit[0]
        if isinstance(event, yaml.ScalarEvent):
            match = _PLAIN.fullmatch(event.value) if unquoted else None
            value = _VALUES[match.lastgroup](event.value) if match else event.value
        elif isinstance(event, yaml.AliasEvent):
            if event.anchor not in anchors:
                raise Unreadable(f"{name} repeats an anchor it does not define: {event.anchor}.")
            value = anchors[event.anchor]
        key = event.value if isinstance(event, yaml.ScalarEvent) else ""
        above[-1].add(value, key, unquoted)
        if isinstance(event, yaml.CollectionStartEvent):
            above.append(_Open(value))
        if event.anchor and not isinstance(event, yaml.AliasEvent):
            anchors[event.anchor] = value
    documents = above[0].held
    if len(documents) > 1:
        raise Unreadable(f"{name} holds several documents; give one of them.")
    return documents[0] if documents else None


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
        data = _composed(text, name)
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
