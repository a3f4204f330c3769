"""The planning of a connector, in plain Python: answers become a plan.

Knows neither Jinja nor Copier. `read_answers` and `build` are the way in; extensions/session.py
hands the rest to the templates and questions.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from . import (
    approval,
    auth,
    catalogue,
    connector_module,
    constants,
    distribution,
    document,
    features,
    figures,
    fit,
    ownership,
    simulator,
    spec,
    summary,
    text,
    ticks,
    wording,
)
from .answers import LEVELS_ANSWER, read_answers
from .catalogue import Catalogue
from .checks import QUESTIONS, normalise, problems, refusal
from .levels import levels_of
from .model import Answers, Plan, builds_code
from .naming import UPSTREAM_ROOT, names_for, title_of
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

FILTERS: dict[str, Callable[..., Any]] = {
    **document.FILTERS,
    "cell": text.cell,
    "prose": text.prose,
    "line": text.line,
    "py": text.py,
    "yaml": text.yaml,
    "toml": text.toml,
    "imports": text.imports,
    "constants": constants.constants,
    "credential_names": auth.credential_names,
    "digest": constants.digest,
    "answers_digest": constants.answers_digest,
    "connector_imports": connector_module.connector_imports,
    "class_head": connector_module.class_head,
    "codes": wording.codes,
    "key_of": wording.key_of,
    "cursor_of": wording.cursor_of,
    "connection_spec": spec.connection_spec,
    "distribution_requirements": distribution.distribution_requirements,
    "endpoints": simulator.endpoints,
    "example_records": simulator.example_records,
    "refusal": refusal,
    "title_from_name": title_of,
    "counted": figures.counted,
    "risks_in_words": summary.risks_in_words,
    "questions_in_words": summary.questions_in_words,
    "next_answer": summary.next_answer,
}
"""Filters of the templates and questions."""

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
    "figures",
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
