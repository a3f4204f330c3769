"""The front for tools that know only Cookiecutter, run with the real `cookiecutter`."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from projects import ROOT, Project, clone_template, git, new_project, release

sys.path.insert(0, str(ROOT / "scripts"))

from reference.cookiecutter import context as front

FRONT = Path("integrations") / "cookiecutter"

ESSENTIAL = {"connector": "acme", "tables": "orders, customers", "created": "2026-11-24"}
EVERYTHING = {
    **ESSENTIAL,
    "purpose": "phase",
    "depth": "full",
    "source_name": 'Acme\'s "CRM" — größer',
    "docs_url": "https://docs.example.com/api",
    "problem": "One line.\nAnother: with # and 'quotes'.",
    "target_users": "analysts, finance",
    "managed_connector": "no",
    "federation_fit": "no",
    "tables": "[{name: orders, ingestion: cdc, rows: 2M}, customers]",
    "table_details": "{customers: {primary_keys: [id], rows: 40k}}",
    "cdc_tables": "customers",
    "out_of_scope": "Audit logs - only the enterprise plan has them",
    "auth_methods": "api_key, basic",
    "connection_parameters": "[{name: subdomain, description: acme in acme.example.com}]",
    "rate_limit": "10/s, 100000/day",
    "page_size": "100",
    "dependencies": "requests>=2.31,<3",
    "extra_risks": "[{risk: The vendor is for sale, impact: High}]",
    "risk_decisions": "{sandbox-is-small: {status: accepted, note: known}}",
    "phase": "2",
    "shipped_tables": "orders",
}


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The template with its Cookiecutter front, released as v1.0.0."""
    folder = tmp_path_factory.mktemp("release") / "session"
    shutil.copytree(ROOT / FRONT, folder / FRONT)
    return clone_template(folder)


@pytest.fixture
def cookiecutter(released: Path, tmp_path: Path) -> Any:
    """Runs `cookiecutter` in an empty folder, as somebody without settings of their own."""
    work = tmp_path / "work"
    work.mkdir()
    home = tmp_path / "home"
    home.mkdir()

    def run(*arguments: str, template: str = "", cwd: Path = work, **given: str) -> Any:
        said = [f"{name}={value}" for name, value in given.items()]
        where = [template or str(released), "--directory", FRONT.as_posix()]
        return subprocess.run(
            [sys.executable, "-m", "cookiecutter", *arguments, *where, *said],
            cwd=cwd,
            env={**os.environ, "HOME": str(home), "USERPROFILE": str(home), "PWD": str(cwd)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    run.work = work  # type: ignore[attr-defined]
    return run


@pytest.fixture(scope="module")
def address(released: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The template as an address, with a newer release on top."""
    newer = tmp_path_factory.mktemp("newer") / "session"
    shutil.copytree(released, newer)
    release(newer, "v1.1.0")
    git(newer, "clone", "-q", "--bare", str(newer), str(newer.parent / "session.git"))
    return f"{newer.parent.as_uri()}/session.git"


def tree(folder: Path) -> dict[str, bytes]:
    files = (file for file in folder.rglob("*") if file.is_file() and ".git" not in file.parts)
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


@pytest.mark.parametrize("given", [ESSENTIAL, EVERYTHING], ids=["essential", "everything"])
def test_the_result_is_byte_for_byte_what_copier_makes(
    given: dict[str, str], cookiecutter: Any, released: Path, tmp_path: Path
) -> None:
    done = cookiecutter("--no-input", **given)
    assert done.returncode == 0, done.stdout + done.stderr
    made = tree(cookiecutter.work / "acme")
    copied = new_project(released, tmp_path / "copied", **given)
    assert made == tree(copied.folder)
    assert yaml.safe_load(made["sources/acme/.copier-answers.yml"])["_src_path"] == str(released)


def test_replay_makes_the_same_again(cookiecutter: Any) -> None:
    assert cookiecutter("--no-input", **EVERYTHING).returncode == 0
    first = tree(cookiecutter.work / "acme")
    shutil.rmtree(cookiecutter.work / "acme")
    done = cookiecutter("--replay")
    assert done.returncode == 0, done.stdout + done.stderr
    assert tree(cookiecutter.work / "acme") == first


def test_copier_updates_what_cookiecutter_made(cookiecutter: Any, released: Path) -> None:
    cookiecutter("--no-input", **ESSENTIAL)
    project = Project(cookiecutter.work / "acme", released)
    git(project.folder, "init", "-q", "-b", "main")
    project.commit("plan")
    project.update(rate_limit="10/s")
    assert project.answers()["rate_limit"] == "10/s"
    assert "10/s" in project.read("DESIGN.md")


def test_a_relative_path_is_recorded_as_the_same_template(
    cookiecutter: Any, released: Path, tmp_path: Path
) -> None:
    relative = os.path.relpath(released, tmp_path / "work")
    done = cookiecutter("--no-input", template=relative, **ESSENTIAL)
    assert done.returncode == 0, done.stdout + done.stderr
    assert recorded(cookiecutter.work)["_src_path"] == str(released)


def recorded(work: Path) -> dict[str, Any]:
    file = work / "acme" / "sources" / "acme" / ".copier-answers.yml"
    answers: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return answers


def test_an_address_is_recorded_as_it_was_given(cookiecutter: Any, address: str) -> None:
    done = cookiecutter("--no-input", template=address, **ESSENTIAL)
    assert done.returncode == 0, done.stdout + done.stderr
    assert recorded(cookiecutter.work)["_src_path"] == address
    assert recorded(cookiecutter.work)["_commit"] == "v1.1.0"


def test_a_checkout_is_the_version_that_copier_takes(cookiecutter: Any, address: str) -> None:
    done = cookiecutter("--no-input", "--checkout", "v1.0.0", template=address, **ESSENTIAL)
    assert done.returncode == 0, done.stdout + done.stderr
    assert recorded(cookiecutter.work)["_commit"] == "v1.0.0"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"connector": "acme", "tables": "order-items"}, "tables: item 1"),
        ({"connector": "acme"}, "tables: name at least one table"),
        ({"tables": "orders"}, "connector: needs a name"),
        ({"connector": "acme-crm", "tables": "orders"}, "acme_crm"),
        ({"connector": "../../outside", "tables": "orders"}, "is no package name"),
        ({"connector": "/tmp/outside", "tables": "orders"}, "is no package name"),
    ],
)
def test_a_refused_answer_leaves_nothing_behind(
    given: dict[str, str], sentence: str, cookiecutter: Any, tmp_path: Path
) -> None:
    before = {file for file in tmp_path.rglob("*") if "home" not in file.parts}
    done = cookiecutter("--no-input", **given)
    assert done.returncode != 0
    assert sentence in " ".join((done.stdout + done.stderr).split())
    assert "Traceback" not in done.stderr
    assert {file for file in tmp_path.rglob("*") if "home" not in file.parts} == before


def test_answers_never_become_code_of_the_hook(cookiecutter: Any, released: Path) -> None:
    """Answers of a replay reach the hook as they are; Cookiecutter renders none of them."""
    nasty = "\"\"\"); import os; os.mkdir('pwned') #\n{{ 7*7 }} {% raw %} ' \\ \x7f"
    context = {**ESSENTIAL, "problem": nasty, "_template": str(released)}
    defaults = {
        name: value[0] if isinstance(value, list) else value
        for name, value in front().items()
        if name != "__prompts__"
    }
    replay = cookiecutter.work.parent / "replay.json"
    replay.write_text(json.dumps({"cookiecutter": {**defaults, **context}}))
    done = cookiecutter("--replay-file", str(replay))
    assert done.returncode == 0, done.stdout + done.stderr
    assert not list(cookiecutter.work.rglob("pwned"))
    assert recorded(cookiecutter.work)["problem"] == nasty


def test_prompts_hold_nothing_that_cookiecutter_takes_for_markup_or_jinja() -> None:
    for asked in front()["__prompts__"].values():
        for said in asked.values() if isinstance(asked, dict) else [asked]:
            assert said
            assert not [mark for mark in ("[", "{{", "{%", "{#") if mark in said]
