"""What the plan proposes where nobody answered, and how it says so."""

from __future__ import annotations

from typing import Any

import pytest
from factories import CATALOGUE
from planning import completed, read_answers
from planning.answers.answer_types import Answers
from planning.terms.states import State


def plan(**raw: Any) -> Answers:
    answers, _ = completed(read_answers({"connector": "acme", **raw}), CATALOGUE)
    return answers


def test_a_source_nobody_named_is_called_after_the_connector() -> None:
    assert plan(connector="acme_crm").source_name == "Acme Crm"
    assert plan(connector="acme_crm").state_of("source_name") is State.ASSUMED
    assert plan(source_name="Acme!").state_of("source_name") is State.GIVEN


def test_features_follow_the_tables_for_as_long_as_nobody_chose_them() -> None:
    deleted = [{"name": "orders", "ingestion": "cdc_with_deletes"}]
    assert "delete_sync" in plan(tables=deleted).features
    assert "delete_sync" not in plan(tables=["orders"]).features
    assert plan(tables=deleted, features=["retry_backoff"]).features == ("retry_backoff",)
    assert plan(tables=deleted, features=[]).features == ()


def test_what_the_catalogue_says_is_known_with_its_date() -> None:
    found = plan(source_name="Zendesk Support")
    assert found.managed_connector == "yes"
    assert found.state_of("managed_connector") is State.KNOWN
    assert found.known["managed_connector"] == f"catalogue of {CATALOGUE.as_of}"
    assert plan().state_of("managed_connector") is State.UNKNOWN


@pytest.mark.parametrize("answer", ["no", "unknown"])
def test_what_somebody_said_counts_before_the_catalogue(answer: str) -> None:
    said = plan(source_name="Zendesk Support", managed_connector=answer)
    assert said.managed_connector == answer
    assert said.state_of("managed_connector") is State.GIVEN


def test_not_that_is_an_answer_to_a_proposal() -> None:
    assert plan(source_name="Zendesk Support").third_party_connectors
    assert (
        plan(source_name="Zendesk Support", third_party_connectors=[]).third_party_connectors == ()
    )


def test_federation_is_open_for_a_database_alone() -> None:
    assert plan(source_type="database").federation_fit == "unknown"
    assert plan().federation_fit == "no"
    assert plan().state_of("federation_fit") is State.ASSUMED


def test_an_answer_with_an_origin_is_known_until_it_is_confirmed() -> None:
    drafted = plan(page_size=100, rate_limit="10/s", unconfirmed={"page_size": "openapi.json"})
    assert drafted.state_of("page_size") is State.KNOWN
    assert drafted.state_of("rate_limit") is State.GIVEN
    assert plan(rate_limit="none").state_of("rate_limit") is State.GIVEN
    assert plan().state_of("rate_limit") is State.UNKNOWN


def test_tables_are_p0_while_nobody_chose_priorities() -> None:
    states = {
        one.name: (one.priority, one.state_of("priority"))
        for one in plan(tables=["a", "b"], p1_tables=["b"]).tables
    }
    assert states == {"a": ("P0", State.ASSUMED), "b": ("P1", State.GIVEN)}
    assert [one.priority for one in plan(tables=["a", "b"], p0_tables=["a"]).tables] == ["P0", "P2"]
