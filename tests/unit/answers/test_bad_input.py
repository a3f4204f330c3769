"""Bad input, answer by answer: what is given, and the sentence that refuses it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from planning import problems
from planning.answers.checks import normalise

TABLES = ["orders", "customers"]

ONE_ANSWER: list[tuple[str, Any, str]] = [
    # The name of the connector: a package, a folder on every system, a name upstream looks up.
    ("connector", "", "connector: needs a name; write a text such as acme_crm."),
    ("connector", True, "connector: needs a name; write a text such as acme_crm."),
    ("connector", ["acme"], "connector: needs a name; write a text such as acme_crm."),
    (
        "connector",
        "Acme CRM",
        'connector: "Acme CRM" is no package name; write acme_crm: a letter first, then '
        "only a to z, digits and underscores.",
    ),
    ("connector", "acme-crm", "; write acme_crm: a letter first"),
    ("connector", "acme.crm", "; write acme_crm: a letter first"),
    ("connector", "../acme", "; write acme: a letter first"),
    ("connector", "/etc/acme", "; write etc_acme: a letter first"),
    ("connector", "..", "; write acme_crm: a letter first"),
    ("connector", "7zip", "; write zip: a letter first"),
    ("connector", "acmé", "; write acme: a letter first"),
    ("connector", "аcme", "; write cme: a letter first"),  # begins with a Cyrillic letter
    ("connector", "acme\n", "; write acme: a letter first"),
    ("connector", "{{ 7 * 7 }}", "; write acme_crm: a letter first"),
    ("connector", "a" * 51, "has 51 characters; use at most 50."),
    ("connector", "class", 'connector: "class" is a word of Python itself; write class_source.'),
    ("connector", "sources", '"sources" is a package of upstream itself; write sources_source.'),
    ("connector", "con", '"con" cannot be a folder on Windows, where it is a device; '),
    ("connector", "com1", '"com1" cannot be a folder on Windows, where it is a device; '),
    # Choices
    ("purpose", "nwe", 'purpose: is "nwe"; choose one of new, evaluate, phase.'),
    ("managed_connector", "maybe", 'is "maybe"; choose one of unknown, no, yes.'),
    ("source_type", ["rest_api"], "source_type: is a list or a mapping; write one text."),
    ("auth_methods", "oauth", 'auth_methods: item 1 is "oauth"; choose one of none, api_key,'),
    ("auth_methods", {"api_key": True}, "auth_methods: is a mapping; write a list"),
    ("features", ["retry_backoff", 5], 'features: item 2 is "5"; choose one of rate_limiting,'),
    # Texts: what YAML makes of an unquoted word is no longer what was written.
    ("owner", True, 'owner: is "True" to YAML, which is no text; put what you wrote in quotes.'),
    ("api_version", 2.1, 'api_version: is "2.1" to YAML, which is no text; put what you wrote'),
    ("api_version", datetime(2026, 1, 1, 2), 'is "2026-01-01 02:00:00" to YAML, which is no text'),
    # 2026_10, 007 and 24:30 have become numbers, 2026-11-01 a date
    ("api_version", 202610, 'api_version: is "202610" to YAML, which is no text; put what you'),
    ("owner", date(2026, 11, 1), 'owner: is "2026-11-01" to YAML, which is no text; put what you'),
    ("must_have", ["Reads", 7], 'must_have: item 2 is "7" to YAML, which is no text; put what'),
    ("out_of_scope", {"Old records": 2020}, 'out_of_scope: is "2020" to YAML, which is no text'),
    ("out_of_scope", {True: "Later"}, 'out_of_scope: is "True" to YAML, which is no text'),
    ("unconfirmed", {"page_size": 5}, 'unconfirmed: is "5" to YAML, which is no text'),
    ("table_details", {"orders": {"path": 202610}}, 'path is "202610" to YAML, which is no text'),
    ("extra_risks", [{"risk": 7}], 'extra_risks: risk is "7" to YAML, which is no text; put what'),
    (
        "table_details",
        {"orders": {"cursor_field": 7}},
        'table_details: cursor_field is "7" to YAML, which is no text; put what you wrote',
    ),
    ("problem", {"a": "b"}, "problem: is a list or a mapping; write one text."),
    # Addresses and dates
    ("docs_url", "example.com", 'docs_url: is "example.com", which is no address; write an'),
    ("docs_url", "ftp://example.com", "which is no address"),
    ("docs_url", "javascript:alert(1)", "which is no address"),
    ("docs_url", "https://a b.example", "which is no address"),
    ("docs_url", "http://[::1", "which is no address"),
    ("docs_url", "https://ada:secret@example.com", "docs_url: has a user name or password in"),
    ("created", "tomorrow", 'created: is "tomorrow", which is no date; write 2026-11-24.'),
    ("api_end_of_life", "2026-02-30", "which is no date; write 2026-11-24."),
    # Numbers
    ("page_size", -1, 'page_size: is "-1", which is no number; write 100, or 0 when nobody knows.'),
    ("page_size", True, "page_size: is "),
    ("page_size", [100], 'is "[100]", which is no number'),
    ("page_size", float("nan"), 'is "nan", which is no number'),
    ("page_size", float("inf"), 'is "inf", which is no number'),
    ("page_size", 10**400, "which is no number"),
    ("page_size", 16**6000, "which is no number"),
    ("request_timeout_seconds", "30s", 'is "30s", which is no number'),
    ("phase", 0, 'phase: is "0"; write the number of the phase, such as 2.'),
    ("phase", "two", 'phase: is "two"; write the number of the phase, such as 2.'),
    ("approved", "maybe", 'approved: is "maybe"; write true or false.'),
    # Rates and intervals
    ("rate_limit", "700/minit", 'rate_limit: has the unknown unit "minit"; did you mean min?'),
    ("rate_limit", "10/s, 5 per dya", 'has the unknown unit "dya"; did you mean day?'),
    ("rate_limit", 700, 'is "700", which is no rate limit; write 700/minute,'),
    ("rate_limit", "0/s", 'is "0/s", which allows nothing; write none if there is no limit.'),
    ("rate_limit", "-5/s", "which is no rate limit"),
    ("rate_limit", ["10/s"], "rate_limit: is a list or a mapping; write one text."),
    ("sync_interval", "15 minits", 'has the unknown unit "minits"; did you mean mins?'),
    ("sync_interval", 15, 'is "15", which is no interval; write 15 minutes, 1h or 1 day.'),
    # Lists of texts
    (
        "must_have",
        {"a": "b", "c": "d"},
        "must_have: is a mapping; write a list, or one text with commas.",
    ),
    ("must_have", ["Reads", True], 'must_have: item 2 is "True" to YAML, which is no text; put'),
    ("target_users", [["a"]], "item 1 is \"['a']\", which is no text; write one text an item."),
    ("table_options", "page size", 'table_options: item 1 is "page size", which is no option name'),
    ("dependencies", "foo bar", 'item 1 is "foo bar", which is no requirement; write a package'),
    ("dependencies", ["requests>=2", "???"], 'item 2 is "???", which is no requirement'),
    # Tables
    ("tables", [], "tables: name at least one table, such as orders, or [{name: orders, rows: 2M}"),
    ("tables", None, "tables: name at least one table"),
    ("tables", {"orders": {}}, "tables: is a mapping; write a list of names or mappings"),
    ("tables", 7, 'tables: item 1 is "7", which is no table name'),
    ("tables", ["orders", None], "tables: item 2 is "),
    ("tables", ["orders", "Orders"], 'tables: item 2 has both "orders" and "Orders"; SQL ignores'),
    ("tables", "orders, orders", 'tables: item 2 names "orders" twice; '),
    ("tables", "order-items", 'item 1 is "order-items", which is no table name; write order_items'),
    ("tables", ["order items"], "; write order_items: only"),
    ("tables", ["../orders"], "; write orders: only"),
    ("tables", ["/orders"], "; write orders: only"),
    ("tables", ["shop.orders"], "; write shop_orders: only"),
    ("tables", ["ordеrs"], "which is no table name"),  # with a Cyrillic letter
    ("tables", ["_community_tables"], "the prefix _community_ belongs to the pipeline itself."),
    ("tables", ["t" * 129], "use at most 128 characters."),
    ("tables", [{"rows": 1}], "tables: item 1 is "),
    ("tables", [{"name": "o", "ingestoin": "cdc"}], '("o") has the unknown key "ingestoin"; did'),
    ("tables", [{"name": "o", "ingestion": "cdf"}], '("o") ingestion is "cdf"; write one of'),
    ("tables", [{"name": "o", "priority": "P5"}], '("o") priority is "P5"; write one of P0, P1'),
    (
        "tables",
        [{"name": "o", "primary_keys": ["a b"]}],
        '("o") primary_keys is "a b", which is no',
    ),
    ("tables", [{"name": "o", "primary_keys": [False]}], '("o") primary_keys is "False" to YAML'),
    ("tables", [{"name": "o", "primary_keys": "id, id"}], "name each column once."),
    ("tables", [{"name": "o", "cursor_field": "a..b"}], "which is no column path; write id or"),
    ("tables", [{"name": "o", "rows": -1}], '("o") rows is "-1", which is out of range; write a'),
    ("tables", [{"name": "o", "rows": "2Q"}], '("o") rows is "2Q", which is no count; write a'),
    ("tables", [{"name": "o", "rows": float("nan")}], 'rows is "nan", which is no whole number'),
    ("tables", [{"name": "o", "rows": 10**400}], "which is out of range"),
    ("tables", [{"name": "o", "rows": True}], 'rows is "True", which is no count'),
    ("tables", "[orders, {name: customers", "tables: is no valid YAML ("),
    ("tables", "[2026-13-45]", "tables: is no valid YAML (month must be in 1..12); put texts with"),
    ("tables", "[" * 5_000, "tables: is nested too deeply; write one list or mapping in another."),
    ("table_details", "orders", "table_details: is no mapping; write table: details, such as"),
    ("table_details", {"orders": {"rows": "many"}}, 'item "orders" rows is "many", which is no'),
    (
        "table_details",
        {"orders": 5},
        'table_details: item "orders" is "5"; write a mapping such as',
    ),
    ("cdc_tables", "order-items", 'cdc_tables: item 1 is "order-items", which is no table name'),
    # Mappings and lists of mappings
    (
        "connection_parameters",
        [{"nam": "x"}],
        'item 1 has the unknown key "nam"; did you mean name?',
    ),
    ("connection_parameters", [{"secret": True}], "item 1 has no name; give one."),
    ("connection_parameters", "[{name: x, required: maybe}]", '("x") required is "maybe"; write'),
    ("connection_parameters", [{"name": "x"}, {"name": "X"}], 'item 2 ("X") repeats item 1; give'),
    ("connection_parameters", "[{name: x", "connection_parameters: is no valid YAML ("),
    ("extra_risks", "late", "extra_risks: is no list; write a list of mappings with risk, likelih"),
    ("extra_risks", [{"risk": "a", "impact": "Hgh"}], 'item 1 ("a") impact is "Hgh"; choose one'),
    ("extra_risks", [{"risk": "a"}, {"risk": "a"}], 'item 2 ("a") repeats item 1; give each risk'),
    ("risk_decisions", ["x"], "risk_decisions: is no mapping; write risk id: decision, such as"),
    (
        "risk_decisions",
        {"a": "accepted"},
        'risk_decisions: item "a" is "accepted"; write a mapping',
    ),
    (
        "risk_decisions",
        {"a": {"status": "done"}},
        'item "a" status is "done"; choose one of open, accepted',
    ),
    ("phases", [{"deliverables": "x"}], "phases: item 1 has no name; give one."),
    ("phases", [{"name": "A"}, {"name": "a"}], 'phases: item 2 ("a") repeats item 1; give each'),
    # Names of questions
    ("rate_limt", "1/s", '"rate_limt" is no question of the session; did you mean rate_limit?'),
    ("Tables", "a", '"Tables" is no question of the session; did you mean tables'),
    ("favourite_colour", "red", "is no question of the session; docs/reference/questions.md"),
]


NAMES = [f"{question}-{number}" for number, (question, _, _) in enumerate(ONE_ANSWER)]


def refused(**given: object) -> str:
    """What a run without a terminal says to these answers, one sentence a line."""
    answers = {"connector": "acme", "tables": TABLES, **given}
    normalise(answers)
    return "\n".join(problems(answers, {}, complete=True))


@pytest.mark.parametrize(("question", "value", "sentence"), ONE_ANSWER, ids=NAMES)
def test_a_bad_answer_is_refused_with_what_would_be_right(
    question: str, value: object, sentence: str
) -> None:
    assert sentence in refused(**{question: value})


@pytest.mark.parametrize(("question", "value", "sentence"), ONE_ANSWER, ids=NAMES)
def test_a_refusal_stays_on_one_line_that_can_be_read(
    question: str, value: object, sentence: str
) -> None:
    said = refused(**{question: value})
    assert question in said
    assert all(len(line) < 320 and line.endswith((".", "?")) for line in said.splitlines())


TOGETHER: list[tuple[dict[str, Any], str]] = [
    (
        {"cdc_tables": "orders", "append_tables": "orders"},
        'append_tables: item "orders" is in cdc_tables too; name each table in one of the two.',
    ),
    (
        {"p0_tables": TABLES, "p1_tables": ["orders"]},
        'p1_tables: item "orders" is in p0_tables too; name each table in one of the two.',
    ),
    (
        {"tables": [{"name": "orders", "ingestion": "append"}], "cdc_tables": "orders"},
        'cdc_tables: item "orders" has ingestion append in tables; say it in one place only.',
    ),
    (
        {"table_details": {"orders": {"priority": "P1"}}, "p0_tables": "orders"},
        'p0_tables: item "orders" has priority P1 in table_details; say it in one place only.',
    ),
    (
        {"tables": [{"name": "orders", "rows": "2M"}], "table_details": {"orders": {"rows": "3M"}}},
        'table_details: item "orders" says another rows than tables does; say it in one place',
    ),
    (
        {"cdc_tables": ["ordres"]},
        'cdc_tables: item "ordres" is not in tables; did you mean orders?',
    ),
    (
        {"shipped_tables": "CUSTOMER"},
        'shipped_tables: item "CUSTOMER" is not in tables; did you mean customers?',
    ),
    (
        {"table_details": {"invoices": {"rows": 1}}},
        'table_details: item "invoices" is not in tables; name it in tables, or leave it out here.',
    ),
    (
        {"out_of_scope": "Orders - later"},
        'out_of_scope: item "Orders" is in tables too; take orders out of one of the two.',
    ),
    (
        {"features": "delete_sync", "cdc_tables": "orders"},
        'features: item "delete_sync" needs a table with ingestion cdc_with_deletes; '
        "name one, or leave delete_sync out.",
    ),
    (
        {"risk_decisions": {"rate-limit-unknow": {"status": "accepted"}}},
        'risk_decisions: item "rate-limit-unknow" is no risk this plan can have; '
        "did you mean rate-limit-unknown",
    ),
    (
        {"risk_decisions": {"extra-other": {"status": "accepted"}}, "extra_risks": []},
        'item "extra-other" is no risk this plan can have; ',
    ),
]


@pytest.mark.parametrize(("given", "sentence"), TOGETHER)
def test_answers_that_contradict_each_other_are_refused(
    given: dict[str, Any], sentence: str
) -> None:
    assert sentence in refused(**given)


def test_every_problem_is_listed_at_once() -> None:
    said = refused(rate_limt="1/s", page_size="x", docs_url="x", cdc_tables="ordres")
    assert [line.split(":")[0].split()[0] for line in said.splitlines()] == [
        '"rate_limt"',
        "docs_url",
        "page_size",
        "cdc_tables",
    ]


def test_a_missing_required_answer_is_named_where_nobody_will_be_asked() -> None:
    assert [line.split(":")[0] for line in problems({}, {}, complete=True)] == [
        "connector",
        "tables",
    ]


def test_nothing_is_missing_yet_where_the_terminal_will_ask() -> None:
    assert problems({}, {}) == ()


def test_thousands_of_unknown_tables_make_a_short_refusal() -> None:
    said = refused(cdc_tables=[f"gone_{number}" for number in range(5_000)])
    assert len(said.splitlines()) == 11
    assert "4990 more items are not in tables" in said


def test_five_thousand_tables_are_taken() -> None:
    assert refused(tables=[f"table_{number}" for number in range(5_000)]) == ""


def test_a_text_of_ten_thousand_characters_is_taken() -> None:
    hostile = "{{ 7 * 7 }} | ``` --- '\"\n: # &a *a !!x \\ \u202e 😀 " * 200
    assert refused(problem=hostile, must_have=[hostile], source_name=hostile) == ""
