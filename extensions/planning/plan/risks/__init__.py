"""The risks of a plan: what its rules find, what people added, and what was decided about them."""

from __future__ import annotations

from ...answers.answer_types import Decision, ExtraRisk
from ..model import Facts, Risk
from ..wording import may_build
from . import (
    api_limits,
    auth_complexity,
    cursors,
    data_volume,
    deletes,
    delivery,
    dependencies,
    fan_out,
    fit,
    histories,
    keys,
    listing,
    outages,
    paging,
    schema,
    testing,
    tokens,
)
from .base_rates import share_of
from .matrix import rank, severity
from .rule import rules_of

SUBJECTS = (
    *(api_limits, fan_out, outages, paging, auth_complexity, tokens, schema, keys, data_volume),
    *(histories, testing, dependencies, fit, deletes, cursors, listing, delivery),
)
"""The modules of the rules, by category."""

RULES = tuple(one for module in SUBJECTS for one in rules_of(module))
"""Every rule, by category."""

SHARES = {one.id: one.share for one in RULES}
"""Rule -> part of all fixes in real connectors that were of its most frequent kind."""


def order(risk: Risk) -> tuple[int, float, float, str]:
    """What a list of risks is sorted by."""
    return rank(risk.severity), -share_of(risk.category), -SHARES.get(risk.id, 0), risk.id


def assess(facts: Facts) -> tuple[tuple[Risk, ...], tuple[tuple[str, Decision], ...]]:
    """The risks of a plan, the worst first, and the decisions that fit none.

    Of equal severity come first those of the category, then of the kind, of which more went wrong
    in real connectors, then by id.

    Where nothing gets built, only the rules about that choice apply. Every risk stays in the list,
    whatever was decided.
    """
    rules = RULES if may_build(facts.answers) else rules_of(fit)
    found = [risk for one in rules if (risk := one.risk(facts))]
    found += [_extra(one) for one in facts.answers.extra_risks]
    found.sort(key=order)
    decisions = facts.answers.risk_decisions
    present = {risk.id for risk in found}
    unused = tuple((id, one) for id, one in decisions.items() if id not in present)
    return tuple(_decided(risk, decisions.get(risk.id)) for risk in found), unused


def _extra(risk: ExtraRisk) -> Risk:
    return Risk(
        id=risk.id,
        category="delivery",
        title=risk.risk,
        what=risk.risk,
        why="Named in extra_risks.",
        likelihood=risk.likelihood,
        impact=risk.impact,
        severity=severity(risk.likelihood, risk.impact),
        mitigation=risk.mitigation,
        check=risk.mitigation or "No mitigation is named yet.",
    )


def _decided(risk: Risk, decision: Decision | None) -> Risk:
    """The risk with what was decided; a mitigation that was decided on takes the rule's place."""
    if decision is None:
        return risk
    then = decision.severity
    grown = bool(then) and rank(risk.severity) < rank(then)
    return risk._replace(
        decision=decision,
        mitigation=decision.mitigation or risk.mitigation,
        worse=grown and decision.status != "open",
    )
