"""What nobody has confirmed: the origins of answers, and what becomes of them.

An answer that somebody gives is confirmed. What a run takes from elsewhere keeps its origin, until
somebody strikes it from `unconfirmed`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..answers.answer_types import Answers
from ..answers.said_of_tables import tables_of
from ..answers.tables import as_answer, fact
from ..plan.proposals import propose
from ..sources.existing import Existing
from .record import Record, mapping_of


def settled(
    record: Record,
    said: Mapping[str, object],
    origins: Mapping[str, str],
    completed: Callable[[Mapping[str, object]], tuple[Answers, Existing]],
) -> Record:
    """The record once this run has `said` what it said about the origins of answers.

    `origins` are those of what it took from elsewhere. `unconfirmed: {}` confirms that, and all
    that is known. `completed` tells what the plan makes of the answers on record.
    """
    answers = record.answers
    if said.get("unconfirmed") == {}:
        answers = _confirmed(answers, *completed(answers))
    elif origins:
        answers = {**answers, "unconfirmed": {**origins, **mapping_of("unconfirmed", answers)}}
    if answers.get("approved"):
        answers = _fixed(answers, *completed(answers))
    return record._replace(answers=answers)


def _confirmed(
    answers: Mapping[str, object], plan: Answers, existing: Existing
) -> dict[str, object]:
    """The record once all that is known counts as given: what `unconfirmed: {}` asks for.

    `plan` holds the same answers, completed.
    """
    kept = dict(answers)
    for question in plan.known:
        if question not in kept:
            kept[question] = propose(question, plan, existing).value
    entries = tables_of(kept)
    for table in plan.tables:
        for key in table.known:
            if key in existing.known.tables.get(table.name, {}):
                entries[table.name].setdefault(key, existing.known.tables[table.name][key].value)
    kept["tables"] = as_answer(entries)
    kept.pop("unconfirmed", None)
    return {name: value for name, value in kept.items() if name != "tables" or value}


CODE_STANDS_ON = ("ingestion", "primary_keys", "cursor_field")
"""Facts of a table that an approved plan records: code is written by them."""


def _fixed(answers: Mapping[str, object], plan: Answers, existing: Existing) -> dict[str, object]:
    """The record of an approved plan: what its code stands on no longer follows the knowledge.

    What is recorded so keeps its origin, and so stays known until somebody confirms it.
    """
    entries, origins = tables_of(answers), mapping_of("unconfirmed", answers)
    for table in plan.tables:
        facts = existing.known.tables.get(table.name, {})
        for key in CODE_STANDS_ON:
            if key in table.known and key not in entries[table.name]:
                entries[table.name][key] = facts[key].value
                origins[fact(table.name, key)] = facts[key].origin
    if not origins:
        return dict(answers)
    return {**answers, "tables": as_answer(entries), "unconfirmed": origins}
