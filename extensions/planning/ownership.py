"""Who owns which file: the plan's are renewed by every update, all others belong to people."""

from __future__ import annotations


def written_by_hand(purpose: str, layout: str) -> bool:
    """Whether the connector was there before its plan: a new phase of an upstream connector."""
    return purpose == "phase" and layout == "upstream"


def plan_files(connector: str, purpose: str = "", layout: str = "") -> tuple[str, ...]:
    """Names of the files the plan owns. Every other file is made once and then left alone.

    DESIGN.md is shared: renewed by every update, with people's ticks and notes carried over. The
    spec of a connector that was there before its plan is people's work.
    """
    spec = () if written_by_hand(purpose, layout) else ("connector_spec.yaml",)
    return (
        ".copier-answers.yml",
        *spec,
        "interface.py",
        f"{connector}_plan.py",
        f"test_{connector}_plan.py",
    )
