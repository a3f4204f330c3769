"""Input for unit tests: answers and tables that say as little as they can."""

from __future__ import annotations

from typing import Any

from planning.model import Answers, Table


def answers(**changes: Any) -> Answers:
    """Answers for a REST source with one snapshot table, except for `changes`."""
    given = {"connector": "acme", "source_name": "Acme", "tables": (table("orders"),), **changes}
    return Answers(**given)


def table(name: str, **changes: Any) -> Table:
    """A P0 snapshot table, except for `changes`."""
    return Table(**{"name": name, "ingestion": "snapshot", "priority": "P0", **changes})
