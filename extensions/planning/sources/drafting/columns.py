"""Which columns are keys, moments of change, or moments of creation, by their names.

The words come from counting names in public descriptions and implementations;
docs/how-to/draft-a-plan.md says how often they are right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from .described import DERIVED, Column, DescribedTable
from .names import letters, plain, words_of

CHANGE_WORDS = frozenset(("updated", "modified", "changed", "update", "modification", "edited"))
"""`last_updated`, `dateModified`, `modified_on`."""

CREATION_WORDS = frozenset(
    ("created", "create", "creation", "added", "inserted", "submitted", "sent", "started")
)

TIME_WORDS = frozenset(("at", "on", "date", "time", "timestamp", "datetime", "utc", "ts", "day"))

EVENT_WORDS = frozenset(
    """
    event events log logs activity activities audit audits history histories click clicks hit
    hits
    """.split()
)
"""Words in names of tables whose records are written once."""

_NO_TIME_AFTER = frozenset(
    ("by", "count", "id", "ids", "user", "users", "reason", "fields", "from")
)
"""`updated_by` names a person, `changed_fields` a list."""


def is_change(name: str) -> bool:
    """Whether a column by this name holds the moment of the last change."""
    words = words_of(name)
    return bool(CHANGE_WORDS & set(words)) and not _NO_TIME_AFTER & set(words)


def is_creation(name: str) -> bool:
    """Whether a column by this name holds the moment of creation."""
    words = set(words_of(name))
    return bool(CREATION_WORDS & words) and not _NO_TIME_AFTER & words


def is_event_like(table: str) -> bool:
    """Whether the name of a table says that its records are written once and never change."""
    return bool(words_of(table)) and words_of(table)[-1] in EVENT_WORDS


def _ingestion_by(cursor: str, table: str, has_key: bool) -> str:
    """`cdc` or `append` for a table that is read by a cursor, where nobody says whether records
    change: by the name of the cursor. A key and a cursor of no plain kind mean cdc, which loses no
    change where records do change, and costs a merge where they do not.
    """
    words = set(words_of(cursor.rpartition(".")[2]))
    if is_event_like(table):
        return "append"
    if is_change(cursor):
        return "cdc"
    once = is_creation(cursor) or words <= TIME_WORDS or not has_key
    return "append" if once else "cdc"


def say_cursor(table: DescribedTable, cursor: str) -> None:
    """Says that a table is read by a cursor, if one is known, and what follows from that."""
    table.say("cursor_field", cursor)
    if cursor:
        kind = _ingestion_by(cursor, table.name, "primary_keys" in table.facts)
        table.say("ingestion", kind, f"{table.origin} reads by {cursor}", DERIVED)


def say_snapshot(table: DescribedTable) -> None:
    """Says that a table is read whole."""
    table.say("ingestion", "snapshot", f"{table.origin} reads it whole", DERIVED)


def change_columns(columns: Iterable[Column]) -> list[Column]:
    """The columns with the moment of the last change, the plainest first."""
    return sorted((c for c in columns if c.is_time and is_change(c.name)), key=_plainness)


def creation_columns(columns: Iterable[Column]) -> list[Column]:
    """The columns with the moment of creation, the plainest first."""
    found = (c for c in columns if c.is_time and is_creation(c.name) and not is_change(c.name))
    return sorted(found, key=_plainness)


def offer_cursors(table: DescribedTable) -> int:
    """Makes the first moments of a record candidates for the cursor; how many moments it has."""
    moments = [*change_columns(table.columns), *creation_columns(table.columns)]
    if moments:
        table.candidates["cursor_field"] = tuple(one.path for one in moments[:4])
    return len(moments)


def _plainness(column: Column) -> tuple[int, int, bool, int]:
    """Few words and little depth: `updated_at` before `contents_updated_at`."""
    words = words_of(column.name)
    other = [
        w for w in words if w not in CHANGE_WORDS | CREATION_WORDS | TIME_WORDS | {"last", "gmt"}
    ]
    # Where the same moment stands in local time as well, the clock of that repeats an hour a year.
    universal = bool({"gmt", "utc"} & set(words))
    return (len(other), column.path.count("."), not universal, len(words))


_PEOPLE = frozenset(
    """
    members member users collaborators followers assignees attendees subscribers contributors
    watchers
    """.split()
)
_SHARED = frozenset(
    "memberships roles groups tags permissions participants labels assignments".split()
)


def comes_under_several(table: str, parent: str, columns: Iterable[Column]) -> bool:
    """Whether records below a parent can come under several of its records, so that `id` alone
    repeats: people do; roles, tags and the like do unless a column names the one they belong to.
    """
    words = set(words_of(table))
    if words & _PEOPLE:
        return True
    owner = plain(parent)
    names = {plain(column.name) for column in columns}
    belongs = names & {owner + end for end in ("", "id", "sid", "gid", "uuid", "key")}
    return bool(words & _SHARED) and not belongs


REPORT_WORDS = frozenset(
    ("report", "reports", "stats", "statistics", "analytics", "summary", "insights", "metrics")
)
"""Words in paths that lead to figures, whose ids belong to what they are about, unless the record
has a time of its own.
"""


def key_of(tables: Iterable[str], columns: Sequence[Column], variable: str = "") -> tuple[str, ...]:
    """The key that the names of columns show: `id`, its like, `<table>_id` for one of the names of
    the table, or what the path of one record asks for (`variable`). Empty where they show none.
    """
    plainest = [c for c in columns if "." not in c.path and not c.is_struct]
    by_letters = {letters(column.name): column.path for column in reversed(plainest)}
    for usual in ("id", "gid", "uuid", "guid"):
        if usual in by_letters:
            return (by_letters[usual],)
    stems = [
        stem for table in tables for stem in (plain(table), plain("".join(words_of(table)[-1:])))
    ]
    for stem in dict.fromkeys(stems):
        for end in ("id", "uuid", "gid"):
            if stem and stem + end in by_letters:
                return (by_letters[stem + end],)
    if variable and letters(variable) in by_letters:
        return (by_letters[letters(variable)],)
    return ()


def column_for(asked: str, columns: Sequence[Column]) -> str:
    """The column that a filter named `asked` is about, '' where none fits."""
    core = re.sub(
        r"(gte|lte|gt|lt|after|since|before|from|min|start|begin|filter)", "", letters(asked)
    )
    known = {letters(c.name): c.path for c in reversed(columns) if c.is_time}
    for tried in (core, core + "at", core + "date", "date" + core, core + "on", core + "time"):
        if tried in known:
            return known[tried]
    return ""
