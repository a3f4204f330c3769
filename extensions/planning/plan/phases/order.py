"""The order in which tables are built: priority, then risk, and parents before children."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ...answers.answer_types import Answers, Table
from ...terms.vocabulary import PRIORITIES
from ..model import Risk

HARDEST_FIRST = ("cdc_with_deletes", "cdc", "append", "snapshot")
"""Ingestion types by how much can go wrong: deletions, then changes, then new records."""

_ID_OF = re.compile(r"(\w+?)_?id", re.IGNORECASE)


def in_order(answers: Answers, risks: Sequence[Risk]) -> list[Table]:
    """The tables still to build: by priority, then the riskiest first, parents before children.

    The worse the risks that name a table, the earlier it comes; among tables alike the harder
    ingestion type, then the larger table, then the user's order.
    """
    parents = ids_needed(answers)
    groups = _by_priority(answers, risks)
    return [table for group in groups for table in _parents_first(group, parents)]


def riskiest(answers: Answers, risks: Sequence[Risk]) -> Table | None:
    """The riskiest table of the highest priority, or None where no table is left to build."""
    return next((group[0] for group in _by_priority(answers, risks) if group), None)


def _by_priority(answers: Answers, risks: Sequence[Risk]) -> list[list[Table]]:
    undecided = [risk for risk in risks if not risk.settled]
    high, medium = (
        Counter(name for risk in undecided if risk.severity == level for name in risk.tables)
        for level in ("High", "Medium")
    )

    def urgency(table: Table) -> tuple[int, int, int, int]:
        hardest = HARDEST_FIRST.index(table.ingestion)
        return -high[table.name], -medium[table.name], hardest, -(table.rows or 0)

    return [
        sorted((one for one in answers.in_work if one.priority == priority), key=urgency)
        for priority in PRIORITIES
    ]


def ids_needed(answers: Answers) -> dict[str, tuple[str, ...]]:
    """Table -> the planned tables whose ids it needs: its parent, and what its columns name.

    A table `line_items` with the key `order_id, id` or with the option `order_id` is taken to
    need the ids of `orders`.
    """
    by_name = {table.name.lower(): table.name for table in answers.tables}
    needed = {}
    for table in answers.tables:
        columns = [*table.options, *(table.primary_keys if len(table.primary_keys) > 1 else ())]
        found = dict.fromkeys(
            by_name[name] for column in columns for name in _names_behind(column) if name in by_name
        )
        if table.parent.lower() in by_name:
            found[by_name[table.parent.lower()]] = None
        found.pop(table.name, None)
        needed[table.name] = tuple(found)
    return needed


def _names_behind(column: str) -> tuple[str, ...]:
    """What the table may be called that `order_id` or `orderId` is the id of."""
    match = _ID_OF.fullmatch(column)
    if not match:
        return ()
    stem = match.group(1).lower()
    return stem, f"{stem}s", f"{stem}es", f"{stem[:-1]}ies"


def _parents_first(tables: Sequence[Table], parents: dict[str, tuple[str, ...]]) -> list[Table]:
    by_name = {table.name: table for table in tables}
    placed: dict[str, Table] = {}
    waiting = list(reversed(tables))
    opened: set[str] = set()
    while waiting:
        table = waiting[-1]
        # Opened before means that its parents have had their turn, or that they form a circle.
        missing = [
            by_name[name]
            for name in parents[table.name]
            if name in by_name and name not in placed and name not in opened
        ]
        opened.add(table.name)
        if missing:
            waiting += missing
        else:
            placed.setdefault(waiting.pop().name, table)
    return list(placed.values())
