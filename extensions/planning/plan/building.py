"""Works the plan out: answers in, everything that follows from them out."""

from __future__ import annotations

from ..answers.answer_types import Answers
from ..answers.naming import names_of
from ..sources.catalogue import Catalogue
from ..sources.existing import Existing
from . import (
    approval,
    capacity,
    criteria,
    fit,
    known_tables,
    open_questions,
    phases,
    proposals,
    risks,
)
from .model import Facts, Plan


def completed(answers: Answers, catalogue: Catalogue) -> tuple[Answers, Existing]:
    """The answers with what the plan proposes where nobody answered, and what exists already."""
    existing = known_tables.existing_for(answers.source_name, answers.connector, catalogue)
    return proposals.complete(answers, existing), existing


def build(answers: Answers, catalogue: Catalogue) -> Plan:
    """The whole plan for one set of answers. Pure: the same answers give the same plan."""
    answers, existing = completed(answers, catalogue)
    facts = Facts(answers, existing, fit.assess(answers, existing), capacity.estimate(answers))
    found, unused = risks.assess(facts)
    wanted = criteria.derive(facts, found)
    questions = open_questions.derive(facts, found)
    given = approval.approval_of(answers, approval.covered(answers, questions, found))
    checks = approval.checklist(given, wanted, questions, scoped=bool(answers.tables))
    return Plan(
        answers=answers,
        names=names_of(answers),
        existing=existing,
        fit=facts.fit,
        capacity=facts.capacity,
        risks=found,
        unused_decisions=unused,
        criteria=wanted,
        phases=phases.derive(facts, found, wanted),
        open_questions=questions,
        checklist=checks,
        status=approval.status(given, questions, checks),
        blockers=approval.blockers(questions),
        approval=given,
    )
