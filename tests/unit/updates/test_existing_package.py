"""What a plan of a next phase takes from what stands there, and what somebody says otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from planning.terms.values import Refusal
from planning.updates.existing_package import (
    EARLIER,
    PACKAGE_ORIGIN,
    ExistingPackage,
    begins_a_phase,
    from_earlier_phase,
    from_package,
    read,
    with_delivered,
)

PACKAGE = ExistingPackage(
    {"source_name": "ACME Shop"},
    {"orders": {"ingestion": "cdc", "cursor_field": "changed"}, "labels": {}},
)
PLAN = {"connector": "acme", "tables": [{"name": "orders", "ingestion": "cdc"}, "customers"]}


def test_a_spec_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "connector_spec.yaml").write_text("display_name: [\n")
    with pytest.raises(Refusal, match=r"connector_spec\.yaml .* line 2"):
        read(tmp_path)


def test_tables_of_the_package_come_first_and_are_delivered() -> None:
    taken = from_package(PACKAGE, {"tables": "refunds"})
    assert taken.answers["tables"] == [
        {"name": "orders", "ingestion": "cdc", "cursor_field": "changed"},
        "labels",
        "refunds",
    ]
    assert taken.answers["shipped_tables"] == ["orders", "labels"]
    assert taken.origins == {
        "source_name": PACKAGE_ORIGIN,
        "shipped_tables": PACKAGE_ORIGIN,
        "tables.orders.ingestion": PACKAGE_ORIGIN,
        "tables.orders.cursor_field": PACKAGE_ORIGIN,
    }


def test_what_somebody_says_of_it_is_not_the_packages() -> None:
    said = {"source_name": "Acme", "tables": [{"name": "orders", "cursor_field": "seen"}]}
    taken = from_package(PACKAGE, said)
    assert "source_name" not in taken.answers
    assert taken.answers["tables"][0] == {  # type: ignore[index]
        "name": "orders",
        "ingestion": "cdc",
        "cursor_field": "seen",
    }
    assert "tables.orders.cursor_field" not in taken.origins


def test_of_what_is_said_to_be_delivered_the_package_says_how_it_is_read() -> None:
    taken = from_package(PACKAGE, {"tables": ["refunds"], "shipped_tables": ["orders"]})
    names = [one if isinstance(one, str) else one["name"] for one in taken.answers["tables"]]  # type: ignore[attr-defined]
    assert names == ["orders", "refunds"]
    assert "shipped_tables" not in taken.answers


@pytest.mark.parametrize(
    ("before", "said", "begins"),
    [
        ({}, {"purpose": "phase"}, True),
        ({"purpose": "new"}, {"purpose": "phase"}, True),
        ({"purpose": "evaluate"}, {"purpose": "phase"}, False),
        ({"purpose": "phase", "phase": 2}, {"purpose": "phase"}, False),
        ({"purpose": "phase", "phase": 2}, {"phase": 2}, False),
        ({"purpose": "phase", "phase": 2}, {"phase": 3}, True),
        ({"purpose": "phase", "phase": 2}, {"phase": "many"}, False),
        ({"purpose": "phase", "existing_package": True}, {"phase": 2}, False),
        ({"purpose": "phase", "existing_package": True}, {"phase": 3}, True),
        ({}, {"phase": 2}, False),
    ],
)
def test_a_phase_begins_by_the_purpose_or_by_its_number(
    before: dict[str, Any], said: dict[str, Any], begins: bool
) -> None:
    assert begins_a_phase({**PLAN, **before}, said) is begins


def test_the_tables_of_the_phase_before_are_delivered_and_stay() -> None:
    taken = from_earlier_phase({**PLAN, "purpose": "phase", "phase": 2}, {"tables": ["refunds"]})
    assert taken.answers == {
        "phase": 3,
        "shipped_tables": ["orders", "customers"],
        "tables": ["orders", "customers", "refunds"],
    }
    assert taken.origins == {"phase": EARLIER, "shipped_tables": EARLIER}


def test_whoever_says_what_is_delivered_says_it_all() -> None:
    said = {"phase": 4, "tables": ["orders", "refunds"], "shipped_tables": ["orders"]}
    assert from_earlier_phase(PLAN, said) == ({}, {})
    recorded = {**PLAN, "shipped_tables": ["orders", "customers"]}
    assert with_delivered(recorded, said) == ["orders", "refunds"]
    del said["shipped_tables"]
    assert with_delivered(recorded, said) == ["orders", "customers", "refunds"]
