"""Open questions about tables: one for each kind of doubt, with all the tables it is about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...answers.answer_types import Answers, Table
from ...terms.text import yaml
from ..model import OpenQuestion
from ..request_counts import needs_rows
from ..wording import code, detail, how, lacks_cursor, listed, may_build, named, source_of


def table_questions(answers: Answers) -> Iterator[OpenQuestion]:
    """What the plan assumes about tables, does not know of them, or no longer needs."""
    if not may_build(answers):
        return
    if not answers.answered_for:
        wanted = f"does {answers.version} bring" if answers.existing_package else "are wanted"
        yield OpenQuestion(
            "tables",
            f"Which tables of {source_of(answers)} {wanted}? Answer with "
            f"{how('tables', '[orders, customers]')}.",
            "tables",
        )
    if answers.builds and answers.in_work and not any(one.confirmed for one in answers.tables):
        first = answers.in_work[0]
        yield OpenQuestion(
            "no-table-confirmed",
            "How is at least one table read? Nobody has said both the ingestion type of a table "
            "and its key or cursor. Answer with "
            f"{detail(first, f'ingestion: {first.ingestion}, primary_keys: [id]')}.",
            "table_details",
            blocking=True,
        )
    yield from _unsaid(answers)
    if silent := [what for what, why in answers.out_of_scope if not why]:
        yield OpenQuestion(
            "out-of-scope-reasons",
            f"Why is this left out: {listed(silent)}? Answer with "
            f"{_with_reasons(answers.out_of_scope)}.",
            "out_of_scope",
        )


def _unsaid(answers: Answers) -> Iterator[OpenQuestion]:
    """How tables are read, by which key and cursor, and how large they are."""
    if unsaid := _assuming(answers, "ingestion"):
        yield OpenQuestion(
            "assumed-ingestion",
            f"Is all of {_names(unsaid)} to be read at every sync? The plan assumes it. Answer "
            f"with {how('cdc_tables', f'[{unsaid[0].name}]')}, {code('append_tables')} or "
            f"{code('cdc_with_deletes_tables')}; for those that are snapshots, with "
            f"{detail(unsaid[0], 'ingestion: snapshot')}.",
            "cdc_tables",
        )
    if keyless := _assuming(answers, "primary_keys"):
        columns = named(keyless[0].primary_keys)
        yield OpenQuestion(
            "assumed-keys",
            f"Is {columns} the key of {_names(keyless)}? The plan assumes it. Answer with "
            f"{detail(keyless[0], 'primary_keys: [id]')}.",
            "table_details",
        )
    if cursorless := _assuming(answers, "cursor_field"):
        column = cursorless[0].cursor_field or ""
        yield OpenQuestion(
            "assumed-cursors",
            f"Does {code(column)} move with every change of {_names(cursorless)}? The plan assumes "
            f"it. Answer with {detail(cursorless[0], f'cursor_field: {column}')}.",
            "table_details",
        )
    if lacking := [one for one in answers.answered_for if lacks_cursor(one)]:
        example = detail(lacking[0], "cursor_field: created_at")
        yield OpenQuestion(
            "append-cursors",
            f"By which column are new records of {_names(lacking)} told? Without one a sync cannot "
            f"tell them from old ones. Answer with {example}, or {code('none')} where there is no "
            "such column.",
            "table_details",
        )
    if unsized := [one for one in answers.answered_for if _lacks(one, answers)]:
        yield OpenQuestion(
            "volumes",
            f"How many records does each of these hold, and how many are new or changed a day: "
            f"{_names(unsized)}? Answer with {detail(unsized[0], _lacks(unsized[0], answers))}.",
            "table_details",
        )


LONGEST = 300
"""Characters of an answer that people still copy from the page: about three lines of it."""


def _with_reasons(left_out: Sequence[tuple[str, str]]) -> str:
    """All that is left out, with a reason to fill in where there is none."""
    items = ", ".join(yaml(f"{what} - {why or 'reason'}") for what, why in left_out)
    whole = how("out_of_scope", f"[{items}]")
    if len(whole) <= LONGEST:
        return whole
    return f"{code('what - reason')} for each, beside what {code('out_of_scope')} says already"


def _assuming(answers: Answers, field: str) -> list[Table]:
    return [one for one in answers.answered_for if field in one.assumed]


def _names(tables: list[Table]) -> str:
    return named([one.name for one in tables])


def _lacks(table: Table, answers: Answers) -> str:
    """An example of what is not known of its size, '' where the figures lack nothing.

    A shipped table is not loaded from the start again. One that takes requests for each record of
    a parent is counted by those, unless it is a parent itself.
    """
    parents = {one.parent for one in answers.tables}
    counted = needs_rows(table, answers) or table.name in parents
    loaded = not (table.shipped and table.incremental) or table.name in parents
    rows = "rows: 2M" if counted and loaded and table.rows is None else ""
    changing = needs_rows(table, answers) and table.incremental and table.filter != "none"
    changes = "rows_per_day: 10k" if changing and table.rows_per_day is None else ""
    return ", ".join(filter(None, (rows, changes)))
