"""Open questions about risks: those that wait for a decision, and decisions without a risk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...answers.answer_types import Answers
from ..model import OpenQuestion, Risk
from ..wording import code, how, listed, may_build, named


def risk_questions(answers: Answers, risks: Sequence[Risk]) -> Iterator[OpenQuestion]:
    """Risks that grew, High ones nobody decided on, some without a way out, decisions left over."""
    met = {risk.id for risk in risks}
    unused = [
        risk
        for risk, decision in answers.risk_decisions.items()
        if risk not in met and decision.status != "closed"
    ]
    if unused:
        yield OpenQuestion(
            "unused-decisions",
            f"Is there still something to decide about {named(unused)}? The plan no longer has "
            f"the risk. Close it with {_decision(unused[0], 'status: closed')}, or take it back "
            f"with {how('risk_decisions', f'{{{unused[0]}: null}}')}.",
            "risk_decisions",
        )
    if not may_build(answers):
        return
    if grown := [risk for risk in risks if risk.worse]:
        levels = listed(
            [f"{code(one.id)} ({one.decision.severity} then, {one.severity} now)" for one in grown]
        )
        yield OpenQuestion(
            "worse-risks",
            f"What now of the risks that have grown since their decision: {levels}? Answer with "
            f"{_decision(grown[0].id, 'status: accepted, note: known at the new level')}.",
            "risk_decisions",
            blocking=True,
        )
    undecided = [
        risk.id for risk in risks if risk.severity == "High" and risk.decision.status == "open"
    ]
    if undecided:
        noun = "risk" if len(undecided) == 1 else "risks"
        yield OpenQuestion(
            "undecided-risks",
            f"Who does what about the High {noun} {named(undecided)}? Answer with "
            f"{_decision(undecided[0], 'status: mitigated, owner: Ada')}.",
            "risk_decisions",
            blocking=True,
        )
    if helpless := [risk for risk in risks if not (risk.mitigation or risk.decision.mitigation)]:
        yield OpenQuestion(
            "risks-without-mitigation",
            f"What can be done about {listed([risk.title for risk in helpless])}? Answer with "
            f"{_decision(helpless[0].id, 'mitigation: what is done')}.",
            "risk_decisions",
        )


def _decision(risk: str, more: str) -> str:
    return how("risk_decisions", f"{{{risk}: {{{more}}}}}")
