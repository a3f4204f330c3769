"""Filters of the templates and questions, by the module that has them.

A module is loaded when one of its filters is first used. Most belong to files, which are written
after the last question.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

MODULES = {
    "answers.checks.terminal": "refusal",
    "answers.naming": "title_of",
    "terms.text": "cell prose line py yaml toml imports",
    "plan.wording": "codes named key_of cursor_of is_known may_build speaks_http",
    "plan.figures": "counted interval",
    "files.summary": "risks_in_words questions_in_words next_answer delivered_command",
    "plan.features": "feature_reasons",
    "files.charts": "quota_chart risk_chart",
    "files.document.markdown": "box folded asked unknown",
    "files.document.overview": "points",
    "files.document.source_analysis": "source_facts existing_solutions",
    "files.document.scope": "scope_grid remarkable parameter_grid",
    "files.document.reading": "how_read oauth_facts reading_grid",
    "files.document.known": "known_facts",
    "files.document.criteria": "criteria_of criterion_line table_tests",
    "files.document.risks": "risk_grid explained totals_grid costs_grid",
    "files.document.cuts": "shortest_interval meaning meanings suggested is_long fold_phases",
    "plan.auth": "credential_names methods_in_words own_grants option_names",
    "files.constants": "constants digest answers_digest",
    "files.connector_module": (
        "connector_imports has_long_imports class_head suite_imports suite_class_head"
    ),
    "files.spec": "connection_spec",
    "files.distribution": "distribution_requirements",
    "files.simulator": "endpoints envelope example_records",
}
"""Module of the planning package -> its filters, which are functions there."""


def _filter(module: str, name: str) -> Callable[..., Any]:
    @cache
    def function() -> Any:
        return getattr(import_module(f"..{module}", __package__), name)

    return lambda *values, **options: function()(*values, **options)


FILTERS = {
    name: _filter(module, name) for module, names in MODULES.items() for name in names.split()
}
"""Name of a filter, which is that of its function -> what Jinja calls."""
