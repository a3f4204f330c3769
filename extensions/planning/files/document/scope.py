"""The tables in scope, and what a connection asks for, as tables of the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...answers.answer_types import Answers, ConnectionParameter, Table
from ...plan import auth, figures
from ...plan.model import Plan
from ...plan.wording import code, cursor_of, ingestion_of, is_known, key_of, lacks_cursor, may_build
from ...terms.text import cell
from .markdown import LEFT, RIGHT, grid


def scope_grid(plan: Plan) -> str:
    """The tables of the plan, with columns only for what any of them has."""
    tables = plan.answers.tables
    # Where nothing gets built, only what somebody has said of reading a table is of use.
    read = may_build(plan.answers) or any("ingestion" not in table.assumed for table in tables)
    phases = {name: str(phase.number) for phase in plan.phases for name in phase.tables}
    assumes = read and any(_assumed(table) for table in tables)

    def row(table: Table) -> Iterator[str]:
        yield from (cell(table.name), *([ingestion_of(table)] if read else []), table.priority)
        if assumes:
            yield _assumed(table)
        if read:
            yield from (cell(key_of(table)) or "none", cell(cursor_of(table)) or _no_cursor(table))
        yield figures.count(table.rows)
        changes = not read or table.incremental or table.rows_per_day
        yield figures.count(table.rows_per_day) if changes else "read whole"
        if phases:
            yield "shipped" if table.shipped else phases.get(table.name, "none")

    columns = [
        ("Table", LEFT),
        *([("Ingestion Type", LEFT)] if read else []),
        ("Priority", LEFT),
        *([("Assumed", LEFT)] if assumes else []),
        *([("Key", LEFT), ("Cursor", LEFT)] if read else []),
        *(("Records", RIGHT), ("Changes a day", RIGHT)),
        *([("Phase", RIGHT)] if phases else []),
    ]
    return grid(columns, [list(row(table)) for table in tables])


def _assumed(table: Table) -> str:
    """Which column of the table the plan assumes; keys and cursors say so themselves."""
    return "type" if "ingestion" in table.assumed else ""


def _no_cursor(table: Table) -> str:
    """An append table has one unless somebody said that there is none."""
    return "unknown" if lacks_cursor(table) else "none"


def remarkable(tables: Sequence[Table]) -> list[Table]:
    """Tables with more to say than fits the columns: those with notes first, then with options."""
    noted = [table for table in tables if table.notes]
    return noted + [table for table in tables if table.options and not table.notes]


def parameter_grid(answers: Answers) -> str:
    """What people fill in to make a connection; '' for nothing."""
    asked = list(_parameters(answers))
    if not asked:
        return ""
    by_method = any(method for _, method in asked)
    known = is_known(answers, "connection_parameters")
    shared = auth.shared_parameters(answers)
    columns = [
        *(("A connection asks for", LEFT), ("Required", LEFT), ("Secret", LEFT)),
        *([("For", LEFT)] if by_method else []),
        ("What it is", LEFT),
    ]
    rows = [
        [
            code(one.name) + (" (known)" if known and one in shared else ""),
            *(_yes(one.required), _yes(one.secret)),
            *([cell(method) or "every method"] if by_method else []),
            cell(one.description),
        ]
        for one, method in asked
    ]
    return grid(columns, rows)


def _parameters(answers: Answers) -> Iterator[tuple[ConnectionParameter, str]]:
    """The parameters, each with the method it belongs to, or '' for all of them."""
    several = len(answers.auth_methods) > 1
    for method in auth.methods(answers):
        for parameter in method.parameters:
            yield parameter, method.description if several else ""
    for parameter in auth.shared_parameters(answers):
        yield parameter, ""


def _yes(true: bool) -> str:
    return "yes" if true else "no"
