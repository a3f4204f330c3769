"""What a description says differently from the plan that was once drafted from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...answers.table_facts import FACTS
from ...answers.tables import read_entries, read_table_details
from ...terms.values import Refusal, as_items, is_empty
from .described import DescribedTable, Description, by_spelling, shown
from .names import letters, plain

COMPARED = ("primary_keys", "cursor_field", "ingestion", *FACTS)
"""Keys of a table that a change of the description can make wrong."""

QUESTIONS = ("auth_methods", "pagination", "page_size", "rate_limit", "api_version")
"""Answers for the source as a whole that a change of the description can make wrong."""


def drift(draft: Description, answers: Mapping[str, Any]) -> list[str]:
    """Sentences about what the description says now and the answers on record do not.

    What the description does not speak of, and what the answers leave open, is no drift.
    """
    described = by_spelling(draft.tables)
    entries = _recorded(answers)
    sentences: list[str] = []
    for name in QUESTIONS:
        fact, answer = draft.facts.get(name), answers.get(name)
        is_open = is_empty(answer) or answer == 0  # a number that is not known
        if fact and not is_open and _differ(answer, fact.value):
            sentences.append(_sentence(name, answer, fact.value, fact.origin))
    for name, said in entries.items():
        table = described.get(name) or described.get(plain(name))
        if table is None:
            sentences.append(f"tables.{name}: is in the plan, and not in the description any more.")
        else:
            sentences += _of_table(name, said, table)
    sentences += _new_tables(draft, entries, answers)
    return sentences


def _recorded(answers: Mapping[str, Any]) -> dict[str, dict[str, object]]:
    try:
        entries = read_entries(answers.get("tables"))
        details = read_table_details(answers.get("table_details"))
    except Refusal:
        return {}
    return {name: {**details.get(name, {}), **said} for name, said in entries.items()}


def _of_table(name: str, said: Mapping[str, object], table: DescribedTable) -> Iterator[str]:
    if table.deprecated:
        yield f"tables.{name}: is deprecated ({table.origin})."
    for key in COMPARED:
        fact = table.facts.get(key)
        if is_empty(said.get(key)):
            continue
        if fact is None:
            if key in ("cursor_field", "filter") and table.columns:
                has = f"the plan has {shown(said[key])}"
                yield f"tables.{name}.{key}: {has}; the description does not any more."
            continue
        if _differ(said[key], fact.value):
            yield _sentence(f"tables.{name}.{key}", said[key], fact.value, fact.origin)


def _new_tables(
    draft: Description, entries: Mapping[str, object], answers: Mapping[str, Any]
) -> Iterator[str]:
    """Tables that came since. A plan with few of the tables left the others out on purpose."""
    known = {plain(name) for name in entries}
    out = answers.get("out_of_scope")
    known |= {plain(str(one)) for one in (out if isinstance(out, Mapping) else as_items(out))}
    new = [table.name for table in draft.tables if plain(table.name) not in known]
    if len(new) * 2 <= len(draft.tables):
        yield from (f"tables.{name}: is in the description, and not in the plan." for name in new)


def _differ(recorded: object, described: object) -> bool:
    def plainly(value: object) -> object:
        if isinstance(value, (list, tuple)):
            return {letters(str(one)) for one in value}
        return letters(str(value)) if isinstance(value, str) else value

    if isinstance(described, list):
        recorded = as_items(recorded)
    if isinstance(described, int) and str(recorded).isdigit():
        recorded = int(str(recorded))
    return plainly(recorded) != plainly(described)


def _sentence(what: str, recorded: object, described: object, origin: str) -> str:
    return f"{what}: the plan has {shown(recorded)}, the description {shown(described)} ({origin})."
