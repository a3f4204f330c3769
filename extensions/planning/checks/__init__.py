"""All refusals: of one answer by itself, of answers that do not fit together, of unknown names."""

from __future__ import annotations

from collections.abc import Mapping

from ..answers import LEVELS_ANSWER
from ..values import shown
from .near import did_you_mean
from .shapes import QUESTIONS, normalise
from .single import refusal
from .together import RULES, Said

__all__ = ["QUESTIONS", "normalise", "problems", "refusal"]

BESIDE_QUESTIONS = frozenset({LEVELS_ANSWER, "_commit", "_src_path"})
"""What an answers file holds beside answers: it may serve as a plan file, too."""


def problems(
    given: Mapping[str, object], recorded: Mapping[str, object], *, complete: bool = False
) -> tuple[str, ...]:
    """Everything that is wrong with the answers given in this run, one sentence each.

    `given` are the answers of this run, normalised; `recorded` those of an earlier run. `complete`
    says that nobody will be asked for what is missing, so that a missing answer is a problem too.
    """
    found = [_unknown(name) for name in given if name not in {*QUESTIONS, *BESIDE_QUESTIONS}]
    if complete and "connector" not in {**recorded, **given}:
        found.append(f"connector: {refusal('', 'connector')}")
    wrong = {
        question: f"{question}: {sentence}"
        for question in QUESTIONS
        if question in given and (sentence := refusal(given[question], question))
    }
    found += wrong.values()
    readable = {name: value for name, value in given.items() if name not in wrong}
    # A table list that is wrong in itself says nothing about what the other answers refer to.
    if "tables" not in wrong:
        said = Said(readable, recorded, complete)
        found += [sentence for rule in RULES for sentence in rule(said)]
    return tuple(found)


def _unknown(name: str) -> str:
    hint = did_you_mean(name, QUESTIONS) or "docs/reference/questions.md lists all questions."
    return f"{shown(name)} is no question of the session; {hint}"
