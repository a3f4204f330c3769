"""What scripts, portals and pull requests get of a plan: JSON, annotations, comparisons."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from projects import ROOT

SCHEMA = json.loads((ROOT / "schemas" / "check.schema.json").read_text("utf-8"))
PLAN = (
    "connector: acme\nsource_name: Acme\nrate_limit: 600/minute\npage_size: 100\n"
    "sync_interval: 1 hour\ntables: [{name: orders, ingestion: snapshot, rows: 6M}]\n"
)


def run(script: str, *arguments: object, **more: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "scripts" / script), *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        **more,
    )


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    file = tmp_path / "plan.yml"
    file.write_text(PLAN)
    return file


def as_json(*files: object) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("check_plan.py", "--format", "json", *files).stdout)
    Draft202012Validator(SCHEMA).validate(found)
    return found


def test_json_fits_its_schema_for_plans_and_refusals(plan: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.yml"
    bad.write_text("connector: acme\ntables: [orders]\nrate_limit: many\n")
    found = as_json(plan, bad, *sorted((ROOT / "examples").glob("*.yml")))
    assert [one["taken"] for one in found["files"][:2]] == [True, False]
    assert not found["taken"]
    assert found["files"][1]["problems"][0]["line"] == 3
    capacity = found["files"][0]["plan"]["capacity"]
    # 6,000,000 records / 100 a page = 60,000 requests, 60,000 / (600 * 60) hours.
    assert capacity["first_load_requests"] == {"low": 60_000, "high": 60_000}
    assert capacity["first_load_hours"]["low"] == pytest.approx(60_000 / 36_000)


def test_commands_name_a_question_and_the_answers_file(plan: Path) -> None:
    for question in as_json(plan)["files"][0]["plan"]["open_questions"]:
        words = shlex.split(question["command"])
        assert words[:2] == ["copier", "update"]
        assert "sources/acme/.copier-answers.yml" in words
        assert words[-2] == "-d"
        assert "=" in words[-1]


def test_annotations_are_escaped_and_name_file_and_line(tmp_path: Path) -> None:
    file = tmp_path / "a,b.yml"
    file.write_text('connector: acme\ntables: [orders]\nowner: "100%"\nrate_limit: "a%"\n')
    done = run("check_plan.py", "--format", "github", file)
    assert done.returncode == 1
    (line,) = done.stdout.splitlines()
    assert line.startswith("::error file=")
    assert "a%2Cb.yml,line=4,title=Plan::rate_limit: " in line
    assert '"a%25"' in line


def test_annotations_warn_of_what_blocks(plan: Path) -> None:
    done = run("check_plan.py", "--format", "github", plan)
    assert done.returncode == 0
    assert "::warning file=" in done.stdout
    assert "auth_methods" in done.stdout


def test_the_same_plan_differs_in_nothing(plan: Path) -> None:
    lines = run("compare_plans.py", plan, plan).stdout.splitlines()
    assert len(lines) == 2
    assert "as they were" in lines[1]


def test_a_comparison_tells_tables_capacity_risks_and_questions(plan: Path, tmp_path: Path) -> None:
    new = tmp_path / "new.yml"
    new.write_text(
        PLAN.replace("page_size: 100", "page_size: 1").replace("}]", "}, people]")
        + "auth_methods: [api_key]\nextra_risks: [{risk: Vendor is for sale}]\n"
    )
    said = run("compare_plans.py", plan, new).stdout
    assert "  In scope now: people." in said
    assert "requests: 60,000 before, at least 6,000,000 (1 table unknown) now" in said
    assert "  Appears, " in said
    assert "Settled: auth_methods." in said
    back = run("compare_plans.py", new, plan).stdout
    assert "  Out of scope now: people." in back
    assert "  Is gone, was " in back
    assert "Opened, blocking: " in back


def test_markdown_calls_nobody_and_makes_no_tags(plan: Path, tmp_path: Path) -> None:
    new = tmp_path / "new.yml"
    new.write_text(PLAN + 'extra_risks: [{risk: "<img src=x> ask @acme/owners"}]\n')
    said = run("compare_plans.py", "--format", "markdown", plan, new).stdout
    assert "**Risks**" in said
    assert "<img" not in said
    assert "@acme" not in said


def test_a_refused_file_is_not_compared(plan: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.yml"
    bad.write_text("connector: acme\ntables: [orders]\nrate_limit: many\n")
    done = run("compare_plans.py", plan, bad)
    assert done.returncode == 1
    assert f"{bad}:3: rate_limit: " in done.stderr
    assert not done.stdout


@pytest.mark.skipif(os.name == "nt", reason="GitHub's runner for actions in Bash is Linux here")
def test_the_action_compares_what_a_branch_changed(tmp_path: Path) -> None:
    def git(*arguments: str) -> str:
        who = ["-c", "user.name=A", "-c", "user.email=a@example.com"]
        done = subprocess.run(
            ["git", *who, *arguments], cwd=tmp_path, capture_output=True, text=True, check=True
        )
        return done.stdout.strip()

    git("init", "-q")
    for name in ("plans/plan.yml", "same.plan.yml", "sources/other/.copier-answers.yml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x: 1\n" if "other" in name else PLAN)
    git("add", "-A")
    git("commit", "-qm", "Base")
    base = git("rev-parse", "HEAD")
    (tmp_path / "plans/plan.yml").write_text(PLAN.replace("page_size: 100", "page_size: 10"))
    (tmp_path / "new.plan.yml").write_text(PLAN.replace("acme", "zeta"))
    (tmp_path / "sources/other/.copier-answers.yml").write_text("x: 2\n")
    git("add", "-A")
    git("commit", "-qm", "Change")
    action = yaml.safe_load((ROOT / "integrations/github/action.yml").read_text("utf-8"))
    report = tmp_path / "report.md"
    environment = os.environ | {
        "BASE": base,
        "FILES": action["inputs"]["files"]["default"],
        "REPORT": str(report),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }
    command = ["bash", str(ROOT / "integrations/github/check_changed.sh")]
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    said = report.read_text("utf-8")
    assert "### plans/plan.yml" in said
    assert "60,000 before, 600,000 now" in said
    assert "### new.plan.yml" in said
    assert "same.plan.yml" not in said
    assert "sources" not in said

    (tmp_path / "new.plan.yml").write_text("connector: 1st\n")
    git("commit", "-qam", "Break")
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "::error file=new.plan.yml,line=1" in done.stdout
