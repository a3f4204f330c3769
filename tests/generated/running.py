"""Runs the tests of a generated connector, as a person would, and says how each case ended."""

from __future__ import annotations

import os
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path

PLAIN = {"PYTHONDONTWRITEBYTECODE": "1", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
"""Generated tests need no plugins; importing those installed here would take half of the time."""


@dataclass(frozen=True)
class Run:
    """A finished run: `cases` maps the name of a case to how it ended and what it said."""

    code: int
    output: str
    cases: dict[str, tuple[str, str]]

    def names(self, ending: str) -> set[str]:
        """The cases that ended as `passed`, `failed`, `skipped` or `xfailed`."""
        return {name for name, (how, _) in self.cases.items() if how == ending}

    def said(self, name: str) -> str:
        """What a case said when it ended."""
        return self.cases[name][1]

    @property
    def summary(self) -> list[str]:
        """The lines that count acceptance criteria."""
        return [line for line in self.output.splitlines() if "acceptance criteria" in line]


def run_tests(folder: Path, *arguments: str, **environment: str) -> Run:
    """Runs pytest in a folder; without arguments, on everything below it."""
    report = folder / "report.xml"
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", f"--junitxml={report}"]
    done = subprocess.run(
        [*command, *arguments],
        cwd=folder,
        env={**clean, **PLAIN, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    cases = {}
    for case in ElementTree.parse(report).iter("testcase"):
        cases[case.get("name", "")] = _ending(case)
    report.unlink()
    return Run(done.returncode, done.stdout + done.stderr, cases)


def _ending(case: ElementTree.Element) -> tuple[str, str]:
    for child in case:
        said = f"{child.get('message', '')}\n{child.text or ''}"
        if child.tag in ("failure", "error"):
            return "failed", said
        if child.tag == "skipped":
            return ("xfailed" if child.get("type") == "pytest.xfail" else "skipped"), said
    return "passed", ""
