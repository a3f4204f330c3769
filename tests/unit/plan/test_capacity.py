"""What a plan costs, and that docs/capacity.md tells it as it is."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml
from factories import answers, table
from hypothesis import given
from hypothesis import strategies as st
from planning.answers.answer_types import Answers, ConcurrencyLimit, RateLimit, Table
from planning.answers.reading import read_answers
from planning.plan.capacity import estimate
from planning.plan.figures import (
    allowance,
    at_least,
    count,
    duration,
    hours,
    requests,
    share,
    share_figure,
    time_at_least,
    whole,
)
from planning.plan.model import Capacity, Span
from planning.plan.pace import seconds_for
from planning.plan.request_counts import RECORDS_AT_ONCE, first_load_requests

HOUR, DAY = 3_600, 86_400
PER_MINUTE = RateLimit(700, 60, "700/minute")
DOC = Path(__file__).resolve().parents[3] / "docs" / "capacity.md"


def plan(*tables: Any, **changes: Any) -> Answers:
    """Hourly syncs of `tables`, 100 records a page, 700 requests a minute; changes are even."""
    known: dict[str, Any] = {
        "rate_limits": (PER_MINUTE,),
        "page_size": 100,
        "sync_interval": HOUR,
        "change_frequency": "continuous",
    }
    return answers(tables=tables, **{**known, **changes})


def exactly(number: int) -> Span:
    return Span(number, number)


def test_forty_million_rows_every_hour_take_nine_and_a_half_times_the_limit() -> None:
    capacity = estimate(plan(table("ticket_comments", rows=40_000_000)))
    (comments,) = capacity.tables
    assert comments.sync_requests == comments.first_load_requests == exactly(400_000)
    assert hours(comments.first_load_hours) == "9.5 h"
    assert share(comments.share) == "9.5 times the limit"
    assert capacity.allowed_requests == 42_000
    assert capacity.too_slow == ("ticket_comments",)
    assert duration(capacity.shortest_interval_seconds) == "9 h 32 min"


@pytest.mark.parametrize(
    ("rows", "expected"), [(0, 1), (1, 1), (100, 1), (101, 2), (10**15, 10**13)]
)
def test_a_page_that_is_not_full_is_a_request_and_so_is_an_empty_table(
    rows: int, expected: int
) -> None:
    capacity = estimate(plan(table("orders", rows=rows)))
    assert capacity.first_load_requests == exactly(expected)


@pytest.mark.parametrize(
    ("per_day", "interval", "expected"),
    [(0, HOUR, 1), (2_400, HOUR, 1), (2_401, HOUR, 2), (60_000, HOUR, 25), (60_000, 2 * DAY, 1200)],
)
@pytest.mark.parametrize("ingestion", ["append", "cdc"])
def test_an_incremental_sync_reads_what_changed_within_its_interval(
    ingestion: str, per_day: int, interval: int, expected: int
) -> None:
    orders = table("orders", ingestion=ingestion, rows=10**6, rows_per_day=per_day)
    capacity = estimate(plan(orders, sync_interval=interval))
    assert capacity.sync_requests == exactly(expected)
    assert capacity.first_load_requests == exactly(10_000)


@pytest.mark.parametrize(
    ("frequency", "busiest"),
    [("continuous", 25), ("hourly", 25), ("daily", 600), ("unknown", 600), ("weekly", 4_200)],
)
def test_changes_that_come_together_make_a_busy_sync(frequency: str, busiest: int) -> None:
    orders = table("orders", ingestion="cdc", rows_per_day=60_000)
    capacity = estimate(plan(orders, change_frequency=frequency))
    assert capacity.sync_requests == Span(25, busiest)


def test_not_knowing_when_records_change_matters_only_between_syncs_of_a_day() -> None:
    orders = table("orders", ingestion="cdc", rows_per_day=60_000)
    capacity = estimate(plan(orders, change_frequency="unknown", sync_interval=DAY))
    assert capacity.sync_requests == exactly(600)
    assert not any("change_frequency" in text for text in capacity.assumptions)


def test_deletions_take_one_request_at_least_and_as_many_as_changes_at_most() -> None:
    users = table("users", ingestion="cdc_with_deletes", rows_per_day=12_000)
    assert estimate(plan(users)).sync_requests == Span(6, 10)


def test_one_response_holds_a_table_of_any_size_without_pages() -> None:
    capacity = estimate(
        plan(
            table("plans"),
            table("users", ingestion="cdc_with_deletes"),
            pagination="none",
            page_size=None,
        )
    )
    assert [one.sync_requests for one in capacity.tables] == [exactly(1), exactly(2)]
    assert capacity.missing == ()


def test_what_paging_cannot_reach_is_read_in_windows_with_a_partly_empty_page_each() -> None:
    tables = (table("contacts", rows=1_000_000), table("deals", rows=10_000))
    capacity = estimate(plan(*tables, pagination_limit=10_000))
    contacts, deals = capacity.tables
    assert contacts.first_load_requests == Span(10_000, 10_099)
    assert deals.first_load_requests == exactly(100)
    (windows,) = [text for text in capacity.assumptions if "windows" in text]
    assert "`contacts`" in windows
    assert "`deals`" not in windows


def test_a_shipped_table_is_loaded_already_and_still_uses_the_quota() -> None:
    shipped = table("orders", rows=1_000_000, shipped=True)
    capacity = estimate(plan(shipped, table("users", rows=100)))
    assert capacity.first_load_requests == exactly(1)
    assert capacity.sync_requests == exactly(10_001)
    assert any("`orders`" in text for text in capacity.assumptions)


def test_a_shipped_table_needs_its_rows_only_where_every_sync_reads_them() -> None:
    tables = (
        table("plans", shipped=True),
        table("orders", ingestion="cdc", rows_per_day=5, shipped=True),
    )
    plans, orders = estimate(plan(*tables)).tables
    assert plans.missing == ("rows",)
    assert orders.missing == ()


def test_the_limit_with_the_fewest_requests_in_the_long_run_governs() -> None:
    burst, quota = RateLimit(10, 1, "10/s"), RateLimit(100_000, DAY, "100000/day")
    for limits in ((burst, quota), (quota, burst)):
        capacity = estimate(plan(table("orders", rows=10_000_000), rate_limits=limits))
        assert capacity.governing_limit == quota
        # 100,000 requests at 10 a second use the quota of the day up and wait for none.
        assert hours(capacity.first_load_hours) == "2.8 h"
        assert capacity.allowed_requests == 4_166
        assumed = " ".join(capacity.assumptions)
        assert "Syncs use most of 100000/day" in assumed
        assert "waits where a longer one is used up" in assumed


def test_a_quota_alone_may_be_spent_at_once() -> None:
    quota = RateLimit(100_000, DAY, "100000/day")
    capacity = estimate(plan(table("orders", rows=10_000_000), rate_limits=(quota,)))
    assert hours(capacity.first_load_hours) == "24.0 h"
    assert "quota be spent at once" in " ".join(capacity.assumptions)


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ({}, True),
        ({"order": "other"}, True),
        ({"order": "cursor"}, False),
        ({"rows": 1_000_000}, False),
        ({"ingestion": "snapshot"}, False),
    ],
)
def test_a_large_list_in_no_order_is_named(said: dict[str, Any], named: bool) -> None:
    large = table("events", **{"ingestion": "append", "rows": 3_000_000, **said})
    assumed = estimate(plan(large, page_size=100)).assumptions
    assert any("1M" in one and "`events`" in one for one in assumed) == named


def test_a_limit_by_the_minute_is_no_quota_to_spend_at_once() -> None:
    assumed = " ".join(estimate(plan(table("orders", rows=100))).assumptions)
    assert "quota be spent" not in assumed
    assert "hold together" not in assumed


UNKNOWN: tuple[tuple[str, dict[str, Any], dict[str, Any]], ...] = (
    ("rows", {"ingestion": "snapshot"}, {}),
    ("rows_per_day", {"ingestion": "append", "rows": 5}, {}),
    ("page_size", {"rows": 5}, {"page_size": None}),
    ("sync_interval", {"ingestion": "cdc", "rows": 5, "rows_per_day": 5}, {"sync_interval": None}),
)


@pytest.mark.parametrize(("missing", "about", "changes"), UNKNOWN, ids=[one[0] for one in UNKNOWN])
def test_a_sync_with_an_unknown_input_is_unknown_and_names_it(
    missing: str, about: dict[str, Any], changes: dict[str, Any]
) -> None:
    capacity = estimate(plan(table("orders", **about), **changes))
    (orders,) = capacity.tables
    figures = (orders.sync_requests, orders.sync_hours, orders.share)
    assert figures == (None, None, None)
    assert (capacity.sync_requests, capacity.share) == (None, None)
    assert orders.missing == capacity.missing == (missing,)


def test_nobody_is_asked_for_the_pages_of_a_database() -> None:
    orders = table("orders", rows=1_000)
    known = {"rate_limits": None, "source_type": "database"}
    assert estimate(plan(orders, page_size=None, **known)).missing == ()
    assert estimate(plan(table("orders"), page_size=100, **known)).missing == ("rows",)


def test_without_a_known_limit_requests_are_known_and_hours_are_not() -> None:
    capacity = estimate(plan(table("orders", rows=1_000), rate_limits=None))
    assert capacity.sync_requests == exactly(10)
    assert (capacity.sync_hours, capacity.share, capacity.shortest_interval_seconds) == (None,) * 3
    assert capacity.missing == ("rate_limit",)
    assert not capacity.unlimited


def test_a_source_without_a_limit_lacks_no_answer_although_hours_cannot_be_told() -> None:
    capacity = estimate(plan(table("orders", rows=1_000), rate_limits=(), sync_interval=None))
    assert capacity.unlimited
    assert capacity.sync_requests == exactly(10)
    assert (capacity.sync_hours, capacity.tables[0].share) == (None, None)
    assert capacity.missing == ()


def test_totals_leave_unknown_tables_out_and_say_which() -> None:
    known = table("orders", rows=1_000)
    capacity = estimate(plan(known, table("users"), table("logs", ingestion="append", rows=100)))
    assert capacity.first_load_requests == exactly(11)
    assert capacity.unknown_first_load == ("users",)
    assert capacity.sync_requests == exactly(10)
    assert capacity.unknown_sync == capacity.unknown_shortest == ("users", "logs")


def test_the_shortest_interval_is_known_before_anybody_has_chosen_one() -> None:
    tables = (table("orders", rows=4_200_000), table("users", ingestion="cdc", rows_per_day=100))
    capacity = estimate(plan(*tables, sync_interval=None))
    assert capacity.unknown_shortest == ()
    assert duration(capacity.shortest_interval_seconds) == "1 h 1 min"


@pytest.mark.parametrize("per_day", [0, 9_000, 500_000, 9_990_000])
def test_the_shortest_interval_fits_and_a_second_less_does_not(per_day: int) -> None:
    tables = (
        table("orders", rows=1_000_000),
        table("users", ingestion="cdc_with_deletes", rows_per_day=per_day),
    )
    limits = (RateLimit(100_000, DAY, "100000/day"),)

    def share_at(interval: int) -> float:
        share_then = estimate(plan(*tables, rate_limits=limits, sync_interval=interval)).share
        assert share_then is not None
        return share_then

    shortest = estimate(plan(*tables, rate_limits=limits)).shortest_interval_seconds
    assert shortest is not None
    assert share_at(shortest) <= 1
    if per_day < 9_000_000:  # above, it settles too slowly: any interval that fits will do
        assert share_at(shortest - 1) > 1


def test_more_changes_than_the_limit_lets_one_read_fit_no_interval() -> None:
    def with_changes(per_day: int) -> Capacity:
        orders = table("orders", ingestion="cdc", rows_per_day=per_day)
        return estimate(plan(orders, rate_limits=(RateLimit(1_000, DAY, "1000/day"),)))

    assert with_changes(100_000).never_catches_up
    assert with_changes(100_000).shortest_interval_seconds is None
    assert not with_changes(99_000).never_catches_up


def test_tables_that_do_not_fit_are_named_the_worst_first() -> None:
    tables = (
        table("small", rows=4_200_000),  # 42,000 requests: exactly what an hour allows
        table("large", rows=4_200_100),
        table("largest", rows=9_000_000),
    )
    assert estimate(plan(*tables)).too_slow == ("largest", "large")


def test_the_share_is_that_of_an_average_sync() -> None:
    orders = table("orders", ingestion="cdc", rows_per_day=24 * 420_000)
    capacity = estimate(plan(orders, change_frequency="unknown"))
    assert share_figure(capacity.share) == "10%"


def test_a_plan_without_tables_costs_nothing_that_is_known() -> None:
    capacity = estimate(plan())
    assert (capacity.sync_requests, capacity.share, capacity.missing) == (None, None, ())


def shown(capacity: Capacity, interval: int | None) -> list[str]:
    """The table of docs/capacity.md, from a capacity."""
    lines = [
        (
            f"`{one.table}`",
            requests(one.first_load_requests),
            hours(one.first_load_hours),
            requests(one.sync_requests),
            hours(one.sync_hours),
            share_figure(one.share),
        )
        for one in capacity.tables
    ]
    loads, syncs = len(capacity.unknown_first_load), len(capacity.unknown_sync)
    lines.append(
        (
            "all",
            at_least(requests(capacity.first_load_requests), loads),
            time_at_least(capacity.first_load_hours, loads),
            at_least(requests(capacity.sync_requests), syncs),
            time_at_least(capacity.sync_hours, syncs),
            at_least(share_figure(capacity.share), syncs),
        )
    )
    text = [f"| {' | '.join(line)} |" for line in lines]
    shortest = duration(capacity.shortest_interval_seconds)
    text.append(f"The limit allows {allowance(capacity.allowed_requests, interval)}.")
    text.append(f"The shortest interval it allows is {shortest}.")
    return text


def of(name: str, *tables: Any, **changes: Any) -> tuple[Span | None, Span | None]:
    """Requests of the first load and of one sync of a table."""
    found = estimate(plan(*tables, **changes)).of(name)
    assert found
    return found.first_load_requests, found.sync_requests


def test_every_sync_asks_for_every_parent() -> None:
    users = table("users", rows=500)
    meetings = table("meetings", ingestion="cdc", rows=5_000, rows_per_day=24, parent="users")
    # 5,000 meetings are 50 full pages, of which each may follow a user's first.
    assert of("meetings", users, meetings) == (Span(500, 550), Span(500, 500))
    told = meetings._replace(requests_per_parent=2)
    assert of("meetings", users, told) == (exactly(1_000), exactly(1_000))


def test_a_feed_tells_which_parents_to_ask() -> None:
    tickets = table("tickets", ingestion="cdc", rows=9_000, rows_per_day=240)
    comments = table("comments", ingestion="append", parent="tickets", read_by="changes")
    assert of("comments", tickets, comments) == (exactly(9_000), exactly(10))
    late = comments._replace(lookback=DAY, requests_per_parent=2)
    assert of("comments", tickets, late)[1] == exactly(2 * 250)
    busy = tickets._replace(rows_per_day=10**9)
    assert of("comments", busy, comments)[1] == exactly(9_000)


def test_parents_of_parents_are_counted_by_their_own_rows() -> None:
    tables = (
        table("users", rows=1_000),
        table("meetings", rows=5_000, parent="users"),
        table("participants", parent="meetings"),
    )
    capacity = estimate(plan(*tables))
    assert of("participants", *tables) == (exactly(5_000), exactly(5_000))
    assert capacity.sync_requests == Span(10 + 1_000 + 5_000, 10 + 1_050 + 5_000)
    assert capacity.missing == ()


@pytest.mark.parametrize("parents", [(), (table("users"),)])
def test_parents_of_unknown_number_make_the_figures_unknown(parents: Any) -> None:
    capacity = estimate(plan(*parents, table("meetings", rows=5_000, parent="users")))
    assert capacity.unknown_sync[-1] == "meetings"
    assert capacity.missing == ("rows",)


def test_a_request_for_each_record_comes_on_top_of_the_list() -> None:
    mails = table("mails", ingestion="append", rows=10_000, rows_per_day=2_400)
    mails = mails._replace(request_per_record=True)
    assert of("mails", mails) == (exactly(100 + 10_000), exactly(1 + 100))


def test_a_table_without_a_filter_is_listed_whole_at_every_sync() -> None:
    orders = table("orders", ingestion="cdc", rows=10_000, rows_per_day=24, filter="none")
    assert of("orders", orders) == (exactly(100), exactly(100))
    assert of("orders", orders._replace(read_by="changes"))[1] == exactly(1)


def test_looking_back_reads_what_changed_in_that_time_again() -> None:
    late = table("reports", ingestion="append", rows=9, rows_per_day=2_400, lookback=14 * DAY)
    # An hour and 14 days of 100 records an hour: 337 pages of 100.
    assert of("reports", late)[1] == exactly(337)


def test_an_export_is_started_found_done_and_fetched_in_parts() -> None:
    orders = table("orders", rows=1_000_000, read_by="export")
    assert of("orders", orders)[0] == exactly(3)
    assert of("orders", orders._replace(page_size=100_000))[0] == exactly(12)


def test_a_feed_of_changes_tells_deletions_itself() -> None:
    said = {"ingestion": "cdc_with_deletes", "rows": 100, "rows_per_day": 2_400}
    assert of("orders", table("orders", **said))[1] == Span(2, 2)
    assert of("orders", table("orders", **said, read_by="changes"))[1] == Span(1, 2)


def test_a_table_may_have_pages_of_its_own() -> None:
    assert of("orders", table("orders", rows=1_000, page_size=10))[0] == exactly(100)
    assert of("orders", table("orders", rows=1_000, pagination="none"))[0] == exactly(1)


HEAVY, LIGHT = RateLimit(1, 1, "heavy 1/s", "heavy"), RateLimit(10, 1, "light 10/s", "light")


def test_limits_with_names_hold_for_the_tables_that_refer_to_them() -> None:
    tables = (
        table("users", rows=360_000, rate_limit="light"),
        table("reports", rows=180_000, rate_limit="heavy"),
    )
    capacity = estimate(plan(*tables, rate_limits=(HEAVY, LIGHT)))
    assert [one.share for one in capacity.tables] == [0.1, 0.5]
    assert capacity.governing_limit == HEAVY
    assert capacity.share == 0.5
    assert capacity.governed_sync_requests == exactly(1_800)
    # Read side by side: 6 minutes of users within the 30 of reports.
    assert capacity.sync_hours == Span(0.5, 0.5)
    assert capacity.shortest_interval_seconds == 1_800


def test_a_table_that_names_none_of_the_limits_has_no_share_and_no_time() -> None:
    capacity = estimate(plan(table("users", rows=100), rate_limits=(HEAVY, LIGHT)))
    assert capacity.tables[0].sync_requests == exactly(1)
    assert capacity.tables[0].share is None
    assert capacity.missing == ("table_details",)
    assert estimate(plan(table("users", rows=100), rate_limits=None)).missing == ("rate_limit",)


def test_a_limit_of_a_table_holds_beside_those_of_the_source() -> None:
    exported = table("events", rows=60_000, rate_limit="10/minute")
    capacity = estimate(plan(exported, table("users", rows=100)))
    assert capacity.of("events").first_load_hours == exactly(1)
    assert capacity.share == 1.0


def test_so_many_at_once_are_so_many_in_the_time_of_a_request() -> None:
    five = (ConcurrencyLimit(5, "5 at once"),)
    capacity = estimate(
        plan(table("orders", rows=1_800_000), rate_limits=(), concurrency_limits=five)
    )
    assert capacity.first_load_hours == exactly(1)
    assert any("5 at once is under way for 1 second" in one for one in capacity.assumptions)


@pytest.mark.parametrize(
    ("requests", "seconds"),
    [(0, 0), (100, 10), (1_000, 100), (1_001, 3_600.1), (2_000, 3_700), (2_001, 7_200.1)],
)
def test_the_client_goes_at_the_short_limit_and_waits_at_the_long_one(
    requests: int, seconds: float
) -> None:
    limits = (RateLimit(1_000, HOUR, "1000/hour"), RateLimit(10, 1, "10/s"))
    assert float(seconds_for(requests, limits)) == pytest.approx(seconds)


def test_a_long_limit_that_the_short_one_never_reaches_changes_nothing() -> None:
    short, long = RateLimit(10, 1, "10/s"), RateLimit(10**6, HOUR, "1M/hour")
    assert seconds_for(5_000_000, (long, short)) == 500_000


@given(
    counts=st.tuples(st.integers(0, 5_000), st.integers(0, 50)),
    limits=st.lists(
        st.builds(RateLimit, st.integers(1, 500), st.integers(1, 900), st.just("")), max_size=3
    ),
)
def test_time_grows_with_requests_and_is_never_longer_than_the_limits_used_evenly(
    counts: tuple[int, int], limits: list[RateLimit]
) -> None:
    few, more = counts
    evenly = max((Fraction(few * one.seconds, one.requests) for one in limits), default=Fraction(0))
    assert seconds_for(few, limits) <= max(evenly, seconds_for(few, limits[:1]))
    assert seconds_for(few, limits) <= seconds_for(few + more, limits)


def example_of(heading: str) -> tuple[Answers, str]:
    """The answers of a worked example, and the words around them."""
    text = DOC.read_text(encoding="utf-8").split(f"## {heading}\n")[1].split("\n## ")[0]
    block = re.search(r"```yaml\n(.*?)```", text, re.DOTALL)
    assert block
    return read_answers(yaml.safe_load(block.group(1))), " ".join(text.split())


def test_the_worked_example_with_parents_and_limits_comes_out_as_it_says() -> None:
    given, words = example_of("A worked example with parents and several limits")
    capacity = estimate(given)
    for line in shown(capacity, given.sync_interval)[:-2]:
        assert line in words
    assert capacity.governing_limit
    allowed = allowance(capacity.allowed_requests, given.sync_interval)
    assert f"{capacity.governing_limit.text} allows {allowed}" in words
    assert f"shortest interval is {duration(capacity.shortest_interval_seconds)}" in words


def test_the_worked_example_of_the_documentation_comes_out_as_it_says() -> None:
    example = DOC.read_text(encoding="utf-8").split("## A worked example\n")[1]
    block = re.search(r"```yaml\n(.*?)```", example, re.DOTALL)
    assert block
    given = read_answers(yaml.safe_load(block.group(1)))
    capacity = estimate(given)
    words = " ".join(example.split())
    for line in shown(capacity, given.sync_interval):
        assert line in words
    # The steps by hand end at the figures of the table.
    assert "400,385 requests, 34,319 seconds" in words
    assert capacity.shortest_interval_seconds == 34_319


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        (whole(None), "unknown"),
        (whole(400_000), "400,000"),
        (count(None), "unknown"),
        (count(9_999), "9,999"),
        (count(10_000), "10k"),
        (count(12_345), "12.3k"),
        (count(12_350), "12.4k"),
        (count(999_500), "1M"),
        (count(40_000_000), "40M"),
        (count(1_050_000_000), "1.05B"),
        (requests(None), "unknown"),
        (requests(Span(25, 600)), "25 to 600"),
        (requests(Span(1_000, 1_000)), "1,000"),
        (hours(Span(0, 0)), "0 h"),
        (hours(Span(0.01, 0.5)), "under 1 min to 30 min"),
        (hours(Span(0.5, 0.7)), "30 to 42 min"),
        (hours(Span(0.999, 0.999)), "1.0 h"),
        (hours(Span(2.25, 2.25)), "2.3 h"),
        (hours(Span(9.52, 9.62)), "9.5 to 9.6 h"),
        (hours(Span(36, 60)), "36.0 h to 2.5 days"),
        (duration(None), "unknown"),
        (duration(1), "1 second"),
        (duration(59), "59 seconds"),
        (duration(61), "2 minutes"),
        (duration(3_541), "1 hour"),
        (duration(34_286), "9 h 32 min"),
        (duration(86_341), "1 day"),
        (duration(90_001), "1 day 2 h"),
        (allowance(42_000, HOUR), "42,000 an hour"),
        (allowance(10_500, 900), "10,500 in 15 minutes"),
        (allowance(None, HOUR), "unknown"),
        (share(None), "an unknown share of the limit"),
        (share(0.24), "24% of the limit"),
        (share(9.5238), "9.5 times the limit"),
        (share_figure(None), "unknown"),
        (share_figure(0.009), "under 1%"),
        (share_figure(0.285), "29%"),
        (share_figure(0.997), "99%"),
        (share_figure(1), "100%"),
        (share_figure(1.002), "101%"),
        (share_figure(1.5), "150%"),
        (share_figure(2), "2.0 times"),
        (at_least("11", 0), "11"),
        (at_least("11", 1), "at least 11 (1 table unknown)"),
        (at_least("unknown", 3), "unknown"),
    ],
)
def test_a_figure_is_shown_as_the_documentation_says(figure: str, expected: str) -> None:
    assert figure == expected


# Lists in another order than that of the cursor


def unordered(rows: int, **said: Any) -> Table:
    return table("invoices", ingestion="cdc", rows=rows, **{"order": "other", **said})


@pytest.mark.parametrize(
    ("one", "size", "low", "high"),
    [
        (unordered(1_000_000, filter="from"), 1_000, 1_000, 1_000),  # one batch holds it
        (unordered(1_200_000, filter="from"), 1_000, 1_400, 1_400),  # 200 pages are left
        (unordered(1_200_000, filter="none"), 1_000, 2_400, 2_400),  # all pages again
        (unordered(1_200_000), 1_000, 1_400, 2_400),  # nobody said which of the two
        (unordered(6_000_000, filter="from"), 250_000, 84, 84),  # 24 + 20 + 16 + 12 + 8 + 4
        (unordered(6_000_000, order="cursor"), 250_000, 24, 24),
        (unordered(6_000_000, order=""), 250_000, 24, 24),  # said as an assumption
        (unordered(6_000_000, read_by="changes"), 250_000, 24, 24),  # a feed has its own order
    ],
)
def test_a_list_in_no_order_is_read_again_for_each_batch(
    one: Table, size: int, low: int, high: int
) -> None:
    said = answers(tables=(one,), page_size=size)
    assert first_load_requests(one, said) == Span(low, high)


def test_parents_are_asked_again_for_each_batch() -> None:
    comments = unordered(2_500_000, parent="tickets", requests_per_parent=2)
    said = answers(tables=(table("tickets", rows=300), comments), page_size=100)
    assert first_load_requests(comments, said) == Span(3 * 600, 3 * 600)


def test_what_an_unsaid_order_would_cost_is_told_with_its_number() -> None:
    unsaid = answers(tables=(unordered(1_200_000, order="", filter="from"),), page_size=1_000)
    told = " ".join(estimate(unsaid).assumptions)
    assert "`invoices` (200 requests more)" in told and "else the first load" in told
    known = answers(tables=(unordered(1_200_000, filter="from"),), page_size=1_000)
    told = " ".join(estimate(known).assumptions)
    assert "`invoices` (200 requests more)" in told and "else" not in told


def test_a_batch_holds_as_many_records_as_the_generated_connector_takes() -> None:
    batches = next(DOC.parents[1].glob("template/*/*_batches.py.jinja")).read_text(encoding="utf-8")
    assert f"MOST_ALLOWED = {RECORDS_AT_ONCE:_} " in batches


def test_a_start_of_history_says_that_the_rows_before_it_are_counted() -> None:
    events = table("events", ingestion="append", rows=2_000)

    def told(**said: Any) -> str:
        return " ".join(estimate(plan(events, **said)).assumptions)

    assert "before 2024-01-01 are not loaded" in told(earliest="2024-01-01")
    assert "not loaded" not in told()


def test_meetings_of_users_and_their_participants_come_out_as_by_hand() -> None:
    given = plan(
        table("users", rows=500),
        table("meetings", parent="users", rows=5_000),
        table(
            "participants",
            ingestion="append",
            parent="meetings",
            cursor_field="leave_time",
            rows_per_day=800,
            requests_per_parent=1,
        ),
        page_size=50,
        sync_interval=4 * HOUR,
        rate_limits=(RateLimit(20, 1, "20/s"), RateLimit(30_000, DAY, "30000/day")),
    )
    found = estimate(given)
    # 10 pages of users, a request for each of 500 users and of 5,000 meetings; 5,000 are allowed.
    assert found.sync_requests == Span(5_510, 5_610)
    assert found.share == pytest.approx(1.102)
    # 5,510 requests at 30,000 a day are 15,868.8 seconds: nearly four and a half hours.
    assert found.shortest_interval_seconds == 15_869
