"""Nothing gets in or out: what rendering reads, writes, starts and runs, and what it never does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import Any

import pytest
from planning import QUESTIONS
from planning.answers.checks import shapes
from projects import SMALL, new_project

WATCHED = Path(__file__).resolve().parent / "watched.py"

PRODUCT = "111111111"
HOSTILE = (
    "{{ 12345679 * 9 }} {% raw %} {% set x = 1 %} {# gone #} "
    "{{ cycler.__init__.__globals__.os.mkdir('pwned') }} "
    "$(mkdir pwned) `mkdir pwned` ${HOME} %PATH%"
)
"""Jinja, a shell and Windows would each make something of it; 12345679 x 9 is 111111111."""

TEXTS = sorted(
    shapes.TEXTS - shapes.DATES - {"connector", "docs_url", "rate_limit", "sync_interval"}
)
TEXT_LISTS = sorted(shapes.TEXT_LISTS - {"table_options"})

EVERYWHERE: dict[str, Any] = {
    **SMALL,
    "purpose": "phase",
    "depth": "full",
    **{name: f"{name} {HOSTILE}" for name in TEXTS},
    **{name: [f"{name} {HOSTILE}"] for name in TEXT_LISTS},
    "tables": [{"name": "orders", "ingestion": "cdc", "notes": f"notes {HOSTILE}"}, "customers"],
    "out_of_scope": {f"what {HOSTILE}": f"why {HOSTILE}"},
    "connection_parameters": [{"name": "subdomain", "description": f"parameter {HOSTILE}"}],
    "extra_risks": [{"risk": f"risk {HOSTILE}", "mitigation": f"mitigation {HOSTILE}"}],
    "risk_decisions": {"rate-limit-unknown": {"owner": f"owner {HOSTILE}", "note": HOSTILE}},
    "phases": [{"name": f"phase {HOSTILE}", "deliverables": [f"deliverable {HOSTILE}"]}],
    "oauth": {"extra_parameters": {"prompt": f"extra {HOSTILE}"}},
    "unconfirmed": {"owner": f"origin {HOSTILE}"},
    "auth_methods": ["api_key"],
    "recommendation": "build",
    "approved": False,
}
"""Every answer that takes free text holds the hostile one."""


@pytest.fixture
def watched(tmp_path: Path) -> Any:
    """Runs Copier in a process of its own and returns what it did."""

    def run(operation: str, **arguments: Any) -> dict[str, list[str]]:
        job, report, home = (tmp_path / name for name in ("job.json", "report.json", "home"))
        home.mkdir(exist_ok=True)
        job.write_text(
            json.dumps({"operation": operation, "arguments": arguments, "report": str(report)})
        )
        done = subprocess.run(
            [sys.executable, "-B", WATCHED, job],
            cwd=home,
            env={**os.environ, "HOME": str(home), "USERPROFILE": str(home)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        found: dict[str, list[str]] = json.loads(report.read_text(encoding="utf-8"))
        return found

    return run


def outside(paths: list[str], *allowed: Path) -> list[str]:
    """The paths that are in none of the allowed folders."""
    roots = [os.path.realpath(folder) for folder in allowed]
    return [
        path
        for path in paths
        if not any(Path(os.path.realpath(path)).is_relative_to(root) for root in roots)
    ]


def python_itself() -> list[Path]:
    """Where Python and Copier have their own code, and the one device that answers nothing."""
    own = {sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")}
    return [*map(Path, own), Path(sys.prefix), Path(sys.base_prefix), Path(os.devnull)]


def clones() -> list[Path]:
    """The folders in which Copier keeps the template while it works."""
    return [Path(tempfile.gettempdir()) / name for name in ("copier._vcs.clone.", "copier._main.")]


def unexpected(paths: list[str], *allowed: Path) -> list[str]:
    begins = [os.path.realpath(folder) for folder in clones()]
    rest = outside(paths, *python_itself(), *allowed)
    return [path for path in rest if not os.path.realpath(path).startswith(tuple(begins))]


def test_a_copy_reads_the_template_and_the_destination_alone(
    watched: Any, template: Path, tmp_path: Path
) -> None:
    destination = tmp_path / "project"
    (tmp_path / "beside.yml").write_text("secret: 1")
    seen = watched("run_copy", src_path=str(template), dst_path=str(destination), data=EVERYWHERE)
    assert unexpected(seen["read"], template, destination) == []
    assert unexpected(seen["listed"], template, destination) == []


UPSTREAM = "src/databricks/labs/community_connector"


@pytest.mark.parametrize(
    ("layout", "folders"),
    [
        ("standalone", ["sources/acme"]),
        (
            "upstream",
            [
                f"{UPSTREAM}/sources/acme",
                f"{UPSTREAM}/source_simulator/specs/acme",
                "tests/unit/sources/acme",
            ],
        ),
    ],
)
def test_a_copy_writes_folders_of_its_connector_alone(
    layout: str, folders: list[str], watched: Any, template: Path, tmp_path: Path
) -> None:
    destination = tmp_path / "project"
    given = {**EVERYWHERE, "layout": layout}
    seen = watched("run_copy", src_path=str(template), dst_path=str(destination), data=given)
    assert seen["written"]
    assert unexpected(seen["written"], *(destination / folder for folder in folders)) == []
    beside = {"home", "job.json", "report.json"}
    assert {file.name for file in tmp_path.iterdir()} == {"project", *beside}


@pytest.mark.parametrize("operation", ["run_copy", "run_update"])
def test_no_socket_is_opened_and_no_program_started_but_git(
    operation: str, watched: Any, template: Path, tmp_path: Path
) -> None:
    project = new_project(template, tmp_path / "project", **EVERYWHERE)
    arguments: dict[str, Any] = {"dst_path": str(project.folder), "data": {"owner": HOSTILE}}
    if operation == "run_copy":
        arguments |= {"src_path": str(template), "data": {**EVERYWHERE, "connector": "other"}}
    else:
        arguments |= {"answers_file": project.answers_file, "overwrite": True}
    seen = watched(operation, **arguments)
    assert seen["sockets"] == []
    assert {Path(program).stem for program in seen["started"]} <= {"git"}
    assert not list(tmp_path.rglob("pwned"))


def test_no_answer_is_compiled_as_template_or_code(
    watched: Any, template: Path, tmp_path: Path
) -> None:
    destination = tmp_path / "project"
    seen = watched("run_copy", src_path=str(template), dst_path=str(destination), data=EVERYWHERE)
    assert seen["compiled"]
    assert [source for source in seen["compiled"] if "12345679" in source] == []


def test_every_free_text_is_kept_as_it_is_and_never_evaluated(
    template: Path, tmp_path: Path
) -> None:
    project = new_project(template, tmp_path / "project", **EVERYWHERE)
    project.update(owner=f"new owner {HOSTILE}")
    recorded = project.answers()
    for name in (*TEXTS, *TEXT_LISTS, "extra_risks", "out_of_scope", "phases"):
        expected = f"new owner {HOSTILE}" if name == "owner" else EVERYWHERE[name]
        assert recorded[name] == expected, name
    for file in project.folder.rglob("*"):
        if file.is_file() and ".git" not in file.parts:
            assert PRODUCT not in file.read_text(encoding="utf-8"), file
    assert not list(tmp_path.rglob("pwned"))


def test_the_hostile_text_stands_wherever_text_is_free() -> None:
    """Whoever adds a question decides here whether it takes free text."""
    closed = (
        shapes.CHOICES
        | shapes.TICKS
        | shapes.NUMBERS
        | shapes.FLAGS
        | shapes.DATES
        | {"connector", "docs_url", "rate_limit", "sync_interval", "dependencies"}
        | {"table_options", "table_details"}
    )
    hostile = {name for name, value in EVERYWHERE.items() if "12345679" in json.dumps(value)}
    assert hostile == set(QUESTIONS) - closed


@pytest.mark.parametrize(
    "name",
    [
        "..",
        "../evil",
        "a/../../evil",
        "/tmp/evil",
        "..\\evil",
        "C:\\evil",
        "~",
        "~/evil",
        "a/b",
        ".git",
    ],
)
def test_a_name_with_a_path_in_it_is_refused_and_writes_nothing(
    name: str, watched: Any, template: Path, tmp_path: Path
) -> None:
    destination = tmp_path / "in" / "here"
    destination.mkdir(parents=True)
    for given in ({"connector": name}, {"tables": [name]}, {"table_options": [name]}):
        answers = {**SMALL, **given}
        with pytest.raises(Exception, match=r"^(connector|tables|table_options): "):
            new_project(template, destination, **answers)
        assert list(tmp_path.rglob("*")) == [tmp_path / "in", destination]


def test_the_surroundings_change_nothing(template: Path, tmp_path: Path) -> None:
    """The same answers give the same bytes, whoever renders them, where and in which language."""
    trees = []
    answers = [
        part
        for name in ("connector=acme", "tables=a", "created=2026-11-24")
        for part in ("-d", name)
    ]
    copy = [sys.executable, "-m", "copier", "copy", "--trust", "--defaults", "--quiet"]
    for user, language, zone in (("ada", "C", "UTC"), ("bob", "de_DE.UTF-8", "Asia/Tokyo")):
        folder = tmp_path / user / "project"
        subprocess.run(
            [*copy, *answers, str(template), str(folder)],
            env={**os.environ, "USER": user, "LANG": language, "TZ": zone, "HOME": str(tmp_path)},
            check=True,
        )
        files = (file for file in folder.rglob("*") if file.is_file())
        trees.append({file.relative_to(folder): file.read_bytes() for file in files})
    assert trees[0] == trees[1]
