"""What nobody knows yet: which question settles it, how, and whether the plan waits for it."""

from __future__ import annotations

from collections.abc import Sequence

from ...answers.reading import READERS
from ..model import Facts, OpenQuestion, Risk
from .of_connection import connection_questions
from .of_course import course_questions
from .of_existing import existing_questions
from .of_known import known_questions
from .of_reading import reading_questions
from .of_risks import risk_questions
from .of_tables import table_questions
from .unanswered import unanswered

SESSION = tuple(READERS)
"""The questions in the order of the session, but for those about tables."""

TABLES_BEFORE = "out_of_scope"
"""The question that follows those about tables."""


def derive(facts: Facts, risks: Sequence[Risk]) -> tuple[OpenQuestion, ...]:
    """All open questions: those that block the plan first, then in the order of the session.

    The id of a question never depends on which others are open.
    """
    found = [
        *table_questions(facts.answers),
        *reading_questions(facts.answers),
        *unanswered(facts.answers),
        *connection_questions(facts.answers),
        *existing_questions(facts),
        *risk_questions(facts.answers, risks),
        *course_questions(facts.answers),
        *known_questions(facts),
    ]
    return tuple(sorted(found, key=lambda one: (not one.blocking, _place(one.answer))))


def _place(answer: str) -> int:
    return SESSION.index(answer if answer in READERS else TABLES_BEFORE)
