"""A connector that is right, and changes to it: mistakes that reviewers found, other right ways.

`Change.old` stands once in CONNECTOR or in another file of the connector; `new` takes its place. A
new mistake is one entry of MISTAKES.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

import jinja2
from projects import Project

ANSWERS: dict[str, Any] = {
    "connector": "shop",
    "tables": [
        {
            "name": "tickets",
            "ingestion": "cdc",
            "primary_keys": ["id"],
            "cursor_field": "updated_at",
            "lookback": "1 day",
        },
        {"name": "events", "ingestion": "append", "primary_keys": ["id"], "cursor_field": "at"},
        {"name": "users", "ingestion": "snapshot", "primary_keys": ["id"]},
        {"name": "lines", "ingestion": "snapshot", "primary_keys": ["id"], "parent": "orders"},
        {
            "name": "orders",
            "ingestion": "cdc_with_deletes",
            "primary_keys": ["id"],
            "cursor_field": "updated_at",
        },
    ],
    "auth_methods": ["api_key"],
    "pagination": "page_number",
    "table_options": ["max_records_per_batch"],
    "created": "2026-11-28",
}
"""The plan of the connector: a table of each ingestion type."""

CONNECTOR = '''
from __future__ import annotations

from datetime import datetime, timedelta, timezone

import requests

from .interface import LakeflowConnect
from .shop_plan import TABLES
from .shop_schemas import schema_of

ROOT = "https://shop.example"
PAGE = 3


def instant(value):
    return datetime.fromisoformat(value.replace("Z", "+00:00"))


class ShopLakeflowConnect(LakeflowConnect):
    """A shop."""

    def __init__(self, options):
        super().__init__(options)
        if not options.get("api_key"):
            raise ValueError("shop lacks connection options: api_key.")
        self._now = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")

    def list_tables(self):
        return list(TABLES)

    def get_table_schema(self, table_name, table_options):
        self._planned(table_name)
        return schema_of(table_name)

    def read_table_metadata(self, table_name, table_options):
        table = self._planned(table_name)
        return {key: table[key] for key in ("ingestion_type", "primary_keys", "cursor_field")}

    def read_table(self, table_name, start_offset, table_options):
        table = self._planned(table_name)
        if table_name == "lines":
            orders = [one["id"] for one in self._pages("/orders", {})]
            lists = [self._pages(f"/orders/{order}/lines", {}) for order in orders]
            return iter([one for lines in lists for one in lines]), None
        if table["ingestion_type"] == "snapshot":
            return iter(list(self._pages(f"/{table_name}", {}))), None
        return self._batch(f"/{table_name}", table["cursor_field"], start_offset, table_options)

    def read_table_deletes(self, table_name, start_offset, table_options):
        table = self._planned(table_name)
        path = f"/{table_name}/deleted"
        return self._batch(path, table["cursor_field"], start_offset, table_options)

    def _batch(self, path, cursor, start_offset, table_options):
        start = start_offset or {}
        since = start.get("since", "")
        cap = int(table_options.get("max_records_per_batch") or 1000)
        params = {"until": self._now}
        if since:
            params["since"] = since
        records = [one for one in self._pages(path, params) if one.get(cursor)]
        records.sort(key=lambda one: instant(one[cursor]))
        batch = records[:cap]
        for one in records[cap:]:
            if one[cursor] != batch[-1][cursor]:
                break
            batch.append(one)
        end = {"since": batch[-1][cursor]} if batch else start
        return iter(batch), end

    def _pages(self, path, params):
        page = 1
        while True:
            answer = requests.get(
                f"{ROOT}{path}", params={**params, "page": page, "per_page": PAGE}, timeout=5
            )
            if answer.status_code >= 400:
                raise RuntimeError(f"{path} answered {answer.status_code}")
            found = answer.json()
            if not found:
                return
            yield from found
            page += 1

    def _planned(self, table_name):
        if table_name not in TABLES:
            raise ValueError(f"shop has no table {table_name!r}.")
        return TABLES[table_name]
'''

SCHEMAS = """
from __future__ import annotations

from .shop_plan import TABLES

LEFT_OUT = {"orders": ("internal",)}


def schema_of(table_name):
    from pyspark.sql.types import LongType, StringType, StructField, StructType

    cursor = TABLES[table_name]["cursor_field"]
    names = ["id", *([cursor] if cursor else []), "name"]
    return StructType(
        [StructField("total", LongType()), *(StructField(name, StringType()) for name in names)]
    )
"""

TYPES = """
class DataType:
    @classmethod
    def typeName(cls):
        return cls.__name__.removesuffix("Type").lower()


class StringType(DataType): ...


class LongType(DataType): ...


class IntegerType(DataType): ...


class StructField:
    def __init__(self, name, dataType, nullable=True):
        self.name, self.dataType, self.nullable = name, dataType, nullable


class StructType(DataType):
    def __init__(self, fields):
        self.fields = fields

    def fieldNames(self):
        return [field.name for field in self.fields]
"""
"""What the tests need of pyspark.sql.types, which takes 400 MB to install."""

ENDPOINTS = """
endpoints:
{% for path, corpus, cursor in tables %}
  - path: {{ path }}
    method: GET
    corpus: {{ corpus }}
    response: {pagination_style: page_number}
    params:
      page: {role: page}
      per_page: {role: per_page, default: 3, max: 3}
{% if cursor %}
      since: {role: filter, field: {{ cursor }}, op: gt}
      until: {role: filter, field: {{ cursor }}, op: lte}
{% endif %}
{% endfor %}
"""

TABLES = (
    ("/tickets", "tickets", "updated_at"),
    ("/events", "events", "at"),
    ("/users", "users", ""),
    ("/orders", "orders", "updated_at"),
    ("/orders/deleted", "orders_deleted", "updated_at"),
    ("/orders/{id}/lines", "lines", ""),
)

DAYS = (4, 1, 3, 3, 3, None, 9)
"""The day of each record, in the order of the list: not sorted, three equal, one null, the newest
last, alone on the last page."""


def corpus(cursor: str) -> list[dict[str, Any]]:
    """The records of one table."""
    return [
        {
            "id": str(number),
            **({cursor: f"2026-03-0{day}T10:00:00Z" if day else None} if cursor else {}),
            "name": f"name {number}",
            "total": number,
        }
        for number, day in enumerate(DAYS, start=1)
    ]


class Change(NamedTuple):
    """What to write instead of a part of the connector, and words of the message that finds it."""

    old: str
    new: str
    says: str = ""


def simulate(project: Project) -> None:
    """Put the simulated shop, and what the tests need of pyspark, into a project of `ANSWERS`."""
    simulator = project.path("tests/simulator")
    (simulator / "corpus").mkdir(parents=True, exist_ok=True)
    endpoints = jinja2.Environment(trim_blocks=True).from_string(ENDPOINTS)
    (simulator / "endpoints.yaml").write_text(endpoints.render(tables=TABLES))
    for _, name, cursor in TABLES:
        (simulator / f"corpus/{name}.json").write_text(json.dumps(corpus(cursor)))
    types = project.folder / "pyspark/sql/types.py"
    types.parent.mkdir(parents=True)
    types.write_text(TYPES)
    for name in ("__init__.py", "sql/__init__.py"):
        (project.folder / "pyspark" / name).write_text("")


def build(package: Path, change: Change) -> None:
    """Write the connector into a package, with a change."""
    texts = {"shop.py": CONNECTOR, "shop_schemas.py": SCHEMAS}
    assert not change.old or any(change.old in text for text in texts.values()), "nothing changes"
    for name, text in texts.items():
        changed = text.replace(change.old, change.new) if change.old else text
        (package / name).write_text(changed)


READ = "        records = [one for one in self._pages(path, params) if one.get(cursor)]\n"
NEWER = (
    "        records = [one for one in records if one.get(cursor)]\n"
    "        records = [one for one in records if instant(one[cursor]) <= instant(self._now)]\n"
    "        records = [one for one in records if not since or instant(one[cursor]) > "
    "instant(since)]\n"
)
CUT = """        for one in records[cap:]:
            if one[cursor] != batch[-1][cursor]:
                break
            batch.append(one)
"""
SORTED = "        records.sort(key=lambda one: instant(one[cursor]))\n"
END = '        end = {"since": batch[-1][cursor]} if batch else start\n'
BATCH = "        batch = records[:cap]\n"
SINCE = '            params["since"] = since\n'
UNTIL = '        params = {"until": self._now}\n'
NOW = 'datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")'
SNAPSHOT = 'iter(list(self._pages(f"/{table_name}", {}))), None'
MORE_METHODS = """    def _planned(self, table_name):
"""

MISTAKES = {
    "equal cursors are cut apart by the cap": Change(
        CUT, "", "records of equal updated_at were cut apart"
    ),
    "a list that is not ordered is taken for one that is": Change(
        SORTED + BATCH + CUT + END,
        "        batch = records[:cap]\n"
        '        end = {"since": max(one[cursor] for one in batch)} if batch else start\n',
        "with a cap of 1",
    ),
    "the offset is not used": Change(SINCE, "            pass\n", "the offset"),
    "the offset stays where it was": Change(
        END, "        end = start\n", "an offset that stays where it was"
    ),
    "a run looks further than its beginning": Change(
        '        params = {"until": self._now}\n', "        params = {}\n", "does not end while"
    ),
    "a run never ends": Change(
        END, '        end = {"since": since, "run": start.get("run", 0) + 1}\n', "has not ended"
    ),
    "a snapshot is read in parts": Change(
        'iter(list(self._pages(f"/{table_name}", {}))), None',
        'iter(list(self._pages(f"/{table_name}", {}))'
        '[: int(table_options.get("max_records_per_batch") or 1000)]), None',
        "the one call of a snapshot",
    ),
    "the last page is not read": Change(
        "            yield from found\n",
        "            yield from found\n            if page == 2:\n                return\n",
        "6 of 7 records",
    ),
    "a short page is taken for the last although a full one is": Change(
        "            if not found:\n                return\n            yield from found\n",
        "            yield from found\n"
        "            if len(found) <= PAGE:\n"
        "                return\n",
        "records",
    ),
    "records at the border come again in an append table": Change(
        SINCE,
        '            params["since"] = (instant(since) - timedelta(seconds=1)).strftime('
        '"%Y-%m-%dT%H:%M:%SZ")\n',
        "",
    ),
    "a null cursor stops the reading": Change(
        SINCE + READ,
        "            pass\n"
        "        found = list(self._pages(path, {}))\n"
        "        nulls = [number for number, one in enumerate(found) if not one.get(cursor)]\n"
        "        records = found[: nulls[0]] if nulls else found\n" + NEWER,
        "5 of 6 records",
    ),
    "the next run begins at now instead of the last record": Change(
        END, '        end = {"since": self._now} if batch else start\n', "with a cap of 1"
    ),
    "a field is no column": Change(
        '        [StructField("total", LongType()), *(',
        "        [*(",
        "total of its records is no column",
    ),
    "a column is an integer": Change("LongType", "IntegerType", "IntegerType"),
    "deletions are cut by the cap": Change(
        "        return self._batch(path, table",
        "        found = list(self._pages(path, {}))[:2]\n"
        '        return iter([] if start_offset else found), {"done": 1}\n'
        "        return self._batch(path, table",
        "of its deletions",
    ),
    "deletions come with an offset that does not move": Change(
        "        return self._batch(path, table",
        "        return iter(list(self._pages(path, {}))), start_offset or {}\n"
        "        return self._batch(path, table",
        "stays where it was",
    ),
    "reading ends at no offset": Change(END, "        end = None\n", "ends at no offset"),
    "a run asks for the time while it reads": Change(
        UNTIL, f'        params = {{"until": {NOW}}}\n', "asks for the time while it reads"
    ),
    "the last run was the last": Change(
        END,
        '        last = {**start, "done": True} if start else start\n'
        '        end = {"since": batch[-1][cursor]} if batch else last\n'
        '        if start.get("done"):\n            return iter([]), start\n',
        "never arrives",
    ),
    "the offset lies ahead of the source": Change(
        END,
        '        ahead = {"since": "2100-01-01T00:00:00Z"}\n'
        '        end = {"since": batch[-1][cursor]} if batch else ahead if since else start\n',
        "never arrives",
    ),
    "a page of a snapshot comes twice": Change(
        SNAPSHOT,
        'iter([one for number in (1, 1) for one in self._pages(f"/{table_name}", {})]), None',
        "more than once",
    ),
    "the last part of a snapshot is forgotten": Change(
        MORE_METHODS,
        """    def get_partitions(self, table_name, table_options):
        if table_name != "users":
            raise NotImplementedError(f"{table_name} comes by one call")
        return [{"page": page} for page in (1, 2)]

    def read_partition(self, table_name, partition, table_options):
        found = list(self._pages(f"/{table_name}", {}))
        return iter(found[PAGE * (partition["page"] - 1) : PAGE * partition["page"]])

"""
        + MORE_METHODS,
        "users: 6 of 7 records",
    ),
    "only the first page of parents is asked for theirs": Change(
        'for one in self._pages("/orders", {})]',
        'for one in list(self._pages("/orders", {}))[:PAGE]]',
        "lines: 3 of 6 records of orders",
    ),
    "parts of a stream never end": Change(
        MORE_METHODS,
        """    def is_partitioned(self, table_name):
        return table_name == "events"

    def latest_offset(self, table_name, table_options, start_offset=None):
        return {"run": (start_offset or {}).get("run", 0) + 1}

    def get_partitions(self, table_name, table_options, start_offset=None, end_offset=None):
        if table_name != "events":
            raise NotImplementedError(f"{table_name} comes by one call")
        return [{}] if start_offset in (None, {}) else []

    def read_partition(self, table_name, partition, table_options):
        cursor = TABLES[table_name]["cursor_field"] or "name"
        params = {"until": self._now}
        return (one for one in self._pages(f"/{table_name}", params) if one.get(cursor))

"""
        + MORE_METHODS,
        "latest_offset moves on",
    ),
    "a look-back that never moves its offset": Change(
        SINCE + "        records",
        '            params["since"] = (instant(since) - timedelta(hours=1)).strftime('
        '"%Y-%m-%dT%H:%M:%SZ")\n        records',
        "stays where it was",
    ),
    "an option is read that nobody can set": Change(
        'table_options.get("max_records_per_batch")',
        'table_options.get("batch_size")',
        "read in the code and declared nowhere: batch_size",
    ),
    "an option that may be set is never read": Change(
        'int(table_options.get("max_records_per_batch") or 1000)',
        "1000",
        "declared and never read: max_records_per_batch",
    ),
}
"""What reviewers found -> how to make the mistake, and what the tests must say of it."""

RIGHT = {
    "the source filters and orders": Change("", "", ""),
    "windows of thirty days": Change(
        UNTIL
        + """        if since:
            params["since"] = since
"""
        + READ
        + SORTED
        + BATCH
        + CUT
        + END,
        """        # The offset moves to the end of the window, also where nothing is in it.
        begin = since or "2026-02-20T00:00:00Z"
        if instant(begin) >= instant(self._now):
            return iter([]), start
        window = instant(begin) + timedelta(days=30)
        until = min(window, instant(self._now)).strftime("%Y-%m-%dT%H:%M:%SZ")
        params = {"since": begin, "until": until}
        batch = [one for one in self._pages(path, params) if one.get(cursor)]
        end = {"since": until}
""",
    ),
    "a stream and a snapshot in parts": Change(
        MORE_METHODS,
        """    def is_partitioned(self, table_name):
        return table_name == "events"

    def latest_offset(self, table_name, table_options, start_offset=None):
        return {"until": max(self._now, (start_offset or {}).get("until", ""))}

    def get_partitions(self, table_name, table_options, start_offset=None, end_offset=None):
        if table_name == "lines":
            raise NotImplementedError("lines come by one call")
        if table_name == "users":
            return [{"odd": True}, {"odd": False}]
        begin, end = (start_offset or {}).get("until", "2026-01-01T00:00:00Z"), end_offset["until"]
        middle = min(max(begin, "2026-03-03T10:00:00Z"), end)
        parts = [{"since": begin, "until": middle}, {"since": middle, "until": end}]
        return [part for part in parts if part["since"] < part["until"]]

    def read_partition(self, table_name, partition, table_options):
        if table_name == "users":
            found = self._pages("/users", {})
            return (one for one in found if (int(one["id"]) % 2 == 1) == partition["odd"])
        cursor = TABLES[table_name]["cursor_field"]
        return (one for one in self._pages(f"/{table_name}", partition) if one.get(cursor))

"""
        + MORE_METHODS,
    ),
    "a cdc table looks back a day and moves on": Change(
        SINCE + READ + SORTED + BATCH + CUT + END,
        "            # Once a run, from a day before; then on from where this run has come to.\n"
        '            here = start.get("run") == self._now\n'
        '            back = (instant(since) - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")\n'
        '            params["since"] = start["at"] if here or path != "/tickets" else back\n'
        + READ
        + SORTED
        + BATCH
        + CUT
        + "        at = batch[-1][cursor] if batch else since\n"
        '        moved = {"since": max(since, at), "at": at, "run": self._now}\n'
        "        end = moved if batch else start\n",
    ),
    "everything is filtered here": Change(
        SINCE + READ, "            pass\n        records = list(self._pages(path, {}))\n" + NEWER
    ),
}
"""Other ways that are right as well."""
