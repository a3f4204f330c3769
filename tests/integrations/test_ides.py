"""The tasks of VS Code and the run configurations of JetBrains, run as the IDE would run them."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path

import pytest
from projects import ROOT, SMALL, Project, git, new_project, release

VSCODE = json.loads((ROOT / "integrations" / "vscode" / "tasks.json").read_text(encoding="utf-8"))
JETBRAINS = ROOT / "integrations" / "jetbrains"
NAMES = ["New plan", "New plan from this file", "Update this plan", "Check this plan"]


@dataclass(frozen=True)
class Place:
    """Where somebody is in their IDE: a folder that is open, a file in the editor, a template."""

    folder: Path
    file: Path
    template: Path

    @property
    def variables(self) -> dict[str, str]:
        """Variable of an IDE -> its value."""
        relative = os.path.relpath(self.file.parent, self.folder)
        return {
            "${workspaceFolder}": str(self.folder),
            "${file}": str(self.file),
            "${relativeFileDirname}": relative,
            "${input:template}": str(self.template),
            "${input:clone}": str(ROOT),
            "$PROJECT_DIR$": str(self.folder),
            "$ProjectFileDir$": str(self.folder),
            "$FilePath$": str(self.file),
            "$FileDirRelativeToProjectRoot$": relative,
            "$PLANNING_SESSION$": str(ROOT),
        }

    def filled(self, text: str) -> str:
        """A text with every variable replaced; one that no IDE knows makes the test fail."""
        text = re.sub(r"\$Prompt:[^$]*\$", lambda _: str(self.template), text)
        for variable, value in self.variables.items():
            text = text.replace(variable, value)
        assert "$" not in text, text
        return text


def of_vscode(name: str, place: Place) -> tuple[list[str], str]:
    task = next(one for one in VSCODE["tasks"] if one["label"] == name)
    assert task["type"] == "process"  # no shell sees what is filled in
    cwd = place.filled(task.get("options", {}).get("cwd", "${workspaceFolder}"))
    runs = {"copier": ["-m", "copier"], "python3": []}[task["command"]]
    return [sys.executable, *runs, *map(place.filled, task["args"])], cwd


def of_jetbrains(name: str, place: Place) -> tuple[list[str], str]:
    root = ElementTree.parse(JETBRAINS / f"{name}.run.xml").getroot()
    (configuration,) = root
    assert configuration.get("name") == name
    options = {one.get("name"): one.get("value", "") for one in configuration.iter("option")}
    runs = ["-m"] if options["MODULE_MODE"] == "true" else []
    arguments = map(place.filled, shlex.split(options["PARAMETERS"]))
    command = [sys.executable, *runs, place.filled(options["SCRIPT_NAME"]), *arguments]
    return command, place.filled(options["WORKING_DIRECTORY"])


IDES = pytest.mark.parametrize("ide", [of_vscode, of_jetbrains], ids=["vscode", "jetbrains"])


def run(command: tuple[list[str], str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command[0],
        cwd=command[1],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def place(template: Path, tmp_path: Path) -> Place:
    folder = tmp_path / "a folder"
    folder.mkdir()
    plan = folder / "plan.yml"
    plan.write_text(json.dumps(SMALL))
    return Place(folder, plan, template)


def test_both_ides_offer_the_same() -> None:
    assert [one["label"] for one in VSCODE["tasks"]] == NAMES
    assert {file.name for file in JETBRAINS.iterdir()} == {f"{name}.run.xml" for name in NAMES}


@pytest.mark.skipif(os.name == "nt", reason="needs a POSIX terminal")
@IDES
def test_new_plan_asks_in_the_terminal(ide, place: Place) -> None:  # type: ignore[no-untyped-def]
    import pty

    command, cwd = ide("New plan", place)
    terminal, other_end = pty.openpty()
    process = subprocess.Popen(
        command, cwd=cwd, stdin=other_end, stdout=other_end, stderr=other_end, close_fds=True
    )
    os.close(other_end)
    shown = b""
    while b"Name of the connector" not in shown:
        shown += os.read(terminal, 4096)
        if b"\x1b[6n" in shown:  # the terminal is asked where its cursor is
            os.write(terminal, b"\x1b[1;1R")
            shown = shown.replace(b"\x1b[6n", b"")
    os.write(terminal, b"\x03")
    assert process.wait(timeout=60) != 0
    os.close(terminal)
    assert list(place.folder.iterdir()) == [place.file]


@IDES
def test_new_plan_from_this_file_makes_the_plan(ide, place: Place) -> None:  # type: ignore[no-untyped-def]
    done = run(ide("New plan from this file", place))
    assert done.returncode == 0, done.stderr
    assert (place.folder / "sources" / "acme" / "DESIGN.md").is_file()


@IDES
def test_update_this_plan_takes_the_newest_release(ide, tmp_path: Path, template: Path) -> None:  # type: ignore[no-untyped-def]
    newer = tmp_path / "template"
    git(tmp_path, "clone", "-q", str(template), str(newer))
    project: Project = new_project(newer, tmp_path / "a folder", **SMALL)
    release(newer, "v1.1.0")
    design = project.path("DESIGN.md")
    done = run(ide("Update this plan", Place(project.folder, design, newer)))
    assert done.returncode == 0, done.stderr
    assert "_commit: v1.1.0" in project.read(".copier-answers.yml")


@IDES
def test_check_this_plan_says_what_it_is_worth(ide, place: Place) -> None:  # type: ignore[no-untyped-def]
    done = run(ide("Check this plan", place))
    assert done.returncode == 0, done.stderr
    assert "Verdict: build" in done.stdout


def test_vs_code_finds_file_and_line_of_what_a_check_refuses(place: Place) -> None:
    place.file.write_text("connector: acme\ntables: order-items\n")
    done = run(of_vscode("Check this plan", place))
    assert done.returncode == 1
    task = next(one for one in VSCODE["tasks"] if one["label"] == "Check this plan")
    pattern = task["problemMatcher"]["pattern"]
    found = re.search(pattern["regexp"], done.stderr, re.MULTILINE)
    assert found
    assert found.group(pattern["file"]) == str(place.file)
    assert found.group(pattern["line"]) == "2"
    assert found.group(pattern["message"]).startswith("tables: item 1")


def test_vs_code_finds_what_is_wrong_with_a_whole_file(place: Place) -> None:
    place.file.write_text("tables: [orders]\n")
    done = run(of_vscode("Check this plan", place))
    task = next(one for one in VSCODE["tasks"] if one["label"] == "Check this plan")
    found = re.search(task["problemMatcher"]["pattern"]["regexp"], done.stderr, re.MULTILINE)
    assert found
    assert found.group(2) == "1"
    assert found.group(3).startswith("connector: needs a name")
