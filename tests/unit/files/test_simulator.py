"""What the simulator serves to begin with."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from factories import answers, table
from planning.files.simulator import Endpoint, endpoints, envelope, example_records

ORDERS = table("orders", ingestion="cdc", primary_keys=("id",), cursor_field="changed")


def plan(*tables: Any, **changes: Any) -> Any:
    return SimpleNamespace(answers=answers(tables=tables or (ORDERS,), **changes))


@pytest.mark.parametrize(
    ("pagination", "style", "asked"),
    [
        ("page_number", "page_number", ["page", "per_page"]),
        ("link", "page_number_with_link_header", ["page", "per_page"]),
        ("offset", "offset_limit", ["offset", "limit"]),
        ("cursor", "offset_limit", ["cursor", "per_page"]),
        ("unknown", "page_number", ["page", "per_page"]),
        ("none", "none", []),
    ],
)
def test_an_endpoint_pages_the_way_the_source_does(
    pagination: str, style: str, asked: list[str]
) -> None:
    [endpoint] = endpoints(plan(pagination=pagination))
    assert endpoint.style == style
    assert [name for name, _ in endpoint.pages] == asked


def test_who_asks_for_no_page_of_an_unknown_source_gets_all_of_the_corpus() -> None:
    [endpoint] = endpoints(plan(pagination="unknown"))
    assert endpoint.unasked >= len(example_records(plan(ORDERS), ORDERS))


@pytest.mark.parametrize(
    ("pagination", "end", "said"),
    [
        ("cursor", "flag", {"next_cursor": "{token}", "has_more": "{more}"}),
        ("offset", "count", {"total": "{total}"}),
        ("page_number", "no_next", {"next": "{url}"}),
        ("link", "no_next", {}),  # in a header
        ("none", "flag", {}),
    ],
)
def test_a_page_says_what_leads_on_where_the_source_does(
    pagination: str, end: str, said: dict[str, str]
) -> None:
    paged = plan(pagination=pagination, page_end=end)
    [endpoint] = endpoints(paged)
    assert endpoint.leads_on == said
    assert endpoint.envelope == envelope(paged) == ("data" if said else "")


def test_all_answers_have_the_envelope_of_those_that_need_one() -> None:
    tokens = table("tokens", pagination="cursor")
    both = endpoints(plan(ORDERS, tokens, pagination="page_number"))
    assert [(one.envelope, bool(one.leads_on)) for one in both] == [("data", False), ("data", True)]


def test_only_incremental_tables_are_asked_for_what_is_new() -> None:
    still = table("zones", primary_keys=("id",), cursor_field="changed")
    assert [one.cursor for one in endpoints(plan(ORDERS, still))] == ["changed", ""]


def test_every_table_has_an_endpoint_of_its_own_name() -> None:
    found: tuple[Endpoint, ...] = endpoints(plan(ORDERS, table("zones")))
    assert [one.table for one in found] == ["orders", "zones"]


def test_a_table_stands_at_the_path_that_is_known() -> None:
    items = table("items", path="orders/{id}/items")
    assert [one.path for one in endpoints(plan(ORDERS, items))] == ["/orders", "/orders/{id}/items"]


@pytest.mark.parametrize(
    ("known", "operation", "in_order"),
    [
        ({}, "gt", False),
        ({"filter": "after", "order": "cursor"}, "gt", True),
        ({"filter": "from", "order": "on_request"}, "gte", False),
        ({"filter": "none", "order": "other"}, "", False),
    ],
)
def test_the_simulator_orders_and_filters_as_the_plan_says(
    known: dict[str, str], operation: str, in_order: bool
) -> None:
    [endpoint] = endpoints(plan(ORDERS._replace(**known)))
    assert (endpoint.operation, endpoint.in_order) == (operation, in_order)


def test_the_corpus_shows_what_lists_get_wrong() -> None:
    records = example_records(plan(ORDERS), ORDERS)
    cursors = [one["changed"] for one in records]
    known = [one for one in cursors if one is not None]
    assert cursors.count(None) == 1
    assert known != sorted(known)  # type: ignore[type-var]
    assert max(map(known.count, known)) == 3
    assert len(records) == 6  # two full pages of three
    assert len({one["id"] for one in records}) == 6


@pytest.mark.parametrize(
    ("cursor", "kind"),
    [("updated_at", str), ("created", int), ("event_date", str), ("date_created", str)],
)
def test_a_cursor_has_the_type_that_its_name_tells(cursor: str, kind: type) -> None:
    ticks = table("ticks", ingestion="append", primary_keys=("id",), cursor_field=cursor)
    assert isinstance(example_records(plan(ticks), ticks)[0][cursor], kind)
    [endpoint] = endpoints(plan(ticks))
    assert endpoint.text == (cursor in ("updated_at", "date_created"))


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ({"created": "2026-11-24"}, "2026-11-17", "2026-11-20"),
        ({"created": "2026-11-24", "earliest": "2026-11-18"}, "2026-11-19", "2026-11-22"),
        ({"created": "2026-11-24", "earliest": "2020-01-01"}, "2026-11-17", "2026-11-20"),
    ],
)
def test_the_corpus_lies_just_before_the_session_and_within_what_is_loaded(
    said: dict[str, str], first: str, last: str
) -> None:
    days = [str(one["changed"])[:10] for one in example_records(plan(ORDERS, **said), ORDERS)]
    assert [min(days), max(one for one in days if one != "None")] == [first, last]


def test_a_cursor_that_is_the_key_is_never_null() -> None:
    ticks = table("ticks", ingestion="append", primary_keys=("at",), cursor_field="at")
    moments = [one["at"] for one in example_records(plan(ticks), ticks)]
    assert None not in moments
    assert len(set(moments)) == 6


def test_dotted_columns_become_objects() -> None:
    both = table("both", primary_keys=("region.code", "region.zone"))
    assert example_records(plan(both), both)[0] == {"region": {"code": "1", "zone": "1"}}
    within = table("within", primary_keys=("region", "region.code"))
    assert example_records(plan(within), within)[0] == {"region": "1"}


def test_a_table_without_key_and_cursor_has_a_column_all_the_same() -> None:
    logs = table("logs", ingestion="append", primary_keys=())
    assert example_records(plan(logs), logs)[0] == {"record": "1"}
