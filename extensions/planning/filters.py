"""Filters of the templates and questions, by the module that has them.

A module is loaded when one of its filters is first used. Most belong to files, which are written
after the last question.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

MODULES: dict[str, tuple[str, ...]] = {
    "checks.terminal": ("refusal",),
    "naming": ("title_of",),
    "text": ("cell", "prose", "line", "py", "yaml", "toml", "imports"),
    "wording": ("codes", "named", "key_of", "cursor_of", "is_known", "may_build"),
    "figures": ("counted", "interval"),
    "summary": ("risks_in_words", "questions_in_words", "next_answer", "delivered_command"),
    "features": ("feature_reasons",),
    "charts": ("quota_chart", "risk_chart"),
    "document.markdown": ("box", "folded", "asked", "unknown"),
    "document.overview": ("points",),
    "document.source_analysis": ("source_facts", "existing_solutions"),
    "document.scope": ("scope_grid", "remarkable", "parameter_grid"),
    "document.reading": ("how_read", "oauth_facts", "reading_grid"),
    "document.known": ("known_facts",),
    "document.criteria": ("criteria_of", "criterion_line", "table_tests"),
    "document.risks": ("risk_grid", "explained", "totals_grid", "costs_grid"),
    "document.cuts": (
        "shortest_interval",
        "meaning",
        "meanings",
        "suggested",
        "is_long",
        "fold_phases",
    ),
    "auth": ("credential_names", "own_grants", "option_names"),
    "constants": ("constants", "digest", "answers_digest"),
    "connector_module": (
        "connector_imports",
        "has_long_imports",
        "class_head",
        "upstream_suites",
        "suite_class_head",
    ),
    "spec": ("connection_spec",),
    "distribution": ("distribution_requirements",),
    "simulator": ("endpoints", "example_records"),
}


def _filter(module: str, name: str) -> Callable[..., Any]:
    def call(*values: Any, **options: Any) -> Any:
        return _function(module, name)(*values, **options)

    return call


@cache
def _function(module: str, name: str) -> Callable[..., Any]:
    found: Callable[..., Any] = getattr(import_module(f".{module}", __package__), name)
    return found


FILTERS = {name: _filter(module, name) for module, names in MODULES.items() for name in names}
"""Name of a filter, which is that of its function -> what Jinja calls."""
