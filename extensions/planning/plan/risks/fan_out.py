"""The risk of one request for each record, of a parent or of the table itself."""

from __future__ import annotations

from ...answers.answer_types import Table
from ..figures import every, hours, requests, share, whole
from ..model import Facts
from ..request_counts import parents_of
from .look import DAY_HOURS, HALF, few, names
from .rule import Cause, rules_on, texts

rule = rules_on("api_limits")

FEW_REQUESTS = 10_000
"""Requests that nobody needs to plan: under three hours at one a second."""

WITHOUT_PARENTS = (
    "Look for a list, a batch request or an export that brings whole records; else ask only for "
    "new and changed ones, and load the history in the background."
)
"""What helps where no table has a parent, so that there are none to leave out."""


@rule("one-request-per-parent", "A request for each record", "slow_large", "rate_quota")
@texts(
    what="Reading takes as many requests as there are records, not pages: loads take days, and the "
    "quota goes to one table.",
    mitigation="Look for an endpoint or an export that lists these records for all parents; else "
    "ask only for parents that changed, and load the history in the background.",
    check="How many requests did the first 1,000 records take, and how long?",
    moves="Up one step where these requests take more than a day at the limit, or more than the "
    "limit at a sync.",
    impact_reason="High where one sync needs more than its limit; else Medium, since the data "
    "comes late but comes.",
    false_positives="The parents' own pages hold the records, and the request is only for more.",
)
def one_request_per_parent(facts: Facts) -> Cause | None:
    """A table has a `parent` or `request_per_record`, and takes more than 10,000 requests or more
    than half its limit at a sync; or nobody knows how many parents there are."""
    found = [
        table
        for table in facts.answers.in_work
        if (table.parent or table.request_per_record) and _heavy(table, facts)
    ]
    found.sort(key=lambda table: -_requests(table, facts))
    if not found:
        return None
    figures = [facts.capacity.of(table.name) for table in found]
    used = max(one.share or 0.0 for one in figures)
    loads = [one.first_load_hours for one in figures if one.first_load_hours]
    long = any(load.low > DAY_HOURS for load in loads)
    why = " ".join(_said(table, facts) for table in found[:2])
    if len(found) > 2:
        why += f" So are {few(names(found[2:]))}."
    return Cause(
        why,
        "High" if used > 1 else "Medium",
        steps=int(long or used > 1),
        tables=names(found),
        mitigation="" if any(table.parent for table in found) else WITHOUT_PARENTS,
    )


def _heavy(table: Table, facts: Facts) -> bool:
    figures = facts.capacity.of(table.name)
    unknown, used = figures.first_load_requests is None, figures.share or 0.0
    return unknown or used > HALF or _requests(table, facts) > FEW_REQUESTS


def _requests(table: Table, facts: Facts) -> float:
    figures = facts.capacity.of(table.name)
    spans = (figures.first_load_requests, figures.sync_requests)
    return max((span.low for span in spans if span), default=0)


def _said(table: Table, facts: Facts) -> str:
    figures = facts.capacity.of(table.name)
    parents = parents_of(table, facts.answers)
    each = table.requests_per_parent or 1
    if table.parent:
        number = f"{whole(parents)} " if parents is not None else ""
        asked = "a request" if each == 1 else f"{each} requests"
        how = f"{asked} for each of the {number}records of {table.parent}"
        how += "" if parents is not None else ", whose number nobody knows"
    else:
        how = "a request for each record"
    if table.parent and table.request_per_record:
        how += " and for each record"
    why = f"{table.name} is read by {how}"
    if figures.first_load_requests:
        why += f": {requests(figures.first_load_requests)} requests to load"
        if figures.first_load_hours:
            why += f", {hours(figures.first_load_hours)}"
    if figures.share is not None:
        often = every(facts.answers.sync_interval)
        why += f"; a sync {often} takes {share(figures.share)}"
    return f"{why}."
