"""Answers files of the first edition: what was a default there was never given."""

from __future__ import annotations

from typing import Any

import pytest
from factories import CATALOGUE
from planning import build, read_answers
from planning.updates.first_edition import is_first_edition, taken_up

DEFAULTS: dict[str, Any] = {
    "connector": "acme",
    "purpose": "new",
    "depth": "essential",
    "layout": "standalone",
    "source_name": "Acme",
    "source_type": "rest_api",
    "docs_url": "",
    "target_users": "",
    "managed_connector": "unknown",
    "community_connector": "unknown",
    "third_party_connectors": "",
    "federation_fit": "no",
    "recommendation": "build",
    "tables": ["orders", "customers"],
    "cdc_tables": [],
    "p0_tables": ["orders", "customers"],
    "p1_tables": [],
    "table_details": "",
    "auth_methods": [],
    "rate_limit": "",
    "page_size": 0,
    "features": ["rate_limiting", "retry_backoff"],
    "created": "2026-11-24",
    "approved": False,
    "approved_by": "",
    "phase": 1,
}
"""What the first edition recorded of a plan that named its connector and two tables."""


def test_only_what_was_given_is_left_of_a_plan_of_the_first_edition() -> None:
    assert taken_up(DEFAULTS, CATALOGUE) == (
        {
            "connector": "acme",
            "layout": "standalone",
            "tables": ["orders", "customers"],
            "created": "2026-11-24",
        },
        (),
    )


@pytest.mark.parametrize(
    "given",
    [
        {"depth": "full"},
        {"docs_url": "https://acme.example"},
        {"page_size": 100},
        {"auth_methods": ["api_key"]},
        {"phase": 2, "purpose": "phase"},
    ],
)
def test_what_differs_from_its_default_was_given(given: dict[str, Any]) -> None:
    answers, said = taken_up({**DEFAULTS, **given}, CATALOGUE)
    assert answers.items() >= given.items()
    assert said == ()


@pytest.mark.parametrize(
    "given",
    [
        {"features": ["retry_backoff"]},
        {"managed_connector": "no"},
        {"federation_fit": "unknown"},
        {"p0_tables": ["orders"]},
        {"source_name": "Acme CRM"},
    ],
)
def test_what_differs_from_a_proposal_stays_and_the_run_says_how_to_take_it_back(
    given: dict[str, Any],
) -> None:
    answers, said = taken_up({**DEFAULTS, **given}, CATALOGUE)
    assert answers.items() >= given.items()
    ((question, _),) = given.items()
    (sentence,) = said
    assert sentence.startswith(f"{question} stays as it is on record.")
    assert sentence.endswith(f"-d {question}=null")


def test_a_proposal_that_the_answers_have_overtaken_stays_as_somebody_may_have_meant_it() -> None:
    tables = [{"name": "orders", "ingestion": "cdc_with_deletes"}]
    answers, said = taken_up({**DEFAULTS, "tables": tables, "p0_tables": ["orders"]}, CATALOGUE)
    assert answers["features"] == ["rate_limiting", "retry_backoff"]
    assert [sentence.split()[0] for sentence in said] == ["features"]


def test_details_become_a_part_of_the_tables_and_those_without_a_table_are_told() -> None:
    details = {"orders": {"rows": "2M"}, "gone": {"rows": 5}}
    answers, said = taken_up({**DEFAULTS, "table_details": details}, CATALOGUE)
    assert answers["tables"] == [{"name": "orders", "rows": "2M"}, "customers"]
    assert said == ("gone is no table of the plan; table_details said {rows: 5} of it",)


def test_an_approval_of_the_first_edition_has_no_day_and_still_counts() -> None:
    approved = {"approved": True, "approved_by": "Ada"}
    answers, _ = taken_up({**DEFAULTS, **approved}, CATALOGUE)
    assert answers.items() >= {**approved, "approved_on": ""}.items()
    plan = build(read_answers(answers), CATALOGUE)
    assert plan.approval is not None
    assert (plan.approval.on, plan.approval.changed) == ("", ())


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("connector: acme\n", True),
        ("_commit: v1\n_edition: 2\nconnector: acme\n", False),
        ("_edition: 1\n", True),
        ("problem: |\n    _edition: 2\n", True),
    ],
)
def test_the_edition_stands_in_the_file(text: str, first: bool) -> None:
    assert is_first_edition(text) is first
