"""What is known and confirmed by nobody: who says it, when, and where others say something else."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from ...answers.answer_types import Answers
from ...answers.reading import PACKAGE_ORIGIN
from ...plan.model import Plan
from ...plan.wording import code, is_known, listed
from ...terms.text import line

_DATED = re.compile(r", \d{4}-\d\d-\d\d$")

OTHERS = "; "
"""What stands in an origin between who says a fact and who says something else."""

IN_WORDS = {PACKAGE_ORIGIN: "the connector's code"}
"""Origin -> who says it, where its name in the answers file is too short for a page."""


def known_facts(plan: Plan) -> list[str]:
    """One sentence for each who says something, then one for each fact that others deny."""
    said: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    denied: list[str] = []
    for name, table, origin in _facts(plan.answers):
        who, _, otherwise = origin.partition(OTHERS)
        # A description names the place within it as well; knowledge of a source has a date.
        said[who if _DATED.search(who) else who.partition(", ")[0]][name].append(table)
        if otherwise:
            of = f" of {code(table)}" if table else ""
            denied.append(f"{code(name)}{of}: {otherwise.removeprefix('but ')}.")
    return [line(one) for one in (*_by_whom(said), *denied)]


def _facts(answers: Answers) -> Iterator[tuple[str, str, str]]:
    """Question or key, table or '', and origin."""
    for question, origin in answers.known.items():
        if is_known(answers, question):
            yield question, "", origin
    for table in answers.tables:
        for key, origin in table.known.items():
            yield key, table.name, origin


def _by_whom(said: dict[str, dict[str, list[str]]]) -> Iterator[str]:
    for who, facts in said.items():
        parts = []
        general = [code(name) for name, tables in facts.items() if not tables[0]]
        if general:
            parts.append(listed(general, len(general)))
        for name, tables in facts.items():
            if tables[0]:
                parts.append(f"{code(name)} of {listed([code(table) for table in tables], 3)}")
        said_by = IN_WORDS.get(who, who)
        yield f"{said_by[:1].upper()}{said_by[1:]}: {'; '.join(parts)}."
