"""Descriptions that are broken or meant to do harm: what can be read is, the rest is named."""

from __future__ import annotations

import json
from pathlib import Path

import draft_plan
import pytest
import yaml
from drafts import TEXT, answers, described, listing, manifest, openapi, values
from planning.sources import drafting
from planning.sources.drafting.described import Unreadable


def test_schemas_in_a_circle(tmp_path: Path) -> None:
    me = {"$ref": "#/components/schemas/Me"}
    schema = {
        "allOf": [me, {"type": "object", "properties": {"id": TEXT, "parent": me}}],
        "oneOf": [me] * 9,
    }
    document = openapi(
        {"/orders": listing()},
        components={"schemas": {"Me": schema, "Loop": {"$ref": "#/components/schemas/Loop"}}},
    )
    page = {"type": "array", "items": me}
    document["paths"]["/a"] = {"get": {"responses": {"200": {"content": {"j": {"schema": page}}}}}}
    document["paths"]["/b"] = {
        "get": {
            "responses": {
                "200": {"content": {"j": {"schema": {"$ref": "#/components/schemas/Loop"}}}}
            }
        }
    }
    draft = described(tmp_path, document)
    assert values(draft, "a")["primary_keys"] == ["id"]


@pytest.mark.parametrize(
    ("reference", "why"),
    [
        ("#/components/schemas/Gone", "leads nowhere"),
        ("https://example.com/schema.json#/Order", "is not followed"),
        ("../../../etc/passwd", "is not followed"),
        ("missing.yaml#/X", "leads nowhere"),
        ("\0.yaml#/X", "is not followed"),
    ],
)
def test_references_that_lead_nowhere_are_named(tmp_path: Path, reference: str, why: str) -> None:
    schema = {"type": "array", "items": {"$ref": reference}}
    lost = {"get": {"responses": {"200": {"content": {"j": {"schema": schema}}}}}}
    draft = described(tmp_path, openapi({"/lost": lost, "/orders": listing()}))
    assert {one.name for one in draft.tables} >= {"orders"}
    assert any(reference in one and why in one for one in draft.skipped)


def test_yaml_as_it_comes(tmp_path: Path) -> None:
    text = (
        "openapi: 3.0.0\ninfo: {title: Acme, version: 2024-01-01}\npaths:\n  /orders:\n    get:\n"
        "      responses:\n        200:\n          content:\n            application/json:\n"
        "              schema: {type: array, items: {properties: {id: {}, on: {}, 1: {}}}}\n"
    )
    draft = described(tmp_path, text, "acme.yaml")
    assert values(draft, "orders")["primary_keys"] == ["id"]
    assert answers(draft)["api_version"] == "2024-01-01"


def test_an_anchor_is_what_was_defined_last_before_its_alias(tmp_path: Path) -> None:
    columns = {
        "orders": "&columns {id: {}, total: {}}",
        "refunds": "{<<: *columns, reason: {}}",
        "notes": "&columns {uuid: {}, text: {}}",
        "labels": "*columns",
    }
    text = "openapi: 3.0.0\npaths:\n"
    for table, held in columns.items():
        schema = f"{{type: array, items: {{properties: {held}}}}}"
        answer = f"{{200: {{content: {{j: {{schema: {schema}}}}}}}}}"
        text += f"  /{table}: {{get: {{responses: {answer}}}}}\n"
    draft = described(tmp_path, text, "acme.yaml")
    keys = {one.name: values(draft, one.name)["primary_keys"] for one in draft.tables}
    assert keys == {"orders": ["id"], "refunds": ["id"], "notes": ["uuid"], "labels": ["uuid"]}


def test_a_stated_table_below_nothing_but_variables(tmp_path: Path) -> None:
    stated = {"x-airbyte-entity": "orders", "x-airbyte-action": "list"}
    paths = {"/{account}": listing(**stated), "/": listing(**{**stated, "x-airbyte-entity": "all"})}
    assert {one.name for one in described(tmp_path, openapi(paths)).tables} == {"orders", "all"}


def test_what_is_not_as_agreed_is_passed_over(tmp_path: Path) -> None:
    odd = {
        "/a": None,
        "/b": {"get": "later", "parameters": {"name": "x"}},
        "/c": {"get": {"parameters": [None, 7, {"name": 3}], "responses": {"200": []}}},
        "/d": {
            "get": {
                "responses": {
                    "200": {"content": {"j": {"schema": {"items": [{"properties": []}]}}}}
                }
            }
        },
    }
    draft = described(tmp_path, openapi({**odd, "/orders": listing()}, security={}, servers="x"))
    assert "orders" in {one.name for one in draft.tables}
    assert any(one.startswith("path /a") for one in draft.skipped)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: &a [x]\n" + "".join(f"{n}: &{n} [*{p}, *{p}, *{p}, *{p}, *{p}, *{p}, *{p}, *{p}, *{p}]\n" for p, n in zip("abcdefgh", "bcdefghi", strict=True)), "blows up"),  # noqa: E501
        ("a: &a [*a]\n", "blows up"),
        ("a: &a [x]\n" + "b: &b [*a, *a, *a, *a]\na: &a [*b, *b, *b, *b]\n" * 7, "blows up"),
        ("a: *gone\n", "repeats an anchor it does not define: gone"),
        ("a: 1\n---\nb: 2\n", "several documents"),
        ("[" * 100_000, "nested too deeply"),
        ("a: b: c", "neither JSON nor YAML in line 1"),
        ("hello: world\n", "none of the descriptions"),
        ("", "none of the descriptions"),
        ('<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aa">]><edmx:Edmx/>', "defines entities"),
        ("<edmx:Edmx", "is no XML"),
    ],
    ids=[
        *("anchors", "circle", "anew", "gone", "several", "deep", "broken", "other", "empty"),
        *("entities", "cut"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_one_sentence(
    tmp_path: Path, text: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "acme.yaml"
    path.write_text(text)
    assert draft_plan.main([str(path), "--connector", "acme"]) == 2
    assert said in capsys.readouterr().err


def test_python_objects_of_yaml_stay_text(tmp_path: Path) -> None:
    trap = tmp_path / "ran"
    name = f"!!python/object/apply:os.system ['touch {trap}']"
    described(tmp_path, f"x: {name}\n" + manifest({"name": "orders"}), "manifest.yaml")
    assert not trap.exists()


def test_manifests_in_a_circle(tmp_path: Path) -> None:
    loops = {"$ref": "#/definitions/a", "a": {"$ref": "#/definitions/a"}, "b": "#/definitions/b"}
    streams = [
        {"$ref": "#/definitions/a"},
        "#/definitions/b",
        "#/definitions/gone",
        {"name": "orders"},
    ]
    draft = described(tmp_path, manifest(*streams, definitions=loops), "manifest.yaml")
    assert [one.name for one in draft.tables] == ["orders"]
    assert len(draft.skipped) == 3


HARM = "{{ ''.__class__ }}{% raw %}\n# x\nproblem: taken"


def test_no_text_of_a_description_reaches_a_template_or_another_answer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = openapi(
        {
            f"/orders/{HARM}": listing({HARM: TEXT, "id": TEXT}),
            "/0-3": listing(),
            "/orders": listing(),
        }
    )
    document["info"].update(title=HARM, version=HARM, description=HARM)
    document["externalDocs"] = {"url": HARM}
    document["servers"] = [{"url": f"https://{HARM}", "variables": {HARM: {}}}]
    path = tmp_path / "a.json"
    path.write_text(json.dumps(document))
    assert draft_plan.main([str(path), "--connector", "acme"]) == 0
    text = capsys.readouterr().out
    assert "{{" not in text and "{%" not in text
    plan = yaml.safe_load(text)
    assert "problem" not in plan
    assert {"orders"} <= {one["name"] for one in plan["tables"]}
    assert all(one["name"].isidentifier() for one in plan["tables"])


def test_a_file_that_is_too_large_or_no_text_is_refused(tmp_path: Path) -> None:
    binary = tmp_path / "a.json"
    binary.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(Unreadable, match="no text in UTF-8"):
        drafting.read([binary])
    with pytest.raises(Unreadable, match="cannot be read"):
        drafting.read([tmp_path / "gone.json"])
