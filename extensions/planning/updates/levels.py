"""The level at which each risk was decided upon, for the answers file to keep.

A decision is about a risk as it was. The recorded level is how a later session knows that the
risk has grown since.
"""

from __future__ import annotations

from ..answers.reading import LEVELS_ANSWER
from ..plan.model import Plan


def levels_of(plan: Plan) -> dict[str, dict[str, dict[str, str]]]:
    """What the answers file keeps beside the answers: nothing where nothing was decided."""
    severities = {risk.id: risk.severity for risk in plan.risks}
    levels = {
        risk: {**decision._asdict(), "severity": decision.severity or severities.get(risk, "")}
        for risk, decision in plan.answers.risk_decisions.items()
    }
    return {LEVELS_ANSWER: levels} if levels else {}
