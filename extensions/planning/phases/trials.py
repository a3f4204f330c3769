"""Which risks are answered by trying, before anything is built on top of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..model import Deliverable, Risk
from ..wording import subject_of

MOST_TRIALS = 3
"""Risks that one phase answers by trying: with more it would hold nothing else."""

TRIED_FIRST = (
    "auth_complexity",
    "api_limits",
    "data_volume",
    "deletes",
    "cursors",
    "schema",
    "dependencies",
    "testing",
    "delivery",
    "fit",
)
"""Categories in the order they are tried: what can stop every table, then what can stop some."""


def to_try(risks: Sequence[Risk]) -> list[Risk]:
    """The worst undecided risks, one a category; a Medium one only where no High one is open."""
    undecided = [risk for risk in risks if risk.decision.status == "open" or risk.worse]
    worst = [risk for risk in undecided if risk.severity == "High"]
    if not worst:
        worst = [risk for risk in undecided if risk.severity == "Medium"][:1]
    by_category: dict[str, Risk] = {}
    for risk in worst:
        by_category.setdefault(risk.category, risk)
    return sorted(by_category.values(), key=lambda one: TRIED_FIRST.index(one.category))[
        :MOST_TRIALS
    ]


def trials(risks: Sequence[Risk]) -> Iterator[Deliverable]:
    """A deliverable for each of the worst risks: its answer, written down."""
    for risk in to_try(risks):
        yield Deliverable(
            f"try-{risk.id}",
            f"{subject_of(risk)}: answered in the notes of section 4. {risk.check}",
        )
