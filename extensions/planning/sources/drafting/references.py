"""Follows `$ref` in a document and in the files beside it, whatever they lead to.

A reference that leads nowhere, in a circle, to the network, or out of the folder counts as nothing
and is named once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from .described import Unreadable, as_list, as_mapping, as_text
from .loading import parse, read_text

MOST_REFERENCES = 40
"""References followed for one value; real documents need five."""


class Document:
    """A file, and those that its references name."""

    def __init__(self, data: Any, path: Path | None = None, root: Path | None = None) -> None:
        """References may lead to files below `root`; without a path they stay in the document."""
        self.data = data
        self.path = path
        self.root = root
        self.files: dict[Path, Document] = {}
        self.properties: dict[int, dict[str, Node]] = {}
        """Properties of a schema that were looked up before, by its identity."""
        self.types: dict[int, set[str]] = {}
        self.items: dict[int, Node | None] = {}
        """Types and items of a schema, likewise."""
        self.made: list[Any] = []
        """Schemas that were put together while reading."""
        self._busy: set[str] = set()
        self.lost: dict[str, str] = {}
        """References that lead nowhere, and why."""

    def find(self, reference: str) -> Node:
        """What a reference means; an empty node where it means nothing."""
        file, _, pointer = reference.partition("#")
        document = self._file(file) if file else self
        if document is None:
            self.lost.setdefault(reference, "is not followed: only files in the folder are read")
            return Node(None, self)
        found = document._at(pointer)
        if found.value is None:
            self.lost.setdefault(reference, "leads nowhere")
        return found

    def _at(self, pointer: str) -> Node:
        """What stands at a pointer such as `/components/schemas/Order`; the last step is the
        caller's to follow.
        """
        if pointer in self._busy:
            return Node(None, self)
        self._busy.add(pointer)
        try:
            value, document = self.data, self
            for part in unquote(pointer).strip("/").split("/") if pointer.strip("/") else ():
                part = part.replace("~1", "/").replace("~0", "~")
                held = Node(value, document)
                value, document = held.value, held.document
                if isinstance(value, list) and part.isdigit() and int(part) < len(value):
                    value = value[int(part)]
                else:
                    value = as_mapping(value).get(part)
            found = Node(None, document)
            found.value = value
            return found
        finally:
            self._busy.discard(pointer)

    def _file(self, name: str) -> Document | None:
        if "://" in name or name.startswith("//") or self.path is None or self.root is None:
            return None
        try:
            path = (self.path.parent / unquote(name)).resolve()
        except (OSError, ValueError, RuntimeError):  # no name of a file, or links in a circle
            return None
        if not path.is_relative_to(self.root):
            return None
        if path not in self.files:
            try:
                data = parse(read_text(path), path.name)
            except Unreadable:
                data = None
            found = Document(data, path, self.root)
            found.files, found.lost = self.files, self.lost
            self.files[path] = found
        return self.files[path]


class Node:
    """A value of a document with its references followed."""

    __slots__ = ("document", "value")

    value: Any
    document: Document

    def __init__(self, value: Any, document: Document) -> None:
        """`value` stands in `document`; its reference is followed here and now."""
        left = MOST_REFERENCES
        while isinstance(value, Mapping) and isinstance(value.get("$ref"), str) and left:
            found = document.find(value["$ref"]) if left > 1 else Node(None, document)
            value, document, left = found.value, found.document, left - 1
        self.value = value
        self.document = document

    def __bool__(self) -> bool:
        """Whether anything stands here."""
        return bool(self.value)

    def __getitem__(self, key: str) -> Node:
        """The value under a key; an empty node where there is none."""
        return Node(as_mapping(self.value).get(key), self.document)

    def __contains__(self, key: str) -> bool:
        """Whether the mapping has a key."""
        return key in as_mapping(self.value)

    def items(self) -> Iterator[tuple[str, Node]]:
        """Keys and values of a mapping."""
        for key, value in as_mapping(self.value).items():
            yield key, Node(value, self.document)

    def __iter__(self) -> Iterator[Node]:
        """The items of a list. A mapping where a list should be counts as a list of one."""
        items = [self.value] if isinstance(self.value, Mapping) else as_list(self.value)
        return (Node(one, self.document) for one in items)

    def text(self, key: str) -> str:
        """The text under a key, '' where there is none."""
        return as_text(as_mapping(self.value).get(key))

    def texts(self, key: str) -> list[str]:
        """The texts in the list under a key."""
        held = as_mapping(self.value).get(key)
        return [one for one in as_list(held) if isinstance(one, str)]


def schema_of(parameter: Node) -> Node:
    """The schema of a parameter: 3.x has it apart, 2.0 and bodies in the parameter itself."""
    return parameter["schema"] or parameter
