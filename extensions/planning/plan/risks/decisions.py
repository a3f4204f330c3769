"""What people decided about risks: applied to those that exist, kept where they no longer do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...answers.answer_types import Decision
from ..model import Risk
from .matrix import rank


def decided(
    risks: Sequence[Risk], decisions: Mapping[str, Decision]
) -> tuple[tuple[Risk, ...], tuple[tuple[str, Decision], ...]]:
    """The risks with their decisions, and the decisions whose risk this plan does not have.

    Every risk stays in the list, whatever was decided. A mitigation that was decided on takes the
    place of the one that the rule proposes.
    """
    applied = tuple(_with(risk, decisions.get(risk.id)) for risk in risks)
    present = {risk.id for risk in risks}
    unused = tuple((id, one) for id, one in decisions.items() if id not in present)
    return applied, unused


def _with(risk: Risk, decision: Decision | None) -> Risk:
    if decision is None:
        return risk
    then = decision.severity
    grown = bool(then) and rank(risk.severity) < rank(then)
    return risk._replace(
        decision=decision,
        mitigation=decision.mitigation or risk.mitigation,
        worse=grown and decision.status != "open",
    )
