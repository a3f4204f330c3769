"""Open questions about tables: one for each kind of doubt, with all the tables it is about."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Answers, OpenQuestion, Table
from ..wording import code, how, listed, may_build, named, source_of
from .saying_more import saying_more


def table_questions(answers: Answers) -> Iterator[OpenQuestion]:
    """What the plan assumes about tables, does not know of them, or no longer needs."""
    if not answers.tables and may_build(answers):
        yield OpenQuestion(
            "tables",
            f"Which tables of {source_of(answers)} are wanted? Answer with "
            f"{how('tables', '[orders, customers]')}.",
            "tables",
        )
    yield from _assumed(answers)
    yield from _volumes(answers)
    if answers.unused_details:
        yield OpenQuestion(
            "unused-details",
            f"Are {named(answers.unused_details)} wanted? They are described in "
            f"{code('table_details')} and not among the tables: add them to {code('tables')}, or "
            f"take them out of {code('table_details')}.",
            "table_details",
        )
    silent = [what for what, why in answers.out_of_scope if not why]
    if silent:
        yield OpenQuestion(
            "out-of-scope-reasons",
            f"Why is this left out: {listed(silent)}? Answer with "
            f"{how('out_of_scope', '[what - reason]')}.",
            "out_of_scope",
        )


def _assumed(answers: Answers) -> Iterator[OpenQuestion]:
    unsaid = _assuming(answers, "ingestion")
    if unsaid:
        yield OpenQuestion(
            "assumed-ingestion",
            f"Is all of {_names(unsaid)} to be read at every sync? The plan assumes it. Answer "
            f"with {how('cdc_tables', f'[{unsaid[0].name}]')}, {code('append_tables')} or "
            f"{code('cdc_with_deletes_tables')}; for those that are snapshots, with "
            f"{_detail(answers, unsaid[0], 'ingestion: snapshot')}.",
            "cdc_tables",
        )
    keyless = _assuming(answers, "primary_keys")
    if keyless:
        columns = listed([code(key) for key in keyless[0].primary_keys])
        yield OpenQuestion(
            "assumed-keys",
            f"Is {columns} the key of {_names(keyless)}? The plan assumes it. Answer with "
            f"{_detail(answers, keyless[0], 'primary_keys: [id]')}.",
            "table_details",
        )
    cursorless = _assuming(answers, "cursor_field")
    if cursorless:
        column = cursorless[0].cursor_field or ""
        yield OpenQuestion(
            "assumed-cursors",
            f"Does {code(column)} move with every change of {_names(cursorless)}? The plan assumes "
            f"it. Answer with {_detail(answers, cursorless[0], f'cursor_field: {column}')}.",
            "table_details",
        )


def _volumes(answers: Answers) -> Iterator[OpenQuestion]:
    unsized = [one for one in answers.in_work if not _sized(one)]
    if unsized and may_build(answers):
        yield OpenQuestion(
            "volumes",
            f"How many records does each of these hold, and how many are new or changed a day: "
            f"{_names(unsized)}? Answer with "
            f"{_detail(answers, unsized[0], 'rows: 2M, rows_per_day: 10k')}.",
            "table_details",
        )


def _assuming(answers: Answers, field: str) -> list[Table]:
    return [one for one in answers.tables if field in one.assumed]


def _names(tables: list[Table]) -> str:
    return named([one.name for one in tables])


def _detail(answers: Answers, table: Table, more: str) -> str:
    return saying_more("table_details", answers.table_details, table.name, more)


def _sized(table: Table) -> bool:
    return table.rows is not None and (not table.incremental or table.rows_per_day is not None)
