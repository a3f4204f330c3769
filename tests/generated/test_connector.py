"""The generated connector class, called as the pipeline calls it."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from projects import new_project

TABLES = [
    {"name": "orders", "ingestion": "cdc", "primary_keys": ["id"], "cursor_field": "changed"},
    {
        "name": "events",
        "ingestion": "append",
        "primary_keys": ["$id", "meta.part"],
        "cursor_field": "meta.$time",
        "options": ["project", "region"],
    },
    {"name": "notes", "ingestion": "cdc_with_deletes"},
]
OPTIONS = {"api_key": "k3y", "subdomain": "acme"}


@pytest.fixture(scope="module")
def package(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The package of a connector with two ways to sign in, parts and namespaces."""
    folder = tmp_path_factory.mktemp("connector") / "project"
    new_project(
        template,
        folder,
        connector="with_everything",
        tables=TABLES,
        auth_methods=["none", "api_key", "basic"],
        connection_parameters=[{"name": "subdomain"}, {"name": "region", "required": False}],
        features=["partitioned_reads", "namespaces"],
    )
    sys.path.insert(0, str(folder))
    yield "sources.with_everything"
    sys.path.remove(str(folder))


@pytest.fixture(scope="module")
def connector_class(package: str) -> Any:
    return importlib.import_module(package).WithEverythingLakeflowConnect


@pytest.fixture
def connector(connector_class: Any) -> Any:
    return connector_class(OPTIONS)


@pytest.fixture
def schemas(package: str, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The module of schemas, with plain tuples in the place of Spark's types."""
    types = SimpleNamespace(
        StringType=lambda: "text",
        StructField=lambda name, kind, nullable: (name, kind, nullable),
        StructType=list,
    )
    for name in ("pyspark", "pyspark.sql", "pyspark.sql.types"):
        monkeypatch.setitem(sys.modules, name, types)  # type: ignore[arg-type]
    return importlib.import_module(f"{package}.with_everything_schemas")


def test_a_missing_option_of_the_connection_is_named(connector_class: Any) -> None:
    with pytest.raises(ValueError, match="lacks connection options: subdomain"):
        connector_class({"api_key": "k3y", "subdomain": ""})


@pytest.mark.parametrize(
    ("options", "method"),
    [
        ({}, "none"),
        ({"username": "ada"}, "none"),
        ({"api_key": "k3y"}, "api_key"),
        ({"api_key": "k3y", "username": "ada", "password": "pa55"}, "basic"),
    ],
)
def test_the_method_whose_options_are_all_there_signs_in(
    connector_class: Any, options: dict[str, str], method: str
) -> None:
    made = connector_class({"subdomain": "acme", **options})
    assert made.client.auth_method == method


@pytest.mark.parametrize(
    ("method", "arguments"),
    [
        ("get_table_schema", [{}]),
        ("read_table_metadata", [{}]),
        ("read_table", [None, {}]),
        ("read_table_deletes", [{}, {}]),
        ("get_partitions", [{}]),
        ("read_partition", [{}, {}]),
        ("latest_offset", [{}]),
        ("is_partitioned", []),
        ("needed_options", [{}]),
    ],
)
def test_an_unknown_table_is_refused_everywhere_and_a_near_name_offered(
    connector: Any, method: str, arguments: list[Any]
) -> None:
    with pytest.raises(ValueError, match=r"no table 'order'\. Did you mean orders"):
        getattr(connector, method)("order", *arguments)


@pytest.mark.parametrize("method", ["read_table", "read_table_deletes"])
def test_reading_says_which_table_and_phase_it_waits_for(connector: Any, method: str) -> None:
    with pytest.raises(NotImplementedError, match=r"^notes: reading.* is built in phase \d"):
        getattr(connector, method)("notes", {}, {})


def test_metadata_is_that_of_the_plan_and_belongs_to_the_caller(connector: Any) -> None:
    metadata = connector.read_table_metadata("events", {})
    assert metadata == {
        "ingestion_type": "append",
        "primary_keys": ["$id", "meta.part"],
        "cursor_field": "meta.$time",
    }
    metadata["primary_keys"].clear()
    assert connector.read_table_metadata("events", {})["primary_keys"] == ["$id", "meta.part"]


def test_options_that_a_table_needs_are_named_when_missing(connector: Any) -> None:
    with pytest.raises(ValueError, match="events needs the table options region"):
        connector.needed_options("events", {"project": "p"})
    given = {"project": "p", "region": "eu", "limit": "5"}
    assert connector.needed_options("events", given) == {"project": "p", "region": "eu"}


def test_no_table_is_read_in_parts_before_that_is_built(connector: Any) -> None:
    assert connector.is_partitioned("orders") is False


def test_all_tables_stand_in_the_root_namespace(connector: Any) -> None:
    assert connector.list_namespaces() == []
    assert connector.list_tables_in_namespace([]) == connector.list_tables()
    with pytest.raises(ValueError, match=r"no namespace 'eu\.west'"):
        connector.list_tables_in_namespace(["eu", "west"])


def test_a_schema_that_is_not_written_has_keys_and_cursor_and_nests_paths(
    schemas: ModuleType,
) -> None:
    assert schemas.schema_of("events") == [
        ("$id", "text", False),
        ("meta", [("part", "text", True), ("$time", "text", True)], True),
    ]


def test_a_table_without_key_and_cursor_still_has_a_column(
    schemas: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(schemas.TABLES, "orders", {"primary_keys": [], "cursor_field": None})
    assert len(schemas.schema_of("orders")) == 1


def test_a_schema_that_is_written_wins(
    schemas: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schemas, "_made", {})
    monkeypatch.setattr(schemas, "written_schemas", lambda: {"orders": ["mine"]})
    assert schemas.schema_of("orders") == ["mine"]


def test_without_spark_a_schema_says_what_to_install(
    connector: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)  # type: ignore[arg-type]
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)  # type: ignore[arg-type]
    monkeypatch.setitem(sys.modules, "pyspark.sql.types", None)  # type: ignore[arg-type]
    with pytest.raises(ImportError, match="install pyspark"):
        connector.get_table_schema("orders", {})
