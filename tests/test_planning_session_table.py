"""Every row of docs/planning-session.md points to something that exists."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from planning.answers.tables import TABLE_KEYS
from planning.plan.risks import RULES
from projects import ROOT, new_project

TABLE = ROOT / "docs" / "planning-session.md"
QUESTION_FILES = sorted((ROOT / "questions").glob("[0-9]_*.yml"))


def rows() -> list[tuple[str, list[str]]]:
    """What the session says, and the names that meet it."""
    lines = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line[:2] == "| "]
    cells = [line.strip("| ").split(" | ") for line in lines]
    return [
        (said, re.findall(r"`([^`]+)`", met))
        for said, met in cells
        if said not in ("The session says", "---")
    ]


@pytest.fixture(scope="module")
def existing(template: Path, tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Everything a row may point to, in the spelling of the table."""
    answers = yaml.safe_load((ROOT / "examples" / "stripe.yml").read_text(encoding="utf-8"))
    project = new_project(template, tmp_path_factory.mktemp("stripe") / "project", **answers)
    found = {f"tables.{key}" for key in TABLE_KEYS} | {f"risk:{rule.id}" for rule in RULES}
    for file in QUESTION_FILES:
        for name, settings in yaml.safe_load(file.read_text(encoding="utf-8")).items():
            found.add(name)
            found.update(f"{name}={value}" for value in _values(settings))
    design = project.read("DESIGN.md")
    found.update(re.sub(r"(Phase \d+):.*", r"\1", line) for line in _headings(design))
    found.update(f"- [ ] {text}" for text in _checklist(design))
    for file in (project.folder / project.package).rglob("*"):
        name = file.relative_to(project.folder / project.package).as_posix()
        name = name.replace("stripe", "<connector>")
        found.add(f"<tests>/{name[6:]}" if name.startswith("tests/") else f"<package>/{name}")
    return found


def _values(settings: dict[str, Any]) -> list[str]:
    choices = settings.get("choices", {})
    if not isinstance(choices, dict):
        return []
    # A choice that can be refused is a mapping.
    return [one["value"] if isinstance(one, dict) else one for one in choices.values()]


def _headings(design: str) -> list[str]:
    return [line for line in design.splitlines() if line.startswith("#")]


def _checklist(design: str) -> list[str]:
    return [
        line.partition(" - ")[0] for line in re.findall(r"<!-- id: checklist/.*? --> (.*)", design)
    ]


@pytest.mark.parametrize(("said", "met"), [pytest.param(*row, id=row[0]) for row in rows()])
def test_what_the_session_says_is_met_by_something_that_exists(
    said: str, met: list[str], existing: set[str]
) -> None:
    assert met, f"{said!r} is met by nothing"
    gone = [name for name in met if name not in existing]
    assert not gone, f"{said!r} points to what does not exist: {gone}"


def test_every_question_of_the_session_meets_something() -> None:
    asked = {
        name for file in QUESTION_FILES for name in yaml.safe_load(file.read_text(encoding="utf-8"))
    }
    named = {name.partition("=")[0].partition(".")[0] for _, met in rows() for name in met}
    beyond_the_session = {
        "connector",
        "depth",
        "layout",
        "adopts",
        "connection_parameters",
        "table_options",
        "api_version",
        "api_end_of_life",
        "sync_interval",
        "owner",
        "unconfirmed",
        "known_tables",
    }
    assert asked - named == beyond_the_session
