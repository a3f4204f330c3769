"""The facts of a plan as constants for the generated code, and a digest that tells them apart.

Names and keys are read by other tools: docs and generated tests rely on them. All values are
plain literals, so that `ast.literal_eval` can read them without running the module.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

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
                **picked(risk, "id category likelihood impact severity"),
                "status": risk.decision.status,
            }
            for risk in plan.risks
        ],
        "CRITERIA": [picked(one, "id group text test tables") for one in plan.criteria],
    }


def picked(one: object, names: str) -> dict[str, Any]:
    """Attributes of a value by their names, with lists for tuples: JSON has no other."""
    values = {name: getattr(one, name) for name in names.split()}
    return {
        name: list(value) if isinstance(value, tuple) else value for name, value in values.items()
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
            **picked(table, "primary_keys cursor_field priority options"),
            "phase": phases.get(table.name, _without_phase(table)),
            "assumed": sorted(table.assumed),
            "known": sorted(table.known),
            **picked(table, "parent path read_by order filter"),
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
    rates, at_once = known or limits.Limits()
    return {
        "rate_limits": known and [picked(one, "requests seconds name") for one in rates],
        "at_once": [picked(one, "requests name") for one in at_once],
        **picked(answers, "page_size pagination page_end pagination_limit answer_traits"),
        **picked(answers, "request_timeout_seconds api_version"),
    }


def _connection_options(
    answers: Answers, methods: Sequence[auth.AuthMethod]
) -> list[dict[str, object]]:
    groups = [(method.name, method.parameters) for method in methods]
    return [
        {**picked(parameter, "name required secret description"), "auth_method": method}
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
