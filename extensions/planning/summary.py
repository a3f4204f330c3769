"""A plan in a few words, for the messages of the session and the check of a plan file."""

from __future__ import annotations

import shlex

from .figures import counted
from .model import Plan
from .vocabulary import LEVELS

EXAMPLE_ANSWERS = {
    "auth_methods": "[api_key]",
    "rate_limit": "700/minute",
    "page_size": "100",
    "sync_interval": "1 hour",
    "test_environment": "sandbox",
    "schema_kind": "static",
    "docs_url": "https://...",
}
"""What an answer looks like, for the line that shows how to change one."""


def risks_in_words(plan: Plan) -> str:
    """`7 risks (2 High, 3 Medium, 1 Low, 1 mitigated or closed)`; accepted ones count as before."""
    if not plan.risks:
        return counted(0, "risk")
    levels = [
        f"{number} {level}"
        for level in LEVELS
        if (number := sum(risk.severity == level and not risk.settled for risk in plan.risks))
    ]
    settled = sum(risk.settled for risk in plan.risks)
    if settled:
        levels.append(f"{settled} mitigated or closed")
    return f"{counted(len(plan.risks), 'risk')} ({', '.join(levels)})"


def questions_in_words(plan: Plan) -> str:
    """`5 open questions, 1 of them blocking`."""
    blocking = sum(question.blocking for question in plan.open_questions)
    text = counted(len(plan.open_questions), "open question")
    return f"{text}, {blocking} of them blocking" if blocking else text


def next_answer(plan: Plan) -> str:
    """The rest of an update command: ` -d …` for the first open question, or nothing.

    Without it, the update asks every question again, with the answers on record as defaults.
    """
    for question in plan.open_questions:
        if question.answer in EXAMPLE_ANSWERS:
            answer = shlex.quote(f"{question.answer}={EXAMPLE_ANSWERS[question.answer]}")
            return f" --defaults -d {answer}"
    return ""
