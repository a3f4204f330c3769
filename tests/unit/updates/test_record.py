"""What goes on record: what was given, merged over runs, and nothing that nobody said."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from planning.terms.states import State
from planning.updates.origins import settled
from planning.updates.record import Record, as_a_whole, is_accepted, leaves_standing, merged, same

ORDERS = {"name": "orders", "ingestion": "cdc", "primary_keys": ["id"], "rows": "2M"}


def on_record(*runs: dict[str, Any], proposes: tuple[str, ...] = ()) -> dict[str, Any]:
    """What is on record after several runs."""
    record: dict[str, Any] = {}
    for said in runs:
        record = merged(record, said, proposes=lambda one: one in proposes).answers
    return record


def lost(recorded: dict[str, Any], **said: Any) -> tuple[str, ...]:
    return merged(recorded, said).lost


# Tables


def test_a_bare_name_keeps_what_is_on_record_of_the_table() -> None:
    assert on_record({"tables": [ORDERS]}, {"tables": ["orders", "users"]})["tables"] == [
        ORDERS,
        "users",
    ]


def test_a_mapping_takes_the_place_of_what_is_on_record() -> None:
    assert on_record({"tables": [ORDERS]}, {"tables": [{"name": "orders", "rows": 5}]}) == {
        "tables": [{"name": "orders", "rows": 5}]
    }
    assert on_record({"tables": [ORDERS]}, {"tables": [{"name": "orders"}]})["tables"] == ["orders"]


def test_details_are_written_into_the_tables_key_by_key() -> None:
    details = {"orders": {"rows": 3, "notes": "few"}, "users": {"ingestion": "append"}}
    assert on_record({"tables": [ORDERS, "users"]}, {"table_details": details}) == {
        "tables": [{**ORDERS, "rows": 3, "notes": "few"}, {"name": "users", "ingestion": "append"}]
    }


def test_a_null_in_details_takes_that_fact_back() -> None:
    record = on_record({"tables": [ORDERS]}, {"table_details": {"orders": {"rows": None}}})
    assert record["tables"] == [{key: ORDERS[key] for key in ORDERS if key != "rows"}]


def test_a_key_that_a_table_does_not_have_stays_said() -> None:
    record = on_record({"tables": ["logs"]}, {"table_details": {"logs": {"primary_keys": []}}})
    assert record["tables"] == [{"name": "logs", "primary_keys": []}]


def test_what_is_no_longer_said_of_a_table_is_told_with_its_values() -> None:
    recorded = {"tables": [ORDERS, "users"]}
    assert lost(recorded, tables=["users"]) == (
        "orders left the plan, and with it {ingestion: cdc, primary_keys: [id], rows: 2M}",
    )
    assert lost(recorded, tables=[{"name": "orders", "ingestion": "cdc"}, "users"]) == (
        "orders no longer says {primary_keys: [id], rows: 2M}",
    )
    assert lost(recorded, tables=["orders", "users", "events"]) == ()


# Ticks


def test_ticks_of_a_table_that_is_gone_leave_the_record_and_are_told() -> None:
    recorded = {"tables": ["a", "b"], "cdc_tables": ["a", "b"], "p0_tables": ["a"]}
    record = merged(recorded, {"tables": ["b"]})
    assert record.answers == {"tables": ["b"], "cdc_tables": ["b"]}
    assert record.lost == ("cdc_tables no longer names a", "p0_tables no longer names a")


def test_a_tick_for_another_list_moves_there() -> None:
    recorded = {"tables": ["a", "b"], "cdc_tables": ["a", "b"]}
    record = on_record(recorded, {"append_tables": ["a"]})
    assert (record["cdc_tables"], record["append_tables"]) == (["b"], ["a"])


def test_a_table_that_says_its_type_itself_needs_no_tick() -> None:
    recorded = {"tables": ["a", "b"], "cdc_tables": ["a", "b"]}
    record = on_record(recorded, {"table_details": {"a": {"ingestion": "append"}}})
    assert record["cdc_tables"] == ["b"]


def test_that_no_table_is_p0_is_an_answer() -> None:
    assert on_record({"tables": ["a"], "p0_tables": []})["p0_tables"] == []
    assert "cdc_tables" not in on_record({"tables": ["a"], "cdc_tables": []})


# Decisions


def test_decisions_merge_by_risk_and_by_key() -> None:
    record = on_record(
        {"risk_decisions": {"drift": {"status": "accepted", "note": "asked"}}},
        {"risk_decisions": {"drift": {"owner": "Ada"}, "quota": {"status": "mitigated"}}},
    )
    assert record["risk_decisions"] == {
        "drift": {"status": "accepted", "note": "asked", "owner": "Ada"},
        "quota": {"status": "mitigated"},
    }


def test_a_null_takes_a_decision_or_a_part_of_it_back() -> None:
    decided = {"risk_decisions": {"drift": {"status": "accepted", "note": "asked"}}}
    part = on_record(decided, {"risk_decisions": {"drift": {"note": None}}})
    assert part["risk_decisions"] == {"drift": {"status": "accepted"}}
    assert on_record(decided, {"risk_decisions": {"drift": None}}) == {}


def test_what_is_typed_over_a_decision_counts_as_a_whole() -> None:
    before = {"drift": {"status": "accepted", "note": "asked"}, "quota": {"status": "open"}}
    typed = as_a_whole("risk_decisions", {"drift": {"status": "mitigated"}}, before)
    record = on_record({"risk_decisions": before}, {"risk_decisions": typed})
    assert record["risk_decisions"] == {"drift": {"status": "mitigated"}}


# Empty answers


def test_an_empty_answer_is_recorded_only_where_something_stood() -> None:
    assert on_record({"docs_url": ""}) == {}
    assert on_record({"docs_url": ""}, proposes=("docs_url",)) == {"docs_url": ""}
    assert on_record({"managed_connector": "unknown", "page_size": 0}) == {}
    assert on_record({"managed_connector": "unknown"}, proposes=("managed_connector",)) == {
        "managed_connector": "unknown"
    }


@pytest.mark.parametrize("question", ["features", "third_party_connectors"])
def test_an_empty_list_says_that_there_is_none(question: str) -> None:
    assert on_record({question: []}) == {question: []}


# Where answers are from


def test_an_answer_given_without_its_origin_is_confirmed() -> None:
    draft = {
        "tables": [ORDERS],
        "page_size": 100,
        "unconfirmed": {"page_size": "openapi.json", "tables.orders.rows": "GET /orders"},
    }
    assert on_record(draft)["unconfirmed"] == draft["unconfirmed"]
    assert on_record(draft, {"page_size": 100})["unconfirmed"] == {
        "tables.orders.rows": "GET /orders"
    }
    told = on_record(draft, {"table_details": {"orders": {"rows": "2M"}}})
    assert told["unconfirmed"] == {"page_size": "openapi.json"}
    assert on_record(draft, {"tables": ["orders"]})["unconfirmed"] == draft["unconfirmed"]


def test_an_origin_goes_with_its_answer() -> None:
    draft = {"tables": [ORDERS, "users"], "unconfirmed": {"tables.orders.rows": "GET /orders"}}
    assert "unconfirmed" not in on_record(draft, {"tables": ["users"]})
    assert "unconfirmed" not in on_record({"unconfirmed": {"page_size": "openapi.json"}})


def test_all_that_is_known_can_be_confirmed_at_once() -> None:
    from factories import CATALOGUE
    from planning import completed, read_answers

    record = {"connector": "zendesk", "source_name": "Zendesk Support", "tables": ["tickets"]}
    plan, existing = completed(read_answers(record), CATALOGUE)
    assert plan.state_of("managed_connector") is State.KNOWN
    whole = settled(Record(record), {"unconfirmed": {}}, {}, lambda _: (plan, existing)).answers
    assert whole["managed_connector"] == plan.managed_connector
    found, _ = completed(read_answers(whole), CATALOGUE)
    assert found.state_of("managed_connector") is State.GIVEN
    assert found.known == {}
    (before,), (after,) = plan.tables, found.tables
    assert after.state_of("cursor_field") is State.GIVEN
    assert after._replace(given=before.given, known=before.known) == before


# Approvals


def test_an_approval_is_dated_when_it_is_given_and_not_again() -> None:
    first = merged({}, {"approved": True, "approved_by": "Ada"}, today="2026-11-28").answers
    assert first["approved_on"] == "2026-11-28"
    covered = {**first, "approved_plan": {"tables": "x"}}
    later = merged(covered, {"owner": "Ada"}, today="2026-12-24").answers
    assert (later["approved_on"], later["approved_plan"]) == ("2026-11-28", {"tables": "x"})
    renewed = merged(covered, {"approved": True}, today="2026-12-24").answers
    assert renewed["approved_on"] == "2026-12-24"
    assert "approved_plan" not in renewed


def test_a_plan_that_is_no_longer_approved_keeps_nothing_of_the_approval() -> None:
    recorded = {"approved": True, "approved_by": "Ada", "approved_on": "2026-11-28"}
    assert merged(recorded, {"approved": False}).answers == {"approved_by": "Ada"}


# At a prompt


@pytest.mark.parametrize(
    ("question", "value", "proposed", "accepted"),
    [
        ("features", ["retry_backoff", "rate_limiting"], ["rate_limiting", "retry_backoff"], True),
        ("features", ["retry_backoff"], ["rate_limiting", "retry_backoff"], False),
        ("p0_tables", ["b", "a"], ["a", "b"], True),
        ("managed_connector", "yes", "yes", True),
        ("managed_connector", "unknown", "yes", False),
        ("third_party_connectors", "tap-acme", ["tap-acme"], True),
        ("third_party_connectors", "", ["tap-acme"], False),
        ("purpose", "new", None, True),
        ("purpose", "evaluate", None, False),
        ("phase", 1, None, True),
        ("docs_url", "", None, True),
        ("docs_url", "https://acme.example", None, False),
        ("page_size", 0, None, True),
        ("created", "2026-11-28", None, False),
        ("layout", "standalone", "standalone", False),
    ],
)
def test_an_answer_at_a_prompt_is_accepted_if_it_is_what_was_proposed(
    question: str, value: object, proposed: object, accepted: bool
) -> None:
    assert is_accepted(question, value, proposed) is accepted


@pytest.mark.parametrize(
    ("question", "value", "stands"),
    [
        ("auth_methods", "", True),
        ("auth_methods", [], False),
        ("managed_connector", "", True),
        ("third_party_connectors", "", False),
        ("page_size", "", True),
        ("page_size", 0, False),
    ],
)
def test_leaving_a_prompt_strikes_nothing_that_it_shows(
    question: str, value: object, stands: bool
) -> None:
    assert leaves_standing(question, value) is stands


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        ("rate_limit", "700/minute", "700/minute"),
        ("target_users", "a, b", ["a", "b"]),
        ("tables", "a, b", ["a", "b"]),
        ("cdc_tables", ["a", "b"], ["b", "a"]),
        ("docs_url", "", None),
    ],
)
def test_answers_are_compared_by_what_they_say(question: str, one: object, other: object) -> None:
    assert same(question, one, other)
    assert not same(question, one, "c")


# Histories

TABLES = st.lists(
    st.sampled_from(["a", "b", {"name": "a", "rows": 5}, {"name": "c", "ingestion": "cdc"}]),
    min_size=1,
    max_size=3,
    unique_by=lambda one: one["name"] if isinstance(one, dict) else one,
)
FACTS = st.fixed_dictionaries(
    {}, optional={"rows": st.sampled_from([1, None]), "priority": st.just("P1")}
)
RUNS = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "tables": TABLES,
            "table_details": st.dictionaries(st.sampled_from(["a", "b", "gone"]), FACTS),
            "cdc_tables": st.lists(st.sampled_from(["a", "b"]), unique=True),
            "append_tables": st.lists(st.sampled_from(["a", "b"]), unique=True),
            "p0_tables": st.lists(st.sampled_from(["a", "b"]), unique=True),
            "page_size": st.sampled_from([0, 100]),
            "docs_url": st.sampled_from(["", "https://acme.example"]),
            "features": st.sampled_from([[], ["retry_backoff"]]),
            "risk_decisions": st.dictionaries(
                st.sampled_from(["drift", "quota"]),
                st.one_of(st.none(), st.just({"status": "accepted"}), st.just({"note": None})),
            ),
            "unconfirmed": st.dictionaries(
                st.sampled_from(["page_size", "tables.a.rows", "tables.gone.rows"]), st.just("x")
            ),
        },
    ),
    max_size=5,
)


@given(RUNS)
def test_a_record_given_anew_is_the_same_record(runs: list[dict[str, Any]]) -> None:
    record = on_record(*runs)
    again = merged({}, record)
    assert again.answers == record
    assert again.lost == ()


@given(RUNS)
def test_saying_nothing_changes_nothing(runs: list[dict[str, Any]]) -> None:
    record = on_record(*runs)
    assert on_record(*runs, {}) == record


@given(RUNS)
def test_no_fact_of_a_table_goes_without_being_told(runs: list[dict[str, Any]]) -> None:
    recorded = on_record(*runs[:-1])
    now = merged(recorded, runs[-1] if runs else {})
    before = {one["name"]: one for one in recorded.get("tables", []) if isinstance(one, dict)}
    after = {one["name"]: one for one in now.answers.get("tables", []) if isinstance(one, dict)}
    for name, told in before.items():
        for key in told.keys() - after.get(name, {}).keys() - {"name"}:
            assert any(name in line and f"{key}:" in line for line in now.lost)
