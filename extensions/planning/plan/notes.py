"""What notes of a table say that a key of `tables` should say.

Notes are prose for readers: no figure and no risk follows from their words. Where they seem to
speak of what a key says, the plan asks for the key.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..answers.answer_types import Answers, Table
from .wording import singular

_ONE_EACH = (
    r"\b(?:one|1|a|single|another|separate|own) (?:\w+ )?(?:request|call|query) (?:at least )?"
    r"(?:a|an|per|for each|for every|for one|each) (\w+(?: \w+)?)"
)
_OF_ITS_OWN = (
    r"\b(?:each|every) (\w+(?: \w+)?) (?:needs|takes|requires|comes (?:by|in|with)|is (?:read|got) "
    r"(?:by|in|with)) (?:a|an|one|its)(?: \w+)? (?:request|call|query)\b"
)
_EACH = r"\b(?:per|for each|for every) (\w+(?: \w+)?)"
_BY_TURNS = r"\b(\w+) by \1\b"

PERIODS = ("second", "minute", "hour", "day", "week", "month")
TECHNICAL = ("page", "batch", "call", "request", "sync", "table", "api", "key", "token", "client")
NO_RECORDS = frozenset((*PERIODS, *TECHNICAL))
"""What requests are counted by without any record being behind it."""

_LATE = (
    r"\b(?:restat\w*|attribut\w*|look-?\s?back\w*|backdat\w*|late[ -]arriv\w*|arrives? late"
    r"|late (?:records|rows|data|figures|changes))\b"
)
_SPAN = r"\b\d+ (?:minute|hour|day|week)s?\b"
USUAL_SPAN = "14 days"
"""An example of a look-back where the notes name no span, or several."""
_EXPORT = (
    r"\b(?:exports?|bulk (?:job|api|operation|export)s?|async(?:hronous)? jobs?|report jobs?)\b"
)


class Spoken(NamedTuple):
    """A `key` that the notes of a `table` seem to speak of, and the part that `said` so.

    `value` is what the key might say, as it would be written.
    """

    table: Table
    key: str
    value: str
    said: str


def spoken_of(answers: Answers) -> Iterator[Spoken]:
    """Every key that notes of a table still to build speak of, and that nobody has answered."""
    for table in answers.in_work:
        notes = " ".join(table.notes.split())
        if not notes:
            continue
        if not (table.parent or table.request_per_record):
            yield from _parent(table, notes, answers)
        if table.lookback is None and table.incremental and (match := _find(_LATE, notes)):
            spans = re.findall(_SPAN, notes, re.IGNORECASE)
            span = spans[0].lower() if len(spans) == 1 else USUAL_SPAN
            yield Spoken(table, "lookback", span, match.group())
        if not table.read_by and (match := _find(_EXPORT, notes)):
            yield Spoken(table, "read_by", "export", match.group())


def _find(pattern: str, notes: str) -> re.Match[str] | None:
    return re.search(pattern, notes, re.IGNORECASE)


def _parent(table: Table, notes: str, answers: Answers) -> Iterator[Spoken]:
    others = [one for one in answers.tables if one.name != table.name]
    for pattern in (_ONE_EACH, _OF_ITS_OWN, _EACH, _BY_TURNS):
        for match in re.finditer(pattern, notes, re.IGNORECASE):
            words = match.group(1).lower().split()
            own = singular(table.name.replace("_", ""))
            if own in {singular("".join(words)), singular(words[0])} or words[0] == "record":
                yield Spoken(table, "request_per_record", "true", match.group())
                return
            parent = _named(words, others)
            # `per ticket` says enough only where tickets is a table; `one request a ticket` always,
            # but for `one request per 100 tickets`.
            counted = words[0] in NO_RECORDS or words[0].isdigit()
            if parent or (pattern in (_ONE_EACH, _OF_ITS_OWN) and not counted):
                name = parent.name if parent else f"{words[0]}s"
                yield Spoken(table, "parent", name, match.group())
                return


def _named(words: list[str], tables: list[Table]) -> Table | None:
    """The table whose name is one of these words or both, in the singular or the plural."""
    wanted = {singular("".join(words)), singular(words[0])}
    return next((one for one in tables if singular(one.name.replace("_", "")) in wanted), None)
