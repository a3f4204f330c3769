"""The risk of one request for each record of another table. Its category is API limits."""

from __future__ import annotations

from ..fan_out import FanOut, fan_outs
from ..figures import DAY, HOUR, every, hours, share, whole
from ..model import Facts, Span
from .look import DAY_HOURS, MANY_ROWS
from .rule import Cause, rule

FEW_REQUESTS = 10_000
"""Requests that nobody needs to plan: under three hours at one a second."""


@rule(
    "one-request-per-parent",
    "api_limits",
    "One request for each parent record",
    kinds=("rate_quota", "slow_large"),
    what="The figures of capacity count full pages; this table takes at least one request for each "
    "record of another, so loads take longer than planned and the quota goes to it.",
    mitigation="Look for an endpoint or an export that lists the records of all parents; else read "
    "only the parents that changed, and load the history in the background.",
    check="How many requests did the first 1,000 parents take, and how long?",
    fires_when='Notes of a table say so, in words such as "one request a ticket", "for each '
    'ticket" or "ticket by ticket", and there are more parents than pages of the table itself, or '
    "nobody knows how many while the table has more than 10,000 rows or an unknown number.",
    moves="Up one step where these requests alone take more than a day at the rate limit, or with "
    "1M parents or more where no limit is known.",
    impact_reason="High where one sync needs more such requests than the limit allows; else "
    "Medium, since the data comes late but comes.",
    false_positives="The parents' own pages hold the records, and the request is only for more.",
)
def one_request_per_parent(facts: Facts) -> Cause | None:
    """Fires for tables whose notes speak of a request for each parent record."""
    heavy = [one for one in fan_outs(facts.answers) if _outweighs_pages(one, facts)]
    found = sorted(heavy, key=_parents, reverse=True)
    if not found:
        return None
    limit = facts.capacity.governing_limit
    most = _parents(found[0])
    load = most * limit.seconds / (limit.requests * HOUR) if limit else None
    long = most >= MANY_ROWS if load is None else load > DAY_HOURS
    used = max((_share_of_sync(one, facts) for one in found), default=0.0)
    why = " ".join(_said(one, facts) for one in found[:2])
    if len(found) > 2:
        why += f" {len(found) - 2} more tables are read so."
    tables = tuple(one.table.name for one in found)
    return Cause(why, "High" if used > 1 else "Medium", steps=int(long), tables=tables)


def _outweighs_pages(one: FanOut, facts: Facts) -> bool:
    """Whether parents may make more requests than the pages that the capacity counts anyway."""
    if one.parent is None or one.parent.rows is None:
        # Parents without any record are the exception, so there are hardly more than rows.
        return one.table.rows is None or one.table.rows > FEW_REQUESTS
    figures = facts.capacity.of(one.table.name)
    pages = figures.first_load_requests if figures else None
    return pages is None or one.parent.rows > pages.high


def _parents(one: FanOut) -> int:
    return (one.parent.rows or 0) if one.parent else 0


def _said(one: FanOut, facts: Facts) -> str:
    why = f'{one.table.name}: "{one.said}".'
    if one.parent is None:
        return f"{why} How many parents there are is not known."
    if not one.parent.rows:
        return f"{why} The rows of {one.parent.name} are not known."
    why = f"{why} The first load takes {whole(one.parent.rows)} requests, one for each of "
    why += one.parent.name
    limit = facts.capacity.governing_limit
    if limit:
        load = one.parent.rows * limit.seconds / (limit.requests * HOUR)
        why += f": {hours(Span(load, load))} at {limit.text}"
    used = _share_of_sync(one, facts)
    if used:
        why += f"; a sync {every(facts.answers.sync_interval)} takes {share(used)} for it"
    return f"{why}."


def _share_of_sync(one: FanOut, facts: Facts) -> float:
    """Share of the limit that one sync takes: parents that changed, or all for a snapshot."""
    limit, interval = facts.capacity.governing_limit, facts.answers.sync_interval
    if one.parent is None or limit is None or interval is None:
        return 0.0
    allowed = limit.requests * interval / limit.seconds
    if not one.table.incremental:
        return (one.parent.rows or 0) / allowed
    return (one.parent.rows_per_day or 0) * interval / DAY / allowed


RULES = (one_request_per_parent,)
