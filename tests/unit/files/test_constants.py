"""The facts that generated code is given."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from factories import answers, table
from planning.answers.answer_types import ConnectionParameter, RateLimit
from planning.answers.naming import names_of
from planning.files import constants
from planning.plan.model import Phase


def facts(*phases: Phase, **changes: Any) -> dict[str, Any]:
    given = answers(**changes)
    plan = SimpleNamespace(
        answers=given, names=names_of(given), risks=(), criteria=(), phases=phases
    )
    return constants.constants(plan)  # type: ignore[arg-type]


def phase(number: int, name: str, *tables: str) -> Phase:
    return Phase(name, name, "", (), tables, number)


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
        "known": [],
        "parent": "",
        "path": "",
        "read_by": "",
        "order": "",
        "filter": "",
        "lookback_seconds": None,
        "page_size": None,
        "pagination": "unknown",
        "rate_limit": "",
    }


def test_a_table_says_how_it_is_read_and_takes_pages_of_the_source_where_it_says_nothing() -> None:
    items = table("items", parent="orders", lookback=86_400, page_size=50, filter="from")
    found = facts(tables=(items, table("orders")), page_size=100, pagination="link")["TABLES"]
    assert found["items"]["parent"] == "orders"
    assert found["items"]["lookback_seconds"] == 86_400
    assert found["items"]["filter"] == "from"
    assert [found[name]["page_size"] for name in ("items", "orders")] == [50, 100]
    assert [found[name]["pagination"] for name in ("items", "orders")] == ["link", "link"]


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
        {"requests": 700, "seconds": 60, "name": ""}
    ]


def test_a_table_has_the_limits_without_a_name_and_those_it_names() -> None:
    tables = (table("users", rate_limit="Heavy"), table("logs", rate_limit="30/minute, 2 at once"))
    limits = (RateLimit(40, 1, "heavy 40/s", "heavy"), RateLimit(1000, 3600, "1000/hour"))
    found = facts(tables=tables, rate_limits=limits)
    assert found["LIMITS"]["rate_limits"] == [
        {"requests": 40, "seconds": 1, "name": "heavy"},
        {"requests": 1000, "seconds": 3600, "name": ""},
        {"requests": 30, "seconds": 60, "name": "table logs"},
    ]
    assert found["LIMITS"]["at_once"] == [{"requests": 2, "name": "table logs"}]
    assert found["TABLES"]["users"]["rate_limit"] == "heavy"
    assert found["TABLES"]["logs"]["rate_limit"] == "table logs"


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
