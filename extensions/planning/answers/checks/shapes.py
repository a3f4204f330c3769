"""Which shape the answer to each question has, and how a given answer gets into it.

Answers come as text from the command line and from forms, and as whatever YAML makes of them from
a plan file: `no` arrives as False, `2026-11-24` as a date, `orders, customers` as one text.
Copier's own parsers take less than people write, and some end in a traceback. So what was given is
brought into the shape Copier expects before Copier looks at it.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from contextlib import suppress

from ...terms import values
from ..reading import READERS
from ..requirements import parse_requirements
from ..tables import TABLE_LISTS

_NAMES = list(READERS)
_STEP_3 = _NAMES.index("out_of_scope")
QUESTIONS = (*_NAMES[:_STEP_3], "tables", *TABLE_LISTS, "table_details", *_NAMES[_STEP_3:])
"""Every question in the order of the session."""

ASKED_OF_A_DECISION = frozenset({"tables", "owner", "created"})
"""What is still asked once a connector is adopted or none is built: the tables in question, who
decided, and when."""

NOT_ASKED_OF_A_DECISION = (
    frozenset(QUESTIONS[QUESTIONS.index("recommendation_reason") + 1 :])
    - ASKED_OF_A_DECISION
    - {"approved", "approved_by", "unconfirmed"}
)


def _read_by(*readers: object) -> frozenset[str]:
    return frozenset(question for question, reader in READERS.items() if reader in readers)


def _of_kind(kind: type) -> frozenset[str]:
    return frozenset(question for question, reader in READERS.items() if isinstance(reader, kind))


CHOICES = _of_kind(values.OneOf)
VOCABULARY_LISTS = _of_kind(values.SomeOf)
TICKS = VOCABULARY_LISTS | {*TABLE_LISTS, "shipped_tables"}
NUMBERS = _read_by(values.parse_whole_number) | {"phase"}
TEXT_LISTS = (_read_by(values.parse_list) | {"table_options"}) - TICKS
LISTS = TEXT_LISTS | {"tables", "dependencies"}
MAPPINGS = frozenset({"table_details", "out_of_scope", "oauth", "risk_decisions", "unconfirmed"})
STRUCTURES = MAPPINGS | {"connection_parameters", "extra_risks", "phases"}
FLAGS = _read_by(values.read_flag)
DATES = _read_by(values.parse_date)
TEXTS = frozenset(QUESTIONS) - CHOICES - TICKS - NUMBERS - LISTS - STRUCTURES - FLAGS

DEFAULT_WHEN_EMPTY = frozenset(
    "purpose depth layout source_name source_type recommendation p0_tables features phase "
    "created".split()
)
"""Questions whose empty answer is none at all: it takes the answer back, and they are asked or
take what the plan proposes. An empty list is an answer to `p0_tables` and `features` all the same:
none of them.
"""


def taken_back(given: Mapping[str, object]) -> tuple[str, ...]:
    """The questions whose answers follow the plan again: null was given, or nothing where something
    must stand."""
    return tuple(
        question
        for question, value in given.items()
        if question in QUESTIONS
        and (
            value is None
            or (isinstance(value, str) and value.strip() == "null")
            or (question in DEFAULT_WHEN_EMPTY and values.is_empty(value) and value != [])
        )
    )


def normalise(given: MutableMapping[str, object]) -> None:
    """Brings the answers in `given` into the shape that Copier expects; in place.

    What takes an answer back is left out: `taken_back` tells. What cannot be read stays as it is,
    for `problems` to refuse.
    """
    for question in taken_back(given):
        del given[question]
    for question in [name for name in given if name in QUESTIONS]:
        value = given[question]
        # '' and [] mean the same; an answers file used as a plan file stays as it is.
        if not (values.is_empty(value) and question in LISTS | STRUCTURES):
            with suppress(values.Refusal):
                given[question] = shaped(question, value)


def recorded_as(answers: Mapping[str, object]) -> dict[str, object]:
    """The answers as they go on record: a list typed with commas as a list, a number as a number.

    Asked for again, Copier would print a text with YAML's end mark `...` behind it.
    """
    typed = NUMBERS | LISTS | {"out_of_scope"}
    return {
        question: shaped(question, value)
        if question in typed and isinstance(value, str) and (value.strip() or question in NUMBERS)
        else value
        for question, value in answers.items()
    }


def shaped(question: str, value: object) -> object:
    """One answer in the shape that Copier expects. Raises `Refusal` where it cannot be read."""
    if question in CHOICES:
        return "unknown" if values.is_empty(value) else READERS[question](value)
    if question in VOCABULARY_LISTS:
        return list(READERS[question](_filled(value)))
    if question in TICKS:
        return list(dict.fromkeys(values.parse_list(value)))
    if question in NUMBERS:
        return values.parse_whole_number(value) or 0
    if question in FLAGS:
        return values.read_flag(value)
    if question == "dependencies":
        return list(parse_requirements(value))
    if question == "tables":
        return values.as_items(_structure(question, value) if _is_yaml(value) else value)
    if question in TEXT_LISTS:
        return _filled(value)
    if question in STRUCTURES:
        return _structure(question, value)
    if question in DATES:
        return values.parse_date(value)
    return "" if value is None else value


def _filled(value: object) -> list[object]:
    """The items of a list. In it, `null` as a text is a text."""
    return [item for item in values.as_items(value) if item == "null" or not values.is_empty(item)]


def _is_yaml(value: object) -> bool:
    return isinstance(value, str) and values.looks_structured(value)


def _structure(question: str, value: object) -> object:
    # `Audit logs - later, Webhooks - no use` is no YAML; only `out_of_scope` is written like that.
    if question == "out_of_scope" and not _is_yaml(value):
        return values.as_items(value) if isinstance(value, str) else value
    return values.parse_yaml(value) if isinstance(value, str) else value
