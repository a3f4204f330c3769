"""Reads GraphQL's schema language into the form that introspection answers with.

Only what a plan is drafted from: object types and interfaces with fields, arguments and types,
their extensions, the root type, and deprecations. Enumerations, inputs, unions, directives and
descriptions are passed over, so no text of theirs can be taken for a type.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_TOKEN = re.compile(
    r'"""(?:\\"""|.)*?"""|"(?:\\.|[^"\\\n])*"|\#[^\n]*|[A-Za-z_]\w*|-?\d[\w.+-]*|\.\.\.|[^\s,\ufeff]',
    re.DOTALL,
)
_IS_SDL = re.compile(r"^(?:extend\s+)?(?:type|interface|schema)\b[^:\n]*\{", re.MULTILINE)

_HOLD_FIELDS = ("type", "interface")


def is_sdl(text: str) -> bool:
    """Whether a text is a schema in GraphQL's language: a type opens at the start of a line."""
    return text.lstrip()[:1] not in ("{", "[", "<") and bool(_IS_SDL.search(text))


def schema_of(text: str) -> Mapping[str, Any]:
    """The schema as introspection has it: `types`, each with `fields`, and the `queryType`.

    What is not as the language says is passed over to the next definition.
    """
    tokens = _Tokens([one for one in _TOKEN.findall(text) if one[0] not in "#"])
    types: dict[str, list[dict[str, Any]]] = {}
    root = "Query"
    while tokens.left:
        word = tokens.take()
        if word == "schema":
            root = _root(tokens) or root
        elif word in _HOLD_FIELDS:
            name = tokens.take()
            tokens.skip_to("{", before=_DEFINITIONS)
            if tokens.next == "{":
                types.setdefault(name, []).extend(_fields(tokens))
        elif word == "{":
            tokens.skip_group("{", "}")
        elif word == "(":
            tokens.skip_group("(", ")")
    found = [{"name": name, "fields": fields} for name, fields in types.items()]
    return {"queryType": {"name": root}, "types": found}


_DEFINITIONS = tuple("type interface input enum union scalar directive schema extend".split())
"""Words that open a definition, where a type without a body ends."""


class _Tokens:
    """Tokens of a schema, taken one after the other; '' at the end."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens
        self._at = 0

    @property
    def left(self) -> bool:
        return self._at < len(self._tokens)

    @property
    def next(self) -> str:
        return self._tokens[self._at] if self.left else ""

    def take(self) -> str:
        token = self.next
        self._at += 1
        return token

    def skip_to(self, token: str, before: tuple[str, ...]) -> None:
        while self.left and self.next != token and self.next not in before:
            if self.take() == "(":
                self.skip_group("(", ")")

    def skip_group(self, opening: str, closing: str) -> None:
        """Past the end of a group whose opening was taken."""
        depth = 1
        while self.left and depth:
            token = self.take()
            depth += (token == opening) - (token == closing)


def _root(tokens: _Tokens) -> str:
    """The type of queries in `schema { query: Root }`."""
    tokens.skip_to("{", before=_DEFINITIONS)
    found = ""
    if tokens.next == "{":
        tokens.take()
        while tokens.left and tokens.next != "}":
            if tokens.take() == "query" and tokens.next == ":":
                tokens.take()
                found = tokens.take()
        tokens.take()
    return found


def _fields(tokens: _Tokens) -> list[dict[str, Any]]:
    """The fields within the braces of a type."""
    tokens.take()
    fields: list[dict[str, Any]] = []
    while tokens.left and tokens.next != "}":
        name = tokens.take()
        if name.startswith('"'):
            continue
        if name == "@":
            if tokens.take() == "deprecated" and fields:
                fields[-1]["isDeprecated"] = True
            continue
        arguments: list[dict[str, Any]] = []
        if tokens.next == "(":
            tokens.take()
            arguments = _arguments(tokens)
        if tokens.next == ":":
            tokens.take()
            fields.append({"name": name, "args": arguments, "type": _type(tokens)})
    tokens.take()
    return fields


def _arguments(tokens: _Tokens) -> list[dict[str, Any]]:
    """The names of arguments, past the closing parenthesis; of a directive they name nothing."""
    names: list[dict[str, Any]] = []
    while tokens.left and tokens.next != ")":
        name = tokens.take()
        if name == "(":
            tokens.skip_group("(", ")")
        elif name == "{":
            tokens.skip_group("{", "}")
        elif tokens.next == ":":
            tokens.take()
            _type(tokens)
            names.append({"name": name})
    tokens.take()
    return names


def _type(tokens: _Tokens) -> dict[str, Any]:
    """`[Order!]!` as lists around a name; that a value may be null does not matter here."""
    if tokens.next == "[":
        tokens.take()
        inner = _type(tokens)
        if tokens.next == "]":
            tokens.take()
        found: dict[str, Any] = {"kind": "LIST", "ofType": inner}
    else:
        found = {"name": tokens.take()}
    if tokens.next == "!":
        tokens.take()
    return found
