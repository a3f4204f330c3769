"""Answers as data: each as one text, as portals and forms give them, by Copier's command."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from projects import ROOT

EXAMPLES = sorted((ROOT / "examples").glob("*.yml"))
LISTS = {"auth_methods", "future_auth_methods", "table_options", "shipped_tables", "auth_traits"}


def copier(template: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "copier", "copy", "--trust", *arguments, str(template), str(folder)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def as_one_text(name: str, value: Any) -> str:
    """An answer as a form gives it: lists of names with commas, structures as YAML text."""
    if isinstance(value, str):
        return value
    if name in LISTS:
        return ", ".join(value)
    return json.dumps(value, ensure_ascii=False)  # JSON is YAML, on one line


def files(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and file.name != ".copier-answers.yml"
    }


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda file: file.stem)
def test_each_answer_as_one_text_gives_the_same_files(
    example: Path, template: Path, tmp_path: Path
) -> None:
    answers = yaml.safe_load(example.read_text(encoding="utf-8"))
    # Mappings keep their order in a file; a form writes them in any.
    answers["out_of_scope"] = [f"{what} - {why}" for what, why in answers["out_of_scope"].items()]
    plan = tmp_path / "plan.yml"
    plan.write_text(yaml.safe_dump(answers, sort_keys=False), encoding="utf-8")
    texts = [
        part
        for name, value in answers.items()
        for part in ("-d", f"{name}={as_one_text(name, value)}")
    ]
    by_file = copier(template, tmp_path / "file", "--defaults", "--data-file", str(plan))
    by_text = copier(template, tmp_path / "text", "--defaults", *texts)
    assert by_file.returncode == 0, by_file.stderr
    assert by_text.returncode == 0, by_text.stderr
    assert files(tmp_path / "file") == files(tmp_path / "text")


def test_connector_and_tables_are_enough(template: Path, tmp_path: Path) -> None:
    done = copier(
        template,
        tmp_path / "out",
        "--defaults",
        "-d",
        "connector=acme",
        "-d",
        "tables=orders, items",
    )
    assert done.returncode == 0, done.stderr
    assert "- [ ]" in (tmp_path / "out" / "sources" / "acme" / "DESIGN.md").read_text()


@pytest.mark.parametrize(
    ("arguments", "sentences"),
    [
        (("-d", "tables=orders"), ["connector: needs a name"]),
        (("-d", "connector=acme"), ["tables: name at least one table"]),
        ((), ["connector: needs a name", "tables: name at least one table"]),
        (
            ("-d", "connector=acme", "-d", "tables=orders", "-d", "rate_limt=5/s"),
            ['"rate_limt" is no question of the session; did you mean rate_limit?'],
        ),
    ],
)
def test_what_is_missing_or_misspelt_is_named(
    arguments: tuple[str, ...], sentences: list[str], template: Path, tmp_path: Path
) -> None:
    done = copier(template, tmp_path / "out", "--defaults", *arguments)
    assert done.returncode != 0
    for sentence in sentences:
        assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists() or not any((tmp_path / "out").iterdir())


def test_a_partial_plan_file_is_completed_on_the_command_line(
    template: Path, tmp_path: Path
) -> None:
    team = tmp_path / "team.yml"
    team.write_text("source_type: database\nowner: Data platform\n")
    given = ("--data-file", str(team), "-d", "connector=acme", "-d", "tables=[orders]")
    done = copier(template, tmp_path / "out", "--defaults", *given)
    assert done.returncode == 0, done.stderr
    answers = tmp_path / "out" / "sources" / "acme" / ".copier-answers.yml"
    assert yaml.safe_load(answers.read_text())["owner"] == "Data platform"
