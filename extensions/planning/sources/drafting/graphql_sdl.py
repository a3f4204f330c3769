"""Reads GraphQL's schema language into the form that introspection answers with.

Only what a plan is drafted from: object types and interfaces with fields, arguments and types,
their extensions, the root type, and deprecations. Texts, comments and arguments of directives go
first, so nothing in them can be taken for a type. Of what is left, all else is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_IS_SDL = re.compile(r"^(?:extend\s+)?(?:type|interface|schema)\b[^:\n]*\{", re.MULTILINE)

_TEXTS = re.compile(r'"""(?:\\"""|.)*?"""|"(?:\\.|[^"\\\n])*"|\#[^\n]*', re.DOTALL)
_OF_DIRECTIVES = re.compile(r"(@\s*\w+)\s*\([^()]*\)")

_DIRECTIVES = r"((?:@\s*\w+\s*)*)"
_ROOT = re.compile(rf"\bschema\s*{_DIRECTIVES}\{{[^{{}}]*?\bquery\s*:\s*(?P<root>\w+)")
_WITH_FIELDS = re.compile(
    r"\b(?:type|interface)\s+(?P<name>\w+)\s*"
    rf"(?:implements(?:[\s&,]+(?!type\b|interface\b)\w+)*\s*)?{_DIRECTIVES}"
    r"\{(?P<fields>(?:[^{}()]+|\([^()]*\))*)"
)
_FIELD = re.compile(rf"\b(\w+)\s*(?:\(([^()]*)\)\s*)?:([\[\s]*)(\w+)[\]!\s,]*{_DIRECTIVES}")
_STRUCT_BY_DEFAULT = re.compile(r"=[\s\[]*\{[^=]*\}")
"""To the last brace before the next default value: none of them holds an equals sign."""


def is_sdl(text: str) -> bool:
    """Whether a text is a schema in GraphQL's language: a type opens at the start of a line."""
    return text.lstrip()[:1] not in ("{", "[", "<") and bool(_IS_SDL.search(text))


def schema_of(text: str) -> Mapping[str, Any]:
    """The schema as introspection has it: `types`, each with `fields`, and the `queryType`."""
    text = _OF_DIRECTIVES.sub(r"\1 ", _TEXTS.sub(" ", text))
    root = _ROOT.search(text)
    types: dict[str, list[dict[str, Any]]] = {}
    for found in _WITH_FIELDS.finditer(text):
        types.setdefault(found["name"], []).extend(map(_field, _FIELD.finditer(found["fields"])))
    return {
        "queryType": {"name": root["root"] if root else "Query"},
        "types": [{"name": name, "fields": fields} for name, fields in types.items()],
    }


def _field(found: re.Match[str]) -> dict[str, Any]:
    """A field. `[Order!]!` is a list around a name: that a value may be null does not matter."""
    name, arguments, lists, held, directives = found.groups()
    names = re.findall(r"(\w+)\s*:", _STRUCT_BY_DEFAULT.sub("", arguments or ""))
    return {
        "name": name,
        "args": [{"name": one} for one in names],
        "type": {"kind": "LIST", "ofType": {"name": held}} if "[" in lists else {"name": held},
        "isDeprecated": "deprecated" in re.findall(r"\w+", directives),
    }
