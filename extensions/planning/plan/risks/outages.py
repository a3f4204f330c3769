"""Risks from timeouts and server errors."""

from __future__ import annotations

from ..figures import counted, whole
from ..model import Facts
from ..wording import speaks_http
from .rule import Cause, rules_on, texts

rule = rules_on("api_limits")

FAILS_ONE_IN = 1_000
"""Requests of which one fails at an availability of 99.9 %, which vendors commonly promise."""

FAILS_OFTEN = 100 * FAILS_ONE_IN
"""Requests of which a hundred fail by that promise: without retries no such load ends."""


@rule("requests-fail", "Timeouts and server errors", "timeout_5xx")
@texts(
    what="One 502 or one timeout among thousands of requests ends the sync.",
    mitigation="Try again after 429, 5xx and timeouts, with a growing wait and an end; then go on "
    "with the same page.",
    check="Does a test answer with 503 once, in the middle of a table, and see the sync go on?",
    moves="Up one step where `retry_backoff` is not a feature, or with 100,000 requests or more.",
    impact_reason="Medium: a failed sync is run again, and may fail again.",
    false_positives="A client library that already retries.",
)
def requests_fail(facts: Facts) -> Cause | None:
    """The source is an API, and `retry_backoff` is not a feature, or a first load or a sync makes
    1,000 requests or more."""
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
    return Cause(f"{'; '.join(parts)}.", "Medium", steps=int(not planned or most >= FAILS_OFTEN))
