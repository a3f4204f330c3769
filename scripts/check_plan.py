#!/usr/bin/env python3
"""Checks plan files and says what the session would make of them. Writes nothing.

    python scripts/check_plan.py plan.yml [another.yml ...]

Prints verdict, open questions, risks and capacity of each plan, or everything that is wrong with
it as `file:line: what is wrong and what would be right`. Exit code 0: the session takes every
file. Exit code 1: it would refuse one of them. Open questions do not change the exit code: a plan
with open questions is a draft, and a draft is fine until somebody approves it.

Needs PyYAML, and packaging for plans that name `dependencies`; Copier brings both.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "extensions"))

try:
    import planning
    from planning import plan_file, record, report
except ModuleNotFoundError as missing:
    sys.exit(f"check_plan needs {missing.name}; run it where Copier is, or pip install PyYAML.")

CATALOGUE = ROOT / "extensions" / "planning" / "data" / planning.catalogue.FILE_NAME


def check(text: str) -> tuple[tuple[plan_file.Problem, ...], str]:
    """What is wrong with the text of a plan file, or else the report on its plan."""
    read = plan_file.read_plan_file(text)
    given = dict(read.answers)
    planning.normalise(given)
    # A file that cannot be read says nothing about what is missing in it.
    refused = planning.problems(given, {}, complete=not read.problems)
    problems = (*read.problems, *(_placed(sentence, read.lines) for sentence in refused))
    if problems:
        return tuple(sorted(problems, key=lambda problem: problem.line)), ""
    catalogue = planning.catalogue.load(CATALOGUE)
    if planning.known_tables.asks_for_all(given.get("tables")):
        try:
            given["tables"] = planning.known_tables.taken(given, catalogue)
        except planning.Refusal as refusal:
            return (_placed(f"tables: {refusal}", read.lines),), ""
    try:
        plan = planning.build(planning.read_answers(record.merged({}, given).answers), catalogue)
    except planning.Refusal as refusal:
        return (_placed(str(refusal), read.lines),), ""
    wrong = planning.approval.approval_problem(plan.answers, plan.blockers)
    if wrong and "approved_on" not in given:  # an approval on record lapses instead
        return (_placed(wrong, read.lines),), ""
    return (), report.report(plan)


def _placed(sentence: str, lines: dict[str, int]) -> plan_file.Problem:
    """A refusal begins with its question; an unknown name stands in quotes."""
    for name, line in lines.items():
        if sentence.startswith((f"{name}: ", f'"{name}" ')):
            return plan_file.Problem(line, sentence)
    return plan_file.Problem(0, sentence)


def check_file(name: str) -> bool:
    """Prints what there is to say about one file; true if the session takes it."""
    try:
        problems, said = check(Path(name).read_text(encoding="utf-8-sig"))
    except OSError as error:
        problems = (plan_file.Problem(0, f"cannot be read: {error.strerror}."),)
    except UnicodeDecodeError:
        problems = (plan_file.Problem(0, "is no text in UTF-8; save it as UTF-8."),)
    for problem in problems:
        where = f"{name}:{problem.line}" if problem.line else name
        print(f"{where}: {problem.text}", file=sys.stderr)
    if not problems:
        print(f"{name}\n{said}")
    return not problems


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        description="Checks plan files and says what the session would make of them.",
        epilog="Exit code 0: the session takes every file. 1: it would refuse one of them.",
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help="a plan file, such as plan.yml")
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # a console may lack characters of a plan
    taken = [check_file(name) for name in parser.parse_args(arguments).files]
    return 0 if all(taken) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
