"""Open questions about what exists already, and why to go on in spite of it."""

from __future__ import annotations

from collections.abc import Iterator

from ..fit import denied
from ..model import Facts, OpenQuestion
from ..wording import code, how, listed, source_of


def existing_questions(facts: Facts) -> Iterator[OpenQuestion]:
    """Names that look alike, connectors that the answers deny, and a reason that is missing."""
    answers, existing = facts.answers, facts.existing
    if existing.near and not existing.match:
        yield OpenQuestion(
            "near-names",
            f"Did you mean {listed(existing.near)}? The catalogue of {existing.as_of} has no "
            f"{source_of(answers)}. Answer with {how('source_name', existing.near[0])}, or look "
            "for existing connectors by hand.",
            "source_name",
        )
    for found in denied(answers, existing):
        question = f"{found.ecosystem}_connector"
        yield OpenQuestion(
            f"catalogue-knows-{found.ecosystem}",
            f"The catalogue of {found.as_of} knows a {found.ecosystem} connector for "
            f"{source_of(answers)} ({listed(found.names)}), and {code(question)} says no: which is "
            f"right? Answer with {how(question, 'yes')}, or say in {code('recommendation_reason')} "
            "why it is not enough.",
            question,
            blocking=answers.builds and not answers.recommendation_reason,
        )
    if facts.fit.reason_missing:
        yield OpenQuestion(
            "recommendation-reason",
            f"Why {answers.recommendation} all the same? {' '.join(facts.fit.evidence)} "
            f"Answer with {how('recommendation_reason', 'one sentence')}, or change "
            f"{code('recommendation')}.",
            "recommendation_reason",
            blocking=True,
        )
