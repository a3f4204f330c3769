"""What a terminal says of an answer while it is typed: on one line, which it cuts at its width."""

from __future__ import annotations

from collections.abc import Mapping

from . import single

CONTRADICTIONS: Mapping[str, tuple[str, ...]] = {
    "table_details": ("details_are_about_tables_in_scope", "details_agree_with_tables"),
    "out_of_scope": ("nothing_is_in_and_out",),
    "risk_decisions": ("decisions_are_about_risks",),
}
"""Question -> the rules of `together` by which answers before it can make its answer wrong."""


def refusal(value: object, question: str, *, needed: bool = False) -> str:
    """What is wrong with an answer by itself, beginning with what would be right; '' for nothing.

    As a filter in a question: `{{ docs_url | refusal('docs_url') }}`.
    """
    return _right_first(single.refusal(value, question, needed=needed))


def contradiction(
    question: str, typed: Mapping[str, object], recorded: Mapping[str, object]
) -> str:
    """What is wrong with a readable answer because of others; '' for nothing.

    `typed` holds the answers of this run, that to the question among them, `recorded` those before.
    """
    from . import together  # loaded when first needed, late in a session

    said = together.Said(typed, recorded, complete=False)
    rules = [getattr(together, rule) for rule in CONTRADICTIONS[question]]
    wrong = (sentence for rule in rules for sentence in rule(said))
    return _right_first(next(wrong, "").removeprefix(f"{question}: "))


def _right_first(sentence: str) -> str:
    wrong, _, right = sentence.rpartition("; ")
    return f"{right.removesuffix('.')} ({wrong})." if wrong else right
