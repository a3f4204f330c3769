"""Reads a database's `information_schema` as CSV: tables, columns and keys, without partitions."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .columns import offer_cursors
from .described import Column, Description

QUERIES = """\
-- columns.csv
SELECT table_schema, table_name, column_name, data_type FROM information_schema.columns;
-- tables.csv
SELECT table_schema, table_name, table_type FROM information_schema.tables;
-- keys.csv
SELECT k.table_schema, k.table_name, k.column_name, t.constraint_type, k.ordinal_position
  FROM information_schema.table_constraints t
  JOIN information_schema.key_column_usage k
    ON k.constraint_name = t.constraint_name AND k.table_schema = t.table_schema
   AND k.table_name = t.table_name
 WHERE t.constraint_type = 'PRIMARY KEY';
"""
"""What to run against a database, each answer saved as CSV with its header."""

_SYSTEM = frozenset(("information_schema", "pg_catalog", "mysql", "performance_schema", "sys"))
_TIMES = re.compile(r"time|date|datetime", re.IGNORECASE)


@dataclass
class _Table:
    kind: str = ""
    columns: list[tuple[str, str]] = field(default_factory=list)
    """Names and types."""
    keys: list[tuple[int, str]] = field(default_factory=list)
    """Positions in the key, 0 where the file does not say, and names."""


def rows_of(text: str) -> list[dict[str, str]]:
    """The rows of a CSV file of information_schema, column names in lower case; empty if none."""
    first = text[:2000].lstrip().partition("\n")[0].lower()
    if "table_name" not in first or first[0] in "{[<":
        return []
    delimiter = max(",;\t|", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text.lstrip()), delimiter=delimiter))
    except csv.Error:
        return []
    header = [name.strip().strip('"').lower() for name in rows[0]]
    return [dict(zip(header, map(str.strip, row), strict=False)) for row in rows[1:] if row]


def read(rows: Sequence[Mapping[str, str]], label: str) -> Description:
    """What the rows say, whether they come from columns, tables, keys, or all of them."""
    description = Description("information_schema", label)
    description.say("source_type", "database")
    tables: dict[tuple[str, str], _Table] = defaultdict(_Table)
    for row in rows:
        schema, name = row.get("table_schema", ""), row.get("table_name", "")
        if not name or schema.lower() in _SYSTEM:
            continue
        table = tables[schema, name]
        table.kind = row.get("table_type", "").upper() or table.kind
        column = row.get("column_name", "")
        if column and _is_key(row):
            position = row.get("ordinal_position", "")
            table.keys.append((int(position) if position.isdigit() else 0, column))
        of_keys = "constraint_type" in row or "constraint_name" in row
        if column and ("data_type" in row or not of_keys):
            table.columns.append((column, row.get("data_type", "").lower()))
    _add_tables(description, tables)
    return description


def _is_key(row: Mapping[str, str]) -> bool:
    kind = row.get("constraint_type", "") or row.get("column_key", "")
    if kind:
        return kind.upper() in ("PRIMARY KEY", "PRI")
    name = row.get("constraint_name", "").lower()
    return name == "primary" or name.endswith(("_pkey", "_pk"))


def _add_tables(description: Description, tables: Mapping[tuple[str, str], _Table]) -> None:
    partitions = _partitions(tables)
    whole = {table: held for table, held in tables.items() if table not in partitions}
    names = Counter(name.lower() for _, name in whole)
    for (schema, name), held in whole.items():
        if "VIEW" in held.kind:
            description.skipped.append(f"{name}: is a view, which has no key of its own")
            continue
        several = names[name.lower()] > 1
        described = description.add("table", f"{schema}_{name}" if several else name)
        if described is None:
            continue
        described.columns = tuple(
            Column(column, bool(_TIMES.search(kind))) for column, kind in held.columns
        )
        # Rows of a key keep their order where the file says it, else that of the file.
        keys = sorted(held.keys, key=lambda one: one[0])
        described.say("primary_keys", list(dict.fromkeys(column for _, column in keys)))
        described.rank = (0, 0, -offer_cursors(described) - bool(keys), len(name))
    for (_, name), count in Counter(partitions.values()).items():
        description.skipped.append(f"{name}: {count} partitions are read as this one table")
    description.tables.sort(key=lambda one: one.rank)


def _partitions(tables: Mapping[tuple[str, str], _Table]) -> dict[tuple[str, str], tuple[str, str]]:
    """Partition -> table. information_schema does not tell them apart: a partition has the same
    columns as another table, and a name that goes on where the other's ends.
    """
    found: dict[tuple[str, str], tuple[str, str]] = {}
    shapes = {
        table: sorted((column.lower(), kind) for column, kind in held.columns)
        for table, held in tables.items()
    }
    for table, shape in shapes.items():
        schema, name = table
        for end in range(len(name) - 1, 2, -1) if shape else ():
            parent, rest = (schema, name[:end]), name[end:]
            goes_on = rest.startswith(("_", "$", "-")) or rest[0].isdigit()
            if goes_on and shapes.get(parent) == shape:
                found[table] = found.get(parent, parent)
                break
    for table, parent in found.items():
        while parent in found:
            parent = found[parent]
        found[table] = parent
    return found
