"""All refusals: of one answer by itself, of answers that do not fit together, of unknown names."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from ...terms.near import did_you_mean
from ...terms.values import parse_list, shown
from ..reading import BESIDE
from ..tables import TABLE_LISTS, table_names
from . import as_written
from .shapes import QUESTIONS, normalise, recorded_as, taken_back
from .single import refusal

__all__ = ["QUESTIONS", "normalise", "problems", "readable", "recorded_as", "refusal", "taken_back"]

BESIDE_QUESTIONS = frozenset({*BESIDE, "_commit", "_edition", "_src_path"})
"""What an answers file holds beside answers: it may serve as a plan file, too."""


def problems(
    given: Mapping[str, object],
    recorded: Mapping[str, object],
    risk_ids: Callable[[], Collection[str]],
    *,
    complete: bool = False,
    answers_file: str = "",
) -> tuple[str, ...]:
    """Everything that is wrong with the answers of this run, one sentence each.

    `given` are the answers of this run, normalised; `recorded` those of an earlier run. `risk_ids`
    gives the ids of all rules, for decisions to be held against. `complete` says that nobody will
    be asked for what is missing, so that a missing answer is a problem too.
    `answers_file` is the path of the answers on record, '' where no plan is changed.
    """
    if not (given or recorded or complete):
        return ()
    found = [_unknown(name) for name in given if name not in {*QUESTIONS, *BESIDE_QUESTIONS}]
    if complete and "connector" not in {**recorded, **given}:
        found.append(f"connector: {refusal('', 'connector')}")
    changed = {
        name: sentence
        for name, value in given.items()
        if name in QUESTIONS and (sentence := as_written.refusal(value, name))
    }
    wrong = {**changed, **_refused(given)}
    # Copier would put the default in the place of what it cannot take, and say nothing.
    outdated = _refused(recorded)
    found += [f"{question}: {sentence}" for question, sentence in wrong.items()]
    found += [
        f"{question}, as it is on record: {sentence} Give it anew, with -d {question}=..."
        for question, sentence in outdated.items()
        if question not in given
    ]
    readable = {name: value for name, value in given.items() if name not in wrong}
    kept = {name: value for name, value in recorded.items() if name not in outdated}
    # A table list that is wrong in itself says nothing about what the other answers refer to.
    if "tables" not in wrong and ("tables" in given or "tables" not in outdated):
        # Loaded when first needed: a session in a terminal begins without any answer.
        from .together import RULES, Said

        said = Said(readable, kept, risk_ids, complete, answers_file)
        found += [sentence for rule in RULES for sentence in rule(said)]
    return tuple(found)


def readable(recorded: Mapping[str, object]) -> dict[str, object]:
    """The answers on record without those Copier would fail on.

    For its replay of the old plan, whose files are only held against those of the new one.
    """
    kept = dict(recorded)
    normalise(kept)
    for question in _refused(kept):
        del kept[question]
    known = set(table_names(kept.get("tables")))
    for question in (*TABLE_LISTS, "shipped_tables"):
        if question in kept:
            kept[question] = [name for name in parse_list(kept[question]) if name in known]
    return kept


def _refused(answers: Mapping[str, object]) -> dict[str, str]:
    """Question -> what is wrong with its answer, taken by itself."""
    return {
        question: sentence
        for question in QUESTIONS
        if question in answers and (sentence := refusal(answers[question], question))
    }


def _unknown(name: str) -> str:
    hint = did_you_mean(name, QUESTIONS) or "docs/reference/questions.md lists all questions."
    return f"{shown(name)} is no question of the session; {hint}"
