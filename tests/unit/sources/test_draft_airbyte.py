"""What is read from Airbyte's manifests and catalogs and from Singer's, and what is not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from drafts import answers, described, manifest, table, values


def stream(name: str = "orders", **more: Any) -> dict[str, Any]:
    requester = {"type": "HttpRequester", "url_base": "https://a.example/v3/", "path": f"/{name}"}
    retriever = {"type": "SimpleRetriever", "requester": {**requester, **more.pop("requester", {})}}
    retriever.update(more.pop("retriever", {}))
    return {"type": "DeclarativeStream", "name": name, "retriever": retriever, **more}


@pytest.mark.parametrize(
    ("stated", "keys"),
    [
        ("id", ["id"]),
        (["a", "b"], ["a", "b"]),
        ([["a"], ["b"]], ["a", "b"]),
        ([["a", "b"]], ["a.b"]),
        ("{{ config['key'] }}", None),
    ],
)
def test_keys_in_all_their_shapes(tmp_path: Path, stated: Any, keys: list[str] | None) -> None:
    draft = described(tmp_path, manifest(stream(primary_key=stated)), "manifest.yaml")
    assert values(draft, "orders").get("primary_keys") == keys


@pytest.mark.parametrize(
    ("cursor", "ingestion"),
    [
        ("updated_at", "cdc"),
        ("created_at", "append"),
        ("generated_timestamp", "cdc"),
        (None, "snapshot"),
    ],
)
def test_the_cursor_is_stated_and_ingestion_follows(
    tmp_path: Path, cursor: str | None, ingestion: str
) -> None:
    sync = {"incremental_sync": {"type": "DatetimeBasedCursor", "cursor_field": cursor}}
    draft = described(
        tmp_path, manifest(stream(primary_key="id", **(sync if cursor else {}))), "manifest.yaml"
    )
    assert values(draft, "orders").get("cursor_field") == cursor
    assert values(draft, "orders")["ingestion"] == ingestion
    assert table(draft, "orders").facts["ingestion"].grade == "derived"


def test_a_cursor_that_depends_on_the_configuration_says_nothing(tmp_path: Path) -> None:
    sync = {"type": "DatetimeBasedCursor", "cursor_field": "{{ config['cursor'] }}"}
    draft = described(tmp_path, manifest(stream(incremental_sync=sync)), "manifest.yaml")
    assert not {"cursor_field", "ingestion"} & set(values(draft, "orders"))


def test_a_parameter_nobody_sets_has_the_value_stated_for_that(tmp_path: Path) -> None:
    sync = {"cursor_field": "{{ parameters.get('cursor_field',  'updated_at') }}"}
    draft = described(
        tmp_path,
        manifest(
            stream("orders", incremental_sync=sync),
            stream("items", incremental_sync=sync, **{"$parameters": {"cursor_field": "moved_at"}}),
        ),
        "manifest.yaml",
    )
    assert values(draft, "orders")["cursor_field"] == "updated_at"
    assert values(draft, "items")["cursor_field"] == "moved_at"


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ("Reads orders.\nAPI Docs: https://docs.acme.example/api", "https://docs.acme.example/api"),
        ("API Keys page: https://acme.example/profile", None),
        ("Website: https://acme.example", None),
    ],
)
def test_a_description_may_name_the_documentation(
    tmp_path: Path, said: str, address: str | None
) -> None:
    draft = described(tmp_path, manifest(stream(), description=said), "manifest.yaml")
    assert answers(draft).get("docs_url") == address


@pytest.mark.parametrize(
    ("value", "cursor"),
    [
        ("{{ record['attributes']['updated'] }}", "attributes.updated"),
        ("{{ record.get('attributes', {}).get('updated') }}", "attributes.updated"),
        ("{{ record.updated }}", "updated"),
        ("{{ record.get('updated', now_utc()) }}", None),
    ],
)
def test_a_cursor_that_the_manifest_makes_is_no_column_of_the_source(
    tmp_path: Path, value: str, cursor: str | None
) -> None:
    added = {"type": "AddFields", "fields": [{"path": ["updated"], "value": value}]}
    sync = {"type": "DatetimeBasedCursor", "cursor_field": "updated"}
    draft = described(
        tmp_path,
        manifest(stream(incremental_sync=sync, transformations=[added], primary_key="id")),
        "manifest.yaml",
    )
    assert values(draft, "orders").get("cursor_field") == cursor
    assert values(draft, "orders").get("ingestion") == ("cdc" if cursor else None)


def test_references_overrides_and_parameters(tmp_path: Path) -> None:
    base = {
        "type": "DeclarativeStream",
        "retriever": {
            "requester": {"url_base": "https://a.example", "path": "{{ parameters['path'] }}"}
        },
        "incremental_sync": {
            "type": "DatetimeBasedCursor",
            "cursor_field": "{{ parameters.get('cursor', 'x') }}",
        },
    }
    orders = {
        "$ref": "#/definitions/base",
        "$parameters": {
            "name": "orders",
            "path": "/o",
            "primary_key": "id",
            "cursor": "updated_at",
        },
    }
    draft = described(
        tmp_path,
        manifest({"$ref": "#/definitions/orders"}, "#/definitions/items", definitions={
            "base": base, "orders": orders, "items": {"$ref": "#/definitions/orders", "name": "items"},  # noqa: E501
        }),
        "manifest.yaml",
    )  # fmt: skip
    assert values(draft, "orders") == {
        "primary_keys": ["id"], "cursor_field": "updated_at", "ingestion": "cdc", "path": "/o",
    }  # fmt: skip
    assert values(draft, "items")["path"] == "/o"


@pytest.mark.parametrize(
    ("stated", "path"),
    [
        ("{{ config['base_url'] }}/v2/orders", "/v2/orders"),
        ("{{ config['account_id'] }}/orders", "{account_id}/orders"),
    ],
)
def test_a_path_begins_behind_the_address(tmp_path: Path, stated: str, path: str) -> None:
    requester = {"url_base": "https://a.example", "path": stated}
    stream = {"type": "DeclarativeStream", "name": "orders", "retriever": {"requester": requester}}
    assert values(described(tmp_path, manifest(stream), "manifest.yaml"), "orders")["path"] == path


def test_a_parent_and_its_variable(tmp_path: Path) -> None:
    router = {
        "type": "SubstreamPartitionRouter",
        "parent_stream_configs": [{"stream": stream("orders"), "parent_key": "id"}],
    }
    items = stream(
        "items",
        retriever={"partition_router": router},
        requester={"path": "/orders/{{ stream_partition.order_id }}/items?embed=all"},
    )
    draft = described(tmp_path, manifest(stream("orders"), items), "manifest.yaml")
    assert values(draft, "items")["parent"] == "orders"
    assert draft.tables[1].facts["path"].value.startswith("/orders/{order_id}/items")


@pytest.mark.parametrize(
    ("strategy", "option", "kind"),
    [
        ({"type": "PageIncrement", "page_size": 50}, {}, "page_number"),
        ({"type": "OffsetIncrement", "page_size": "50"}, {}, "offset"),
        ({"type": "CursorPagination", "page_size": 50}, {"type": "RequestOption"}, "cursor"),
        ({"type": "CursorPagination", "page_size": 50}, {"type": "RequestPath"}, "link"),
    ],
)
def test_paging(
    tmp_path: Path, strategy: dict[str, Any], option: dict[str, Any], kind: str
) -> None:
    paginator = {"pagination_strategy": strategy, "page_token_option": option}
    draft = described(
        tmp_path, manifest(stream(retriever={"paginator": paginator})), "manifest.yaml"
    )
    assert (answers(draft)["pagination"], answers(draft)["page_size"]) == (kind, 50)


@pytest.mark.parametrize(
    ("authenticator", "methods"),
    [
        ({"type": "BearerAuthenticator"}, ["bearer_token"]),
        ({"type": "ApiKeyAuthenticator", "header": "X-Key", "api_token": "k"}, ["api_key"]),
        ({"type": "ApiKeyAuthenticator", "header": "Authorization", "api_token": "Bearer k"}, ["bearer_token"]),  # noqa: E501
        ({"type": "OAuthAuthenticator", "grant_type": "client_credentials"}, ["oauth2_client_credentials"]),  # noqa: E501
        (
            {
                "type": "SelectiveAuthenticator",
                "authenticators": {
                    "a": {"type": "OAuthAuthenticator"},
                    "b": {"type": "BasicHttpAuthenticator"},
                },
            },
            ["oauth2_refresh_token", "basic"],
        ),
        ({"type": "CustomAuthenticator", "class_name": "x.Y"}, None),
    ],
)  # fmt: skip
def test_signing_in(
    tmp_path: Path, authenticator: dict[str, Any], methods: list[str] | None
) -> None:
    draft = described(
        tmp_path, manifest(stream(requester={"authenticator": authenticator})), "manifest.yaml"
    )
    assert answers(draft).get("auth_methods") == methods


def test_limits_version_and_what_the_address_needs(tmp_path: Path) -> None:
    rates = [{"limit": 10, "interval": "PT1S"}, {"limit": 1000, "interval": "PT1H"}]
    budget = {"policies": [{"type": "MovingWindowCallRatePolicy", "rates": rates, "matchers": []}]}
    draft = described(
        tmp_path,
        manifest(
            stream(requester={"url_base": "https://{{ config['subdomain'] }}.a.example/v2"}),
            api_budget=budget,
        ),
        "manifest.yaml",
    )
    assert answers(draft)["rate_limit"] == "10/second, 1000/hour"
    assert answers(draft)["api_version"] == "v2"
    assert answers(draft)["connection_parameters"] == [{"name": "subdomain", "required": True}]


def test_the_name_is_in_the_file_beside_it(tmp_path: Path) -> None:
    (tmp_path / "metadata.yaml").write_text("data: {name: Acme CRM}\n")
    draft = described(tmp_path, manifest(stream()), "manifest.yaml")
    assert answers(draft)["source_name"] == "Acme CRM"


def test_streams_that_are_made_at_run_time_are_named(tmp_path: Path) -> None:
    dynamic = [{"type": "DynamicDeclarativeStream", "name": "sheets"}]
    draft = described(tmp_path, manifest(stream(), dynamic_streams=dynamic), "manifest.yaml")
    assert [one for one in draft.skipped if one.startswith("sheets: ")]


# Catalogs


def test_a_configured_catalog_of_airbyte(tmp_path: Path) -> None:
    inner = {
        "name": "orders",
        "json_schema": {},
        "supported_sync_modes": ["full_refresh", "incremental"],
        "source_defined_primary_key": [["id"]],
        "default_cursor_field": ["updated_at"],
    }
    draft = described(tmp_path, {"streams": [{"stream": inner, "sync_mode": "incremental"}]})
    assert values(draft, "orders") == {
        "primary_keys": ["id"], "cursor_field": "updated_at", "ingestion": "cdc",
    }  # fmt: skip


def singer(**metadata: Any) -> dict[str, Any]:
    root = {"breadcrumb": [], "metadata": metadata}
    one = {
        "tap_stream_id": "orders",
        "stream": "orders",
        "schema": {"properties": {}},
        "metadata": [root],
    }
    return {"streams": [one]}


def test_a_catalog_of_singer(tmp_path: Path) -> None:
    draft = described(
        tmp_path,
        singer(**{
            "table-key-properties": ["id"],
            "valid-replication-keys": ["updated_at"],
            "forced-replication-method": "INCREMENTAL",
        }),
    )  # fmt: skip
    assert values(draft, "orders")["cursor_field"] == "updated_at"


def test_of_several_valid_replication_keys_none_is_taken(tmp_path: Path) -> None:
    keys = ["channel_id", "ts"]
    draft = described(tmp_path, singer(**{"valid-replication-keys": keys}))
    assert "cursor_field" not in values(draft, "orders")
    assert table(draft, "orders").candidates["cursor_field"] == ("channel_id", "ts")
