"""What an update promises, held against a repository before and after.

Knows nothing of how the template keeps the promise: it reads boxes and notes by itself, and takes
what the plan wrote from a fresh copy.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from drawing import INGESTION_TICKS, PRIORITY_TICKS, TICKS

_NOTES = re.compile(r"<!-- notes: ([\w-]+) -->(.*?)<!-- end of notes: \1 -->", re.DOTALL)
_MOVED = re.compile(r"\nNotes of a section that this document no longer has \(`[\w-]+`\):\n\n(?=<)")
_BOX = re.compile(r"^\s*[-*] \[(.)\] <!-- id: ([^\s,]+)(, plan)?(?: and you)? -->", re.MULTILINE)
_CONFLICT = re.compile(rb"^(<<<<<<< before updating|>>>>>>> after updating)", re.MULTILINE)


class LineLost(AssertionError):
    """The promise is broken."""


@dataclass
class People:
    """What people have done to the document so far: notes by section, and ids they have ticked."""

    notes: dict[str, str] = field(default_factory=dict)
    ticks: set[str] = field(default_factory=set)


def snapshot(root: Path) -> dict[str, bytes]:
    """Every file of a repository, by its path."""
    files = (file for file in root.rglob("*") if file.is_file())
    return {
        file.relative_to(root).as_posix(): file.read_bytes()
        for file in files
        if ".git" not in file.relative_to(root).parts
    }


def keeps_people_s_files(
    before: Mapping[str, bytes], after: Mapping[str, bytes], renewed: Iterable[str], home: str
) -> None:
    """Only the files in `renewed` may change or go; new ones may come in folders named `home`."""
    for name in before.keys() - set(renewed):
        if name not in after:
            raise LineLost(f"{name} is gone")
        if after[name] != before[name]:
            raise LineLost(f"{name} was changed")
    for name in after.keys() - before.keys():
        if home not in name.split("/"):
            raise LineLost(f"{name} has nothing to do with the plan")
    for name, content in after.items():
        if _CONFLICT.search(content) or name.endswith((".rej", ".orig")):
            raise LineLost(f"{name} has a conflict")


def keeps_notes_and_ticks(design: str, people: People) -> None:
    """Notes stand to the letter; what people ticked is ticked, as long as its line is there."""
    design = design.replace("\r\n", "\n")
    for section, written in people.notes.items():
        block = f"<!-- notes: {section} -->{written}<!-- end of notes: {section} -->"
        if design.count(block) != 1:
            raise LineLost(f"the notes of {section} are not what people wrote: {written!r}")
        design = design.replace(block, "")
    marks = {name: mark for mark, name, _ in _BOX.findall(design)}
    people.ticks &= marks.keys()
    if lost := [name for name in sorted(people.ticks) if marks[name] not in "xX"]:
        raise LineLost(f"ticks lost: {lost}")
    planned = {name for _, name, plan in _BOX.findall(design) if plan}
    if forged := {n for n, mark in marks.items() if mark in "xX"} - people.ticks - planned:
        raise LineLost(f"ticked by nobody: {sorted(forged)}")


def bare(design: str, people: People) -> str:
    """The document without what people did: the notes, the ticks, a formatter's bullets."""
    design = design.replace("\r\n", "\n")
    for section, written in people.notes.items():
        block = f"<!-- notes: {section} -->{written}<!-- end of notes: {section} -->"
        empty = f"<!-- notes: {section} -->\n\n<!-- end of notes: {section} -->"
        moved = f"\nNotes of a section that this document no longer has (`{section}`):\n\n{block}\n"
        design = design.replace(moved, "").replace(block, empty)
    return _BOX.sub(lambda box: f"- [ ] <!-- id: {box[2]}{box[3] or ''} -->", design)


def keeps_answers(
    before: Mapping[str, Any], after: Mapping[str, Any], changed: Mapping[str, Any]
) -> None:
    """No answer changes that was not asked to; a tick goes only with its meaning."""
    for name in before.keys() - changed.keys() - {*MERGED, *BESIDE}:
        if name in TICKS:
            _keeps_ticks(name, before[name], after)
        elif not _same(after.get(name), before[name]):
            raise LineLost(f"{name} changed from {before[name]!r} to {after.get(name)!r}")
    for name, value in changed.items():
        if name not in {*TICKS, *MERGED} and not _same(after.get(name), value):
            raise LineLost(f"{name} was given as {value!r} and is {after.get(name)!r}")
    _keeps_tables(before, after, changed)
    _keeps_decisions(before, after, changed)


MERGED = ("tables", "table_details", "risk_decisions", "unconfirmed")
"""Answers that are added to what is on record."""

BESIDE = ("risk_levels", "approved_on", "approved_plan", "reviewers")
"""What the plan itself writes, and a question that only one of the releases has."""


def _keeps_tables(
    before: Mapping[str, Any], after: Mapping[str, Any], changed: Mapping[str, Any]
) -> None:
    """What is said of a table is what was said last, key by key."""
    details = changed.get("table_details") or {}
    entries = _entries(before)
    given = changed.get("tables")
    wanted: dict[str, dict[str, Any]] = {}
    for table in before.get("tables", []) if given is None else given:
        name = table_name(table)
        whole = given is not None and isinstance(table, dict)
        told = dict(table) if whole else {"name": name, **entries.get(name, {})}
        told.update(details.get(name, {}))
        wanted[name] = {key: fact for key, fact in told.items() if fact is not None}
    if _entries(after) != wanted and wanted:
        raise LineLost(f"tables are {_entries(after)} instead of {wanted}")


def _entries(answers: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        table_name(table): dict(table) if isinstance(table, dict) else {"name": table}
        for table in answers.get("tables", [])
    }


def _keeps_decisions(
    before: Mapping[str, Any], after: Mapping[str, Any], changed: Mapping[str, Any]
) -> None:
    if "risk_decisions" in changed and changed["risk_decisions"] is None:
        return
    wanted = {risk: dict(said) for risk, said in (before.get("risk_decisions") or {}).items()}
    for risk, said in (changed.get("risk_decisions") or {}).items():
        wanted[risk] = {**wanted.get(risk, {}), **said}
    if (after.get("risk_decisions") or {}) != wanted:
        raise LineLost(f"decisions are {after.get('risk_decisions')} instead of {wanted}")


def _same(recorded: Any, given: Any) -> bool:
    """Whether an answer is on record as it was given; nothing said has several forms."""
    nothing = given == "unknown" or not given
    return recorded == given or (nothing and not (recorded and recorded != "unknown"))


def _keeps_ticks(question: str, before: Any, after: Mapping[str, Any]) -> None:
    now = after.get(question) or []
    if added := [name for name in now if name not in before]:
        raise LineLost(f"{question} has {added}, which nobody ticked")
    family = INGESTION_TICKS if question in INGESTION_TICKS else PRIORITY_TICKS
    key = "ingestion" if question in INGESTION_TICKS else "priority"
    entries = {table_name(table): table for table in after.get("tables", [])}
    for name in before:
        if name in now or name not in entries:
            continue
        entry = entries[name] if isinstance(entries[name], dict) else {}
        elsewhere = any(name in (after.get(other) or []) for other in family if other != question)
        if question == "shipped_tables" or not (key in entry or elsewhere):
            raise LineLost(f"{question} lost {name}")


def table_name(table: Any) -> str:
    """The name of an entry of `tables`."""
    return str(table if isinstance(table, str) else table["name"])
