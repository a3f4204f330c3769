"""Who owns which file: the plan's are renewed by every update, all others belong to people."""

from __future__ import annotations

from .naming import UPSTREAM_ROOT, names_for

SPEC = "connector_spec.yaml"

HEADER = "# Owned by the plan"
"""How a spec begins that a plan wrote."""


def written_by_hand(purpose: str, layout: str) -> bool:
    """Whether the connector was there before its plan: a new phase of an upstream connector.

    Its spec is people's work then, unless it begins with `HEADER`.
    """
    return purpose == "phase" and layout == "upstream"


def plan_files(connector: str, *, spec: bool = True) -> tuple[str, ...]:
    """Names of the files the plan owns. Every other file is made once and then left alone.

    DESIGN.md is shared: renewed by every update, with people's ticks and notes carried over.
    `spec` says whether the spec of the connector is the plan's.
    """
    return (
        ".copier-answers.yml",
        "interface.py",
        f"{connector}_plan.py",
        f"test_{connector}_plan.py",
        *((SPEC,) if spec else ()),
    )


def homes(connector: str, layout: str) -> tuple[str, ...]:
    """The folders in which files of a connector stand, none of them within another."""
    names = names_for(connector, layout)
    if layout != "upstream":
        return (names.package,)
    return (names.package, names.tests, f"{UPSTREAM_ROOT}/source_simulator/specs/{connector}")
