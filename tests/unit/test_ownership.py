"""Which files are the plan's: what the template says and what Copier is told agree."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from planning import ownership
from planning.naming import UPSTREAM_ROOT

SETTINGS = Path(__file__).resolve().parents[2] / "copier.yml"


def test_copier_has_an_entry_for_every_file_of_the_plan() -> None:
    entries = re.findall(r"plans_own\((\d+)\)", SETTINGS.read_text(encoding="utf-8"))
    assert [int(number) for number in entries] == [*range(len(ownership.plan_files("acme")))]


def test_only_spec_and_interface_may_be_older_than_the_plan() -> None:
    every = set(ownership.plan_files("acme"))
    assert every - set(ownership.plan_files("acme", ownership.OFTEN_BY_HAND)) == {
        "connector_spec.yaml",
        "interface.py",
    }


@pytest.mark.parametrize("layout", ["standalone", "upstream"])
def test_every_file_of_a_connector_is_in_one_of_its_homes(layout: str) -> None:
    homes = ownership.homes("acme", layout)
    expected = {
        "standalone": ("sources/acme",),
        "upstream": (
            f"{UPSTREAM_ROOT}/sources/acme",
            "tests/unit/sources/acme",
            f"{UPSTREAM_ROOT}/source_simulator/specs/acme",
        ),
    }
    assert homes == expected[layout]
