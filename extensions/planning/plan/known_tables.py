"""The tables a source is known to have: offered, ticked, or all of them taken at once."""

from __future__ import annotations

from collections.abc import Mapping

from ..answers.naming import title_of
from ..answers.tables import INGESTION_QUESTIONS, entries_on
from ..answers.ticks import NO_TABLE, TICKABLE
from ..sources.catalogue import Catalogue
from ..sources.existing import Existing
from ..terms.states import KnownFact
from ..terms.values import Refusal, parse_list
from .figures import counted
from .wording import listed

ALL = "known"
"""The answer to `tables` that takes all that are known; recorded as their names."""

QUESTION = "known_tables"
"""Ticks that become the proposed answer to `tables`; no answer of a plan."""


def existing_for(source_name: str, connector: str, catalogue: Catalogue) -> Existing:
    """What exists for a source, and what is known of it, by the names people gave it."""
    name = source_name or title_of(connector)
    existing = catalogue.look_up(name, connector)
    return existing._replace(known=catalogue.knowledge.of(existing, name, connector))


def asks_for_all(tables: object) -> bool:
    """Whether an answer to `tables` takes all that are known."""
    return tables == ALL or tables == [ALL]


def taken(answers: Mapping[str, object], catalogue: Catalogue) -> list[str]:
    """The names of all tables that are known of the source that `answers` name.

    Raises `Refusal` where nobody knows its tables.
    """
    source = str(answers.get("source_name") or "")
    connector = str(answers.get("connector") or "")
    known = existing_for(source, connector, catalogue).known
    if not known.tables:
        name = source or title_of(connector)
        raise Refusal(f"nobody knows the tables of {name}; name them, as in [orders].")
    return list(known.tables)


def offered(existing: Existing) -> bool:
    """Whether there are tables to tick, and few enough."""
    return 0 < len(existing.known.tables) <= TICKABLE


def with_known(record: Mapping[str, object], existing: Existing) -> object:
    """The tables on record, where those whose ingestion is known say so: no list offers them.

    But for those that somebody ticked: what is given counts, and Copier wants a box for a tick.
    """
    known, tables = existing.known.tables, record.get("tables")
    if not known:
        return tables
    ticked = {name for question in INGESTION_QUESTIONS for name in parse_list(record.get(question))}
    return [
        {"name": name, "ingestion": known[name]["ingestion"].value, **said}
        if "ingestion" in known.get(name, {}) and name not in ticked
        else {"name": name, **said}
        for name, said in entries_on(tables).items()
    ]


def without(existing: Existing, names: object) -> Existing:
    """What is known, without the tables of these names."""
    delivered = parse_list(names)
    left = {name: said for name, said in existing.known.tables.items() if name not in delivered}
    return existing._replace(known=existing.known._replace(tables=left))


def choices(existing: Existing) -> dict[str, str]:
    """Label -> table, with what is known of each."""
    if not offered(existing):
        return {NO_TABLE: NO_TABLE}
    tables = existing.known.tables.items()
    return {" - ".join(filter(None, (name, _said(facts)))): name for name, facts in tables}


def introduced(existing: Existing) -> str:
    """Who knows how many tables; '' where nobody does."""
    known = existing.known
    if not known.tables:
        return ""
    facts = (fact for table in known.tables.values() for fact in table.values())
    who = dict.fromkeys(fact.who for fact in facts)
    return (
        f"{counted(len(known.tables), 'table')} of {known.name} are known from {listed(list(who))}."
    )


def _said(facts: Mapping[str, KnownFact]) -> str:
    """`cdc, key id, cursor updated_at, under orders`. What is read whole has no use for the cursor
    that another reads it by."""
    parts = []
    whole = "ingestion" in facts and facts["ingestion"].value == "snapshot"
    words = {"ingestion": "", "primary_keys": "key ", "cursor_field": "cursor ", "parent": "under "}
    for key, before in words.items():
        told = key in facts and not (whole and key == "cursor_field")
        value = facts[key].value if told else ""
        shown = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        parts += [f"{before}{shown}"] if shown else []
    return ", ".join(parts)
