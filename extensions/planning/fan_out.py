"""Tables that take a request for each record of another table, as far as their notes say so.

No question asks for it, and pages cannot tell: 100 comments of 100 tickets are one page in the
figures and 100 requests in truth. Only plain words count, so a table without notes is no fan-out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from .answer_types import Answers, Table
from .wording import singular

_ONE_EACH = (
    r"\b(?:one|1|a|single|another|separate|own) (?:\w+ )?(?:request|call|query) (?:at least )?"
    r"(?:a|an|per|for each|for every|for one|each) (\w+(?: \w+)?)"
)
_EACH = r"\b(?:per|for each|for every) (\w+(?: \w+)?)"
_BY_TURNS = r"\b(\w+) by \1\b"

PERIODS = ("second", "minute", "hour", "day", "week", "month")
TECHNICAL = ("page", "batch", "call", "request", "sync", "table", "api", "key", "token", "client")
NO_RECORDS = frozenset((*PERIODS, *TECHNICAL))
"""What requests are counted by without any record being behind it."""


class FanOut(NamedTuple):
    """A `table` read for each record of `parent`; None where no planned table has that name.

    `said` is the part of its notes that says so.
    """

    table: Table
    parent: Table | None
    said: str


def fan_outs(answers: Answers) -> Iterator[FanOut]:
    """The tables still to build whose notes speak of one request for each record of another."""
    for table in answers.tables:
        if table.notes and not table.shipped:
            yield from _in_notes(table, answers.tables)


def _in_notes(table: Table, tables: Iterable[Table]) -> Iterator[FanOut]:
    notes = " ".join(table.notes.split())
    others = [one for one in tables if one.name != table.name]
    for pattern in (_ONE_EACH, _EACH, _BY_TURNS):
        for match in re.finditer(pattern, notes, re.IGNORECASE):
            words = match.group(1).lower().split()
            parent = _named(words, others)
            # `per ticket` says enough only where tickets is a table; `one request a ticket` always,
            # but for `one request per 100 tickets`.
            counted = words[0] in NO_RECORDS or words[0].isdigit()
            if parent or (pattern is _ONE_EACH and not counted):
                yield FanOut(table, parent, match.group())
                return


def _named(words: list[str], tables: Iterable[Table]) -> Table | None:
    """The table whose name is one of these words or both, in the singular or the plural."""
    wanted = {singular("".join(words)), singular(words[0])}
    return next((one for one in tables if singular(one.name.replace("_", "")) in wanted), None)
