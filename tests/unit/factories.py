"""Input for unit tests: answers and tables that say as little as they can."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from planning.answers.answer_types import Answers, Table
from planning.plan import capacity, fit
from planning.plan.model import Facts, Risk
from planning.sources import catalogue
from planning.sources.existing import Existing

CATALOGUE = catalogue.Catalogue(Path(catalogue.__file__).parents[1] / "data" / catalogue.FILE_NAME)
"""The catalogue that comes with the template."""

UNKNOWN_SOURCE = Existing(match="", findings=(), near=(), as_of="2026-11-23")
"""What a catalogue says of a source that it does not know."""


def answers(**changes: Any) -> Answers:
    """Answers for a REST source with one snapshot table, except for `changes`: these were said."""
    given = {"connector": "acme", "source_name": "Acme", "tables": (table("orders"),), **changes}
    return Answers(**{"given": frozenset(changes), **given})


def table(name: str, **changes: Any) -> Table:
    """A P0 snapshot table, except for `changes`."""
    return Table(**{"name": name, "ingestion": "snapshot", "priority": "P0", **changes})


def facts(*, existing: Existing = UNKNOWN_SOURCE, **changes: Any) -> Facts:
    """What rules, criteria and phases look at, for `answers(**changes)`."""
    given = answers(**changes)
    return Facts(given, existing, fit.assess(given, existing), capacity.estimate(given))


def risk(id: str, severity: str = "High", **changes: Any) -> Risk:
    """A risk of this severity, about no table and decided by nobody, except for `changes`."""
    given = {
        "category": "data_volume",
        "title": f"Title of {id}",
        "what": "",
        "why": "",
        "likelihood": severity,
        "impact": severity,
        "mitigation": "Do something.",
        "check": f"Is {id} under control?",
        **changes,
    }
    return Risk(id=id, severity=severity, **given)
