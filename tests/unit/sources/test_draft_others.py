"""What is read from databases, discovery documents, OData and GraphQL."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from drafts import answers, described, table, values
from planning.sources import drafting

COLUMNS = """table_schema,table_name,column_name,data_type
public,customer,customer_id,integer
public,customer,last_update,timestamp without time zone
public,payment,payment_id,integer
public,payment,payment_date,timestamp without time zone
public,payment_p2022_01,payment_id,integer
public,payment_p2022_01,payment_date,timestamp without time zone
public,payment_method,payment_method_id,integer
public,payment_method,name,text
pg_catalog,pg_class,oid,oid
"""

KEYS = """table_schema,table_name,column_name,constraint_type,ordinal_position
public,payment,payment_id,PRIMARY KEY,2
public,payment,payment_date,PRIMARY KEY,1
public,customer,customer_id,PRIMARY KEY,1
public,customer,store_id,FOREIGN KEY,1
"""


def test_a_database_without_its_partitions_and_its_own_tables(tmp_path: Path) -> None:
    draft = described(tmp_path, COLUMNS, "columns.csv")
    assert {one.name for one in draft.tables} == {"customer", "payment", "payment_method"}
    assert answers(draft)["source_type"] == "database"
    assert "payment: 1 partitions are read as this one table" in draft.skipped
    assert table(draft, "customer").candidates["cursor_field"] == ("last_update",)
    assert "cursor_field" not in values(draft, "customer")


def test_keys_come_from_another_file_in_their_order(tmp_path: Path) -> None:
    (tmp_path / "columns.csv").write_text(COLUMNS)
    (tmp_path / "keys.csv").write_text(KEYS)
    (draft,) = drafting.read([tmp_path])
    assert values(draft, "payment")["primary_keys"] == ["payment_date", "payment_id"]
    assert values(draft, "customer")["primary_keys"] == ["customer_id"]
    assert "primary_keys" not in values(draft, "payment_method")


def test_a_google_discovery_document(tmp_path: Path) -> None:
    method = {
        "id": "acme.users.labels.list",
        "httpMethod": "GET",
        "path": "v1/users/{userId}/labels",
        "parameters": {
            "pageToken": {"type": "string", "location": "query"},
            "maxResults": {"type": "integer", "maximum": "500", "location": "query"},
            "updatedMin": {"type": "string", "location": "query"},
        },
        "response": {"$ref": "List"},
    }
    document: dict[str, Any] = {
        "kind": "discovery#restDescription",
        "title": "Acme API",
        "version": "v1",
        "documentationLink": "https://developers.acme.example/",
        "auth": {"oauth2": {"scopes": {"https://acme.example/auth/readonly": {}}}},
        "resources": {"users": {"resources": {"labels": {"methods": {"list": method}}}}},
        "schemas": {
            "List": {"properties": {"labels": {"type": "array", "items": {"$ref": "Label"}}}},
            "Label": {"properties": {"id": {"type": "string"}, "updated": {"type": "string", "format": "date-time"}}},  # noqa: E501
        },
    }  # fmt: skip
    draft = described(tmp_path, document)
    assert values(draft, "labels")["cursor_field"] == "updated"
    assert answers(draft)["auth_methods"] == ["oauth2_authorization_code"]
    assert (answers(draft)["pagination"], answers(draft)["page_size"]) == ("cursor", 500)
    assert answers(draft)["docs_url"] == "https://developers.acme.example/"


ODATA = """<?xml version="1.0"?>
<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
<edmx:DataServices><Schema Namespace="A" xmlns="http://docs.oasis-open.org/odata/ns/edm">
<EntityType Name="Base"><Key><PropertyRef Name="Id"/></Key>
<Property Name="Id" Type="Edm.Int32"/></EntityType>
<EntityType Name="Order" BaseType="A.Base">
<Property Name="ModifiedOn" Type="Edm.DateTimeOffset"/></EntityType>
<EntityContainer Name="C"><EntitySet Name="Orders" EntityType="A.Order"/></EntityContainer>
</Schema></edmx:DataServices></edmx:Edmx>"""


def test_odata_with_the_key_of_a_base_type(tmp_path: Path) -> None:
    draft = described(tmp_path, ODATA, "metadata.xml")
    assert values(draft, "Orders") == {"primary_keys": ["Id"], "path": "/Orders"}
    assert table(draft, "Orders").candidates["cursor_field"] == ("ModifiedOn",)


def test_graphql_connections(tmp_path: Path) -> None:
    def named(name: str) -> dict[str, Any]:
        return {"kind": "OBJECT", "name": name, "ofType": None}

    def many(name: str) -> dict[str, Any]:
        return {"kind": "NON_NULL", "ofType": {"kind": "LIST", "ofType": named(name)}}

    issues = {
        "name": "issues",
        "args": [{"name": "first"}, {"name": "after"}],
        "type": named("IssueConnection"),
    }
    types = [
        {"name": "Query", "fields": [issues, {"name": "viewer", "args": [], "type": named("Issue")}]},  # noqa: E501
        {"name": "IssueConnection", "fields": [{"name": "nodes", "type": many("Issue")}]},
        {"name": "Issue", "fields": [{"name": "id", "type": named("ID")}, {"name": "updatedAt", "type": named("DateTime")}]},  # noqa: E501
    ]  # fmt: skip
    schema = {"queryType": {"name": "Query"}, "types": types}
    draft = described(tmp_path, {"data": {"__schema": schema}})
    assert [one.name for one in draft.tables] == ["issues"]
    assert answers(draft)["source_type"] == "graphql_api"
    assert values(draft, "issues") == {"primary_keys": ["id"], "pagination": "cursor"}


SDL = '''
"""
type Nothing { orders: [Order!]! }
"""
schema { query: Root, mutation: Changes }
type Root {
  "the orders {"
  orders(first: Int = 10, after: String, filter: Filter = {a: {b: 1}}): OrderConnection!
  old(ids: [ID!]! = ["}"]): [Order!]! @deprecated(reason: "gone } since 2024")
  me: Order
}
type OrderConnection { edges: [Edge!]! }
type Edge { node: Order cursor: String! }
type Order implements Node & Named @key(fields: "id { a }") { id: ID!, updatedAt: DateTime! }
extend type Order { lines(first: Int): [Line] @deprecated(reason: "none") }
input Filter { after: String }
enum Kind { type QUERY }
union Any = Order | Edge
scalar DateTime
'''


def test_graphql_schema_says_what_introspection_says(tmp_path: Path) -> None:
    draft = described(tmp_path, SDL, "schema.graphql")
    assert [(one.name, one.deprecated) for one in draft.tables] == [
        ("orders", False),
        ("old", True),
    ]
    assert values(draft, "orders") == {"primary_keys": ["id"], "pagination": "cursor"}
    columns = [column.path for column in table(draft, "orders").columns]
    assert columns == ["id", "updatedAt", "lines"]


@pytest.mark.parametrize("cut", range(20, len(SDL), 37))
def test_a_graphql_schema_that_breaks_off_is_read_as_far_as_it_goes(
    tmp_path: Path, cut: int
) -> None:
    described(tmp_path, "type Query { a: [B] } type B { id: ID }\ntype C {\n" + SDL[:cut], "s.gql")
