"""What several rules look at: groups of tables, words in names, and how a `why` lists them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter

from ...answers.answer_types import Table
from ..auth import name_of
from ..features import READER_REQUESTS_PER_SECOND
from ..figures import HOUR, count
from ..model import Facts, Span, TableCapacity
from ..wording import listed
from .rule import Cause

CDC = ("cdc", "cdc_with_deletes")
"""Ingestion types whose records replace those of the same key."""

MANY_ROWS = 1_000_000
"""Rows that make a table large: 10,000 requests at 100 records a page, a common page size."""

WORTH_NAMING = 0.1
"""Part of the whole load from which a table is named: ten tables at most, and the rest is small."""

SHOWN = 3
"""Names a `why` lists before it says how many more there are: the worst few are enough to act."""

HALF = 0.5
"""Share of a limit above which too little is left: others at the customer draw on the same limit,
and a sync that catches up after one missed run needs its share twice."""

WORKING_DAY_HOURS = 8
"""Hours somebody is there to watch a load. READER_LIMIT of the features counts the same day."""

DAY_HOURS = 24

READER_PACE = "for one reader, assuming one request a second"
"""How a `why` says that hours follow from no answer but from READER_REQUESTS_PER_SECOND."""

_WORD = r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+"


def read_as(facts: Facts, *ingestion: str) -> list[Table]:
    """The tables in work that are read in one of these ways."""
    return [table for table in facts.answers.in_work if table.ingestion in ingestion]


def incremental(facts: Facts) -> list[Table]:
    """The tables in work that are read by what is new or changed, the largest first."""
    return largest_first(table for table in facts.answers.in_work if table.incremental)


def largest_first(tables: Iterable[Table]) -> list[Table]:
    """By rows; those of unknown size last."""
    return sorted(tables, key=lambda table: -1 if table.rows is None else table.rows, reverse=True)


def names(tables: Iterable[Table]) -> tuple[str, ...]:
    """Their names, in the order given."""
    return tuple(table.name for table in tables)


def caused_by(
    tables: Sequence[Table],
    why: str,
    impact: str,
    steps: int = 0,
    shown: Callable[[Table], str] = attrgetter("name"),
    mitigation: str = "",
) -> Cause | None:
    """The cause that lies in these tables, the worst first; None where there are none.

    `{}` in `why` stands for the first few of them, each as `shown`.
    """
    if not tables:
        return None
    return Cause(why.format(few(map(shown, tables))), impact, steps, names(tables), mitigation)


def few(texts: Iterable[str]) -> str:
    """`a, b and c`; of many the first three `and 12 more`."""
    return listed(list(texts), SHOWN)


def heaviest(
    tables: Iterable[TableCapacity], part: Callable[[TableCapacity], float]
) -> list[TableCapacity]:
    """The tables with the largest parts of a load, as far as they make up half of it or more.

    Empty where the load is spread over so many tables that none of them stands out.
    """
    ranked = sorted(tables, key=part, reverse=True)
    whole = sum(map(part, ranked))
    named = [one for one in ranked if part(one) >= whole * WORTH_NAMING]
    return named if sum(map(part, named)) >= whole * HALF else []


def with_rows(table: Table) -> str:
    """The table with its rows, as far as known: `tickets (2M rows)`."""
    return table.name if table.rows is None else f"{table.name} ({count(table.rows)} rows)"


def with_cursor(table: Table) -> str:
    """The table with its cursor, as far as it has one: `tickets (updated_at, assumed)`."""
    if not table.cursor_field:
        return table.name
    assumed = ", assumed" if "cursor_field" in table.assumed else ""
    return f"{table.name} ({table.cursor_field}{assumed})"


def leaf(table: Table) -> str:
    """The last part of its cursor, or ''."""
    return (table.cursor_field or "").rsplit(".", 1)[-1]


def with_key(table: Table) -> str:
    """The table with the columns of its key: `tickets (account, id)`, `tickets (id, assumed)`."""
    assumed = ["assumed"] if "primary_keys" in table.assumed else []
    return f"{table.name} ({', '.join([*table.primary_keys, *assumed])})"


def words_of(name: str) -> list[str]:
    """The words of a name in lower case: `created`, `at` for `createdAt` and `created_at`."""
    return [word.lower() for word in re.findall(_WORD, name)]


def last_word(name: str) -> str:
    """The last of its words, or '': `at` for `created_at`."""
    return (words_of(name) or [""])[-1]


def rows_of(tables: Iterable[Table]) -> int:
    """Rows of all tables whose size is known."""
    return sum(table.rows or 0 for table in tables)


def methods(facts: Facts, wanted: Sequence[str]) -> str:
    """Authentication methods by name, without what the questions explain in brackets."""
    return few([name_of(one, facts.answers).split(" (")[0] for one in wanted])


def reader_hours(requests: Span) -> Span:
    """Hours one reader needs for so many requests, at the pace the features reckon with."""
    an_hour = READER_REQUESTS_PER_SECOND * HOUR
    return Span(requests.low / an_hour, requests.high / an_hour)


def first_load(facts: Facts) -> tuple[Span | None, str]:
    """Hours of the first load and at which pace, in words.

    The pace is the rate limit, as in the table of capacity. Only where no limit is known is it
    that of one reader, which is an assumption and says so.
    """
    capacity = facts.capacity
    limit, load = capacity.governing_limit, capacity.first_load_requests
    if limit:
        return capacity.first_load_hours, f"at {few(capacity.limits)}"
    if load is None or "partitioned_reads" in facts.answers.features:
        return None, ""
    return reader_hours(load), READER_PACE


def said(facts: Facts) -> str:
    """What was said about the purpose: problem, use cases and analytics."""
    answers = facts.answers
    return " · ".join(filter(None, (answers.problem, *answers.use_cases, answers.analytics)))
