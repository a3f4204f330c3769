"""Risks from tokens that expire."""

from __future__ import annotations

from ..auth import WITH_TOKENS, renewed_by_platform, tokens_expire
from ..figures import time_at_least
from ..model import Facts
from .look import WORKING_DAY_HOURS, first_load, methods
from .rule import Cause, rules_on, texts

rule = rules_on("auth_complexity")

STORED = "oauth2_refresh_token"
"""The method whose refresh token lies in the connection, where nobody can write a new one."""

TOKEN_HOURS = 1
"""Usual life of an access token: the 3,600 seconds that RFC 6749 gives as its example."""


@rule("token-expires", "Access tokens expire", "token_oauth")
@texts(
    what="A sync that began with a good token ends in the middle with 401.",
    mitigation="Ask for a new token before the old one ends and once after a 401, then repeat the "
    "same request.",
    check="Does a test let the token expire between two pages?",
    impact_reason="Medium: the sync fails, and starts again from its cursor.",
    false_positives="Tokens that live for days.",
)
def token_expires(facts: Facts) -> Cause | None:
    """The connector itself gets tokens that expire, and nobody knows how long the first load takes
    (see backfill-outlives-token)."""
    load, _ = first_load(facts)
    whole_load = load is not None and not facts.capacity.unknown_first_load
    if not _renews(facts) or whole_load or _outlasting(facts):
        return None
    return Cause(f"{_reason(facts)}, and nobody knows how long a load takes.", "Medium")


@rule("backfill-outlives-token", "The first load outlives its token", "token_oauth", "slow_large")
@texts(
    what="Hours into the first load every request fails with 401; without saved progress it starts "
    "again from nothing, and fails at the same place.",
    mitigation="Refresh the token during the load, not only at its start; save the cursor after "
    "every batch.",
    check="Has a load run for longer than one token lives?",
    moves="Never moves: the client that comes out signs in again after a 401.",
    impact_reason="High where it takes more than a working day of 8 hours and hangs on a stored "
    "refresh token, which may be used up on the way; else Medium.",
    false_positives="Tokens that live longer than the load.",
)
def backfill_outlives_token(facts: Facts) -> Cause | None:
    """The connector itself gets tokens that expire, and the first load takes more than an hour."""
    why, (load, _) = _outlasting(facts), first_load(facts)
    if not why or not _renews(facts):
        return None
    long = load is not None and load.low > WORKING_DAY_HOURS
    stored = STORED in facts.answers.auth_methods
    return Cause(why, "High" if long and stored else "Medium")


@rule(
    "platform-token-ends", "A load outlives the token of the platform", "token_oauth", "slow_large"
)
@texts(
    what="The platform hands over one access token a run and the connector can get no other: an "
    "hour into a table every request fails with 401.",
    mitigation="Cut tables into batches whose place is saved, so that the run after goes on from "
    "there; end with an error that names the token, and try the same one no second time.",
    check="Does a run that ended with 401 go on from its last batch when it starts again?",
    moves="Never moves: however long the load, the batches that come out save their place.",
    impact_reason="Medium: the load goes on in the next run.",
    false_positives="Tokens that live longer than the load.",
)
def platform_token_ends(facts: Facts) -> Cause | None:
    """The platform runs the OAuth flow, and the first load takes more than an hour."""
    why = _outlasting(facts)
    return Cause(why, "Medium") if why and renewed_by_platform(facts.answers) else None


@rule("refresh-token-ends", "The refresh token itself ends", "token_oauth")
@texts(
    what="Refresh tokens that may be used once, or end after weeks without use, cannot be written "
    "back to the connection by the connector: one day no sync signs in any more.",
    mitigation="Find out whether refresh tokens rotate and when they end; let Unity Catalog hold "
    "the tokens, or use client credentials where the source has them.",
    check="Does a connection that rested for 90 days still sign in?",
    moves="Down one step where another method does without.",
    impact_reason="Medium: all syncs of a customer stop until somebody consents again.",
    false_positives="Refresh tokens that neither rotate nor end.",
)
def refresh_token_ends(facts: Facts) -> Cause | None:
    """A stored refresh token is a method."""
    chosen = facts.answers.auth_methods
    if STORED not in chosen:
        return None
    others = [one for one in chosen if one != STORED]
    rest = f", beside {methods(facts, others)}" if others else " and nothing else"
    why = f"{facts.answers.source_name} is read with {methods(facts, [STORED])}{rest}."
    return Cause(why, "Medium", steps=-1 if others else 0)


def _renews(facts: Facts) -> bool:
    """Whether tokens expire and the connector has to get new ones."""
    return tokens_expire(facts.answers) and not renewed_by_platform(facts.answers)


def _outlasting(facts: Facts) -> str:
    """What is said of a first load that takes longer than a token lives; '' of any other."""
    load, pace = first_load(facts)
    if load is None or load.high <= TOKEN_HOURS:
        return ""
    takes = time_at_least(load, len(facts.capacity.unknown_first_load))
    return f"{_reason(facts)}, often after an hour, and the first load takes {takes} {pace}."


def _reason(facts: Facts) -> str:
    expiring = [one for one in facts.answers.auth_methods if one in WITH_TOKENS]
    return f"Access tokens expire ({methods(facts, expiring) or 'auth_traits: token_refresh'})"
