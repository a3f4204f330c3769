"""What a generated connector does before anybody has written a line."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from projects import Project, new_project
from running import Run, run_tests

TABLES = [
    {"name": "orders", "ingestion": "cdc", "primary_keys": ["id"], "cursor_field": "changed"},
    {"name": "customers", "ingestion": "snapshot", "primary_keys": ["region", "profile.id"]},
    {"name": "events", "ingestion": "append", "cursor_field": "$properties.$time"},
    {
        "name": "tickets",
        "ingestion": "cdc_with_deletes",
        "primary_keys": ["id"],
        "cursor_field": "changed",
        "options": ["account"],
    },
]
ANSWERS: dict[str, Any] = {
    "connector": "acme",
    "tables": TABLES,
    "auth_methods": ["api_key", "basic"],
    "connection_parameters": [{"name": "subdomain", "required": True}],
    "rate_limit": "100/minute, 5000/day",
    "created": "2026-11-24",
}


def without(*libraries: str) -> str:
    """Python that makes libraries look as if they were not installed."""
    return f"import sys\nsys.modules.update(dict.fromkeys({libraries!r}))\n"


@pytest.fixture(scope="module")
def project(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A connector as it was generated. Tests must not change it."""
    return new_project(template, tmp_path_factory.mktemp("first") / "project", **ANSWERS)


@pytest.fixture(scope="module")
def first_run(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Run:
    installed = tmp_path_factory.mktemp("installed")  # where another package is called `sources`
    (installed / "sources").mkdir()
    (installed / "sources" / "__init__.py").touch()
    return run_tests(project.folder, "sources/acme/tests", PYTHONPATH=str(installed))


def facts(project: Project) -> dict[str, Any]:
    """The constants of the generated plan, read without running it."""
    tree = ast.parse(project.read("acme_plan.py"))
    found = {}
    for statement in tree.body:
        if isinstance(statement, (ast.Assign, ast.AnnAssign)) and statement.value:
            target = statement.targets[0] if isinstance(statement, ast.Assign) else statement.target
            assert isinstance(target, ast.Name)
            found[target.id] = ast.literal_eval(statement.value)
    return found


def test_the_first_run_is_green(first_run: Run) -> None:
    assert first_run.code == 0, first_run.output
    assert first_run.names("failed") == set()


def test_the_run_ends_with_a_count_of_the_criteria(project: Project, first_run: Run) -> None:
    [line] = first_run.summary
    assert re.match(r"acme: acceptance criteria: \d+ met, \d+ not built, 0 failing", line)
    counted = sum(map(int, re.findall(r"(\d+) (?:met|not built|failing|not checked)", line)))
    assert counted == sum(bool(one["test"]) for one in facts(project)["CRITERIA"])


def test_every_criterion_that_names_a_test_has_one(project: Project, first_run: Run) -> None:
    tests = {name for case in first_run.cases for name in (case, case.partition("[")[0])}
    assert {one["test"] for one in facts(project)["CRITERIA"] if one["test"]} <= tests


def test_what_the_stub_fulfils_passes(first_run: Run) -> None:
    assert first_run.names("passed") >= {
        "test_lists_exactly_the_planned_tables",
        "test_refuses_an_unknown_table",
        "test_missing_options_are_named",
        "test_retries_after_429",
        "test_retries_after_5xx",
        "test_gives_up_after_the_timeout",
        "test_stays_under_the_rate_limit",
        *(f"test_metadata_is_as_planned[{table['name']}]" for table in TABLES),
    }


def test_an_expected_failure_names_its_criterion_table_and_phase(
    project: Project, first_run: Run
) -> None:
    said = first_run.said("test_keys_are_unique[orders]")
    assert "unique-keys-orders" in said
    assert facts(project)["TABLES"]["orders"]["phase"] in said


def test_the_connector_works_without_spark_and_requests(project: Project) -> None:
    script = without("pyspark", "requests", "databricks") + (
        "from sources.acme import AcmeLakeflowConnect\n"
        "connector = AcmeLakeflowConnect({'api_key': 'k', 'subdomain': 's'})\n"
        "print(connector.list_tables(), connector.read_table_metadata('customers', {}))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=project.folder,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith("['orders', 'customers', 'events', 'tickets']")
    assert "'primary_keys': ['region', 'profile.id']" in done.stdout


def test_the_run_is_green_without_spark_and_requests(project: Project, tmp_path: Path) -> None:
    (tmp_path / "without.py").write_text(without("pyspark", "requests"))
    run = run_tests(project.folder, "-p", "without", "sources/acme/tests", PYTHONPATH=str(tmp_path))
    assert run.code == 0, run.output
    assert "install pyspark" in run.said("test_schema_has_keys_and_cursor[orders]")


def test_nothing_says_yours_that_the_plan_owns(project: Project) -> None:
    for name in ("acme_plan.py", "connector_spec.yaml", "interface.py", "tests/test_acme_plan.py"):
        assert "Owned by the plan" in project.read(name).splitlines()[0], name
    for name in ("acme.py", "acme_client.py", "acme_schemas.py", "tests/conftest.py"):
        assert "Owned by the plan" not in project.read(name), name


def test_facts_that_change_with_the_plan_stand_in_no_file_of_yours(project: Project) -> None:
    for name in ("acme.py", "acme_client.py", "acme_schemas.py", "tests/test_acme_acceptance.py"):
        assert "tickets" not in project.read(name), name


def test_two_connectors_in_one_run_are_counted_apart(template: Path, tmp_path: Path) -> None:
    folder = tmp_path / "both"
    new_project(template, folder, **ANSWERS)
    new_project(template, folder, **{**ANSWERS, "connector": "acme_crm", "tables": ["deals"]})
    run = run_tests(folder)
    assert run.code == 0, run.output
    assert [line.partition(":")[0] for line in run.summary] == ["acme", "acme_crm"]


@pytest.mark.parametrize("where", [".", "sources/requests/tests"])
def test_a_connector_with_the_name_of_a_library_leaves_the_library_alone(
    template: Path, tmp_path: Path, where: str
) -> None:
    project = new_project(template, tmp_path / "project", **{**ANSWERS, "connector": "requests"})
    (project.folder / "pytest.ini").write_text("[pytest]\n")
    run = run_tests(project.folder, where)
    assert run.code == 0, run.output
    assert "test_retries_after_429" in run.names("passed")


def test_an_upstream_plan_outside_the_upstream_repository_says_what_is_missing(
    template: Path, tmp_path: Path
) -> None:
    (tmp_path / "without.py").write_text(without("pyspark"))
    project = new_project(template, tmp_path / "project", **{**ANSWERS, "layout": "upstream"})
    run = run_tests(project.folder, "-p", "without", PYTHONPATH=str(tmp_path))
    assert run.code == 0, run.output
    assert run.names("passed") == set()
    assert "community-connectors repository" in run.said("test_refuses_an_unknown_table")
