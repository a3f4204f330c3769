"""The output of the examples, checked in file by file under tests/golden."""

from __future__ import annotations

from pathlib import Path

import yaml
from projects import ROOT, new_project

EXAMPLES = sorted((ROOT / "examples").glob("*.yml"))
GOLDEN = ROOT / "tests" / "golden"

VARYING = ("_commit:", "_src_path:")
"""Lines of the answers file that tell where the template was, not what the plan is."""


def render(example: Path, template: Path, folder: Path) -> dict[str, str]:
    """What an example gives: relative path -> text."""
    new_project(template, folder, **yaml.safe_load(example.read_text(encoding="utf-8")))
    files = (file for file in folder.rglob("*") if file.is_file() and ".git" not in file.parts)
    return {file.relative_to(folder).as_posix(): _stable(file) for file in files}


def checked_in(example: Path) -> dict[str, str]:
    """What is checked in for an example."""
    folder = GOLDEN / example.stem
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_text(encoding="utf-8") for file in files}


def _stable(file: Path) -> str:
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(VARYING))
