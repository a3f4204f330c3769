"""The phases of the work: those the user wrote, or else those that follow from the plan.

Ids say what a deliverable is about, so a deliverable keeps its id in whichever phase it stands.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Criterion, Facts, Phase, Risk
from .built import build_phases, tables_per_phase
from .decision import decision_phase
from .written import tables_without_phase, written_phases

__all__ = ["derive", "tables_per_phase", "tables_without_phase"]


def derive(facts: Facts, risks: Sequence[Risk], criteria: Sequence[Criterion]) -> tuple[Phase, ...]:
    """The phases in order, numbered from the phase that is being planned."""
    if facts.answers.phases:
        return tuple(written_phases(facts.answers))
    if not facts.answers.builds:
        return (decision_phase(facts, risks),)
    return tuple(build_phases(facts.answers, risks, criteria))
