"""What a terminal says of an answer while it is typed: on one line, which it cuts at its width."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping

from . import single

CONTRADICTIONS: Mapping[str, tuple[str, ...]] = {
    "table_details": ("details_are_about_tables_in_scope", "details_agree_with_tables"),
    "out_of_scope": ("nothing_is_in_and_out",),
    "risk_decisions": ("decisions_are_about_risks",),
}
"""Question -> the rules of `together` by which answers before it can make its answer wrong."""


def refusal(value: object, question: str, *, needed: bool = False) -> str:
    """What is wrong with an answer by itself, within the first `SEEN` characters; '' for nothing.

    As a filter in a question: `{{ docs_url | refusal('docs_url') }}`.
    """
    return _wrong_first(single.refusal(value, question, needed=needed))


def contradiction(
    question: str,
    typed: Mapping[str, object],
    recorded: Mapping[str, object],
    risk_ids: Callable[[], Collection[str]],
) -> str:
    """What is wrong with a readable answer because of others; '' for nothing.

    `typed` holds the answers of this run, that to the question among them, `recorded` those before;
    `risk_ids` gives the ids of all rules.
    """
    from . import together

    said = together.Said(typed, recorded, risk_ids)
    rules = [getattr(together, rule) for rule in CONTRADICTIONS[question]]
    wrong = (sentence for rule in rules for sentence in rule(said))
    return _wrong_first(next(wrong, "").removeprefix(f"{question}: "))


SEEN = 40
"""Characters that 80 columns show of a refusal, beside Copier's own words before it."""


def _first_letters(quoted: re.Match[str]) -> str:
    text = quoted[0].strip('"')
    return f'"{text[:8]}..."' if len(text) >= 12 else quoted[0]


_SHORTER: tuple[Callable[[str], str], ...] = (
    lambda wrong: re.sub(r'"[^"]*"', _first_letters, wrong),
    lambda wrong: re.sub(r'^(item \d+) \("[^"]*"\) ', r"\1 ", wrong),
    lambda wrong: re.sub(r'\bis ("[^"]*"), (?:which is )?no\b', r"\1 is no", wrong),
    lambda wrong: re.sub(r'"[^"]*" is no\b', "is no", wrong),
    lambda wrong: f"{wrong[: SEEN - 3].rstrip()}...",
)
"""Ways to say the same with less of what was typed, which stands on the screen; each goes on from
the one before."""


def _wrong_first(sentence: str) -> str:
    """The sentence, with as much of what was typed as leaves room for what is wrong with it."""
    wrong, mark, right = sentence.rpartition("; ")
    for shorter in _SHORTER:
        if len(wrong) <= SEEN:
            break
        wrong = shorter(wrong)
    return f"{wrong}{mark}{right}"
