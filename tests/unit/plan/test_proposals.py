"""Names that a refusal proposes can be taken as they are."""

from __future__ import annotations

import pytest
from planning.answers.checks import refusal
from planning.terms.near import HINTS, did_you_mean


@pytest.mark.parametrize(
    ("written", "proposed"),
    [
        ("Acme CRM", "acme_crm"),
        ("2nd-Source", "nd_source"),
        ("Zürich", "zurich"),
        ("--", "acme_crm"),
        ("Class", "acme_crm"),
        ("Pipeline", "acme_crm"),
        ("NUL", "acme_crm"),
        ("A" * 49 + "-b", "a" * 49),
    ],
)
def test_a_connector_is_proposed_a_name_that_is_fit(written: str, proposed: str) -> None:
    assert refusal(written, "connector").partition("; write ")[2].startswith(f"{proposed}: ")
    assert refusal(proposed, "connector") == ""


def test_a_hint_offers_a_few_near_names_as_they_are_written() -> None:
    known = [f"Orders{number}" for number in range(9)]
    hint = did_you_mean("orders", known)
    assert hint.count("Orders") == HINTS
    assert hint.startswith("did you mean Orders")


def test_a_name_that_is_far_from_all_gets_no_hint() -> None:
    assert did_you_mean("invoices", ["orders", "users"]) == ""
