"""Risks from the way the source pages."""

from __future__ import annotations

from ...answers.answer_types import Table
from ..figures import count
from ..model import Facts
from ..request_counts import page_size
from .look import caused_by, few, largest_first, names, rows_of, with_rows
from .rule import Cause, rules_on, texts

rule = rules_on("api_limits")

COUNTED = ("offset", "page_number")
"""Paging by position, which shifts when records come and go."""


@rule(
    "page-cap-below-table", "Paging ends before the table does", "pagination", "missing_dup_delete"
)
@texts(
    what="The source answers with an error, or with nothing, beyond its cap: the rest of the table "
    "is never read, or the same window is read forever.",
    mitigation="Cut the reading into windows by cursor or date, each below the cap; halve a window "
    "that reaches it. Mind records that share one cursor value.",
    check="Does a test read more records than the cap, and do the counts agree?",
    moves="Up one step where a table is known to be larger than the cap.",
    impact_reason="High where records are known to be out of reach; Medium where sizes are open.",
    false_positives="An export endpoint without the cap is used for these tables.",
)
def page_cap_below_table(facts: Facts) -> Cause | None:
    """`pagination_limit` is set and tables have more rows, or nobody knows how many."""
    cap = facts.answers.pagination_limit
    if cap is None:
        return None
    tables = [table for table in facts.answers.in_work if table.read_by != "export"]
    if beyond := largest_first(table for table in tables if (table.rows or 0) > cap):
        verb = "has" if len(beyond) == 1 else "have"
        why = (
            f"Paging of {facts.answers.source_name} ends at {cap:,} records. "
            f"{few(map(with_rows, beyond))} {verb} more: "
            f"{count(rows_of(beyond) - len(beyond) * cap)} rows lie beyond it."
        )
        return Cause(why, "High", steps=1, tables=names(beyond))
    unknown = [table for table in tables if table.rows is None]
    why = f"Paging ends at {cap:,} records, and nobody knows the rows of {{}}."
    return caused_by(unknown, why, "Medium")


@rule(
    "offset-over-moving-data",
    "Paging by position over data that moves",
    "pagination",
    "missing_dup_delete",
)
@texts(
    what="A record that comes or goes while pages are read shifts all that follow: some are read "
    "twice, some never.",
    mitigation="Sort by a key or cursor that never changes, or page by keyset; overlap windows and "
    "let the primary key remove doubles. Ask once for a page far behind the 10,000th record, where "
    "many sources stop.",
    check="Is the order of the pages fixed while records are written?",
    moves="Up one step where the data changes hourly or all the time.",
    impact_reason="Medium: single records are missing, until something changes them again.",
    false_positives="The source pages over a frozen result, such as an export job.",
)
def offset_over_moving_data(facts: Facts) -> Cause | None:
    """`pagination` is `offset` or `page_number`, a table has more than one page or an unknown size,
    and the data changes daily or more often, or nobody knows how often."""
    answers = facts.answers
    if answers.change_frequency in ("weekly", "monthly"):
        return None
    moving = [
        table
        for table in largest_first(answers.in_work)
        if (table.pagination or answers.pagination) in COUNTED
        and table.read_by != "export"
        and (table.rows is None or table.rows > (page_size(table, answers) or 0))
    ]
    if not moving:
        return None
    fast = answers.change_frequency in ("continuous", "hourly")
    change = {
        "unknown": _pace(moving),
        "continuous": "the data changes all the time",
        "hourly": "the data changes every hour",
    }.get(answers.change_frequency, "the data changes daily")
    why = (
        f"pagination is {moving[0].pagination or answers.pagination}, and {change}: "
        f"{few(map(with_rows, moving))}."
    )
    return Cause(why, "Medium", steps=int(fast), tables=names(moving))


def _pace(tables: list[Table]) -> str:
    """How records come and go where only the tables say so, or nobody does."""
    paced = [table for table in tables if table.rows_per_day]
    if not paced:
        return "nobody knows how often the data changes"
    busiest = max(paced, key=lambda table: table.rows_per_day or 0)
    return f"{count(busiest.rows_per_day)} records of {busiest.name} are new or changed a day"
