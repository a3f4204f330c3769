"""What the catalogue of existing connectors knows of a source.

The data file holds one source a line: its spellings, then what exists, as JSON. A look-up reads the
file as one text, finds the spelling in it, and parses that line alone. Nothing is read before the
first look-up. Where the facts come from: docs/catalogue.md.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import findings
from .existing import Existing, Finding

if TYPE_CHECKING:
    from .knowledge import Knowledge

FILE_NAME = "existing_connectors.txt"
"""The catalogue that comes with the template, in the folder `data`."""

NOISE = frozenset(
    """
    connector connectors source sources tap api apis integration rest database db data app the
    cloud platform online
    """.split()
)
"""Words that people add to the name of a product."""

VENDORS = (
    *("microsoft", "ms", "google", "amazon", "aws", "azure", "apache", "oracle", "sap", "ibm"),
    *("adobe", "atlassian", "intuit", "facebook", "meta"),
)
"""Words that people put in front of the name of a product, or leave out."""

MOST_NEAR = 3
"""Near names offered: as many as a person reads at a glance."""

_ALIKE = 0.8
"""Share of letters in common from which difflib counts a spelling as near.

One pair of letters swapped in a name of seven gives 0.86, in a name of four 0.75: shorter names
are too alike (Box, Fox, Zip, Zap) to be guessed at.
"""

_SHORTEST = 3
"""Fewer letters than this resemble everything."""

_MOST_WORDS = 8
"""Words of a name that the search for near names looks at; no product in the catalogue has more."""


class Catalogue:
    """Existing connectors by source, as they were on the dates it carries."""

    def __init__(self, path: Path) -> None:
        """`path` is a file made by scripts/build_catalogue.py; it is read at the first look-up."""
        self._path = path
        self._found: dict[tuple[str, ...], Existing] = {}

    def look_up(self, *names: str) -> Existing:
        """What exists for the first of `names` that the catalogue knows.

        Names are tried as people write them ("Zendesk Support", "zendesk_support", "Azure AD").
        Where none is known, `match` is empty and `near` offers up to three names to ask about.
        """
        # A session asks hundreds of times for one source, and likeness is slow to judge.
        if names not in self._found:
            self._found[names] = self._search(names)
        return self._found[names]

    def _search(self, names: tuple[str, ...]) -> Existing:
        line = next(filter(None, map(self._line_for, names)), "")
        row = _row(line) if line else {}
        near = () if row else (_row(line)["name"] for name in names for line in self._near(name))
        return Existing(
            match=row.get("name", ""),
            findings=findings.found(row, self._snapshot),
            near=tuple(dict.fromkeys(near))[:MOST_NEAR],
            as_of=self.as_of,
            absent=findings.absent(row, self._snapshot),
        )

    @property
    def as_of(self) -> str:
        """The day the catalogue was put together, ISO. Each finding has a date of its own."""
        return str(self._snapshot["date"])

    @cached_property
    def knowledge(self) -> Knowledge:
        """What the connectors of the catalogue say of their sources; it stands beside it."""
        from . import knowledge

        return knowledge.Knowledge(self._path.with_name(knowledge.FILE_NAME))

    @cached_property
    def _text(self) -> str:
        return self._path.read_text(encoding="utf-8")

    @cached_property
    def _snapshot(self) -> dict[str, Any]:
        start = self._text.index("\n") + 1
        snapshot: dict[str, Any] = json.loads(self._text[start : self._text.index("\n", start)])
        return snapshot

    @cached_property
    def _lines_by_key(self) -> dict[str, str]:
        lines = self._text.splitlines()[2:]
        return {key: line for line in lines for key in line[1 : line.index("|{")].split("|")}

    def _line(self, key: str) -> str:
        """The line of one key, '' when there is none."""
        found = self._text.find(f"|{key}|") if key else -1
        if found < 0:
            return ""
        start = self._text.rindex("\n", 0, found) + 1
        return self._text[start : self._text.index("\n", found)]

    def _line_for(self, name: str) -> str:
        """The line that `name` means, '' when none does.

        In turn: the whole text; without noise words; that without a vendor in front; that with a
        vendor in front, if just one source results. Never by likeness.
        """
        words = _words(name)
        core = [word for word in words if word not in NOISE]
        bare = core[1:] if core and core[0] in VENDORS else []
        for tried in (words, core, bare):
            line = self._line("".join(tried))
            if line:
                return line
        if not core:
            return ""
        with_vendor = {self._line(vendor + "".join(core)) for vendor in VENDORS} - {""}
        return with_vendor.pop() if len(with_vendor) == 1 else ""

    def _near(self, name: str) -> list[str]:
        """Lines of sources named inside `name`, spelt like it, or whose name goes on after it."""
        words = [word for word in _words(name) if word not in NOISE][:_MOST_WORDS]
        key = "".join(words)
        if len(key) < _SHORTEST:
            return []
        known = self._lines_by_key
        ends = range(len(words), 0, -1)
        inside = ["".join(words[a:b]) for b in ends for a in range(b)]
        near = [key for key in inside if len(key) >= _SHORTEST and key in known]
        near += _spelt_like(key, known)
        near += [one for one in known if one.startswith(key)]
        return list(dict.fromkeys(known[one] for one in near))[:MOST_NEAR]


def key_of(name: str) -> str:
    """What spellings of one name have in common: its letters and digits, lower case, ASCII."""
    return "".join(_words(name))


def finding(existing: Existing, ecosystem: str) -> Finding | None:
    """What was found in one ecosystem, or None."""
    return next((one for one in existing.findings if one.ecosystem == ecosystem), None)


def default_answer(question: str, existing: Existing) -> str | list[str]:
    """The default of `managed_connector`, `community_connector` or `third_party_connectors`.

    "yes" where there is one, also in beta. "unknown" where it covers only a part of the source,
    since the part may not be the one needed, and where none was found, since that proves nothing.
    """
    if question == "third_party_connectors":
        return third_party_default(existing)
    found = finding(existing, question.removesuffix("_connector"))
    return "yes" if found and not found.partial else "unknown"


def third_party_default(existing: Existing) -> list[str]:
    """The third-party connectors found, such as `Airbyte (source-box)`. None holds a comma."""
    return [
        f"{findings.THIRD_PARTIES[one.ecosystem]} ({name})"
        for one in existing.findings
        if one.ecosystem in findings.THIRD_PARTIES
        for name in one.names
    ]


def _words(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    return re.findall(r"[a-z0-9]+", plain.replace("&", " and ").replace("+", " plus "))


def _row(line: str) -> dict[str, Any]:
    row: dict[str, Any] = json.loads(line[line.index("|{") + 1 :])
    return row


def _spelt_like(key: str, known: Iterable[str]) -> list[str]:
    """Keys spelt much like `key`, the likest first. Only those about as long can be."""
    import difflib

    # Two names whose lengths differ by more than half cannot share 80 % of their letters.
    longest = len(key) * 3 / 2
    candidates = [one for one in known if len(one) <= longest and len(key) <= len(one) * 3 / 2]
    return difflib.get_close_matches(key, candidates, n=MOST_NEAR, cutoff=_ALIKE)
