"""A connector whose code stands there already: what a plan of its next phase takes from it.

Read once, at the run that makes the plan, without executing anything. What is taken goes on record
with its origin, so that no later run needs the package. A plan beside such a package makes no code.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from .answers import PACKAGE_ANSWER
from .checks.single import refusal
from .drafting import connector
from .naming import Names
from .tables import READERS, as_answer, entries_on, fact
from .values import Refusal, is_empty, parse_list

ORIGIN = "package"
"""Origin of what the package says, until somebody confirms it."""

EARLIER = "the plan before"
"""Origin of what an earlier phase of the same plan has delivered."""

OF_THE_SOURCE = ("source_name", "auth_methods", "connection_parameters", "table_options")
"""Questions that the code of a connector answers."""


class ExistingPackage(NamedTuple):
    """What a package says: answers by question, and facts by table. Tables may be made at run time,
    and then there are none."""

    answers: Mapping[str, object]
    tables: Mapping[str, Mapping[str, object]]


class Taken(NamedTuple):
    """The answers of a run with what was taken over, and the origin of each such answer or fact."""

    said: Mapping[str, object]
    origins: Mapping[str, str]


def module_of(root: Path, names: Names) -> Path:
    """The module that makes a folder a connector."""
    return root / names.package / f"{names.connector}.py"


def read(folder: Path) -> ExistingPackage:
    """What the package in `folder` says that a plan can take. Nothing is executed."""
    said = connector.read(folder)
    answers = {
        question: said.facts[question].value
        for question in OF_THE_SOURCE
        if question in said.facts and not refusal(said.facts[question].value, question)
    }
    tables = {
        table.name: {
            key: one.value for key, one in table.facts.items() if _is_taken(key, one.value)
        }
        for table in said.tables
    }
    return ExistingPackage(answers, tables)


def _is_taken(key: str, value: object) -> bool:
    try:
        return bool(READERS[key](value))
    except Refusal:
        return False


def with_package(said: Mapping[str, object], package: ExistingPackage) -> Taken:
    """The answers of a run, with what the package says where nobody said otherwise.

    Its tables come first and count as delivered. Somebody who says which tables are delivered
    names those of the package that matter.
    """
    answers = {**package.answers, "shipped_tables": list(package.tables)}
    taken = {
        question: value
        for question, value in answers.items()
        if is_empty(said.get(question)) and not is_empty(value)
    }
    try:
        told = entries_on(said.get("tables"))
    except Refusal:
        return Taken(said, {})  # refused, in full, by the checks of the answers
    there = package.tables
    if "shipped_tables" in said:
        wanted = {*told, *parse_list(said["shipped_tables"])}
        there = {name: facts for name, facts in there.items() if name in wanted}
    entries = {name: {**facts, **told.get(name, {})} for name, facts in there.items()}
    entries |= {name: one for name, one in told.items() if name not in entries}
    origins = dict.fromkeys(taken, ORIGIN)
    for name, facts in there.items():
        own = told.get(name, {})
        origins |= {fact(name, key): ORIGIN for key in facts if key not in own}
    tables = {"tables": as_answer(entries)} if entries else {}
    return Taken({**said, **taken, **tables, PACKAGE_ANSWER: True}, origins)


def begins_a_phase(recorded: Mapping[str, object], said: Mapping[str, object]) -> bool:
    """Whether a run turns a plan into that of its next phase."""
    return said.get("purpose") == "phase" and recorded.get("purpose", "new") == "new"


def with_earlier_phase(recorded: Mapping[str, object], said: Mapping[str, object]) -> Taken:
    """The answers of a run that goes on to the next phase of a plan.

    What is on record counts as delivered, and the next number as its phase, where nobody says
    otherwise.
    """
    answers = {
        "phase": int(str(recorded.get("phase") or 1)) + 1,
        "shipped_tables": list(entries_on(recorded.get("tables"))),
    }
    taken = {name: value for name, value in answers.items() if value and is_empty(said.get(name))}
    return Taken({**said, **taken}, dict.fromkeys(taken, EARLIER))
