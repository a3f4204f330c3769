"""Names that look like trouble and are none, and what the risks say of them."""

from __future__ import annotations

import pytest
from factories import facts
from planning.answers.answer_types import ConnectionParameter, ExtraRisk, RateLimit
from planning.plan.model import Risk
from planning.plan.risks import assess
from risk_pairs import cdc


def found(**changes: object) -> dict[str, Risk]:
    return {risk.id: risk for risk in assess(facts(**changes))[0]}


@pytest.mark.parametrize(
    ("cursor", "fires"),
    [
        ("CreatedDate", False),
        ("LastModifiedDate", False),
        ("updated_date", False),
        ("segments.date", True),
        ("report_day", True),
    ],
)
def test_a_date_of_creation_or_change_holds_a_time(cursor: str, fires: bool) -> None:
    assert ("cursor-of-whole-days" in found(**cdc(cursor_field=cursor))) is fires


@pytest.mark.parametrize(
    "name", ["server_prefix", "subdomain", "base_url", "host", "data_center", "api_endpoint"]
)
def test_a_parameter_for_the_address_takes_the_risk_of_it_away(name: str) -> None:
    parameter = ConnectionParameter(name)
    plan = {"auth_traits": ("per_tenant_url",), "connection_parameters": (parameter,)}
    assert "per-tenant-url" not in found(**plan)


def test_a_parameter_for_something_else_does_not() -> None:
    parameter = ConnectionParameter("start_date")
    plan = {"auth_traits": ("per_tenant_url",), "connection_parameters": (parameter,)}
    assert "does start_date take it?" in found(**plan)["per-tenant-url"].why


def test_statistics_with_a_time_of_modification_are_not_restated_unseen() -> None:
    assert "figures-are-restated" not in found(**cdc("pull_request_stats"))


def test_a_resource_name_identifies_a_record() -> None:
    assert "key-may-repeat" not in found(**cdc(primary_keys=("resource_name",)))
    assert "key-may-repeat" in found(**cdc(primary_keys=("display_name",)))


def test_small_tables_without_deletions_are_to_be_read_whole() -> None:
    tables = (*cdc("themes", rows=240)["tables"], *cdc("orders", rows=40_000)["tables"])
    risk = found(tables=tables, use_cases=("How many themes there are",))["deletes-unseen"]
    assert "Small enough to be read as snapshot: themes (240 rows)." in risk.why


def test_the_mitigation_of_a_risk_added_by_hand_is_its_check() -> None:
    sale = ExtraRisk("extra-sale", "The vendor is for sale", "High", "High", "Ask them monthly.")
    assert found(extra_risks=(sale,))["extra-sale"].check == "Ask them monthly."


def test_hours_of_the_first_load_are_those_of_the_limit_wherever_they_stand() -> None:
    limited = {"page_size": 100, "tables": cdc(rows=4_000_000)["tables"]}
    shown = found(rate_limits=(), **limited)["backfill-takes-days"].why
    assert "11.1 h for one reader, assuming one request a second" in shown
    fast = RateLimit(25, 1, "25/s")
    assert "backfill-takes-days" not in found(rate_limits=(fast,), **limited)
    slow = RateLimit(1_000, 3_600, "1000/hour")
    shown = found(rate_limits=(slow,), **limited)["backfill-takes-days"].why
    assert "take 40.0 h at 1000/hour" in shown
