#!/usr/bin/env python3
# /// script
# requires-python = ">=3.10"
# dependencies = ["packaging", "PyYAML"]
# ///
"""Says what a new edition of a plan changes: risks, capacity, questions, tables, the verdict.

    python scripts/compare_plans.py OLD NEW
    python scripts/compare_plans.py --format markdown OLD NEW     for a pull request

OLD and NEW are plan files or answers files. An empty OLD, such as /dev/null, stands for a plan
that is new. Exit code 0: compared. 1: one of the files is refused; what is wrong is printed as
check_plan.py prints it.
"""

from __future__ import annotations

import argparse
import sys

from check_plan import Checked, Plan, plan_of_file, print_text
from planning.files import comparison
from planning.terms.text import line as one_line

UNCHANGED = "Verdict, tables, risks, capacity and open questions are as they were."


def as_text(name: str, sections: comparison.Sections) -> str:
    """For a terminal: one change a line."""
    lines = [name]
    for topic, sentences in sections.items():
        lines += [f"{topic}:", *(f"  {one_line(sentence)}" for sentence in sentences)]
    return "\n".join(lines if sections else [*lines, f"  {UNCHANGED}"]) + "\n"


def as_markdown(name: str, sections: comparison.Sections) -> str:
    """For a comment on a pull request."""
    lines = [f"### {_escaped(name)}", ""]
    for topic, sentences in sections.items():
        lines += [f"**{topic}**", "", *(f"- {_escaped(one)}" for one in sentences), ""]
    return "\n".join(lines if sections else [*lines, UNCHANGED, ""])


def _escaped(text: str) -> str:
    """One line that neither makes a tag nor calls anybody."""
    safe = one_line(text).replace("&", "&amp;").replace("<", "&lt;")
    return safe.replace("@", "@\u200b").replace("|", "\\|")


FORMATS = {"text": as_text, "markdown": as_markdown}


def read(name: str, *, may_be_empty: bool = False) -> Plan | None:
    """The plan of a file, None for an empty one. Ends the program where the file is refused."""
    text, problems = plan_of_file.text_of(name)
    if may_be_empty and not problems and not text.strip():
        return None
    problems, plan = (problems, None) if problems else plan_of_file.plan_of(text)
    if problems:
        print_text([Checked(name, problems, None)])
        sys.exit(1)
    return plan


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(description="Says what a new edition of a plan changes.")
    parser.add_argument("old", metavar="OLD", help="the plan before; an empty file for none")
    parser.add_argument("new", metavar="NEW", help="the plan now")
    parser.add_argument("--format", choices=FORMATS, default="text", help="text is the default")
    parser.add_argument("--title", help="what stands above the changes; NEW is the default")
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # a console may lack characters of a plan
    given = parser.parse_args(arguments)
    old, new = read(given.old, may_be_empty=True), read(given.new)
    if new is not None:
        print(FORMATS[given.format](given.title or given.new, comparison.compare(old, new)), end="")


if __name__ == "__main__":
    main(sys.argv[1:])
