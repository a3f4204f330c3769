"""What stands outside of the folder of the connector, upstream, belongs to people as well."""

from __future__ import annotations

import importlib.util
import runpy
from pathlib import Path
from typing import Any

import pytest
from projects import SMALL, Project, git, new_project

PACKAGE = "src/databricks/labs/community_connector/sources/acme"
SIMULATED = "src/databricks/labs/community_connector/source_simulator/specs/acme"
INVOICES = {"name": "invoices", "ingestion": "append"}


@pytest.fixture
def project(template: Path, tmp_path: Path) -> Project:
    return new_project(template, tmp_path / "project", **{**SMALL, "layout": "upstream"})


@pytest.mark.parametrize("name", [f"{SIMULATED}/endpoints.yaml", f"{SIMULATED}/corpus/orders.json"])
def test_what_the_simulator_answers_stays_as_people_wrote_it(project: Project, name: str) -> None:
    (project.folder / name).write_text("[]\n")
    project.commit()
    project.update(tables=[*SMALL["tables"], INVOICES])
    assert (project.folder / name).read_text() == "[]\n"
    assert "invoices" in project.read("acme_plan.py")


def test_it_stays_when_nothing_gets_built_any_more(project: Project) -> None:
    project.update(recommendation="stop", recommendation_reason="Nobody needs it.")
    assert (project.folder / SIMULATED / "endpoints.yaml").exists()


def test_which_files_come_out_does_not_depend_on_the_tables(template: Path, tmp_path: Path) -> None:
    def files(name: str, tables: list[Any]) -> set[str]:
        made = new_project(
            template, tmp_path / name, **{**SMALL, "layout": "upstream", "tables": tables}
        )
        every = (file.relative_to(made.folder) for file in made.folder.rglob("*"))
        names = {str(file) for file in every if ".git/" not in f"{file}/" and "." in file.name}
        return {name for name in names if "/corpus/" not in name}  # a file for each table

    assert files("one", [INVOICES]) == files("three", [*SMALL["tables"], INVOICES])


def test_risks_and_criteria_stand_beside_the_tests_and_are_still_found_where_they_were(
    project: Project,
) -> None:
    assert "CRITERIA: list" not in project.read("acme_plan.py"), (
        "it is merged into what workers get"
    )
    criteria = project.folder / "tests/unit/sources/acme/acme_criteria.py"
    expected = runpy.run_path(str(criteria))
    plan = _loaded(project)
    assert expected["CRITERIA"] == plan.CRITERIA
    assert expected["RISKS"] == plan.RISKS
    criteria.unlink()
    with pytest.raises(AttributeError, match="no attribute 'CRITERIA'"):
        _ = _loaded(project).CRITERIA
    with pytest.raises(AttributeError, match="no attribute 'TABELS'"):
        _ = _loaded(project).TABELS


def _loaded(project: Project) -> Any:
    """The facts of the plan, as a conftest of the first edition loads them."""
    spec = importlib.util.spec_from_file_location("facts", project.path("acme_plan.py"))
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_what_people_have_under_a_name_that_the_plan_came_to_need_stays_and_is_named(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    batches = project.path("acme_batches.py")
    batches.write_text("OURS = True\n")
    project.commit("ours")
    project.update(page_size=50)
    assert batches.read_text() == "OURS = True\n"
    assert "acme_batches.py is yours and stays" in capsys.readouterr().err


def test_in_a_new_phase_a_spec_that_the_plan_wrote_follows_the_plan(project: Project) -> None:
    project.update(purpose="phase", auth_methods=["api_key"])
    assert "api_key" in project.read("connector_spec.yaml")


def test_in_a_new_phase_a_spec_that_people_wrote_stays(template: Path, tmp_path: Path) -> None:
    spec = tmp_path / "project" / PACKAGE / "connector_spec.yaml"
    spec.parent.mkdir(parents=True)
    spec.write_text("display_name: Ours\n")
    git(tmp_path / "project", "init", "-q")
    answers = {**SMALL, "layout": "upstream", "purpose": "phase"}
    project = new_project(template, tmp_path / "project", **answers)
    for change in ({"auth_methods": ["api_key"]}, {"purpose": "new"}, {"source_name": "Acme CRM"}):
        project.update(**change)
        project.commit()
        assert spec.read_text() == "display_name: Ours\n"


OURS = "# ours\ndisplay_name: Ours\n"


@pytest.mark.parametrize(
    "change", [{"recommendation": "stop"}, {"recommendation": "adopt"}, {"purpose": "evaluate"}]
)
def test_a_spec_that_people_wrote_stays_when_nothing_gets_built(
    project: Project, change: dict[str, str], capfd: pytest.CaptureFixture[str]
) -> None:
    project.write("connector_spec.yaml", OURS)
    project.commit()
    project.update(rate_limit="5/s")
    project.commit()
    project.update(**change)
    assert project.read("connector_spec.yaml") == OURS
    assert f"{PACKAGE}/connector_spec.yaml is left over" in capfd.readouterr().err
    assert not project.path("acme_plan.py").exists()


@pytest.mark.parametrize("purpose", ["new", "phase"])
def test_a_spec_that_the_plan_wrote_goes_when_nothing_gets_built(
    project: Project, purpose: str
) -> None:
    project.update(purpose=purpose)
    project.commit()
    project.update(recommendation="stop")
    assert not project.path("connector_spec.yaml").exists()
