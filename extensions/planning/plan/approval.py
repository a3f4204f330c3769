"""Whether the plan is complete, who approved it, and what keeps it from being approved.

An approval is for the plan as it was. Beside it stands what it covers: how much was open, and
digests of the answers that decide what gets built. So a later plan can say what has changed since.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence

from ..answers.answer_types import Answers
from ..answers.reading import DATE_ANSWER, PLAN_ANSWER
from .figures import counted
from .model import Approval, ChecklistItem, Criterion, OpenQuestion, Plan, Risk
from .wording import listed

APPROVED = "approved"
"""Id of the last line of the checklist, the only one that waits for a person."""

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
    "assumptions-challenged": "source_name managed_connector community_connector "
    "third_party_connectors federation_fit alternatives_considered adopts recommendation_reason",
    "scope-defined": "tables cdc_tables table_details out_of_scope auth_methods phases "
    "shipped_tables",
    "risks-identified": "risk_decisions",
    "criteria-established": "test_environment",
    APPROVED: "approved_by",
}
"""Line of the checklist -> the questions it waits for; the first line waits for all others."""

_ITEM_OF = {answer: item for item, answers in SETTLED_BY.items() for answer in answers.split()}

_FIRST = next(iter(ITEMS))


def blockers(open_questions: Sequence[OpenQuestion]) -> tuple[str, ...]:
    """What keeps the plan from being approved: each blocking question, its name in front."""
    return tuple(f"{one.answer}: {one.text}" for one in open_questions if one.blocking)


def approval_problem(answers: Answers, blocked: Sequence[str]) -> str:
    """Why a new approval is refused, and what to do first; '' where it is fine."""
    if not answers.approved:
        return ""
    if blocked:
        number = counted(len(blocked), "blocking question")
        first = f"approved: settle {number} first, then approve."
        return "\n".join((first, *(f"  - {one}" for one in blocked)))
    if not answers.approved_by:
        return "approved_by: say who approves, as in -d 'approved_by=Ada Lovelace'."
    return ""


def _digest(value: object) -> str:
    """A short text that changes with the value. Eight digits: two of ten thousand share one in 1 %,
    and nobody compares more than two."""
    text = json.dumps(value, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:8]


COVERED: Mapping[str, Callable[[Answers], object]] = {
    "tables": lambda answers: [
        (one.name, one.ingestion, one.priority, one.primary_keys, one.cursor_field)
        for one in answers.tables
    ],
    "auth_methods": lambda answers: (answers.auth_methods, answers.connection_parameters),
    "sync_interval": lambda answers: answers.sync_interval,
    "rate_limit": lambda answers: (
        answers.rate_limits and [one._replace(text="") for one in answers.rate_limits]
    ),
    "phases": lambda answers: (answers.phases, answers.phase, answers.shipped_tables),
}
"""Question -> what of its answer an approval is for: scope, access, schedule, limits and phases."""


def covered(
    answers: Answers, open_questions: Sequence[OpenQuestion], risks: Sequence[Risk]
) -> dict[str, object]:
    """What an approval given to this plan is for, as the answers file notes it."""
    undecided = [one for one in risks if one.severity == "High" and one.decision.status == "open"]
    counts = {"open_questions": len(open_questions), "high_risks": len(undecided)}
    return counts | {question: _digest(part(answers)) for question, part in COVERED.items()}


def approval_of(answers: Answers, now: Mapping[str, object]) -> Approval | None:
    """The approval of a plan, None where there is none; `now` is what it would cover today.

    One that is newly given covers the plan as it is. One of the first edition has no day, and
    nobody knows what it covered.
    """
    if not answers.approved:
        return None
    new = answers.approved_on and answers.approved_plan is None
    then = now if new else answers.approved_plan or {}
    return Approval(
        by=answers.approved_by or "somebody without a name",
        on=answers.approved_on,
        covers=then,
        changed=tuple(one for one in COVERED if then and then.get(one) != now[one]),
    )


def beside_answers(plan: Plan) -> dict[str, object]:
    """What the answers file keeps of an approval: nothing where there is none."""
    if plan.approval is None:
        return {}
    day = {DATE_ANSWER: plan.approval.on}
    return day | ({PLAN_ANSWER: dict(plan.approval.covers)} if plan.approval.covers else {})


def checklist(
    approval: Approval | None,
    criteria: Sequence[Criterion],
    open_questions: Sequence[OpenQuestion],
    scoped: bool = True,
) -> tuple[ChecklistItem, ...]:
    """The checklist before proceeding: what the plan can tell is ticked, the rest says what lacks.

    A line is done when none of the questions it waits for is open. `scoped` says that a table is
    named: there is no scope without one.
    """
    missing: dict[str, str] = {}
    for item in ITEMS:
        waiting = [one for one in open_questions if _ITEM_OF.get(one.answer, _FIRST) == item]
        names = ", ".join(dict.fromkeys(f"`{one.answer}`" for one in waiting))
        missing[item] = f"still open: {names}" if names else ""
    if not scoped:
        missing["scope-defined"] = missing["scope-defined"] or "no table is named yet"
    if not criteria:
        missing["criteria-established"] = "there is no criterion yet"
    missing[APPROVED] = _approval_missing(approval, open_questions) or missing[APPROVED]
    return tuple(
        ChecklistItem(item, text, not missing[item], missing[item]) for item, text in ITEMS.items()
    )


def _approval_missing(approval: Approval | None, open_questions: Sequence[OpenQuestion]) -> str:
    blocked = len(blockers(open_questions))
    if approval is None:
        waits = f"; {counted(blocked, 'blocking question')} first" if blocked else ""
        return f"nobody has approved it yet{waits}"
    return _lapsed(approval, blocked) if blocked else ""


def _lapsed(approval: Approval, blocked: int) -> str:
    verb = "blocks" if blocked == 1 else "block"
    return f"Approval by {_who(approval)} lapsed - {counted(blocked, 'question')} {verb} the plan"


def _who(approval: Approval) -> str:
    return f"{approval.by} on {approval.on}" if approval.on else approval.by


def status(
    approval: Approval | None,
    open_questions: Sequence[OpenQuestion],
    checks: Sequence[ChecklistItem],
) -> str:
    """The status line: approved, complete but for the approval, or a draft with what is open.

    It names what was open when the plan was approved, and what has changed since.
    """
    blocked = len(blockers(open_questions))
    if approval is not None and not blocked:
        return f"Approved by {_who(approval)}{_then(approval)}{_since(approval)}"
    if all(check.done for check in checks if check.id != APPROVED):
        return "Planning Complete"
    draft = f"Draft - {counted(len(open_questions), 'open question')}"
    if approval is None:
        return draft
    return f"{draft}. {_lapsed(approval, blocked)}{_since(approval)}"


def _then(approval: Approval) -> str:
    if not approval.covers:
        return ""
    questions = counted(int(str(approval.covers.get("open_questions", 0))), "open question")
    risks = counted(int(str(approval.covers.get("high_risks", 0))), "undecided High risk")
    return f", with {questions} and {risks}"


def _since(approval: Approval) -> str:
    return f". Changed since: {listed(approval.changed)}" if approval.changed else ""
