"""What the session knows of a source by itself: tables, keys, cursors, signing in, paging.

The data file holds one source a line, sorted by the letters of its name: who reads it, and what
each of them says of it. A look-up finds its line by halving and reads nothing else, so it costs
the same however many sources there are. Where the facts come from: docs/knowledge.md.
"""

from __future__ import annotations

import json
import os
from bisect import bisect_left
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO

from ..terms.states import KnownFact
from .catalogue import key_of
from .existing import NOTHING_KNOWN, Existing, KnownSource

FILE_NAME = "known_sources.txt"
"""The knowledge that comes with the template, in the folder `data`."""

HEADER_KEY = "!"
"""Key of the line that says where the facts come from; sorts before every name."""

SOURCE_FACTS = tuple(
    """
    docs_url auth_methods connection_parameters rate_limit page_size pagination api_version
    """.split()
)
"""Questions about the source that the knowledge can answer. Of connection parameters it holds those
that no connection to the source can do without.
"""

TABLE_FACTS = tuple(
    "ingestion primary_keys cursor_field parent path filter lookback page_size pagination".split()
)
"""Keys of a table that the knowledge can answer."""

_WHO = {"community": "the community connector {name}", "airbyte": "Airbyte's {name}"}


class Knowledge:
    """Known sources, as they were on the dates the file carries."""

    def __init__(self, path: Path) -> None:
        """`path` is a file made by scripts/build_knowledge.py; opened at the first look-up."""
        self._path = path
        self._found: dict[tuple[str, ...], KnownSource] = {}

    def of(self, existing: Existing, *names: str) -> KnownSource:
        """What is known of the source that the catalogue recognised; nothing where nobody does.

        `names` are what people call it: "Zendesk Chat" is a source of its own, though the
        catalogue has it with Zendesk. Nothing is recognised by likeness.
        """
        keys = tuple(dict.fromkeys(filter(None, map(key_of, (*names, existing.match)))))
        # A session asks for the same source at every question.
        if keys not in self._found:
            line = next(filter(None, map(self._line, keys)), "")
            self._found[keys] = self._source(json.loads(line)) if line else NOTHING_KNOWN
        return self._found[keys]

    @cached_property
    def origins(self) -> Mapping[str, Mapping[str, str]]:
        """Repository, commit and date of what was read, by `community` and `airbyte`."""
        found: dict[str, dict[str, str]] = json.loads(self._line(HEADER_KEY))
        return found

    def _line(self, key: str) -> str:
        """The value of a key, '' where there is none."""
        wanted = key.encode()
        with self._path.open("rb") as file:
            places = range(os.fstat(file.fileno()).st_size)
            # Past the last line there is no key, which sorts behind all others.
            at = bisect_left(places, (False, wanted), key=lambda place: _line_at(file, place)[:2])
            _, found, value = _line_at(file, at)
            return value.decode() if found == wanted else ""

    def _source(self, said: Mapping[str, Any]) -> KnownSource:
        who = [
            f"{_WHO[kind].format(name=name)}, {self.origins[kind]['date']}"
            for kind, name in said["of"]
        ]
        facts = {key: _fact(values, who) for key, values in said["facts"].items()}
        tables = {}
        for table, held in said["tables"].items():
            keys = dict.fromkeys(key for one in held if one for key in one)
            tables[table] = {
                key: _fact([(one or {}).get(key) for one in held], who) for key in keys
            }
        return KnownSource(said["name"], facts, tables)


def _line_at(file: BinaryIO, position: int) -> tuple[bool, bytes, bytes]:
    """Whether there is no line any more that begins at `position` or after it; key and value."""
    file.seek(max(position - 1, 0))
    if position:
        file.readline()
    key, _, value = file.readline().partition(b"\t")
    return not key, key, value


def _fact(values: list[Any], who: list[str]) -> KnownFact:
    """What the first says who says anything; those who differ are quoted."""
    said = [(value, name) for value, name in zip(values, who, strict=True) if value is not None]
    value, origin = said[0]
    others = [(other, name) for other, name in said[1:] if other != value]
    return KnownFact(value, origin, "; ".join(f"{name} says {_shown(one)}" for one, name in others))


def _shown(value: Any) -> str:
    items = value if isinstance(value, list) else [value]
    return ", ".join(str(one["name"] if isinstance(one, dict) else one) for one in items)
