"""What the capacity figures of a plan take for granted, in words about this plan."""

from __future__ import annotations

from collections.abc import Iterable

from .answer_types import Answers, RateLimit
from .fan_out import fan_outs
from .figures import DAY, HOUR, whole
from .wording import listed, named

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

PERIODS = {"hourly": "hour", "daily": "day", "weekly": "week", "monthly": "30 days"}

QUOTA_OVER_SECONDS = HOUR
"""A limit over more than this is a quota: vendors that count by the day let it be spent at once,
which makes a short load faster than the even use that the hours are reckoned with."""


def assumptions(answers: Answers, limit: RateLimit | None) -> tuple[str, ...]:
    """What the figures take for granted, one sentence each. `limit` is the governing one."""
    return tuple(_assumed(answers, limit))


def _assumed(answers: Answers, limit: RateLimit | None) -> Iterable[str]:
    tables = answers.tables
    if answers.pagination == "none":
        yield "Every table comes in one response, whatever its size."
    elif answers.page_size is not None:
        by_parent = [one.table.name for one in fan_outs(answers)]
        own = f"only pages count, though notes of {named(by_parent)} speak of a request a record"
        yield (
            f"Every page but the last holds {whole(answers.page_size)} records, "
            f"and {own if by_parent else 'no record needs a request of its own'}."
        )
        yield from _about_windows(answers)
        if any(table.incremental for table in tables):
            yield from _about_bursts(answers)
    if any(table.ingestion == "cdc_with_deletes" for table in tables):
        yield (
            "Reading deletions takes one more request a sync at least, and at most as many as "
            "reading the changes."
        )
    shipped = [table.name for table in tables if table.shipped]
    if shipped:
        yield f"Loaded already, so only their syncs count: {named(shipped)}."
    yield from _about_limit(answers, limit)


def _about_bursts(answers: Answers) -> Iterable[str]:
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


def _about_windows(answers: Answers) -> Iterable[str]:
    cap = answers.pagination_limit
    larger = [table.name for table in answers.tables if cap and (table.rows or 0) > cap]
    if cap and larger:
        yield (
            f"Paging ends at {whole(cap)} records, so {named(larger)} must be read in windows; "
            "the higher figure has a partly empty page in each."
        )


def _about_limit(answers: Answers, limit: RateLimit | None) -> Iterable[str]:
    limits = answers.rate_limits
    if limits == ():
        yield "There is no rate limit, so the hours depend on how fast the source answers."
    if not limits or limit is None:
        return
    texts = [one.text for one in limits]
    chosen = f"Of {listed(texts)} the tightest is {limit.text}. It" if limits[1:] else limit.text
    yield f"{chosen} is used evenly, to the full, and by nothing else."
    if limit.seconds > QUOTA_OVER_SECONDS:
        yield (
            f"A load of up to {whole(limit.requests)} requests takes less time than stated where "
            "the source lets the quota be spent at once."
        )
