"""Which files are the plan's: what the template says and what Copier is told agree."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from planning.answers.naming import UPSTREAM_ROOT
from planning.updates import ownership

SETTINGS = Path(__file__).resolve().parents[3] / "copier.yml"


def test_copier_has_an_entry_for_every_file_of_the_plan() -> None:
    entries = re.findall(r"plans_own\((\d+)\)", SETTINGS.read_text(encoding="utf-8"))
    assert [int(number) for number in entries] == [*range(len(ownership.plan_files("acme")))]


def test_what_people_wrote_under_a_name_of_the_plan_is_theirs(tmp_path: Path) -> None:
    for name in ("connector_spec.yaml", "acme_plan.py", "acme_batches.py"):
        (tmp_path / name).write_text("# Mine\n")
    (tmp_path / "interface.py").write_text(f"{ownership.HEADER}: ...\n")
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests/acme_harness.py").write_text("")
    theirs = ownership.written_by_hand("acme", tmp_path, tmp_path / "tests")
    assert theirs == {"connector_spec.yaml", "acme_batches.py", "acme_harness.py"}
    assert not theirs & set(ownership.plan_files("acme", theirs))
    assert "acme_plan.py" in ownership.plan_files("acme", theirs)


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
