"""Spark reads a connector that was planned here and built by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from checkout import Checkout, python, why_no_spark
from shop import IN_ONE_PIECE, IN_PARTS, PLAN, SPLIT, build_reads, plan_in

pytestmark = pytest.mark.skipif(bool(why_no_spark()), reason=why_no_spark())

TABLES = {table["name"]: table for table in PLAN["tables"]}
WITH_CURSOR = {"Customers": 6, "orders": 5, "tickets": 5, "events": 6}
"""Records of each corpus but those whose cursor is null; events have nothing but their cursor."""

STREAMED = TABLES.keys() - {"Customers"}
SCRIPT = Path(__file__).with_name("spark_session.py")


@pytest.fixture(scope="module", params=["package", "merged"])
def read(template: Path, tmp_path_factory: pytest.TempPathFactory, request: Any) -> Any:
    """What Spark read, by the package as it is and by the single file merged from it."""
    folder = tmp_path_factory.mktemp("spark")
    checkout = Checkout.clone(folder / "clone")
    connector = plan_in(checkout, template, features=SPLIT)
    build_reads(checkout, connector, {**IN_ONE_PIECE, **IN_PARTS})
    if request.param == "merged":
        merged = checkout.run("tools/scripts/merge_python_source.py", connector)
        assert merged.returncode == 0, merged.stderr
    done = checkout.run(
        str(SCRIPT), connector, request.param, str(folder), PYSPARK_PYTHON=str(python())
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_every_table_is_read_in_batch(read: Any) -> None:
    assert read["batch"].keys() == TABLES.keys()
    for table, rows in read["batch"].items():
        assert len(in_place(table, rows)) == WITH_CURSOR[table], f"{table}: {rows}"
    assert {row["profile"]["id"] for row in read["batch"]["Customers"]} == set("123456")


def in_place(table: str, rows: list[Any]) -> list[Any]:
    """The rows with a cursor: one record of each corpus has none."""
    path = TABLES[table].get("cursor_field", "")
    return [row for row in rows if table == "Customers" or value_at(row, path) is not None]


def value_at(row: Any, path: str) -> Any:
    for name in path.split("."):
        row = (row or {}).get(name)
    return row


def test_the_metadata_table_says_what_the_plan_says(read: Any) -> None:
    for name, planned in TABLES.items():
        found = read["metadata"][name]
        assert found["ingestion_type"] == planned["ingestion"]
        assert (found["primary_keys"] or []) == planned.get("primary_keys", [])
        assert found["cursor_field"] == planned.get("cursor_field")


def test_incremental_tables_are_streamed_to_the_end(read: Any) -> None:
    assert read["stream"].keys() == STREAMED
    for table, rows in read["stream"].items():
        assert rows is not None, f"the stream of {table} does not end"
        assert len(in_place(table, rows)) == WITH_CURSOR[table], f"{table}: {rows}"
