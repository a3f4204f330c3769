"""A new phase of a connector that people wrote by hand, in the repository it lives in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import copier
import pytest
import yaml
from checkout import Checkout, why_not
from projects import ROOT, git

pytestmark = pytest.mark.skipif(bool(why_not()), reason=why_not())

CONNECTOR = "mailchimp"
ANSWERS: dict[str, Any] = yaml.safe_load((ROOT / "examples/mailchimp_phase_2.yml").read_text())
TAKEN = '{"api_key": "0-us21", "server_prefix": "us21"}'
"""Options of the form that this connector asks for."""


@pytest.fixture(scope="module")
def checkout(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """A clone with the plan of the second phase. Tests must not change it."""
    made = Checkout.clone(tmp_path_factory.mktemp("phase") / "clone")
    copier.run_copy(str(template), made.folder, ANSWERS, defaults=True, unsafe=True, quiet=True)
    return made


def test_nothing_that_is_there_is_touched(checkout: Checkout) -> None:
    assert git(checkout.folder, "diff", "--name-only") == ""
    assert (checkout.source(CONNECTOR) / "DESIGN.md").exists()


def test_a_connector_that_takes_no_stand_ins_says_what_to_do(checkout: Checkout) -> None:
    endings = checkout.suite(CONNECTOR)
    assert "failed" not in endings.values()
    done = checkout.run("-m", "pytest", "-q", "-rs", "-p", "no:cacheprovider", _tests(checkout))
    assert "Set STAND_INS in conftest.py" in done.stdout


def test_tables_of_the_phase_are_expected_failures_until_they_are_there(
    checkout: Checkout,
) -> None:
    conftest = checkout.tests(CONNECTOR) / "conftest.py"
    before = conftest.read_text()
    changed = before.replace("STAND_INS: dict[str, str] = {}", f"STAND_INS = {TAKEN}")
    assert changed != before
    conftest.write_text(changed)
    endings = checkout.suite(CONNECTOR)
    conftest.write_text(before)
    assert endings["test_the_connector_lists_the_tables_of_the_plan"] == "xfailed"
    assert endings["test_the_connector_reports_the_metadata_of_the_plan"] == "passed"
    assert endings["test_metadata_is_as_planned[campaigns]"] == "passed"
    assert endings["test_metadata_is_as_planned[segments]"] == "xfailed"


def _tests(checkout: Checkout) -> str:
    return str(checkout.tests(CONNECTOR).relative_to(checkout.folder))
