"""The planning of a connector, in plain Python: answers become a plan.

Knows neither Jinja nor Copier. `read_answers` and `build` are the way in; `hosting` beside it
hands the rest to the templates and questions.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

from .answers import checks, ticks
from .answers.answer_types import Answers, builds_code
from .answers.checks import QUESTIONS, normalise, readable, refusal, taken_back, terminal
from .answers.checks.shapes import ASKED_OF_A_DECISION, NOT_ASKED_OF_A_DECISION
from .answers.naming import UPSTREAM_ROOT, names_for
from .answers.reading import BESIDE, PACKAGE_ANSWER, read_answers
from .files.filters import FILTERS
from .plan.model import Plan
from .sources.existing import Existing
from .terms.values import Refusal
from .terms.vocabulary import LAYOUTS
from .updates import ownership
from .updates.levels import levels_of

if TYPE_CHECKING:
    from .sources.catalogue import Catalogue

ON_USE = {
    "answers_file": "updates",
    "approval": "plan",
    "catalogue": "sources",
    "design_merge": "updates",
    "existing_package": "updates",
    "first_edition": "updates",
    "fit": "plan",
    "known_tables": "plan",
    "origins": "updates",
    "plan_file": "answers",
    "proposals": "plan",
    "record": "updates",
    "template_place": "updates",
}
"""Module -> its wing. No question before the challenge needs them, a quarter of what there is to
load."""


def __getattr__(name: str) -> ModuleType:
    """Loads a module of `ON_USE` when it is first asked for."""
    if name in ON_USE:
        return import_module(f".{ON_USE[name]}.{name}", __name__)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def build(answers: Answers, catalogue: Catalogue) -> Plan:
    """The whole plan for one set of answers.

    Loads the rules when it is first called: no question needs them, and they take a third of the
    time to load.
    """
    from .plan.building import build as build_plan

    return build_plan(answers, catalogue)


def risk_ids() -> frozenset[str]:
    """The ids that the rules of risks have. Loads the rules: most sessions decide upon none."""
    from .plan.risks import RULES

    return frozenset(rule.id for rule in RULES)


def problems(
    given: Mapping[str, object],
    recorded: Mapping[str, object],
    *,
    complete: bool = False,
    answers_file: str = "",
) -> tuple[str, ...]:
    """Everything that is wrong with the answers of this run, as `checks.problems` tells it."""
    return checks.problems(given, recorded, risk_ids, complete=complete, answers_file=answers_file)


def completed(answers: Answers, catalogue: Catalogue) -> tuple[Answers, Existing]:
    """The answers with what the plan proposes where nobody answered, and what exists already."""
    from .plan.building import completed as complete

    return complete(answers, catalogue)


ANSWERS = (*QUESTIONS, *BESIDE)
"""Everything a plan is made from: the questions, and what the answers file keeps beside them."""

__all__ = [
    "ANSWERS",
    "ASKED_OF_A_DECISION",
    "FILTERS",
    "LAYOUTS",
    "NOT_ASKED_OF_A_DECISION",
    "PACKAGE_ANSWER",
    "UPSTREAM_ROOT",
    "Plan",
    "Refusal",
    "build",
    "builds_code",
    "completed",
    "levels_of",
    "names_for",
    "normalise",
    "ownership",
    "problems",
    "read_answers",
    "readable",
    "refusal",
    "risk_ids",
    "taken_back",
    "terminal",
    "ticks",
]
