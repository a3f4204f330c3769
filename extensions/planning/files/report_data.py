"""A plan as scripts and portals read it: verdict, open questions, risks and capacity as data.

`schemas/check.schema.json` describes what comes out. Names are only ever added; whatever changes
the meaning of one raises `FORMAT`.
"""

from __future__ import annotations

import shlex
from typing import Any

from ..answers.plan_file import Problem
from ..plan.model import Capacity, OpenQuestion, Plan, Risk
from ..plan.wording import answer_in
from .constants import picked

FORMAT = 1
"""Number of the format of what `check_plan.py --format json` prints."""


def checked(name: str, problems: tuple[Problem, ...], plan: Plan | None) -> dict[str, Any]:
    """One file of a check. `plan` is null where the file is refused, `line` for a whole file."""
    return {
        "file": name,
        "taken": not problems,
        "problems": [{"line": one.line or None, "text": one.text} for one in problems],
        "plan": plan and as_data(plan),
    }


def as_data(plan: Plan) -> dict[str, Any]:
    """The plan as plain values. `None` means that it is not known."""
    answers = plan.answers
    return {
        **picked(answers, "connector source_name"),
        "verdict": {
            "recommendation": answers.recommendation,
            "status": plan.status,
            "fit": plan.fit.verdict,
            **picked(plan.fit, "summary evidence suggestion"),
        },
        "open_questions": [_question(one, plan.names.answers_file) for one in plan.open_questions],
        "risks": [_risk(one) for one in plan.risks],
        "capacity": {"sync_interval_seconds": answers.sync_interval, **_capacity(plan.capacity)},
    }


def _question(question: OpenQuestion, answers_file: str) -> dict[str, Any]:
    """`command` answers the question of a plan that was copied; its example is to be replaced."""
    example = answer_in(question.text) or f"-d {shlex.quote(f'{question.answer}=...')}"
    update = f"copier update --trust -r :current: --defaults -a {answers_file}"
    return {**picked(question, "id answer blocking text"), "command": f"{update} {example}"}


def _risk(risk: Risk) -> dict[str, Any]:
    return {
        **picked(risk, "id category title severity likelihood impact"),
        "status": risk.decision.status,
        "why": risk.why,
        "mitigation": risk.decision.mitigation or risk.mitigation,
        "tables": list(risk.tables),
    }


def _capacity(capacity: Capacity) -> dict[str, Any]:
    limit = capacity.governing_limit
    spans = ("first_load_requests", "first_load_hours", "sync_requests", "sync_hours")
    return {
        "limit": limit and picked(limit, "requests seconds"),
        **{name: (span := getattr(capacity, name)) and span._asdict() for name in spans},
        **picked(capacity, "unlimited share shortest_interval_seconds never_catches_up"),
        **picked(capacity, "too_slow missing"),
    }
