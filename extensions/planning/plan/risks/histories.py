"""Risks from tables that grow with whatever happens, and from the ways to read such tables."""

from __future__ import annotations

from ...answers.answer_types import Table
from ..figures import count
from ..model import Facts
from .fan_out import one_request_per_parent
from .hints import is_history
from .look import MANY_ROWS, caused_by, few, largest_first, names, with_rows
from .rule import Cause, rules_on, texts

rule = rules_on("data_volume")

VAST = 10_000_000
"""Rows of a table that one reader takes a day for: 100,000 requests at 100 records a page."""

BUSY = 100_000
"""Records a day of a busy table: at 100 a page a thousand requests, of which one in a thousand
fails where vendors promise 99.9 %."""

IN_WINDOWS = (
    "Read in windows of time that halve when they are too large; save the place after each; read "
    "windows side by side where the limit allows."
)


@rule("history-gets-slow", "Events and histories outgrow everything else", "slow_large", "memory")
@texts(
    what="They grow with whatever happens, not with the business: they take most of the first "
    "load, a busy day outlasts a sync, and batches of it do not fit memory.",
    mitigation=f"Load a short history first (`earliest`). {IN_WINDOWS}",
    check="How long does one day of the largest customer take?",
    moves="Up one step with 10M rows; down one where nobody knows how many.",
    impact_reason="Medium: the data comes late, but it comes.",
    false_positives="The source keeps a few weeks only, or the name misleads.",
)
def history_gets_slow(facts: Facts) -> Cause | None:
    """A table is named like events, a history, messages or a report, and has 1M rows or 100k new
    records a day, or nobody knows how many rows. Not where a request for each record is a risk of
    its own."""
    apart = one_request_per_parent.find(facts)
    tables = [
        table
        for table in largest_first(facts.answers.in_work)
        if is_history(table.name)
        and (_large(table) or table.rows is None)
        and table.name not in (apart.tables if apart else ())
    ]
    large = [table for table in tables if _large(table)]
    vast = [table for table in large if (table.rows or 0) >= VAST]
    why = "These grow with whatever happens: {}."
    steps = 1 if vast else 0 if large else -1
    bounded = IN_WINDOWS if facts.answers.earliest else ""
    return caused_by(tables, why, "Medium", steps, _growing, bounded)


@rule("exports-run-out", "Exports have limits of their own", "slow_large", "rate_quota")
@texts(
    what="The job waits in a queue, only so many run at once, the file is gone before it is "
    "fetched, or holds more than memory: a sync waits for hours and has nothing to show.",
    mitigation="Ask for one period a job, keep its id in the offset, wait with a limit, fetch at "
    "once and read the file as a stream; start no second job for the same period.",
    check="What does a sync do whose job is not done after an hour, or whose file is gone?",
    moves="Up one step where such a table has 1M rows or more, or nobody knows how many: sources "
    "offer exports for what is too large for pages.",
    impact_reason="Medium: the sync fails or waits, and the next one can begin again.",
    false_positives="Exports that are done within seconds.",
)
def exports_run_out(facts: Facts) -> Cause | None:
    """A table has `read_by: export`."""
    tables = [table for table in facts.answers.in_work if table.read_by == "export"]
    if not tables:
        return None
    shown = few(map(with_rows, largest_first(tables)))
    large = any(table.rows is None or table.rows >= MANY_ROWS for table in tables)
    why = f"Read by jobs that export: {shown}."
    return Cause(why, "Medium", steps=int(large), tables=names(tables))


def _large(table: Table) -> bool:
    return (table.rows or 0) >= MANY_ROWS or (table.rows_per_day or 0) >= BUSY


def _growing(table: Table) -> str:
    if table.rows_per_day is None:
        return with_rows(table)
    a_day = f"{count(table.rows_per_day)} a day"
    rows = f"{count(table.rows)} rows, " if table.rows else ""
    return f"{table.name} ({rows}{a_day})"
