"""Keys that stand twice in one mapping of a YAML text: the parser keeps the last, and is silent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:  # PyYAML is loaded where YAML is read
    import yaml


class Twice(NamedTuple):
    """A key, the line it stands in again, and the line it stood in first; counted from 1."""

    key: str
    line: int
    first: int


def keys_given_twice(root: yaml.Node | None) -> Iterator[Twice]:
    """Every key that stands in its mapping for a second time, from the top of the text down."""
    import yaml

    nodes, seen = [root], set[int]()
    found: list[Twice] = []
    while nodes:
        node = nodes.pop()
        if id(node) in seen:  # an alias; it may even stand inside of what it names
            continue
        seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            nodes += node.value
        elif isinstance(node, yaml.MappingNode):
            found += _twice_in(node)
            nodes += [part for pair in node.value for part in pair]
    yield from sorted(found, key=lambda twice: twice.line)


def _twice_in(mapping: yaml.MappingNode) -> Iterator[Twice]:
    first: dict[tuple[str, str], int] = {}
    for key, _ in mapping.value:
        if isinstance(key.value, str) and not key.tag.endswith(":merge"):
            line, same = key.start_mark.line + 1, (key.tag, key.value)
            if same in first:
                yield Twice(key.value, line, first[same])
            first.setdefault(same, line)
