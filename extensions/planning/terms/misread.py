"""What YAML 1.1 reads otherwise than people write it, and says nothing.

Of a key that stands twice in one mapping it keeps the last. Of `007`, `0x10`, `24:30` and `2026_10`
it makes other numbers than people count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:  # PyYAML is loaded where YAML is read
    import yaml

_OTHERWISE = re.compile(
    r"[-+]?(0[0-7_]+|0x[0-9a-fA-F_]+|0b[01_]+|[\d_]+(:[0-5]?\d)+(\.[\d_]*)?"
    r"|(?!\d{1,3}(_\d{3})+(\.|$))\d[\d_]*_[\d_]*(\.[\d_]*)?)"
)
"""Octal, hexadecimal, binary and sexagesimal numbers, and digits in other groups than thousands."""


class Twice(NamedTuple):
    """A key, the line it stands in again, and the line it stood in first; counted from 1."""

    key: str
    line: int
    first: int


class Otherwise(NamedTuple):
    """A number as it is written, its line from 1, and the key at the top that it belongs to."""

    key: str
    written: str
    line: int

    @property
    def refusal(self) -> str:
        """What is wrong, in a sentence that follows the name of an answer."""
        return f"{self.written} is another number to YAML; write digits only, or put it in quotes."


def keys_given_twice(root: yaml.Node | None) -> list[Twice]:
    """Every key that stands in its mapping for a second time, from the top of the text down."""
    import yaml

    mappings = [node for _, node in _nodes(root) if isinstance(node, yaml.MappingNode)]
    found = [twice for mapping in mappings for twice in _twice_in(mapping)]
    return sorted(found, key=lambda twice: twice.line)


def numbers_read_otherwise(root: yaml.Node | None) -> Iterator[Otherwise]:
    """Every such number in a text, be it a key or a value, from the top down."""
    import yaml

    for key, node in _nodes(root):
        plain = isinstance(node, yaml.ScalarNode) and node.style is None
        if plain and node.tag.endswith((":int", ":float")) and _OTHERWISE.fullmatch(node.value):
            yield Otherwise(key, node.value, node.start_mark.line + 1)


def _nodes(root: yaml.Node | None) -> Iterator[tuple[str, yaml.Node]]:
    """The nodes of a text from the top down, each once and with its key at the top of the text."""
    import yaml

    below = [("", root)] if root else []
    seen = set[int]()
    while below:
        key, node = below.pop()
        if id(node) in seen:  # an alias; it may even stand inside of what it names
            continue
        seen.add(id(node))
        yield key, node
        if isinstance(node, yaml.SequenceNode):
            below += [(key, item) for item in reversed(node.value)]
        elif isinstance(node, yaml.MappingNode):
            for name, value in reversed(node.value):
                top = key or (str(name.value) if isinstance(name, yaml.ScalarNode) else "")
                below += [(top, value), (top, name)]


def _twice_in(mapping: yaml.MappingNode) -> Iterator[Twice]:
    first: dict[tuple[str, str], int] = {}
    for key, _ in mapping.value:
        if isinstance(key.value, str) and not key.tag.endswith(":merge"):
            line, same = key.start_mark.line + 1, (key.tag, key.value)
            if same in first:
                yield Twice(key.value, line, first[same])
            first.setdefault(same, line)
