"""The planning of a connector, in plain Python: answers become a plan.

Knows neither Jinja nor Copier. `read_answers` and `build` are the way in; `hosting` beside it
hands the rest to the templates and questions.
"""

# ruff: noqa: F401 - most names are here for `hosting`, scripts and tests

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from .answers import checks, ticks
from .answers.answer_types import Answers, builds_code
from .answers.checks import QUESTIONS, normalise, readable, refusal, taken_back, terminal
from .answers.checks.shapes import ASKED_OF_A_DECISION, NOT_ASKED_OF_A_DECISION
from .answers.naming import UPSTREAM_ROOT, names_for
from .answers.reading import BESIDE, PACKAGE_ANSWER, read_answers
from .files.filters import FILTERS
from .plan.model import Plan
from .terms.values import Refusal
from .terms.vocabulary import LAYOUTS
from .updates import ownership

if TYPE_CHECKING:
    from .plan.building import build, completed

ON_USE = {
    "answers": "plan_file",
    "sources": "catalogue",
    "plan": "approval fit known_tables proposals",
    "plan.building": "build completed",
    "updates": (
        "answers_file design_merge existing_package first_edition origins record template_place"
    ),
}
"""Wing or module -> what of it is loaded when it is first asked for. No question before the
challenge needs it, and the rules alone, which `build` needs, take a third of the time to load."""


def __getattr__(name: str) -> Any:
    """Loads what `ON_USE` names."""
    for place, names in ON_USE.items():
        if name in names.split():
            # Kept, so that Python asks here but once.
            found = getattr(__import__(f"{__name__}.{place}", fromlist=[name]), name)
            return globals().setdefault(name, found)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


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


ANSWERS = (*QUESTIONS, *BESIDE)
"""Everything a plan is made from: the questions, and what the answers file keeps beside them."""
