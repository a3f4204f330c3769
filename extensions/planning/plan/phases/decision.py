"""The one phase of a plan from which nothing gets built: what to check, and to decide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..model import Deliverable, Facts, Phase, Risk
from ..wording import listed, named, source_of
from .trials import trials

MOST_ALTERNATIVES = 3
"""Alternatives to try before a decision: what fits one phase of a week or two. The rest stand in
section 2."""


def decision_phase(facts: Facts, risks: Sequence[Risk]) -> Phase:
    """What to do next about an evaluation, an existing connector to use, or a stop."""
    answers = facts.answers
    deliverables: Iterator[Deliverable]
    if answers.recommendation == "adopt":
        id_, name = "adopt", f"Bring {source_of(answers)} in with what exists"
        goal = "What exists has run before anybody writes a connector."
        deliverables = _adopting(facts)
    elif answers.recommendation == "stop":
        id_, name = "stop", "Close the request"
        goal = "Nobody waits for a connector that will not come."
        deliverables = _stopping(facts)
    else:
        id_, name = "decide", f"Decide on {source_of(answers)}"
        goal = "What could turn the decision is looked at before anything is built."
        deliverables = _deciding(facts, risks)
    return Phase(id_, name, goal, tuple(deliverables), number=answers.first_phase)


def _deciding(facts: Facts, risks: Sequence[Risk]) -> Iterator[Deliverable]:
    tables = named([table.name for table in facts.answers.tables])
    needs = tables or "the data of the use cases"
    promising = [one for one in facts.fit.alternatives if one.speaks_for]
    for one in promising[:MOST_ALTERNATIVES]:
        yield Deliverable(
            f"look-at-{one.id}", f"{one.name}: tried, and written down whether it brings {needs}."
        )
    yield from trials(risks)
    who = facts.answers.owner or "Somebody with a name"
    yield Deliverable(
        "decision", f"{who} has decided to build, extend, adopt or stop; section 2 says why."
    )


def _adopting(facts: Facts) -> Iterator[Deliverable]:
    tables = named([table.name for table in facts.answers.tables])
    candidates = listed([one.name for one in facts.fit.alternatives if one.speaks_for])
    first = facts.answers.adopts or candidates or "The existing connector"
    adopted = facts.answers.adopts or "What is used"
    yield Deliverable("first-run", f"{first}: {tables or 'the first table'} brought in once.")
    yield Deliverable(
        "gaps", "Tables, columns and deletions that it does not bring are listed in section 2."
    )
    yield Deliverable(
        "preview", f"{adopted}: written down whether it is released or a preview, and since when."
    )
    yield Deliverable(
        "permissions",
        "Tables that the account used may not read are known, and who grants the rights.",
    )
    yield Deliverable(
        "way-back",
        f"Written down how to leave {facts.answers.adopts or 'it'} again, and what the data needs "
        "then.",
    )


def _stopping(facts: Facts) -> Iterator[Deliverable]:
    who = listed(facts.answers.target_users) or "Those who asked"
    source = source_of(facts.answers)
    yield Deliverable("told", f"{who}: told why, and what to use instead for {source}.")
    yield Deliverable(
        "look-again", "Section 2 names the day or the event that opens the question again."
    )
