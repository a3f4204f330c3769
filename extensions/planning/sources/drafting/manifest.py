"""An Airbyte manifest as data: its references followed, its parameters handed down.

Nothing is rendered: a parameter of the manifest that stands alone is put in, or the value stated
for where there is none; every other template stays the text it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from .described import as_mapping, as_text

MOST_REFERENCES = 60
"""References followed for one value. The deepest of 510 public manifests needs nine."""

_PARAMETER = re.compile(
    r"\{\{\s*parameters\s*(?:\.\s*(?!get\()(\w+)|\[\s*['\"](\w+)['\"]\s*\]"
    r"|\.get\(\s*['\"](\w+)['\"](?:\s*,\s*['\"]?(?P<otherwise>[\w.-]+)['\"]?)?[^)]*\))\s*\}\}"
)

JINJA = re.compile(r"\{\{(.*?)\}\}|\{%.*?%\}", re.DOTALL)


class Manifest:
    """A manifest, its references and its parameters."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        """Takes the manifest as read from YAML."""
        self.data = data
        self._busy: set[str] = set()

    def find(self, reference: str) -> Any:
        """What stands at `#/definitions/x`, through references on the way; None if nothing."""
        if reference in self._busy:
            return None
        self._busy.add(reference)
        value: Any = self.data
        for part in reference[2:].split("/"):
            value = self.resolved(value)
            if isinstance(value, list) and part.isdigit() and int(part) < len(value):
                value = value[int(part)]
            else:
                value = as_mapping(value).get(part)
        self._busy.discard(reference)
        return value

    def resolved(self, value: Any, left: int = MOST_REFERENCES) -> Any:
        """The value with its own reference followed, its other keys laid over what that brings."""
        while left and isinstance(value, str) and value.startswith("#/"):
            value, left = self.find(value), left - 1
        if isinstance(value, Mapping) and isinstance(value.get("$ref"), str) and left:
            found = self.resolved(value["$ref"], left - 1)
            own = {key: one for key, one in value.items() if key != "$ref"}
            if isinstance(found, Mapping):
                parameters = {**as_mapping(found.get("$parameters"))}
                parameters.update(as_mapping(own.get("$parameters")))
                merged = {**found, **own}
                if parameters:
                    merged["$parameters"] = parameters
                return merged
            return own or found
        return value


class Component:
    """One component of a manifest with the parameters handed down to it."""

    def __init__(self, manifest: Manifest, value: Any, handed: Mapping[str, Any]) -> None:
        """Takes the component or a reference to it, and the parameters `handed` from above."""
        self.manifest = manifest
        self.value = as_mapping(manifest.resolved(value))
        # What stands above wins over what is nearer: that is how Airbyte hands them down.
        self.parameters = {**as_mapping(self.value.get("$parameters")), **handed}

    def raw(self, key: str) -> Any:
        """The value of a key as data; a parameter of that name stands in where there is none."""
        value = self.value.get(key)
        if value is None:
            value = self.parameters.get(key)
        return self.manifest.resolved(value)

    def text(self, key: str) -> str:
        """The text of a key, parameters put in; '' where it is none."""
        return self.filled(self.raw(key))

    def filled(self, value: Any) -> str:
        """A text with the manifest's own parameters put in."""

        def parameter(match: re.Match[str]) -> str:
            found = self.parameters.get(next(filter(None, match.groups())), match["otherwise"])
            return str(found) if isinstance(found, (str, int)) else match.group()

        text = str(value) if isinstance(value, (str, int)) else ""
        return _PARAMETER.sub(parameter, text).strip()

    def child(self, key: str) -> Component:
        """The component under a key."""
        return Component(self.manifest, self.raw(key), self.parameters)

    def children(self, key: str) -> list[Component]:
        """The components in the list under a key; one that stands alone counts as a list."""
        value = self.raw(key)
        items = value if isinstance(value, list) else [value] if value else []
        return [Component(self.manifest, one, self.parameters) for one in items]

    @property
    def type(self) -> str:
        """What kind of component it is, '' where it does not say."""
        return as_text(self.value.get("type"))


_ROOT = re.compile(r"^\{\w*(?:url|host|domain)\}(?=/)")
"""An address that a manifest fills in where the path begins: the path is what follows."""


def path_in(text: str) -> str:
    """The path with a name in braces for each part that Jinja would fill; '' where unclear."""
    if text.startswith("{{") and text.count("{{") == 1 and "/" not in text.partition("}}")[2]:
        return ""

    def part(match: re.Match[str]) -> str:
        words = re.findall(r"\w+", match.group(1) or "")
        used = [one for one in words if one not in ("config", "stream_partition", "stream_slice")]
        simple = "if" not in words and len(used) in (1, 2)
        return "{" + used[0] + "}" if simple else "{…}"

    path = _ROOT.sub("", JINJA.sub(part, text).strip().partition("?")[0])
    return path if path and "{…}" not in path and not re.search(r"[\s'\"#]", path) else ""
