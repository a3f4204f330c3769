"""What the simulator of the upstream repository serves to begin with."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from factories import answers, table
from planning.simulator import Endpoint, endpoints, example_records

ORDERS = table("orders", ingestion="cdc", primary_keys=("id",), cursor_field="changed")


def plan(*tables: Any, **changes: Any) -> Any:
    return SimpleNamespace(answers=answers(tables=tables or (ORDERS,), **changes))


@pytest.mark.parametrize(
    ("pagination", "style", "asked"),
    [
        ("page_number", "page_number", ["page", "per_page"]),
        ("link", "page_number_with_link_header", ["page", "per_page"]),
        ("offset", "offset_limit", ["offset", "limit"]),
        ("cursor", "none", []),
        ("unknown", "none", []),
    ],
)
def test_an_endpoint_pages_the_way_the_source_does(
    pagination: str, style: str, asked: list[str]
) -> None:
    [endpoint] = endpoints(plan(pagination=pagination))
    assert endpoint.style == style
    assert [name for name, _ in endpoint.pages] == asked


def test_a_page_is_as_large_as_the_plan_says() -> None:
    assert [one.largest_page for one in endpoints(plan(page_size=7))] == [7]


def test_only_incremental_tables_are_asked_for_what_is_new() -> None:
    still = table("zones", primary_keys=("id",), cursor_field="changed")
    assert [one.cursor for one in endpoints(plan(ORDERS, still))] == ["changed", ""]


def test_every_table_has_an_endpoint_of_its_own_name() -> None:
    found: tuple[Endpoint, ...] = endpoints(plan(ORDERS, table("zones")))
    assert [one.table for one in found] == ["orders", "zones"]


def test_records_have_the_columns_of_all_tables() -> None:
    events = table("events", ingestion="append", cursor_field="$properties.$time")
    zones = table("zones", primary_keys=("region.code", "id"))
    first, second, third = example_records(plan(ORDERS, events, zones))
    assert first == {
        "id": "1",
        "changed": "2026-01-01T00:00:00Z",
        "region": {"code": "1"},
        "$properties": {"$time": "2026-01-01T00:00:00Z"},
    }
    assert first["changed"] < second["changed"] < third["changed"]  # type: ignore[operator]
    assert len({first["id"], second["id"], third["id"]}) == 3


def test_a_column_that_is_a_key_here_and_a_cursor_there_is_a_moment() -> None:
    ticks = table("ticks", ingestion="append", cursor_field="id")
    assert example_records(plan(ORDERS, ticks))[0]["id"] == "2026-01-01T00:00:00Z"


def test_a_column_that_holds_others_in_one_table_holds_them_in_all() -> None:
    flat = table("flat", primary_keys=("region",))
    deep = table("deep", primary_keys=("region.code",))
    for tables in ((flat, deep), (deep, flat)):
        assert example_records(plan(*tables))[0] == {"region": {"code": "1"}}


def test_columns_within_one_another_share_the_object_that_holds_them() -> None:
    both = table("both", primary_keys=("region.code", "region.zone"))
    assert example_records(plan(both))[0] == {"region": {"code": "1", "zone": "1"}}


def test_a_table_without_key_and_cursor_has_a_column_all_the_same() -> None:
    logs = table("logs", ingestion="append", primary_keys=())
    assert example_records(plan(logs))[0] == {"record": "1"}
