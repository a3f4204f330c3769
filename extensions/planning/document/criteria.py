"""The acceptance criteria as lists of the page: what is said of each, and in which group."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ..model import Criterion
from ..text import line
from ..wording import code
from .markdown import box

GROUPED_FROM = 10
"""Criteria of single tables from which on they are folded by table: with ten, the few criteria of
the connector are no longer seen at a glance."""


class CriteriaOfTable(NamedTuple):
    """The criteria that are about one table alone, without its name in front."""

    table: str
    criteria: tuple[tuple[Criterion, str], ...]


class Criteria(NamedTuple):
    """The criteria of a group: those about the connector, then those about single tables."""

    general: tuple[Criterion, ...]
    by_table: tuple[CriteriaOfTable, ...]

    @property
    def of_tables(self) -> int:
        """How many criteria are about single tables."""
        return sum(len(one.criteria) for one in self.by_table)


def criteria_of(criteria: Iterable[Criterion], group: str) -> Criteria:
    """The criteria of a group; those about single tables by table, where there are many."""
    in_group = [one for one in criteria if one.group == group]
    of_tables = [one for one in in_group if _about(one)]
    if len(of_tables) < GROUPED_FROM:
        return Criteria(tuple(in_group), ())
    by_table: dict[str, list[tuple[Criterion, str]]] = {}
    for one in of_tables:
        text = one.text.removeprefix(_about(one))
        by_table.setdefault(one.tables[0], []).append((one, text[:1].upper() + text[1:]))
    return Criteria(
        general=tuple(one for one in in_group if not _about(one)),
        by_table=tuple(CriteriaOfTable(name, tuple(found)) for name, found in by_table.items()),
    )


def _about(criterion: Criterion) -> str:
    """The table in front of a criterion that is about one table alone, else ''."""
    prefix = f"{code(criterion.tables[0])}: " if len(criterion.tables) == 1 else ""
    return prefix if criterion.text.startswith(prefix) else ""


def criterion_line(criterion: Criterion, text: str) -> str:
    """The line that people tick: `text`, and the test that proves it.

    A plan of 1,000 tables has 3,700 of them. Put together by Jinja they took a tenth of a copy.
    """
    proof = f" → {code(criterion.test)}" if criterion.test else ""
    return f"{box(f'criterion/{criterion.id}')} {line(text)}{proof}"
