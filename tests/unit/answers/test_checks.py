"""What is taken, in which shapes it may come, and what counts as newly said."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from planning import problems
from planning.answers.checks import QUESTIONS, normalise, refusal, taken_back
from planning.answers.checks.shapes import recorded_as
from planning.answers.reading import read_answers

TABLES = ["orders", "customers"]


def normalised(**given: object) -> dict[str, Any]:
    answers: dict[str, Any] = dict(given)
    normalise(answers)
    return answers


@pytest.mark.parametrize(
    ("question", "given", "taken"),
    [
        # one text for everything, as forms and the command line give it
        ("cdc_tables", "orders, customers", ["orders", "customers"]),
        ("cdc_tables", "[orders, customers]", ["orders", "customers"]),
        ("auth_methods", "basic,api_key", ["api_key", "basic"]),
        ("tables", "orders,customers", ["orders", "customers"]),
        (
            "tables",
            "- orders\n- name: customers\n  rows: 2M",
            ["orders", {"name": "customers", "rows": "2M"}],
        ),
        ("table_details", "orders: {rows: 2M}", {"orders": {"rows": "2M"}}),
        ("must_have", "Reads: orders, Stops", ["Reads: orders", "Stops"]),
        ("out_of_scope", "Audit logs: later, Writing - no", ["Audit logs: later", "Writing - no"]),
        ("out_of_scope", "{Audit logs: later}", {"Audit logs": "later"}),
        ("dependencies", "requests>=2,<3, httpx", ["requests>=2,<3", "httpx"]),
        ("page_size", "2_000", 2000),
        ("page_size", 100.0, 100),
        ("approved", "no", False),
        # what YAML makes of an unquoted word
        ("managed_connector", False, "no"),
        ("federation_fit", True, "yes"),
        ("created", date(2026, 1, 1), "2026-01-01"),
        ("api_end_of_life", datetime(2026, 1, 1, 2), "2026-01-01"),
        ("depth", "FULL", "full"),
        # not known yet
        ("test_environment", "", "unknown"),
        ("auth_methods", "", []),
        # a text in a list is a text
        ("must_have", ["null", "a"], ["null", "a"]),
        ("must_have", "null, a", ["null", "a"]),
        ("risk_decisions", "", ""),
        # the word, not "not known"
        ("pagination", "none", "none"),
        ("test_environment", "none", "none"),
        ("auth_methods", "none", ["none"]),
        ("features", [], []),
        ("p0_tables", [], []),
    ],
)
def test_an_answer_gets_the_shape_that_copier_expects(
    question: str, given: object, taken: object
) -> None:
    assert normalised(**{question: given}) == {question: taken}


@pytest.mark.parametrize("question", ["purpose", "layout", "features", "p0_tables", "created"])
@pytest.mark.parametrize("empty", [None, "", "  "])
def test_an_empty_answer_leaves_a_question_with_a_worked_out_default_to_it(
    question: str, empty: object
) -> None:
    assert normalised(**{question: empty}) == {}
    assert taken_back({question: empty}) == (question,)


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("null", [None, "null"])
def test_null_takes_any_answer_back(question: str, null: object) -> None:
    assert normalised(**{question: null}) == {}
    assert taken_back({question: null}) == (question,)


def test_no_other_answer_takes_itself_back() -> None:
    assert (
        taken_back({"features": [], "p0_tables": [], "docs_url": "", "owner": "null island"}) == ()
    )


def test_normalising_again_changes_nothing() -> None:
    given = {"tables": "orders, customers", "cdc_tables": "orders", "managed_connector": False}
    once = normalised(**given)
    assert normalised(**once) == once


def test_what_cannot_be_read_is_kept_for_the_refusal_to_quote() -> None:
    assert normalised(page_size="many") == {"page_size": "many"}


def test_normalised_answers_make_the_same_plan() -> None:
    given = {
        "connector": "acme",
        "tables": "orders, customers",
        "cdc_tables": "orders",
        "rate_limit": "10/s",
        "dependencies": "requests>=2",
        "out_of_scope": "Audit logs - later",
    }
    assert read_answers(normalised(**given)) == read_answers(given)


@pytest.mark.parametrize(
    "given",
    [
        {"docs_url": "HTTPS://docs.example.com/api?a=b#c"},
        {"source_name": 'O\'Brien & Söhne "GmbH" {{ x }}'},
        {"owner": "12"},
        {"rate_limit": "100 per 10 seconds, 100000/day"},
        {"tables": [{"name": "events", "ingestion": "append", "cursor_field": "properties.time"}]},
        {"tables": [{"name": "plans", "ingestion": "snapshot", "cursor_field": "updated_at"}]},
        {
            "tables": [
                {"name": "t", "primary_keys": ["$properties.$last_seen", "b"], "rows": "1.5B"}
            ]
        },
        {"table_details": {"orders": {"rows": "40k"}}, "tables": TABLES},
        {"features": ["delete_sync"], "tables": TABLES, "cdc_with_deletes_tables": ["orders"]},
        {"features": ["delete_sync"], "purpose": "evaluate", "tables": []},
        {"tables": [], "purpose": "evaluate"},
        {"recommendation": "stop"},
        {"extra_risks": [{"risk": "Vendor is for sale"}], "tables": TABLES},
        {"out_of_scope": {"audit_logs": "later"}, "tables": TABLES},
        {"phase": 2, "purpose": "phase", "tables": TABLES, "shipped_tables": ["orders"]},
        {"_src_path": "x", "_commit": "v1", "_edition": 2, "risk_levels": {}, "tables": TABLES},
        {"approved_on": "2026-11-28", "approved_plan": {"open_questions": 1}, "tables": TABLES},
        {"unconfirmed": {"page_size": "openapi.json"}, "page_size": 100},
    ],
)
def test_a_good_answer_is_taken(given: dict[str, Any]) -> None:
    answers = normalised(**{"connector": "acme", "tables": TABLES, **given})
    assert problems(answers, {}, complete=True) == ()


def test_a_decision_on_an_extra_risk_is_taken() -> None:
    risks = [{"risk": "Vendor is for sale"}]
    (risk,) = read_answers({"connector": "acme", "extra_risks": risks}).extra_risks
    given = {"extra_risks": risks, "risk_decisions": {risk.id: {"status": "accepted"}}}
    assert problems(given, {}) == ()


def test_details_take_the_place_of_what_is_on_record_and_not_of_what_is_said_with_them() -> None:
    table, details = [{"name": "orders", "rows": 1}], {"orders": {"rows": 2}}
    assert problems({"table_details": details}, {"tables": table}) == ()
    (said,) = problems({"table_details": details, "tables": table}, {})
    assert said.startswith('table_details: item "orders" says another rows than tables does;')


def test_details_of_a_table_that_is_on_record_with_a_type_can_change_it() -> None:
    recorded = {"tables": [{"name": "orders", "ingestion": "cdc"}]}
    assert problems({"table_details": {"orders": {"ingestion": "append"}}}, recorded) == ()


def test_a_decision_on_record_may_be_about_a_risk_that_is_gone() -> None:
    recorded = {"risk_decisions": {"of-an-older-template": {"status": "accepted"}}}
    given = {"risk_decisions": {"of-an-older-template": {"status": "closed"}}}
    assert problems(given, recorded) == ()


def test_answers_on_record_that_contradict_each_other_do_not_stop_another_change() -> None:
    recorded = {"tables": TABLES, "out_of_scope": {"orders": "later"}}
    assert problems({"owner": "Ada"}, recorded) == ()


def test_an_answer_on_record_that_nobody_can_read_is_refused_until_it_is_given_anew() -> None:
    recorded = {"tables": TABLES, "page_size": "many"}
    (sentence,) = problems({"owner": "Ada"}, recorded)
    assert sentence.startswith('page_size, as it is on record: is "many", which is no number;')
    assert sentence.endswith("Give it anew, with -d page_size=...")
    assert problems({"page_size": 100}, recorded) == ()


def test_tables_on_record_that_nobody_can_read_are_the_only_problem() -> None:
    recorded = {"tables": [{"nmae": "orders"}], "p0_tables": ["orders"]}
    (sentence,) = problems({"cdc_tables": ["orders"]}, recorded)
    assert sentence.startswith("tables, as it is on record: ")


def test_a_table_added_to_the_scope_must_leave_the_list_of_what_is_out() -> None:
    recorded = {"tables": ["customers"], "out_of_scope": {"orders": "later"}}
    assert len(problems({"tables": TABLES}, recorded)) == 1


def test_a_tick_given_for_another_list_than_on_record_is_taken() -> None:
    recorded = {"tables": TABLES, "cdc_tables": ["orders"]}
    assert problems({"append_tables": ["orders"]}, recorded) == ()


def test_building_after_all_needs_the_table_that_was_never_named() -> None:
    recorded = {"connector": "acme", "recommendation": "stop", "tables": None}
    said = problems({"recommendation": "build"}, recorded, complete=True)
    assert said == (
        "tables: name at least one table, such as orders, or [{name: orders, rows: 2M}].",
    )


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        ({}, False),
        ({"purpose": "new", "recommendation": "build"}, False),
        ({"purpose": "new", "tables": []}, False),
        ({"recommendation": "build", "tables": []}, False),
        ({"purpose": "new", "recommendation": "build", "tables": []}, True),
        ({"purpose": "new", "recommendation": "stop", "tables": []}, False),
        ({"purpose": "evaluate", "recommendation": "build", "tables": []}, False),
    ],
)
def test_tables_are_missed_only_once_it_is_settled_that_something_gets_built(
    given: dict[str, Any], refused: bool
) -> None:
    assert bool(problems(given, {})) == refused


def test_a_tick_of_a_table_that_the_package_delivers_is_refused() -> None:
    recorded = {
        "existing_package": True,
        "tables": [{"name": "orders", "ingestion": "cdc"}, "refunds"],
        "shipped_tables": ["orders"],
    }
    given = {"p1_tables": ["orders"], "cdc_tables": ["orders", "refunds"]}
    assert problems(given, recorded) == (
        'p1_tables: item "orders" is delivered already; name tables of this phase.',
    )


def test_ticks_without_any_tables_to_tick_are_refused() -> None:
    tables = "names tables while tables is not answered; give tables as well."
    given = {"cdc_tables": ["orders"], "p0_tables": ["orders"]}
    assert problems(given, {}) == (f"cdc_tables: {tables}", f"p0_tables: {tables}")


def test_details_can_be_given_before_the_tables() -> None:
    assert problems({"table_details": {"orders": {"rows": 1}}}, {}) == ()


@pytest.mark.parametrize(("strange", "counted"), [(10, 0), (11, 1), (30, 20)])
def test_of_many_strange_tables_ten_are_named_and_the_rest_counted(
    strange: int, counted: int
) -> None:
    ticked = [f"x{number}" for number in range(strange)]
    said = problems({"tables": TABLES, "cdc_tables": ticked}, {})
    assert sum("is not in tables;" in sentence for sentence in said) == 10
    rest = [sentence for sentence in said if "more items are not in tables" in sentence]
    assert [sentence.split()[1] for sentence in rest] == ([str(counted)] if counted else [])


def test_a_table_given_for_two_lists_of_one_kind_is_refused() -> None:
    given = {"tables": TABLES, "cdc_tables": ["orders"], "append_tables": ["customers"]}
    assert problems({**given, "p0_tables": ["orders"], "p1_tables": ["customers"]}, {}) == ()
    (said,) = problems({**given, "p0_tables": ["orders"], "p1_tables": ["orders"]}, {})
    assert said.startswith('p1_tables: item "orders" is in p0_tables too;')


def test_delete_sync_waits_for_the_checkboxes_of_a_terminal() -> None:
    assert problems({"tables": TABLES, "features": ["delete_sync"]}, {}) == ()


def test_a_validator_says_nothing_of_a_good_answer() -> None:
    assert refusal("orders, customers", "tables") == ""


def test_an_empty_answer_is_refused_only_where_one_is_needed() -> None:
    assert refusal(None, "tables") == ""
    assert refusal(None, "tables", needed=True).startswith("name at least one table")


def test_a_parameter_can_only_belong_to_a_planned_method() -> None:
    parameters = [{"name": "email", "auth_method": "basic"}]
    given = {"auth_methods": ["api_key"], "connection_parameters": parameters}
    assert problems(given, {}) == (
        'connection_parameters: item "email" has auth_method basic, which is not in auth_methods; '
        "name it there as well.",
    )
    assert problems({**given, "auth_methods": ["basic", "api_key"]}, {}) == ()


def test_a_parameter_may_stand_once_in_each_method() -> None:
    first = {"name": "client_id", "auth_method": "basic"}
    second = {"name": "client_id", "auth_method": "api_key"}
    assert refusal([first, second], "connection_parameters") == ""
    assert "repeats item 1" in refusal([first, first], "connection_parameters")


MOVED = "src/databricks/labs/community_connector/sources/acme/.copier-answers.yml"


def test_a_plan_that_would_change_its_layout_is_told_in_which_folder_it_stands() -> None:
    recorded = {"connector": "acme", "layout": "standalone", "tables": TABLES}
    file = "sources/acme/.copier-answers.yml"
    (said,) = problems({"layout": "upstream"}, recorded, answers_file=file)
    assert said.startswith("layout: this plan stands in sources/acme; move it first")


@pytest.mark.parametrize(
    ("given", "answers_file", "said"),
    [
        ({"connector": "beta"}, "sources/acme/.copier-answers.yml", "connector: this plan is acme"),
        ({"layout": "upstream"}, "sources/acme/.copier-answers.yml", "layout: this plan stands in"),
        ({"layout": "upstream"}, MOVED, ""),
        ({"layout": "standalone"}, ".copier-answers.acme.yml", ""),
    ],
)
def test_a_plan_on_record_stays_where_its_answers_are(
    given: dict[str, Any], answers_file: str, said: str
) -> None:
    recorded = {"connector": "acme", "layout": "standalone", "tables": TABLES}
    found = problems(given, recorded, answers_file=answers_file)
    assert [sentence[: len(said)] for sentence in found] == ([said] if said else [])


def test_a_list_that_was_typed_goes_on_record_as_a_list() -> None:
    typed = {"use_cases": "reports, alerts", "tables": "a, b", "problem": "Late, and wrong."}
    assert recorded_as({**typed, "out_of_scope": "audit - later"}) == {
        "use_cases": ["reports", "alerts"],
        "tables": ["a", "b"],
        "problem": "Late, and wrong.",
        "out_of_scope": ["audit - later"],
    }


def refused(*tables: dict[str, Any], **given: Any) -> tuple[str, ...]:
    return problems({"connector": "acme", "tables": list(tables), **given}, {}, complete=True)


def test_tables_that_wait_for_each_other_are_refused_once() -> None:
    (sentence,) = refused(
        {"name": "a", "parent": "b"}, {"name": "b", "parent": "c"}, {"name": "c", "parent": "a"}
    )
    assert 'item "a" is its own parent: a needs b needs c needs a' in sentence
    (sentence,) = refused({"name": "a", "parent": "a"})
    assert "a needs a" in sentence


def test_a_parent_may_be_out_of_scope_but_not_spelled_in_another_way() -> None:
    assert refused({"name": "items", "parent": "orders"}) == ()
    (sentence,) = refused({"name": "items", "parent": "Orders"}, {"name": "orders"})
    assert "write orders" in sentence


def test_a_limit_that_a_table_names_must_be_among_the_limits() -> None:
    users = {"name": "users", "rate_limit": "heavvy"}
    (sentence,) = refused(users, rate_limit="heavy 40/s, light 80/s")
    assert 'the rate_limit "heavvy"' in sentence
    assert "did you mean heavy?" in sentence
    assert refused({**users, "rate_limit": "Heavy"}, rate_limit="heavy 40/s") == ()
    assert refused({**users, "rate_limit": "30/minute"}, rate_limit="heavy 40/s") == ()
    assert problems({"tables": [users]}, {"connector": "acme"}) == ()
