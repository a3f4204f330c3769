"""A connector whose code stands there already: what a plan of its next phase takes from it.

Read once, at the run that makes the plan, without executing anything. What is taken goes on record
with its origin, so that no later run needs the package. A plan beside such a package makes no code.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from ..answers.checks.single import refusal
from ..answers.reading import PACKAGE_ANSWER, PACKAGE_ORIGIN, PHASE_AFTER_A_PACKAGE
from ..answers.said_of_tables import tables_of
from ..answers.tables import READERS, as_answer, entries_on, fact
from ..plan.wording import listed
from ..terms.values import Refusal, is_empty, parse_list, parse_whole_number

EARLIER = "the plan before"
"""Origin of what an earlier phase of the same plan has delivered."""

OF_THE_SOURCE = tuple("source_name auth_methods oauth connection_parameters table_options".split())
"""Questions that the code of a connector answers."""


class ExistingPackage(NamedTuple):
    """What a package says: answers by question, and facts by table. Tables may be made at run time,
    and then there are none."""

    answers: Mapping[str, object]
    tables: Mapping[str, Mapping[str, object]]


class Taken(NamedTuple):
    """Answers that were taken over, and the origin of each such answer or fact."""

    answers: Mapping[str, object]
    origins: Mapping[str, str]


def read(folder: Path) -> ExistingPackage:
    """What the package in `folder` says that a plan can take. Nothing is executed.

    Raises `Refusal` where its spec cannot be read.
    """
    from ..sources.drafting import connector
    from ..sources.drafting.described import Unreadable

    try:
        said = connector.read(folder)
    except Unreadable as problem:
        raise Refusal(f"{folder.name}: {problem} Put it right first: the plan reads it.") from None
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


def in_words(delivered: object) -> str:
    """What the package delivers, as a sentence for the question after the tables."""
    names = parse_list(delivered)
    if not names:
        return "The code makes its tables when it runs: name those that are new."
    return f"Delivered already, so name those that are new: {listed(names)}."


def from_package(package: ExistingPackage, said: Mapping[str, object]) -> Taken:
    """What a plan takes from the package where nobody said otherwise.

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
        return Taken({}, {})  # refused, in full, by the checks of the answers
    there = package.tables
    if "shipped_tables" in said:
        wanted = {*told, *parse_list(said["shipped_tables"])}
        there = {name: facts for name, facts in there.items() if name in wanted}
    entries = {name: {**facts, **told.get(name, {})} for name, facts in there.items()}
    entries |= {name: one for name, one in told.items() if name not in entries}
    origins = dict.fromkeys(taken, PACKAGE_ORIGIN)
    for name, facts in there.items():
        own = told.get(name, {})
        origins |= {fact(name, key): PACKAGE_ORIGIN for key in facts if key not in own}
    tables = {"tables": as_answer(entries)} if entries else {}
    return Taken({**taken, **tables, PACKAGE_ANSWER: True}, origins)


def with_delivered(recorded: Mapping[str, object], said: Mapping[str, object]) -> object:
    """The answer to `tables` with those on record that the package delivers: nobody types them."""
    try:
        named, delivered = entries_on(said["tables"]), parse_list(recorded.get("shipped_tables"))
    except Refusal:
        return said["tables"]  # refused, in full, by the checks of the answers
    if "shipped_tables" in said:
        return said["tables"]
    return as_answer({**{name: {} for name in delivered}, **named})


def begins_a_phase(recorded: Mapping[str, object], said: Mapping[str, object]) -> bool:
    """Whether a run turns a plan into that of its next phase: by its purpose, or by its number."""
    if recorded.get("purpose") == "phase" == {**recorded, **said}["purpose"]:
        return _phase_of(said) > _phase_of(recorded)
    return said.get("purpose") == "phase" and recorded.get("purpose", "new") == "new"


def from_earlier_phase(recorded: Mapping[str, object], said: Mapping[str, object]) -> Taken:
    """What a run that goes on to the next phase of a plan takes from the phase before.

    The tables on record count as delivered and stay in the plan, and the phase has the next number,
    where nobody says otherwise.
    """
    try:
        named, delivered = entries_on(said.get("tables")), list(tables_of(recorded))
    except Refusal:
        return Taken({}, {})  # refused, in full, by the checks of the answers
    answers = {"phase": _phase_of(recorded) + 1, "shipped_tables": delivered}
    taken = {name: value for name, value in answers.items() if value and is_empty(said.get(name))}
    origins = dict.fromkeys(taken, EARLIER)
    if named and "shipped_tables" in taken:
        taken["tables"] = as_answer({**{name: {} for name in delivered}, **named})
    return Taken(taken, origins)


def _phase_of(answers: Mapping[str, object]) -> int:
    """The phase that answers are about, said or proposed; no number is refused elsewhere."""
    proposed = PHASE_AFTER_A_PACKAGE if answers.get(PACKAGE_ANSWER) else 1
    try:
        return parse_whole_number(answers.get("phase")) or proposed
    except Refusal:
        return proposed
