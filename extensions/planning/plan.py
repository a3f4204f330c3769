"""Works the plan out: answers in, everything that follows from them out."""

from __future__ import annotations

from . import approval, capacity, criteria, fit, open_questions, phases, risks
from .answer_types import Answers
from .catalogue import Catalogue
from .model import Facts, Plan
from .naming import names_of


def build(answers: Answers, catalogue: Catalogue) -> Plan:
    """The whole plan for one set of answers. Pure: the same answers give the same plan."""
    existing = catalogue.look_up(answers.source_name, answers.connector)
    facts = Facts(
        answers=answers,
        existing=existing,
        fit=fit.assess(answers, existing),
        capacity=capacity.estimate(answers),
    )
    found, unused = risks.assess(facts)
    wanted = criteria.derive(facts, found)
    questions = open_questions.derive(facts, found)
    checks = approval.checklist(answers, wanted, questions)
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
        status=approval.status(answers, questions, checks),
        blockers=approval.blockers(questions),
    )
