"""The JSON Schema of a plan file: never out of date, and of one mind with the session."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from planning import QUESTIONS, problems
from planning.answers.checks import connector_name, refusal
from planning.answers.reading import (
    DECISION_KEYS,
    EXTRA_RISK_KEYS,
    PARAMETER_KEYS,
    PHASE_KEYS,
    read_extra_risks,
)
from planning.answers.tables import DETAIL_KEYS, TABLE_KEYS
from planning.terms import vocabulary
from projects import ROOT

FILE = ROOT / "schemas" / "plan.schema.json"
SCHEMA: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
EXAMPLES = sorted((ROOT / "examples").glob("*.yml"))


class Editor(yaml.SafeLoader):
    """Reads YAML 1.2 as editors do: `no` is a text, and so is a date."""


Editor.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in known if not tag.endswith((":timestamp", ":bool"))]
    for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Editor.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), list("tf"))


def complaints(plan: Any) -> list[str]:
    """Where the schema finds something wrong, as `tables/0/priority`."""
    found = jsonschema.Draft202012Validator(SCHEMA).iter_errors(plan)
    return ["/".join(map(str, error.path)) for error in found]


def in_schema(text: str) -> list[str]:
    return complaints(yaml.load(text, Editor))


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_every_example_names_the_schema_and_fits_it(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    first = text.partition("\n")[0]
    address = first.removeprefix("# yaml-language-server: $schema=")
    assert (file.parent / address).resolve() == FILE
    assert in_schema(text) == []
    assert complaints(yaml.safe_load(text)) == []


def test_every_question_has_a_title_a_description_and_something_to_start_from() -> None:
    assert set(SCHEMA["properties"]) == set(QUESTIONS)
    for name, known in SCHEMA["properties"].items():
        assert known["title"], name
        assert len(known["description"]) > 10, name
        assert {"examples", "default", "enum"} & set(known) or "Default: " in known["description"]


def test_every_choice_is_explained() -> None:
    def enums(node: Any) -> Any:
        if isinstance(node, dict):
            if "enumDescriptions" in node:
                yield node["enum"], node["enumDescriptions"]
            for value in node.values():
                yield from enums(value)

    found = list(enums(SCHEMA))
    assert len(found) > 20
    for values, meanings in found:
        assert len(values) == len(meanings)
        assert all(meanings)


@pytest.mark.parametrize(
    ("structure", "keys"),
    [
        ("table", TABLE_KEYS),
        ("table_details", DETAIL_KEYS),
        ("connection_parameters", PARAMETER_KEYS),
        ("extra_risks", EXTRA_RISK_KEYS),
        ("risk_decisions", DECISION_KEYS),
        ("phases", PHASE_KEYS),
    ],
)
def test_structures_have_the_keys_of_the_session(structure: str, keys: Iterable[str]) -> None:
    assert list(SCHEMA["$defs"][structure]["properties"]) == list(keys)


def test_the_choices_are_those_of_the_session() -> None:
    table = SCHEMA["$defs"]["table"]["properties"]
    assert table["ingestion"]["enum"] == [*vocabulary.INGESTION_TYPES, None]
    assert SCHEMA["$defs"]["extra_risks"]["properties"]["impact"]["enum"] == [
        *vocabulary.LEVELS,
        None,
    ]
    assert SCHEMA["properties"]["features"]["items"]["enum"] == [*vocabulary.FEATURES]


@pytest.mark.parametrize("name", QUESTIONS)
def test_examples_and_defaults_fit_the_schema_and_the_session(name: str) -> None:
    known = SCHEMA["properties"][name]
    values = [*known.get("examples", [])]
    if "default" in known:
        values.append(known["default"])
    for value in values:
        assert complaints({name: value}) == []
        assert refusal(value, name) == ""


@pytest.mark.parametrize(
    "plan",
    [
        "{}",
        "connector: acme\ntables: orders, customers",
        "tables: [orders, {name: items, rows: 1.5B, rows_per_day: 2_000, priority: P1}]",
        "tables: '[{name: orders, ingestion: cdc}]'",
        "tables: [{name: orders, primary_keys: 'a, b', options: limit, cursor_field:}]",
        "rate_limit:\nsync_interval:\ntables:\nauth_methods:\nrisk_decisions:\nphases:",
        "managed_connector: no\ncreated: 2026-11-24\napproved: true",
        "auth_methods: api_key, basic\nfeatures: []",
        "out_of_scope: [Audit logs - later, Webhooks: no use]",
        "out_of_scope: {Audit logs: later, Webhooks:}",
        "risk_decisions: {rate-limit-unknown: {status: accepted, owner: Ada}}",
        "table_details: {orders: {rows: 40k}}",
        "page_size: 1_000",
        "dependencies: requests>=2.31",
    ],
)
def test_what_the_session_takes_fits(plan: str) -> None:
    given = {name: value for name, value in yaml.load(plan, Editor).items() if value is not None}
    assert problems(given, {"connector": "acme", "tables": ["orders"]}) == ()
    assert in_schema(plan) == []


def test_a_decision_may_be_about_a_risk_added_by_hand() -> None:
    extra = read_extra_risks([{"risk": "The vendor is for sale"}])[0].id
    assert complaints({"risk_decisions": {extra: {"status": "accepted"}}}) == []


@pytest.mark.parametrize(
    ("plan", "place"),
    [
        ("rate_limt: 5/s", ""),
        ("connector: acme-crm", "connector"),
        ("connector: class", "connector"),
        ("connector: nul", "connector"),
        ("connector: sources", "connector"),
        (f"connector: {'a' * (connector_name.LONGEST + 1)}", "connector"),
        ("tables: [order-items]", "tables/0"),
        ("tables: [{name: order-items}]", "tables/0/name"),
        ("tables: [{rows: 3}]", "tables/0"),
        ("tables: [{name: a, priority: P9}]", "tables/0/priority"),
        ("tables: [{name: a, ingestion: full}]", "tables/0/ingestion"),
        ("tables: [{name: a, rows: -1}]", "tables/0/rows"),
        ("tables: [{name: a, rows: lots}]", "tables/0/rows"),
        ("tables: [{name: a, primary_key: id}]", "tables/0"),
        ("tables: {a: 1}", "tables"),
        ("tables: [3]", "tables/0"),
        ("table_details: [a]", "table_details"),
        ("table_details: {a: {name: b}}", "table_details/a"),
        ("auth_methods: [password]", "auth_methods/0"),
        ("source_type: rest", "source_type"),
        ("page_size: many", "page_size"),
        ("page_size: -1", "page_size"),
        ("docs_url: docs.example.com", "docs_url"),
        ("created: yesterday", "created"),
        ("risk_decisions: {no-such-risk: {status: open}}", "risk_decisions"),
        (
            "risk_decisions: {rate-limit-unknown: {status: done}}",
            "risk_decisions/rate-limit-unknown/status",
        ),
        ("extra_risks: [{impact: High}]", "extra_risks/0"),
        ("extra_risks: [{risk: a, impact: Huge}]", "extra_risks/0/impact"),
        ("phases: [{deliverables: [a]}]", "phases/0"),
        ("connection_parameters: [{name: a, value: s3cret}]", "connection_parameters/0"),
        ("problem: [a]", "problem"),
    ],
)
def test_what_the_session_refuses_is_wrong_at_the_same_place(plan: str, place: str) -> None:
    assert any(found.startswith(place) for found in in_schema(plan))
    assert len(in_schema(plan)) == 1
    given = yaml.load(plan, Editor)
    assert problems(given, {"connector": "acme", "tables": ["a"]}) != ()
