"""Sums, groups and cuts that several sections show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from ...answers.answer_types import Table
from ...plan import figures
from ...plan.model import Capacity, Phase, Plan, Risk
from ...plan.wording import code, listed
from ...terms import vocabulary

ROWS_SHOWN = 30
"""Rows of a table, or lines of a list, that stand open: about a screen. More are folded."""

PHASES_OPEN = 4
"""Phases that one sees at a glance. Of more than that, only the first shows its deliverables."""

WORST_RISKS = 3
"""Risks the summary names before it counts the rest: one line of the page."""


def kinds(tables: Iterable[Table]) -> str:
    """How the tables are read: `5 cdc, 3 append and 2 snapshot`, as code."""
    found = Counter(table.ingestion for table in tables)
    types = (kind for kind in vocabulary.INGESTION_TYPES if found[kind])
    return listed([f"{found[kind]} {code(kind)}" for kind in types])


def priorities(tables: Iterable[Table]) -> str:
    """How the tables are ranked: `7 P0, 6 P1 and 3 P2`."""
    found = Counter(table.priority for table in tables)
    return listed([f"{found[one]} {one}" for one in vocabulary.PRIORITIES if found[one]])


def shortest_interval(capacity: Capacity) -> str:
    """The shortest interval that the rate limit allows, in a sentence; '' where it says nothing."""
    if capacity.never_catches_up:
        return "Records change faster than the limit lets anybody read them."
    if not capacity.shortest_interval_seconds:
        return ""
    if capacity.shortest_interval_seconds < figures.MINUTE:
        # No bound to anybody: tables whose size is unknown may move it, and a share says more.
        says_nothing = capacity.unknown_shortest or capacity.share is not None
        return "" if says_nothing else "The limit would allow an interval of less than a minute."
    shortest = figures.duration(capacity.shortest_interval_seconds)
    allowed = figures.at_least(shortest, len(capacity.unknown_shortest))
    return f"The limit would allow an interval of {allowed}."


def meaning(value: str, words: str) -> str:
    """What a choice stands for, by the name of its vocabulary."""
    known: dict[str, str] = getattr(vocabulary, words)
    return known[value]


def meanings(values: Iterable[str], words: str) -> str:
    """What several choices stand for, in a sentence."""
    return listed([meaning(value, words) for value in values])


def in_sentence(text: str) -> str:
    """A sentence as a part of another: without its full stop, and small at the beginning."""
    is_word = text[1:2].islower() or text[1:2] == " "
    return (text[:1].lower() + text[1:] if is_word else text).removesuffix(".")


def suggested(plan: Plan) -> str:
    """What the evidence suggests, to go after `suggests`."""
    spoken_for = [one.name for one in plan.fit.alternatives if one.speaks_for]
    others = [name.replace("Existing", "an existing") for name in spoken_for]
    what = {
        "adopt": f"using what exists ({listed(others)})" if others else "using what exists",
        "extend": "extending the community connector that exists",
        "build": f"building a connector for {plan.answers.source_name or plan.answers.connector}",
    }
    return what[plan.fit.suggestion]


def worst(plan: Plan) -> str:
    """The worst risks by title, and how many more there are of their level; '' for none.

    Mitigated and closed ones are not among them; accepted ones are, and say so.
    """
    alive = [risk for risk in plan.risks if not risk.settled]
    titles = [_with_status(risk) for risk in alive if risk.severity == alive[0].severity]
    more = len(titles) - WORST_RISKS
    # Titles have commas of their own.
    return "; ".join([*titles[:WORST_RISKS], *([f"{more} more"] if more > 0 else [])])


def _with_status(risk: Risk) -> str:
    return f"{risk.title} (accepted)" if risk.decision.status == "accepted" else risk.title


def is_long(items: Sequence[Any]) -> bool:
    """Whether a table or list is folded."""
    return len(items) > ROWS_SHOWN


def fold_phases(phases: Sequence[Phase]) -> bool:
    """Whether the deliverables of all phases but the first are folded."""
    return len(phases) > PHASES_OPEN
