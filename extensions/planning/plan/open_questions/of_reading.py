"""Open questions about how tables are read: what notes speak of and keys do not say, and limits."""

from __future__ import annotations

from collections.abc import Iterator

from ...answers import limits
from ...answers.answer_types import Answers
from ..model import OpenQuestion
from ..notes import spoken_of
from ..risks.look import CDC
from ..wording import code, detail, named


def reading_questions(answers: Answers) -> Iterator[OpenQuestion]:
    """What the figures of capacity would rest on, and nobody has said by a key."""
    # Changes are merged by a key and put in order by a cursor; there are none without them.
    if lacking := [one for one in answers.in_work if one.ingestion in CDC and one.without]:
        yield OpenQuestion(
            "changes-without-key-or-cursor",
            f"How are changes of {named([one.name for one in lacking])} to be merged? That takes a "
            "key and a cursor, and somebody said that there is none. Answer with "
            f"{detail(lacking[0], 'ingestion: snapshot')}, or name both.",
            "table_details",
            blocking=True,
        )
    for one in spoken_of(answers):
        fact = f"{one.key}: {one.value}"
        yield OpenQuestion(
            f"notes-{one.key.replace('_', '-')}-{one.table.name}",
            f'Notes of {code(one.table.name)} say "{one.said}": is that {code(fact)}? Notes change '
            f"no figure and no risk. Answer with {detail(one.table, fact)}.",
            "table_details",
        )
    in_scope = {one.name for one in answers.tables}
    if outside := [one for one in answers.tables if one.parent and one.parent not in in_scope]:
        parents = dict.fromkeys(one.parent for one in outside)
        yield OpenQuestion(
            "parents-out-of-scope",
            f"How many records has {named(parents)}? The requests of "
            f"{named([one.name for one in outside])} rest on it. Add it to {code('tables')}, with "
            f"{code('rows')}.",
            "tables",
        )
    known = sorted(limits.names(limits.of_all(answers)))
    silent = [one for one in answers.in_work if limits.of_table(answers, one) is None]
    if known and silent and answers.rate_limits:
        yield OpenQuestion(
            "limits-of-tables",
            f"Which of the limits {named(known)} holds for "
            f"{named([one.name for one in silent])}? Its time and share are unknown until then. "
            f"Answer with {detail(silent[0], f'rate_limit: {known[0]}')}.",
            "table_details",
        )
