"""A plan in a few words, for the messages of the session and the check of a plan file."""

from __future__ import annotations

from ..plan.figures import counted
from ..plan.model import Plan
from ..terms.vocabulary import LEVELS

QUICK_TO_ANSWER = tuple(
    "auth_methods rate_limit page_size sync_interval test_environment schema_kind docs_url".split()
)
"""Questions whose answer is a word or a number that somebody can look up."""


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


def delivered_command(plan: Plan) -> str:
    """The command that prints, as answers, the tables of a connector whose code names none."""
    return f"python {plan.names.tests}/{plan.names.connector}_harness.py"


def next_answer(plan: Plan) -> str:
    """The rest of an update command: ` -d …` for the first open question, or nothing.

    The answer is left to fill in: run as it stands, the command is refused and says what would be
    right. Without the rest, the update asks what is open.
    """
    for question in plan.open_questions:
        if question.answer in QUICK_TO_ANSWER:
            return f" --defaults -d {question.answer}=..."
    return ""
