"""The planning of a connector, in plain Python: answers become a plan.

Knows neither Jinja nor Copier. `read_answers` and `build` are the way in; extensions/session.py
hands the rest to the templates and questions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import (
    approval,
    catalogue,
    features,
    fit,
    ownership,
    ticks,
)
from .answers import LEVELS_ANSWER, read_answers
from .catalogue import Catalogue
from .checks import QUESTIONS, normalise, problems, refusal
from .filters import FILTERS
from .levels import levels_of
from .model import Answers, Plan, builds_code
from .naming import UPSTREAM_ROOT, names_for
from .values import Refusal

if TYPE_CHECKING:
    from .design_merge import Merged


def build(answers: Answers, catalogue: Catalogue) -> Plan:
    """The whole plan for one set of answers.

    Loads the rules when it is first called: no question needs them, and they take a third of the
    time to load.
    """
    from .plan import build as build_plan

    return build_plan(answers, catalogue)


def carry_over(fresh: str, edited: str) -> Merged:
    """A new DESIGN.md with the ticks and notes of the one that stands there. Loaded on use, too."""
    from .design_merge import merge

    return merge(fresh, edited)


ANSWERS = (*QUESTIONS, LEVELS_ANSWER)
"""Everything a plan is made from: the questions, and what the answers file keeps beside them."""

__all__ = [
    "ANSWERS",
    "FILTERS",
    "UPSTREAM_ROOT",
    "Plan",
    "Refusal",
    "approval",
    "build",
    "builds_code",
    "carry_over",
    "catalogue",
    "features",
    "fit",
    "levels_of",
    "names_for",
    "normalise",
    "ownership",
    "problems",
    "read_answers",
    "refusal",
    "ticks",
]
