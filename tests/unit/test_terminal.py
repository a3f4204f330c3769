"""What a terminal says while an answer is typed: what would be right stands first."""

from __future__ import annotations

from typing import Any

import pytest
from planning.checks.terminal import contradiction, refusal

TABLES: dict[str, Any] = {"tables": ["orders", {"name": "users", "rows": 5}]}


def said(typed: Any, question: str) -> str:
    return contradiction(question, {**TABLES, question: typed}, {})


FIRST_WORDS = 37
"""What 80 columns leave beside Copier's own `Validation error for question 'rate_limit': `."""


@pytest.mark.parametrize(
    ("question", "typed", "advice"),
    [
        ("rate_limit", "700", "write 700/minute"),
        ("rate_limit", "5; 6", "write 700/minute"),
        ("docs_url", "developer.acme.example", "write an address such as https://"),
        ("connector", "Zendesk Support", "write zendesk_support"),
        ("tables", ["orders", "ticket comments"], "write ticket_comments"),
        ("tables", ["tickets (2M rows)"], "write tickets: only"),
        ("tables", [{"name": "tickets", "row": "3M"}], "did you mean rows?"),
        ("tables", [{"name": "t", "rows": 1, 200: None}], "write numbers without commas"),
        ("table_options", ["start date"], "write start_date"),
        ("connection_parameters", [{"name": "access token"}], "write access_token"),
        ("page_size", "many", "write 100"),
        ("sync_interval", "15!", "write 15 minutes"),
        ("table_details", {"orders": {"rows": "lots"}}, "write a count such as 2000000"),
    ],
)
def test_the_advice_survives_a_narrow_terminal(question: str, typed: object, advice: str) -> None:
    said = refusal(typed, question)
    assert said[:FIRST_WORDS].startswith(advice[:FIRST_WORDS])
    assert said.endswith(").")


def test_a_decision_on_record_may_be_changed_though_its_risk_is_gone() -> None:
    typed, recorded = {"gone": {"status": "closed"}}, {"gone": {"status": "open"}}
    assert (
        contradiction(
            "risk_decisions", {**TABLES, "risk_decisions": typed}, {"risk_decisions": recorded}
        )
        == ""
    )
    assert "no risk" in said(typed, "risk_decisions")


def test_nothing_is_said_of_a_good_answer() -> None:
    assert refusal("700/minute", "rate_limit") == ""
    assert said({"orders": {"rows": 1}}, "table_details") == ""
    assert said({"audit logs": "later"}, "out_of_scope") == ""


@pytest.mark.parametrize(
    ("question", "typed", "sentence"),
    [
        (
            "table_details",
            {"order": {"rows": 1}},
            'did you mean orders? (item "order" is not in tables).',
        ),
        (
            "out_of_scope",
            "Orders - later",
            'take orders out of one of the two (item "Orders" is in tables too).',
        ),
        (
            "table_details",
            {"users": {"rows": 6}},
            'say it in one place only (item "users" says another rows than tables does).',
        ),
        (
            "risk_decisions",
            {"rate-limits": {"status": "accepted"}},
            "did you mean several-rate-limits or tiered-rate-limit or rate-limit-unknown? "
            '(item "rate-limits" is no risk this plan can have).',
        ),
    ],
)
def test_an_answer_that_contradicts_the_tables_is_refused(
    question: str, typed: Any, sentence: str
) -> None:
    assert said(typed, question) == sentence
