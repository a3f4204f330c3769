"""Situations that people reported of Copier, and what a plan makes of them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import copier
import plumbum
import pytest
from copier.errors import UserMessageError
from projects import SMALL, git, new_project

OPTIONS: dict[str, Any] = {"defaults": True, "unsafe": True, "quiet": True, "overwrite": True}
SPEC, OWN = "connector_spec.yaml", "# Ours for years.\nMINE = 1\n"


def test_the_answers_of_another_template_at_the_root_stay_and_count_for_nothing(
    template: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "project"
    folder.mkdir()
    other = (
        "_commit: v1.2.3\n_src_path: gh:somebody/else\nowner: 12\nphase: many\nproblem: Theirs.\n"
    )
    (folder / ".copier-answers.yml").write_text(other)
    git(folder, "init", "-q")
    project = new_project(template, folder, **SMALL)
    assert (folder / ".copier-answers.yml").read_text() == other
    assert "problem" not in project.answers()
    project.update(rate_limit="5/s")
    assert (folder / ".copier-answers.yml").read_text() == other
    assert project.answers()["rate_limit"] == "5/s"


@pytest.mark.parametrize("layout", ["standalone", "upstream"])
def test_a_copy_over_a_plan_is_refused_and_names_the_update(
    template: Path, tmp_path: Path, layout: str
) -> None:
    project = new_project(template, tmp_path / "project", **SMALL, layout=layout, rate_limit="5/s")
    wanted = f"copier update --trust -r :current: -a {project.answers_file}"
    with pytest.raises(UserMessageError, match=wanted):
        copier.run_copy(str(template), project.folder, {"connector": "acme"}, **OPTIONS)
    assert project.status() == ""
    new_project(template, project.folder, **(SMALL | {"connector": "zeta"}))


def test_a_plan_lives_on_with_its_answers_at_the_root_where_renovate_runs_copier(
    template: Path, tmp_path: Path
) -> None:
    project = new_project(template, tmp_path / "project", **SMALL, rate_limit="5/s")
    here = ".copier-answers.acme.yml"
    git(project.folder, "mv", project.answers_file, here)
    project.commit("Let Renovate update the plan")
    options = {**OPTIONS, "skip_answered": True, "vcs_ref": "v1.0.0"}
    copier.run_update(project.folder, answers_file=here, **options)
    assert f"-a {here}" in project.read("DESIGN.md")
    assert not project.path(".copier-answers.yml").exists()
    assert "rate_limit: 5/s" in (project.folder / here).read_text()
    project.commit("Update")
    with pytest.raises(UserMessageError, match=f"-a {here}"):
        copier.run_copy(str(template), project.folder, {"connector": "acme"}, **OPTIONS)


@pytest.mark.parametrize("layout", ["standalone", "upstream"])
@pytest.mark.parametrize("name", [SPEC, "interface.py"])
def test_a_file_of_the_author_with_the_name_of_a_plans_stays(
    template: Path, tmp_path: Path, layout: str, name: str
) -> None:
    folder = tmp_path / "project"
    root = "src/databricks/labs/community_connector/" if layout == "upstream" else ""
    file = folder / root / "sources/acme" / name
    file.parent.mkdir(parents=True)
    file.write_text(OWN)
    git(folder, "init", "-q")
    project = new_project(template, folder, **SMALL, layout=layout)
    assert project.path("DESIGN.md").exists()
    assert file.read_text() == OWN
    project.update(rate_limit="5/s")
    assert file.read_text() == OWN
    project.commit()
    project.update(recommendation="stop")
    assert file.read_text() == OWN


@pytest.fixture
def untagged(template: Path, tmp_path: Path) -> Path:
    """A clone of the template without a tag, with a file that nobody has committed."""
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--no-tags", str(template), str(clone))
    (clone / "notes.txt").write_text("To do.\n")
    return clone


def test_a_commit_that_copier_throws_away_is_told(
    untagged: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    project = new_project(untagged, tmp_path / "project", **SMALL)
    said = capfd.readouterr().err
    assert "not committed" in said
    assert f"copier recopy --trust -a {project.answers_file}" in said
    git(untagged, "add", "-A")
    git(untagged, "commit", "-qm", "Notes")
    new_project(untagged, tmp_path / "other", **SMALL)
    assert "not committed" not in capfd.readouterr().err


def test_a_template_without_git_is_told_with_what_works(
    template: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    vendored = tmp_path / "vendored"
    shutil.copytree(template, vendored, ignore=shutil.ignore_patterns(".git"))
    project = new_project(vendored, tmp_path / "project", **SMALL)
    said = capfd.readouterr().err
    assert "no Git repository" in said
    assert f"copier recopy --trust -a {project.answers_file}" in said
    copier.run_recopy(
        project.folder, {"rate_limit": "5/s"}, answers_file=project.answers_file, **OPTIONS
    )
    assert project.answers()["rate_limit"] == "5/s"


def test_answers_that_are_formatted_anew_update_without_a_conflict(
    template: Path, tmp_path: Path
) -> None:
    project = new_project(template, tmp_path / "project", **SMALL)
    text = project.read(".copier-answers.yml").replace("- name:", "-   name:")
    file = project.path(".copier-answers.yml")
    file.write_bytes(b"\xef\xbb\xbf---\n# ours\n" + text.replace("\n", "\r\n").encode())
    project.commit()
    project.update(rate_limit="5/s")
    assert project.answers()["rate_limit"] == "5/s"
    for path in project.folder.rglob("*"):
        if path.is_file() and ".git" not in path.parts:
            assert b"<<<<<<<" not in path.read_bytes(), path


def test_answers_that_come_as_user_defaults_are_given_answers(
    template: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "project"
    copier.run_copy(str(template), folder, user_defaults={**SMALL, "rate_limit": "5/s"}, **OPTIONS)
    answers = (folder / "sources/acme/.copier-answers.yml").read_text()
    assert "rate_limit: 5/s" in answers
    assert "orders" in answers


def test_an_answer_that_the_settings_of_copier_bring_is_refused_in_a_sentence(
    template: Path, tmp_path: Path
) -> None:
    settings = copier.Settings(defaults={"rate_limit": "fast", "somebody_elses": 1})
    with pytest.raises(UserMessageError, match='rate_limit: is "fast", which is no rate limit'):
        copier.run_copy(str(template), tmp_path / "a", SMALL, settings=settings, **OPTIONS)
    given = {**SMALL, "rate_limit": "5/s"}
    copier.run_copy(str(template), tmp_path / "b", given, settings=settings, **OPTIONS)


def test_printed_commands_name_the_answers_file_of_ones_own_choice(
    template: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "project"
    options = {**OPTIONS, "quiet": False}
    copier.run_copy(str(template), folder, SMALL, answers_file="plans/acme.yml", **options)
    said = capfd.readouterr().err
    assert "-a plans/acme.yml" in said
    assert "-a plans/acme.yml" in (folder / "sources/acme/DESIGN.md").read_text()
    assert (folder / "plans/acme.yml").exists()
    test = next((folder / "sources/acme").rglob("test_acme_plan.py"))
    assert "plans/acme.yml" in test.read_text()


def test_numbers_that_yaml_reads_otherwise_are_refused_from_a_data_file(
    template: Path, tmp_path: Path
) -> None:
    file = tmp_path / "plan.yml"
    file.write_text("connector: acme\ntables: [orders]\npage_size: 24:30\napi_version: 007\n")
    command = [sys.executable, "-m", "copier", "copy", "--trust", "--defaults", "--data-file"]
    done = subprocess.run(
        [*command, str(file), str(template), str(tmp_path / "project")],
        capture_output=True,
        text=True,
        check=False,
    )
    refused = [line for line in done.stderr.splitlines() if "YAML" in line]
    assert refused == [
        "page_size: 24:30 is another number to YAML; write digits only, or put it in quotes.",
        "api_version: 007 is another number to YAML; write digits only, or put it in quotes.",
    ]


def test_a_repository_with_sha_256_names_updates_as_the_page_says(
    template: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "project"
    folder.mkdir()
    git(folder, "init", "-q", "--object-format=sha256")
    project = new_project(template, folder, **SMALL)
    with plumbum.local.env(GIT_DEFAULT_HASH="sha256"):
        project.update(rate_limit="5/s")
    assert project.answers()["rate_limit"] == "5/s"
