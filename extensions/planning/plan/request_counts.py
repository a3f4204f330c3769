"""How many requests a table takes: for its first full load, and for one sync.

Counting is done in whole numbers, so a figure worked out by hand agrees to the last digit. Every
formula is stated, with its reasons and a worked example, in docs/capacity.md.
"""

from __future__ import annotations

from fractions import Fraction

from ..answers.answer_types import Answers, Table
from .figures import DAY, HOUR
from .model import Span

EXPORT_REQUESTS = 2
"""Requests of an export beside its parts: one starts the job, one finds it done."""

BURST_SECONDS = {
    "continuous": 0,
    "hourly": HOUR,
    "daily": DAY,
    "weekly": 7 * DAY,
    "monthly": 30 * DAY,
    # A count a day leaves open when within the day the records come: perhaps all at once.
    "unknown": DAY,
}
"""`change_frequency` -> seconds whose changes may arrive together. A month is reckoned as 30 days,
as rate limits are."""

RECORDS_AT_ONCE = 1_000_000
"""Most records of one batch in the generated connectors (`MOST_ALLOWED` there): it reads a table in
no order to its end, keeps so many, and reads again for the next."""


def first_load_requests(table: Table, answers: Answers) -> Span | None:
    """Requests of the first full load; none for a table that an earlier phase has loaded."""
    if table.shipped:
        return Span(0, 0)
    load = _whole_table(table, answers)
    again = listed_again(table, answers)
    if load is None or again is None or table.order != "other":
        return load
    return Span(load.low + again.low, load.high + again.high)


def listed_again(table: Table, answers: Answers) -> Span | None:
    """Requests by which a first load grows where the list comes in no order of the cursor.

    Each batch reads the list to its end, and asks all parents. A filter by the cursor makes a list
    of pages shorter each time, by the pages of a batch; where nobody said the filter, the higher
    figure has none. None where one batch holds the table, or where it comes by its cursor.
    """
    cut = table.incremental and not table.shipped and table.order != "cursor"
    if not cut or table.read_by in ("changes", "export") or (table.rows or 0) <= RECORDS_AT_ONCE:
        return None
    batches = ceil_of(table.rows or 0, RECORDS_AT_ONCE) - 1
    if table.parent:
        parents = parents_of(table, answers)
        asked = batches * (parents or 0) * (table.requests_per_parent or 1)
        return Span(asked, asked) if parents else None
    size = page_size(table, answers)
    if size is None or not paged(table, answers):
        return None
    pages, read_off = ceil_of(table.rows or 0, size), RECORDS_AT_ONCE // size
    whole = batches * pages
    filtered = whole - read_off * batches * (batches + 1) // 2
    return Span(
        whole if table.filter == "none" else filtered,
        filtered if table.filter in ("after", "from") else whole,
    )


def sync_requests(table: Table, answers: Answers, interval: int | None) -> Span | None:
    """Requests of one sync every `interval` seconds: an average one, and the busiest one."""
    if not table.incremental:
        return _whole_table(table, answers)
    changes = _changes(table, answers, interval)
    if changes is None or table.ingestion != "cdc_with_deletes":
        return changes
    # A table that does not shrink loses no more records than it gains, so deletions take at most
    # as many pages as changes. A feed of changes tells them itself; a list takes one request to
    # find that nothing was deleted.
    fewest = 0 if table.read_by == "changes" else 1
    pages = _pages_of_changes(table, answers, interval)
    return Span(changes.low + fewest, changes.high + (pages.high if pages else fewest))


def requests_per_second_of_changes(table: Table, answers: Answers) -> Fraction:
    """Requests a second that what changes in a table takes in the long run."""
    if not table.incremental or _filters_nothing(table):
        return Fraction(0)
    parents = Fraction(0)
    if table.read_by == "changes" and table.parent:
        parent = next((one for one in answers.tables if one.name == table.parent), None)
        changed = (parent.rows_per_day or 0) if parent else 0
        parents = Fraction(changed * (table.requests_per_parent or 1), DAY)
    if not table.rows_per_day:
        return parents
    each = Fraction(int(table.request_per_record is True))
    size = page_size(table, answers)
    if size and paged(table, answers) and not table.parent and not _exported_whole(table):
        each += Fraction(1, size)
    return parents + Fraction(table.rows_per_day, DAY) * each


def page_size(table: Table, answers: Answers) -> int | None:
    """Records a page of this table."""
    return table.page_size or answers.page_size


def paged(table: Table, answers: Answers) -> bool:
    """Whether the table may come in more than one response."""
    return (table.pagination or answers.pagination) != "none"


def parents_of(table: Table, answers: Answers) -> int | None:
    """Records of the parent; None where it is not in scope, or nobody knows its rows."""
    parent = _parent(table, answers)
    return parent.rows if parent else None


def _parent(table: Table, answers: Answers) -> Table | None:
    if not table.parent:
        return None  # most have none: a search would cost the square of the tables
    return next((one for one in answers.tables if one.name == table.parent), None)


def needs_rows(table: Table, answers: Answers) -> bool:
    """Whether the requests of a full read follow from the rows of the table."""
    by_pages = paged(table, answers) and not table.parent and not _exported_whole(table)
    return by_pages or table.request_per_record is True


def _whole_table(table: Table, answers: Answers) -> Span | None:
    parents = parents_of(table, answers)
    asked = None if parents is None else Span(parents, parents)
    return _reading(table, answers, table.rows, table.rows, per=1, parents=asked)


def _changes(table: Table, answers: Answers, interval: int | None) -> Span | None:
    if _filters_nothing(table):
        return _whole_table(table, answers)
    low, high, per = _changed(table, answers, interval)
    parents = _parents_of_a_sync(table, answers, interval)
    return _reading(table, answers, low, high, per=per, parents=parents)


def _parents_of_a_sync(table: Table, answers: Answers, interval: int | None) -> Span | None:
    """Parents that one sync asks: all of them, unless a feed tells which of them have changed."""
    parent = _parent(table, answers)
    if parent is None or parent.rows is None:
        return None
    if table.read_by != "changes":
        return Span(parent.rows, parent.rows)
    low, high, per = _changed(parent._replace(lookback=table.lookback), answers, interval)
    if low is None or high is None:
        return None
    return Span(*(min(parent.rows, ceil_of(changed, per)) for changed in (low, high)))


def _changed(
    table: Table, answers: Answers, interval: int | None
) -> tuple[int | None, int | None, int]:
    """Records that one sync reads, an average one and the busiest, in parts of the third value."""
    if table.rows_per_day is None or interval is None:
        return None, None, DAY
    again = table.lookback or 0
    longest = max(interval, BURST_SECONDS[answers.change_frequency])
    return table.rows_per_day * (interval + again), table.rows_per_day * (longest + again), DAY


def _pages_of_changes(table: Table, answers: Answers, interval: int | None) -> Span | None:
    if not paged(table, answers):
        return Span(1, 1)
    low, high, per = _changed(table, answers, interval)
    return None if low is None or high is None else _pages(table, answers, low, high, per=per)


def _filters_nothing(table: Table) -> bool:
    """Whether every sync lists the whole table, and keeps what is new of it."""
    return table.filter == "none" and table.read_by != "changes"


def _exported_whole(table: Table) -> bool:
    """Whether an export comes in one part, as nobody said how large its parts are."""
    return table.read_by == "export" and table.page_size is None


def _reading(
    table: Table,
    answers: Answers,
    fewest: int | None,
    most: int | None,
    *,
    per: int,
    parents: Span | None,
) -> Span | None:
    """Requests that read `fewest / per` to `most / per` records; None where they are unknown.

    `parents` are those that are asked, of a table that has a parent.
    """
    if table.parent:
        found = _of_parents(table, answers, parents, most, per=per)
    else:
        found = _listing(table, answers, fewest, most, per=per)
    if found is None or not table.request_per_record:
        return found
    if fewest is None or most is None:
        return None
    return Span(found.low + ceil_of(fewest, per), found.high + ceil_of(most, per))


def _listing(
    table: Table, answers: Answers, fewest: int | None, most: int | None, *, per: int
) -> Span | None:
    """Requests that list so many records, without those for single ones."""
    size = page_size(table, answers)
    if _exported_whole(table):
        return Span(EXPORT_REQUESTS + 1, EXPORT_REQUESTS + 1)
    if not paged(table, answers):
        return Span(1, 1)
    if fewest is None or most is None or size is None:
        return None
    pages = _pages(table, answers, fewest, most, per=per)
    if pages is None or table.read_by != "export":
        return pages
    return Span(pages.low + EXPORT_REQUESTS, pages.high + EXPORT_REQUESTS)


def _of_parents(
    table: Table, answers: Answers, parents: Span | None, most: int | None, *, per: int
) -> Span | None:
    """Requests for each of the parents that are asked.

    Pages that may follow the first of some parents count only while nobody said how many requests
    a parent takes.
    """
    if parents is None:
        return None
    each, size = table.requests_per_parent or 1, page_size(table, answers)
    told = table.requests_per_parent is not None or not paged(table, answers)
    further = 0 if told or most is None or not size else most // (per * size)
    return Span(parents.low * each, parents.high * each + further)


def _pages(table: Table, answers: Answers, fewest: int, most: int, *, per: int) -> Span | None:
    """Pages that hold `fewest / per` to `most / per` records; finding none takes one as well."""
    size = page_size(table, answers)
    if size is None:
        return None
    low = max(1, ceil_of(fewest, per * size))
    high = max(1, ceil_of(most, per * size))
    cap = answers.pagination_limit
    if cap and table.read_by != "export":
        # Read in windows that stay below the cap; the last page of each may be partly empty.
        high += max(1, ceil_of(most, per * cap)) - 1
    return Span(low, high)


def ceil_of(number: int, divisor: int) -> int:
    """`number / divisor`, rounded up, without a detour over binary fractions."""
    return -(-number // divisor)
