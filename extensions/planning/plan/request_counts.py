"""How many requests a table takes: for its first full load, and for one sync.

Counting is done in whole numbers and in fractions of them, so a figure worked out by hand agrees to
the last digit. Every formula is stated, with its reasons and a worked example, in docs/capacity.md.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil
from typing import NamedTuple

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


class Records(NamedTuple):
    """How many records one sync reads: an average one, and the busiest one."""

    fewest: Fraction
    most: Fraction


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
    batches = ceil(Fraction(table.rows or 0, RECORDS_AT_ONCE)) - 1
    if table.parent:
        parents = parents_of(table, answers)
        asked = batches * (parents or 0) * (table.requests_per_parent or 1)
        return Span(asked, asked) if parents else None
    size = page_size(table, answers)
    if size is None or not paged(table, answers):
        return None
    pages, read_off = ceil(Fraction(table.rows or 0, size)), RECORDS_AT_ONCE // size
    whole = batches * pages
    filtered = whole - read_off * batches * (batches + 1) // 2
    return Span(
        whole if table.filter == "none" else filtered,
        filtered if table.filter in ("after", "from") else whole,
    )


def sync_requests(table: Table, answers: Answers, interval: int | None) -> Span | None:
    """Requests of one sync every `interval` seconds: an average one, and the busiest one."""
    changes = _whole_table(table, answers)
    if not table.incremental:
        return changes
    changed = _changed(table, answers, interval)
    if not _filters_nothing(table):
        parents = _parents_of_a_sync(table, answers, interval)
        changes = _reading(table, answers, changed, parents)
    if changes is None or table.ingestion != "cdc_with_deletes":
        return changes
    # A table that does not shrink loses no more records than it gains, so deletions take at most
    # as many pages as changes. A feed of changes tells them itself; a list takes one request to
    # find that nothing was deleted.
    fewest = 0 if table.read_by == "changes" else 1
    pages = _pages(table, answers, changed)
    return Span(changes.low + fewest, changes.high + (pages.high if pages else fewest))


def requests_per_second_of_changes(table: Table, answers: Answers) -> Fraction:
    """Requests a second that what changes in a table takes in the long run."""
    if not table.incremental or _filters_nothing(table):
        return Fraction(0)
    parents = Fraction(0)
    if table.read_by == "changes" and table.parent:
        parent = _parent(table, answers)
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
    records = None if table.rows is None else Records(Fraction(table.rows), Fraction(table.rows))
    return _reading(table, answers, records, None if parents is None else Span(parents, parents))


def _parents_of_a_sync(table: Table, answers: Answers, interval: int | None) -> Span | None:
    """Parents that one sync asks: all of them, unless a feed tells which of them have changed."""
    parent = _parent(table, answers)
    if parent is None or parent.rows is None:
        return None
    if table.read_by != "changes":
        return Span(parent.rows, parent.rows)
    changed = _changed(parent._replace(lookback=table.lookback), answers, interval)
    return changed and Span(*(min(parent.rows, ceil(records)) for records in changed))


def _changed(table: Table, answers: Answers, interval: int | None) -> Records | None:
    if table.rows_per_day is None or interval is None:
        return None
    again = table.lookback or 0
    longest = max(interval, BURST_SECONDS[answers.change_frequency])
    seconds = (interval + again, longest + again)
    return Records(*(Fraction(table.rows_per_day * each, DAY) for each in seconds))


def _filters_nothing(table: Table) -> bool:
    """Whether every sync lists the whole table, and keeps what is new of it."""
    return table.filter == "none" and table.read_by != "changes"


def _exported_whole(table: Table) -> bool:
    """Whether an export comes in one part, as nobody said how large its parts are."""
    return table.read_by == "export" and table.page_size is None


def _reading(
    table: Table, answers: Answers, records: Records | None, parents: Span | None
) -> Span | None:
    """Requests that read so many records; None where they are unknown.

    `parents` are those that are asked, of a table that has a parent.
    """
    if table.parent:
        found = _of_parents(table, answers, records, parents)
    else:
        found = _listing(table, answers, records)
    if found is None or not table.request_per_record:
        return found
    return records and Span(found.low + ceil(records.fewest), found.high + ceil(records.most))


def _listing(table: Table, answers: Answers, records: Records | None) -> Span | None:
    """Requests that list so many records, without those for single ones."""
    if _exported_whole(table):
        return Span(EXPORT_REQUESTS + 1, EXPORT_REQUESTS + 1)
    pages = _pages(table, answers, records)
    if pages is None or table.read_by != "export" or not paged(table, answers):
        return pages
    return Span(pages.low + EXPORT_REQUESTS, pages.high + EXPORT_REQUESTS)


def _of_parents(
    table: Table, answers: Answers, records: Records | None, parents: Span | None
) -> Span | None:
    """Requests for each of the parents that are asked.

    Pages that may follow the first of some parents count only while nobody said how many requests
    a parent takes.
    """
    if parents is None:
        return None
    each, size = table.requests_per_parent or 1, page_size(table, answers)
    told = table.requests_per_parent is not None or not paged(table, answers)
    further = 0 if told or records is None or not size else records.most // size
    return Span(parents.low * each, parents.high * each + further)


def _pages(table: Table, answers: Answers, records: Records | None) -> Span | None:
    """Pages that hold so many records; finding none takes one as well."""
    if not paged(table, answers):
        return Span(1, 1)
    size = page_size(table, answers)
    if records is None or size is None:
        return None
    low, high = (max(1, ceil(number / size)) for number in records)
    cap = answers.pagination_limit
    if cap and table.read_by != "export":
        # Read in windows that stay below the cap; the last page of each may be partly empty.
        high += max(1, ceil(records.most / cap)) - 1
    return Span(low, high)
