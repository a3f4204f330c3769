"""What goes on record: the answers that were given, those of this run merged into those before.

Nothing else is recorded. A proposal that nobody contradicted follows the plan, so the same answers
make the same record, whether they were given in one run or in ten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from ..answers.answer_types import FIELDS, Answers
from ..answers.checks.shapes import CHOICES, FLAGS, NUMBERS, QUESTIONS, TICKS, recorded_as, shaped
from ..answers.reading import BESIDE, DATE_ANSWER, LEVELS_ANSWER, PLAN_ANSWER, READERS
from ..answers.said_of_tables import merged_tables, tables_of
from ..answers.tables import TABLE_LISTS, TICKED, Entries, as_answer, entries_on, fact
from ..plan.model import Plan
from ..terms.values import Refusal, is_empty, parse_list, shown
from .answers_file import OneLine

EDITION = 2
"""Edition of the answers file. The first recorded every default; this one what was given."""

ALWAYS = ("connector", "layout", "created")
"""Recorded whoever answered them: another name or place is another plan, and a plan keeps its day.
"""

SAYS_NONE = frozenset({"features", "p0_tables", "third_party_connectors"})
"""Questions whose empty list is an answer: that there is none."""


class Record(NamedTuple):
    """The answers that go on record, and `lost`: a sentence for each that has left it."""

    answers: dict[str, object]
    lost: tuple[str, ...] = ()


def merged(
    recorded: Mapping[str, object],
    said: Mapping[str, object],
    *,
    proposes: Callable[[str], bool] = lambda question: False,
    today: str = "",
) -> Record:
    """The answers on record once this run has `said` what it said.

    Both hold answers that can be read. `proposes` tells whether something is known or proposed
    where a question has no answer: only there an empty answer says something, namely "not that".
    `today` dates an approval that is newly given.
    """
    known = (*QUESTIONS, *BESIDE)
    answers = {name: value for name, value in {**recorded, **said}.items() if name in known}
    before, entries = tables_of(recorded), merged_tables(recorded, said)
    answers["tables"] = as_answer(entries)
    answers.update(_lists(answers, said, entries))
    answers["risk_decisions"] = _decisions(recorded, said)
    answers["unconfirmed"] = _unconfirmed(answers, said, entries)
    answers.pop("table_details", None)
    if said.get("approved") and DATE_ANSWER not in said:
        answers |= {DATE_ANSWER: today, PLAN_ANSWER: None}
    kept = {
        question: value
        for question, value in answers.items()
        if not _says_nothing(question, value)
        or (question in SAYS_NONE and value == [])
        or question == DATE_ANSWER  # empty for an approval of the first edition, without a day
        or (question not in _PUT_TOGETHER and proposes(question))
    }
    if not kept.get("approved"):
        kept.pop(DATE_ANSWER, None)
        kept.pop(PLAN_ANSWER, None)
    lost = (*_lost_facts(before, entries), *_lost_ticks(recorded, before, entries))
    return Record(recorded_as(kept), lost)


def _says_nothing(question: str, value: object) -> bool:
    """Whether an answer says that nobody knows; a choice may have a word for it, a number 0."""
    if question in CHOICES:
        return is_empty(value) or value == "unknown"
    return is_empty(value) or (question in NUMBERS | FLAGS and not value)


_PUT_TOGETHER = frozenset(
    {"tables", *TABLE_LISTS, "shipped_tables", "risk_decisions", "unconfirmed", *BESIDE}
)
"""Answers that are put together from several; an empty one says nothing."""


def ticks_with_boxes(
    recorded: Mapping[str, object], given: Mapping[str, object]
) -> dict[str, list[str]]:
    """The checkbox lists in `given` without tables that say the same themselves.

    Copier has no box for those, and refuses a tick without one.
    """
    if not any(isinstance(given.get(question), list) for question in TABLE_LISTS):
        return {}
    lists = dict(_lists(given, given, merged_tables(recorded, given)))
    return {
        question: list(parse_list(left))
        for question, left in lists.items()
        if question in TABLE_LISTS
    }


def _lists(
    answers: Mapping[str, object], said: Mapping[str, object], entries: Entries
) -> Iterator[tuple[str, object]]:
    """The checkbox lists, without tables that are gone, say it themselves or have moved on."""
    for key, family in TICKED.items():
        moved = {name: question for question in family for name in parse_list(said.get(question))}
        silent = [name for name, told in entries.items() if is_empty(told.get(key))]
        for question in [one for one in family if one in answers]:
            named = parse_list(answers[question])
            left = [
                name for name in named if name in silent and moved.get(name, question) == question
            ]
            # A list that has lost all its tables does not say that there are none.
            yield question, left if left or not named else ""
    if "shipped_tables" in answers:
        shipped = parse_list(answers["shipped_tables"])
        yield "shipped_tables", [name for name in shipped if name in entries]


def _decisions(recorded: Mapping[str, object], said: Mapping[str, object]) -> dict[str, object]:
    """Decisions on risks, merged by risk and by key; null takes back what it is said for."""
    decisions = mapping_of("risk_decisions", recorded)
    for risk, told in mapping_of("risk_decisions", said).items():
        old = decisions.get(risk)
        whole = {**(old if isinstance(old, Mapping) else {}), **(told or {})}  # type: ignore[dict-item]
        decisions[risk] = {key: value for key, value in whole.items() if value is not None}
        if told is None or not decisions[risk]:
            del decisions[risk]
    return decisions


def mapping_of(question: str, answers: Mapping[str, object]) -> dict[str, object]:
    """A copy of the answer to a question that is answered by a mapping, however it is written."""
    value = answers.get(question)
    value = shaped(question, value) if isinstance(value, str) and value else value
    return dict(value) if isinstance(value, Mapping) else {}


def _unconfirmed(
    answers: Mapping[str, object], said: Mapping[str, object], entries: Entries
) -> dict[str, object]:
    """Where answers are from that nobody has confirmed. An answer given without it is confirmed."""
    origins = mapping_of("unconfirmed", answers)
    if "unconfirmed" not in said:
        for name in [*said, *_facts_said(said)]:
            origins.pop(name, None)
    there = {fact(name, key) for name, told in entries.items() for key in told}
    there |= {one for one in READERS if not _says_nothing(one, answers.get(one))}
    return {name: origin for name, origin in origins.items() if name in there}


def _facts_said(said: Mapping[str, object]) -> Iterator[str]:
    """The facts of tables that a run said, by the names that `unconfirmed` has for them."""
    for name, told in entries_on(said.get("tables")).items():
        yield from (fact(name, key) for key in told)
    for name, details in mapping_of("table_details", said).items():
        if isinstance(details, Mapping):
            yield from (fact(str(name), str(key)) for key in details)


def _lost_facts(before: Entries, entries: Entries) -> Iterator[str]:
    for name, told in before.items():
        if name not in entries and told:
            yield f"{name} left the plan, and with it {shown_facts(told)}"
            continue
        gone = {key: value for key, value in told.items() if key not in entries.get(name, told)}
        if gone:
            yield f"{name} no longer says {shown_facts(gone)}"


def _lost_ticks(recorded: Mapping[str, object], before: Entries, entries: Entries) -> Iterator[str]:
    for question in (*TABLE_LISTS, "shipped_tables"):
        was = parse_list(recorded.get(question))
        gone = [name for name in was if name in before and name not in entries]
        if gone:
            yield f"{question} no longer names {', '.join(gone)}"


def shown_facts(told: Mapping[str, object]) -> str:
    """Facts of a table as they can be given again."""
    return "{" + ", ".join(f"{key}: {_flow(value)}" for key, value in told.items()) + "}"


def _flow(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(str, value))}]"
    return shown(value) if isinstance(value, str) and " " in value else str(value)


def same(question: str, one: object, other: object) -> bool:
    """Whether two answers to a question say the same, however they are written."""
    if one == other:
        return True
    try:
        if question in (*TABLE_LISTS, "shipped_tables"):
            return set(parse_list(one)) == set(parse_list(other))
        if question == "tables":
            return entries_on(one) == entries_on(other)
        reader = READERS.get(question)
        if reader is None or is_empty(one) or is_empty(other):
            return is_empty(one) and is_empty(other)
        return bool(reader(one) == reader(other))
    except Refusal:
        return False


def leaves_standing(question: str, value: object) -> bool:
    """Whether a prompt was left empty that shows a number beside it: 0 takes a number back.

    Or one was left that offers choices, without any: Esc and Enter end a prompt of several lines,
    and whoever presses them here has ticked nothing off.
    """
    return (question in NUMBERS and is_empty(value)) or (
        question in CHOICES | TICKS and value == ""
    )


def to_prompt(recorded: Mapping[str, object]) -> dict[str, object]:
    """The answers on record as prompts show them.

    Numbers are left out: what is typed would go on from one, 200 after 150 as 150200. Of lists,
    each item takes one line.
    """
    return {
        question: [OneLine(one) if isinstance(one, Mapping) else one for one in value]
        if isinstance(value, list)
        else value
        for question, value in recorded.items()
        if question not in NUMBERS
    }


def is_accepted(question: str, value: object, proposed: object) -> bool:
    """Whether somebody at a prompt left standing what it `proposed`; None for its fixed default.

    Name, place and day of a plan are recorded all the same.
    """
    if question in ALWAYS:
        return False
    if proposed is not None:
        return same(question, value, proposed)
    if _says_nothing(question, value):
        return True
    default = Answers._field_defaults.get(FIELDS.get(question, question))
    return question in READERS and bool(READERS[question](value) == default)


def as_a_whole(question: str, value: object, recorded: object) -> object:
    """An answer as it was typed over the one on record: what is missing in it is taken back."""
    if question != "risk_decisions":
        return value
    typed, before = (mapping_of(question, {question: one}) for one in (value, recorded))
    whole: dict[str, object] = {}
    for risk, old in before.items():
        new = typed.get(risk)
        gone = dict.fromkeys(old) if isinstance(old, Mapping) else {}
        whole[risk] = {**gone, **new} if isinstance(new, Mapping) else None
    return {**typed, **whole}


def levels_of(plan: Plan) -> dict[str, dict[str, dict[str, str]]]:
    """The level at which each risk was decided upon, for the answers file to keep beside answers.

    So a later session knows which risks have grown since. Nothing where nothing was decided.
    """
    severities = {risk.id: risk.severity for risk in plan.risks}
    levels = {
        risk: {**decision._asdict(), "severity": decision.severity or severities.get(risk, "")}
        for risk, decision in plan.answers.risk_decisions.items()
    }
    return {LEVELS_ANSWER: levels} if levels else {}
