"""The plan file that is drafted, and what is said once its description changes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import draft_plan
import planning
import pytest
import yaml
from drafts import TEXT, TIME, listing, manifest, openapi, query
from planning.answers import plan_file

ORDER = {"id": TEXT, "updated_at": TIME}
PAGED = (query("updated_after"), query("cursor"), query("limit", maximum=100))


def document() -> dict[str, Any]:
    return openapi(
        {
            "/orders": listing(ORDER, *PAGED),
            "/customers": listing({"id": TEXT, "updated_at": TIME}, query("cursor")),
            "/orders/{order_id}/lines": listing(None, query("cursor")),
        },
        components={"securitySchemes": {"k": {"type": "http", "scheme": "bearer"}}},
    )


def draft(tmp_path: Path, *arguments: str, name: str = "acme.json", **others: Any) -> str:
    """The text of the plan drafted from `document()`, or from what `others` holds by file name."""
    paths = []
    for file, content in (others or {name: document()}).items():
        path = tmp_path / file.replace("_", ".")
        path.write_text(content if isinstance(content, str) else json.dumps(content))
        paths.append(str(path))
    output = tmp_path / "plan.yml"
    assert draft_plan.main([*paths, "--connector", "acme", "-o", str(output), *arguments]) == 0
    return output.read_text()


def test_the_session_takes_the_plan_as_it_is(tmp_path: Path) -> None:
    read = plan_file.read_plan_file(draft(tmp_path))
    given = dict(read.answers)
    planning.normalise(given)
    assert (read.problems, planning.problems(given, {}, complete=True)) == ((), ())
    names = list(planning.QUESTIONS)
    assert list(read.answers) == sorted(read.answers, key=names.index)


def test_every_drafted_answer_says_where_it_is_from(tmp_path: Path) -> None:
    plan = yaml.safe_load(draft(tmp_path))
    answered = {name for name in plan if name not in ("connector", "tables", "unconfirmed")}
    answered |= {
        f"tables.{one['name']}.{key}" for one in plan["tables"] for key in one if key != "name"
    }
    assert answered == set(plan["unconfirmed"])
    origin = plan["unconfirmed"]["tables.orders.cursor_field"]
    assert origin == "acme.json (OpenAPI 3.0), GET /orders, parameter updated_after"


def test_what_nobody_can_know_is_never_drafted(tmp_path: Path) -> None:
    plan = yaml.safe_load(draft(tmp_path))
    never = {
        "rows",
        "rows_per_day",
        "priority",
        "problem",
        "target_users",
        "sync_interval",
        "rate_limit",
    }
    assert not never & (set(plan) | {key for one in plan["tables"] for key in one})


def test_what_was_looked_for_and_what_may_be_is_said(tmp_path: Path) -> None:
    text = draft(tmp_path)
    assert "# rate_limit: looked for, not found" in text
    assert "# cursor_field: not stated. Which of updated_at, if any?" in text
    assert text.count("# derived: ") >= 3


def test_a_part_of_the_tables_names_the_rest(tmp_path: Path) -> None:
    text = draft(tmp_path, "--top", "1")
    assert [one["name"] for one in yaml.safe_load(text)["tables"]] == ["orders"]
    assert "Left out, the likeliest first: customers, lines." in text
    text = draft(tmp_path, "--tables", "Line, orders")
    assert [one["name"] for one in yaml.safe_load(text)["tables"]] == ["lines", "orders"]


def test_all_that_is_left_out_is_named_however_much_it_is(tmp_path: Path) -> None:
    many = openapi({f"/thing_{number:03}": listing() for number in range(200)})
    text = draft(tmp_path, "--top", "1", acme_json=many)
    assert all(f"thing_{number:03}" in text for number in range(200))


def test_a_table_that_is_not_there_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "acme.json").write_text(json.dumps(document()))
    assert (
        draft_plan.main([str(tmp_path / "acme.json"), "--connector", "a", "--tables", "ordrs"]) == 2
    )
    assert "no table ordrs; did you mean orders?" in capsys.readouterr().err


FLOW = {"get": {"responses": {"200": {"content": {"j": {"schema": {"properties": {"id": TEXT}}}}}}}}
ALIKE = openapi({"/flows": listing(ORDER, *PAGED), "/actions/{id}/flow": FLOW})
"""A list, and one of its records elsewhere: two tables whose names differ by a letter."""


def test_a_name_is_itself_before_it_is_another_s_spelling(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = yaml.safe_load(draft(tmp_path, "--tables", "flows", acme_json=ALIKE))
    assert [one["name"] for one in plan["tables"]] == ["flows"]
    arguments = [str(tmp_path / "acme.json"), "--against", str(tmp_path / "plan.yml")]
    capsys.readouterr()
    assert draft_plan.main(arguments) == 0, capsys.readouterr().out


# Several descriptions


def test_two_tables_of_one_description_stay_two(tmp_path: Path) -> None:
    other = openapi({"/flow": FLOW, "/flows": listing(ORDER), "/Customer": listing()})
    text = draft(tmp_path, acme_json=ALIKE, more_json=other, third_json=document())
    names = [one["name"] for one in yaml.safe_load(text)["tables"]]
    assert sorted(names) == ["customer", "flow", "flows", "lines", "orders"]


def test_where_descriptions_disagree_the_plan_says_so(tmp_path: Path) -> None:
    stream = {
        "name": "orders",
        "primary_key": "number",
        "incremental_sync": {"type": "DatetimeBasedCursor", "cursor_field": "updated_at"},
        "retriever": {"requester": {"authenticator": {"type": "BasicHttpAuthenticator"}}},
    }
    plan = yaml.safe_load(
        draft(tmp_path, acme_json=document(), manifest_yaml=manifest(stream, {"name": "refunds"}))
    )
    orders = plan["tables"][0]
    # What one states wins over what follows from the other.
    assert orders["primary_keys"] == ["number"]
    origin = plan["unconfirmed"]["tables.orders.primary_keys"]
    assert origin.startswith("manifest.yaml") and origin.endswith("columns of a record says id")
    assert plan["auth_methods"] == ["bearer_token", "basic"]
    assert "refunds" in {one["name"] for one in plan["tables"]}
    assert "says" not in plan["unconfirmed"]["tables.orders.cursor_field"]


# What changed since


def drifted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], new: dict[str, Any], **recorded: Any
) -> tuple[int, str]:
    answers = {**yaml.safe_load(draft(tmp_path)), **recorded}
    record = tmp_path / ".copier-answers.yml"
    record.write_text(yaml.safe_dump(answers))
    (tmp_path / "acme.json").write_text(json.dumps(new))
    capsys.readouterr()
    code = draft_plan.main([str(tmp_path / "acme.json"), "--against", str(record)])
    return code, capsys.readouterr().out


def test_nothing_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert drifted(tmp_path, capsys, document()) == (0, "Nothing has changed.\n")


def test_a_number_that_is_not_known_is_no_drift(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = document()
    new["paths"] = {"/orders": new["paths"]["/orders"]}
    assert "page_size: the plan has 50" in drifted(tmp_path, capsys, new, page_size=50)[1]
    assert "page_size" not in drifted(tmp_path, capsys, new, page_size=0)[1]


def test_each_change_is_a_line_and_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = document()
    new["paths"]["/orders"] = listing(
        {"gid": TEXT, "modified": TIME}, query("modified_after"), query("page")
    )
    new["paths"]["/customers"]["get"]["deprecated"] = True
    new["paths"]["/refunds"] = listing()
    del new["paths"]["/orders/{order_id}/lines"]
    new["components"]["securitySchemes"]["k"]["scheme"] = "basic"
    code, said = drifted(tmp_path, capsys, new)
    assert code == 1
    lines = {line.partition(": ")[0]: line for line in said.splitlines()}
    assert "the plan has id, the description gid" in lines["tables.orders.primary_keys"]
    assert (
        "the plan has updated_at, the description modified" in lines["tables.orders.cursor_field"]
    )
    assert "the plan has bearer_token, the description basic" in lines["auth_methods"]
    assert "is deprecated" in lines["tables.customers"]
    assert "not in the description any more" in lines["tables.lines"]
    assert "not in the plan" in lines["tables.refunds"]


def test_a_filter_that_is_gone_is_a_change(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = document()
    new["paths"]["/orders"] = listing(ORDER, query("cursor"), query("limit", maximum=100))
    code, said = drifted(tmp_path, capsys, new)
    assert code == 1
    assert "tables.orders.cursor_field: the plan has updated_at; the description does not" in said


def test_what_a_plan_left_out_on_purpose_is_no_change(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = document()
    new["paths"]["/refunds"] = listing()
    code, _ = drifted(tmp_path, capsys, new, out_of_scope={"refunds": "phase 2"})
    assert code == 0
    few = [{"name": "orders", "primary_keys": ["id"]}]
    code, _ = drifted(tmp_path, capsys, document(), tables=few)
    assert code == 0
