"""What the capacity figures of a plan take for granted, in words about this plan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..answers import limits
from ..answers.answer_types import Answers, RateLimit, Table
from .figures import HOUR, count, counted, duration, requests, whole
from .model import Span
from .pace import SECONDS_A_REQUEST
from .request_counts import BURST_SECONDS, RECORDS_AT_ONCE, listed_again
from .wording import code, listed, named

PERIODS = {"hourly": "hour", "daily": "day", "weekly": "week", "monthly": "30 days"}

QUOTA_OVER_SECONDS = HOUR
"""A limit over more than this is a quota: vendors that count by the day let it be spent at once,
which makes a short load faster than the even use that the hours are reckoned with."""


def assumptions(answers: Answers, limit: RateLimit | None) -> Iterator[str]:
    """What the figures take for granted, one sentence each. `limit` is the governing one."""
    tables = answers.tables
    if answers.pagination == "none":
        yield "Every table comes in one response, whatever its size."
    elif answers.page_size is not None or any(table.page_size for table in tables):
        yield from _about_pages(answers)
        yield from _about_windows(answers)
        if answers.streams:
            yield from _about_bursts(answers)
    yield from _about_parents(tables)
    yield from _about_reading(tables)
    yield from _about_order(answers)
    if any(table.ingestion == "cdc_with_deletes" for table in tables):
        fed = any(table.read_by == "changes" for table in tables)
        feed = " unless a feed of changes tells them," if fed else ""
        yield f"Deletions take one more request a sync,{feed} and at most as many as changes."
    if answers.earliest and any(table.incremental and table.rows for table in tables):
        yield (
            f"Records from before {answers.earliest} are not loaded, yet counted where the rows of "
            "a table include them: its first load is shorter then."
        )
    if shipped := [table.name for table in tables if table.shipped]:
        yield f"Loaded already, so only their syncs count: {named(shipped)}."
    yield from _about_limit(answers, limit)


def _about_pages(answers: Answers) -> Iterator[str]:
    own = [one for one in answers.tables if one.page_size and one.page_size != answers.page_size]
    sizes = listed([f"{whole(one.page_size)} of {code(one.name)}" for one in own])
    but = f", but {sizes}" if own else ""
    if answers.page_size is None:
        yield f"Every page but the last is full: {sizes} records."
    else:
        yield f"Every page but the last holds {whole(answers.page_size)} records{but}."


def _about_parents(tables: Sequence[Table]) -> Iterator[str]:
    fed = [table.name for table in tables if table.parent and table.read_by == "changes"]
    if fed:
        yield f"A feed tells which parents have changed, and only those are asked: {named(fed)}."
    children = [table for table in tables if table.parent and table.name not in fed]
    if not children:
        return
    each = [
        f"{code(one.name)} ({one.requests_per_parent or 1} for each {code(one.parent)} record)"
        for one in children
    ]
    yield (
        f"Every sync asks for all parents again: {listed(each)}. The list of the parents is "
        "counted with their own table."
    )


def _about_reading(tables: Sequence[Table]) -> Iterator[str]:
    if single := [table.name for table in tables if table.request_per_record]:
        yield f"Each record takes one more request: {named(single)}."
    unfiltered = [table.name for table in tables if table.incremental and table.filter == "none"]
    if unfiltered:
        yield (
            f"Without a filter by the cursor every sync lists the whole table: {named(unfiltered)}."
        )
    if late := [table for table in tables if table.incremental and table.lookback]:
        spans = listed([f"{duration(one.lookback)} of {code(one.name)}" for one in late])
        yield f"Every sync reads again what it looks back on: {spans}."
    if exported := [table.name for table in tables if table.read_by == "export"]:
        yield (
            "An export takes one request to start, one that finds it done, and one a part: "
            f"{named(exported)}. Where nobody said the size of a part (page_size), it is one part."
        )


def _about_order(answers: Answers) -> Iterator[str]:
    """Tables that a batch cannot hold: what the order they come in costs the first load."""
    again = [(one, more) for one in answers.tables if (more := listed_again(one, answers))]
    if unordered := [(one, more) for one, more in again if one.order == "other"]:
        yield (
            f"A batch holds {count(RECORDS_AT_ONCE)} records, and a list in another order than the "
            f"cursor's is read again for the next. The first load counts it: {_more(unordered)}."
        )
    if unsaid := [(one, more) for one, more in again if one.order != "other"]:
        yield (
            f"Over {count(RECORDS_AT_ONCE)} records come by their cursor, else the "
            f"first load lists them again for each {count(RECORDS_AT_ONCE)}: {_more(unsaid)}."
        )


def _more(again: Sequence[tuple[Table, Span]]) -> str:
    low, high = (sum(getattr(more, end) for _, more in again) for end in ("low", "high"))
    return f"{named([one.name for one, _ in again])} ({requests(Span(low, high))} requests more)"


def _about_bursts(answers: Answers) -> Iterator[str]:
    frequency = answers.change_frequency
    burst = BURST_SECONDS[frequency]
    if answers.sync_interval is None or answers.sync_interval >= burst > 0:
        return  # Unknown, or long enough for syncs to see about the same.
    if frequency == "unknown":
        yield (
            "When within a day records change is unknown (change_frequency): the lower figure "
            "spreads them evenly, the higher one has a whole day's changes in one sync."
        )
    elif frequency == "continuous":
        yield "Records change evenly through the day (change_frequency: continuous)."
    else:
        yield (
            f"Records change in one go each {PERIODS[frequency]} (change_frequency: {frequency}): "
            "the lower figure is an average sync, the higher one the sync after such a change."
        )


def _about_windows(answers: Answers) -> Iterator[str]:
    cap = answers.pagination_limit
    larger = [table.name for table in answers.tables if cap and (table.rows or 0) > cap]
    if cap and larger:
        yield (
            f"Paging ends at {whole(cap)} records, so {named(larger)} must be read in windows; "
            "the higher figure has a partly empty page in each."
        )


def _about_limit(answers: Answers, limit: RateLimit | None) -> Iterator[str]:
    if answers.rate_limits == () and limit is None:
        yield "There is no rate limit, so the hours depend on how fast the source answers."
    everything = limits.of_all(answers)
    if everything is None or limit is None:
        return
    for one in everything.at_once:
        yield (
            f"Each request of {one.text} is under way for {counted(SECONDS_A_REQUEST, 'second')}, "
            "which the first phase has to measure."
        )
    rates = everything.rates
    if not rates[1:]:
        if rates:
            yield f"{limit.text} is used evenly, to the full, and by nothing else."
        if limit.seconds > QUOTA_OVER_SECONDS:
            yield (
                f"A load of up to {whole(limit.requests)} requests takes less time than stated "
                "where the source lets the quota be spent at once."
            )
        return
    texts = listed([one.text for one in rates], len(rates))
    yield (
        f"{texts} hold together. Syncs use most of {limit.text}, and the share is of that. "
        "The client goes at the limit of the shortest window, and waits where a longer one is used "
        "up before its time."
    )
    if any(one.name for one in rates):
        yield "Tables under limits of different names are read side by side."
