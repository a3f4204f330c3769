"""Tables of the page, to the cell: what is in scope, what it costs, what a connection asks for."""

from __future__ import annotations

from typing import Any

import pytest
from factories import CATALOGUE
from planning import Plan, build, read_answers
from planning.files.document.cuts import in_sentence
from planning.files.document.overview import points
from planning.files.document.risks import costs_grid, totals_grid
from planning.files.document.scope import parameter_grid, remarkable, scope_grid

ORDERS = {
    "name": "orders",
    **{"ingestion": "cdc", "primary_keys": ["id"], "cursor_field": "changed"},
    **{"rows": "2M", "rows_per_day": "10k"},
}
TABLES = [ORDERS, {"name": "logs", "ingestion": "append", "rows": "1k", "priority": "P1"}, "zones"]
LIMITED = {"rate_limit": "60/minute", "page_size": 100, "sync_interval": "1h"}


def plan(**answers: Any) -> Plan:
    raw = {"connector": "acme", "source_name": "Acme", "tables": TABLES, **answers}
    return build(read_answers(raw), CATALOGUE)


def cells(grid: str) -> list[list[str]]:
    """The rows of a grid without the line that aligns them."""
    heading, _, *rows = grid.split("\n")
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in (heading, *rows)]


def test_the_scope_marks_what_is_assumed_and_counts_what_is_known() -> None:
    assert cells(scope_grid(plan(**LIMITED))) == [
        [
            *("Table", "Ingestion Type", "Priority", "Assumed", "Key", "Cursor"),
            *("Records", "Changes a day", "Phase"),
        ],
        ["orders", "cdc", "P0", "", "`id`", "`changed`", "2M", "10k", "1"],
        ["logs", "append", "P1", "", "none", "unknown", "1,000", "unknown", "3"],
        ["zones", "snapshot", "P0", "type", "`id` (assumed)", "none", "unknown", "read whole", "2"],
    ]


def test_the_scope_of_a_later_phase_shows_what_is_shipped() -> None:
    later = {"purpose": "phase", "phase": 2, "shipped_tables": ["orders"], "cdc_tables": ["zones"]}
    heading, orders, _, zones = cells(scope_grid(plan(**later)))
    assert "Assumed" not in heading
    assert (orders[-1], zones[-1]) == ("shipped", "2")


def test_tables_with_notes_are_remarkable_before_those_with_options() -> None:
    optional = {"name": "users", "options": ["since"]}
    both = {"name": "teams", "options": ["since"], "notes": "Slow."}
    noted = {"name": "calls", "notes": "Large."}
    tables = plan(tables=[optional, both, "zones", noted]).answers.tables
    assert [table.name for table in remarkable(tables)] == ["teams", "calls", "users"]


def test_totals_are_lower_bounds_while_tables_are_unknown() -> None:
    assert cells(totals_grid(plan(**LIMITED))) == [
        ["", "Requests", "Time at 60/minute", "Share of the limit"],
        ["First full load", "at least 20,010 (1 table unknown)", "at least 5.6 h", ""],
        [
            *("One sync, interval 1 hour", "at least 5 to 100 (2 tables unknown)"),
            *("under 1 min to 2 min", "under 1%"),
        ],
    ]


def test_totals_that_are_known_are_no_lower_bounds() -> None:
    _, first_load, one_sync = cells(totals_grid(plan(tables=[ORDERS], **LIMITED)))
    assert first_load[1:3] == ["20,000", "5.6 h"]
    assert one_sync[1:3] == ["5 to 100", "under 1 min to 2 min"]


def test_without_a_limit_neither_totals_nor_tables_have_a_time() -> None:
    assert cells(totals_grid(plan(page_size=100))) == [
        ["", "Requests"],
        ["First full load", "at least 20,010 (1 table unknown)"],
        ["One sync", "unknown"],
    ]
    assert cells(costs_grid(plan(page_size=100))) == [
        ["Table", "First load, requests", "One sync, requests"],
        ["orders", "20,000", "unknown"],
        ["logs", "10", "unknown"],
        ["zones", "unknown", "unknown"],
    ]


def test_every_table_has_its_cost_and_its_share() -> None:
    grid = costs_grid(plan(**LIMITED))
    assert cells(grid) == [
        [
            *("Table", "First load, requests", "Time", "One sync, requests", "Time"),
            "Share of the limit",
        ],
        ["orders", "20,000", "5.6 h", "5 to 100", "under 1 min to 2 min", "under 1%"],
        ["logs", "10", "under 1 min", "unknown", "unknown", "unknown"],
        ["zones", "unknown", "unknown", "unknown", "unknown", "unknown"],
    ]
    assert grid.split("\n")[1] == "| --- | ---: | ---: | ---: | ---: | ---: |"


def test_where_all_of_a_sync_is_next_to_nothing_no_table_repeats_it() -> None:
    small = {**LIMITED, "tables": [TABLES[0]], "rate_limit": "9000/s"}
    assert cells(costs_grid(plan(**small)))[0] == [
        *("Table", "First load, requests", "Time", "One sync, requests")
    ]


REGION = {"name": "region", "description": "a | b"}


def test_one_way_to_sign_in_needs_no_column_for_it() -> None:
    one = plan(auth_methods=["api_key"], connection_parameters=[REGION])
    assert parameter_grid(one.answers).split("\n")[0::3] == [
        "| A connection asks for | Required | Secret | What it is |",
        "| `region` | yes | no | a \\| b |",
    ]


def test_several_ways_to_sign_in_say_what_belongs_to_which() -> None:
    several = plan(
        auth_methods=["api_key", "basic"],
        connection_parameters=[{**REGION, "required": False, "description": "Where."}],
    )
    heading, key, user, password, region = cells(parameter_grid(several.answers))
    assert heading == ["A connection asks for", "Required", "Secret", "For", "What it is"]
    assert key[:4] == ["`api_key`", "yes", "yes", "API key"]
    assert user[:4] == ["`username`", "yes", "no", "User name and password (HTTP Basic)"]
    assert password[:3] == ["`password`", "yes", "yes"]
    assert region == ["`region`", "no", "no", "every method", "Where."]
    assert parameter_grid(plan().answers) == ""


@pytest.mark.parametrize(
    ("sentence", "part"),
    [
        ("Checked: no.", "checked: no"),
        ("A sandbox of the vendor.", "a sandbox of the vendor"),
        ("REST API", "REST API"),
        ("No.", "no"),
        ("By page, then by cursor.", "by page, then by cursor"),
    ],
)
def test_a_sentence_becomes_a_part_of_another(sentence: str, part: str) -> None:
    assert in_sentence(sentence) == part


def summary(**answers: Any) -> dict[str, list[str]]:
    return points(plan(**answers))


def test_the_summary_ends_with_what_is_undecided_and_what_comes_next() -> None:
    building = summary(**LIMITED)
    assert building["Undecided"] == [
        "17 open questions, 8 of them blocking: `docs_url`, `problem`, `target_users`, "
        "`use_cases`, `managed_connector`, `community_connector`, `auth_methods` and "
        "`risk_decisions`."
    ]
    assert building["Next"] == [
        "settle what blocks the plan, then phase 1, Foundation and first table. It begins with "
        "`orders`."
    ]
    stopping = summary(recommendation="stop")
    assert stopping["Undecided"][0].startswith("7 open questions, 6 of them blocking: ")
    assert stopping["Next"][0] == "settle what blocks the plan, then phase 1, Close the request."


def test_the_summary_counts_the_risks_and_names_the_worst() -> None:
    counted, worst = summary(**LIMITED)["Risks"]
    assert counted.endswith("7 risks (2 High, 4 Medium, 1 Low).")
    assert worst.startswith("The worst: Nobody knows whether the schema is static; ")
