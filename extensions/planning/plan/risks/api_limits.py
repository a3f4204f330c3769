"""Risks from rate limits and quotas."""

from __future__ import annotations

from collections.abc import Sequence

from ...answers.answer_types import RateLimit
from ...answers.limits import of_all
from ..figures import HOUR, count, duration, every, requests, share, whole
from ..model import Facts
from ..wording import speaks_http
from .data_volume import explained
from .look import HALF, MANY_ROWS, few, heaviest, rows_of
from .rule import Cause, rules_on, texts

rule = rules_on("api_limits")

SHORT_INTERVAL = HOUR
"""Seconds. Syncs every hour or faster cannot wait for a quota that is counted by the hour."""

PLAN_WORDS = ("limit", "quota", "tier", "plan", "edition")
"""Words in `auth_environments` that tell of limits which differ."""


@rule("rate-limit-unknown", "Rate limit unknown", "rate_quota")
@texts(
    what="The connector runs into a limit nobody planned for, and syncs stop with 429 errors.",
    mitigation="Find the limit in the documentation or in the response headers of a trial call, "
    "for the plan the customers have. Until then start slowly and obey Retry-After.",
    check="Is the limit of the customers' own plan written down, with its window?",
    moves="Up one step with 1M rows or more in all, or a sync every hour or faster.",
    impact_reason="Medium: syncs fail or slow down, and go on once the quota is back.",
    false_positives="A source that truly has no limit: answer `none`.",
)
def rate_limit_unknown(facts: Facts) -> Cause | None:
    """The source is an API and `rate_limit` is empty."""
    answers = facts.answers
    if answers.rate_limits is not None or not speaks_http(answers):
        return None
    why = f"Nobody knows the rate limit of {answers.source_name}"
    rows = rows_of(answers.tables)
    if rows >= MANY_ROWS:
        why += f", and {count(rows)} rows are to be read"
    often = answers.sync_interval is not None and answers.sync_interval <= SHORT_INTERVAL
    if often:
        why += f", with a sync {every(answers.sync_interval)}"
    return Cause(f"{why}.", "Medium", steps=int(rows >= MANY_ROWS or often))


@rule("several-rate-limits", "Several rate limits at once", "rate_quota")
@texts(
    what="The connector keeps to one limit and breaks another, often the daily one, hours later.",
    mitigation="Count requests against every window; plan with the tightest. Stop cleanly when "
    "the longest window is used up, and go on from the saved cursor.",
    check="Does a test show that the connector slows down for each of the limits?",
    moves="Up one step where `rate_limiting` is not among the features.",
    impact_reason="Medium: a used-up daily quota stops all integrations until it is back.",
    false_positives="A second limit that the first can never reach.",
)
def several_rate_limits(facts: Facts) -> Cause | None:
    """`rate_limit` names limits over different windows, or for different tables, and syncs are not
    known to need less than half of them."""
    limits, tightest = facts.answers.rate_limits or (), facts.capacity.governing_limit
    windows = {(limit.name, limit.seconds) for limit in limits}
    if tightest is None or len(windows) < 2:
        return None
    rates = few([f"{limit.text} (evenly used {_rate(limit)})" for limit in limits])
    used = facts.capacity.share
    if used is not None and used < HALF and not facts.capacity.unknown_sync:
        return None
    steps = int("rate_limiting" not in facts.answers.features)
    hold = "hold, some for some tables only" if any(one.name for one in limits) else "hold at once"
    why = f"These limits {hold}: {rates}. Syncs use most of {tightest.text}."
    return Cause(why, "Medium", steps=steps)


@rule("tiered-rate-limit", "Rate limit depends on the customer's plan", "rate_quota")
@texts(
    what="A connector tuned to one customer's limit is throttled at the next one's.",
    mitigation="Make the limit a connection parameter or read it from the response headers. Plan "
    "with the smallest tier.",
    check="What does the connector do for a customer on the smallest tier?",
    moves="Up one step where the smallest tier cannot carry the syncs, but the largest can.",
    impact_reason="Medium: it works in the test account and is slow at some customers.",
    false_positives="All customers are known to have the same plan: name only its limit.",
)
def tiered_rate_limit(facts: Facts) -> Cause | None:
    """`rate_limit` names two different limits over the same window, or `auth_environments` speaks
    of limits, quotas, tiers, plans or editions."""
    limits, environments = facts.answers.rate_limits or (), facts.answers.auth_environments
    if tiers := _tiers(limits):
        named = few(limit.text for limit in tiers)
        smallest, largest = tiers[0], tiers[-1]
        others = [limit.per_second for limit in limits if limit not in tiers]
        used = facts.capacity.share or 0.0
        tightest = min([smallest.per_second, *others])
        eased = used * tightest / min([largest.per_second, *others])
        decides = used > 1 >= eased
        why = f"{named} stand over the same window: which holds may depend on the customer's plan. "
        why += f"This plan reckons with {smallest.text}"
        if decides:
            why += f", which syncs exceed ({share(used)}) while {largest.text} carries them"
        return Cause(f"{why}.", "Medium", int(decides))
    if any(word in environments.lower() for word in PLAN_WORDS):
        return Cause(f'The environments differ: "{environments}".', "Medium")
    return None


@rule("sync-over-rate-limit", "Syncs use up the rate limit", "rate_quota")
@texts(
    what="A sync is not done when the next is due, data falls behind, and other integrations of "
    "the customer are locked out.",
    mitigation="Sync less often, read the large tables incrementally, use a bulk or export "
    "endpoint, or have the limit raised.",
    check="Does one sync of all tables end within the interval, with room for a repeat?",
    moves="Up one step where it needs more than the limit allows.",
    impact_reason="High above the limit, since the plan cannot work; Medium below.",
    false_positives="Row counts or page sizes that were guessed too high.",
)
def sync_over_rate_limit(facts: Facts) -> Cause | None:
    """One sync needs more than half the requests the limit allows in an interval, and no full
    reload and no request for each record explains it."""
    capacity = facts.capacity
    limit, used = capacity.governing_limit, capacity.share
    if used is None or used <= HALF or limit is None:
        return None
    over = used > 1
    eaters = heaviest(capacity.tables, lambda one: one.share or 0.0)
    tables = tuple(one.table for one in eaters)
    if tables and explained(facts).issuperset(tables):
        return None
    worst = few([f"{one.table} ({share(one.share)})" for one in eaters])
    why = (
        f"A sync {every(facts.answers.sync_interval)} makes "
        f"{requests(capacity.governed_sync_requests)} requests, and {limit.text} allows "
        f"{whole(capacity.allowed_requests)}: {share(used)}. "
    )
    why += f"Most goes to {worst}." if eaters else "It is spread over many tables."
    if over and capacity.shortest_interval_seconds:
        fits = duration(capacity.shortest_interval_seconds)
        why += f" The shortest interval that fits is {fits}."
    return Cause(why, "High" if over else "Medium", steps=int(over), tables=tables)


@rule("parallel-readers-share-limit", "Parallel readers share one rate limit", "rate_quota")
@texts(
    what="Spark tasks read at the same time, each with a rate limiter of its own; together they "
    "go over the limit.",
    mitigation="Divide the limit by the number of partitions, and cap that number.",
    check="Is the request rate of all partitions together under the limit?",
    moves="Down one step where `rate_limiting` is a feature: the client keeps limits already.",
    impact_reason="Medium: 429 errors and retries that take longer than reading in turn.",
    false_positives="The limit counts by token, and every partition has its own.",
)
def parallel_readers_share_limit(facts: Facts) -> Cause | None:
    """`partitioned_reads` is a feature and the source has a rate limit."""
    tightest = facts.capacity.governing_limit
    if "partitioned_reads" not in facts.answers.features or tightest is None:
        return None
    if not facts.answers.rate_limits:
        return None  # only limits on what is under way at once, which limit-at-once is about
    why = f"Partitioned reads are planned, and {tightest.text} ({_rate(tightest)}) is for them all."
    return Cause(why, "Medium", steps=-int("rate_limiting" in facts.answers.features))


@rule("graphql-query-cost", "GraphQL limits count cost, not requests", "rate_quota")
@texts(
    what="A page with nested lists costs a multiple of a flat one, so the quota is gone long "
    "before the number of requests says so.",
    mitigation="Read the cost the source reports with every response; make pages smaller where "
    "queries nest; prefer a bulk operation for first loads.",
    check="Is the cost of one full page of each table measured?",
    impact_reason="Medium: the capacity figures are too low until the cost is measured.",
    false_positives="A GraphQL source that counts plain requests.",
)
def graphql_query_cost(facts: Facts) -> Cause | None:
    """`source_type` is `graphql_api` and there is a limit or nobody knows."""
    answers = facts.answers
    if answers.source_type != "graphql_api" or answers.rate_limits == ():
        return None
    limits = few(limit.text for limit in answers.rate_limits or ()) or "a limit nobody knows"
    return Cause(f"{answers.source_name} is a GraphQL API with {limits}.", "Medium")


@rule("limit-at-once", "Only so many requests at once", "rate_quota", "slow_large")
@texts(
    what="The pipeline reads tables side by side, each with a client of its own; together they "
    "hold more requests open than the source allows, and it refuses the rest.",
    mitigation="Count open requests in one place for all tables, or read them in one group; leave "
    "room for the other programs with the same access.",
    check="How many requests are open when all tables are read together?",
    moves="Up one step where more tables are read than may be at once, or reads are partitioned.",
    impact_reason="Medium: refusals and retries that take longer than reading in turn.",
    false_positives="The source queues what is too much instead of refusing it.",
)
def limit_at_once(facts: Facts) -> Cause | None:
    """`rate_limit` or a table names a limit of so many at once."""
    known = of_all(facts.answers)
    if known is None or not known.at_once:
        return None
    fewest = min(known.at_once, key=lambda limit: limit.requests)
    number = len(facts.answers.tables)
    split = "partitioned_reads" in facts.answers.features
    why = f"{facts.answers.source_name} allows {few(one.text for one in known.at_once)}"
    why += f", and {count(number)} tables are read"
    why += ", some of them by several readers." if split else "."
    return Cause(why, "Medium", steps=int(split or number > fewest.requests))


def _tiers(limits: Sequence[RateLimit]) -> list[RateLimit]:
    """The limits that differ over one window, smallest first; those of the first such window."""
    for window in dict.fromkeys(limit.seconds for limit in limits):
        by_requests = {
            limit.requests: limit for limit in limits if limit.seconds == window and not limit.name
        }
        if len(by_requests) > 1:
            return [by_requests[allowed] for allowed in sorted(by_requests)]
    return []


def _rate(limit: RateLimit) -> str:
    return f"{limit.per_second:.3g} requests a second"
