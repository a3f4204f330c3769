"""Takes up an answers file of the first edition, which recorded every default as an answer.

There, what equals the default that its other answers propose was not given. What differs stays
given, since somebody may have meant it; where the plan works the default out, the run says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ..answers.checks.shapes import QUESTIONS
from ..answers.reading import DATE_ANSWER, READERS, read_answers
from ..answers.said_of_tables import tables_of
from ..answers.tables import NONE, as_answer, fact, read_table_details, read_unconfirmed
from ..plan.building import completed
from ..plan.proposals import PROPOSALS
from ..sources.catalogue import Catalogue
from ..sources.knowledge import SOURCE_FACTS
from ..terms.values import is_empty, parse_list
from .origins import CODE_STANDS_ON
from .record import ALWAYS, EDITION, Record, is_accepted, merged, same, shown_facts

WORKED_OUT = tuple(
    question for question in PROPOSALS if question not in (*SOURCE_FACTS, "table_options")
)
"""Questions whose defaults followed from other answers in the first edition already."""

FIRST_EDITION = "first edition"
"""Origin of what a plan of the first edition stands on without anybody having said it."""

_EDITION = re.compile(r"^_edition: *(\d+)", re.MULTILINE)


def is_first_edition(text: str) -> bool:
    """Whether an answers file is of the first edition; `text` is what the file holds."""
    found = _EDITION.search(text)
    return found is None or int(found[1]) < EDITION


def taken_up(recorded: Mapping[str, object], catalogue: Catalogue) -> Record:
    """What was given in answers of the first edition, and what the run has to say of it.

    The answers can be read. An approval among them has no day: nobody wrote it down.
    """
    known = {name: value for name, value in recorded.items() if name in QUESTIONS}
    given = {
        name: value for name, value in known.items() if not _was_default(name, known, catalogue)
    }
    if given.get("approved"):
        given[DATE_ANSWER] = ""
    beside = {name: value for name, value in recorded.items() if name not in QUESTIONS}
    answers = merged({}, {**beside, **given}, proposes=lambda question: True).answers
    answers = _in_force(answers, catalogue)
    return Record(answers, (*_overtaken(known), *_kept(answers)))


def _was_default(question: str, answers: Mapping[str, object], catalogue: Catalogue) -> bool:
    if question in (*ALWAYS, "tables", "table_details"):
        return False
    value = answers[question]
    others = {name: other for name, other in answers.items() if name != question}
    if question == "p0_tables":
        silent = [
            name for name, said in tables_of(answers).items() if is_empty(said.get("priority"))
        ]
        taken = parse_list(answers.get("p1_tables"))
        return same(question, value, [name for name in silent if name not in taken])
    if question not in WORKED_OUT:
        return is_accepted(question, value, None)
    proposed, _ = completed(read_answers(others), catalogue)
    return bool(READERS[question](value) == getattr(proposed, question))


def _in_force(answers: dict[str, object], catalogue: Catalogue) -> dict[str, object]:
    """The answers, with what the code of each table stands on where knowledge says otherwise.

    Nobody gave it, so it keeps an origin, and the plan asks whether to move.
    """
    entries, origins = tables_of(answers), dict(read_unconfirmed(answers.get("unconfirmed")))
    before = {table.name: table for table in read_answers(answers).tables}
    for table in completed(read_answers(answers), catalogue)[0].tables:
        old = before[table.name]
        for key in CODE_STANDS_ON:
            value = getattr(old, key)
            moved = key in table.known.keys() - old.known.keys() and value != getattr(table, key)
            if moved and not (key == "cursor_field" and old.ingestion == "snapshot"):
                entries[table.name][key] = list(value) if key == "primary_keys" else value or NONE
                origins[fact(table.name, key)] = FIRST_EDITION
    if not origins:
        return answers
    return {**answers, "tables": as_answer(entries), "unconfirmed": origins}


def _overtaken(answers: Mapping[str, object]) -> Iterator[str]:
    """Details of tables that have left the plan, with their values."""
    there = tables_of(answers)
    for name, told in read_table_details(answers.get("table_details")).items():
        if name not in there:
            yield f"{name} is no table of the plan; table_details said {shown_facts(told)} of it"


def _kept(answers: Mapping[str, object]) -> Iterator[str]:
    for question in (*WORKED_OUT, "p0_tables"):
        if question in answers:
            yield (
                f"{question} stays as it is on record. Was it never chosen? Then let the plan work "
                f"it out: -d {question}=null"
            )
