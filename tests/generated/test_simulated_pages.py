"""What answers in the tests of a plan pages as the plan says, on the day of each run."""

from __future__ import annotations

from pathlib import Path

import paged
import pytest
from projects import new_project
from running import run_tests


@pytest.mark.parametrize("signal", ["flag", "no_next"])
def test_reads_that_follow_the_pages_of_the_plan_are_found_right(
    template: Path, tmp_path: Path, signal: str
) -> None:
    project = new_project(template, tmp_path / "project", **paged.PLAN, page_end=signal)
    for name, changed in (
        ("paged.py", paged.built(project.read("paged.py"))),
        ("paged_client.py", paged.at("https://paged.example", project.read("paged_client.py"))),
    ):
        project.write(name, changed)
    run = run_tests(project.folder, "sources/paged/tests")
    assert run.code == 0, run.output
    assert "xfailed" not in run.output
