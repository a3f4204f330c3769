"""What has to be true before somebody calls a connector done."""

from __future__ import annotations

import re
from typing import Any

import pytest
from factories import facts, risk, table
from hypothesis import given
from hypothesis import strategies as st
from planning.answers.answer_types import ConcurrencyLimit, Decision, RateLimit, Table
from planning.plan.criteria import GROUPS, derive
from planning.plan.model import Criterion
from planning.plan.risks import assess
from planning.plan.risks.base_rates import KINDS, MET_BY

TICKETS = table(
    "tickets",
    ingestion="cdc_with_deletes",
    primary_keys=("id",),
    cursor_field="updated_at",
    rows=2_000_000,
)
USERS = table("users", ingestion="cdc", primary_keys=("id",), cursor_field="updated_at")
EVENTS = table("events", ingestion="append", cursor_field="created_at")
BRANDS = table("brands", primary_keys=("id",))

HELP_DESK: dict[str, Any] = {
    "source_name": "Zendesk",
    "tables": (TICKETS, USERS, EVENTS, BRANDS),
    "rate_limits": (RateLimit(700, 60, "700/minute"),),
    "features": ("rate_limiting", "retry_backoff", "incremental_sync", "delete_sync"),
    "page_size": 100,
    "pagination": "offset",
    "pagination_limit": 10_000,
    "request_timeout_seconds": 45,
    "auth_methods": ("oauth2_refresh_token",),
    "api_version": "v2",
    "schema_kind": "dynamic",
    "dependencies": ("requests>=2",),
    "sync_interval": 3_600,
    "sync_interval_text": "1 hour",
    "test_environment": "sandbox",
}


def criteria(*risks: Any, **changes: Any) -> dict[str, Criterion]:
    """The criteria of the help desk, by id, except for `changes`."""
    return {one.id: one for one in derive(facts(**{**HELP_DESK, **changes}), risks)}


# Tables


def test_each_way_a_table_can_fail_is_a_criterion_of_its_own() -> None:
    about = {
        name: {
            one.id.removesuffix(f"-{name}") for one in criteria().values() if one.tables == (name,)
        }
        for name in ("tickets", "users", "events", "brands")
    }
    incremental = {"schema", "incremental", "second-run"}
    assert about["tickets"] == incremental | {"unique-keys", "deletes"}
    assert about["users"] == incremental | {"unique-keys"}
    assert about["events"] == incremental | set()
    assert about["brands"] == {"schema", "unique-keys"}


def test_criteria_of_a_table_name_its_columns_and_its_test() -> None:
    found = criteria()
    assert "`tickets`" in found["incremental-tickets"].text
    assert "`updated_at`" in found["incremental-tickets"].text
    assert found["incremental-tickets"].test == "test_reads_only_newer_records[tickets]"
    assert found["unique-keys-tickets"].test == "test_keys_are_unique[tickets]"
    assert found["deletes-tickets"].test == "test_deletions_arrive[tickets]"


def test_a_composite_key_is_named_in_full() -> None:
    items = table("items", primary_keys=("order_id", "line"))
    assert "`order_id` and `line`" in criteria(tables=(items,))["unique-keys-items"].text


def test_an_assumed_column_is_marked_and_a_given_one_is_not() -> None:
    guessed = table("guessed", primary_keys=("id",), assumed=frozenset({"primary_keys"}))
    found = criteria(tables=(guessed, BRANDS))
    assert "(assumed)" in found["unique-keys-guessed"].text
    assert "(assumed)" not in found["unique-keys-brands"].text


def test_an_append_table_without_cursor_is_still_read_only_once() -> None:
    found = criteria(tables=(table("log", ingestion="append"),))
    assert "an earlier sync" in found["incremental-log"].text


@pytest.mark.parametrize(("priority", "group"), [("P0", "must"), ("P1", "must"), ("P2", "should")])
def test_only_tables_that_are_nice_to_have_may_fail(priority: str, group: str) -> None:
    found = criteria(tables=(table("brands", priority=priority),))
    assert found["schema-brands"].group == group


def test_shipped_tables_keep_working_and_need_no_criteria_of_their_own() -> None:
    shipped = table("tickets", shipped=True, primary_keys=("id",))
    found = criteria(tables=(shipped, BRANDS), purpose="phase")
    assert "`tickets`" in found["shipped-tables"].text
    assert "schema-tickets" not in found
    assert "shipped-tables" not in criteria()


# The source


def test_limits_sizes_and_times_of_the_plan_stand_in_the_criteria() -> None:
    found = criteria()
    assert "700/minute" in found["rate-limit"].text
    assert "45 seconds" in found["timeouts"].text
    assert "100 records" in found["last-page"].text
    assert "10,000 records, such as `tickets` (2M records)" in found["page-cap"].text
    assert "1 hour" in found["sync-in-time"].text
    assert "version v2" in found["api-version"].text
    assert "`requests>=2`" in found["dependencies"].text


def test_the_first_load_is_held_to_the_capacity_of_the_plan() -> None:
    sized = table("tickets", primary_keys=("id",), rows=4_200_000)
    assert "1.0 h" in criteria(tables=(sized,))["first-load"].text
    assert "first-load" not in criteria(tables=(sized, BRANDS)), "the rows of brands are unknown"


def test_what_cannot_happen_to_this_source_is_no_criterion() -> None:
    assert "rate-limit" not in criteria(rate_limits=())
    assert "retry-after-429" not in criteria(rate_limits=())
    assert "last-page" not in criteria(pagination="none")
    assert "page-cap" not in criteria(pagination_limit=None)
    assert "wrong-credentials" not in criteria(auth_methods=("none",))
    assert "token-refresh" not in criteria(auth_methods=("api_key",))
    assert "custom-fields" not in criteria(schema_kind="static")
    assert "same-fields" in criteria(schema_kind="static")
    assert "same-fields" not in criteria(schema_kind="unknown")
    assert "resume-after-interruption" not in criteria(tables=(BRANDS,))
    database = criteria(source_type="database")
    assert not {"rate-limit", "last-page", "api-version", "record-not-found"} & set(database)


def test_a_limit_of_a_day_is_kept_within_one_run_alone() -> None:
    daily = criteria(rate_limits=(RateLimit(5000, 86_400, "5000/day"),))["rate-limit"].text
    assert "5000/day" in daily
    assert "within one run alone" in daily
    assert "within one run" not in criteria()["rate-limit"].text


def test_an_unknown_limit_is_a_criterion_that_names_the_open_question() -> None:
    assert "`rate_limit`" in criteria(rate_limits=None)["rate-limit"].text


def test_a_feature_that_was_left_out_is_only_wished_for() -> None:
    assert criteria()["rate-limit"].group == "must"
    assert criteria(features=("retry_backoff",))["rate-limit"].group == "should"
    assert criteria()["retry-after-5xx"].group == "must"
    assert criteria(features=("rate_limiting",))["retry-after-5xx"].group == "should"


def test_the_list_of_tables_their_metadata_and_unknown_tables_are_proven() -> None:
    found = criteria()
    proven = {id: found[id].test for id in ("list-tables", "unknown-table", "metadata")}
    assert proven == {
        "list-tables": "test_lists_exactly_the_planned_tables",
        "unknown-table": "test_refuses_an_unknown_table",
        "metadata": "test_metadata_is_as_planned",
    }
    assert {found[id].group for id in proven} == {"must"}


def test_what_the_plan_does_not_know_is_said_in_general() -> None:
    unknown = criteria(api_version="", request_timeout_seconds=None, auth_methods=())
    assert "names its version, set in one place." in unknown["api-version"].text
    assert unknown["api-version"].group == "should"
    assert "by hand through the API, with" in unknown["api-coverage"].text
    assert "after the timeout of the client and" in unknown["timeouts"].text
    known = criteria()
    assert "names version v2, set" in known["api-version"].text
    assert "through version v2 of the API" in known["api-coverage"].text
    assert "after 45 seconds and" in known["timeouts"].text
    assert "A custom field made in Zendesk shows" in known["custom-fields"].text


def test_a_deletion_arrives_with_the_key_of_its_table() -> None:
    said = criteria()["deletes-tickets"]
    assert "a record deleted in Zendesk arrives as deleted, with its key `id`" in said.text
    assert "delet" in said.test


def test_an_api_version_that_ends_must_be_left_in_time() -> None:
    found = criteria(api_end_of_life="2027-01-01")
    assert found["api-version"].group == "must"
    assert "2027-01-01" in found["api-version"].text


def test_a_database_is_read_through_no_api() -> None:
    text = criteria(source_type="database", api_version="")["api-coverage"].text
    assert text.startswith("One record of every table has been read by hand, with credentials")


def test_memory_is_a_must_only_where_a_table_could_fill_it() -> None:
    assert criteria()["memory"].group == "must"
    large = table("brands", rows=2_000_000)
    assert "a snapshot comes whole" in criteria(tables=(large,))["memory"].text
    cut = large._replace(ingestion="append", cursor_field="at")
    assert "one batch at a time" in criteria(tables=(cut,))["memory"].text
    assert criteria(tables=(table("brands", rows=999_999),))["memory"].group == "should"


def test_required_options_are_named() -> None:
    assert "`api_key`" in criteria(auth_methods=("api_key",))["connection-check"].text


def test_every_frequent_kind_of_trouble_is_met() -> None:
    derived = (*criteria(schema_kind="static"), *criteria(schema_kind="dynamic"))
    ids = {re.sub(r"-(tickets|users|events|brands)$", "-<table>", one) for one in derived}
    frequent = {name for name, kind in KINDS.items() if kind.share >= 0.01}
    # Nobody can say what would have caught the others.
    assert frequent - set(MET_BY) == {"other"}
    unmet = {name: set(MET_BY[name].split()) - ids for name in MET_BY}
    assert {name: missing for name, missing in unmet.items() if missing} == {}


# Risks, tests and the user's own


def test_a_high_risk_is_to_be_shown_under_control() -> None:
    found = criteria(risk("offset-drift"), risk("slow", "Medium"))
    assert "Is offset-drift under control?" in found["risk-offset-drift"].text
    assert "risk-slow" not in found


def test_the_tables_of_a_risk_stand_in_its_criterion() -> None:
    found = criteria(risk("reload", tables=("a", "b", "c", "d", "e")))["risk-reload"]
    assert "(`a`, `b`, `c` and 2 more)" in found.text
    assert found.tables == ("a", "b", "c", "d", "e")


@pytest.mark.parametrize("status", ["accepted", "closed"])
def test_a_risk_that_somebody_has_settled_needs_no_proof(status: str) -> None:
    settled = Decision(status, severity="High")
    assert "risk-drift" not in criteria(risk("drift", decision=settled))


def test_a_risk_that_has_grown_since_needs_proof_again() -> None:
    grown = risk("drift", decision=Decision("accepted", severity="Medium"), worse=True)
    assert "risk-drift" in criteria(grown)


def test_a_mitigated_risk_is_still_to_be_shown() -> None:
    assert "risk-drift" in criteria(risk("drift", decision=Decision("mitigated")))


@pytest.mark.parametrize(
    ("environment", "name", "expected"),
    [
        ("sandbox", "", "the Zendesk sandbox"),
        ("production", "", "the production system of Zendesk"),
        ("simulator", "", "the Zendesk simulator"),
        ("sandbox", "acme-trial", "acme-trial"),
        ("none", "", "still to be found"),
        ("unknown", "", "still to be found"),
    ],
)
def test_the_suite_runs_against_the_environment_of_the_plan(
    environment: str, name: str, expected: str
) -> None:
    found = criteria(test_environment=environment, test_environment_name=name)
    assert found["generic-suite"].group == "testing"
    assert expected in found["generic-suite"].text


def test_the_incremental_sync_is_validated_by_what_the_tables_can_show() -> None:
    assert "added, changed or deleted" in criteria()["incremental-sync-validated"].text
    assert "added or changed" in criteria(tables=(USERS,))["incremental-sync-validated"].text
    assert "is added in" in criteria(tables=(EVENTS,))["incremental-sync-validated"].text
    full = criteria(tables=(BRANDS,))
    assert "incremental-sync-validated" not in full
    assert "full-reload-validated" in full


def test_what_the_user_demands_comes_first_and_as_written() -> None:
    demanded = derive(facts(must_have=("Costs < 5 $",), should_have=("Has a README",)), ())
    assert demanded[0].text == "Costs < 5 $"
    assert demanded[0].group == "must"
    assert next(one for one in demanded if one.group == "should").text == "Has a README"


def test_groups_stand_together_in_the_order_of_the_document() -> None:
    groups = [one.group for one in derive(facts(**HELP_DESK, should_have=("x",)), ())]
    assert groups == sorted(groups, key=GROUPS.index)


# Where nothing gets built


def test_a_decision_not_to_build_has_no_criteria_of_a_connector() -> None:
    assert list(criteria(recommendation="stop")) == ["decision"]


def test_an_adopted_connector_must_bring_every_table() -> None:
    found = criteria(recommendation="adopt")
    assert "`tickets`" in found["covers-tickets"].text
    assert found["covers-tickets"].group == "must"
    assert not any(one.test for one in found.values()), "no test comes out of such a plan"


def test_an_adopted_connector_should_bring_what_is_nice_to_have() -> None:
    found = criteria(recommendation="adopt", tables=(table("logs", priority="P2"),))
    assert found["covers-logs"].group == "should"


def test_a_decision_without_an_owner_asks_for_somebody_with_a_name() -> None:
    assert criteria(purpose="evaluate")["decision"].text.startswith("Somebody with a name has")
    assert criteria(purpose="evaluate")["api-coverage"].group == "must"


def test_an_evaluation_answers_the_high_risks() -> None:
    found = criteria(risk("drift"), purpose="evaluate", owner="Ada")
    assert "risk-drift" in found
    assert "Ada" in found["decision"].text
    assert "schema-tickets" not in found


# Ids

texts = st.lists(st.text(min_size=1, max_size=80), unique=True, max_size=6)
others = st.dictionaries(
    st.from_regex(r"other_[a-z0-9_]{0,12}", fullmatch=True),
    st.sampled_from((TICKETS, USERS, EVENTS, BRANDS)),
    max_size=6,
)


@given(texts)
def test_different_texts_never_share_an_id_and_order_does_not_matter(written: list[str]) -> None:
    def ids(demands: list[str]) -> dict[str, str]:
        given_facts = facts(must_have=tuple(demands))
        return {one.text: one.id for one in derive(given_facts, ()) if one.text in demands}

    assert len(set(ids(written).values())) == len(written)
    assert ids(written) == ids(written[::-1])


def test_long_texts_that_begin_alike_have_different_ids() -> None:
    beginning = (
        "Incremental synchronisation of organisation memberships notwithstanding interruptions"
    )
    found = derive(facts(must_have=(f"{beginning} works", f"{beginning} is fast")), ())
    assert found[0].id != found[1].id


def test_a_demand_made_twice_is_one_criterion() -> None:
    found = derive(facts(must_have=("Fast", "Fast")), ())
    assert [one.text for one in found].count("Fast") == 1


def test_what_is_both_demanded_and_wished_for_is_two_criteria() -> None:
    given_facts = facts(must_have=("Fast",), should_have=("Fast",))
    ids = [one.id for one in derive(given_facts, ()) if one.text == "Fast"]
    assert len(set(ids)) == 2


@given(others)
def test_adding_and_removing_tables_leaves_the_ids_of_all_others_alone(
    added: dict[str, Table],
) -> None:
    more = tuple(table(name, **_as(model)) for name, model in added.items())
    before = set(criteria())
    after = set(criteria(tables=(*HELP_DESK["tables"], *more)))
    assert before <= after
    assert all(one.endswith(tuple(added)) for one in after - before)


def _as(model: Table) -> dict[str, Any]:
    return {
        "ingestion": model.ingestion,
        "primary_keys": model.primary_keys,
        "cursor_field": model.cursor_field,
    }


@pytest.mark.parametrize("name", ["sync", "table", "tables", "limit", "run", "validated"])
def test_a_table_named_like_a_part_of_an_id_shares_none(name: str) -> None:
    tables = (*HELP_DESK["tables"], table(name, **_as(TICKETS)))
    ids = [one.id for one in derive(facts(**{**HELP_DESK, "tables": tables}), ())]
    assert len(ids) == len(set(ids))


def test_no_two_criteria_of_a_wide_plan_share_an_id() -> None:
    tables = tuple(table(f"table_{number}", **_as(TICKETS)) for number in range(1_000))
    ids = [one.id for one in derive(facts(**{**HELP_DESK, "tables": tables}), ())]
    assert len(ids) == len(set(ids))


def test_a_database_answers_no_status_codes() -> None:
    found = criteria(source_type="database")
    assert "retry-after-5xx" not in found
    refused = found["one-table-without-permission"]
    assert "refuses one table" in refused.text
    assert refused.test == ""


def test_of_two_limits_over_one_window_the_smaller_is_promised() -> None:
    limits = tuple(RateLimit(n, 60, f"{n}/min") for n in (700, 400))
    said = criteria(rate_limits=(*limits, RateLimit(10, 1, "10/s")))["rate-limit"].text
    assert "more than 400/min and 10/s," in said


def test_where_all_tables_are_shipped_no_first_load_is_promised() -> None:
    shipped = table("brands", rows=100, shipped=True)
    assert "first-load" in criteria(tables=(shipped._replace(shipped=False),))
    assert "first-load" not in criteria(tables=(shipped,))


def test_no_criterion_demands_what_a_risk_says_cannot_be() -> None:
    created = table("orders", ingestion="cdc", primary_keys=("id",), cursor_field="created_at")
    with_risk = facts(tables=(created,))
    found = {one.id: one.text for one in derive(with_risk, assess(with_risk)[0])}
    assert "risk-cursor-misses-updates" in found
    validated = found["incremental-sync-validated"]
    assert validated.endswith("the next sync brings it; of `orders` a new record is enough.")
    known = criteria(tables=(created._replace(cursor_field="updated_at"),))
    assert known["incremental-sync-validated"].text.endswith("the next sync brings it.")


def test_a_sync_that_looks_back_may_bring_records_again() -> None:
    late = table("reports", ingestion="append", cursor_field="day", lookback=14 * 86_400)
    found = criteria(tables=(late,))
    assert found["incremental-reports"].text.endswith("and those that arrive up to 14 days late.")
    assert found["second-run-reports"].text.endswith("brings nothing that is new.")


def test_a_sync_that_cannot_end_in_time_is_not_promised_to() -> None:
    minute = (RateLimit(1, 60, "1/minute"),)
    hourly = {"rate_limits": minute, "page_size": 1, "sync_interval": 3_600}
    hourly["sync_interval_text"] = "1 hour"
    assert "sync-in-time" in criteria(**hourly, tables=(table("orders", rows=60),))
    assert "sync-in-time" not in criteria(**hourly, tables=(table("orders", rows=61),))


def test_what_a_criterion_shows_of_a_risk_is_not_demanded_twice() -> None:
    static = facts(schema_kind="static")
    found = {one.id for one in derive(static, assess(static)[0])}
    assert "nulls-and-types" in found
    assert "risk-types-differ-from-docs" not in found


def test_limits_of_every_name_and_on_what_is_under_way_are_promised() -> None:
    said = criteria(
        rate_limits=(RateLimit(40, 1, "heavy 40/s", "heavy"), RateLimit(9, 1, "9/s")),
        concurrency_limits=(ConcurrencyLimit(5, "5 at once"),),
    )["rate-limit"].text
    assert "heavy 40/s, 9/s and 5 at once" in said


def test_what_the_platform_hands_over_is_not_asked_of_people() -> None:
    handed = criteria(auth_methods=("oauth2_client_credentials",))["connection-check"].text
    assert "`access_token` (which the platform gets with what section 3 lists)" in handed
    assert "platform" not in criteria(auth_methods=("api_key",))["connection-check"].text


def test_no_required_option_is_no_promise_to_refuse_one() -> None:
    text = criteria(auth_methods=("other",))["connection-check"].text
    assert text.startswith("No option of a connection is required yet")


def test_graphql_refuses_without_a_status_of_its_own() -> None:
    about = "one-table-without-permission"
    assert "403" in criteria(source_type="rest_api")[about].text
    assert "403" not in criteria(source_type="graphql_api")[about].text


def test_what_merges_comes_again_and_what_appends_comes_late() -> None:
    late = {"cursor_field": "day", "lookback": 14 * 86_400}
    merged = criteria(tables=(table("reports", ingestion="cdc", **late),))
    assert "once more" in merged["incremental-reports"].text
    appended = criteria(tables=(table("reports", ingestion="append", **late),))
    assert "once more" not in appended["incremental-reports"].text
