"""In which order a connector gets built, and that no phase is too big to finish."""

from __future__ import annotations

from typing import Any

import pytest
from factories import facts, risk, table
from hypothesis import given
from hypothesis import strategies as st
from planning.answers.answer_types import Decision, Table
from planning.plan import criteria
from planning.plan.model import Alternative, Facts, Phase
from planning.plan.phases import derive, tables_per_phase, tables_without_phase
from planning.plan.phases.order import in_order

CDC: dict[str, Any] = {"ingestion": "cdc", "primary_keys": ("id",), "cursor_field": "updated_at"}


def phases(*risks: Any, **changes: Any) -> tuple[Phase, ...]:
    given_facts = facts(**changes)
    return derive(given_facts, risks, criteria.derive(given_facts, risks))


def ids(phase: Phase) -> list[str]:
    return [one.id for one in phase.deliverables]


def texts(phase: Phase) -> str:
    return "\n".join(one.text for one in phase.deliverables)


# What comes first


def test_the_first_phase_tries_the_worst_risks_before_it_builds() -> None:
    first = phases(risk("drift", check="Does paging miss records?"), risk("minor", "Low"))[0]
    assert ids(first)[0] == "try-drift"
    assert "Does paging miss records?" in first.deliverables[0].text
    assert "try-minor" not in ids(first)


def test_a_medium_risk_is_tried_where_no_high_one_is_open() -> None:
    assert "try-drift" in ids(phases(risk("drift", "Medium"))[0])
    two = phases(risk("drift", "Medium"), risk("minor", "Medium"))[0]
    assert two.goal.startswith("Tries one of the worst undecided risks before")
    both = phases(risk("worse"), risk("drift", "Medium"))[0]
    assert "try-drift" not in ids(both)


@pytest.mark.parametrize("status", ["accepted", "mitigated", "closed"])
def test_a_risk_somebody_has_dealt_with_is_not_tried(status: str) -> None:
    assert "try-drift" not in ids(phases(risk("drift", decision=Decision(status)))[0])


def test_a_risk_that_has_grown_since_its_decision_is_tried() -> None:
    grown = risk("drift", decision=Decision("accepted", severity="Medium"), worse=True)
    assert "try-drift" in ids(phases(grown)[0])


def test_of_several_high_risks_the_highest_are_tried() -> None:
    worst = [risk(f"w{n}", category=c) for n, c in enumerate(("cursors", "schema", "testing"))]
    lesser = risk("lesser", likelihood="Medium", category="auth_complexity")
    tried = [one for one in ids(phases(lesser, *worst)[0]) if one.startswith("try-")]
    assert tried == ["try-w0", "try-w1", "try-w2"]
    assert phases(lesser, *worst)[0].goal.startswith("Tries 3 of the worst undecided risks before")


def test_trials_cover_different_categories_and_leave_room_to_build() -> None:
    found = phases(
        risk("volume"),
        risk("volume-too"),
        risk("sandbox", category="testing"),
        risk("tokens", category="auth_complexity"),
        risk("fields", category="schema"),
    )[0]
    assert ids(found)[:4] == ["try-tokens", "try-volume", "try-fields", "auth-methods"]


def test_every_authentication_method_is_seen_to_work() -> None:
    first = phases(auth_methods=("api_key", "oauth2_refresh_token"))[0]
    assert {"auth-api-key", "auth-oauth2-refresh-token"} <= set(ids(first))


def test_the_client_is_shown_by_its_tests() -> None:
    client = next(one for one in phases()[0].deliverables if one.id == "client")
    assert client.text == "The client passes its 4 tests."
    without_limit = next(
        one for one in phases(rate_limits=())[0].deliverables if one.id == "client"
    )
    assert without_limit.text == "The client passes its 2 tests."


def test_extending_begins_with_what_is_there() -> None:
    assert ids(phases(recommendation="extend")[0])[0] == "existing-read"
    assert "existing-read" not in ids(phases()[0])


def test_libraries_are_installed_before_anything_needs_them() -> None:
    assert "dependencies" in ids(phases(dependencies=("lxml>=5",))[0])
    assert "dependencies" not in ids(phases()[0])


# Which table goes first


def test_the_table_that_a_high_risk_names_goes_first() -> None:
    tables = (table("small", **CDC), table("huge", rows=40_000_000))
    first = phases(risk("reload", title="Full reload", tables=("huge",)), tables=tables)[0]
    assert first.tables == ("huge",)
    assert "Full reload" in first.goal


def test_the_table_that_only_a_medium_risk_names_still_goes_before_others() -> None:
    tables = (table("a", **CDC), table("b"))
    assert phases(risk("reload", "Medium", tables=("b",)), tables=tables)[0].tables == ("b",)


def test_a_risk_that_is_closed_moves_no_table() -> None:
    closed = risk("reload", tables=("b",), decision=Decision("closed"))
    assert phases(closed, tables=(table("a"), table("b")))[0].tables == ("a",)


def test_without_risks_the_hardest_ingestion_goes_first() -> None:
    tables = (table("a"), table("b", ingestion="append"), table("c", **CDC))
    first = phases(tables=tables)[0]
    assert first.tables == ("c",)
    assert "cdc" in first.goal


def test_among_equals_the_larger_table_goes_first() -> None:
    assert phases(tables=(table("a", rows=10), table("b", rows=1_000)))[0].tables == ("b",)


def test_priority_counts_more_than_risk() -> None:
    tables = (table("a"), table("b", priority="P2"))
    assert phases(risk("reload", tables=("b",)), tables=tables)[0].tables == ("a",)


def test_a_table_comes_after_the_one_whose_ids_it_needs() -> None:
    items = table("order_items", primary_keys=("order_id", "id"), rows=9_000)
    found = phases(risk("reload", tables=("order_items",)), tables=(items, table("orders")))
    assert found[0].tables == ("orders", "order_items")
    assert "`orders`" in found[0].goal
    assert "(read with the ids of `orders`)" in texts(found[0])


def test_a_key_of_one_column_tells_of_no_parent() -> None:
    tables = (table("profiles", primary_keys=("user_id",), rows=9), table("users"))
    assert [one.name for one in in_order(facts(tables=tables).answers, ())] == ["profiles", "users"]


def test_a_table_does_not_need_its_own_ids() -> None:
    orders = table("orders", primary_keys=("order_id", "line"))
    assert "read with the ids" not in texts(phases(tables=(orders,))[0])


def test_an_option_tells_of_a_parent_too() -> None:
    tables = (table("pages", rows=9, options=("siteId",)), table("sites"))
    assert [one.name for one in in_order(facts(tables=tables).answers, ())] == ["sites", "pages"]


def test_a_parent_is_built_before_its_children() -> None:
    parts = table("parts", ingestion="cdc", parent="tickets")
    first = phases(tables=(parts, table("tickets")))[0]
    assert first.tables == ("tickets", "parts")
    assert "(read with the ids of `tickets`)" in texts(first)


def test_the_first_phase_brings_its_table_however_many_come_before() -> None:
    parents = tuple(table(f"p{n}") for n in range(12))
    pilot = table("pilot", ingestion="cdc", options=tuple(f"p{n}_id" for n in range(12)))
    first = phases(tables=(*parents, pilot))[0]
    assert first.tables[-1] == "pilot"
    assert "Brings `pilot` the whole way, after" in first.goal


def test_a_phase_on_record_numbers_only_a_later_phase() -> None:
    assert phases(phase=3)[0].number == 1
    assert phases(phase=3, purpose="phase")[0].number == 3


def test_tables_that_need_each_other_are_all_built() -> None:
    tables = (
        table("users", primary_keys=("team_id", "id")),
        table("teams", primary_keys=("user_id", "id")),
    )
    found = phases(tables=tables)
    assert sorted(name for phase in found for name in phase.tables) == ["teams", "users"]


# Sizes


def test_priorities_are_phases_in_their_order() -> None:
    tables = (
        table("nice", priority="P2"),
        table("wanted", priority="P1"),
        table("pilot", rows=9),
        table("needed"),
    )
    found = phases(tables=tables)
    assert [one.id for one in found] == ["foundation", "p0-tables", "p1-tables", "p2-tables"]
    assert [one.number for one in found] == [1, 2, 3, 4]
    assert [one.tables for one in found] == [("pilot",), ("needed",), ("wanted",), ("nice",)]


def test_one_table_makes_one_phase() -> None:
    assert len(phases()) == 1


@pytest.mark.parametrize(("count", "expected"), [(11, [1, 10]), (12, [1, 10, 1])])
def test_a_phase_carries_ten_tables_and_says_so(count: int, expected: list[int]) -> None:
    found = phases(tables=tuple(table(f"t{number}") for number in range(count)))
    assert [len(one.tables) for one in found] == expected
    assert ("phases of 10 tables at most" in found[1].goal) == (len(expected) > 2)
    assert f"{expected[1]} tables" in found[1].goal


def test_tables_that_share_their_code_fill_larger_phases() -> None:
    tables = tuple(table(f"t{number}") for number in range(250))
    found = phases(tables=tables, features=("schema_discovery",))
    size = tables_per_phase(facts(features=("schema_discovery",)).answers)
    assert size > tables_per_phase(facts().answers)
    assert max(len(one.tables) for one in found) == size
    assert len(found) == 1 + -(-249 // size)


def test_phases_that_split_a_priority_have_different_names_and_ids() -> None:
    found = phases(tables=tuple(table(f"t{number}") for number in range(40)))
    assert len({one.id for one in found}) == len(found)
    assert len({one.name for one in found}) == len(found)


# What one can see


def test_a_table_is_delivered_when_its_tests_pass() -> None:
    orders = table("orders", **{**CDC, "ingestion": "cdc_with_deletes"})
    read = next(one for one in phases(tables=(orders,))[0].deliverables if one.id == "read-orders")
    assert "deleted records of `orders`" in read.text
    assert "its 5 tests pass" in read.text
    events = table("events", ingestion="append")
    assert "its 3 tests pass" in texts(phases(tables=(events,))[0])


def test_acceptance_ends_the_last_phase_that_the_version_cannot_do_without() -> None:
    tables = (table("a"), table("b", priority="P1"), table("c", priority="P2"))
    found = phases(tables=tables, test_environment="sandbox")
    assert [("acceptance" in ids(one)) for one in found] == [False, True, False]
    assert "the Acme sandbox" in texts(found[1])


def test_acceptance_ends_the_work_where_every_table_is_nice_to_have() -> None:
    tables = (table("a", priority="P2"), table("b", priority="P2"))
    assert "acceptance" in ids(phases(tables=tables)[-1])


# A later phase of an existing connector


def test_a_later_phase_keeps_its_number_and_builds_only_what_is_new() -> None:
    tables = (table("shipped", shipped=True), table("new"), table("nice", priority="P2"))
    (only,) = phases(purpose="phase", phase=3, tables=tables, auth_methods=("api_key",))
    assert only.number == 3
    assert only.tables == ("new", "nice")
    assert "auth-api-key" not in ids(only)
    assert "acceptance" in ids(only)


def test_a_later_phase_tries_its_risks_first() -> None:
    (only,) = phases(risk("drift"), purpose="phase", phase=2)
    assert ids(only)[0] == "try-drift"


def test_a_later_phase_says_in_its_goal_whether_it_tries_anything_first() -> None:
    (calm,) = phases(purpose="phase", phase=2)
    (risky,) = phases(risk("drift"), purpose="phase", phase=2)
    assert calm.goal == "1 table: `orders` beside those that are shipped."
    assert risky.goal.startswith(f"{calm.goal[:-1]}, after trying ")


@pytest.mark.parametrize(
    ("count", "name"), [(3, "t0, t1 and t2"), (4, "t0, t1, t2 and 1 more"), (0, "Hardening")]
)
def test_a_later_phase_is_named_after_its_tables(count: int, name: str) -> None:
    tables = tuple(table(f"t{number}") for number in range(count))
    (only,) = phases(purpose="phase", phase=2, tables=(table("done", shipped=True), *tables))
    assert only.name == name


def test_a_later_phase_that_is_too_big_goes_on_in_the_next() -> None:
    tables = tuple(table(f"t{number}") for number in range(15))
    found = phases(purpose="phase", phase=2, tables=tables)
    assert [(one.number, len(one.tables)) for one in found] == [(2, 10), (3, 5)]


def test_a_later_phase_without_new_tables_says_so() -> None:
    goal = phases(purpose="phase", tables=(table("a", shipped=True),))[0].goal
    assert goal == "Brings no new table: what is shipped is put right."


def test_a_later_phase_without_new_tables_still_ends_in_acceptance() -> None:
    (only,) = phases(purpose="phase", phase=2, tables=(table("done", shipped=True),))
    assert "acceptance" in ids(only)
    assert only.name


# Where nothing gets built


def with_alternatives(*alternatives: Alternative, **changes: Any) -> Facts:
    plain = facts(**changes)
    fit = plain.fit._replace(alternatives=alternatives)
    return Facts(plain.answers, plain.existing, fit, plain.capacity)


def test_an_evaluation_looks_at_what_could_turn_it() -> None:
    managed = Alternative("managed-connector", "Databricks managed connector", ("It exists.",), ())
    hopeless = Alternative("auto-loader", "Auto Loader", (), ("It reads files.",))
    given_facts = with_alternatives(managed, hopeless, purpose="evaluate", owner="Ada")
    (only,) = derive(given_facts, (risk("drift"),), ())
    assert only.id == "decide"
    assert ids(only) == ["look-at-managed-connector", "try-drift", "decision"]
    assert "`orders`" in texts(only)
    assert "Ada" in texts(only)


def test_adopting_runs_what_exists_and_lists_its_gaps() -> None:
    managed = Alternative("managed-connector", "Databricks managed connector", ("It exists.",), ())
    (only,) = derive(with_alternatives(managed, recommendation="adopt"), (), ())
    assert only.id == "adopt"
    assert "Databricks managed connector: `orders`" in texts(only)
    assert ids(only)[0] == "first-run"
    assert "gaps" in ids(only)


def test_stopping_tells_those_who_asked() -> None:
    (only,) = phases(recommendation="stop", tables=(), target_users=("analysts",))
    assert only.id == "stop"
    assert ids(only) == ["told", "look-again"]
    assert "analysts" in texts(only)
    assert not only.tables


# As the user wrote them

WRITTEN = (("Read orders", ("orders arrive", "Write the README")), ("The rest", ("customers",)))


def test_written_phases_replace_those_of_the_plan() -> None:
    tables = (table("orders"), table("customers"))
    found = phases(phases=WRITTEN, tables=tables)
    assert [one.name for one in found] == ["Read orders", "The rest"]
    assert [one.tables for one in found] == [("orders",), ("customers",)]
    assert [one.text for one in found[0].deliverables] == ["orders arrive", "Write the README"]


def test_written_phases_are_numbered_from_the_phase_that_is_planned() -> None:
    assert [one.number for one in phases(phases=WRITTEN, purpose="phase", phase=4)] == [4, 5]


def test_a_table_that_no_written_phase_names_is_found() -> None:
    tables = (table("orders"), table("forgotten"), table("done", shipped=True))
    assert tables_without_phase(facts(phases=WRITTEN, tables=tables).answers) == ("forgotten",)
    assert tables_without_phase(facts(tables=tables).answers) == ()


def test_a_table_belongs_to_the_first_phase_that_names_it() -> None:
    twice = (("Read orders", ()), ("Tune orders", ()))
    assert [one.tables for one in phases(phases=twice)] == [("orders",), ()]


def test_a_table_is_not_taken_for_another_whose_name_begins_alike() -> None:
    tables = (table("order"), table("orders"))
    assert tables_without_phase(facts(phases=WRITTEN, tables=tables).answers) == ("order",)


def test_a_deliverable_of_two_phases_belongs_to_each_by_its_name() -> None:
    def found(*names: str) -> list[str]:
        return [ids(one)[0] for one in phases(phases=tuple((name, ("done",)) for name in names))]

    alpha, beta = found("Alpha", "Beta")
    assert found("Beta", "Alpha") == [beta, alpha]
    assert found("Beta") not in ([alpha], [beta])


def test_the_same_deliverable_twice_keeps_two_ids() -> None:
    found = phases(phases=(("One", ("Docs",)), ("Two", ("Docs",)), ("Two", ())))
    written = [one.id for phase in found for one in phase.deliverables]
    assert len(set(written)) == 2
    assert len({one.id for one in found}) == 3


# Ids

others = st.dictionaries(
    st.from_regex(r"other_[a-z0-9_]{0,12}", fullmatch=True),
    st.sampled_from(("snapshot", "append", "cdc", "cdc_with_deletes")),
    max_size=30,
)


@given(others, st.sampled_from(("P0", "P1", "P2")))
def test_adding_and_removing_tables_leaves_the_ids_of_all_other_deliverables_alone(
    added: dict[str, str], priority: str
) -> None:
    mine = (table("orders"), table("customers", priority="P1"))
    more = tuple(
        table(name, **{**CDC, "ingestion": ingestion, "priority": priority})
        for name, ingestion in added.items()
    )

    def found(tables: tuple[Table, ...]) -> list[str]:
        return [one for phase in phases(risk("drift"), tables=tables) for one in ids(phase)]

    after = found((*mine, *more))
    assert len(after) == len(set(after))
    assert set(after) - set(found(mine)) == {f"read-{name}" for name in added}
    assert set(found(mine)) <= set(after)


def test_every_table_is_delivered_once_in_a_wide_plan() -> None:
    tables = tuple(
        table(f"t{number}", priority=f"P{number % 3}", primary_keys=(f"t{number - 1}_id", "id"))
        for number in range(1_000)
    )
    delivered = [name for phase in phases(tables=tables) for name in phase.tables]
    assert sorted(delivered) == sorted(one.name for one in tables)


# What stands before a merge

MERGED = [
    "recorded-run",
    "lint",
    "locked-libraries",
    "merged-file",
    "approval-given",
    "self-review",
]


def test_upstream_the_last_needed_phase_ends_with_what_stands_before_a_merge() -> None:
    optional = table("extras", priority="P2")
    found = phases(layout="upstream", tables=(table("orders", **CDC), table("items"), optional))
    *_, needed, last = found
    assert ids(needed)[-len(MERGED) :] == MERGED
    assert not {*MERGED} & {*ids(last)}
    assert "approval-asked" in ids(found[0])


@pytest.mark.parametrize(
    ("environment", "recorded"),
    [("sandbox", "the Acme sandbox:"), ("simulator", "Acme itself:"), ("none", "Acme itself:")],
)
def test_what_is_recorded_is_the_source_and_no_simulator(environment: str, recorded: str) -> None:
    last = phases(layout="upstream", source_name="Acme", test_environment=environment)[-1]
    assert f"`CONNECTOR_TEST_MODE=record` against {recorded}" in texts(last)


def test_libraries_are_named_where_approval_is_asked_for() -> None:
    first = phases(layout="upstream", dependencies=("tableau>=0.3,<1",))[0]
    (asked,) = [one.text for one in first.deliverables if one.id == "approval-asked"]
    assert "its licence and `tableau>=0.3,<1`" in asked


def test_a_later_phase_waits_for_no_approval_that_nobody_asked_for() -> None:
    found = phases(layout="upstream", purpose="phase", tables=(table("orders", **CDC),))
    assert ids(found[-1])[-5:] == [one for one in MERGED if one != "approval-given"]


def test_a_standalone_connector_is_merged_nowhere() -> None:
    brought = {one for phase in phases() for one in ids(phase)}
    assert not brought & {*MERGED, "approval-asked"}
