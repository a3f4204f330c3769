"""What the page says of the ways to do without a connector."""

from __future__ import annotations

from typing import Any

from factories import CATALOGUE, UNKNOWN_SOURCE, answers, table
from planning.plan.alternatives import alternatives_for
from planning.plan.model import Alternative
from planning.sources.existing import Existing


def one(id_: str, existing: Existing = UNKNOWN_SOURCE, **changes: Any) -> Alternative:
    given = answers(**changes)
    return {one.id: one for one in alternatives_for(given, existing)}[id_]


def test_a_connector_that_only_the_session_knows_says_so() -> None:
    managed = one("managed-connector", managed_connector="yes")
    assert managed.speaks_for[0].endswith(
        "the catalogue does not know it (managed_connector: yes)."
    )


def test_a_connector_that_the_catalogue_knows_is_told_with_its_date_alone() -> None:
    salesforce = CATALOGUE.look_up("Salesforce")
    managed = one("managed-connector", salesforce, managed_connector="yes")
    assert not any("does not know it" in sentence for sentence in managed.speaks_for)
    assert "as of" in managed.speaks_for[0]


def test_a_connector_that_the_session_ruled_out_is_told_on_the_other_side() -> None:
    managed = one("managed-connector", CATALOGUE.look_up("Salesforce"), managed_connector="no")
    assert managed.speaks_against[0] == "The session ruled it out (managed_connector: no)."


def test_a_plan_without_tables_wants_none_of_them() -> None:
    salesforce = CATALOGUE.look_up("Google Ads")
    named = one("managed-connector", salesforce, managed_connector="yes")
    assert "the plan wants orders" in " ".join(named.speaks_against)
    nothing = one("managed-connector", salesforce, managed_connector="yes", tables=())
    assert "the plan wants" not in " ".join(nothing.speaks_against)


def test_a_stream_says_how_often_it_syncs_where_somebody_said() -> None:
    streaming = {"source_type": "streaming", "change_frequency": "continuous"}
    silent = one("structured-streaming", **streaming)
    assert silent.speaks_for[1] == (
        "The data changes all the time; a stream reads as records arrive."
    )
    said = one("structured-streaming", **streaming, sync_interval=3600)
    assert "all the time and syncs run every hour;" in said.speaks_for[1]


def test_one_table_is_and_two_tables_are_read_whole() -> None:
    alone = one("structured-streaming", source_type="streaming")
    assert "orders is planned as snapshot" in alone.speaks_against[-1]
    both = one(
        "structured-streaming", source_type="streaming", tables=(table("orders"), table("users"))
    )
    assert "orders and users are planned as snapshot" in both.speaks_against[-1]
