"""What a plan costs: requests, hours and share of the rate limit, for each table and in all.

Every formula is stated, with its reasons and a worked example, in docs/capacity.md. Counting is
done in whole numbers, so a figure worked out by hand agrees to the last digit.
"""

from __future__ import annotations

from collections.abc import Iterable

from .answer_types import Answers, RateLimit, Table
from .assumptions import BURST_SECONDS, assumptions
from .figures import DAY, HOUR
from .model import Capacity, Span, TableCapacity
from .wording import speaks_http

SETTLING_ROUNDS = 100
"""Rounds for the shortest interval. Each adds what changed in the last one's extra time, so two or
three do unless changes alone use nearly the whole limit."""

INPUTS = ("rows", "rows_per_day", "page_size", "rate_limit", "sync_interval")
"""All that a figure may be missing, in the order of the session. The first two are keys of a table
in `tables` or `table_details`, the others questions."""


def estimate(answers: Answers) -> Capacity:
    """The capacity of a plan. A figure whose inputs are not all known is None, never a guess."""
    limit = governing(answers.rate_limits)
    tables = tuple(_of_table(table, answers, limit) for table in answers.tables)
    first_load = _total(one.first_load_requests for one in tables)
    sync = _total(one.sync_requests for one in tables)
    shortest, never = _shortest_interval(answers, limit)
    slow = sorted((one for one in tables if one.fits is False), key=lambda one: -(one.share or 0))
    return Capacity(
        tables=tables,
        first_load_requests=first_load,
        first_load_hours=_hours(first_load, limit),
        sync_requests=sync,
        sync_hours=_hours(sync, limit),
        share=_share(sync, limit, answers.sync_interval),
        shortest_interval_seconds=shortest,
        governing_limit=limit,
        too_slow=tuple(one.table for one in slow),
        missing=tuple(name for name in INPUTS if any(name in one.missing for one in tables)),
        assumptions=assumptions(answers, limit),
        allowed_requests=_allowed(limit, answers.sync_interval),
        unknown_first_load=tuple(t.table for t in tables if t.first_load_requests is None),
        unknown_sync=tuple(t.table for t in tables if t.sync_requests is None),
        unknown_shortest=tuple(
            table.name for table in answers.tables if sync_requests(table, answers, 0) is None
        ),
        unlimited=answers.rate_limits == (),
        never_catches_up=never,
    )


def governing(limits: tuple[RateLimit, ...] | None) -> RateLimit | None:
    """The limit that allows the fewest requests a second in the long run; the first of equals."""
    if not limits:
        return None
    return min(limits, key=lambda limit: limit.per_second)


def first_load_requests(table: Table, answers: Answers) -> Span | None:
    """Requests of the first full load; none for a table that an earlier phase has loaded."""
    return Span(0, 0) if table.shipped else _whole_table(table, answers)


def sync_requests(table: Table, answers: Answers, interval: int | None) -> Span | None:
    """Requests of one sync every `interval` seconds: an average one, and the busiest one."""
    if not table.incremental:
        return _whole_table(table, answers)
    changes = _changes(table, answers, interval)
    if changes is None or table.ingestion != "cdc_with_deletes":
        return changes
    # One request finds that nothing was deleted. A table that does not shrink loses no more
    # records than it gains, so deletions take at most as many pages as changes.
    return Span(changes.low + 1, 2 * changes.high)


def _whole_table(table: Table, answers: Answers) -> Span | None:
    if answers.pagination == "none":
        return Span(1, 1)
    return None if table.rows is None else _pages(table.rows, table.rows, answers, per=1)


def _changes(table: Table, answers: Answers, interval: int | None) -> Span | None:
    if answers.pagination == "none":
        return Span(1, 1)
    if table.rows_per_day is None or interval is None:
        return None
    longest = max(interval, BURST_SECONDS[answers.change_frequency])
    return _pages(table.rows_per_day * interval, table.rows_per_day * longest, answers, per=DAY)


def _pages(fewest: int, most: int, answers: Answers, *, per: int) -> Span | None:
    """Requests that read `fewest / per` to `most / per` records; finding none takes one as well."""
    if answers.page_size is None:
        return None
    low = max(1, _ceil(fewest, per * answers.page_size))
    high = max(1, _ceil(most, per * answers.page_size))
    cap = answers.pagination_limit
    if cap:
        # Read in windows that stay below the cap; the last page of each may be partly empty.
        high += max(1, _ceil(most, per * cap)) - 1
    return Span(low, high)


def _of_table(table: Table, answers: Answers, limit: RateLimit | None) -> TableCapacity:
    load = first_load_requests(table, answers)
    one_sync = sync_requests(table, answers, answers.sync_interval)
    share = _share(one_sync, limit, answers.sync_interval)
    return TableCapacity(
        table=table.name,
        first_load_requests=load,
        first_load_hours=_hours(load, limit),
        sync_requests=one_sync,
        sync_hours=_hours(one_sync, limit),
        share=share,
        fits=None if share is None else share <= 1,
        missing=_missing(table, answers),
    )


def _missing(table: Table, answers: Answers) -> tuple[str, ...]:
    """The inputs that somebody could give. Nobody is asked for the pages of a database."""
    paged = answers.pagination != "none"
    if paged and answers.page_size is None and not speaks_http(answers):
        return ()
    reads_all = not table.shipped or not table.incremental
    limited = answers.rate_limits != ()
    lacking = {
        "rows": paged and reads_all and table.rows is None,
        "rows_per_day": paged and table.incremental and table.rows_per_day is None,
        "page_size": paged and answers.page_size is None,
        "rate_limit": answers.rate_limits is None and speaks_http(answers),
        "sync_interval": (limited or (paged and table.incremental))
        and answers.sync_interval is None,
    }
    return tuple(name for name in INPUTS if lacking[name])


def _total(spans: Iterable[Span | None]) -> Span | None:
    """The sum of what is known; None where nothing is."""
    known = [span for span in spans if span is not None]
    if not known:
        return None
    return Span(sum(span.low for span in known), sum(span.high for span in known))


def _hours(requests: Span | None, limit: RateLimit | None) -> Span | None:
    if requests is None or limit is None:
        return None
    ends = (end * limit.seconds / (limit.requests * HOUR) for end in (requests.low, requests.high))
    return Span(*ends)


def _share(requests: Span | None, limit: RateLimit | None, interval: int | None) -> float | None:
    """Share of the limit that an average sync takes; the busiest may catch up in the next ones."""
    if requests is None or limit is None or interval is None:
        return None
    return requests.low * limit.seconds / (limit.requests * interval)


def _allowed(limit: RateLimit | None, interval: int | None) -> int | None:
    if limit is None or interval is None:
        return None
    return limit.requests * interval // limit.seconds


def _shortest_interval(answers: Answers, limit: RateLimit | None) -> tuple[int | None, bool]:
    """Seconds of the shortest interval in which an average sync of all known tables ends.

    The second value is True where no interval is long enough.
    """
    known = [table for table in answers.tables if sync_requests(table, answers, 0) is not None]
    if limit is None or not known:
        return None, False
    changing, available = _load_of_changes(known, answers, limit)
    if changing >= available:
        return None, True
    interval = idle = _seconds_of_sync(known, answers, limit, interval=0)
    for _ in range(SETTLING_ROUNDS):
        longer = _seconds_of_sync(known, answers, limit, interval=interval)
        if longer <= interval:
            return interval, False
        interval = longer
    # Every table makes one request anyway, and filling up its last page adds less than one more.
    return _ceil(idle * available, available - changing), False


def _seconds_of_sync(
    tables: Iterable[Table], answers: Answers, limit: RateLimit, *, interval: int
) -> int:
    spans = [sync_requests(table, answers, interval) for table in tables]
    requests = sum(int(span.low) for span in spans if span is not None)
    return _ceil(requests * limit.seconds, limit.requests)


def _load_of_changes(
    tables: Iterable[Table], answers: Answers, limit: RateLimit
) -> tuple[int, int]:
    """What changes alone take of the limit in the long run, as a fraction: part and whole."""
    if answers.pagination == "none" or answers.page_size is None:
        return 0, 1
    changed = sum(table.rows_per_day or 0 for table in tables if table.incremental)
    return changed * limit.seconds, DAY * limit.requests * answers.page_size


def _ceil(number: int, divisor: int) -> int:
    """`number / divisor`, rounded up, without a detour over binary fractions."""
    return -(-number // divisor)
