#!/usr/bin/env python3
# /// script
# requires-python = ">=3.10"
# dependencies = ["packaging", "PyYAML"]
# ///
"""Checks plan files and says what the session would make of them. Writes nothing.

    python scripts/check_plan.py plan.yml [another.yml ...]
    python scripts/check_plan.py --format json plan.yml      for scripts; schemas/check.schema.json
    python scripts/check_plan.py --format github plan.yml    annotations of a GitHub workflow

Prints verdict, open questions, risks and capacity of each plan, or everything that is wrong with
it as `file:line: what is wrong and what would be right`. Exit code 0: the session takes every
file. Exit code 1: it would refuse one of them. Open questions do not change the exit code: a plan
with open questions is a draft, and a draft is fine until somebody approves it.

Needs PyYAML, and packaging for plans that name `dependencies`; Copier brings both,
and so does `uv run scripts/check_plan.py`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "extensions"))

try:
    from planning import Plan, plan_of_file
    from planning.answers import plan_file
    from planning.files import report, report_data
except ModuleNotFoundError as missing:
    program = Path(sys.argv[0]).stem
    sys.exit(f"{program} needs {missing.name}; run it where Copier is, or pip install PyYAML.")


class Checked(NamedTuple):
    """One file with what is wrong with it, or with its plan."""

    name: str
    problems: tuple[plan_file.Problem, ...]
    plan: Plan | None


def check(name: str) -> Checked:
    """Reads one plan file and plans it."""
    text, problems = plan_of_file.text_of(name)
    return Checked(name, *((problems, None) if problems else plan_of_file.plan_of(text)))


def print_text(checked: list[Checked], first: int = 0) -> None:
    """For people. In editors, what is wrong with a whole file shows in its `first` line."""
    for one in checked:
        for problem in one.problems:
            line = problem.line or first
            where = f"{one.name}:{line}" if line else one.name
            print(f"{where}: {problem.text}", file=sys.stderr)
        if one.plan:
            print(f"{one.name}\n{report.report(one.plan)}")


def print_json(checked: list[Checked]) -> None:
    """For scripts, as schemas/check.schema.json describes."""
    files = [report_data.checked(*one) for one in checked]
    found = {"format": report_data.FORMAT, "taken": all(one["taken"] for one in files)}
    print(json.dumps({**found, "files": files}, indent=2, ensure_ascii=False))


def print_github(checked: list[Checked]) -> None:
    """Workflow commands: an error for what is wrong, a warning for what blocks the plan."""
    for one in checked:
        for problem in one.problems:
            print(_command("error", one.name, problem.line or 1, problem.text))
        for question in one.plan.open_questions if one.plan else ():
            if question.blocking:
                print(_command("warning", one.name, 1, f"{question.answer}: {question.text}"))


def _command(level: str, name: str, line: int, text: str) -> str:
    """One workflow command, its values escaped as GitHub's runner reads them."""
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    file = name.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    file = file.replace(":", "%3A").replace(",", "%2C")
    return f"::{level} file={file},line={line},title=Plan::{escaped}"


FORMATS: dict[str, Callable[[list[Checked]], None]] = {
    "text": print_text,
    "editor": partial(print_text, first=1),
    "json": print_json,
    "github": print_github,
}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        description="Checks plan files and says what the session would make of them.",
        epilog="Exit code 0: the session takes every file. 1: it would refuse one of them.",
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help="a plan file, such as plan.yml")
    parser.add_argument("--format", choices=FORMATS, default="text", help="text is the default")
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # a console may lack characters of a plan
    given = parser.parse_args(arguments)
    checked = [check(name) for name in given.files]
    FORMATS[given.format](checked)
    return int(any(one.problems for one in checked))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
