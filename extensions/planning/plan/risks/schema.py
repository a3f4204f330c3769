"""Risks from schemas: types, fields, and what only a part of the customers has."""

from __future__ import annotations

from ...answers.answer_types import Table
from ..figures import counted
from ..model import Facts
from ..wording import speaks_http
from .base_rates import history
from .hints import is_report, whole_days
from .look import caused_by, few, largest_first, names, words_of
from .rule import Cause, rules_on, texts

rule = rules_on("schema")

OFTEN = {"weekly": 0, "monthly": -1, "quarterly": -2}
"""How often fields change that a release a year cannot follow -> steps of likelihood."""

KEEPS_TYPES = ("database", "graphql_api")
"""Types of source that refuse a value of another type than they declare."""

FEW_TABLES = 2
"""Tables whose columns are compared with real records in a day."""


@rule(
    "schema-unknown",
    "Nobody knows whether the schema is static",
    "type_format",
    "fields",
    "dynamic",
)
@texts(
    what="Schemas are written by hand where they differ between customers, or discovered where "
    "they never do, and are written again.",
    mitigation="Compare the fields of one table between two customers, or look for custom fields.",
    check="Have the fields of one table been compared between two customers?",
    impact_reason="Medium: a second design of the schemas, no lost data.",
    false_positives="None: the answer takes minutes.",
)
def schema_unknown(facts: Facts) -> Cause | None:
    """`schema_kind` is unknown."""
    if facts.answers.schema_kind != "unknown":
        return None
    tables = facts.answers.in_work
    scope = f" for {counted(len(tables), 'table')}" if tables else ""
    return Cause(f"schema_kind of {facts.answers.source_name} is unknown{scope}.", "Medium")


@rule("types-differ-from-docs", "Real records do not match the written schema", "type_format")
@texts(
    what="Dates, numbers sent as text, nulls and objects where a text was expected stop a sync or "
    "arrive as null.",
    mitigation="Compare every column with real records before release; declare doubtful columns as "
    "text and nullable.",
    check="Has every column been compared with real records?",
    moves="Down one step where the source itself keeps to its types, as databases and GraphQL do, "
    "or where there are two tables or fewer.",
    impact_reason="Medium: one column is wrong, or one table stops.",
    false_positives="Schemas generated from a specification that the source validates against.",
)
def types_differ_from_docs(facts: Facts) -> Cause | None:
    """`schema_kind` is `static` and tables are to be delivered."""
    answers = facts.answers
    tables = names(largest_first(answers.in_work))
    if answers.schema_kind != "static" or not tables:
        return None
    why = (
        f"Static schemas for {counted(len(tables), 'table')} ({few(tables)}), "
        f"with test_environment {answers.test_environment}. {history('type_format')}"
    )
    light = answers.source_type in KEEPS_TYPES or len(tables) <= FEW_TABLES
    return Cause(why, "Medium", steps=-1 if light else 0, tables=tables)


@rule("discovered-types-do-not-hold", "Discovered types do not hold", "type_format", "dynamic")
@texts(
    what="The source declares a type and sends another: custom fields change type, lists become "
    "texts, and the table stops.",
    mitigation="Convert by the declared type, keep what does not fit as text, and count it; read "
    "the fields anew at every sync.",
    check="What happens when a customer changes the type of a custom field?",
    moves="Never moves: people change types as they like.",
    impact_reason="Medium: one column is wrong, or one table stops.",
    false_positives="A source that refuses values of another type.",
)
def discovered_types_do_not_hold(facts: Facts) -> Cause | None:
    """`schema_kind` is `dynamic` and `schema_discovery` is a feature."""
    answers = facts.answers
    if answers.schema_kind != "dynamic" or "schema_discovery" not in answers.features:
        return None
    how_often = _how_often(answers.schema_changes)
    why = (
        f"Fields of {answers.source_name} are discovered (schema_kind: dynamic) and {how_often}. "
        f"{history('type_format')}"
    )
    return Cause(why, "Medium")


@rule(
    "dynamic-schema-static-stubs",
    "Fixed schemas for fields that differ between customers",
    "fields",
    "dynamic",
)
@texts(
    what="Custom fields and objects never arrive; at the next customer, fields that the schema "
    "names do not exist.",
    mitigation="Make `schema_discovery` a feature, or keep what the schema does not name in one "
    "column of text.",
    check="Does a custom field made today arrive at the next sync?",
    impact_reason="Medium: data is missing that the customers see in the source.",
    false_positives="Custom fields are out of scope, and nobody waits for them.",
)
def dynamic_schema_static_stubs(facts: Facts) -> Cause | None:
    """`schema_kind` is `dynamic` and `schema_discovery` is not a feature."""
    answers = facts.answers
    if answers.schema_kind != "dynamic" or "schema_discovery" in answers.features:
        return None
    scope = few(names(largest_first(facts.answers.in_work)))
    why = f"schema_kind is dynamic, and schema_discovery is not a feature: {scope or 'all tables'}."
    return Cause(why, "Medium", tables=names(facts.answers.in_work))


@rule("fields-change", "Fields come and go", "fields", "vendor_change")
@texts(
    what="New fields do not arrive, removed ones turn to null or stop the request that names them.",
    mitigation="Compare the real fields with the schema in a weekly test; follow the changelog of "
    "the source; let an unknown field pass.",
    check="Who notices a new or removed field, and how soon?",
    moves="Down one step where it changes monthly, two where quarterly.",
    impact_reason="Medium: columns are missing until somebody adds them.",
    false_positives="Changes come only with a new API version.",
)
def fields_change(facts: Facts) -> Cause | None:
    """`schema_kind` is `static` and `schema_changes` is quarterly, monthly or weekly."""
    answers = facts.answers
    if answers.schema_kind != "static" or answers.schema_changes not in OFTEN:
        return None
    tables = counted(len(answers.in_work), "table")
    how_often = _how_often(answers.schema_changes)
    why = f"Fields of {answers.source_name} {how_often}, and the schemas of {tables} are fixed."
    return Cause(why, "Medium", steps=OFTEN[answers.schema_changes])


@rule(
    "fields-that-exclude-each-other",
    "Reports take some combinations of fields only",
    "vendor_change",
)
@texts(
    what="The source refuses a request for columns that cannot be had together, and changes which "
    "can: one retired metric stops the table.",
    mitigation="Keep the fields of each report in one place, tried together; drop a field that the "
    "source refuses, name it in the log and go on with the others.",
    check="What happens to a report when one of its fields is retired?",
    impact_reason="Medium: one table stops until a field is dropped.",
    false_positives="The report has fixed columns that no request names.",
)
def fields_that_exclude_each_other(facts: Facts) -> Cause | None:
    """A table is named like a report or statistics, below a `parent` not by its first word; or its
    key of several columns holds its cursor of whole days, as rows of a report do."""
    tables = [
        table
        for table in facts.answers.in_work
        if _is_asked_for_fields(table) or _one_row_a_day(table)
    ]
    if not speaks_http(facts.answers):
        return None
    return caused_by(tables, "Reports, whose requests name their fields: {}.", "Medium")


@rule("soap-answers", "SOAP answers that are hard to read", "encoding_parse")
@texts(
    what="Errors come with status 200, one record comes as an object and several as a list, and "
    "characters that XML forbids break the whole answer.",
    mitigation="Read faults before records; make every repeated element a list; try an answer with "
    "no, one and two records.",
    check="Have answers with no, one and two records been read?",
    impact_reason="Medium: single tables fail on single records.",
    false_positives="A client library that handles all of it.",
)
def soap_answers(facts: Facts) -> Cause | None:
    """`source_type` is `soap_api`."""
    if facts.answers.source_type != "soap_api":
        return None
    tables = facts.answers.in_work
    scope = f": {few(names(largest_first(tables)))}" if tables else ""
    return Cause(f"{facts.answers.source_name} is a SOAP API (source_type){scope}.", "Medium")


def _is_asked_for_fields(table: Table) -> bool:
    """Whether the name is that of figures.

    Below a parent, `media_insights` are; `report_meeting_participants` are people in a report.
    """
    words = words_of(table.name)
    return is_report("_".join(words[1:] if table.parent else words))


def _one_row_a_day(table: Table) -> bool:
    """Whether a row holds the figures of one day and of what else is in the key."""
    keys, day = table.primary_keys, table.cursor_field or ""
    return len(keys) > 1 and day in keys and "primary_keys" not in table.assumed and whole_days(day)


def _how_often(changes: str) -> str:
    if changes == "unknown":
        return "change, nobody knows how often"
    return f"change {changes}" if changes != "never" else "never change"
