"""Risks from timeouts and server errors. Their category is API limits."""

from __future__ import annotations

from ..figures import count, counted, whole
from ..model import Facts
from ..wording import speaks_http
from .look import MANY_ROWS
from .rule import Cause, rule

FAILS_ONE_IN = 1_000
"""Requests of which one fails at an availability of 99.9 %, which vendors commonly promise."""


@rule(
    "requests-fail",
    "api_limits",
    "Timeouts and server errors",
    kinds=("timeout_5xx",),
    what="One 502 or one timeout among thousands of requests ends the sync.",
    mitigation="Try again after 429, 5xx and timeouts, with a growing wait and an end; then go on "
    "with the same page.",
    check="Does a test answer with 503 once, in the middle of a table, and see the sync go on?",
    fires_when="The source is an API, and `retry_backoff` is not a feature, or a first load or a "
    "sync makes 1,000 requests or more.",
    moves="Up one step where `retry_backoff` is not a feature.",
    impact_reason="Medium: a failed sync is run again, and may fail again.",
    false_positives="A client library that already retries.",
)
def requests_fail(facts: Facts) -> Cause | None:
    """Fires for an API without retries, or with enough requests to meet an error."""
    answers, capacity = facts.answers, facts.capacity
    if not speaks_http(answers):
        return None
    planned = "retry_backoff" in answers.features
    spans = [span for span in (capacity.first_load_requests, capacity.sync_requests) if span]
    most = int(max((span.high for span in spans), default=0))
    if planned and most < FAILS_ONE_IN:
        return None
    parts = [] if planned else ["retry_backoff is not among the features"]
    if most >= FAILS_ONE_IN:
        failures = counted(most // FAILS_ONE_IN, "failure")
        parts.append(
            f"{whole(most)} requests in one go: {failures} if one in {FAILS_ONE_IN:,} fails"
        )
    return Cause(f"{'; '.join(parts)}.", "Medium", steps=int(not planned))


@rule(
    "request-timeout-unknown",
    "api_limits",
    "Request timeout unknown",
    kinds=("timeout_5xx",),
    what="Large pages of large tables are cut off by the source or its gateway, or the connector "
    "gives up too early or waits forever.",
    mitigation="Measure the slowest page of the largest table, set the timeout above it, and halve "
    "the page size after a timeout.",
    check="How long does the slowest page of the largest table take?",
    fires_when="The source is an API and `request_timeout_seconds` is 0.",
    moves="Down one step where every table is known to have less than 1M rows.",
    impact_reason="Medium: syncs fail at the same large page again and again.",
    false_positives="A source that is known to answer within a second at any size.",
)
def request_timeout_unknown(facts: Facts) -> Cause | None:
    """Fires for an API without a known timeout."""
    answers = facts.answers
    if answers.request_timeout_seconds is not None or not speaks_http(answers):
        return None
    sizes = [table.rows for table in facts.answers.in_work]
    small = bool(sizes) and all(rows is not None and rows < MANY_ROWS for rows in sizes)
    known = [rows for rows in sizes if rows is not None]
    why = f"Nobody knows after how long {answers.source_name} cuts off a request"
    if known:
        why += f"; the largest table has {count(max(known))} rows"
    return Cause(f"{why}.", "Medium", steps=-1 if small else 0)


RULES = (
    requests_fail,
    request_timeout_unknown,
)
