"""The plan that the session would make of a plan file, or everything that is wrong with the file.

What check_plan.py and compare_plans.py share. Needs PyYAML, and packaging for plans that name
`dependencies`; Copier brings both.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "extensions"))

try:
    import planning
    from planning import plan_file, record
except ModuleNotFoundError as missing:
    sys.exit(f"This needs {missing.name}; run it where Copier is, or pip install PyYAML.")

CATALOGUE = ROOT / "extensions" / "planning" / "data" / planning.catalogue.FILE_NAME


def text_of(name: str) -> tuple[str, tuple[plan_file.Problem, ...]]:
    """The text of a file, or why it cannot be read."""
    try:
        return Path(name).read_text(encoding="utf-8-sig"), ()
    except OSError as error:
        return "", (plan_file.Problem(0, f"cannot be read: {error.strerror}."),)
    except UnicodeDecodeError:
        return "", (plan_file.Problem(0, "is no text in UTF-8; save it as UTF-8."),)


def plan_of(text: str) -> tuple[tuple[plan_file.Problem, ...], planning.Plan | None]:
    """What is wrong with the text of a plan file, or else its plan."""
    read = plan_file.read_plan_file(text)
    given = dict(read.answers)
    planning.normalise(given)
    catalogue = planning.catalogue.load(CATALOGUE)
    # A file that cannot be read says nothing about what is missing in it.
    refused = planning.problems(given, {}, complete=not read.problems)
    problems = (*read.problems, *(_placed(sentence, read.lines) for sentence in refused))
    if problems:
        return tuple(sorted(problems, key=lambda problem: problem.line)), None
    if planning.known_tables.asks_for_all(given.get("tables")):
        try:
            given["tables"] = planning.known_tables.taken(given, catalogue)
        except planning.Refusal as refusal:
            return (_placed(f"tables: {refusal}", read.lines),), None
    try:
        plan = planning.build(planning.read_answers(record.merged({}, given).answers), catalogue)
    except planning.Refusal as refusal:
        return (_placed(str(refusal), read.lines),), None
    wrong = planning.approval.approval_problem(plan.answers, plan.blockers)
    if wrong and "approved_on" not in given:  # an approval on record lapses instead
        return (_placed(wrong, read.lines),), None
    return (), plan


def _placed(sentence: str, lines: dict[str, int]) -> plan_file.Problem:
    """A refusal begins with its question; an unknown name stands in quotes."""
    for name, line in lines.items():
        if sentence.startswith((f"{name}: ", f'"{name}" ')):
            return plan_file.Problem(line, sentence)
    return plan_file.Problem(0, sentence)
