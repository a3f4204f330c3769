"""The check of a plan file: what it prints, its exit code, and that it agrees with the session."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from projects import ROOT, new_project

CHECK = ROOT / "scripts" / "check_plan.py"
EXAMPLES = sorted((ROOT / "examples").glob("*.yml"))

PARTIAL: dict[str, dict[str, Any]] = {
    "names only": {"connector": "acme_crm", "tables": "orders, customers"},
    "a source in the catalogue": {"connector": "zendesk", "tables": ["tickets"]},
    "a database": {"connector": "acme", "tables": ["t"], "source_type": "database"},
    "ticks": {
        "connector": "acme",
        "tables": ["a", "b", {"name": "c", "priority": "P1"}],
        "cdc_tables": ["a"],
        "p0_tables": ["b"],
        "rate_limit": "10/s",
    },
    "no tables": {"connector": "acme", "purpose": "evaluate"},
    "all known tables": {
        "connector": "intercom",
        "tables": "known",
        "table_details": {"tags": {"rows": 10}},
    },
}


def check(*files: Path, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, CHECK, *files],
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def refusals(tmp_path: Path) -> Any:
    """The lines that the check of a file with this content prints, without the file's name."""

    def run(content: str | bytes) -> list[str]:
        file = tmp_path / "plan.yml"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        done = check(file)
        assert done.returncode == 1, done.stdout
        assert "Traceback" not in done.stderr
        return [line.removeprefix(str(file)) for line in done.stderr.splitlines()]

    return run


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_every_example_is_taken(file: Path) -> None:
    done = check(file)
    assert done.returncode == 0, done.stderr
    for word in ("Verdict: ", "open question", "risk", "Capacity: "):
        assert word in done.stdout


def test_it_prints_verdict_questions_risks_and_capacity(tmp_path: Path) -> None:
    file = tmp_path / "plan.yml"
    file.write_text(
        "connector: acme\nsource_name: Acme\nrate_limit: 600/minute\npage_size: 100\n"
        "sync_interval: 1 hour\nauth_methods: []\n"
        "tables: [{name: orders, ingestion: snapshot, rows: 6M}]\n"
    )
    lines = check(file).stdout.splitlines()
    assert lines[1].startswith("Verdict: build - Draft - ")
    assert any(line.startswith("  ! auth_methods: ") for line in lines)
    assert any(line.startswith("  High    ") for line in lines)
    assert "Capacity: at 600/minute, a sync every hour" in lines
    # 6,000,000 records / 100 a page = 60,000 requests; at 600 a minute 100 minutes.
    assert "  First full load: 60,000 requests, 1.7 h" in lines
    assert "  Too slow for the interval: orders" in lines


def test_open_questions_leave_the_exit_code_at_0(tmp_path: Path) -> None:
    file = tmp_path / "draft.yml"
    file.write_text("connector: acme\ntables: orders\n")
    done = check(file)
    assert "blocking" in done.stdout
    assert done.returncode == 0


def test_an_approval_with_blocking_questions_is_refused(refusals: Any) -> None:
    first, *blockers = refusals("connector: acme\ntables: orders\napproved: true\n")
    assert first.startswith(":3: approved: settle 9 blocking questions")
    assert any("auth_methods" in line for line in blockers)


def test_one_bad_file_among_good_ones_is_enough(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yml"
    bad.write_text("connector: acme-crm\ntables: orders\n")
    done = check(EXAMPLES[0], bad)
    assert done.returncode == 1
    assert EXAMPLES[0].name in done.stdout
    assert "acme_crm" in done.stderr


def test_nothing_is_written(tmp_path: Path) -> None:
    file = tmp_path / "plan.yml"
    file.write_text("connector: acme\ntables: orders\n")
    check(file, cwd=tmp_path)
    assert list(tmp_path.iterdir()) == [file]


def test_all_problems_come_at_once_with_their_lines(refusals: Any) -> None:
    found = refusals(
        "connector: acme\nrate_limt: 5/s\ntables: [orders]\nsync_interval: 15 minuts\n"
        "page_size: -1\n"
    )
    assert [line.split(": ")[:2] for line in found] == [
        [":2", '"rate_limt" is no question of the session; did you mean rate_limit?'],
        [":4", "sync_interval"],
        [":5", "page_size"],
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("connector: acme\nconnector: other\ntables: a\n", ":2: connector: stands in line 1"),
        ("tables: [a]\nconnector: acme\n'tables': [b]\n", ":3: tables: stands in line 1"),
        ("connector: a\ntables:\n- {name: a, name: b}\n", ":3: name: stands in line 3"),
        (
            "connector: a\ntables: [a]\ntable_details:\n  a: {rows: 1}\n  a: {rows: 2}\n",
            ":5: a: stands in line 4",
        ),
        ("connector: [acme\n", ":2: the file is not YAML"),
        ("connector: acme\n\ttables: a\n", ":2: the file is not YAML"),
        ("connector: a\n---\nconnector: b\n", ":2: the file is not YAML"),
        ("- connector: acme\n", ":1: the file is a list; write one line for each answer"),
        ("acme\n", ":1: the file is one text; write one line for each answer"),
        ("", ": connector: needs a name"),
        ("connector: acme\n", ": tables: name at least one table"),
        (
            "connector: a\ntables: a\ncreated: 2026-13-45\n",
            ":3: created: cannot be read (month must be in 1..12); put the value in quotes.",
        ),
        ("connector: a\ntables: !!python/name:os.system\n", ":2: tables: cannot be read"),
        ("connector: a\ntables: &all\n- *all\n", ":2: tables: cannot be read"),
        ("connector: a\ntables: a\non: 1\n", ':3: "on" is no question'),
        ("connector: a\ntables: a\n? [b]\n: 1\n", ':3: "'),
        ("connector: a\ntables: " + "[" * 5_000, ": is nested too deeply"),
        (b"connector: \xff\n", ": is no text in UTF-8; save it as UTF-8."),
        (b"connector: a\x00\n", ": the file is not YAML"),
    ],
)
def test_what_yaml_hides_is_named_with_its_line(
    content: str | bytes, expected: str, refusals: Any
) -> None:
    assert any(line.startswith(expected) for line in refusals(content)), refusals(content)


def test_an_alias_is_no_duplicate(tmp_path: Path) -> None:
    file = tmp_path / "plan.yml"
    file.write_text(
        "connector: acme\ntables:\n"
        "- &base {name: a, ingestion: cdc, cursor_field: changed}\n- {<<: *base, name: b}\n"
    )
    assert check(file).returncode == 0


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    done = check(tmp_path / "plan.yml")
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        f"{tmp_path / 'plan.yml'}: cannot be read: No such file or directory."
    ]


def test_control_characters_never_reach_the_terminal(tmp_path: Path) -> None:
    file = tmp_path / "plan.yml"
    file.write_text('connector: acme\ntables: orders\nsource_name: "a\\e[2Jb"\nextra: "\\e[2J"\n')
    assert "\x1b" not in check(file).stderr
    file.write_text('connector: acme\ntables: orders\nsource_name: "a\\e[2Jb"\n')
    done = check(file)
    assert done.returncode == 0
    assert "\x1b" not in done.stdout


def test_windows_line_ends_and_a_byte_order_mark_are_taken(tmp_path: Path) -> None:
    file = tmp_path / "plan.yml"
    file.write_bytes(b"\xef\xbb\xbfconnector: acme\r\ntables: orders\r\n")
    assert check(file).returncode == 0


@pytest.mark.parametrize(
    "given",
    [*PARTIAL.values(), *(yaml.safe_load(file.read_text(encoding="utf-8")) for file in EXAMPLES)],
    ids=[*PARTIAL, *(file.stem for file in EXAMPLES)],
)
def test_it_makes_the_same_plan_as_the_session(
    given: dict[str, Any], template: Path, tmp_path: Path
) -> None:
    project = new_project(template, tmp_path / "project", **given)
    file = tmp_path / "plan.yml"
    file.write_text(yaml.safe_dump(given), encoding="utf-8")
    checked = check(file)
    assert checked.returncode == 0, checked.stderr
    design = project.read("DESIGN.md")
    status = re.search(r"^> \*\*Status\*\*: (.*)$", design, re.MULTILINE)
    assert status and f" - {status[1]}\n" in checked.stdout.replace("\\", "")
    risks = re.findall(r"^  (?:High|Medium|Low)\s+([\w-]+)", checked.stdout, re.MULTILINE)
    assert [risk for risk in risks if f"`{risk}`" not in design] == []
