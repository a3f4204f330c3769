"""What is said of each table: on record, in this run, and put together.

A plan says it in two answers, `tables` and `table_details`, and in many runs.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..terms.values import Refusal
from .tables import entries_on, with_details


def tables_of(answers: Mapping[str, object]) -> dict[str, dict[str, object]]:
    """Table -> what is on record of it; nothing where the answers cannot be read."""
    try:
        return with_details(entries_on(answers.get("tables")), answers.get("table_details"))
    except Refusal:
        return {}


def merged_tables(
    recorded: Mapping[str, object], said: Mapping[str, object]
) -> dict[str, dict[str, object]]:
    """Table -> what is said of it, now or before.

    A bare name keeps what is on record, a mapping takes its place; `table_details` says single
    keys, and null takes one back. Raises `Refusal` where an answer cannot be read.
    """
    entries = tables_of(recorded)
    if "tables" in said:
        entries = entries_on(said["tables"], entries)
    return with_details(entries, said.get("table_details"))
