"""Which risks are answered by trying, before anything is built on top of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...terms.vocabulary import LEVELS
from ..model import Deliverable, Risk
from ..wording import subject_of

MOST_TRIALS = 3
"""Risks that one phase answers by trying: with more it would hold nothing else."""

TRIED_FIRST = (
    *("auth_complexity", "api_limits", "data_volume", "deletes", "cursors", "schema"),
    *("dependencies", "testing", "delivery", "fit"),
)
"""Categories in the order they are tried: what can stop every table, then what can stop some."""


def worst_undecided(risks: Sequence[Risk]) -> list[Risk]:
    """The High risks nobody decided on; the Medium ones where there is no High one."""
    undecided = [risk for risk in risks if risk.decision.status == "open" or risk.worse]
    high = [risk for risk in undecided if risk.severity == "High"]
    return high or [risk for risk in undecided if risk.severity == "Medium"]


def to_try(risks: Sequence[Risk]) -> list[Risk]:
    """The worst undecided risks, one a category; of Medium ones a single one."""
    by_category: dict[str, Risk] = {}
    for risk in sorted(worst_undecided(risks), key=_weight):
        by_category.setdefault(risk.category, risk)
    found = list(by_category.values())
    return found[: MOST_TRIALS if found and found[0].severity == "High" else 1]


def _weight(risk: Risk) -> tuple[int, int]:
    """The smaller, the sooner it is tried: by both levels, then by category."""
    levels = LEVELS.index(risk.likelihood) + LEVELS.index(risk.impact)
    return levels, TRIED_FIRST.index(risk.category)


def trials(risks: Sequence[Risk]) -> Iterator[Deliverable]:
    """A deliverable for each of the worst risks: its answer, written down."""
    for risk in to_try(risks):
        yield Deliverable(
            f"try-{risk.id}",
            f"{subject_of(risk)}: answered in the notes of section 4. {risk.check}",
        )
