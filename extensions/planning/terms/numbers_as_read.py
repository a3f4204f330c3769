"""Numbers that YAML 1.1 reads otherwise than people count: `007`, `0x10`, `24:30`, `2026_10`."""

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


class Otherwise(NamedTuple):
    """A number as it is written, its line from 1, and the key at the top that it belongs to."""

    key: str
    written: str
    line: int

    @property
    def refusal(self) -> str:
        """What is wrong, in a sentence that follows the name of an answer."""
        return f"{self.written} is another number to YAML; write digits only, or put it in quotes."


def numbers_read_otherwise(root: yaml.Node | None) -> Iterator[Otherwise]:
    """Every such number in a text, be it a key or a value, from the top down."""
    return _below(root, "", frozenset())


def _below(node: yaml.Node | None, key: str, above: frozenset[int]) -> Iterator[Otherwise]:
    import yaml

    if id(node) in above:
        return  # an alias of what it stands in
    within = above | {id(node)}
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            top = key or (str(name.value) if isinstance(name, yaml.ScalarNode) else "")
            yield from _below(name, top, within)
            yield from _below(value, top, within)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _below(item, key, within)
    elif (
        isinstance(node, yaml.ScalarNode)
        and node.style is None
        and node.tag.endswith((":int", ":float"))
        and _OTHERWISE.fullmatch(node.value)
    ):
        yield Otherwise(key, node.value, node.start_mark.line + 1)
