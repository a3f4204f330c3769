"""The one matrix that turns likelihood and impact into severity."""

from __future__ import annotations

from ...terms.vocabulary import LEVELS

SEVERITY = ("High", "High", "Medium", "Low", "Low")
"""Severity by how many steps likelihood and impact lie below High, together: the usual 3 x 3
matrix, in which both count the same."""


def severity(likelihood: str, impact: str) -> str:
    """The severity of a risk, by the matrix. All levels are High, Medium or Low."""
    return SEVERITY[rank(likelihood) + rank(impact)]


def moved(level: str, steps: int) -> str:
    """`level` moved up by `steps`, or down where they are negative; it stops at High and Low."""
    place = LEVELS.index(level) - steps
    return LEVELS[max(0, min(len(LEVELS) - 1, place))]


def rank(level: str) -> int:
    """Place of a level when sorting: 0 for High."""
    return LEVELS.index(level)
