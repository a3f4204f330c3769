"""A standalone connector moves into a clone of the repository with all that people wrote."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from checkout import Checkout, why_not
from projects import ROOT, Project, git, new_project
from shop import CONNECTOR, PLAN

pytestmark = pytest.mark.skipif(bool(why_not()), reason=why_not())

READ = """
        if table_name == "orders":
            return [] if since else [{"id": "1", "changed": "2026-01-01T00:00:00Z"}]
"""
STUB = '        raise self._not_built(table_name, "reading")\n'


@pytest.fixture(scope="module")
def moved(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A clone that a connector was moved to, and the plan it came with."""
    folder = tmp_path_factory.mktemp("move")
    answers = {**PLAN, "layout": "standalone"}
    project = new_project(template, folder / "alone", **answers)
    _work(project)
    checkout = Checkout.clone(folder / "clone")
    command = [sys.executable, ROOT / "scripts/move_upstream.py", CONNECTOR, checkout.folder]
    done = subprocess.run(command, cwd=project.folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    package = str(checkout.source(CONNECTOR).relative_to(checkout.folder))
    there = Project(checkout.folder, template, CONNECTOR, package)
    there.commit("bring it")
    there.update(layout="upstream")
    return checkout, there, done.stdout


def _work(project: Project) -> None:
    """What a person does to a standalone connector."""
    project.replace(f"{CONNECTOR}.py", STUB, READ + STUB)
    project.write(
        f"{CONNECTOR}_pages.py", f"from .{CONNECTOR}_plan import TABLES\n\nPAGES = len(TABLES)\n"
    )
    project.replace("tests/conftest.py", "    return None\n", "    return json_response([])\n")
    project.replace(
        "DESIGN.md",
        "<!-- end of notes: risks -->",
        "Asked on Monday.\n\n<!-- end of notes: risks -->",
    )
    project.commit()


def test_what_people_wrote_is_there(moved: Any) -> None:
    checkout, project, _ = moved
    assert READ in project.read(f"{CONNECTOR}.py")
    assert "PAGES" in project.read(f"{CONNECTOR}_pages.py")
    assert "Asked on Monday." in project.read("DESIGN.md")
    conftest = (checkout.tests(CONNECTOR) / "conftest.py").read_text()
    assert "return json_response([])" in conftest


def test_the_answers_are_the_same_but_for_the_layout(moved: Any) -> None:
    _, project, _ = moved
    answers = project.answers()
    assert answers["layout"] == "upstream"
    assert answers["tables"] == PLAN["tables"]


def test_what_the_repository_wants_beside_was_made(moved: Any) -> None:
    checkout, _, _ = moved
    assert (checkout.source(CONNECTOR) / "pyproject.toml").exists()
    assert (checkout.simulated(CONNECTOR) / "endpoints.yaml").exists()
    assert not (checkout.source(CONNECTOR) / "interface.py").exists()
    assert not (checkout.folder / "sources").exists()


def test_its_tests_run_and_the_repository_takes_it(moved: Any) -> None:
    checkout, _, _ = moved
    endings = checkout.suite(CONNECTOR)
    assert {name for name, how in endings.items() if how == "failed"} == set()
    assert endings["test_reads_records_that_match_the_schema[orders]"] == "passed"
    found = checkout.says(
        "from databricks.labs.community_connector.sparkpds.registry import find_data_source\n"
        f"print(find_data_source({CONNECTOR!r})._lakeflow_connect_cls.__name__)"
    )
    assert found == "PaperShopLakeflowConnect"
    merged = checkout.run("tools/scripts/merge_python_source.py", CONNECTOR)
    assert merged.returncode == 0, merged.stdout + merged.stderr
    text = (checkout.source(CONNECTOR) / f"_generated_{CONNECTOR}_python_source.py").read_text()
    assert "from ." not in text


def test_the_next_commands_are_said(moved: Any) -> None:
    _, project, said = moved
    assert f"-d layout=upstream -a {project.answers_file}" in said


def test_nothing_is_copied_over_a_connector_that_is_there(moved: Any, tmp_path: Path) -> None:
    checkout, _, _ = moved
    (tmp_path / "sources" / CONNECTOR).mkdir(parents=True)
    before = git(checkout.folder, "status", "--porcelain")
    command = [sys.executable, ROOT / "scripts/move_upstream.py", CONNECTOR, checkout.folder]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "already" in done.stderr
    assert git(checkout.folder, "status", "--porcelain") == before
