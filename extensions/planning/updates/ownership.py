"""Who owns which file: the plan's are renewed by every update, all others belong to people."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from ..answers.naming import UPSTREAM_ROOT, names_for

SPEC = "connector_spec.yaml"

INTERFACE = "interface.py"

OFTEN_BY_HAND = (INTERFACE, SPEC)
"""Files of the plan that a connector may have had before there was a plan."""

SECOND_EDITION = ("{}_batches.py", "{}_harness.py", "{}_criteria.py")
"""Files that came to the plan's later: where a plan is older, people may have taken their names."""

HEADER = "# Owned by the plan"
"""How each of them begins where a plan wrote it. Any other is people's work and stays as it is."""


def plan_files(connector: str, by_hand: Collection[str] = ()) -> tuple[str, ...]:
    """Names of the files the plan owns. Every other file is made once and then left alone.

    DESIGN.md is shared: renewed by every update, with people's ticks and notes carried over.
    `by_hand` are those that people wrote, as `written_by_hand` finds them.
    """
    every = [".copier-answers.yml", *OFTEN_BY_HAND]
    every += [f"{connector}_plan.py", f"test_{connector}_plan.py"]
    every += [name.format(connector) for name in SECOND_EDITION]
    return tuple(name for name in every if name not in by_hand)


def written_by_hand(connector: str, package: Path, *tests: Path) -> frozenset[str]:
    """Which files with names of the plan's stand there without the first line of a plan.

    Names of the first edition belong to the plan in the package alone.
    """
    second = [one.format(connector) for one in SECOND_EDITION]
    looked_at = [(package, name) for name in (*OFTEN_BY_HAND, *second)]
    looked_at += [(folder, name) for folder in tests for name in second]
    return frozenset(
        name
        for folder, name in looked_at
        if (file := folder / name).is_file() and not file.read_bytes().startswith(HEADER.encode())
    )


def homes(connector: str, layout: str) -> tuple[str, ...]:
    """The folders in which files of a connector stand, none of them within another."""
    names = names_for(connector, layout)
    if layout != "upstream":
        return (names.package,)
    return (names.package, names.tests, f"{UPSTREAM_ROOT}/source_simulator/specs/{connector}")
