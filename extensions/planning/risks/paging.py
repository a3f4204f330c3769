"""Risks from the way the source pages. Their category is API limits."""

from __future__ import annotations

from ..answer_types import Table
from ..figures import count
from ..model import Facts
from ..wording import speaks_http
from .look import MANY_ROWS, few, largest_first, names, rows_of, with_rows
from .rule import Cause, rule

USUAL_CAP = 10_000
"""Records after which many sources stop paging: the default of Elasticsearch, which they search."""

COUNTED = ("offset", "page_number")
"""Paging by position, which shifts when records come and go."""


@rule(
    "paging-unknown",
    "api_limits",
    "Way of paging unknown",
    kinds=("pagination",),
    what="Records are skipped or read twice at page borders, and nobody can say how many requests "
    "a table takes.",
    mitigation="Read two pages and the last page of the largest table by hand; write down the page "
    "size, the token and how the end shows.",
    check="Has somebody seen the last page of the largest table?",
    fires_when="The source is an API and `pagination` is unknown or `page_size` is 0.",
    moves="Up one step with 1M rows or more in all and both unknown; down one step where only the "
    "page size is unknown.",
    impact_reason="Medium: a wrong loop over pages shows in counts once somebody compares them.",
    false_positives="Every table fits one response: answer `none`.",
)
def paging_unknown(facts: Facts) -> Cause | None:
    """Fires where the kind of paging or the page size is open."""
    answers = facts.answers
    if not speaks_http(answers) or answers.pagination == "none":
        return None
    kind_open, size_open = answers.pagination == "unknown", answers.page_size is None
    if not kind_open and not size_open:
        return None
    missing = [
        text for text, is_open in (("pagination", kind_open), ("page_size", size_open)) if is_open
    ]
    rows = rows_of(answers.tables)
    size = f" for {count(rows)} rows" if rows else ""
    steps = -1 if not kind_open else int(size_open and rows >= MANY_ROWS)
    return Cause(
        f"Not known of {answers.source_name}{size}: {' and '.join(missing)}.", "Medium", steps
    )


@rule(
    "page-cap-below-table",
    "api_limits",
    "Paging ends before the table does",
    kinds=("pagination", "missing_dup_delete"),
    what="The source answers with an error, or with nothing, beyond its cap: the rest of the table "
    "is never read, or the same window is read forever.",
    mitigation="Cut the reading into windows by cursor or date, each below the cap; halve a window "
    "that reaches it. Mind records that share one cursor value.",
    check="Does a test read more records than the cap, and do the counts agree?",
    fires_when="`pagination_limit` is set and tables have more rows, or nobody knows how many.",
    moves="Up one step where a table is known to be larger than the cap.",
    impact_reason="High where records are known to be out of reach; Medium where sizes are open.",
    false_positives="An export endpoint without the cap is used for these tables.",
)
def page_cap_below_table(facts: Facts) -> Cause | None:
    """Fires where a cap is below the rows of a table."""
    cap = facts.answers.pagination_limit
    if cap is None:
        return None
    tables = facts.answers.in_work
    beyond = largest_first(table for table in tables if (table.rows or 0) > cap)
    if beyond:
        why = (
            f"Paging of {facts.answers.source_name} ends at {cap:,} records. {_beyond(beyond, cap)}"
        )
        return Cause(why, "High", steps=1, tables=names(beyond))
    unknown = [table for table in tables if table.rows is None]
    if not unknown:
        return None
    why = f"Paging ends at {cap:,} records, and nobody knows the rows of {few(names(unknown))}."
    return Cause(why, "Medium", tables=names(unknown))


@rule(
    "page-cap-unknown",
    "api_limits",
    "No page cap known, but large tables",
    kinds=("pagination",),
    what="After some 10,000 records the source stops paging, and the rest of the table is missing.",
    mitigation="Ask for a page far behind the 10,000th record of the largest table, once.",
    check="Has somebody read a record far behind the 10,000th?",
    fires_when="Paging is by offset, by number or unknown, `pagination_limit` is 0, and a table is "
    "known to have more than 10,000 rows.",
    moves="Down one step where it pages by number or offset and no table reaches 1M rows.",
    impact_reason="Medium: what is missing shows in counts, but seldom at once.",
    false_positives="The documentation says that paging has no end.",
)
def page_cap_unknown(facts: Facts) -> Cause | None:
    """Fires for counted paging over large tables without a known cap."""
    answers = facts.answers
    if answers.pagination_limit is not None or not speaks_http(answers):
        return None
    large = largest_first(table for table in facts.answers.in_work if (table.rows or 0) > USUAL_CAP)
    if not large or answers.pagination not in (*COUNTED, "unknown"):
        return None
    known = answers.pagination in COUNTED and (large[0].rows or 0) < MANY_ROWS
    why = (
        f"No pagination_limit is known (pagination: {answers.pagination}), and "
        f"{few([with_rows(table) for table in large])} would exceed a common cap of {USUAL_CAP:,}."
    )
    return Cause(why, "Medium", steps=-1 if known else 0, tables=names(large))


@rule(
    "offset-over-moving-data",
    "api_limits",
    "Paging by position over data that moves",
    kinds=("pagination", "missing_dup_delete"),
    what="A record that comes or goes while pages are read shifts all that follow: some are read "
    "twice, some never.",
    mitigation="Sort by a key or cursor that never changes, or page by keyset; overlap windows and "
    "let the primary key remove doubles.",
    check="Is the order of the pages fixed while records are written?",
    fires_when="`pagination` is `offset` or `page_number`, a table has more than one page or an "
    "unknown size, and the data changes daily or more often, or nobody knows how often.",
    moves="Up one step where the data changes hourly or all the time.",
    impact_reason="Medium: single records are missing, until something changes them again.",
    false_positives="The source pages over a frozen result, such as an export job.",
)
def offset_over_moving_data(facts: Facts) -> Cause | None:
    """Fires for paging by position while the data changes."""
    answers = facts.answers
    if answers.pagination not in COUNTED or answers.change_frequency in ("weekly", "monthly"):
        return None
    page = answers.page_size or 0
    moving = [table for table in facts.answers.in_work if table.rows is None or table.rows > page]
    if not moving:
        return None
    moving = largest_first(moving)
    fast = answers.change_frequency in ("continuous", "hourly")
    change = {
        "unknown": "nobody knows how often the data changes",
        "continuous": "the data changes all the time",
        "hourly": "the data changes every hour",
    }.get(answers.change_frequency, "the data changes daily")
    why = (
        f"pagination is {answers.pagination}, and {change}: {few([with_rows(t) for t in moving])}."
    )
    return Cause(why, "Medium", steps=int(fast), tables=names(moving))


def _beyond(tables: list[Table], cap: int) -> str:
    out_of_reach = sum((table.rows or 0) - cap for table in tables)
    listed = few([with_rows(table) for table in tables])
    verb = "has" if len(tables) == 1 else "have"
    return f"{listed} {verb} more: {count(out_of_reach)} rows lie beyond it."


RULES = (
    paging_unknown,
    page_cap_below_table,
    page_cap_unknown,
    offset_over_moving_data,
)
