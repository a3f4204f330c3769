"""Risks from the size of the data and its growth."""

from __future__ import annotations

from ..figures import HOUR, at_least, every, hours, requests, share
from ..model import Facts, TableCapacity
from .fan_out import one_request_per_parent
from .look import (
    DAY_HOURS,
    HALF,
    MANY_ROWS,
    READER_PACE,
    WORKING_DAY_HOURS,
    few,
    first_load,
    heaviest,
    largest_first,
    names,
    reader_hours,
    with_rows,
)
from .rule import Cause, rules_on, texts

rule = rules_on("data_volume")

TENTH = 0.1
"""Share of the limit below which a large reload is no matter of quota, only of patience."""

ONE_RESPONSE_ROWS = 100_000
"""Rows in one response: at an assumed 1 KB a record 100 MB of text, and several times that once
parsed."""

LARGE_PAGE = 10_000
"""Records of a page: at an assumed 1 KB each 10 MB of text, ten times that with wide or nested
records."""


@rule(
    "full-reload-of-large-table",
    "Large tables reload in full at every sync",
    "slow_large",
    "rate_quota",
)
@texts(
    what="Every sync reads all of it again, though little has changed: syncs overlap, and the "
    "quota goes to one table.",
    mitigation="Read it as cdc or append by a cursor, or by an export; else reload it once a day "
    "in a pipeline of its own.",
    check="Is there a field of modification that the source can filter these tables by?",
    moves="Up one step where such a table alone exceeds the limit, or one reader's time where no "
    "limit is known; down one where each is known to take less than a tenth of the limit. Never up "
    "where the plan only assumes that it is a snapshot.",
    impact_reason="High where one table alone cannot be read in time; else Medium.",
    false_positives="A first version that is run once a week by hand.",
)
def full_reload_of_large_table(facts: Facts) -> Cause | None:
    """A snapshot table has 1M rows or more, or takes more than half the limit."""
    heavy = [
        table
        for table in largest_first(facts.answers.tables)
        if table.ingestion == "snapshot"
        and not (table.parent or table.request_per_record)
        and ((table.rows or 0) >= MANY_ROWS or (facts.capacity.of(table.name).share or 0) > HALF)
    ]
    if not heavy:
        return None
    figures = [facts.capacity.of(table.name) for table in heavy]
    guessed = all("ingestion" in table.assumed for table in heavy)
    over = not guessed and any((one.share or 0) > 1 or _too_slow(one, facts) for one in figures)
    light = all(one.share is not None and one.share < TENTH for one in figures)
    often = every(facts.answers.sync_interval)
    why = f"{with_rows(heavy[0])} reloads in full {often}{_cost(figures[0], facts)}."
    if guessed:
        why += " The plan assumes that it is a snapshot."
    if len(heavy) > 1:
        why += f" So do {few(map(with_rows, heavy[1:]))}."
    steps = 1 if over else -1 if light else 0
    return Cause(why, "High" if over else "Medium", steps=steps, tables=names(heavy))


@rule("backfill-takes-days", "The first load takes longer than a working day", "slow_large")
@texts(
    what="Nobody watches it to its end; one failure in the night starts it again, and meanwhile "
    "the source's quota belongs to it.",
    mitigation="Load in windows that are saved one by one, the newest first; begin with the tables "
    "of P0; ask for an export of history.",
    check="Has a load been stopped half-way, and gone on from there?",
    moves="Up one step where it takes more than a day.",
    impact_reason="Medium: the data comes late, but it comes.",
    false_positives="Only recent history is wanted: give the rows of that.",
)
def backfill_takes_days(facts: Facts) -> Cause | None:
    """The first load of all tables takes more than 8 hours at the rate limit. Where no limit is
    known: for one reader, assuming one request a second, unless reads are partitioned. Not where
    the same tables are reloaded at every sync."""
    capacity = facts.capacity
    (takes, pace), load = first_load(facts), capacity.first_load_requests
    if takes is None or load is None or takes.high <= WORKING_DAY_HOURS:
        return None
    eaters = heaviest(capacity.tables, _load)
    tables = tuple(one.table for one in eaters)
    if tables and explained(facts).issuperset(tables):
        return None
    shown = few([f"{one.table} ({requests(one.first_load_requests)})" for one in eaters])
    most = f"most of them for {shown}" if eaters else "spread over many tables"
    how_long = at_least(hours(takes), len(capacity.unknown_first_load))
    why = f"{requests(load)} requests take {how_long} {pace}, {most}."
    return Cause(why, "Medium", steps=int(takes.low > DAY_HOURS), tables=tables)


@rule("table-exceeds-memory", "More records at once than memory holds", "memory")
@texts(
    what="The reader runs out of memory, often only at the largest customer.",
    mitigation="Yield records page by page, never a whole table; parse large answers as a stream.",
    check="Does memory stay flat while the largest table is read?",
    moves="Up one step for a table in one response; up two for 1M rows in one response.",
    impact_reason="High where a table comes in one response, since no retry helps; else Medium.",
    false_positives="Narrow records of a few bytes.",
)
def table_exceeds_memory(facts: Facts) -> Cause | None:
    """A table without paging has 100k rows or more, or a page 10,000 records or more."""
    answers = facts.answers
    tables = largest_first(answers.tables)
    at_once = [table for table in tables if (table.rows or 0) >= ONE_RESPONSE_ROWS]
    if answers.pagination == "none" and at_once:
        why = f"pagination is none: {few(map(with_rows, at_once))} come in one response each."
        steps = 2 if (at_once[0].rows or 0) >= MANY_ROWS else 1
        return Cause(why, "High", steps=steps, tables=names(at_once))
    if answers.page_size is not None and answers.page_size >= LARGE_PAGE:
        return Cause(f"A page has up to {answers.page_size:,} records (page_size).", "Medium")
    return None


def explained(facts: Facts) -> set[str]:
    """Tables of which a risk of their own says why reading them takes so much."""
    causes = (full_reload_of_large_table.find(facts), one_request_per_parent.find(facts))
    return {table for cause in causes if cause for table in cause.tables}


def _load(figures: TableCapacity) -> float:
    return figures.first_load_requests.high if figures.first_load_requests else 0.0


def _too_slow(figures: TableCapacity, facts: Facts) -> bool:
    """Whether one reader cannot read the table in an interval; only where no limit tells."""
    interval = facts.answers.sync_interval
    if figures.share is not None or figures.sync_requests is None or interval is None:
        return False
    split = "partitioned_reads" in facts.answers.features
    return not split and reader_hours(figures.sync_requests).low > interval / HOUR


def _cost(figures: TableCapacity, facts: Facts) -> str:
    if figures.sync_requests is None:
        return ""
    cost = f": {requests(figures.sync_requests)} requests"
    if figures.share is not None:
        return f"{cost}, {share(figures.share)}"
    if _too_slow(figures, facts):
        cost += f", {hours(reader_hours(figures.sync_requests))} {READER_PACE}"
    return cost
