"""Random histories of a plan: answers change, people write, templates move on, updates run.

A history is a list of steps drawn from a seed. Running it checks after every update that nobody
lost a line. A history that fails is shrunk by leaving steps out. `make soak` runs many of them,
tests/update/test_histories.py a few.
"""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import copier
import design_merge
from copier.errors import UserMessageError
from projects import Project, clone_template, git, new_project, release

VERSIONS = ("v1.0.0", "v1.1.0", "v1.2.0")

NAMES = ("orders", "customers", "invoices", "events", "tickets", "users", "items", "logs")
TEXTS = (
    "plain words",
    "- [ ] a box of my own",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "```python\nprint('{{ x }}')\n```",
    "## A heading of my own",
    "<!-- a comment -->",
    "ünïcödé 🎉",
    "> quoted\n> twice",
)
FOLDS = {"risk": "The vendor folds", "likelihood": "Low", "impact": "High", "mitigation": "Watch."}
CHOICES: dict[str, Sequence[Any]] = {
    "rate_limit": ["", "700/minute", "10/s, 100000/day", "none", "5/hour"],
    "page_size": [0, 50, 100, 1000],
    "pagination": ["unknown", "cursor", "offset", "page_number"],
    "pagination_limit": [0, 10_000],
    "sync_interval": ["", "15 minutes", "1 day"],
    "auth_methods": [[], ["api_key"], ["basic", "oauth2_client_credentials"]],
    "auth_traits": [[], ["token_refresh", "mfa"]],
    "schema_kind": ["unknown", "static", "dynamic"],
    "test_environment": ["unknown", "sandbox", "none"],
    "source_type": ["rest_api", "database", "files", "graphql_api"],
    "recommendation": ["build", "build", "stop", "adopt", "extend"],
    "recommendation_reason": ["", "Nobody else reads the custom fields."],
    "purpose": ["new", "new", "evaluate", "phase"],
    "depth": ["essential", "full"],
    "must_have": [[], ["Totals agree with the billing page"], ["One", "Two"]],
    "wont_have": [[], ["Attachments"]],
    "problem": ["", "Finance counts orders by hand.", "A | pipe and a\nsecond line"],
    "out_of_scope": [{}, {"Reports": "no API"}],
    "extra_risks": [[], [FOLDS]],
    "risk_decisions": [
        {},
        {"rate-limit-unknown": {"status": "accepted", "note": "asked"}},
        {"extra-vendor-folds-e6e9": {"status": "mitigated", "owner": "Ada"}},
    ],
    "connection_parameters": [[], [{"name": "region", "required": False}]],
    "table_options": [[], ["start_date"]],
    "table_details": [
        {},
        {"orders": {"rows": "2M", "primary_keys": ["id"]}},
        {"orders": {"notes": "one request per customer"}, "logs": {"ingestion": "append"}},
    ],
    "dependencies": [[], ["httpx>=0.27,<1"]],
    "docs_url": ["", "https://acme.example/docs"],
    "use_cases": [[], ["Monthly report"]],
    "third_party_connectors": [[], ["none"], ["Airbyte (source-acme)"]],
    "future_auth_methods": [[], ["service_account_jwt"]],
    "api_end_of_life": ["", "2027-03-31"],
    "test_environment_name": ["", "acme-test"],
    "source_name": ["Acme", "Stripe"],
    "phase": [1, 2],
    "approved": [False, True],
    "approved_by": ["", "Grace"],
    "features": [
        [],
        ["delete_sync"],
        ["retry_backoff"],
        ["rate_limiting", "retry_backoff", "incremental_sync"],
    ],
    "phases": [[], [{"name": "All", "deliverables": ["Everything arrives"]}]],
    "owner": ["", "Ada"],
}
TICKS = ("cdc_tables", "append_tables", "cdc_with_deletes_tables", "p0_tables", "p1_tables")
TICKS += ("shipped_tables",)
INGESTIONS = ("snapshot", "append", "cdc", "cdc_with_deletes")


@dataclass(frozen=True)
class Step:
    """One thing that happens. `pick` chooses among what is there when it happens."""

    kind: str
    pick: int
    value: Any = None


@dataclass
class People:
    """What people have written so far, and where."""

    lines: dict[str, list[str]] = field(default_factory=dict)
    ticks: set[str] = field(default_factory=set)


class LineLost(AssertionError):
    """The promise is broken."""


def draw(seed: int) -> list[Step]:
    """The history of a seed: 5 to 15 steps, about half of them updates."""
    dice = random.Random(seed)
    kinds = (
        ["answer"] * 6 + ["table"] * 4 + ["boxes"] * 2 + ["tick"] * 4 + ["note"] * 3 + ["code"] * 3
    )
    kinds += ["upgrade", "recopy", "again", "formatter"]
    steps = []
    for number in range(dice.randint(5, 15)):
        kind = dice.choice(kinds)
        value: Any = None
        if kind == "answer":
            name = dice.choice(sorted(CHOICES))
            value = (name, dice.choice(CHOICES[name]))
        elif kind == "boxes":
            value = dice.choice(TICKS)
        elif kind == "table":
            value = {"name": dice.choice(NAMES), "ingestion": dice.choice(INGESTIONS)}
            value |= {"rows": dice.choice([1_000, "2M", "40M"])} if dice.random() < 0.5 else {}
            value |= {"priority": dice.choice(["P0", "P1", "P2"])} if dice.random() < 0.5 else {}
            value = value["name"] if dice.random() < 0.3 else value
        elif kind in ("note", "code"):
            value = f"{dice.choice(TEXTS)} ({seed}.{number})"
        steps.append(Step(kind, dice.randrange(1_000), value))
    return steps


def three_versions(folder: Path) -> Path:
    """The template with two later releases that reword what people tick, and add a question."""
    template = clone_template(folder, VERSIONS[0])
    _reword(template, "v1.1.0")
    before = _add_question(template)
    release(template, VERSIONS[1])
    _reword(template, "v1.2.0")
    for file, text in before.items():
        file.write_text(text)
    release(template, VERSIONS[2])
    return template


def _add_question(template: Path) -> dict[Path, str]:
    """Adds a question as docs/contributing/add-a-question.md says; returns the files before."""
    planning = template / "extensions" / "planning"
    steps = {
        template / "questions" / "6_plan.yml": ("", "\nreviewers:\n  type: str\n  default: ''\n"),
        planning / "answers.py": ('    "owner": parse_text,\n', '    "reviewers": parse_text,\n'),
        planning / "model.py": ('    owner: str = ""\n    approved', '    reviewers: str = ""\n'),
    }
    before = {file: file.read_text() for file in steps}
    for file, (anchor, added) in steps.items():
        assert anchor in before[file], f"{file.name} has changed; adapt this step"
        text = before[file]
        file.write_text(text.replace(anchor, added + anchor, 1) if anchor else text + added)
    return before


def _reword(template: Path, version: str) -> None:
    """What a release does: other wording in the code, the document and a stub."""
    for file in (template / "extensions" / "planning").rglob("open_questions*.py"):
        file.write_text(file.read_text().replace("?", f"? ({version})", 1))
    for file in (template / "template").rglob("*_client.py*"):
        file.write_text(file.read_text().replace('"""', f'"""{version}: ', 1))
    for file in (template / "extensions" / "planning" / "criteria").rglob("*.py"):
        file.write_text(file.read_text().replace("rate limit", f"rate limit ({version})"))


class History:
    """One repository, and the steps that happen to it."""

    def __init__(self, template: Path, folder: Path) -> None:
        self.folder = folder
        self.people = People()
        self.version = 0
        self.project: Project = new_project(
            template,
            folder / "project",
            vcs_ref=VERSIONS[0],
            connector="acme",
            tables=[{"name": "orders", "ingestion": "cdc"}, "customers", "events"],
            created="2026-11-24",
        )

    def run(self, steps: Sequence[Step]) -> None:
        """Takes the steps in turn; raises `LineLost` where a promise is broken."""
        for number, step in enumerate(steps, start=1):
            try:
                getattr(self, f"_{step.kind}")(step)
            except LineLost as lost:
                raise LineLost(f"step {number}, {step}: {lost}") from None

    # What people do

    def _tick(self, step: Step) -> None:
        design = self.project.read("DESIGN.md")
        found = re.findall(r"^\s*[-*] \[ \] <!-- id: ([^\s,]+) -->", design, re.MULTILINE)
        if not found:
            return
        name = found[step.pick % len(found)]
        self.project.replace("DESIGN.md", f"[ ] <!-- id: {name} -->", f"[x] <!-- id: {name} -->")
        self.people.ticks.add(name)
        self.project.commit(f"tick {name}")

    def _note(self, step: Step) -> None:
        ends = re.findall(r"<!-- end of notes: [\w-]+ -->", self.project.read("DESIGN.md"))
        end = ends[step.pick % len(ends)]
        self.project.replace("DESIGN.md", end, f"{step.value}\n{end}")
        self.people.lines.setdefault("DESIGN.md", []).extend(step.value.splitlines())
        self.project.commit("note")

    def _code(self, step: Step) -> None:
        own = ["acme.py", "acme_client.py", "acme_schemas.py", "acme_api_doc.md", "__init__.py"]
        own += ["tests/conftest.py", "tests/test_acme_acceptance.py"]
        name = own[step.pick % len(own)]
        if not self.project.path(name).exists():
            return
        lines = [f"# {line}" for line in step.value.splitlines()]
        self.project.write(name, self.project.read(name) + "\n".join(["", *lines, ""]))
        self.people.lines.setdefault(name, []).extend(lines)
        self.project.commit(f"work on {name}")

    def _formatter(self, step: Step) -> None:
        for file in self.project.path("").rglob("*_plan.py"):
            file.write_text(file.read_text().replace('"', "'"))
        design = self.project.read("DESIGN.md")
        self.project.write("DESIGN.md", re.sub(r"^- (?=\[.\] <!-- id: )", "* ", design, flags=re.M))
        self.project.commit("format")

    # What happens to the plan

    def _answer(self, step: Step) -> None:
        name, value = step.value
        self._update({name: value})

    def _table(self, step: Step) -> None:
        tables, named = self.project.answers()["tables"], _name(step.value)
        kept = [table for table in tables if _name(table) != named]
        if len(kept) == len(tables):
            kept.insert(step.pick % (len(kept) + 1), step.value)
        if kept:
            self._update({"tables": kept})

    def _boxes(self, step: Step) -> None:
        tables = [_name(table) for table in self.project.answers()["tables"]]
        # The bits of a number choose: any subset, in the order of the tables.
        self._update(
            {step.value: [name for bit, name in enumerate(tables) if step.pick >> bit & 1]}
        )

    def _upgrade(self, step: Step) -> None:
        if self.version + 1 < len(VERSIONS):
            self.version += 1
            self._update({}, VERSIONS[self.version])

    def _again(self, step: Step) -> None:
        self.project.update()
        self.project.commit("renew")
        self.project.update()
        if status := self.project.status():
            raise LineLost(f"a second update changed: {status}")

    def _recopy(self, step: Step) -> None:
        self.project.recopy()
        self._check(self.project.answers(), {})
        self.project.commit("recopy")

    def _update(self, answers: dict[str, Any], version: Any = copier.VcsRef.CURRENT) -> None:
        before = self.project.answers()
        try:
            self.project.update(version, **answers)
        except UserMessageError:
            if not answers or self.project.status():
                raise
            return  # a slip of the person: nothing may have changed
        self._check(before, answers)
        self.project.commit(f"update {answers}")

    # The promise

    def _check(self, before: dict[str, Any], changed: dict[str, Any]) -> None:
        self._check_lines()
        self._check_ticks()
        self._check_answers(before, changed)
        self._check_plan_files()

    def _check_lines(self) -> None:
        for name, lines in self.people.lines.items():
            if not self.project.path(name).exists():
                raise LineLost(f"{name} is gone")
            there = self.project.read(name).splitlines()
            for line in lines:
                if line not in there:
                    raise LineLost(f"{name} lost {line!r}")
        for file in self.project.path("").rglob("*"):
            if file.is_file() and b"<<<<<<< " in file.read_bytes():
                raise LineLost(f"{file.name} has conflict markers")
        if rejected := list(self.project.folder.rglob("*.rej")):
            raise LineLost(f"rejected: {rejected}")

    def _check_ticks(self) -> None:
        design = self.project.read("DESIGN.md")
        boxes = dict(
            re.findall(r"^\s*[-*] \[.\] <!-- id: ([^\s,]+)(.*?) -->", design, re.MULTILINE)
        )
        marks = dict(
            re.findall(r"^\s*[-*] \[(?:.)\] <!-- id: ([^\s,]+).*?-->(.*)", design, re.MULTILINE)
        )
        ticked = set(re.findall(r"^\s*[-*] \[[xX]\] <!-- id: ([^\s,]+)", design, re.MULTILINE))
        by_plan = {name for name, owner in boxes.items() if "plan" in owner}
        self.people.ticks &= set(marks)
        if lost := self.people.ticks - ticked:
            raise LineLost(f"ticks lost: {sorted(lost)}")
        if forged := ticked - self.people.ticks - by_plan:
            raise LineLost(f"ticked by nobody: {sorted(forged)}")

    def _check_answers(self, before: dict[str, Any], changed: dict[str, Any]) -> None:
        after = self.project.answers()
        ignored = {"risk_levels", "reviewers", *changed}
        if {"tables", *TICKS} & changed.keys():
            ignored.update(
                TICKS
            )  # a table that leaves, or joins another list, takes its tick along
        for name in before.keys() - ignored:
            if after.get(name) != before[name]:
                raise LineLost(f"{name} changed from {before[name]!r} to {after.get(name)!r}")

    def _check_plan_files(self) -> None:
        shutil.rmtree(self.folder / "fresh", ignore_errors=True)
        fresh = self.project.fresh_copy(self.folder / "fresh")
        # A copy over the plan keeps the document as it is, with the bullets of a formatter.
        written = self.project.read("DESIGN.md")
        design = re.sub(r"^\* (?=\[.\] <!-- id: )", "- ", written, flags=re.M)
        if design_merge.merge(fresh.read("DESIGN.md"), design).text != design:
            raise LineLost("DESIGN.md is not what a fresh copy gives, with ticks and notes")
        for name in (
            "acme_plan.py",
            "interface.py",
            "connector_spec.yaml",
            "tests/test_acme_plan.py",
        ):
            mine, theirs = self.project.path(name), fresh.path(name)
            if mine.exists() != theirs.exists():
                raise LineLost(f"{name}: there {mine.exists()}, in a fresh copy {theirs.exists()}")
            if mine.exists() and mine.read_bytes() != theirs.read_bytes():
                raise LineLost(f"{name} is not what a fresh copy gives")


def _name(table: Any) -> str:
    return str(table if isinstance(table, str) else table["name"])


def shrink(template: Path, folder: Path, steps: list[Step]) -> list[Step]:
    """The shortest history that still fails, found by leaving out one step after the other."""
    position = 0
    while position < len(steps):
        shorter = steps[:position] + steps[position + 1 :]
        if failure(template, folder, shorter):
            steps = shorter
        else:
            position += 1
    return steps


def failure(template: Path, folder: Path, steps: Sequence[Step]) -> str:
    """What goes wrong in a history; '' when nothing does."""
    shutil.rmtree(folder, ignore_errors=True)
    try:
        History(template, folder).run(steps)
    except LineLost as lost:
        return str(lost)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return ""


__all__ = ["History", "LineLost", "Step", "draw", "failure", "git", "shrink", "three_versions"]
