"""Who owns which file: the plan's are renewed by every update, all others belong to people."""

from __future__ import annotations


def plan_files(connector: str) -> tuple[str, ...]:
    """Names of the files the plan owns. Every other file is made once and then left alone.

    DESIGN.md is shared: renewed by every update, with people's ticks and notes carried over.
    """
    return (
        ".copier-answers.yml",
        "connector_spec.yaml",
        "interface.py",
        f"{connector}_plan.py",
        f"test_{connector}_plan.py",
    )
