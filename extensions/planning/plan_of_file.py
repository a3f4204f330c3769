"""The plan that the session would make of a plan file, or all that is wrong with it."""

from __future__ import annotations

from pathlib import Path

from . import problems
from .answers import plan_file
from .answers.checks import normalise
from .answers.reading import read_answers
from .plan import approval, known_tables
from .plan.building import build
from .plan.model import Plan
from .sources import catalogue
from .terms.values import Refusal
from .updates import record

CATALOGUE = Path(__file__).resolve().parent / "data" / catalogue.FILE_NAME


def text_of(name: str) -> tuple[str, tuple[plan_file.Problem, ...]]:
    """The text of a file, or why it cannot be read."""
    try:
        return Path(name).read_text(encoding="utf-8-sig"), ()
    except OSError as error:
        return "", (plan_file.Problem(0, f"cannot be read: {error.strerror}."),)
    except UnicodeDecodeError:
        return "", (plan_file.Problem(0, "is no text in UTF-8; save it as UTF-8."),)


def plan_of(text: str) -> tuple[tuple[plan_file.Problem, ...], Plan | None]:
    """What is wrong with the text of a plan file, or else its plan."""
    read = plan_file.read_plan_file(text)
    given = dict(read.answers)
    normalise(given)
    connectors = catalogue.Catalogue(CATALOGUE)
    nobody_knows: tuple[str, ...] = ()
    if known_tables.asks_for_all(given.get("tables")):
        try:
            given["tables"] = known_tables.taken(given, connectors)
        except Refusal as refusal:
            nobody_knows = (f"tables: {refusal}",)
    # A file that cannot be read says nothing about what is missing in it.
    refused = (*problems(given, {}, complete=not read.problems), *nobody_knows)
    found = (*read.problems, *(_placed(sentence, read.lines) for sentence in refused))
    if found:
        return tuple(sorted(found, key=lambda problem: problem.line)), None
    try:
        plan = build(read_answers(record.merged({}, given).answers), connectors)
    except Refusal as refusal:
        return (_placed(str(refusal), read.lines),), None
    wrong = approval.approval_problem(plan.answers, plan.blockers)
    if wrong and "approved_on" not in given:  # an approval on record lapses instead
        return (_placed(wrong, read.lines),), None
    return (), plan


def _placed(sentence: str, lines: dict[str, int]) -> plan_file.Problem:
    """A refusal begins with its question; an unknown name stands in quotes."""
    for name, line in lines.items():
        if sentence.startswith((f"{name}: ", f'"{name}" ')):
            return plan_file.Problem(line, sentence)
    return plan_file.Problem(0, sentence)
