"""What the design document shows beyond single fields, one module a section.

Sentences that stand alone are in design/; here is what a template cannot work out with loops and
ifs: sums, groups, and lines that are put together from what is known.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .. import charts, figures
from ..features import feature_reasons
from ..wording import may_build, named
from . import cuts, markdown, overview, risks, scope, source_analysis

FILTERS: dict[str, Callable[..., Any]] = {
    "folded": markdown.folded,
    "asked": markdown.asked,
    "unknown": markdown.unknown,
    "points": overview.points,
    "source_facts": source_analysis.source_facts,
    "existing_solutions": source_analysis.existing_solutions,
    "scope_grid": scope.scope_grid,
    "remarkable": scope.remarkable,
    "parameter_grid": scope.parameter_grid,
    "risk_grid": risks.risk_grid,
    "explained": risks.explained,
    "totals_grid": risks.totals_grid,
    "costs_grid": risks.costs_grid,
    "criteria_of": cuts.criteria_of,
    "meaning": cuts.meaning,
    "meanings": cuts.meanings,
    "suggested": cuts.suggested,
    "is_long": cuts.is_long,
    "fold_phases": cuts.fold_phases,
    "feature_reasons": feature_reasons,
    "may_build": may_build,
    "named": named,
    "duration": figures.duration,
    "quota_chart": charts.quota_chart,
    "risk_chart": charts.risk_chart,
    "phase_chart": charts.phase_chart,
}
"""Filters of the design document."""
