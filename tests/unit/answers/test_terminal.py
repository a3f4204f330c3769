"""What a terminal says while an answer is typed: what is wrong fits 80 columns."""

from __future__ import annotations

from typing import Any

import pytest
from planning import risk_ids
from planning.answers.checks.terminal import SEEN, contradiction, refusal

TABLES: dict[str, Any] = {"tables": ["orders", {"name": "users", "rows": 5}]}


def said(typed: Any, question: str) -> str:
    return contradiction(question, {**TABLES, question: typed}, {}, risk_ids)


BAD: dict[str, list[Any]] = {
    "connector": ["Zendesk Support and Chat", "a" * 51, "class", "sources", "con"],
    "docs_url": ["developer.acme.example/api/reference", "https://ada:pw@example.com"],
    "rate_limit": ["700", "5; 6", "many requests in every hour of the day", "5/fortnight"],
    "tables": [
        ["orders", "ticket comments of the last year"],
        [{"name": "tickets_of_customers", "row": "3M"}],
        [{"name": "tickets_of_customers", "rows_per_day": "about two thousand"}],
        [{"name": "t", "requests_per_parent": "as many as it takes"}],
        ["orders", "Orders"],
    ],
    "table_details": [{"orders_of_customers": {"rows": "lots and lots and lots"}}, ["orders"]],
    "table_options": ["the date to start with"],
    "connection_parameters": [[{"name": "access token"}], [{"name": "a"}, {"name": "a"}]],
    "page_size": ["as many as you like to have", "1.5"],
    "pagination_limit": ["as many as you like to have"],
    "request_timeout_seconds": ["a minute or two, rarely three"],
    "phase": ["the second one of them"],
    "sync_interval": ["15!", "whenever somebody asks for it", "2 fortnights"],
    "api_end_of_life": ["the end of next year, maybe"],
    "created": ["the day before yesterday"],
    "dependencies": ["requests is what we use"],
    "extra_risks": [[{"risk": "x", "likelihood": "rather probable"}], "one"],
    "risk_decisions": [{"deletes-unseen": {"status": "perhaps later"}}, "one"],
    "phases": [[{"deliverables": []}], "one"],
    "oauth": [{"token_url": "http://acme.example.com/token"}],
    "out_of_scope": [[{"": "later"}]],
}
"""What people type, for every question that takes more than any text."""


@pytest.mark.parametrize(
    ("question", "typed"), [(question, one) for question, every in BAD.items() for one in every]
)
def test_80_columns_show_what_is_wrong(question: str, typed: object) -> None:
    sentence = refusal(typed, question)
    assert sentence
    wrong, mark, right = sentence.rpartition("; ")
    assert len(wrong or right) <= SEEN, sentence
    assert not mark or right.endswith((".", "?")), sentence


def test_the_advice_is_whole() -> None:
    assert refusal("15!", "sync_interval").endswith("; write 15 minutes, 1h or 1 day.")


def test_words_between_two_quotes_stay_whole() -> None:
    typed = [{"name": "orders", "notes": "slow", "and rare": None}]
    assert refusal(typed, "tables").startswith('item 1 has the unknown key "and rare"; ')


def test_a_decision_on_record_may_be_changed_though_its_risk_is_gone() -> None:
    typed, recorded = {"gone": {"status": "closed"}}, {"gone": {"status": "open"}}
    answers, before = {**TABLES, "risk_decisions": typed}, {"risk_decisions": recorded}
    assert contradiction("risk_decisions", answers, before, risk_ids) == ""
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
            'item "order" is not in tables; did you mean orders?',
        ),
        (
            "out_of_scope",
            "Orders - later",
            'item "Orders" is in tables too; take orders out of one of the two.',
        ),
        (
            "table_details",
            {"users": {"rows": 6}},
            'item "users" says another rows than t...; say it in one place only.',
        ),
        (
            "risk_decisions",
            {"rate-limits": {"status": "accepted"}},
            "item is no risk this plan can have; "
            "did you mean several-rate-limits or tiered-rate-limit or rate-limit-unknown?",
        ),
    ],
)
def test_an_answer_that_contradicts_the_tables_is_refused(
    question: str, typed: Any, sentence: str
) -> None:
    assert said(typed, question) == sentence
