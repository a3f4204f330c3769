"""The generated tests of many tables cost no more than their number."""

from __future__ import annotations

from pathlib import Path

from projects import new_project
from running import run_tests

COUNTED = """
import yaml

loaded, reads = yaml.safe_load, []


def counted(text):
    reads.append(text)
    return loaded(text)


def pytest_configure():
    yaml.safe_load = counted


def pytest_unconfigure():
    print(f"read {len(reads)} times")
"""


def test_what_the_source_answers_is_read_once_and_not_for_each_test(
    template: Path, tmp_path: Path
) -> None:
    tables = [
        {"name": f"table_{number}", "ingestion": "cdc", "primary_keys": ["id"]}
        for number in range(12)
    ]
    project = new_project(template, tmp_path / "project", connector="acme", tables=tables)
    (project.folder / "counted.py").write_text(COUNTED)
    run = run_tests(project.folder, "-p", "counted", "sources/acme/tests", PYTHONPATH=".")
    assert "xfailed" in run.output
    # Once by the conftest's harness, once by that of the plan's own test.
    assert "read 2 times" in run.output
