"""The acceptance criteria as lists of the page: what is said of each, and in which group."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ...plan.model import Criterion
from ...plan.wording import code
from ...terms.text import line
from .markdown import box


class Criteria(NamedTuple):
    """The criteria of a group: those with a line of their own, then what tests prove of tables.

    Tables of which tests prove the same, in a few words each such as `unique keys`, stand together.
    """

    general: list[Criterion]
    tables: dict[tuple[str, ...], list[str]]


def criteria_of(criteria: Iterable[Criterion], group: str) -> Criteria:
    """The criteria of a group. What a test proves of a single table takes no line of its own."""
    general: list[Criterion] = []
    by_table: dict[str, list[str]] = {}
    for one in criteria:
        if one.group == group:
            if about := _proved(one):
                by_table.setdefault(one.tables[0], []).append(about)
            else:
                general.append(one)
    alike: dict[tuple[str, ...], list[str]] = {}
    for name, proved in by_table.items():
        alike.setdefault(tuple(proved), []).append(name)
    return Criteria(general, alike)


class TableTest(NamedTuple):
    """What a test proves of tables, in the words of the criterion of one of them."""

    about: str
    example: str
    test: str


def table_tests(criteria: Iterable[Criterion]) -> tuple[TableTest, ...]:
    """Each test of single tables once, in the order of the criteria."""
    found: dict[str, TableTest] = {}
    for one in criteria:
        if about := _proved(one):
            found.setdefault(about, TableTest(about, one.text, one.test.partition("[")[0]))
    return tuple(found.values())


def _proved(criterion: Criterion) -> str:
    """What a test proves of one table, in a few words; '' for every other criterion."""
    if len(criterion.tables) != 1 or not criterion.test.endswith(f"[{criterion.tables[0]}]"):
        return ""
    about = criterion.id.removesuffix(f"-{criterion.tables[0]}")
    return about.replace("-", " ")


def criterion_line(criterion: Criterion, text: str) -> str:
    """The line that people tick: `text`, and the test that proves it.

    A plan of 1,000 tables has 3,700 of them. Put together by Jinja they took a tenth of a copy.
    """
    proof = f" → {code(criterion.test)}" if criterion.test else ""
    return f"{box(f'criterion/{criterion.id}')} {line(text)}{proof}"
