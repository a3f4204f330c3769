"""What the plan proposes where nobody has answered: worked out anew at every copy and update.

One function a question. A proposal has an origin where somebody else says it, and then counts as
known; without one it is an assumption of the plan. Questions that stand here have no fixed
default: `copier.yml` asks for the proposal, and a plan is completed with it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from ..answers.answer_types import Answers, Table
from ..answers.naming import title_of
from ..answers.reading import as_read
from ..answers.tables import with_knowledge
from ..sources.catalogue import default_answer, key_of
from ..sources.existing import Existing
from ..sources.knowledge import SOURCE_FACTS
from ..terms.states import KnownFact, State
from ..terms.values import is_empty
from .auth import methods
from .features import default_features
from .wording import FROM_CATALOGUE


class Proposal(NamedTuple):
    """An answer as somebody could give it, and where it is from; `origin` is '' for a guess."""

    value: object
    origin: str = ""


def propose(question: str, answers: Answers, existing: Existing) -> Proposal:
    """What the plan proposes for one question, given what the `answers` say before it."""
    return PROPOSALS[question](answers, existing)


def standing(question: str, recorded: object, known: object) -> str:
    """Which number stands where none is typed, in a sentence for a prompt.

    `recorded` is the number on record and `known` the one that the plan proposes, if any. Of a
    phase that is the next number.
    """
    if question == "phase":
        return f"Just Enter: {recorded or known or 1}."
    if recorded:
        return f"On record: {recorded}. Just Enter keeps it; 0: not known."
    if known:
        return f"Known: {known}. Just Enter takes it; 0: that is not so."
    return "Empty: not known yet."


def stands(question: str, plan: Callable[[], tuple[Answers, Existing]]) -> bool:
    """Whether anything but that nobody knows is proposed; `plan` is worked out only if needed."""
    if question not in PROPOSALS:
        return False
    value = propose(question, *plan()).value
    return not is_empty(value) and value != "unknown"


def complete(answers: Answers, existing: Existing) -> Answers:
    """The answers with what is known of the tables, and what follows, where nobody answered."""
    answers = answers._replace(
        tables=tuple(
            with_knowledge(table, _known_of(table, answers, existing)) for table in answers.tables
        )
    )
    for question, function in PROPOSALS.items():
        if answers.state_of(question) is not State.UNKNOWN:
            continue
        value, origin = function(answers, existing)
        if is_empty(value):
            continue
        known = {**answers.known, question: origin} if origin else answers.known
        answers = answers._replace(**as_read(question, value), known=known)
    return answers


def _known_of(table: Table, answers: Answers, existing: Existing) -> Mapping[str, KnownFact]:
    """What is known of a table, but for what somebody said of the source as a whole: another
    implementation may read smaller pages than the source allows. Where a table is read below
    another parent than the one that is known, or the known path names none, that leads elsewhere.
    """
    said = {one for one in ("page_size", "pagination") if answers.state_of(one) is State.GIVEN}
    facts = existing.known.tables.get(table.name, {})
    if "parent" in table.given and table.parent and "path" in facts:
        elsewhere = "parent" in facts and table.parent != facts["parent"].value
        if elsewhere or "{" not in str(facts["path"].value):
            said.add("path")
    return {key: fact for key, fact in facts.items() if key not in said}


def _source_name(answers: Answers, existing: Existing) -> Proposal:
    title = title_of(answers.connector)
    # The catalogue has the same letters as people write them: GitHub, NetSuite.
    return Proposal(existing.match if key_of(existing.match) == key_of(title) else title)


CAP = "max_records_per_batch"
"""The option that caps a batch of an incremental table, by the name that upstream gives it."""


def _connection_parameters(answers: Answers, existing: Existing) -> Proposal:
    fact = existing.known.facts.get("connection_parameters")
    if fact is None or not isinstance(fact.value, list):
        return Proposal(None)
    # What a way to sign in brings, the connection has anyway.
    brought = {one.name for method in methods(answers) for one in method.parameters}
    return Proposal([one for one in fact.value if one["name"] not in brought], fact.origin)


def _from_catalogue(question: str) -> Callable[[Answers, Existing], Proposal]:
    def propose_found(_: Answers, existing: Existing) -> Proposal:
        value = default_answer(question, existing)
        found = value not in ("unknown", [])
        return Proposal(value, f"{FROM_CATALOGUE}{existing.as_of}" if found else "")

    return propose_found


def _from_knowledge(question: str) -> Callable[[Answers, Existing], Proposal]:
    def propose_known(_: Answers, existing: Existing) -> Proposal:
        fact = existing.known.facts.get(question)
        return Proposal(fact.value, fact.origin) if fact else Proposal(None)

    return propose_known


PROPOSALS: dict[str, Callable[[Answers, Existing], Proposal]] = {
    "source_name": _source_name,
    "docs_url": _from_knowledge("docs_url"),
    "managed_connector": _from_catalogue("managed_connector"),
    "community_connector": _from_catalogue("community_connector"),
    "third_party_connectors": _from_catalogue("third_party_connectors"),
    "federation_fit": lambda answers, _: Proposal(
        "unknown" if answers.source_type == "database" else "no"
    ),
    **{question: _from_knowledge(question) for question in SOURCE_FACTS[1:]},
    "connection_parameters": _connection_parameters,
    "table_options": lambda answers, _: Proposal([CAP] if answers.streams else []),
    "features": lambda answers, _: Proposal(list(default_features(answers))),
}
"""Question -> its proposal, in the order of the session; a later one may look at earlier ones."""
