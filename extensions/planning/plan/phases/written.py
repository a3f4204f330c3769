"""Phases as the user wrote them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ...answers.answer_types import Answers
from ...answers.naming import id_from_text
from ..model import Deliverable, Phase


def written_phases(answers: Answers) -> Iterator[Phase]:
    """One phase for each that was written. Each table belongs to the first that mentions it."""
    to_place = {table.name for table in answers.in_work}
    used: set[str] = set()
    times = Counter(text for _, texts in answers.phases for text in dict.fromkeys(texts))
    for number, (name, texts) in enumerate(answers.phases, start=answers.first_phase):
        words = dict.fromkeys(re.findall(r"\w+", " ".join((name, *texts))))
        mentioned = tuple(word for word in words if word in to_place)
        to_place.difference_update(mentioned)
        # Two phases may both end with "tests pass": a tick must not move from one to the other.
        deliverables = tuple(
            Deliverable(_unused_id(f"{name}: {text}" if times[text] > 1 else text, used), text)
            for text in texts
        )
        yield Phase(_unused_id(name, used), name, "", deliverables, mentioned, number)


def tables_without_phase(answers: Answers) -> tuple[str, ...]:
    """Tables still to build that no written phase mentions; none where nobody wrote phases."""
    if not answers.phases:
        return ()
    placed = {name for phase in written_phases(answers) for name in phase.tables}
    return tuple(table.name for table in answers.in_work if table.name not in placed)


def _unused_id(text: str, used: set[str]) -> str:
    """An id for the text; the same text a second time is told apart without a number."""
    found = id_from_text(text)
    while found in used:
        found += "-again"
    used.add(found)
    return found
