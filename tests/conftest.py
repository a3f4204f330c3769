"""What all tests share: the planning package on the path, and a released copy of the template."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# How long an example takes depends on what else the machine does: timings belong in the benchmark.
settings.register_profile("timeless", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("timeless")

TESTS = Path(__file__).resolve().parent
sys.path[:0] = [
    str(TESTS),
    str(TESTS / "unit"),
    str(TESTS / "update"),
    str(TESTS / "gallery"),
    str(TESTS.parent / "scripts"),
    str(TESTS.parent / "extensions"),
]

from projects import SMALL, Project, clone_template, new_project  # noqa: E402


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The template, committed and released as v1.0.0. Tests must not change it."""
    return clone_template(tmp_path_factory.mktemp("release") / "template")


@pytest.fixture
def small_project(template: Path, tmp_path: Path) -> Project:
    """A repository with the small plan."""
    return new_project(template, tmp_path / "project", **SMALL)


@pytest.fixture
def make_project(template: Path, tmp_path: Path) -> Any:
    """Makes a repository with the plan that the answers describe."""

    def make(name: str = "project", **answers: Any) -> Project:
        return new_project(template, tmp_path / name, **{**SMALL, **answers})

    return make


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Says what this machine lacks for the tests that were skipped, once for each reason."""
    skipped = terminalreporter.stats.get("skipped", ())
    reasons = Counter(str(report.longrepr[2]).removeprefix("Skipped: ") for report in skipped)
    for reason, number in reasons.most_common():
        terminalreporter.write_line(f"{number} skipped: {reason}")
