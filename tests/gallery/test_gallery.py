"""The tests of a plan turn red for what reviewers find wrong, and stay green otherwise."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from gallery import faults
from projects import Project, new_project


@pytest.fixture(scope="module")
def planned(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The plan, with a simulated shop and nothing built. Tests must not change it."""
    folder = tmp_path_factory.mktemp("gallery") / "project"
    project = new_project(template, folder, **faults.ANSWERS)
    faults.simulate(project)
    return project


def judged(planned: Project, folder: Path, change: faults.Change) -> tuple[int, str]:
    """What the tests of the plan say of the connector once it is changed."""
    shutil.copytree(planned.folder, folder)
    faults.build(folder / planned.package, change)
    tests = folder / planned.package / "tests/test_shop_plan.py"
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tests)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
    )
    return done.returncode, done.stdout


@pytest.mark.parametrize("name", faults.MISTAKES)
def test_a_mistake_turns_red_and_is_named(name: str, planned: Project, tmp_path: Path) -> None:
    change = faults.MISTAKES[name]
    code, said = judged(planned, tmp_path / "project", change)
    assert code == 1, said
    assert change.says in said, said


@pytest.mark.parametrize("name", faults.RIGHT)
def test_another_right_way_stays_green(name: str, planned: Project, tmp_path: Path) -> None:
    code, said = judged(planned, tmp_path / "project", faults.RIGHT[name])
    assert code == 0, said
    assert "xfailed" not in said
