"""Spark schemas of the tables.

A table whose schema is not written yet has the key and cursor columns of the plan, as text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .stripe_plan import CONNECTOR, TABLES

if TYPE_CHECKING:  # under names of their own, since upstream merges all modules into one scope
    from pyspark.sql.types import StructType as SparkSchema

UNKNOWN_COLUMN = "record"  # of a table without key and cursor: a schema must have a column

_made: dict[str, SparkSchema] = {}  # no functools.cache, which Spark cannot send to its workers


def written_schemas() -> dict[str, SparkSchema]:
    """Return the schemas written so far, by table.

    Import pyspark in here, so that the rest of the connector works without it:
    `from pyspark.sql.types import StringType, StructField, StructType`, then
    `return {"orders": StructType([StructField("id", StringType(), nullable=False)])}`.
    """
    return {}


def schema_of(table_name: str) -> SparkSchema:
    """Return the schema of a table: the one written here, or else what the plan knows of it."""
    if not _made:
        _made.update(written_schemas())
    return _made.get(table_name) or planned_schema(table_name)


def planned_schema(table_name: str) -> SparkSchema:
    """Return the key and cursor columns of a table; a dotted path becomes a struct."""
    table = TABLES[table_name]
    keys = table["primary_keys"]
    columns: dict[str, Any] = {}
    for path in [*keys, table["cursor_field"]]:
        level = columns
        for name in path.split(".") if path else ():
            level = level.setdefault(name, {})
    return _struct(columns or {UNKNOWN_COLUMN: {}}, frozenset(keys))


def _struct(columns: dict[str, Any], required: frozenset[str] = frozenset()) -> SparkSchema:
    try:
        from pyspark.sql.types import StringType, StructField, StructType
    except ImportError as missing:
        raise ImportError(f"{CONNECTOR}: schemas are Spark types; install pyspark.") from missing
    return StructType(
        [
            StructField(name, _struct(inner) if inner else StringType(), name not in required)
            for name, inner in columns.items()
        ]
    )
