"""Several descriptions of one source as one, with what they contradict each other in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from .described import STATED, DescribedTable, Description, Fact, by_spelling, shown
from .names import plain

_ADD_UP = ("auth_methods", "connection_parameters", "table_options")
"""Questions whose answers of several descriptions add up; all others contradict each other."""


def merged(descriptions: Sequence[Description]) -> Description:
    """All descriptions as one: tables by name, facts by how sure they are, then in order.

    Where two disagree, the origin of the fact says what the other says.
    """
    if len(descriptions) == 1:
        return descriptions[0]
    whole = Description("several", " and ".join(one.label for one in descriptions))
    for name in dict.fromkeys(key for one in descriptions for key in one.facts):
        facts = [one.facts[name] for one in descriptions if name in one.facts]
        titles = {str(fact.value) for fact in facts if fact.grade != STATED}
        if name == "source_name" and len(titles) == len(facts) > 1:
            continue  # titles of documents about parts of the source
        whole.facts[name] = _added_up(facts) if name in _ADD_UP else _one_of(facts)
    whole.tables = [_one_table(same) for same in _same_tables(descriptions)]
    whole.tables.sort(key=lambda table: table.rank)
    whole.skipped = [f"{one.label}: {said}" for one in descriptions for said in one.skipped]
    return whole


def _same_tables(descriptions: Sequence[Description]) -> Iterable[list[DescribedTable]]:
    """The tables of all descriptions, those that are the same together: by the very name, then by
    another spelling. Two tables of one description are never the same.
    """
    groups: dict[str, list[DescribedTable]] = {}
    for one in descriptions:
        known = by_spelling(same[0] for same in groups.values())
        taken: set[str] = set()
        for table in sorted(one.tables, key=lambda table: table.name not in groups):
            found = known.get(table.name) or known.get(plain(table.name))
            if found and found.name not in taken:
                taken.add(found.name)
                groups[found.name].append(table)
            else:
                groups.setdefault(table.name, []).append(table)
    return groups.values()


def _one_table(same: Sequence[DescribedTable]) -> DescribedTable:
    first = same[0]
    if len(same) == 1:
        return first
    table = DescribedTable(first.name, first.origin, words=first.words)
    table.rank = min(one.rank for one in same)
    table.deprecated = all(one.deprecated for one in same)
    table.columns = next((one.columns for one in same if one.columns), ())
    for key in dict.fromkeys(key for one in same for key in one.facts):
        table.facts[key] = _one_of([one.facts[key] for one in same if key in one.facts])
    for one in same:
        for key, columns in one.candidates.items():
            if key not in table.facts:
                table.candidates.setdefault(key, columns)
    if "cursor_field" in table.facts and "ingestion" in table.facts:
        _agree(table, same)
    return table


def _agree(table: DescribedTable, same: Iterable[DescribedTable]) -> None:
    """Takes the ingestion of the description whose cursor was taken: a snapshot has none."""
    cursor = table.facts["cursor_field"].value
    reading = [one for one in same if "cursor_field" in one.facts]
    taken = next(one for one in reading if one.facts["cursor_field"].value == cursor)
    if "ingestion" in taken.facts:
        ordered = sorted(same, key=lambda one: one is not taken)
        facts = [one.facts["ingestion"] for one in ordered if "ingestion" in one.facts]
        table.facts["ingestion"] = _one_of(facts, in_order=True)


def _one_of(facts: Sequence[Fact], in_order: bool = False) -> Fact:
    """The surest of several facts; what differs goes into its origin."""
    best = facts[0] if in_order else min(facts, key=lambda fact: fact.grade != STATED)
    others = [fact for fact in facts if _differs(fact.value, best.value)]
    if not others:
        return best
    said = "; ".join(f"{fact.origin} says {shown(fact.value)}" for fact in others)
    return Fact(best.value, f"{best.origin}; but {said}", best.grade)


def _added_up(facts: Sequence[Fact]) -> Fact:
    values: dict[Any, Any] = {}
    for one in (one for fact in facts for one in fact.value):
        values.setdefault(one["name"] if isinstance(one, dict) else one, one)
    origins = dict.fromkeys(fact.origin for fact in facts)
    return Fact([*values.values()], "; ".join(origins), facts[0].grade)


def _differs(one: Any, other: Any) -> bool:
    if isinstance(one, list) and isinstance(other, list):
        return set(map(str, one)) != set(map(str, other))
    return bool(one != other)
