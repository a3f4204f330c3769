"""Tables, put together from the six answers that speak about them."""

from __future__ import annotations

from typing import Any

import pytest
from planning.answers.answer_types import Table
from planning.answers.tables import read_tables, table_names
from planning.terms.states import State
from planning.terms.values import Refusal


def tables(**raw: Any) -> dict[str, Table]:
    return {table.name: table for table in read_tables(raw)}


@pytest.mark.parametrize(
    "written", ["orders, customers", ["orders", "customers"], "[orders, customers]"]
)
def test_names_may_come_as_a_list_or_as_one_text(written: object) -> None:
    assert list(tables(tables=written)) == ["orders", "customers"]


def test_a_mapping_says_everything_about_a_table() -> None:
    said = {
        "name": "events",
        "ingestion": "append",
        "priority": "P1",
        "primary_keys": ["account.id", "$insert_id"],
        "cursor_field": "properties.time",
        "rows": "2M",
        "rows_per_day": "40k",
        "options": ["project"],
        "notes": "raw",
    }
    assert tables(tables=[said])["events"] == Table(
        name="events",
        ingestion="append",
        priority="P1",
        primary_keys=("account.id", "$insert_id"),
        cursor_field="properties.time",
        rows=2_000_000,
        rows_per_day=40_000,
        options=("project",),
        notes="raw",
        given=frozenset(said) - {"name"},
    )


def test_details_beat_what_a_table_says_itself_and_both_beat_the_checkboxes() -> None:
    read = tables(
        tables=[{"name": "a", "ingestion": "append"}, {"name": "b", "ingestion": "cdc"}, "c"],
        table_details={"a": {"ingestion": "cdc", "rows": 5}},
        append_tables=["b", "c"],
    )
    assert [read[name].ingestion for name in "abc"] == ["cdc", "cdc", "append"]
    assert read["a"].rows == 5


def test_details_of_a_table_that_is_not_in_scope_make_no_table() -> None:
    assert list(tables(tables="a", table_details={"gone": {"rows": 5}})) == ["a"]


def test_every_fact_of_a_table_tells_how_it_got_its_value() -> None:
    said = {"name": "a", "ingestion": "cdc", "primary_keys": ["id"], "rows": 5}
    read = tables(tables=[said], unconfirmed={"tables.a.primary_keys": "openapi.json"})["a"]
    states = {field: read.state_of(field).value for field in ("ingestion", "primary_keys", "rows")}
    assert states == {"ingestion": "given", "primary_keys": "known", "rows": "given"}
    assert read.state_of("cursor_field") is State.ASSUMED
    assert read.state_of("priority") is State.ASSUMED
    assert read.state_of("rows_per_day") is State.UNKNOWN
    assert read.known == {"primary_keys": "openapi.json"}


@pytest.mark.parametrize(
    ("said", "confirmed"),
    [
        ({"ingestion": "cdc", "primary_keys": ["id"]}, True),
        ({"ingestion": "append", "cursor_field": "at"}, True),
        ({"ingestion": "cdc"}, False),
        ({"primary_keys": ["id"]}, False),
    ],
)
def test_a_table_is_confirmed_once_somebody_said_how_it_is_read(
    said: dict[str, Any], confirmed: bool
) -> None:
    assert tables(tables=[{"name": "a", **said}])["a"].confirmed is confirmed


def test_a_table_nobody_ticked_is_a_snapshot_and_p2() -> None:
    read = tables(tables="a, b", cdc_tables=["a"], p0_tables=["a"])
    assert (read["b"].ingestion, read["b"].priority) == ("snapshot", "P2")
    assert "ingestion" not in read["b"].assumed


def test_the_ingestion_type_is_assumed_only_where_nobody_ticked_anything() -> None:
    assert "ingestion" in tables(tables="a, b")["a"].assumed


def test_keys_and_cursors_nobody_named_are_assumed_and_marked() -> None:
    read = tables(tables="a, b, c", cdc_tables=["a"], append_tables=["b"])
    assert (read["a"].primary_keys, read["a"].cursor_field) == (("id",), "updated_at")
    assert read["a"].assumed == {"priority", "primary_keys", "cursor_field"}
    assert (read["b"].primary_keys, read["b"].cursor_field) == ((), None)
    assert (read["c"].primary_keys, read["c"].cursor_field) == (("id",), None)


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        (["order-items"], 'item 1 is "order-items", .* write order_items'),
        (["a", "a"], 'item 2 names "a" twice'),
        (["Orders", "orders"], 'item 2 has both "Orders" and "orders"'),
        (["_community_tables"], "prefix _community_ belongs to the pipeline"),
        (["ａbc"], "is no table name"),
        (["../x"], "is no table name"),
        ([2024], "is no table name"),
        ([{"rows": 3}], "item 1 .* without a name"),
        ([{"name": "a", "row": 3}], r'item 1 \("a"\) has the unknown key "row"'),
        ([{"name": "a", "priority": "P9"}], 'priority is "P9"; write one of P0, P1, P2'),
        ([{"name": "a", "rows": -1}], 'rows is "-1", which is out of range'),
        ([{"name": "a", "primary_keys": ["a b"]}], "is no column path; write id"),
        ({"orders": {}}, "is a mapping; write a list"),
    ],
)
def test_a_table_that_cannot_be_is_refused_by_item(written: object, sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence):
        tables(tables=written)


def test_checkboxes_are_offered_for_the_tables_that_leave_something_unsaid() -> None:
    answer = [{"name": "a", "ingestion": "cdc"}, "b"]
    assert table_names(answer) == ["a", "b"]
    assert table_names(answer, "ingestion") == ["b"]
    assert table_names("a b") == []


def test_a_table_says_how_it_is_read() -> None:
    said = {
        "name": "items",
        "parent": "orders",
        "requests_per_parent": 2,
        "request_per_record": "yes",
        "path": "/orders/{order_id}/items",
        "read_by": "Search",
        "order": "on_request",
        "filter": "none",
        "lookback": "3 hours",
        "retention": "13 months",
        "page_size": "1k",
        "pagination": "cursor",
        "rate_limit": "30/minute",
    }
    assert tables(tables=[said])["items"] == Table(
        name="items",
        ingestion="snapshot",
        priority="P0",
        primary_keys=("id",),
        assumed=frozenset({"ingestion", "priority", "primary_keys"}),
        given=frozenset(said) - {"name"},
        parent="orders",
        requests_per_parent=2,
        request_per_record=True,
        path="/orders/{order_id}/items",
        read_by="search",
        order="on_request",
        filter="none",
        lookback=10_800,
        retention=13 * 30 * 86_400,
        page_size=1000,
        pagination="cursor",
        rate_limit="30/minute",
    )


def test_nothing_arrives_late_is_an_answer() -> None:
    read = tables(tables=[{"name": "a", "lookback": "none"}, {"name": "b", "lookback": None}])
    assert read["a"].lookback == 0
    assert read["b"].lookback is None


@pytest.mark.parametrize("keys", [[], "[]", "none"])
def test_a_table_without_a_key_or_a_cursor_gets_none(keys: object) -> None:
    said = {"name": "a", "ingestion": "cdc", "primary_keys": keys, "cursor_field": "none"}
    read = tables(tables=[said])["a"]
    assert read.primary_keys == ()
    assert read.cursor_field is None
    assert read.assumed == {"priority"}
    assert read.without == {"primary_keys", "cursor_field"}


def test_a_key_that_is_left_empty_says_nothing() -> None:
    said = {"name": "a", "ingestion": "cdc", "primary_keys": None, "cursor_field": ""}
    read = tables(tables=[said])["a"]
    assert read.assumed == {"priority", "primary_keys", "cursor_field"}
    assert read.without == frozenset()


@pytest.mark.parametrize(
    ("key", "value", "refusal"),
    [
        ("path", "https://acme.example.com/orders", "below the base URL"),
        ("path", "/orders?page=1", "below the base URL"),
        ("read_by", "poll", "write one of list, search, export, changes"),
        ("filter", "before", "write one of after, from, none"),
        ("lookback", "late", "write 3 hours, 14 days or none"),
        ("lookback", "3 huors", "did you mean hour"),
        ("retention", "none", "such as 30 days"),
        ("request_per_record", "maybe", "write true or false"),
        ("rate_limit", "700/minuet", "did you mean minute"),
        ("parent", "order items", "write order_items"),
        ("page_size", "many", "no count"),
    ],
)
def test_a_fact_that_cannot_be_read_is_refused_by_its_key(
    key: str, value: str, refusal: str
) -> None:
    with pytest.raises(Refusal, match=f"item 1 .* {key} .*{refusal}"):
        read_tables({"tables": [{"name": "a", key: value}]})
