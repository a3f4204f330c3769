"""Open questions about what others know: whether it is right, and what they say by now."""

from __future__ import annotations

from collections.abc import Iterator

from ...answers.answer_types import Table
from ...terms.text import yaml
from ..model import Facts, OpenQuestion
from ..wording import code, detail, how, is_known, listed, named, source_of


def known_questions(facts: Facts) -> Iterator[OpenQuestion]:
    """One question to confirm all that is known, and one about each key that has changed since."""
    answers = facts.answers
    general = [code(question) for question in answers.known if is_known(answers, question)]
    tables = [table.name for table in answers.tables if table.known]
    if general or tables:
        shown = named(tables, 3)
        what = [*general, *([f"what is marked as known of {shown}"] if tables else [])]
        yield OpenQuestion(
            "known-facts",
            f"Is this right of {source_of(answers)}: {listed(what, len(what))}? Others say so, and "
            f"nobody has confirmed it. Answer with {how('unconfirmed', '{}')} where all of it is, "
            f"else first say what is not, as in {code('table_details')}.",
            "unconfirmed",
        )
    for table in answers.answered_for:
        yield from _newer(table, facts)


def _newer(table: Table, facts: Facts) -> Iterator[OpenQuestion]:
    """What was recorded as known, and is known differently by now."""
    for key, known in facts.existing.known.tables.get(table.name, {}).items():
        recorded = getattr(table, key)
        value = tuple(known.value) if isinstance(known.value, list) else known.value
        if key not in table.known or recorded == value or table.known[key] == known.origin:
            continue
        new = yaml(known.value) if isinstance(known.value, str) else f"[{', '.join(value)}]"  # type: ignore[arg-type]
        yield OpenQuestion(
            f"newer-{key.replace('_', '-')}-{table.name}",
            f"Should {code(table.name)} move to another {code(key)}? The plan stands on "
            f"{_shown(recorded)} ({table.known[key]}); {known.who} says {_shown(value)}. Take that "
            f"with {detail(table, f'{key}: {new}')}, or confirm yours.",
            "table_details",
        )


def _shown(value: object) -> str:
    return named(value) if isinstance(value, tuple) else code(str(value))
