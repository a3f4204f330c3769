"""Phases of a connector that gets built: the riskiest first, then P0, P1 and P2.

The first phase answers the worst risks by trying and brings one table the whole way. Each phase
after it carries tables of one priority.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from ...answers.answer_types import Answers, Table
from ...terms.vocabulary import PRIORITIES
from ..auth import name_of
from ..figures import counted
from ..model import Criterion, Deliverable, Phase, Risk
from ..wording import code, listed, named, source_of, tested_on
from .merge import asked_early, before_the_merge
from .order import ids_needed, in_order, riskiest
from .trials import to_try, trials, worst_undecided

TABLES_PER_PHASE = 10
"""Most tables of a phase. Upstream, 16 of 21 connectors that list their tables by hand have no
more than 10 in all (median 9; f9c88869, 2026-08-18): a phase is no bigger than a whole
connector."""

DISCOVERED_TABLES_PER_PHASE = 40
"""The same where the source tells its fields: the tables share their code and only have to be
checked. The longest list that an upstream connector keeps by hand holds 39."""

CLIENT_CRITERIA = ("rate-limit", "retry-after-429", "retry-after-5xx", "timeouts")

PURPOSES_OF_PRIORITIES = {
    "P0": "Without this phase {version} is of no use.",
    "P1": "Wanted in {version}, once P0 is there.",
    "P2": "Nice to have: may move to a later version.",
}

Reads = Mapping[str, Deliverable]


def tables_per_phase(answers: Answers) -> int:
    """Most tables that one phase of this plan carries."""
    discovered = "schema_discovery" in answers.features
    return DISCOVERED_TABLES_PER_PHASE if discovered else TABLES_PER_PHASE


def build_phases(
    answers: Answers, risks: Sequence[Risk], criteria: Sequence[Criterion]
) -> list[Phase]:
    """The phases of a new connector, or of a later phase of one that exists."""
    tables = in_order(answers, risks)
    size = tables_per_phase(answers)
    reads = _reads(answers, tables, criteria)
    if answers.purpose == "phase":
        first = tables[:size]
        start = _first_of_later_phase(first, risks, reads)
    else:
        pilot = riskiest(answers, risks)
        # Before it come those whose ids it needs.
        first = tables[: tables.index(pilot) + 1] if pilot else []
        start = _foundation(answers, first, risks, criteria, reads)
    phases = [start]
    for priority in PRIORITIES:
        group = [one for one in tables[len(first) :] if one.priority == priority]
        for begin in range(0, len(group), size):
            chunk = group[begin : begin + size]
            phases.append(_table_phase(answers, chunk, group, reads))
    numbered = enumerate(phases, start=answers.first_phase)
    return _closed(answers, [one._replace(number=number) for number, one in numbered])


def _foundation(
    answers: Answers,
    first: Sequence[Table],
    risks: Sequence[Risk],
    criteria: Sequence[Criterion],
    reads: Reads,
) -> Phase:
    tried = _tried(risks)
    goal = [f"Tries {tried} before anything is built."] if tried else []
    if not first:
        goal.append("Lays what all tables need.")
    else:
        *parents, pilot = first
        needed = [table.name for table in parents]
        after = f", after {named(needed)}, whose ids it needs" if needed else ""
        goal.append(f"Brings {code(pilot.name)} the whole way{after}: {_why(pilot, risks)}.")
    names = tuple(table.name for table in first)
    return Phase(
        "foundation",
        "Foundation and first table",
        " ".join(goal),
        (*trials(risks), *_ground(answers, criteria), *(reads[name] for name in names)),
        names,
    )


def _tried(risks: Sequence[Risk]) -> str:
    number, all_of_them = len(to_try(risks)), len(worst_undecided(risks))
    if number < all_of_them:
        return f"{'one' if number == 1 else number} of the worst undecided risks"
    several = f"the {number} worst undecided risks" if number > 1 else "the worst undecided risk"
    return several if number else ""


def _why(pilot: Table, risks: Sequence[Risk]) -> str:
    for risk in risks:
        if pilot.name in risk.tables and not risk.settled:
            return f"a {risk.severity} risk names it ({risk.title})"
    return f"no {pilot.priority} table is harder to read ({pilot.ingestion})"


def _first_of_later_phase(first: Sequence[Table], risks: Sequence[Risk], reads: Reads) -> Phase:
    names = tuple(table.name for table in first)
    tried = f", after trying {_tried(risks)}" if to_try(risks) else ""
    return Phase(
        "new-tables",
        listed(names, 3) or "Hardening",
        f"{counted(len(names), 'table')}: {named(names)} beside those that are shipped{tried}."
        if names
        else f"Brings no new table{tried}: what is shipped is put right.",
        (*trials(risks), *(reads[name] for name in names)),
        names,
    )


def _ground(answers: Answers, criteria: Sequence[Criterion]) -> Iterator[Deliverable]:
    source = source_of(answers)
    if answers.recommendation == "extend":
        yield Deliverable(
            "existing-read",
            "The connector that exists is read: which tables it has, and what of its client and "
            "tests is taken over. Section 3 lists only what it lacks.",
        )
    if not answers.auth_methods:
        yield Deliverable(
            "auth-methods", f"A request to {source} is answered, with a method still to be chosen."
        )
    for method in answers.auth_methods:
        refused = "" if method == "none" else ", and one with a wrong secret is refused"
        called = name_of(method, answers).partition(" (")[0]  # section 3 has an example
        yield Deliverable(
            f"auth-{method.replace('_', '-')}",
            f"{called}: a request is answered by {source}{refused}.",
        )
    if tests := [one.test for one in criteria if one.id in CLIENT_CRITERIA and one.test]:
        yield Deliverable("client", f"The client passes its {counted(len(tests), 'test')}.")
    if answers.dependencies:
        yield Deliverable(
            "dependencies",
            f"{named(answers.dependencies)} installed and imported on the "
            "runtime the connector is meant for.",
        )
    yield from asked_early(answers)


def _table_phase(
    answers: Answers, chunk: Sequence[Table], group: Sequence[Table], reads: Reads
) -> Phase:
    names = tuple(table.name for table in chunk)
    priority = chunk[0].priority
    whole = len(chunk) == len(group)
    opens = chunk[0] is group[0]
    size = tables_per_phase(answers)
    purpose = PURPOSES_OF_PRIORITIES[priority].format(version=answers.version)
    split = "" if whole else f" What is {priority} comes in phases of {size} tables at most."
    return Phase(
        f"{priority.lower()}-tables" if opens else f"{priority.lower()}-from-{names[0]}",
        f"{priority} tables" if whole else f"{priority} tables from {names[0]} to {names[-1]}",
        f"{counted(len(names), 'table')}. {purpose}{split}",
        tuple(reads[name] for name in names),
        names,
    )


def _reads(
    answers: Answers, tables: Sequence[Table], criteria: Sequence[Criterion]
) -> dict[str, Deliverable]:
    """Table -> the deliverable that brings it, with the number of its own tests."""
    tests = Counter(one.tables[0] for one in criteria if one.test.endswith("]"))
    needed = ids_needed(answers)
    reads = {}
    for table in tables:
        number, parents = tests[table.name], needed[table.name]
        proof = "its test passes" if number == 1 else f"its {number} tests pass"
        after = f" (read with the ids of {named(parents)})" if parents else ""
        text = f"{_what_arrives(table)}; {proof}{after}."
        reads[table.name] = Deliverable(f"read-{table.name}", text)
    return reads


def _what_arrives(table: Table) -> str:
    name = code(table.name)
    return {
        "snapshot": f"{name} arrives in full with every sync",
        "append": f"New records of {name} arrive",
        "cdc": f"New and changed records of {name} arrive",
        "cdc_with_deletes": f"New, changed and deleted records of {name} arrive",
    }[table.ingestion]


def _closed(answers: Answers, phases: list[Phase]) -> list[Phase]:
    """The phases with what ends the work, in the last one that this version cannot do without."""
    needed = {table.name for table in answers.tables if table.priority != "P2"}
    places = [place for place, phase in enumerate(phases) if needed.intersection(phase.tables)]
    last = places[-1] if places else len(phases) - 1
    closing = (
        Deliverable(
            "first-load",
            f"The first full load has run: every table so far counts as many records as in "
            f"{source_of(answers)}.",
        ),
        Deliverable(
            "acceptance",
            f"The generic test suite passes against {tested_on(answers)}, and every Must Have of "
            "section 5 is ticked.",
        ),
        *before_the_merge(answers),
    )
    phases[last] = phases[last]._replace(deliverables=(*phases[last].deliverables, *closing))
    return phases
