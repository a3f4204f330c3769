"""What the document says of the source, and of connectors that exist for it."""

from __future__ import annotations

from typing import Any

import pytest
from factories import CATALOGUE
from planning import build, read_answers
from planning.files.document.source_analysis import existing_solutions, source_facts


def facts(**answers: Any) -> dict[str, str]:
    raw = {"connector": "acme", "source_name": "Acme", "tables": ["orders"], **answers}
    return dict(source_facts(build(read_answers(raw), CATALOGUE)))


def existing(source: str, **answers: Any) -> dict[str, str]:
    raw = {"connector": "acme", "source_name": source, "tables": ["orders"], **answers}
    return dict(existing_solutions(build(read_answers(raw), CATALOGUE)))


def test_what_nobody_knows_of_an_api_names_its_question() -> None:
    unknown = {label: text for label, text in facts().items() if "unknown" in text}
    assert unknown == {
        label: f"unknown ([`{question}`](#open-questions))"
        for label, question in {
            "Documentation": "docs_url",
            "API version": "api_version",
            "Rate limit": "rate_limit",
            "Timeout of a request": "request_timeout_seconds",
            "Fields": "schema_kind",
            "To test against": "test_environment",
        }.items()
    } | {
        "Paging": "unknown ([`pagination`](#open-questions)); "
        "page size unknown ([`page_size`](#open-questions))"
    }


def test_where_nothing_gets_built_only_what_is_known_is_told() -> None:
    told = facts(recommendation="stop", problem="", tables=[], rate_limit="10/s")
    assert told["Rate limit"] == "10/s"
    assert not told.keys() & {"API version", "Paging", "Fields"}


def test_a_database_has_no_facts_of_an_api() -> None:
    labels = facts(source_type="database")
    assert "Documentation" in labels
    assert not labels.keys() & {"API version", "Rate limit", "Paging", "Timeout of a request"}


@pytest.mark.parametrize(
    ("label", "answers", "text"),
    [
        ("Documentation", {"docs_url": "https://acme.example"}, "<https://acme.example>"),
        ("API version", {"api_version": "v2"}, "v2"),
        (
            "API version",
            {"api_version": "v2", "api_end_of_life": "2027-01-31"},
            "v2, switched off on 2027-01-31",
        ),
        ("Rate limit", {"rate_limit": "10/s, 1000/day"}, "10/s and 1000/day"),
        ("Rate limit", {"rate_limit": "none"}, "none"),
        ("Timeout of a request", {"request_timeout_seconds": 90}, "90 seconds"),
        ("Libraries", {"dependencies": ["httpx<1", "tenacity<10"]}, "httpx&lt;1, tenacity&lt;10"),
    ],
)
def test_what_is_known_is_said(label: str, answers: dict[str, Any], text: str) -> None:
    assert facts(**answers)[label] == text


def test_paging_says_its_page_size_and_its_end() -> None:
    text = facts(pagination="offset", page_size=1_000, pagination_limit=10_000)["Paging"]
    assert text.endswith("; at most 1,000 records a page; 10,000 records can be reached")
    assert "page size" not in facts(pagination="none")["Paging"]


def test_a_schema_says_how_it_changes_and_a_test_environment_its_name() -> None:
    assert "; they change: " in facts(schema_kind="static", schema_changes="monthly")["Fields"]
    assert "they change" not in facts(schema_kind="static")["Fields"]
    named = facts(test_environment="sandbox", test_environment_name="acme-test")
    assert named["To test against"].endswith(" (acme-test)")


def test_what_exists_is_the_answer_and_then_what_the_catalogue_knows() -> None:
    stripe = existing("Stripe", third_party_connectors=["Airbyte (source-stripe)"])
    assert stripe["Third-party"].startswith("Airbyte (source-stripe) - listed by [Airbyte](")
    assert "[Singer](" in stripe["Third-party"]
    assert "[dlt](" in stripe["Third-party"]
    nobody = existing("Nobody knows this one", managed_connector="no")
    assert nobody["Databricks managed"].startswith("No - none in the catalogue of 20")
    assert nobody["Third-party"] == "None named"


def test_a_connector_only_the_api_of_databricks_names_is_not_said_to_be_missing() -> None:
    planned = CATALOGUE.look_up("Airtable")
    assert "managed_api_only" in [one.ecosystem for one in planned.findings]
    assert "none found" not in existing("Airtable")["Databricks managed"]
