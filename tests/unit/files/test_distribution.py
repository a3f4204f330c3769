"""What the package of a connector depends on."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from factories import answers
from planning.files.distribution import distribution_requirements

FRAMEWORK = "lakeflow-community-connectors>=0.1.0,<1.0"


def required(**changes: Any) -> tuple[str, ...]:
    plan: Any = SimpleNamespace(answers=answers(**changes))
    return distribution_requirements(plan)


def test_every_connector_needs_requests_and_the_framework() -> None:
    assert required() == ("requests>=2.28.0,<3.0", FRAMEWORK)


def test_a_version_that_was_answered_counts_more() -> None:
    assert required(dependencies=("Requests>=2.31,<3",)) == ("Requests>=2.31,<3", FRAMEWORK)


def test_a_service_account_needs_a_library_that_signs() -> None:
    listed = required(auth_methods=("service_account_jwt",))
    assert "pyjwt[crypto]>=2.4.0,<3.0" in listed


def test_pyspark_is_left_to_the_runtime_even_when_it_was_answered() -> None:
    listed = required(dependencies=("pyspark>=3.5", "httpx>=0.27,<1"))
    assert listed == ("requests>=2.28.0,<3.0", "httpx>=0.27,<1", FRAMEWORK)
