"""Spark reads a connector that was planned here and built by hand."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from checkout import Checkout, python, why_no_spark
from shop import IN_ONE_PIECE, IN_PARTS, PLAN, SPLIT, build_reads, plan_in

pytestmark = pytest.mark.skipif(bool(why_no_spark()), reason=why_no_spark())

LOOKING_BACK = {"orders": "2 days", "events": "2 days"}
TABLES = {
    table["name"]: {**table, "lookback": LOOKING_BACK.get(table["name"])}
    for table in PLAN["tables"]
}
WITH_CURSOR = {"Customers": 6, "orders": 5, "tickets": 5, "events": 6}
"""Records of each corpus but those whose cursor is null; events have nothing but their cursor."""

STREAMED = TABLES.keys() - {"Customers"}
CAP = 2  # of the script
SCRIPT = Path(__file__).with_name("spark_session.py")

AHEAD = (datetime.now(timezone.utc) + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
LATE = {"orders": "2026-11-19T12:00:00Z", "events": "2026-11-21T12:00:00Z"}
"""Cursors of records that come after newer ones were read: the newest are of 20 and 22 November."""

NEW = "2026-11-23T00:00:00Z"


def record(table: str, cursor: str) -> dict[str, Any]:
    """A record of a table that is told by its cursor."""
    if table == "events":
        return {"$properties": {"$last_seen": cursor}}
    return {"id": cursor, "changed": cursor}


LATER = [
    {table: [record(table, AHEAD)] for table in sorted(STREAMED)},
    {
        table: [record(table, cursor) for cursor in (NEW, LATE.get(table)) if cursor]
        for table in sorted(STREAMED)
    },
]
"""What comes before the first run, and what before the second. AHEAD is after both."""


@dataclass
class Read:
    """What Spark read, and whether its reads were split."""

    found: dict[str, Any]
    split: bool

    def cursors(self, table: str, run: int) -> list[Any]:
        """The cursors of what a run brought, but those that are null."""
        rows = [row for batch in self.found["runs"][table][run] for row in batch]
        return [cursor_of(table, row) for row in rows if cursor_of(table, row) is not None]


@pytest.fixture(scope="module", params=["package", "merged"])
def read(template: Path, tmp_path_factory: pytest.TempPathFactory, request: Any) -> Read:
    """By the package as it is, and split by the single file merged from it."""
    split = request.param == "merged"
    folder = tmp_path_factory.mktemp("spark")
    checkout = Checkout.clone(folder / "clone")
    tables = [{key: one for key, one in table.items() if one} for table in TABLES.values()]
    connector = plan_in(checkout, template, tables=tables, features=SPLIT if split else [])
    build_reads(checkout, connector, {**IN_ONE_PIECE, **(IN_PARTS if split else {})})
    if request.param == "merged":
        merged = checkout.run("tools/scripts/merge_python_source.py", connector)
        assert merged.returncode == 0, merged.stderr
    arguments = (connector, request.param, str(folder), json.dumps(LATER))
    done = checkout.run(str(SCRIPT), *arguments, PYSPARK_PYTHON=str(python()))
    assert done.returncode == 0, done.stderr
    return Read(json.loads(done.stdout.splitlines()[-1]), split)


def cursor_of(table: str, row: Any) -> Any:
    for name in TABLES[table].get("cursor_field", "").split("."):
        row = (row or {}).get(name)
    return row


def test_every_table_is_read_in_batch(read: Read) -> None:
    assert read.found["batch"].keys() == TABLES.keys()
    for table, rows in read.found["batch"].items():
        if table != "Customers":
            rows = [row for row in rows if cursor_of(table, row) is not None]
        assert len(rows) == WITH_CURSOR[table], f"{table}: {rows}"
    assert {row["profile"]["id"] for row in read.found["batch"]["Customers"]} == set("123456")


def test_the_metadata_table_says_what_the_plan_says(read: Read) -> None:
    for name, planned in TABLES.items():
        found = read.found["metadata"][name]
        assert found["ingestion_type"] == planned["ingestion"]
        assert (found["primary_keys"] or []) == planned.get("primary_keys", [])
        assert found["cursor_field"] == planned.get("cursor_field")


def test_a_snapshot_comes_whole_whatever_the_cap(read: Read) -> None:
    assert len(read.found["capped"]["Customers"]) == WITH_CURSOR["Customers"]


def test_the_first_run_ends_with_all_that_had_come_before_it(read: Read) -> None:
    assert read.found["runs"].keys() == STREAMED
    for table in STREAMED:
        cursors = read.cursors(table, 0)
        assert len(cursors) == WITH_CURSOR[table], f"{table}: {cursors}"
        assert AHEAD not in cursors


def test_a_cap_cuts_a_run_and_never_records_of_equal_cursor(read: Read) -> None:
    for table in STREAMED:
        if read.split and table == "events":
            continue  # what a part holds is the connector's choice
        batches = read.found["runs"][table][0]
        assert len(batches) > 1
        held = [[cursor_of(table, row) for row in batch] for batch in batches]
        for cursors in held:
            assert sum(one != max(cursors) for one in cursors) < CAP, f"{table}: {held}"
        apart = [cursor for cursors in held for cursor in set(cursors)]
        assert len(apart) == len(set(apart)), f"{table}: {held}"


def test_the_second_run_brings_what_is_new_and_what_came_late(read: Read) -> None:
    for table in STREAMED:
        cursors = read.cursors(table, 1)
        looks_back = table in LATE and not (read.split and table == "events")
        wanted = {NEW, LATE[table]} if looks_back else {NEW}
        assert wanted <= {*cursors}, f"{table}: {cursors}"
        assert AHEAD not in cursors
        if TABLES[table]["ingestion"] == "append" or not looks_back:
            assert sorted(cursors) == sorted(wanted), f"{table}: {cursors} arrive again"
