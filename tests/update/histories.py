"""Random histories of a plan: answers change, people write, templates move on, updates run.

A history is drawn from a seed (drawing.py). Running it checks after every update that nobody lost
a line (promise.py). A history that fails is shrunk by leaving steps out. `make soak` runs many of
them, tests/update/test_histories.py a few.
"""

from __future__ import annotations

import contextlib
import re
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import copier
import promise
from copier.errors import UserMessageError
from drawing import Life, Step, draw
from planning.answers.naming import names_for
from planning.updates.ownership import SPEC, plan_files, written_by_hand
from projects import Project, clone_template, git, new_project, release
from promise import LineLost, People, snapshot

VERSIONS = ("v1.0.0", "v1.1.0", "v1.2.0")

FIRST: dict[str, Any] = {
    "tables": [{"name": "orders", "ingestion": "cdc"}, "customers", "events"],
    "created": "2026-11-24",
}
"""The plan that every history begins with."""

WRITTEN_BEFORE = """
TABLES = {
    "refunds": {"primary_keys": ["id"], "cursor_field": "at", "ingestion_type": "cdc"},
    "labels": {"primary_keys": ["name"], "ingestion_type": "snapshot"},
}


class AcmeLakeflowConnect:
    def list_tables(self):
        return list(TABLES)

    def read_table_metadata(self, table, options):
        return TABLES[table]
"""
"""The connector of a history that begins with a second phase."""

STALE = re.compile(r"(risk_decisions|connection_parameters|features|out_of_scope): ")
"""Refusals of answers that another answer has overtaken: taken on record, refused when given."""


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


def _write_a_connector(place: Path, layout: str) -> None:
    package = place / names_for("acme", layout).package
    package.mkdir(parents=True)
    (package / "acme.py").write_text(WRITTEN_BEFORE)
    git(place, "add", "-A")
    git(place, "commit", "-q", "-m", "a connector")


def _add_question(template: Path) -> dict[Path, str]:
    """Adds a question as docs/contributing/add-a-question.md says; returns the files before."""
    planning = template / "extensions" / "planning"
    steps = {
        template / "questions" / "6_plan.yml": ("", "\nreviewers:\n  type: str\n  default: ''\n"),
        planning / "answers" / "reading.py": (
            '    "owner": parse_text,\n',
            '    "reviewers": parse_text,\n',
        ),
        planning / "answers" / "answer_types.py": (
            '    owner: str = ""\n    approved',
            '    reviewers: str = ""\n',
        ),
    }
    before = {file: file.read_text() for file in steps}
    for file, (anchor, added) in steps.items():
        assert anchor in before[file], f"{file.name} has changed; adapt this step"
        text = before[file]
        file.write_text(text.replace(anchor, added + anchor, 1) if anchor else text + added)
    return before


def _reword(template: Path, version: str) -> None:
    """What a release does: other wording in the code, the document and a stub."""
    planning = template / "extensions" / "planning"
    for folder, files, words in (
        (planning / "plan" / "open_questions", "unanswered.py", "official documentation"),
        (planning / "plan" / "criteria", "of_source.py", "Every record"),
        (template / "template", "*_client.py*", "The HTTP side"),
    ):
        before = {file: file.read_text() for file in folder.rglob(files)}
        assert any(words in text for text in before.values()), f"{files} lost its words; adapt this"
        for file, text in before.items():
            file.write_text(text.replace(words, f"{words} ({version})"))


class History:
    """One repository with two connectors, and the steps that happen to one of them."""

    def __init__(self, template: Path, folder: Path, life: Life) -> None:
        self.folder = folder
        self.root = folder / "repository"
        self.people = People()
        self.version = 0
        place = self.root / life.inside
        place.mkdir(parents=True)
        git(self.root, "init", "-q", "-b", "main")
        (self.root / "README.md").write_text("Written by people.\n")
        plan = {**FIRST, "layout": life.layout, "vcs_ref": VERSIONS[0]}
        self.neighbour = new_project(template, place, connector="other", **plan)
        if life.beside:
            plan["purpose"] = "phase"
            _write_a_connector(place, life.layout)
        self.project: Project = new_project(template, place, connector="acme", **plan)
        if life.crlf:
            self._check_out_with_crlf()

    def _check_out_with_crlf(self) -> None:
        git(self.root, "config", "core.autocrlf", "true")
        for name, content in snapshot(self.root).items():
            (self.root / name).write_bytes(content.replace(b"\n", b"\r\n"))
        self.project.commit("nothing but line ends")

    def run(self, steps: Sequence[Step]) -> None:
        """Takes the steps in turn; raises `LineLost` where a promise is broken."""
        for number, step in enumerate(steps, start=1):
            try:
                getattr(self, f"_{step.kind}")(step)
            except LineLost as lost:
                raise LineLost(f"step {number}, {step}: {lost}") from None

    # What people do

    def _tick(self, step: Step) -> None:
        self._mark(step, "[ ]", "[x]", self.people.ticks.add)

    def _untick(self, step: Step) -> None:
        self._mark(step, "[x]", "[ ]", self.people.ticks.discard)

    def _mark(self, step: Step, old: str, new: str, remember: Any) -> None:
        design = self._without_notes()
        found = re.findall(rf"^\s*[-*] {re.escape(old)} <!-- id: (\S+) -->", design, re.MULTILINE)
        if found:
            name = found[step.pick % len(found)]
            self._edit_design(f"{old} <!-- id: {name} -->", f"{new} <!-- id: {name} -->")
            remember(name)
            self.project.commit(f"mark {name}")

    def _note(self, step: Step) -> None:
        section, before = self._notes(step.pick)
        self._write_notes(section, before, f"{before}{step.value}\n")

    def _rewrite(self, step: Step) -> None:
        section, before = self._notes(step.pick)
        self._write_notes(section, before, f"\n{step.value}\n\n")

    def _notes(self, pick: int) -> tuple[str, str]:
        """A section, and what its notes are now."""
        design = self.project.read("DESIGN.md").replace("\r\n", "\n")
        sections = list(dict.fromkeys(re.findall(r"<!-- end of notes: ([\w-]+) -->", design)))
        section = sections[pick % len(sections)]
        return section, self.people.notes.get(section, "\n\n")

    def _write_notes(self, section: str, before: str, after: str) -> None:
        begin, end = f"<!-- notes: {section} -->", f"<!-- end of notes: {section} -->"
        self._edit_design(f"{begin}{before}{end}", f"{begin}{after}{end}")
        self.people.notes[section] = after
        self.project.commit(f"notes of {section}")

    def _edit_design(self, old: str, new: str) -> None:
        """Edits the document as an editor does: in the line ends it has."""
        end = "\r\n" if "\r\n" in self.project.read("DESIGN.md") else "\n"
        self.project.replace("DESIGN.md", old.replace("\n", end), new.replace("\n", end))

    def _without_notes(self) -> str:
        design = self.project.read("DESIGN.md").replace("\r\n", "\n")
        for section, written in self.people.notes.items():
            design = design.replace(f"<!-- notes: {section} -->{written}", "")
        return design

    def _code(self, step: Step) -> None:
        if own := self._own_files():
            file = own[step.pick % len(own)]
            lines = "\n".join(f"# {line}" for line in str(step.value).splitlines())
            file.write_bytes(file.read_bytes() + f"\n{lines}\n".encode())
            self.project.commit(f"work on {file.name}")

    def _own_file(self, step: Step) -> None:
        name = ("helpers.py", "NOTES.md", "tests/test_more.py", "DESIGN_old.md")[step.pick % 4]
        self.project.path(name).parent.mkdir(exist_ok=True)
        self.project.write(name, str(step.value))
        self.project.commit(f"add {name}")

    def _own_spec(self, step: Step) -> None:
        if self.project.answers()["layout"] == "upstream" and self.project.path(SPEC).exists():
            lines = "\n".join(f"# {line}" for line in str(step.value).splitlines())
            self.project.write(SPEC, f"{lines}\nname: ours\n")
            self.project.commit("a spec of our own")

    def _delete(self, step: Step) -> None:
        files = [*self._own_files(), *self._plans_files()]
        files[step.pick % len(files)].unlink()
        self.project.commit("clean up")

    def _formatter(self, step: Step) -> None:
        for file in self.project.folder.rglob("*_plan.py"):
            if file in self._plans_files():
                file.write_text(file.read_text().replace('"', "'"))
        bullets = re.compile(r"^- (?=\[.\] <!-- id: )", re.MULTILINE)
        # A formatter leaves people's own lists alone here, so that notes can be told to the letter.
        text = self.project.read("DESIGN.md")
        parts = re.split(r"(?s)(<!-- notes: [\w-]+ -->.*?<!-- end of notes: [\w-]+ -->)", text)
        parts[::2] = [bullets.sub("* ", part) for part in parts[::2]]
        self.project.write("DESIGN.md", "".join(parts))
        self.project.commit("format")

    def _neighbour(self, step: Step) -> None:
        name = ("DESIGN.md", "other.py", "other_plan.py")[step.pick % 3]
        self.neighbour.write(name, self.neighbour.read(name) + "\nedited beside\n")
        self.neighbour.commit("work on the other connector")

    def _own_files(self) -> list[Path]:
        """People's files of the connector; a JSON file takes no comments."""
        shared = {self.project.path(name) for name in ("DESIGN.md", ".copier-answers.yml")}
        renewed = {*self._plans_files(), *shared}
        files = (self.root / name for name in sorted(snapshot(self.root)))
        return [
            file
            for file in files
            if "acme" in file.parts and file not in renewed and file.suffix != ".json"
        ]

    def _plans_files(self) -> list[Path]:
        names = self._names_of_the_plan_s()
        files = (self.root / name for name in sorted(snapshot(self.root)))
        return [file for file in files if "acme" in file.parts and file.name in names]

    # What happens to the plan

    def _answer(self, step: Step) -> None:
        self._update(step.value)

    _answers = _answer

    def _table(self, step: Step) -> None:
        tables, named = self.project.answers().get("tables", []), promise.table_name(step.value)
        kept = [table for table in tables if promise.table_name(table) != named]
        if len(kept) == len(tables):
            kept.insert(step.pick % (len(kept) + 1), step.value)
        if kept:
            self._update({"tables": kept})

    def _boxes(self, step: Step) -> None:
        tables = [promise.table_name(table) for table in self.project.answers().get("tables", [])]
        # The bits of a number choose: any subset, in the order of the tables.
        self._update(
            {step.value: [name for bit, name in enumerate(tables) if step.pick >> bit & 1]}
        )

    def _upgrade(self, step: Step) -> None:
        if self.version + 1 < len(VERSIONS):
            self.version += 1
            self._update({}, VERSIONS[self.version])

    def _again(self, step: Step) -> None:
        self._update({})
        self.project.update()
        if status := self.project.status():
            raise LineLost(f"a second update changed: {status}")

    def _recopy(self, step: Step) -> None:
        self._renew(step.value, lambda: self.project.recopy(**step.value))

    def _update(self, answers: dict[str, Any], version: Any = copier.VcsRef.CURRENT) -> None:
        self._renew(answers, lambda: self.project.update(version, **answers))

    def _renew(self, answers: dict[str, Any], run: Any) -> None:
        before, recorded = snapshot(self.root), self.project.answers()
        plans = [file.relative_to(self.root).as_posix() for file in self._plans_files()]
        shared = [self.project.path(name) for name in ("DESIGN.md", ".copier-answers.yml")]
        plans += [file.relative_to(self.root).as_posix() for file in shared]
        try:
            run()
        except UserMessageError:
            if not answers or snapshot(self.root) != before:
                raise
            return  # a slip of the person: nothing may have changed
        after = snapshot(self.root)
        promise.keeps_people_s_files(before, after, plans, "acme")
        promise.keeps_notes_and_ticks(self.project.read("DESIGN.md"), self.people)
        promise.keeps_answers(recorded, self.project.answers(), answers)
        self._same_as_a_fresh_copy()
        self.project.commit(f"renew {answers}")

    def _same_as_a_fresh_copy(self) -> None:
        fresh = self._fresh_copy()
        if promise.bare(self.project.read("DESIGN.md"), self.people) != promise.bare(
            fresh.read("DESIGN.md"), People()
        ):
            raise LineLost("DESIGN.md is not what a fresh copy gives")
        if self.project.read(".copier-answers.yml") != fresh.read(".copier-answers.yml"):
            raise LineLost("the answers file is not what a fresh copy gives")
        there = self._contents_of(self.project)
        if (expected := self._contents_of(fresh)) != there:
            names = {n for n in {*there, *expected} if there.get(n) != expected.get(n)}
            raise LineLost(f"not what a fresh copy gives: {sorted(names)}")

    def _contents_of(self, project: Project) -> dict[str, bytes]:
        names = self._names_of_the_plan_s()
        return {
            name: content
            for name, content in snapshot(project.folder).items()
            if "acme" in name.split("/") and name.rpartition("/")[2] in names
        }

    def _names_of_the_plan_s(self) -> set[str]:
        """The plan's files but the answers. Its first line tells whose the spec is."""
        by_hand = written_by_hand("acme", self.project.path(""))
        return set(plan_files("acme", by_hand)) - {".copier-answers.yml"}

    def _fresh_copy(self) -> Project:
        shutil.rmtree(self.folder / "fresh", ignore_errors=True)
        try:
            return self.project.fresh_copy(self.folder / "fresh")
        except UserMessageError as refusal:
            lines = [line for line in str(refusal).splitlines() if not line.startswith("  - ")]
            if not all(STALE.match(line) for line in lines):
                raise
        shutil.rmtree(self.folder / "fresh", ignore_errors=True)
        return self.project.from_record(self.folder / "fresh")


def shrink(template: Path, folder: Path, life: Life) -> Life:
    """The shortest history that still fails, found by leaving out one step after the other."""
    position = 0
    while position < len(life.steps):
        shorter = replace(life, steps=life.steps[:position] + life.steps[position + 1 :])
        if failure(template, folder, shorter):
            life = shorter
        else:
            position += 1
    return life


def failure(template: Path, folder: Path, life: Life) -> str:
    """What goes wrong in a history; '' when nothing does."""
    shutil.rmtree(folder, ignore_errors=True)
    try:
        History(template, folder, life).run(life.steps)
    except LineLost as lost:
        return str(lost)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    finally:
        with contextlib.suppress(OSError):
            shutil.rmtree(folder)
    return ""


__all__ = ["History", "draw", "failure", "shrink", "three_versions"]
