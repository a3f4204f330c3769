"""The checklist, the status line, and what an approval has to wait for."""

from __future__ import annotations

import pytest
from factories import answers, risk, table
from planning.answers.answer_types import Answers, Decision, RateLimit
from planning.answers.reading import READERS
from planning.answers.tables import INGESTION_QUESTIONS
from planning.plan.approval import (
    APPROVED,
    ITEMS,
    SETTLED_BY,
    approval_of,
    approval_problem,
    blockers,
    checklist,
    covered,
    status,
)
from planning.plan.model import ChecklistItem, Criterion, OpenQuestion

CRITERIA = (Criterion("rate-limit", "Stays under 10/s."),)
DOCS = OpenQuestion("docs-url", "Where is the documentation?", "docs_url")
REASON = OpenQuestion("reason", "Why all the same?", "recommendation_reason", blocking=True)
AUTH = OpenQuestion("auth-methods", "How does it sign in?", "auth_methods", blocking=True)


def items(*questions: OpenQuestion, given: Answers | None = None) -> dict[str, ChecklistItem]:
    approval = approval_of(given or answers(), {})
    return {one.id: one for one in checklist(approval, CRITERIA, questions)}


def status_of(*questions: OpenQuestion, **changes: object) -> str:
    given = answers(**changes)
    approval = approval_of(given, covered(given, questions, ()))
    return status(approval, questions, checklist(approval, CRITERIA, questions))


def test_the_checklist_has_the_lines_of_the_planning_session() -> None:
    assert [one.text for one in items().values()] == [
        "All clarifying questions answered",
        "Assumptions explicitly challenged",
        "Scope clearly defined (in/out)",
        "Risks identified with mitigations",
        "Acceptance criteria established",
        "Design doc created",
        "User has approved the plan",
    ]


def test_without_open_questions_everything_but_the_approval_is_done() -> None:
    assert [one.id for one in items().values() if not one.done] == [APPROVED]


@pytest.mark.parametrize(
    ("answer", "item"),
    [
        ("docs_url", "questions-answered"),
        ("rate_limit", "questions-answered"),
        ("depth", "questions-answered"),
        ("source_name", "assumptions-challenged"),
        ("managed_connector", "assumptions-challenged"),
        ("recommendation_reason", "assumptions-challenged"),
        ("auth_methods", "scope-defined"),
        ("table_details", "scope-defined"),
        ("out_of_scope", "scope-defined"),
        ("risk_decisions", "risks-identified"),
        ("test_environment", "criteria-established"),
    ],
)
def test_an_open_question_keeps_its_own_line_open_and_says_so(answer: str, item: str) -> None:
    found = items(OpenQuestion("x", "What?", answer))
    assert [one.id for one in found.values() if not one.done] == [item, APPROVED]
    assert f"`{answer}`" in found[item].missing


def test_a_question_that_is_open_twice_is_named_once() -> None:
    keys = OpenQuestion("assumed-keys", "Is it?", "table_details")
    volumes = OpenQuestion("volumes", "How many?", "table_details")
    assert items(keys, volumes)["scope-defined"].missing.count("table_details") == 1


def test_a_plan_without_criteria_is_not_complete() -> None:
    found = {one.id: one for one in checklist(None, (), ())}
    assert not found["criteria-established"].done


def test_the_approval_is_ticked_only_while_nothing_blocks_the_plan() -> None:
    approved = answers(approved=True, approved_by="Ada")
    assert items(given=approved)[APPROVED].done
    assert items(DOCS, given=approved)[APPROVED].done
    lapsed = items(AUTH, given=approved)[APPROVED]
    assert not lapsed.done
    assert "Ada" in lapsed.missing


def test_an_approval_that_has_to_wait_says_for_how_much() -> None:
    assert "2 blocking questions" in items(AUTH, REASON)[APPROVED].missing
    assert "blocking" not in items(DOCS)[APPROVED].missing


def test_a_draft_counts_its_open_questions() -> None:
    assert status_of(DOCS) == "Draft - 1 open question"
    assert status_of(DOCS, AUTH) == "Draft - 2 open questions"


def test_planning_is_complete_when_only_the_approval_is_left() -> None:
    assert status_of() == "Planning Complete"


def test_an_approved_plan_names_who_approved_it() -> None:
    assert status_of(approved=True, approved_by="Ada") == "Approved by Ada"
    assert status_of(DOCS, approved=True, approved_by="Ada") == "Approved by Ada"


def test_an_approval_without_a_name_shows_that_it_has_none() -> None:
    assert status_of(approved=True) == "Approved by somebody without a name"


def test_an_approval_lapses_visibly_when_something_blocks_the_plan() -> None:
    lapsed = status_of(DOCS, AUTH, approved=True, approved_by="Ada")
    assert lapsed.startswith("Draft - 2 open questions")
    assert "Approval by Ada lapsed - 1 question blocks the plan" in lapsed


@pytest.mark.parametrize(("blocked", "said"), [(1, "1 question blocks"), (2, "2 questions block")])
def test_a_lapsed_approval_counts_what_blocks_it(blocked: int, said: str) -> None:
    asked = [OpenQuestion(f"q{n}", "?", "auth_methods", blocking=True) for n in range(blocked)]
    shown = status_of(*asked, approved=True, approved_by="Ada")
    assert shown.endswith(f"Approval by Ada lapsed - {said} the plan")


def test_only_blocking_questions_block_and_each_names_its_answer() -> None:
    assert blockers((DOCS, AUTH)) == ("auth_methods: How does it sign in?",)


def test_a_refused_approval_lists_everything_to_settle_first() -> None:
    refusal = approval_problem(answers(approved=True), blockers((AUTH, DOCS, REASON)))
    assert refusal.splitlines()[0] == "approved: settle 2 blocking questions first, then approve."
    assert refusal.count("\n") == 2
    assert "recommendation_reason: Why all the same?" in refusal


def test_an_approval_needs_a_name() -> None:
    assert approval_problem(answers(approved=True), ()).startswith("approved_by: say who approves")
    assert approval_problem(answers(approved=True, approved_by="Ada"), ()) == ""
    assert approval_problem(answers(), blockers((AUTH,))) == ""


NEW = {"approved": True, "approved_by": "Ada", "approved_on": "2026-11-28"}


def test_an_approval_says_when_it_was_given_and_what_was_open_then() -> None:
    assert status_of(DOCS, **NEW) == (
        "Approved by Ada on 2026-11-28, with 1 open question and no undecided High risks"
    )


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"tables": (table("orders", ingestion="append"),)}, "tables"),
        ({"tables": (table("orders", cursor_field="at"),)}, "tables"),
        ({"auth_methods": ("basic",)}, "auth_methods"),
        ({"sync_interval": 60}, "sync_interval"),
        ({"rate_limits": (RateLimit(1, 1, "1/s"),)}, "rate_limit"),
        ({"phases": (("Core", ("orders is read",)),)}, "phases"),
    ],
)
def test_a_plan_says_what_has_changed_since_it_was_approved(
    changed: dict[str, object], named: str
) -> None:
    then = covered(answers(), (), ())
    assert status_of(**NEW, approved_plan=then).count("Changed since") == 0
    assert status_of(**NEW, approved_plan=then, **changed).endswith(f". Changed since: {named}")


def test_the_way_a_limit_is_written_is_no_change() -> None:
    one, same = RateLimit(60, 60, "60/minute"), RateLimit(60, 60, "60 per minute")
    then = covered(answers(rate_limits=(one,)), (), ())
    assert "Changed" not in status_of(**NEW, approved_plan=then, rate_limits=(same,))


def test_high_risks_are_counted_until_somebody_decides() -> None:
    risks = (risk("drift"), risk("quota", decision=Decision("accepted")), risk("x", "Low"))
    assert covered(answers(), (), risks)["high_risks"] == 1


def test_every_question_that_a_line_waits_for_is_one_of_the_session() -> None:
    known = {*READERS, *INGESTION_QUESTIONS, "tables", "table_details"}
    assert {answer for listed in SETTLED_BY.values() for answer in listed.split()} <= known
    assert set(SETTLED_BY) <= set(ITEMS)
