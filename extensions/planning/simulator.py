"""What the simulator of the upstream repository serves until somebody describes the real source.

Every table has an endpoint of its own name. All of them answer from one file of records, which have
the key and cursor columns of all tables: so the files that come out do not depend on the tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from .answer_types import Table
from .model import Plan

RECORDS = 3
"""Two would do to tell the first page from the last; three also have a middle."""

COLUMN_OF_THE_UNKNOWN = "record"
"""The one column of a table without key and cursor, as in the generated schemas."""

LARGEST_PAGE = 100
"""Where the plan does not know the page size: the default of the simulator itself."""

_STYLES = {
    "page_number": "page_number",
    "link": "page_number_with_link_header",
    "offset": "offset_limit",
}
"""How the source pages -> the simulator's name for it. It has none for tokens."""


class Endpoint(NamedTuple):
    """One entry of endpoints.yaml.

    `pages` maps the parameters that ask for a page to their roles; `largest_page` is the most
    records one may ask for. `cursor` is the column that the parameter `since` filters by, or ''.
    """

    table: str
    style: str
    pages: tuple[tuple[str, str], ...]
    largest_page: int
    cursor: str


def endpoints(plan: Plan) -> tuple[Endpoint, ...]:
    """One endpoint for each table, paged the way the source pages."""
    answers = plan.answers
    style = _STYLES.get(answers.pagination, "none")
    numbered = (("page", "page"), ("per_page", "per_page"))
    skipped = (("offset", "offset"), ("limit", "limit"))
    pages = {"none": (), "offset_limit": skipped}.get(style, numbered)
    largest = answers.page_size or LARGEST_PAGE
    return tuple(
        Endpoint(table.name, style, pages, largest, _cursor(table)) for table in answers.tables
    )


def example_records(plan: Plan) -> list[dict[str, object]]:
    """Records with the key and cursor columns of all tables; a dotted path becomes an object.

    Keys count from 1, as text, which the pipeline also reads as numbers. Cursors are moments of the
    first days of 2026: before any run, so that a connector that reads up to now reads all of them.
    """
    return [_record(plan, number) for number in range(1, RECORDS + 1)]


def _record(plan: Plan, number: int) -> dict[str, object]:
    record: dict[str, object] = {}
    for path, is_cursor in _columns(plan):
        *parents, name = path.split(".")
        level = record
        for parent in parents:
            inner = level.get(parent)
            if not isinstance(inner, dict):
                # What holds columns in one table does so in all: there is one record for them.
                inner = level[parent] = {}
            level = inner
        if not isinstance(level.get(name), dict):
            level[name] = f"2026-01-0{number}T00:00:00Z" if is_cursor else str(number)
    return record


def _columns(plan: Plan) -> Iterator[tuple[str, bool]]:
    """Paths and whether they are cursors; cursors come last, for they may be keys as well."""
    tables = plan.answers.tables
    for table in tables:
        yield from ((path, False) for path in table.primary_keys)
        if not table.primary_keys and not table.cursor_field:
            yield COLUMN_OF_THE_UNKNOWN, False
    yield from ((table.cursor_field, True) for table in tables if table.cursor_field)


def _cursor(table: Table) -> str:
    return (table.cursor_field or "") if table.incremental else ""
