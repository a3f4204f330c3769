"""Whether the plan is complete, who approved it, and what keeps it from being approved."""

from __future__ import annotations

from collections.abc import Sequence

from .answer_types import Answers
from .figures import counted
from .model import ChecklistItem, Criterion, OpenQuestion

APPROVED = "approved"
"""Id of the last line of the checklist, the only one that waits for a person."""

UNNAMED = "somebody without a name"

ITEMS = {
    "questions-answered": "All clarifying questions answered",
    "assumptions-challenged": "Assumptions explicitly challenged",
    "scope-defined": "Scope clearly defined (in/out)",
    "risks-identified": "Risks identified with mitigations",
    "criteria-established": "Acceptance criteria established",
    "design-doc": "Design doc created",
    APPROVED: "User has approved the plan",
}
"""The checklist of the planning session, word for word."""

SETTLED_BY = {
    "assumptions-challenged": (
        "source_name",
        "managed_connector",
        "community_connector",
        "third_party_connectors",
        "federation_fit",
        "alternatives_considered",
        "recommendation_reason",
    ),
    "scope-defined": (
        "tables",
        "cdc_tables",
        "table_details",
        "out_of_scope",
        "auth_methods",
        "phases",
        "shipped_tables",
    ),
    "risks-identified": ("risk_decisions",),
    "criteria-established": ("test_environment",),
    APPROVED: ("approved_by",),
}
"""Line of the checklist -> the questions it waits for; the first line waits for all others."""

_ITEM_OF = {answer: item for item, answers in SETTLED_BY.items() for answer in answers}

_FIRST = next(iter(ITEMS))


def blockers(open_questions: Sequence[OpenQuestion]) -> tuple[str, ...]:
    """What keeps the plan from being approved: each blocking question, its name in front."""
    return tuple(f"{one.answer}: {one.text}" for one in open_questions if one.blocking)


def approval_problem(blocked: Sequence[str]) -> str:
    """Why a new approval is refused, and what to answer first; `blocked` is not empty."""
    first = f"approved: settle {counted(len(blocked), 'blocking question')} first, then approve."
    return "\n".join((first, *(f"  - {one}" for one in blocked)))


def checklist(
    answers: Answers, criteria: Sequence[Criterion], open_questions: Sequence[OpenQuestion]
) -> tuple[ChecklistItem, ...]:
    """The checklist before proceeding: what the plan can tell is ticked, the rest says what lacks.

    A line is done when none of the questions it waits for is open.
    """
    missing: dict[str, str] = {}
    for item in ITEMS:
        waiting = [one for one in open_questions if _ITEM_OF.get(one.answer, _FIRST) == item]
        missing[item] = _open(waiting)
    if not criteria:
        missing["criteria-established"] = "there is no criterion yet"
    missing[APPROVED] = _approval_missing(answers, open_questions) or missing[APPROVED]
    return tuple(
        ChecklistItem(item, text, not missing[item], missing[item]) for item, text in ITEMS.items()
    )


def _open(questions: Sequence[OpenQuestion]) -> str:
    names = ", ".join(dict.fromkeys(f"`{one.answer}`" for one in questions))
    return f"still open: {names}" if names else ""


def _approval_missing(answers: Answers, open_questions: Sequence[OpenQuestion]) -> str:
    blocked = len(blockers(open_questions))
    if not answers.approved:
        waits = f"; {counted(blocked, 'blocking question')} first" if blocked else ""
        return f"nobody has approved it yet{waits}"
    return _lapsed(answers, blocked) if blocked else ""


def _lapsed(answers: Answers, blocked: int) -> str:
    verb = "blocks" if blocked == 1 else "block"
    who = answers.approved_by or UNNAMED
    return f"Approval by {who} lapsed - {counted(blocked, 'question')} {verb} the plan"


def status(
    answers: Answers, open_questions: Sequence[OpenQuestion], checks: Sequence[ChecklistItem]
) -> str:
    """The status line: approved, complete but for the approval, or a draft with what is open."""
    blocked = len(blockers(open_questions))
    if answers.approved and not blocked:
        return f"Approved by {answers.approved_by or UNNAMED}"
    if all(check.done for check in checks if check.id != APPROVED):
        return "Planning Complete"
    draft = f"Draft - {counted(len(open_questions), 'open question')}"
    return f"{draft}. {_lapsed(answers, blocked)}" if answers.approved else draft
