"""A plan as scripts and portals read it: verdict, open questions, risks and capacity as data.

`schemas/check.schema.json` describes what comes out. Names are only ever added; whatever changes
the meaning of one raises `FORMAT`.
"""

from __future__ import annotations

import shlex
from typing import Any

from ..answers.plan_file import Problem
from ..plan.model import Capacity, OpenQuestion, Plan, Risk, Span
from ..plan.wording import answer_in

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
        "connector": answers.connector,
        "source_name": answers.source_name,
        "verdict": {
            "recommendation": answers.recommendation,
            "status": plan.status,
            "fit": plan.fit.verdict,
            "summary": plan.fit.summary,
            "evidence": list(plan.fit.evidence),
            "suggestion": plan.fit.suggestion,
        },
        "open_questions": [_question(one, plan.names.answers_file) for one in plan.open_questions],
        "risks": [_risk(one) for one in plan.risks],
        "capacity": {"sync_interval_seconds": answers.sync_interval, **_capacity(plan.capacity)},
    }


def _question(question: OpenQuestion, answers_file: str) -> dict[str, Any]:
    """`command` answers the question of a plan that was copied; its example is to be replaced."""
    example = answer_in(question.text) or f"-d {shlex.quote(f'{question.answer}=...')}"
    update = f"copier update --trust -r :current: --defaults -a {answers_file}"
    return {
        "id": question.id,
        "answer": question.answer,
        "blocking": question.blocking,
        "text": question.text,
        "command": f"{update} {example}",
    }


def _risk(risk: Risk) -> dict[str, Any]:
    return {
        "id": risk.id,
        "category": risk.category,
        "title": risk.title,
        "severity": risk.severity,
        "likelihood": risk.likelihood,
        "impact": risk.impact,
        "status": risk.decision.status,
        "why": risk.why,
        "mitigation": risk.decision.mitigation or risk.mitigation,
        "tables": list(risk.tables),
    }


def _capacity(capacity: Capacity) -> dict[str, Any]:
    limit = capacity.governing_limit
    return {
        "limit": limit and {"requests": limit.requests, "seconds": limit.seconds},
        "unlimited": capacity.unlimited,
        "first_load_requests": _span(capacity.first_load_requests),
        "first_load_hours": _span(capacity.first_load_hours),
        "sync_requests": _span(capacity.sync_requests),
        "sync_hours": _span(capacity.sync_hours),
        "share": capacity.share,
        "shortest_interval_seconds": capacity.shortest_interval_seconds,
        "never_catches_up": capacity.never_catches_up,
        "too_slow": list(capacity.too_slow),
        "missing": list(capacity.missing),
    }


def _span(span: Span | None) -> dict[str, float] | None:
    return span and {"low": span.low, "high": span.high}
