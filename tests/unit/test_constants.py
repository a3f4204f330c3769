"""The facts that generated code is given."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from factories import answers, table
from planning import constants
from planning.answer_types import ConnectionParameter, RateLimit
from planning.model import Phase
from planning.naming import names_of


def facts(*phases: Phase, **changes: Any) -> dict[str, Any]:
    given = answers(**changes)
    plan = SimpleNamespace(
        answers=given, names=names_of(given), risks=(), criteria=(), phases=phases
    )
    return constants.constants(plan)  # type: ignore[arg-type]


def phase(number: int, name: str, *tables: str) -> Phase:
    return Phase(name, number, name, "", (), tables)


def test_a_table_says_how_it_is_ingested_and_in_which_phase_it_is_built() -> None:
    orders = table(
        "orders",
        ingestion="cdc",
        primary_keys=("region", "id"),
        cursor_field="changed",
        options=("account",),
        assumed=frozenset({"ingestion", "cursor_field"}),
    )
    found = facts(phase(1, "Ground"), phase(2, "Sales", "orders"), tables=(orders,))
    assert found["TABLES"]["orders"] == {
        "ingestion_type": "cdc",
        "primary_keys": ["region", "id"],
        "cursor_field": "changed",
        "priority": "P0",
        "options": ["account"],
        "phase": "phase 2 (Sales)",
        "assumed": ["cursor_field", "ingestion"],
    }


def test_a_table_in_two_phases_is_built_in_the_first() -> None:
    found = facts(phase(3, "First", "orders"), phase(4, "Second", "orders"))
    assert found["TABLES"]["orders"]["phase"] == "phase 3 (First)"


def test_a_table_without_a_phase_says_why() -> None:
    tables = (table("orders", shipped=True), table("invoices"))
    found = facts(tables=tables)["TABLES"]
    assert found["orders"]["phase"] == "an earlier phase"
    assert found["invoices"]["phase"] == "a phase that is still to be named"


def test_an_unknown_limit_is_none_and_no_limit_an_empty_list() -> None:
    assert facts(rate_limits=None)["LIMITS"]["rate_limits"] is None
    assert facts(rate_limits=())["LIMITS"]["rate_limits"] == []
    minute = RateLimit(700, 60, "700/minute")
    assert facts(rate_limits=(minute,))["LIMITS"]["rate_limits"] == [
        {"requests": 700, "seconds": 60}
    ]


def test_options_of_tables_are_allowed_beside_those_for_any_table() -> None:
    tables = (table("orders", options=("account", "limit")), table("items", options=("account",)))
    given = answers(tables=tables, table_options=("limit", "since"))
    assert constants.table_options(given) == ("limit", "since", "account")


def test_stand_ins_make_a_connection_of_the_first_method_complete() -> None:
    found = facts(
        auth_methods=("basic", "api_key"),
        connection_parameters=(
            ConnectionParameter("base_url"),
            ConnectionParameter("region", required=False),
        ),
    )
    assert set(found["EXAMPLE_OPTIONS"]) == {"username", "password", "base_url"}
    assert found["EXAMPLE_OPTIONS"]["base_url"].startswith("https://")


def test_a_method_whose_token_unity_catalog_injects_lists_what_people_fill_in() -> None:
    found = facts(auth_methods=("oauth2_client_credentials",))
    assert found["AUTH_METHODS"] == {"oauth2_client_credentials": ["access_token"]}
    listed = [one["name"] for one in found["CONNECTION_OPTIONS"]]
    assert "client_id" in listed and "access_token" not in listed
    assert set(found["EXAMPLE_OPTIONS"]) == {"access_token"}


def test_the_digest_tells_plans_apart_and_ignores_the_order_of_keys() -> None:
    found = facts()
    assert constants.digest(found) == constants.digest(dict(reversed(found.items())))
    assert constants.digest(found) != constants.digest(facts(source_name="Other"))
