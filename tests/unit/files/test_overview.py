"""The points of the executive summary, each of which must say what it does not know."""

from __future__ import annotations

from typing import Any

import pytest
from factories import CATALOGUE
from planning import build, read_answers
from planning.files.document.overview import points

SIZED = {"name": "orders", "rows": 4_200_000}
UNSIZED = {"name": "users"}
SETTLED = {
    "docs_url": "https://acme.example/docs",
    "problem": "Nobody sees the orders.",
    "target_users": ["analysts"],
    "use_cases": ["weekly report"],
    "managed_connector": "no",
    "community_connector": "no",
    "tables": [{**SIZED, "ingestion": "snapshot", "primary_keys": ["id"]}],
    "auth_methods": ["api_key"],
    "schema_kind": "static",
    "rate_limit": "700/minute",
    "test_environment": "sandbox",
}
"""Nothing blocks a plan with these answers."""

LIMITED = {"rate_limit": "700/minute", "page_size": 100}


def said(label: str, **answers: Any) -> str:
    """What stands behind a label, '' where the point is left out."""
    raw = {"connector": "acme", "source_name": "Acme", "tables": [SIZED], **answers}
    plan = build(read_answers(raw), CATALOGUE)
    found = {label: "\n".join(lines) for label, lines in points(plan).items()}
    return found.get(label, "")


def test_a_plan_without_tables_says_so_and_has_no_size() -> None:
    assert said("Tables", tables=[]) == "none is named yet."
    assert said("Size", tables=[]) == ""


def test_tables_of_earlier_phases_are_counted_beside_all() -> None:
    text = said("Tables", purpose="phase", phase=2, tables=["a", "b"], shipped_tables=["a"])
    assert text.startswith("1 in phase 2 (")
    assert text.endswith("\nEarlier phases deliver 1 other.")


def test_the_size_names_the_question_where_no_table_has_one() -> None:
    assert said("Size", tables=[UNSIZED]) == "unknown ([`table_details`](#open-questions))."


def test_a_first_load_is_a_lower_bound_in_requests_and_in_time_while_a_table_is_unknown() -> None:
    known = said("First full load", **LIMITED)
    assert known == "42,000 requests, 1.0 h with 700/minute used to the full."
    partly = said("First full load", tables=[SIZED, UNSIZED], **LIMITED)
    assert partly.startswith("at least 42,000 requests (1 table unknown), at least 1.0 h with")


def test_without_a_limit_a_first_load_has_no_time() -> None:
    assert said("First full load", page_size=100) == "42,000 requests."
    assert said("First full load") == ""


@pytest.mark.parametrize(
    ("tables", "interval"),
    [([SIZED], "1 hour"), ([SIZED, UNSIZED], "at least 1 hour (1 table unknown)")],
)
def test_the_shortest_interval_counts_the_tables_it_leaves_out(
    tables: list[dict[str, Any]], interval: str
) -> None:
    lines = said("One sync", tables=tables, sync_interval="1 day", **LIMITED).split("\n")
    assert lines[-1] == f"The limit would allow an interval of {interval}."


def test_seconds_are_no_interval_that_bounds_anybody() -> None:
    table = {"name": "events", "ingestion": "append", "cursor_field": "at", "rows_per_day": "3M"}
    lines = said("One sync", tables=[table], sync_interval="1 hour", **LIMITED)
    assert "would allow" not in lines


def test_the_shortest_interval_is_said_where_nobody_has_named_one() -> None:
    table = {"name": "events", "ingestion": "append", "cursor_field": "at", "rows_per_day": "3M"}
    assert said("One sync", tables=[table], **LIMITED) == (
        "The limit would allow an interval of less than a minute."
    )
    unsized = {**table, "name": "logs", "rows_per_day": ""}
    assert said("One sync", tables=[table, unsized], **LIMITED) == ""
    assert said("One sync", tables=[{**table, "rows_per_day": "200M"}], **LIMITED) == (
        "Records change faster than the limit lets anybody read them."
    )
    assert said("One sync", tables=[table], page_size=100) == ""


def test_tables_too_slow_for_the_interval_are_named_below_the_share() -> None:
    share, slow, _ = said("One sync", sync_interval="15 minutes", **LIMITED).split("\n")
    assert share == "42,000 requests with an interval of 15 minutes, 4.0 times the limit."
    assert slow == "**Too slow for that**: `orders`."


def test_tables_that_are_too_slow_only_together_are_said_to_be() -> None:
    tables = [{**SIZED, "name": name, "rows": "700k"} for name in ("orders", "items")]
    lines = said("One sync", tables=tables, sync_interval="15 minutes", **LIMITED).split("\n")
    assert lines[1] == "**Too slow for that**: all tables together."


def test_a_sync_whose_busiest_run_breaks_the_limit_says_so() -> None:
    table = {**SIZED, "ingestion": "cdc", "cursor_field": "changed", "rows_per_day": "60M"}
    lines = said("One sync", tables=[table], sync_interval="15 minutes", **LIMITED).split("\n")
    assert lines[1].startswith("The busiest sync asks for ")
    assert lines[1].endswith(" times the limit; those after it catch up.")
    calm = said(
        "One sync", tables=[{**table, "rows_per_day": 10}], sync_interval="1 day", **LIMITED
    )
    assert "busiest" not in calm


def test_changes_that_outrun_the_limit_are_said_in_place_of_an_interval() -> None:
    table = {**SIZED, "ingestion": "cdc", "cursor_field": "changed", "rows_per_day": 200_000_000}
    text = said("One sync", tables=[table], sync_interval="1 hour", **LIMITED)
    assert text.endswith("\nRecords change faster than the limit lets anybody read them.")


def test_what_is_missing_for_a_figure_is_named_only_where_something_gets_built() -> None:
    missing = {"tables": [UNSIZED], "rate_limit": "700/minute"}
    assert (
        said("Capacity", **missing)
        == "complete once `rows`, `page_size` and `sync_interval` are known."
    )
    assert said("Capacity", **missing, purpose="evaluate") == ""


def test_what_blocks_comes_before_the_first_phase() -> None:
    assert "9 of them blocking: `docs_url`, `problem`" in said("Undecided")
    assert said("Next").startswith("settle what blocks the plan, then phase 1, ")
    risks = build(read_answers({"connector": "acme", **SETTLED}), CATALOGUE).risks
    settled = {**SETTLED, "risk_decisions": {one.id: {"status": "accepted"} for one in risks}}
    assert "blocking" not in said("Undecided", **settled)
    assert said("Next", **settled).startswith("phase 1, ")
