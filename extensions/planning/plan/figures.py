"""How figures are shown, the same way wherever the plan prints one.

Halves are rounded up, as people do by hand. What is not known (`None`) is shown as `unknown`.
docs/capacity.md states these rules for readers.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from .model import Span

UNKNOWN = "unknown"

SHORT_FROM = 10_000
"""Counts from here on are shortened: a count of five digits or more is read by its magnitude."""

DAYS_FROM_HOURS = 48
"""Two days and more are shown in days: whoever waits that long plans in days."""

TIMES_FROM = 2
"""A share from here on is shown as a factor: `9.5 times` is easier to grasp than `952%`."""

MINUTE, HOUR, DAY = 60, 3_600, 86_400

PER = {MINUTE: "a minute", HOUR: "an hour", DAY: "a day", 7 * DAY: "a week"}


def whole(number: float | None) -> str:
    """A number with all its digits: `400,000`."""
    return UNKNOWN if number is None else f"{_rounded(number):,}"


def counted(number: int, noun: str, plural: str = "") -> str:
    """`1 risk`, `1,200 tables`, `no risks`."""
    words = noun if number == 1 else plural or f"{noun}s"
    return f"{number:,} {words}" if number else f"no {words}"


def count(number: int | None) -> str:
    """A number of records in short: `9,500`, `40k`, `1.23M`; three digits from 10,000 on."""
    if number is None:
        return UNKNOWN
    if number < SHORT_FROM:
        return whole(number)
    dropped = 10 ** (len(str(number)) - 3)
    number = (2 * number + dropped) // (2 * dropped) * dropped
    sizes = ((10**9, "B"), (10**6, "M"), (10**3, "k"))
    size, suffix = next((size, suffix) for size, suffix in sizes if number >= size)
    digits, rest = divmod(number, size)
    decimals = str(rest).zfill(len(str(size)) - 1).rstrip("0")
    return f"{digits:,}.{decimals}{suffix}" if decimals else f"{digits:,}{suffix}"


def requests(span: Span | None) -> str:
    """A number of requests: `400,000`, or `417 to 10,000` where it is a range."""
    return _range(span, whole)


def hours(span: Span | None) -> str:
    """Hours as people say them: `under 1 min`, `36 min`, `9.5 h`, `3.2 days`, `9.5 to 12.0 h`."""
    return _range(span, _hours)


def duration(seconds: int | None) -> str:
    """An interval: `30 seconds`, `15 minutes`, `1 hour`, `9 h 32 min`, `1 day`, `2 days 4 h`.

    From a minute on it is rounded up to whole minutes and from a day on to whole hours, so that
    an interval which is the shortest possible is never shown as a shorter one.
    """
    if seconds is None:
        return UNKNOWN
    if seconds < MINUTE:
        return counted(seconds, "second")
    minutes = -(-seconds // MINUTE)
    if minutes < MINUTE:
        return counted(minutes, "minute")
    if seconds <= DAY - MINUTE:
        full, rest = divmod(minutes, 60)
        return f"{full} h {rest} min" if rest else counted(full, "hour")
    full, rest = divmod(-(-seconds // HOUR), 24)
    return f"{counted(full, 'day')} {rest} h" if rest else counted(full, "day")


def interval(seconds: int) -> str:
    """An interval as it was given, in the largest unit it is a whole number of: `90 minutes`."""
    for size, unit in ((DAY, "day"), (HOUR, "hour"), (MINUTE, "minute")):
        if seconds % size == 0:
            return counted(seconds // size, unit)
    return counted(seconds, "second")


def every(seconds: int | None) -> str:
    """How often syncs run: `every hour`, `every 15 minutes`, `at every sync` where unknown."""
    return f"every {interval(seconds).removeprefix('1 ')}" if seconds else "at every sync"


def allowance(allowed: int | None, seconds: int | None) -> str:
    """What a limit allows in an interval: `42,000 an hour`, `10,500 in 15 minutes`."""
    if allowed is None or seconds is None:
        return UNKNOWN
    return f"{whole(allowed)} {PER.get(seconds) or f'in {interval(seconds)}'}"


def share(part: float | None, limit: str = "") -> str:
    """A share of the limit in a sentence: `24% of the limit`, `9.5 times the limit`.

    `limit` names it, where there are several: `24% of 700/minute`.
    """
    limit = limit or "the limit"
    if part is None:
        return f"an {UNKNOWN} share of {limit}"
    figure = share_figure(part)
    return f"{figure} of {limit}" if figure.endswith("%") else f"{figure} {limit}"


def share_figure(part: float | None) -> str:
    """A share of the limit in a column: `under 1%`, `24%`, `130%`, `9.5 times`.

    Rounding never crosses the limit: 0.997 is `99%` and 1.002 is `101%`.
    """
    if part is None:
        return UNKNOWN
    if part >= TIMES_FROM:
        return f"{_tenths(part)} times"
    if part < 0.01:
        return "under 1%"
    percent = _rounded(part * 100)
    if percent == 100 and part != 1:
        percent += 1 if part > 1 else -1
    return f"{percent}%"


def at_least(figure: str, unknown_tables: int) -> str:
    """A total, marked where some tables are not in it: `at least 400,000 (3 tables unknown)`."""
    if not unknown_tables or figure == UNKNOWN:
        return figure
    return f"at least {figure} ({counted(unknown_tables, 'table')} unknown)"


def time_at_least(span: Span | None, unknown_tables: int) -> str:
    """Hours of all tables, a lower bound where some are unknown; `under 1 min` bounds nothing."""
    shown = hours(span)
    unbounded = span is None or shown.startswith("under")
    return f"at least {shown}" if unknown_tables and not unbounded else shown


def _range(span: Span | None, show: Callable[[float], str]) -> str:
    if span is None:
        return UNKNOWN
    low, high = show(span.low), show(span.high)
    if low == high:
        return low
    unit = high[high.find(" ") :] if " " in high else ""
    if unit and not low.startswith("under"):
        low = low.removesuffix(unit)
    return f"{low} to {high}"


def _hours(value: float) -> str:
    if value == 0:
        return "0 h"
    if value * 60 < 1:
        return "under 1 min"
    minutes = _rounded(value * 60)
    if minutes < 60:
        return f"{minutes} min"
    if value < DAYS_FROM_HOURS:
        return f"{_tenths(value)} h"
    return f"{_tenths(value / 24)} days"


def _tenths(value: float) -> str:
    return f"{_rounded(value * 10) / 10:,.1f}"


def _rounded(value: float) -> int:
    # Divisions leave an error in the last binary digit; nine decimals take it off again.
    return math.floor(round(value, 9) + 0.5)
