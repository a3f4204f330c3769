"""A new phase: of a connector that people wrote without a plan, and of one that a plan made."""

from __future__ import annotations

import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import copier
import pytest
import yaml
from copier.errors import UserMessageError
from projects import Project, git, new_project

UPSTREAM = "src/databricks/labs/community_connector/sources/acme"
UPSTREAM_TESTS = "tests/unit/sources/acme"

BY_CONSTANT = '''
TABLES = {
    "orders": {"primary_keys": ["id"], "cursor_field": "changed", "ingestion_type": "cdc"},
    "labels": {"primary_keys": ["name"], "ingestion_type": "snapshot"},
}

class AcmeShopLakeflowConnect:
    """Named as its authors wanted, without a client of a plan."""

    def __init__(self, options):
        if "api_key" not in options:
            raise ValueError("api_key is missing")

    def list_tables(self):
        return list(TABLES)

    def read_table_metadata(self, table, options):
        return TABLES[table]
'''

AT_RUN_TIME = """
class AcmeLakeflowConnect:
    def __init__(self, options):
        self._names = options.get("names", "orders,labels").split(",")

    def list_tables(self):
        return self._names

    def read_table_metadata(self, table, options):
        return {"primary_keys": [f"{table}_id"], "ingestion_type": "snapshot"}
"""

SPEC = """
display_name: ACME Shop
connection:
  parameters:
    - {name: api_key, type: string, required: true, secret: true}
    - {name: shop, type: string, required: false}
external_options_allowlist: start_date,max_records_per_batch
"""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    return folder


def written(repository: Path, package: str, files: dict[str, str]) -> Project:
    """A repository with a connector that people wrote."""
    for name, text in files.items():
        file = repository / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    project = Project(repository, Path(), package=package)
    project.commit("the connector")
    return project


@pytest.fixture
def upstream(repository: Path, template: Path) -> Project:
    """One with a spec, in a repository where tests of it stand."""
    files = {
        f"{UPSTREAM}/acme.py": BY_CONSTANT,
        f"{UPSTREAM}/__init__.py": "",
        f"{UPSTREAM}/connector_spec.yaml": SPEC,
        f"{UPSTREAM_TESTS}/conftest.py": "# theirs\n",
        f"{UPSTREAM_TESTS}/test_acme_lakeflow_connect.py": "def test_theirs(): pass\n",
    }
    project = written(repository, UPSTREAM, files)
    project.template = template
    return project


@pytest.fixture
def dynamic(repository: Path, template: Path) -> Project:
    """One whose tables its code does not name."""
    project = written(repository, "sources/acme", {"sources/acme/acme.py": AT_RUN_TIME})
    project.template = template
    return project


def plan(project: Project, **answers: Any) -> None:
    given = {"connector": "acme", "purpose": "phase", "created": "2026-11-28", **answers}
    copier.run_copy(
        str(project.template), project.folder, given, defaults=True, unsafe=True, quiet=True
    )


def made(project: Project) -> set[str]:
    """The files that are new; none that was there may have changed."""
    assert git(project.folder, "diff", "--name-only") == ""
    lines = git(project.folder, "status", "--porcelain", "-uall").splitlines()
    return {line[3:] for line in lines}


def facts(project: Project, name: str) -> dict[str, Any]:
    """TABLES as the plan of a phase has them."""
    tables: dict[str, Any] = runpy.run_path(str(project.folder / name))["TABLES"]
    return tables


@pytest.mark.parametrize("tables", [["refunds"], None], ids=["one", "none"])
def test_what_stands_there_is_read_and_nothing_is_added_to_the_package(
    upstream: Project, tables: list[str] | None
) -> None:
    plan(upstream, **({"tables": tables} if tables else {}))
    assert made(upstream) == {
        f"{UPSTREAM}/.copier-answers.yml",
        f"{UPSTREAM}/DESIGN.md",
        f"{UPSTREAM_TESTS}/acme_criteria.py",
        f"{UPSTREAM_TESTS}/acme_harness.py",
        f"{UPSTREAM_TESTS}/acme_plan.py",
        f"{UPSTREAM_TESTS}/test_acme_acceptance.py",
        f"{UPSTREAM_TESTS}/test_acme_plan.py",
    }
    answers = upstream.answers()
    assert answers["shipped_tables"] == ["orders", "labels"]
    assert answers["source_name"] == "ACME Shop"
    assert [one["name"] for one in answers["connection_parameters"]] == ["api_key", "shop"]
    assert answers["table_options"] == ["start_date", "max_records_per_batch"]
    assert answers["unconfirmed"]["shipped_tables"] == "package"
    assert answers["unconfirmed"]["tables.orders.cursor_field"] == "package"
    found = facts(upstream, f"{UPSTREAM_TESTS}/acme_plan.py")
    assert found["orders"]["cursor_field"] == "changed"
    assert found["orders"]["phase"] == "an earlier phase"
    assert list(found) == ["orders", "labels", *(tables or [])]


def test_its_page_speaks_of_the_next_phase_and_asks_nothing_of_what_is_delivered(
    upstream: Project,
) -> None:
    plan(upstream, tables=["refunds"])
    page = upstream.read("DESIGN.md")
    assert "### In Scope (phase 2)" in page
    assert "Extend a connector that exists." in page
    assert "### Phase 2: refunds" in page
    asked = page.partition("## Open Questions")[2]
    known, _, confirm = asked.partition("- `unconfirmed`")
    assert "orders" not in known.replace("'tables=[orders, customers]'", "")
    assert "auth_methods" not in asked
    assert "`orders`" in confirm
    assert "_client" not in page
    for test in ("test_retries_after_429", "test_missing_options_are_named"):
        assert test not in page, "no such test comes out"


def test_its_answers_need_no_package(upstream: Project, template: Path, tmp_path: Path) -> None:
    plan(upstream, tables=["refunds"])
    here = {name: (upstream.folder / name).read_bytes() for name in made(upstream)}
    copy = new_project(template, tmp_path / "copy", **upstream.answers()).folder
    files = git(copy, "ls-files").splitlines()
    assert {name: (copy / name).read_bytes() for name in files} == here


def test_updates_leave_it_beside_the_package_and_delivered_tables_in_it(
    upstream: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    plan(upstream, tables=["refunds"])
    upstream.commit("the plan")
    upstream.update(tables=["refunds", {"name": "gifts", "primary_keys": ["code"]}])
    assert list(facts(upstream, f"{UPSTREAM_TESTS}/acme_plan.py")) == [
        *("orders", "labels", "refunds", "gifts")
    ]
    changed = git(upstream.folder, "diff", "--name-only").splitlines()
    assert sorted(Path(name).name for name in changed) == [
        *(".copier-answers.yml", "DESIGN.md", "acme_criteria.py", "acme_harness.py"),
        "acme_plan.py",
    ]
    upstream.commit()
    upstream.update(recommendation="stop", recommendation_reason="Nobody needs it.")
    left = git(upstream.folder, "ls-files", "-d").splitlines()
    assert f"{UPSTREAM_TESTS}/acme_harness.py" in left
    assert f"{UPSTREAM_TESTS}/acme_plan.py" in left
    said = capsys.readouterr().err
    assert f"{UPSTREAM_TESTS}/test_acme_acceptance.py is left over" in said
    assert f"{UPSTREAM}/acme.py" not in said, "it is no file of the plan"


def test_which_tables_are_delivered_may_be_said(upstream: Project) -> None:
    plan(upstream, tables=["refunds", "labels"], shipped_tables=["orders"])
    assert upstream.answers()["shipped_tables"] == ["orders"]
    assert "shipped_tables" not in upstream.answers()["unconfirmed"]


def test_tables_that_code_makes_when_it_runs_are_printed_as_answers(dynamic: Project) -> None:
    plan(dynamic, tables=["refunds"])
    command = "python sources/acme/tests/acme_harness.py"
    assert command in dynamic.read("DESIGN.md").partition("## Open Questions")[2]
    done = subprocess.run(
        [sys.executable, *command.split()[1:]],
        cwd=dynamic.folder,
        capture_output=True,
        text=True,
        check=True,
    )
    dynamic.commit("the plan")
    dynamic.update(**yaml.safe_load(done.stdout))
    assert dynamic.answers()["shipped_tables"] == ["orders", "labels"]
    assert dynamic.answers()["tables"][0] == {
        "name": "orders",
        "ingestion": "snapshot",
        "primary_keys": ["orders_id"],
    }
    assert dynamic.answers()["tables"][2] == "refunds"


def outcomes(project: Project) -> dict[str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-rA", "-p", "no:cacheprovider", "sources"],
        cwd=project.folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    ended = [line.split(" ")[:2] for line in done.stdout.splitlines() if "::" in line]
    return {name.rpartition("::")[2]: how for how, name in ended}


def test_tests_of_the_phase_wait_for_its_tables_and_then_judge_them(dynamic: Project) -> None:
    plan(dynamic, tables=[{"name": "refunds", "ingestion": "snapshot", "primary_keys": ["id"]}])
    waiting = outcomes(dynamic)
    assert waiting["test_metadata_is_as_planned[refunds]"] == "XFAIL"
    assert set(waiting.values()) == {"XFAIL"}
    dynamic.replace("acme.py", '"orders,labels"', '"orders,labels,refunds"')
    dynamic.replace("acme.py", 'f"{table}_id"', '"id"')
    read = """
    def get_table_schema(self, table, options):
        from types import SimpleNamespace

        return SimpleNamespace(fieldNames=lambda: ["id"], fields=[])

    def read_table(self, table, offset, options):
        import requests

        return iter(requests.get("https://acme.example/refunds").json()), None
"""
    dynamic.write("acme.py", dynamic.read("acme.py") + read)
    built = outcomes(dynamic)
    assert built["test_lists_exactly_the_planned_tables[refunds]"] == "PASSED"
    assert built["test_metadata_is_as_planned[refunds]"] == "PASSED"
    assert built["test_reads_the_last_page[refunds]"] == "PASSED"


@pytest.mark.parametrize("purpose", ["new", None])
def test_a_new_connector_in_the_place_of_one_is_refused(
    upstream: Project, purpose: str | None
) -> None:
    given = {"purpose": purpose} if purpose else {}
    with pytest.raises(UserMessageError) as refused:
        copier.run_copy(
            str(upstream.template),
            upstream.folder,
            {"connector": "acme", "tables": ["refunds"], **given},
            defaults=True,
            unsafe=True,
            quiet=True,
        )
    assert "purpose" in str(refused.value)
    assert "-d purpose=phase" in str(refused.value)
    assert upstream.status() == ""


def test_a_simulator_alone_is_no_connector(repository: Path, template: Path) -> None:
    simulated = "src/databricks/labs/community_connector/source_simulator/specs/acme"
    project = written(repository, UPSTREAM, {f"{simulated}/endpoints.yaml": "endpoints: []\n"})
    project.template = template
    plan(project, purpose="new", tables=["refunds"])
    assert project.path("acme_client.py").exists()


def test_the_next_phase_of_a_plan_delivers_what_was_before(make_project: Any) -> None:
    project = make_project()
    project.commit()
    project.update(purpose="phase", tables=["invoices"])
    answers = project.answers()
    assert answers["phase"] == 2
    assert answers["shipped_tables"] == ["orders", "customers"]
    assert answers["tables"][0]["cursor_field"] == "changed", "and keeps what is on record of them"
    assert answers["tables"][2] == "invoices"
    assert set(answers["unconfirmed"]) == {"phase", "shipped_tables"}
    assert "### In Scope (phase 2)" in project.read("DESIGN.md")
    assert '"invoices"' in project.read("acme_plan.py")
