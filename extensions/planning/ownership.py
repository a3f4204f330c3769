"""Who owns which file: the plan's are renewed by every update, all others belong to people."""

from __future__ import annotations

from .naming import UPSTREAM_ROOT, names_for

SPEC = "connector_spec.yaml"

HEADER = "# Owned by the plan"
"""How a spec begins that a plan wrote. Upstream, any other is people's work and stays as it is."""


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
        f"{connector}_harness.py",
        *((SPEC,) if spec else ()),
    )


def homes(connector: str, layout: str) -> tuple[str, ...]:
    """The folders in which files of a connector stand, none of them within another."""
    names = names_for(connector, layout)
    if layout != "upstream":
        return (names.package,)
    return (names.package, names.tests, f"{UPSTREAM_ROOT}/source_simulator/specs/{connector}")
