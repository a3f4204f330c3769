"""Open questions about the course of the work: phases, what is shipped, who approved."""

from __future__ import annotations

from collections.abc import Iterator

from ...answers.answer_types import Answers
from ...answers.naming import names_of
from ..model import OpenQuestion
from ..phases import tables_without_phase
from ..wording import code, how, named, source_of


def course_questions(answers: Answers) -> Iterator[OpenQuestion]:
    """Tables that no phase builds, shipped tables nobody named, an approval without a name."""
    if left_out := tables_without_phase(answers):
        yield OpenQuestion(
            "tables-without-phase",
            f"Which phase builds {named(left_out)}? No phase or deliverable names them. Answer "
            f"with {how('phases', f'[{{name: More tables, deliverables: [{left_out[0]}]}}]')}.",
            "phases",
        )
    if answers.existing_package and answers.builds and not answers.shipped_tables:
        yield OpenQuestion(
            "shipped-tables",
            f"Which tables does the connector deliver already? Its code makes them when it runs. "
            f"{code(f'python {names_of(answers).tests}/{answers.connector}_harness.py')} prints "
            "those that its own suite reads, as answers; put `> ../delivered.yml` behind it. "
            "Answer with `--data-file ../delivered.yml`.",
            "shipped_tables",
        )
    elif answers.purpose == "phase" and answers.builds and not answers.shipped_tables:
        example = answers.tables[0].name if answers.tables else "orders"
        yield OpenQuestion(
            "shipped-tables",
            f"Which tables do the earlier phases of {source_of(answers)} deliver? They belong in "
            f"{code('tables')} as well. Answer with {how('shipped_tables', f'[{example}]')}.",
            "shipped_tables",
        )
    if answers.approved and not answers.approved_by:
        yield OpenQuestion(
            "approved-by",
            f"Who approved the plan? Answer with {how('approved_by', 'Ada Lovelace')}.",
            "approved_by",
        )
