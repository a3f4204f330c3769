"""The checkboxes about tables: which tables a list offers, and which ticks stay.

A list offers the tables that do not say `ingestion` or `priority` themselves and that no earlier
list has taken. What is newly said counts: a table given for a later list leaves the earlier ones.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..terms.values import Refusal, parse_list
from .reading import PACKAGE_ANSWER
from .tables import TICKED, table_names

TICKABLE = 100
"""Most boxes a list shows. Nobody ticks a hundred boxes in a terminal one by one, and Copier takes
time by the square of their number; `tables` and `table_details` say the same without boxes."""

NO_TABLE = ""
"""The only box of a list that has none. Nobody sees it: such a list is not asked."""

_FAMILIES = {
    **{question: (key, tuple(family)) for key, family in TICKED.items() for question in family},
    "shipped_tables": ("", ("shipped_tables",)),
}
"""List -> the key of a table that makes its box needless, and the lists that share the tables."""


def boxes(question: str, answers: Mapping[str, object], given: Mapping[str, object]) -> list[str]:
    """The tables that a list offers.

    `answers` are all answers so far, those on record included, with all that is said of a table in
    `tables`; `given` are those that came as data.
    Where the tables are too many to tick, a list offers only those that are ticked already. It is
    never empty: Copier holds ticks on record against the boxes only where there are any.
    """
    free = _free(question, answers, given)
    if len(free) <= TICKABLE:
        return free or [NO_TABLE]
    ticked = set(_names(answers.get(question)))
    return [name for name in free if name in ticked] or [NO_TABLE]


def worth_asking(question: str, answers: Mapping[str, object], given: Mapping[str, object]) -> bool:
    """Whether a list has boxes, and few enough to tick."""
    return 0 < len(_free(question, answers, given)) <= TICKABLE


def still_ticked(
    question: str, answers: Mapping[str, object], given: Mapping[str, object]
) -> list[str] | None:
    """What is left of the ticks on record once tables have come and gone.

    Without any, `p0_tables` has all tables ticked that `p1_tables` does not name. Where they are
    too many, it has no answer at all (None), which means the same.
    """
    free = _free(question, answers, given)
    if question in answers:
        ticked = set(_names(answers[question]))
        return [name for name in free if name in ticked]
    if question == "p0_tables":
        others = _names(answers.get("p1_tables"))
        return [name for name in free if name not in others] if len(free) <= TICKABLE else None
    return []


def _free(question: str, answers: Mapping[str, object], given: Mapping[str, object]) -> list[str]:
    key, family = _FAMILIES[question]
    place = family.index(question)
    taken: set[str] = set()
    for other in family[:place]:
        taken.update(_names(answers.get(other)))
    for other in family[place + 1 :]:
        taken.update(_names(given.get(other)))
    if answers.get(PACKAGE_ANSWER) and question != "shipped_tables":
        taken.update(_names(answers.get("shipped_tables")))  # its code has answered for them
    return [name for name in table_names(answers.get("tables"), key) if name not in taken]


def _names(value: object) -> tuple[str, ...]:
    try:
        return parse_list(value)
    except Refusal:
        return ()
