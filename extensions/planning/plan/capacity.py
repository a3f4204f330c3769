"""What a plan costs: requests, hours and share of the limits, for each table and in all.

How requests are counted stands in `request_counts.py`, how long they take in `pace.py`, and every
formula, with its reasons and worked examples, in docs/capacity.md.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction

from ..answers import limits
from ..answers.answer_types import Answers, RateLimit, Table
from .assumptions import assumptions
from .figures import HOUR
from .model import Capacity, Span, TableCapacity
from .pace import governing, rates_of, seconds_for
from .request_counts import (
    first_load_requests,
    needs_rows,
    page_size,
    parents_of,
    requests_per_second_of_changes,
    sync_requests,
)
from .wording import speaks_http

SETTLING_ROUNDS = 100
"""Rounds for the shortest interval. Each adds what changed in the last one's extra time, so two or
three do unless changes alone use nearly the whole limit."""

INPUTS = ("rows", "rows_per_day", "table_details", "page_size", "rate_limit", "sync_interval")
"""All that a figure may be missing, in the order of the session. The first two are keys of a table
in `tables` or `table_details`, which alone tells which of several limits holds for it."""

Rates = Mapping[str, Sequence[RateLimit]]
"""Table -> the limits that hold for it; none where there are none or nobody knows them."""


def estimate(answers: Answers) -> Capacity:
    """The capacity of a plan. A figure whose inputs are not all known is None, never a guess."""
    rates: Rates = {
        table.name: rates_of(limits.of_table(answers, table) or limits.Limits())
        for table in answers.tables
    }
    tables = tuple(_of_table(table, answers, rates[table.name]) for table in answers.tables)
    syncs = {one.table: one.sync_requests for one in tables if one.sync_requests}
    loads = {one.table: one.first_load_requests for one in tables if one.first_load_requests}
    limit, interval = _governing(syncs, rates), answers.sync_interval
    governed = {name: span for name, span in syncs.items() if limit in rates[name]}
    sync = _total(syncs.values())
    shortest, never = _shortest_interval(answers, rates)
    slow = [one for one in tables if (one.share or 0) > 1]
    return Capacity(
        tables=tables,
        first_load_requests=_total(loads.values()),
        first_load_hours=_hours(loads, rates),
        sync_requests=sync,
        sync_hours=_hours(syncs, rates),
        share=_share(_total(governed.values()), limit, interval),
        shortest_interval_seconds=shortest,
        governing_limit=limit,
        too_slow=tuple(one.table for one in sorted(slow, key=lambda one: -(one.share or 0))),
        missing=tuple(name for name in INPUTS if any(name in one.missing for one in tables)),
        assumptions=tuple(assumptions(answers, limit)),
        allowed_requests=limit.requests * interval // limit.seconds if limit and interval else None,
        unknown_first_load=tuple(t.table for t in tables if t.first_load_requests is None),
        unknown_sync=tuple(t.table for t in tables if t.sync_requests is None),
        unknown_shortest=tuple(
            table.name for table in answers.tables if sync_requests(table, answers, 0) is None
        ),
        unlimited=answers.rate_limits == () and not any(rates.values()),
        never_catches_up=never,
        governed_sync_requests=_total(governed.values()) if limit else sync,
        limits=tuple(dict.fromkeys(one.text for found in rates.values() for one in found)),
    )


def _governing(syncs: Mapping[str, Span], rates: Rates) -> RateLimit | None:
    """The limit of which syncs take most; the tightest where nobody can tell."""
    everything = list(dict.fromkeys(limit for found in rates.values() for limit in found))
    if len({limit.name for limit in everything}) < 2 or not syncs:
        return governing(everything)
    made = _lowest(syncs)
    return max(everything, key=lambda limit: _used(made, rates, limit))


def _lowest(requests: Mapping[str, Span | None]) -> dict[str, Fraction]:
    return {name: Fraction(span.low) for name, span in requests.items() if span}


def _used(requests: Mapping[str, Fraction], rates: Rates, limit: RateLimit) -> Fraction:
    """Seconds of a limit that tables take, when it is used evenly."""
    made = sum(number for name, number in requests.items() if limit in rates[name])
    return Fraction(made * limit.seconds, limit.requests)


def _longest_used(requests: Mapping[str, Fraction], rates: Rates) -> Fraction:
    """Seconds of the limit that tables use longest."""
    return max(
        _used(requests, rates, one) for one in {one for name in requests for one in rates[name]}
    )


def _of_table(table: Table, answers: Answers, rates: Sequence[RateLimit]) -> TableCapacity:
    load = first_load_requests(table, answers)
    one_sync = sync_requests(table, answers, answers.sync_interval)
    return TableCapacity(
        table=table.name,
        first_load_requests=load,
        first_load_hours=_hours({table.name: load}, {table.name: rates}),
        sync_requests=one_sync,
        sync_hours=_hours({table.name: one_sync}, {table.name: rates}),
        share=_share(one_sync, governing(rates), answers.sync_interval),
        missing=_missing(table, answers),
    )


def _missing(table: Table, answers: Answers) -> tuple[str, ...]:
    """The inputs that somebody could give. Nobody is asked for the pages of a database."""
    by_rows = needs_rows(table, answers)
    paged = by_rows and not table.request_per_record
    if paged and page_size(table, answers) is None and not speaks_http(answers):
        return ()
    reads_all = not table.shipped or not table.incremental or table.filter == "none"
    limited = answers.rate_limits != ()
    parents = bool(table.parent) and parents_of(table, answers) is None
    fed = bool(table.parent) and table.read_by == "changes" and table.incremental
    unpaced = fed and sync_requests(table, answers, 0) is None and not parents
    changing = by_rows and table.incremental and table.filter != "none"
    unlimited = limits.of_table(answers, table) is None and speaks_http(answers)
    lacking = {
        "rows": parents or (by_rows and reads_all and table.rows is None),
        "rows_per_day": unpaced or (changing and table.rows_per_day is None),
        "page_size": paged and page_size(table, answers) is None,
        "rate_limit": unlimited and answers.rate_limits is None,
        "table_details": unlimited and answers.rate_limits is not None,
        "sync_interval": (limited or changing) and answers.sync_interval is None,
    }
    return tuple(name for name in INPUTS if lacking[name])


def _total(spans: Collection[Span]) -> Span | None:
    """The sum of what is known; None where nothing is."""
    if not spans:
        return None
    return Span(sum(span.low for span in spans), sum(span.high for span in spans))


def _hours(requests: Mapping[str, Span | None], rates: Rates) -> Span | None:
    """Hours of tables that are read side by side: those of the limits that take longest."""
    limited = {name: span for name, span in requests.items() if span and rates[name]}
    if not limited:
        return None
    ends = (
        {name: int(getattr(span, end)) for name, span in limited.items()} for end in Span._fields
    )
    return Span(*(float(_seconds(made, rates) / HOUR) for made in ends))


def _seconds(requests: Mapping[str, int], rates: Rates) -> Fraction:
    """Seconds of all tables: those of what all share, and of each group with limits of its own."""
    groups: Counter[frozenset[RateLimit]] = Counter()
    for name, made in requests.items():
        groups[frozenset(rates[name])] += made
    shared = frozenset.intersection(*groups)
    together = seconds_for(sum(groups.values()), sorted(shared))
    return max(together, *(seconds_for(made, sorted(group)) for group, made in groups.items()))


def _share(requests: Span | None, limit: RateLimit | None, interval: int | None) -> float | None:
    """Share of the limit that an average sync takes; the busiest may catch up in the next ones."""
    if requests is None or limit is None or interval is None:
        return None
    return requests.low * limit.seconds / (limit.requests * interval)


def _shortest_interval(answers: Answers, rates: Rates) -> tuple[int | None, bool]:
    """Seconds of the shortest interval in which an average sync of all known tables ends.

    The second value is True where no interval is long enough.
    """
    known = [
        table
        for table in answers.tables
        if rates[table.name] and sync_requests(table, answers, 0) is not None
    ]
    if not known:
        return None, False
    changing = _longest_used(
        {table.name: requests_per_second_of_changes(table, answers) for table in known}, rates
    )
    if changing >= 1:
        return None, True
    interval = idle = _seconds_of_sync(known, answers, rates, interval=0)
    for _ in range(SETTLING_ROUNDS):
        longer = _seconds_of_sync(known, answers, rates, interval=interval)
        if longer <= interval:
            return interval, False
        interval = longer
    # Every table makes one request anyway, and filling up its last page adds less than one more.
    return math.ceil(idle / (1 - changing)), False


def _seconds_of_sync(
    tables: Iterable[Table], answers: Answers, rates: Rates, *, interval: int
) -> int:
    """Seconds that every limit is used for by one sync, evenly: those of the one used longest."""
    spans = {table.name: sync_requests(table, answers, interval) for table in tables}
    return math.ceil(_longest_used(_lowest(spans), rates))
