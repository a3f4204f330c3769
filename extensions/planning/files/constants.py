"""The facts of a plan as constants for the generated code, and a digest that tells them apart.

Names and keys are read by other tools: docs and generated tests rely on them. All values are
plain literals, so that `ast.literal_eval` can read them without running the module.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence

from ..answers import limits
from ..answers.answer_types import Answers, Table
from ..plan import auth
from ..plan.model import Plan

DIGEST_LENGTH = 16
"""Hexadecimal digits of the digest: enough to notice an edit, short enough to read past."""


def constants(plan: Plan) -> dict[str, object]:
    """Constant name -> value, in the order the generated module prints them."""
    answers = plan.answers
    methods = auth.methods(answers)
    return {
        "CONNECTOR": answers.connector,
        "SOURCE_NAME": answers.source_name or answers.connector,
        "TABLES": _tables(plan),
        "TABLE_OPTIONS": list(table_options(answers)),
        "FEATURES": list(answers.features),
        "LIMITS": _limits(answers),
        "AUTH_METHODS": {method.name: list(method.needs) for method in auth.ranked(methods)},
        "CONNECTION_OPTIONS": _connection_options(answers, methods),
        "EXAMPLE_OPTIONS": _example_options(answers, methods),
        "RISKS": [
            {
                "id": risk.id,
                "category": risk.category,
                "likelihood": risk.likelihood,
                "impact": risk.impact,
                "severity": risk.severity,
                "status": risk.decision.status,
            }
            for risk in plan.risks
        ],
        "CRITERIA": [
            {
                "id": one.id,
                "group": one.group,
                "text": one.text,
                "test": one.test,
                "tables": list(one.tables),
            }
            for one in plan.criteria
        ],
    }


def digest(facts: Mapping[str, object]) -> str:
    """A short digest of the values, the same however the module that holds them is formatted."""
    canonical = json.dumps(facts, sort_keys=True)
    return hashlib.sha256(canonical.encode()).hexdigest()[:DIGEST_LENGTH]


def answers_digest(answers: str) -> str:
    """A digest of an answers file, without comments and what Copier notes of the template."""
    lines = [line for line in answers.splitlines() if line and not line.startswith(("#", "_"))]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:DIGEST_LENGTH]


def table_options(answers: Answers) -> tuple[str, ...]:
    """All options a table may be given: those for any table, then those that a table needs."""
    needed = (option for table in answers.tables for option in table.options)
    return tuple(dict.fromkeys((*answers.table_options, *needed)))


def _tables(plan: Plan) -> dict[str, dict[str, object]]:
    phases = {
        table: f"phase {phase.number} ({phase.name})"
        for phase in reversed(plan.phases)  # a table belongs to the first phase that names it
        for table in phase.tables
    }
    return {
        table.name: {
            "ingestion_type": table.ingestion,
            "primary_keys": list(table.primary_keys),
            "cursor_field": table.cursor_field,
            "priority": table.priority,
            "options": list(table.options),
            "phase": phases.get(table.name, _without_phase(table)),
            "assumed": sorted(table.assumed),
            "known": sorted(table.known),
            "parent": table.parent,
            "path": table.path,
            "read_by": table.read_by,
            "order": table.order,
            "filter": table.filter,
            "lookback_seconds": table.lookback,
            "page_size": table.page_size or plan.answers.page_size,
            "pagination": table.pagination or plan.answers.pagination,
            "rate_limit": limits.name_for(table),
        }
        for table in plan.answers.tables
    }


def _without_phase(table: Table) -> str:
    return "an earlier phase" if table.shipped else "a phase that is still to be named"


def _limits(answers: Answers) -> dict[str, object]:
    known = limits.of_all(answers)
    return {
        "rate_limits": None
        if known is None
        else [
            {"requests": one.requests, "seconds": one.seconds, "name": one.name}
            for one in known.rates
        ],
        "at_once": [
            {"requests": one.requests, "name": one.name} for one in (known.at_once if known else ())
        ],
        "page_size": answers.page_size,
        "pagination": answers.pagination,
        "page_end": answers.page_end,
        "pagination_limit": answers.pagination_limit,
        "answer_traits": list(answers.answer_traits),
        "request_timeout_seconds": answers.request_timeout_seconds,
        "api_version": answers.api_version,
    }


def _connection_options(
    answers: Answers, methods: Sequence[auth.AuthMethod]
) -> list[dict[str, object]]:
    groups = [(method.name, method.parameters) for method in methods]
    return [
        {
            "name": parameter.name,
            "required": parameter.required,
            "secret": parameter.secret,
            "description": parameter.description,
            "auth_method": method,
        }
        for method, parameters in [*groups, ("", auth.shared_parameters(answers))]
        for parameter in parameters
    ]


def _example_options(answers: Answers, methods: Sequence[auth.AuthMethod]) -> dict[str, str]:
    shared = auth.required_names(auth.shared_parameters(answers))
    names = (*(methods[0].needs if methods else ()), *shared)
    return {name: _example(name) for name in names}


def _example(name: str) -> str:
    if name.endswith(("url", "endpoint")):
        return "https://source.example"
    return "{}" if name.endswith("json") else f"example-{name.replace('_', '-')}"
