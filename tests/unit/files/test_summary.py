"""A plan in a few words, as the messages of a session print it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from factories import CATALOGUE
from planning import Plan, build, names_for, read_answers, refusal
from planning.files.summary import QUICK_TO_ANSWER, next_answer, questions_in_words, risks_in_words
from planning.plan.open_questions.unanswered import EXAMPLES
from planning.updates.record import levels_of


def plan(**answers: Any) -> Plan:
    raw = {"connector": "acme", "tables": ["orders"], **answers}
    return build(read_answers(raw), CATALOGUE)


def test_a_plan_without_risks_says_so() -> None:
    assert risks_in_words(plan()._replace(risks=())) == "no risks"


def test_blocking_questions_are_counted_among_the_open_ones() -> None:
    assert questions_in_words(plan()).endswith(" open questions, 9 of them blocking")
    assert questions_in_words(plan()._replace(open_questions=())) == "no open questions"


def test_the_next_answer_is_left_to_fill_in_for_the_first_question_with_a_short_one() -> None:
    assert next_answer(plan()) == " --defaults -d docs_url=..."
    assert next_answer(plan()._replace(open_questions=())) == ""


@pytest.mark.parametrize("question", QUICK_TO_ANSWER)
def test_an_answer_that_nobody_filled_in_is_refused_with_what_would_be_right(question: str) -> None:
    assert re.search(r"; (write|choose|use) ", refusal("...", question))


@pytest.mark.parametrize("question", QUICK_TO_ANSWER)
def test_the_answer_that_is_proposed_settles_its_question(question: str) -> None:
    left = plan(**{question: EXAMPLES[question]}).open_questions
    assert question in {one.answer for one in plan().open_questions}
    assert question not in {one.answer for one in left}


def test_decisions_keep_the_severity_they_were_made_at() -> None:
    accepted = {"rate-limit-unknown": {"status": "accepted"}}
    first = levels_of(plan(risk_decisions=accepted))
    level = first["risk_levels"]["rate-limit-unknown"]["severity"]
    assert level in ("High", "Medium")
    later = plan(risk_decisions=accepted, rate_limit="10/s", **first)
    assert levels_of(later)["risk_levels"]["rate-limit-unknown"]["severity"] == level
    assert levels_of(plan()) == {}


def test_the_standalone_layout_has_its_tests_inside_the_connector() -> None:
    names = names_for("acme_crm", "standalone")
    assert names.package == "sources/acme_crm"
    assert names.tests == "sources/acme_crm/tests"
    assert names.module == "sources.acme_crm"
    assert names.stem == "AcmeCrm"
    assert names.data_source_class == "AcmeCrmDataSource"


def test_the_upstream_layout_has_its_tests_beside_the_sources() -> None:
    names = names_for("acme_crm", "upstream")
    assert names.package == "src/databricks/labs/community_connector/sources/acme_crm"
    assert names.tests == "tests/unit/sources/acme_crm"
    assert names.module == names.package.removeprefix("src/").replace("/", ".")
