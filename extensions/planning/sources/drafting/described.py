"""What a description says of a source, whatever kind of description it is.

Every reader of this package returns a `Description`; the rest of the package knows nothing else. A
fact is there because the description states it or because it follows from what it states, and says
which of the two. What is only likely is a candidate: it is asked about and never answered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from .names import kept_or_made, plain

STATED = "stated"
DERIVED = "derived"

READ_SINGLE = 2
"""Rank of what is read as one record: behind lists, since few of them are wanted as a table."""


class Fact(NamedTuple):
    """A value, where it stands, and whether it is `stated` there or `derived` from it."""

    value: Any
    origin: str
    grade: str = STATED


class Column(NamedTuple):
    """A field of a record. `path` has dots into structs; `is_time` says that it holds a moment."""

    path: str
    is_time: bool = False
    is_struct: bool = False
    """It has columns of its own, so it is no key."""

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition(".")[2]


@dataclass
class DescribedTable:
    """A table as a description has it.

    `facts` are by the keys of a `tables` mapping in a plan. `candidates` are columns that may be
    the answer to a key nobody answers. `rank` orders tables by how likely somebody wants them:
    the smaller, the likelier. `words` are the static words of the path, outermost first, which
    make the name longer where two tables would share one.
    """

    name: str
    origin: str
    facts: dict[str, Fact] = field(default_factory=dict)
    candidates: dict[str, tuple[str, ...]] = field(default_factory=dict)
    columns: tuple[Column, ...] = ()
    rank: tuple[int, ...] = ()
    words: tuple[str, ...] = ()
    deprecated: bool = False

    def say(self, key: str, value: Any, origin: str = "", grade: str = STATED) -> None:
        """Adds a fact, unless there is one already or the value says nothing."""
        if value not in (None, "", [], ()) and key not in self.facts:
            self.facts[key] = Fact(value, origin or self.origin, grade)


@dataclass
class Description:
    """All that one description says.

    `label` names the description in origins, such as `acme.yaml (OpenAPI 3.0)`. `facts` are by
    question. `skipped` are sentences about what could not be read or was left out on purpose.
    """

    kind: str
    label: str
    facts: dict[str, Fact] = field(default_factory=dict)
    tables: list[DescribedTable] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)

    def say(self, question: str, value: Any, origin: str = "", grade: str = STATED) -> None:
        """Adds a fact, unless there is one already or the value says nothing."""
        if value not in (None, "", [], (), {}, 0) and question not in self.facts:
            self.facts[question] = Fact(
                value, self.label + (f", {origin}" if origin else ""), grade
            )

    def add(self, kind: str, name: str) -> DescribedTable | None:
        """A new table for what is a `kind`, such as a stream, of that name; None, and a sentence
        about it, where no name that a plan takes can be made of it.
        """
        usable = kept_or_made(name)
        if not usable:
            self.skipped.append(f"{kind} {name!r}: no name to use")
            return None
        self.tables.append(DescribedTable(usable, f"{self.label}, {kind} {name}"))
        return self.tables[-1]


def by_spelling(tables: Iterable[DescribedTable]) -> dict[str, DescribedTable]:
    """Tables by their names, and by what spellings of these have in common: that leads to the
    first of several, but a table by that very name is itself. `flows` is not the `flow` beside it.
    """
    ordered = list(tables)
    alike = {plain(table.name): table for table in reversed(ordered)}
    return {**alike, **{table.name: table for table in ordered}}


class Unreadable(ValueError):
    """A description that cannot be read; the sentence says why and what would be right."""


def shown(value: Any) -> str:
    """A value as a sentence says it."""
    return ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)


def as_mapping(value: object) -> Mapping[str, Any]:
    """The value if it is a mapping, an empty one otherwise: much is not as agreed."""
    return value if isinstance(value, Mapping) else {}


def as_list(value: object) -> list[Any]:
    """The value if it is a list, an empty one otherwise."""
    return value if isinstance(value, list) else []


def as_text(value: object) -> str:
    """The value if it is a text, '' otherwise."""
    return value if isinstance(value, str) else ""


def common(description: Description, key: str) -> None:
    """Lifts a fact that most tables share to the source; tables keep what differs.

    Most: half of the tables that say, or that page. Below that nothing holds for the source.
    """
    said = [table.facts[key].value for table in description.tables if key in table.facts]
    counted = [one for one in said if one != "none"] or said
    if not counted:
        return
    value, count = Counter(counted).most_common(1)[0]
    paged = sum(key != "pagination" in table.facts for table in description.tables)
    if count * 2 < max(paged, len(counted)):
        return
    description.say(key, value, f"{count} of {len(said)} tables")
    for table in description.tables:
        if key in table.facts and table.facts[key].value == value:
            del table.facts[key]
