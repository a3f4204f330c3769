"""What is read from OpenAPI documents of all versions, and what is not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from drafts import TEXT, TIME, answers, described, listing, openapi, query, table, values
from planning.sources import drafting

# Tables and their names


def test_a_list_is_a_table_and_one_record_by_its_id_is_none(tmp_path: Path) -> None:
    record = {"get": {"responses": {"200": {"content": {"application/json": {"schema": {}}}}}}}
    draft = described(tmp_path, openapi({"/orders": listing(), "/orders/{id}": record}))
    assert [one.name for one in draft.tables] == ["orders"]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/api/v2/invoice-items.json", "invoice_items"),
        ("/cohorts/list", "cohorts"),
        ("/BankTransactions", "bank_transactions"),
        ("/2024-01/orders/{order_id}/line_items", "line_items"),
        ("/users.list", "users"),
        ("/v1/GetCustomers", "customers"),
        ("/services", "services"),
        ("/services/orders", "orders"),
    ],
)
def test_names_are_safe_and_say_what_is_read(tmp_path: Path, path: str, name: str) -> None:
    assert [one.name for one in described(tmp_path, openapi({path: listing()})).tables] == [name]


def test_the_shortest_path_has_the_short_name(tmp_path: Path) -> None:
    draft = described(
        tmp_path, openapi({"/orders/{order_id}/refunds": listing(), "/refunds": listing()})
    )
    assert values(draft, "refunds")["path"] == "/refunds"
    assert values(draft, "orders_refunds")["path"] == "/orders/{order_id}/refunds"


def test_what_is_read_as_one_record_comes_last(tmp_path: Path) -> None:
    account = {"properties": {"name": TEXT, "plan": TEXT}}
    single = {"get": {"responses": {"200": {"content": {"a/json": {"schema": account}}}}}}
    draft = described(tmp_path, openapi({"/account": single, "/orders": listing()}))
    assert [one.name for one in draft.tables] == ["orders", "account"]


def test_pages_that_are_described_by_one_record_are_a_list(tmp_path: Path) -> None:
    one = {"properties": {"id": TEXT, "name": TEXT}}
    read = {"responses": {"200": {"content": {"a/json": {"schema": one}}}}}
    paged = {**read, "parameters": [query("page", type="integer"), query("per_page")]}
    paths = {"/runbooks": {"get": paged}, "/account": {"get": paged}, "/settings": {"get": read}}
    draft = described(tmp_path, openapi(paths))
    assert [t.name for t in draft.tables if "primary_keys" in t.facts] == ["runbooks"]


def test_a_list_named_in_the_plural_is_likelier_wanted(tmp_path: Path) -> None:
    draft = described(tmp_path, openapi({"/usage": listing(), "/customers": listing()}))
    assert [one.name for one in draft.tables] == ["customers", "usage"]


def test_a_query_by_post_and_lines_of_text_are_lists(tmp_path: Path) -> None:
    query_post = {**listing()["get"], "operationId": "engage-query", "summary": "Query Profiles"}
    lines = {"responses": {"200": {"content": {"text/plain": {"schema": {"type": "string"}}}}}}
    export = {**lines, "parameters": [query("from_date")]}
    creates = {**listing()["get"], "operationId": "create-engage"}
    draft = described(
        tmp_path,
        openapi(
            {"/engage": {"post": query_post}, "/export": {"get": export}, "/x": {"post": creates}}
        ),
    )
    assert {one.name for one in draft.tables} == {"engage", "export"}


def test_stated_entities_are_the_only_tables(tmp_path: Path) -> None:
    stated = listing(**{"x-airbyte-entity": "deals", "x-airbyte-action": "list"})
    draft = described(tmp_path, openapi({"/objects/0-3": stated, "/other": listing()}))
    assert [one.name for one in draft.tables] == ["deals"]


def test_records_stand_where_the_description_says(tmp_path: Path) -> None:
    deep = {"id": TEXT, "updated_at": TIME}
    nodes = {"properties": {"nodes": {"type": "array", "items": {"properties": deep}}}}
    answer = {"properties": {"data": {"properties": {"deals": nodes}}, "extensions": nodes}}
    stated = {"x-airbyte-entity": "deals", "x-airbyte-action": "list"}
    extractor = {"x-airbyte-record-extractor": "$.data.deals.nodes"}
    operation = listing(**stated, **extractor)
    operation["get"]["responses"]["200"]["content"]["application/json"]["schema"] = answer
    draft = described(tmp_path, openapi({"/graphql:deals": operation}))
    assert [column.path for column in table(draft, "deals").columns] == ["id", "updated_at"]


def test_errors_beside_the_records_are_none(tmp_path: Path) -> None:
    errors = {"type": "array", "items": {"properties": {"code": TEXT, "detail": TEXT}}}
    answer = {"properties": {"errors": errors, "sync_token": TEXT}}
    operation = listing()
    operation["get"]["responses"]["200"]["content"]["application/json"]["schema"] = answer
    draft = described(tmp_path, openapi({"/catalog": operation}))
    assert "code" not in [column.path for one in draft.tables for column in one.columns]


def test_a_deprecated_list_is_drafted_last_and_said_to_be_so(tmp_path: Path) -> None:
    draft = described(tmp_path, openapi({"/a": listing(deprecated=True), "/orders": listing()}))
    assert [(one.name, one.deprecated) for one in draft.tables] == [("orders", False), ("a", True)]


# Keys


@pytest.mark.parametrize(
    ("path", "columns", "keys"),
    [
        ("/orders", {"id": TEXT, "order_id": TEXT}, ["id"]),
        ("/orders", {"id": {"properties": {"name": TEXT}}, "uuid": TEXT}, ["uuid"]),
        ("/Invoices", {"InvoiceID": TEXT, "ContactID": TEXT}, ["InvoiceID"]),
        ("/tasks", {"gid": TEXT, "name": TEXT}, ["gid"]),
        ("/orders", {"customer_id": TEXT, "name": TEXT}, None),
    ],
)
def test_the_key_is_what_its_name_says(
    tmp_path: Path, path: str, columns: dict[str, Any], keys: list[str] | None
) -> None:
    draft = described(tmp_path, openapi({path: listing(columns)}))
    assert draft.tables[0].facts.get("primary_keys", (None,))[0] == keys


def test_what_comes_under_several_parents_has_no_key_but_a_question(tmp_path: Path) -> None:
    draft = described(
        tmp_path, openapi({"/groups": listing(), "/groups/{group_id}/members": listing()})
    )
    assert "primary_keys" not in values(draft, "members")
    assert table(draft, "members").candidates["primary_keys"] == ("group_id", "id")


def test_one_that_names_its_parent_comes_under_no_other(tmp_path: Path) -> None:
    below = listing({"id": TEXT, "campaign_id": TEXT})
    draft = described(
        tmp_path, openapi({"/campaigns": listing(), "/campaigns/{campaign_id}/groups": below})
    )
    assert values(draft, "groups")["primary_keys"] == ["id"]


@pytest.mark.parametrize(("columns", "keys"), [({"created_at": TIME}, ["id"]), ({}, None)])
def test_the_id_in_a_report_is_its_own_where_it_has_a_time(
    tmp_path: Path, columns: dict[str, Any], keys: list[str] | None
) -> None:
    paths = {"/stats/calls": listing({"id": TEXT, **columns})}
    draft = described(tmp_path, openapi(paths))
    assert draft.tables[0].facts.get("primary_keys", (None,))[0] == keys


# Cursors and ingestion


def test_a_filter_by_change_makes_a_cursor(tmp_path: Path) -> None:
    item = {"id": TEXT, "updated_at": TIME, "created_at": TIME}
    draft = described(tmp_path, openapi({"/orders": listing(item, query("updated_after"))}))
    said = values(draft, "orders")
    assert (said["cursor_field"], said["ingestion"], said["filter"]) == (
        "updated_at",
        "cdc",
        "after",
    )
    assert "parameter updated_after" in table(draft, "orders").facts["cursor_field"].origin


@pytest.mark.parametrize(
    "parameter",
    [
        None,
        query("sort", enum=["updated_at", "created_at"]),
        query("created_after"),
        query("updated_by"),
        query("start", "Number of records to skip", type="integer"),
    ],
)
def test_without_such_a_filter_the_columns_are_a_question(
    tmp_path: Path, parameter: dict[str, Any] | None
) -> None:
    item = {"id": TEXT, "updated_at": TIME, "created_at": TIME}
    parameters = [parameter] if parameter else []
    draft = described(tmp_path, openapi({"/orders": listing(item, *parameters)}))
    assert "cursor_field" not in values(draft, "orders")
    assert "ingestion" not in values(draft, "orders")
    assert table(draft, "orders").candidates["cursor_field"] == ("updated_at", "created_at")


def test_if_modified_since_is_such_a_filter(tmp_path: Path) -> None:
    header = {"name": "If-Modified-Since", "in": "header", "schema": {"type": "string"}}
    item = {"InvoiceID": TEXT, "UpdatedDateUTC": TEXT}
    draft = described(tmp_path, openapi({"/Invoices": listing(item, header)}))
    assert values(draft, "invoices")["cursor_field"] == "UpdatedDateUTC"


def test_a_free_filter_makes_a_cursor_only_of_what_it_names(tmp_path: Path) -> None:
    item = {"id": TEXT, "attributes": {"properties": {"updated": TIME, "name": TEXT}}}
    named = listing(item, query("filter", "Allowed fields: `updated`: greater-than"))
    other = listing(item, query("filter", "Allowed fields: `name`: equals"))
    draft = described(tmp_path, openapi({"/profiles": named, "/lists": other}))
    assert values(draft, "profiles")["cursor_field"] == "attributes.updated"
    assert "cursor_field" not in values(draft, "lists")


def test_events_are_read_by_when_they_happened(tmp_path: Path) -> None:
    item = {"id": TEXT, "created_at": TIME, "type": TEXT}
    draft = described(tmp_path, openapi({"/events": listing(item, query("created_after"))}))
    said = values(draft, "events")
    assert (said["cursor_field"], said["ingestion"]) == ("created_at", "append")


def changed(*paths: str) -> dict[str, Any]:
    return {path: {"patch": {"responses": {}}} for path in paths}


@pytest.mark.parametrize(
    ("columns", "others", "cursor"),
    [
        ({}, changed("/orders/{id}"), "created"),
        ({}, changed("/bounces/{id}"), None),  # a change would be missed
        ({}, {}, None),  # the description shows no changes at all
        ({"state": TEXT}, changed("/orders/{id}"), None),  # moves on by itself
    ],
)
def test_what_nothing_changes_is_read_by_its_creation(
    tmp_path: Path, columns: dict[str, Any], others: dict[str, Any], cursor: str | None
) -> None:
    item = {"email": TEXT, "reason": TEXT, "created": TIME, **columns}
    paths = {"/bounces": listing(item, query("start_time")), **others}
    said = values(described(tmp_path, openapi(paths)), "bounces")
    assert said.get("cursor_field") == cursor
    assert said.get("ingestion") == (cursor and "append")


def test_a_filter_within_the_body_of_a_search_makes_a_cursor(tmp_path: Path) -> None:
    period = {"properties": {"start_at": TEXT, "end_at": TEXT}}
    inner = {"properties": {"updated_at": period, "closed_at": period}}
    body = {"properties": {"query": {"properties": {"filter": inner}}, "limit": {}}}
    search = {**listing({"id": TEXT, "updated_at": TIME})["get"]}
    search["requestBody"] = {"content": {"application/json": {"schema": body}}}
    draft = described(tmp_path, openapi({"/orders/search": {"post": search}}))
    assert values(draft, "orders")["cursor_field"] == "updated_at"


def test_nothing_with_a_time_is_a_snapshot(tmp_path: Path) -> None:
    item = {"id": TEXT, "name": TEXT, "color": TEXT}
    draft = described(tmp_path, openapi({"/labels": listing(item)}))
    assert values(draft, "labels")["ingestion"] == "snapshot"
    assert table(draft, "labels").facts["ingestion"].grade == "derived"


def test_what_lies_below_a_list_may_still_be_read_by_its_changes(tmp_path: Path) -> None:
    item = {"id": TEXT, "name": TEXT, "color": TEXT}
    draft = described(
        tmp_path, openapi({"/orders": listing(), "/orders/{order_id}/lines": listing(item)})
    )
    assert "ingestion" not in values(draft, "lines")


# Parents and scope


def test_a_list_above_is_the_parent_and_a_scope_is_an_option(tmp_path: Path) -> None:
    draft = described(
        tmp_path,
        openapi(
            {
                "/lists": listing(),
                "/lists/{list_id}/forms": listing(),
                "/repos/{owner}/issues": listing(),
                "/plans": listing(),
                "/sites": listing(),
            }
        ),
    )
    assert values(draft, "forms")["parent"] == "lists"
    assert values(draft, "issues")["options"] == ["owner"]
    assert "parent" not in values(draft, "issues")


# Paging


@pytest.mark.parametrize(
    ("parameters", "kind"),
    [
        ([query("page", type="integer"), query("per_page", type="integer")], "page_number"),
        ([query("offset", type="integer"), query("limit", type="integer")], "offset"),
        ([query("offset", "Offset token of the next page"), query("limit")], "cursor"),
        ([query("starting_after"), query("limit")], "cursor"),
        ([query("after", "Only orders after this date")], None),
        ([query("start", "Start of the range", format="date-time"), query("limit")], None),
        ([], None),
    ],
)
def test_paging_is_what_its_parameters_say(
    tmp_path: Path, parameters: list[dict[str, Any]], kind: str | None
) -> None:
    draft = described(tmp_path, openapi({"/orders": listing(None, *parameters)}))
    assert answers(draft).get("pagination") == kind


@pytest.mark.parametrize(
    ("limit", "size"),
    [
        (query("limit", type="integer", maximum=250, default=20), 250),
        (query("limit", "Between 1 and 100, 10 by default."), 100),
        (query("limit", "The maximum is 1,000 records."), 1000),
        (query("limit", "How many. The default is 25.", type="integer", default=25), None),
    ],
)
def test_a_page_holds_what_is_stated_and_a_default_is_no_maximum(
    tmp_path: Path, limit: dict[str, Any], size: int | None
) -> None:
    draft = described(tmp_path, openapi({"/orders": listing(None, query("cursor"), limit)}))
    assert answers(draft).get("page_size") == size


def test_what_most_tables_share_holds_for_the_source_and_the_rest_for_a_table(
    tmp_path: Path,
) -> None:
    paged = [query("cursor"), query("limit", maximum=100)]
    other = [query("page", type="integer"), query("limit", maximum=50)]
    draft = described(
        tmp_path,
        openapi(
            {"/a": listing(None, *paged), "/b": listing(None, *paged), "/c": listing(None, *other)}
        ),
    )
    assert (answers(draft)["pagination"], answers(draft)["page_size"]) == ("cursor", 100)
    assert (values(draft, "c")["pagination"], values(draft, "c")["page_size"]) == (
        "page_number",
        50,
    )
    assert "pagination" not in values(draft, "a")


# Signing in, limits, versions


@pytest.mark.parametrize(
    ("scheme", "methods"),
    [
        ({"type": "http", "scheme": "bearer"}, ["bearer_token"]),
        ({"type": "http", "scheme": "basic"}, ["basic"]),
        ({"type": "apiKey", "in": "header", "name": "X-Api-Key"}, ["api_key"]),
        ({"type": "apiKey", "in": "cookie", "name": "session"}, None),
        (
            {
                "type": "oauth2",
                "flows": {
                    "clientCredentials": {"tokenUrl": "https://a.example/t", "scopes": {"r": ""}}
                },
            },
            ["oauth2_client_credentials"],
        ),
    ],
)
def test_the_way_to_sign_in_is_the_stated_scheme(
    tmp_path: Path, scheme: dict[str, Any], methods: list[str] | None
) -> None:
    more = {"components": {"securitySchemes": {"main": scheme}}, "security": [{"main": []}]}
    draft = described(tmp_path, openapi({"/orders": listing()}, **more))
    assert answers(draft).get("auth_methods") == methods


def test_schemes_that_no_operation_asks_for_are_none(tmp_path: Path) -> None:
    schemes = {
        "used": {"type": "http", "scheme": "basic"},
        "old": {"type": "http", "scheme": "bearer"},
    }
    more = {"components": {"securitySchemes": schemes}, "security": [{"used": []}]}
    draft = described(tmp_path, openapi({"/orders": listing()}, **more))
    assert answers(draft)["auth_methods"] == ["basic"]


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("Rate limit: 60 requests per minute.", "60/minute"),
        ("You are limited to 60 queries per hour, 3 queries per second.", "60/hour, 3/second"),
        (
            "The limit is 100 requests per minute on plan A. It is limited to 500 requests per minute on B.",  # noqa: E501
            None,
        ),
        ("It is limited to 10 simultaneous connections.", "10 at once"),
        ("Limits depend on your plan.", None),
        ("We handle 5000 requests per second.", None),
    ],
)
def test_a_limit_needs_a_number_that_nothing_contradicts(
    tmp_path: Path, text: str, limit: str | None
) -> None:
    document = openapi({"/orders": listing()})
    document["info"]["description"] = text
    assert answers(described(tmp_path, document)).get("rate_limit") == limit


def test_a_limit_of_all_operations_is_the_source_s_and_others_are_their_own(tmp_path: Path) -> None:
    limited = listing(description="Limited to 60 requests per hour.")
    same = described(tmp_path, openapi({"/a": limited, "/b": limited, "/c": listing()}))
    assert answers(same)["rate_limit"] == "60/hour"
    other = listing(description="Limited to 5 requests per hour.")
    differ = described(tmp_path, openapi({"/a": limited, "/b": other}))
    assert "rate_limit" not in answers(differ)
    assert values(differ, "b")["rate_limit"] == "5/hour"


def test_the_version_is_that_of_the_address(tmp_path: Path) -> None:
    draft = described(
        tmp_path, openapi({"/orders": listing()}, servers=[{"url": "https://a.example/v3"}])
    )
    assert answers(draft)["api_version"] == "v3"


# Versions of the format


def test_version_2_is_read_the_same_way(tmp_path: Path) -> None:
    record = {"type": "object", "properties": {"id": TEXT, "updated_at": TIME}}
    since = {"name": "updated_since", "in": "query", "type": "string"}
    operation = {
        "parameters": [since, {"name": "page", "in": "query", "type": "integer"}],
        "responses": {
            "200": {"schema": {"type": "array", "items": {"$ref": "#/definitions/Order"}}}
        },
    }
    draft = described(
        tmp_path,
        {
            "swagger": "2.0",
            "info": {"title": "Acme", "version": "1"},
            "basePath": "/v2",
            "paths": {"/orders": {"get": operation}},
            "definitions": {"Order": record},
            "securityDefinitions": {"basic": {"type": "basic"}},
        },
    )
    assert values(draft, "orders")["cursor_field"] == "updated_at"
    assert answers(draft)["auth_methods"] == ["basic"]
    assert (answers(draft)["pagination"], answers(draft)["api_version"]) == ("page_number", "v2")


def test_a_document_in_several_files_is_one(tmp_path: Path) -> None:
    (tmp_path / "paths").mkdir()
    (tmp_path / "openapi.yaml").write_text(
        "openapi: 3.1.0\ninfo: {title: Acme, version: '1'}\n"
        "paths:\n  /orders: {$ref: paths/orders.yaml}\n"
    )
    (tmp_path / "paths" / "orders.yaml").write_text(
        "get: {responses: {'200': {content: {application/json: {schema: "
        "{type: array, items: {$ref: '../order.yaml#/Order'}}}}}}}\n"
    )
    (tmp_path / "order.yaml").write_text(
        "Order: {type: object, properties: {id: {type: string}}}\n"
    )
    (draft,) = drafting.read([tmp_path])
    assert values(draft, "orders")["primary_keys"] == ["id"]
    (alone,) = drafting.read([tmp_path / "openapi.yaml"])
    assert values(alone, "orders")["primary_keys"] == ["id"]
