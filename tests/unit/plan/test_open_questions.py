"""What nobody knows yet, how to settle it, and what the plan cannot wait for."""

from __future__ import annotations

import shlex
from typing import Any

import pytest
import yaml
from factories import CATALOGUE, UNKNOWN_SOURCE, facts, risk, table
from hypothesis import given
from hypothesis import strategies as st
from planning import problems
from planning.answers.answer_types import ConnectionParameter, Decision, RateLimit
from planning.answers.checks import QUESTIONS, normalise
from planning.plan.model import OpenQuestion
from planning.plan.open_questions import derive
from planning.sources.existing import Existing, Finding

ALL = frozenset({"ingestion", "primary_keys", "cursor_field"})

SAID = frozenset({"ingestion", "primary_keys"})

KNOWN: dict[str, Any] = {
    "depth": "full",
    "docs_url": "https://acme.example/docs",
    "problem": "Nobody sees the orders.",
    "target_users": ("analysts",),
    "use_cases": ("weekly report",),
    "analytics": "none planned",
    "change_frequency": "daily",
    "managed_connector": "no",
    "community_connector": "no",
    "third_party_connectors": ("tap-acme",),
    "federation_fit": "no",
    "alternatives_considered": "The tap is unmaintained.",
    "tables": (table("orders", primary_keys=("id",), rows=1_000, given=SAID),),
    "out_of_scope": (("invoices", "later"),),
    "auth_methods": ("api_key",),
    "rate_limits": (RateLimit(10, 1, "10/s"),),
    "page_size": 100,
    "pagination": "cursor",
    "page_end": "no_next",
    "request_timeout_seconds": 30,
    "api_version": "v1",
    "schema_kind": "static",
    "schema_changes": "yearly",
    "sync_interval": 3_600,
    "test_environment": "sandbox",
    "owner": "Ada",
}


def questions(
    *risks: Any, existing: Existing = UNKNOWN_SOURCE, **changes: Any
) -> dict[str, OpenQuestion]:
    """The open questions of a plan that knows everything, except for `changes`."""
    found = derive(facts(existing=existing, **{**KNOWN, **changes}), risks)
    return {one.id: one for one in found}


def test_a_plan_that_knows_everything_has_no_open_question() -> None:
    assert questions() == {}


def test_a_plan_waits_until_somebody_says_how_one_table_is_read() -> None:
    guessed = table("users", primary_keys=("id",))
    asked = questions(tables=(guessed,))["no-table-confirmed"]
    assert asked.blocking
    assert "'table_details={users: {ingestion: snapshot, primary_keys: [id]}}'" in asked.text
    said = table("orders", primary_keys=("id",), given=SAID)
    assert "no-table-confirmed" not in questions(tables=(guessed, said))
    assert "no-table-confirmed" not in questions(tables=(guessed,), purpose="evaluate")


@pytest.mark.parametrize(
    ("changes", "blocks"),
    [
        ({"docs_url": ""}, True),
        ({"docs_url": "", "source_type": "files", "recommendation_reason": "x"}, False),
        ({"problem": ""}, True),
        ({"target_users": ()}, True),
        ({"use_cases": ()}, True),
        ({"managed_connector": "unknown"}, True),
        ({"community_connector": "unknown"}, True),
        ({"third_party_connectors": ()}, False),
        ({"auth_methods": ()}, True),
        ({"owner": ""}, False),
    ],
)
def test_a_plan_waits_for_what_it_cannot_be_approved_without(
    changes: dict[str, Any], blocks: bool
) -> None:
    assert any(one.blocking for one in questions(**changes).values()) is blocks


def test_a_plan_waits_for_a_decision_on_each_high_risk() -> None:
    assert questions(risk("drift"))["undecided-risks"].blocking
    accepted = risk("drift", decision=Decision("accepted"))
    assert "undecided-risks" not in questions(accepted)


# Answers that are not there

UNKNOWN = [
    ("docs_url", ""),
    ("problem", ""),
    ("target_users", ()),
    ("use_cases", ()),
    ("analytics", ""),
    ("change_frequency", "unknown"),
    ("managed_connector", "unknown"),
    ("community_connector", "unknown"),
    ("third_party_connectors", ()),
    ("federation_fit", "unknown"),
    ("alternatives_considered", ""),
    ("out_of_scope", ()),
    ("auth_methods", ()),
    ("page_size", None),
    ("pagination", "unknown"),
    ("request_timeout_seconds", None),
    ("api_version", ""),
    ("schema_kind", "unknown"),
    ("schema_changes", "unknown"),
    ("sync_interval", None),
    ("test_environment", "unknown"),
    ("test_environment", "none"),
    ("owner", ""),
]


@pytest.mark.parametrize(("answer", "unknown"), UNKNOWN)
def test_an_answer_that_is_not_there_is_asked_for(answer: str, unknown: Any) -> None:
    (asked,) = questions(**{answer: unknown}).values()
    assert asked.answer == answer
    assert f"{answer}=" in asked.text


@pytest.mark.parametrize("depth", ["essential", "full"])
def test_what_settles_a_question_is_an_answer_of_the_session(depth: str) -> None:
    found = derive(facts(depth=depth, source_name="", tables=(table("orders", assumed=ALL),)), ())
    assert len(found) > 10
    assert {one.answer for one in found} <= set(QUESTIONS)


def test_what_is_asked_of_a_table_is_one_answer_that_can_be_given_as_it_stands() -> None:
    asked = questions(tables=(table("orders", rows=2_000_000), table("users")))["volumes"].text
    (answer,) = shlex.split(asked[asked.index("`-d ") + 4 : asked.rindex("`")])
    question, _, text = answer.partition("=")
    assert question == "table_details"
    assert yaml.safe_load(text) == {"users": {"rows": "2M"}}


def test_a_decision_that_is_asked_for_names_its_risk_alone() -> None:
    taken = {"other": Decision("accepted", owner="Ada", severity="High")}
    asked = questions(risk("drift"), risk_decisions=taken)["undecided-risks"].text
    assert "'risk_decisions={drift: {status: mitigated, owner: Ada}}'" in asked


def test_an_unknown_rate_limit_is_asked_for_and_none_is_an_answer() -> None:
    assert questions(rate_limits=None)["rate-limit"].answer == "rate_limit"
    assert questions(rate_limits=()) == {}


def test_a_missing_authentication_method_blocks_the_plan() -> None:
    assert questions(auth_methods=())["auth-methods"].blocking


def test_a_short_session_asks_once_for_all_that_it_did_not_ask() -> None:
    found = questions(depth="essential", analytics="", owner="", docs_url="")
    assert set(found) == {"not-asked-yet", "docs-url"}
    assert "`analytics` and `owner`" in found["not-asked-yet"].text
    assert "such as `connection_parameters`, `auth_traits` and" in found["not-asked-yet"].text


def test_a_short_session_that_knows_everything_asks_nothing() -> None:
    assert questions(depth="essential") == {}


def test_a_database_is_not_asked_about_pages_and_limits() -> None:
    reason = {"source_type": "database", "recommendation_reason": "The network is closed."}
    host = {"connection_parameters": (ConnectionParameter("host", required=True),)}
    assert questions(**reason, **host, rate_limits=None, page_size=None, pagination="unknown") == {}


def test_what_comes_in_one_response_has_no_page_size() -> None:
    assert questions(page_size=None, pagination="none") == {}


@pytest.mark.parametrize("recommendation", ["adopt", "stop"])
def test_where_nothing_gets_built_nobody_asks_how(recommendation: str) -> None:
    found = questions(
        risk("drift"),
        recommendation=recommendation,
        auth_methods=(),
        rate_limits=None,
        sync_interval=None,
        depth="essential",
        tables=(table("orders", assumed=frozenset({"ingestion", "primary_keys"})),),
        adopts="The managed connector",
    )
    assert found == {}


def test_an_adoption_without_a_name_asks_what_is_adopted() -> None:
    assert set(questions(recommendation="adopt", tables=())) == {"adopts"}


def test_an_evaluation_that_may_end_in_building_asks_how() -> None:
    found = questions(purpose="evaluate", rate_limits=None, tables=())
    assert set(found) == {"rate-limit", "tables"}


# What exists already

MANAGED = Finding("managed", ("Acme",), "It exists.", "2026-11-23")


def knows(finding: Finding) -> Existing:
    return Existing(match="acme", findings=(finding,), near=(), as_of="2026-11-23")


def test_a_connector_that_the_answers_deny_is_asked_about() -> None:
    found = questions(existing=knows(MANAGED))["catalogue-knows-managed"]
    assert found.answer == "managed_connector"
    assert "2026-11-23" in found.text
    assert found.blocking


def test_a_reason_to_build_all_the_same_lets_the_plan_go_on() -> None:
    found = questions(existing=knows(MANAGED), recommendation_reason="It lacks custom fields.")
    assert not found["catalogue-knows-managed"].blocking


def test_a_connector_for_a_part_of_the_source_is_rightly_denied() -> None:
    partial = Finding("managed", ("Acme audit logs",), "", "2026-11-23", partial=True)
    assert questions(existing=knows(partial)) == {}


def test_a_name_that_looks_alike_is_offered() -> None:
    near = Existing(match="", findings=(), near=("Acme's CRM", "Acne"), as_of="2026-11-23")
    found = questions(existing=near)["near-names"]
    assert "Acme's CRM and Acne" in found.text
    assert command(found) == ["-d", "source_name=Acme's CRM"]


def test_going_on_against_the_evidence_needs_a_reason() -> None:
    found = questions(source_type="files", recommendation_reason="")["recommendation-reason"]
    assert found.blocking
    assert "Auto Loader" in found.text
    assert "recommendation-reason" not in questions(
        source_type="files", recommendation_reason="They are encrypted."
    )


# Tables


def test_assumed_keys_and_cursors_are_asked_for_with_their_tables() -> None:
    guessed = {"primary_keys": ("id",), "cursor_field": "updated_at", "rows": 1, "rows_per_day": 1}
    found = questions(
        tables=(
            table("a", assumed=frozenset({"primary_keys"}), **guessed),
            table("b", ingestion="cdc", assumed=frozenset({"cursor_field"}), **guessed),
            table("c", assumed=frozenset({"primary_keys"}), **guessed),
        )
    )
    assert {"assumed-keys", "assumed-cursors"} < set(found)
    assert "`a` and `c`" in found["assumed-keys"].text
    assert "`updated_at`" in found["assumed-cursors"].text
    assert "`b`" in found["assumed-cursors"].text


def test_tables_read_in_full_because_nobody_said_otherwise_are_asked_about() -> None:
    guessed = table("a", primary_keys=("id",), rows=1, assumed=frozenset({"ingestion"}))
    assert "assumed-ingestion" in questions(tables=(guessed,))


def test_volumes_are_asked_for_where_capacity_needs_them() -> None:
    found = questions(
        tables=(
            table("sized", rows=1),
            table("unsized"),
            table("growth_unknown", ingestion="append", rows=1),
            table("reloaded", shipped=True),
            table("loaded", ingestion="append", rows_per_day=1, shipped=True),
        )
    )
    assert "`unsized`, `growth_unknown` and `reloaded`?" in found["volumes"].text


@pytest.mark.parametrize(
    ("known", "asked"),
    [
        ({}, "rows: 2M"),
        ({"ingestion": "cdc"}, "rows: 2M, rows_per_day: 10k"),
        ({"ingestion": "cdc", "rows": 5}, "rows_per_day: 10k"),
    ],
)
def test_volumes_are_asked_for_as_far_as_they_are_unknown(
    known: dict[str, object], asked: str
) -> None:
    assert (
        f"{{orders: {{{asked}}}}}" in questions(tables=(table("orders", **known),))["volumes"].text
    )


def test_a_reason_asked_for_comes_with_those_that_were_given() -> None:
    left_out = (("articles", "others have them"), ("webhooks", ""))
    asked = questions(out_of_scope=left_out)["out-of-scope-reasons"].text
    assert '\'out_of_scope=["articles - others have them", "webhooks - reason"]\'' in asked


def test_a_later_phase_is_not_held_up_by_the_connector_it_extends() -> None:
    known = CATALOGUE.look_up("HubSpot", "hubspot")
    found = {"source_name": "HubSpot", "existing": known, "recommendation": "extend"}
    for answer, question in (
        ("no", "catalogue-knows-community"),
        ("unknown", "community-connector"),
    ):
        assert question in questions(**found, community_connector=answer)
        assert question not in questions(**found, community_connector=answer, purpose="phase")


def test_many_tables_make_one_question_that_can_be_read() -> None:
    guessed = tuple(table(f"t{n}", assumed=frozenset({"primary_keys"})) for n in range(250))
    found = questions(tables=guessed)["assumed-keys"]
    assert "and 242 more" in found.text
    assert len(found.text) < 400


def test_what_is_left_out_without_a_reason_is_asked_about() -> None:
    found = questions(out_of_scope=(("invoices", ""), ("audit logs", "later")))
    assert "left out: invoices?" in found["out-of-scope-reasons"].text


# Risks


def test_high_risks_nobody_has_decided_on_are_asked_about() -> None:
    found = questions(risk("a"), risk("b", "Medium"), risk("c", decision=Decision("mitigated")))
    assert set(found) == {"undecided-risks"}
    assert "`a`" in found["undecided-risks"].text


def test_a_risk_that_has_grown_since_its_decision_blocks_the_plan() -> None:
    grown = risk("drift", decision=Decision("accepted", severity="Medium"), worse=True)
    found = questions(grown)["worse-risks"]
    assert found.blocking
    assert "Medium then, High now" in found.text


def test_a_risk_without_a_way_out_is_asked_about() -> None:
    found = questions(risk("extra", "Low", mitigation="", title="Ada is on leave"))
    assert "Ada is on leave" in found["risks-without-mitigation"].text
    decided = Decision("open", mitigation="Ask Grace.")
    assert questions(risk("extra", "Low", mitigation="", decision=decided)) == {}


def test_a_decision_without_its_risk_is_asked_about_unless_it_is_closed() -> None:
    left = {"gone": Decision("accepted"), "done": Decision("closed"), "met": Decision("accepted")}
    found = questions(risk("met", decision=left["met"]), risk_decisions=left)
    assert set(found) == {"unused-decisions"}
    assert "`gone`" in found["unused-decisions"].text
    assert "`done`" not in found["unused-decisions"].text


# The course of the work


def test_a_table_in_no_written_phase_is_asked_about() -> None:
    found = questions(phases=(("Only the README", ()),))
    assert "`orders`" in found["tables-without-phase"].text


def test_a_later_phase_must_say_what_is_shipped() -> None:
    assert set(questions(purpose="phase", phase=2)) == {"shipped-tables"}
    assert questions(purpose="phase", phase=2, shipped_tables=("orders",)) == {}


def test_an_approval_without_a_name_is_asked_about() -> None:
    assert set(questions(approved=True)) == {"approved-by"}
    assert questions(approved=True, approved_by="Ada") == {}


# Order, ids, commands


def test_blocking_questions_come_first_then_the_order_of_the_session() -> None:
    found = questions(
        risk("drift"), owner="", docs_url="", auth_methods=(), tables=(table("a"),), page_size=None
    )
    blocking = ["docs-url", "no-table-confirmed", "auth-methods", "undecided-risks"]
    expected = [*blocking, "volumes", "page-size", "owner"]
    assert list(found) == expected


@given(st.sets(st.sampled_from([name for name, _ in UNKNOWN])))
def test_the_id_of_a_question_does_not_depend_on_the_others(unknown: set[str]) -> None:
    values = {**dict(UNKNOWN), "test_environment": "unknown"}
    together = questions(**{name: values[name] for name in unknown})
    apart = {one for name in unknown for one in questions(**{name: values[name]})}
    assert set(together) == apart


def command(question: OpenQuestion) -> list[str]:
    """The options that the text of a question says to add to the update command."""
    code = question.text[question.text.index("`-d ") + 1 :]
    return shlex.split(code[: code.index("`")])


def test_every_command_can_be_given_as_it_is_printed() -> None:
    everything = questions(
        risk("token-expires"),
        risk(
            "schema-unknown",
            mitigation="",
            decision=Decision("accepted", severity="Low"),
            worse=True,
        ),
        risk_decisions={"deletes-unseen": Decision()},
        tables=(
            table("a", assumed=frozenset({"ingestion", "primary_keys"}), primary_keys=("id",)),
            table("b", assumed=frozenset({"cursor_field"}), cursor_field="updated_at"),
        ),
        rate_limits=None,
        source_type="other",
        phases=(("Nothing", ()),),
        approved=True,
        **{name: value for name, value in UNKNOWN if name != "test_environment"},
    )
    assert len(everything) > 25
    for question in everything.values():
        option, given_answer = command(question)
        name, _, value = given_answer.partition("=")
        assert option == "-d"
        answers = {"connector": "acme", "tables": ["a", "b"], name: yaml.safe_load(value)}
        normalise(answers)
        refused = problems(answers, {}, complete=True)
        assert refused == () or value == "https://...", question.id  # an address to fill in


def test_changes_without_a_key_or_a_cursor_block_the_plan() -> None:
    keyless = table("orders", ingestion="cdc", rows=9, rows_per_day=1, given=SAID)
    asked = questions(tables=(keyless._replace(without=frozenset({"primary_keys"})),))
    question = asked["changes-without-key-or-cursor"]
    assert question.blocking
    assert "`orders`" in question.text
    snapshot = keyless._replace(ingestion="snapshot", without=frozenset({"primary_keys"}))
    assert "changes-without-key-or-cursor" not in questions(tables=(snapshot,))


def test_a_table_that_names_none_of_the_limits_is_asked_for_it() -> None:
    heavy = RateLimit(1, 1, "heavy 1/s", "heavy")
    assert "`heavy`" in questions(rate_limits=(heavy,))["limits-of-tables"].text
    named = KNOWN["tables"][0]._replace(rate_limit="heavy")
    assert questions(rate_limits=(heavy,), tables=(named,)) == {}


def test_the_rows_of_a_parent_that_is_not_in_scope_are_asked_for() -> None:
    child = KNOWN["tables"][0]._replace(parent="customers")
    assert "`customers`" in questions(tables=(child,))["parents-out-of-scope"].text


# What a connection asks for, and how new records are told


def test_another_method_of_signing_in_gets_a_name() -> None:
    asked = questions(auth_methods=("other",))["auth-method-without-a-name"]
    assert asked.answer == "connection_parameters" and "auth_method: other" in asked.text
    key = ConnectionParameter("private_key", required=True, secret=True, auth_method="other")
    named = questions(auth_methods=("other",), connection_parameters=(key,))
    assert "auth-method-without-a-name" not in named


def test_a_source_without_a_public_address_is_asked_for_one() -> None:
    database = {"source_type": "database", "recommendation_reason": "The network is closed."}
    assert "No parameter asks for an address" in questions(**database)["connection-address"].text
    user = (ConnectionParameter("username", required=True),)
    assert "connection-address" in questions(**database, connection_parameters=user)
    dsn = (ConnectionParameter("dsn", required=True),)
    assert "connection-address" not in questions(**database, connection_parameters=dsn)
    assert "connection-address" not in questions(source_type="rest_api")


def test_an_append_table_is_asked_by_what_its_new_records_are_told() -> None:
    def asked(**said: Any) -> bool:
        return "append-cursors" in questions(
            tables=(table("reviews", **{"ingestion": "append", **said}),)
        )

    assert asked()
    assert not asked(cursor_field="submitted_at")
    assert not asked(without=frozenset({"cursor_field"}))  # somebody said that there is none
    assert not asked(read_by="changes")  # the feed keeps the place
    assert not asked(ingestion="snapshot")
