"""How long requests take under the limits of a source, as the generated client keeps them.

The client goes at the pace of the limit with the shortest window. Where a longer limit is used up
before its window is over, it waits for the rest of that window.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from ..answers.answer_types import RateLimit
from ..answers.limits import Limits

SECONDS_A_REQUEST = 1
"""Seconds for which a request is under way, where only so many may be at once. It is the pace at
which one reader is reckoned (features.READER_REQUESTS_PER_SECOND): 15 at once are 15 a second."""


def rates_of(limits: Limits) -> tuple[RateLimit, ...]:
    """Limits as rates: so many at once are so many in the seconds that a request takes."""
    at_once = (
        RateLimit(one.requests, SECONDS_A_REQUEST, one.text, one.name) for one in limits.at_once
    )
    return (*limits.rates, *at_once)


def governing(limits: Iterable[RateLimit] | None) -> RateLimit | None:
    """The limit that allows the fewest requests a second in the long run; the first of equals."""
    return min(limits or (), key=lambda limit: limit.per_second, default=None)


def seconds_for(requests: int, limits: Sequence[RateLimit]) -> Fraction:
    """Seconds that so many requests take under limits that all hold at once."""
    if not requests or not limits:
        return Fraction(0)
    shortest_first = sorted(limits, key=lambda limit: (limit.seconds, limit.requests))
    *shorter, longest = shortest_first
    if not shorter:
        return Fraction(requests * longest.seconds, longest.requests)
    # All but the last of these windows are used to the full, or as far as shorter limits let one.
    windows = (requests - 1) // longest.requests
    rest = requests - windows * longest.requests
    full = max(Fraction(longest.seconds), seconds_for(longest.requests, shorter))
    return windows * full + seconds_for(rest, shorter)
