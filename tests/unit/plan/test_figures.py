"""How figures are shown: at which size a unit changes, and what rounding may not hide."""

from __future__ import annotations

import pytest
from planning.plan import figures
from planning.plan.model import Span

MINUTE, HOUR, DAY = 60, 3_600, 86_400


def test_what_is_not_known_is_shown_as_unknown() -> None:
    shown = [
        figures.whole(None),
        figures.count(None),
        figures.requests(None),
        figures.hours(None),
        figures.duration(None),
        figures.allowance(None, HOUR),
        figures.allowance(100, None),
        figures.share_figure(None),
    ]
    assert set(shown) == {"unknown"}
    assert figures.share(None) == "an unknown share of the limit"


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (0, "0"),
        (9_999, "9,999"),
        (10_000, "10k"),
        (10_049, "10k"),
        (10_050, "10.1k"),
        (99_950, "100k"),
        (123_456, "123k"),
        (999_499, "999k"),
        (999_500, "1M"),
        (1_000_000, "1M"),
        (1_005_000, "1.01M"),
        (1_230_000, "1.23M"),
        (40_000_000, "40M"),
        (999_500_000, "1B"),
        (1_050_000_000, "1.05B"),
        (1_230_000_000_000, "1,230B"),
    ],
)
def test_a_count_keeps_three_digits_from_ten_thousand_on(number: int, shown: str) -> None:
    assert figures.count(number) == shown


@pytest.mark.parametrize(
    ("number", "shown"), [(0, "no rows"), (1, "1 row"), (2, "2 rows"), (1_200, "1,200 rows")]
)
def test_a_noun_is_counted_in_words(number: int, shown: str) -> None:
    assert figures.counted(number, "row") == shown


def test_a_noun_may_bring_its_own_plural() -> None:
    assert figures.counted(2, "criterion", "criteria") == "2 criteria"


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (1, "1 second"),
        (59, "59 seconds"),
        (MINUTE, "1 minute"),
        (MINUTE + 1, "2 minutes"),
        (59 * MINUTE, "59 minutes"),
        (59 * MINUTE + 1, "1 hour"),
        (HOUR + 1, "1 h 1 min"),
        (9 * HOUR + 32 * MINUTE, "9 h 32 min"),
        (2 * HOUR, "2 hours"),
        (DAY - MINUTE, "23 h 59 min"),
        (DAY - MINUTE + 1, "1 day"),
        (DAY, "1 day"),
        (DAY + 1, "1 day 1 h"),
        (2 * DAY + 4 * HOUR, "2 days 4 h"),
        (7 * DAY, "7 days"),
    ],
)
def test_a_duration_is_never_shown_shorter_than_it_is(seconds: int, shown: str) -> None:
    assert figures.duration(seconds) == shown


@pytest.mark.parametrize(
    ("hours", "shown"),
    [
        (0, "0 h"),
        (0.99 / 60, "under 1 min"),
        (1 / 60, "1 min"),
        (59.4 / 60, "59 min"),
        (59.5 / 60, "1.0 h"),
        (9.45, "9.5 h"),
        (47.9, "47.9 h"),
        (48, "2.0 days"),
        (76.8, "3.2 days"),
    ],
)
def test_hours_take_the_unit_that_people_would_use(hours: float, shown: str) -> None:
    assert figures.hours(Span(hours, hours)) == shown


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [
        (9.5, 12, "9.5 to 12.0 h"),
        (0.5, 12, "30 min to 12.0 h"),
        (0.001, 0.5, "under 1 min to 30 min"),
        (12, 96, "12.0 h to 4.0 days"),
    ],
)
def test_a_range_names_its_unit_once_where_both_ends_have_the_same(
    low: float, high: float, shown: str
) -> None:
    assert figures.hours(Span(low, high)) == shown


def test_requests_have_no_unit_to_leave_out() -> None:
    assert figures.requests(Span(417, 10_000)) == "417 to 10,000"
    assert figures.requests(Span(417, 417.4)) == "417"


@pytest.mark.parametrize(
    ("part", "shown"),
    [
        (0, "under 1%"),
        (0.0099, "under 1%"),
        (0.01, "1%"),
        (0.24, "24%"),
        (0.994, "99%"),
        (0.997, "99%"),
        (1, "100%"),
        (1.002, "101%"),
        (1.3, "130%"),
        (1.99, "199%"),
        (2, "2.0 times"),
        (9.45, "9.5 times"),
    ],
)
def test_rounding_a_share_never_crosses_the_limit(part: float, shown: str) -> None:
    assert figures.share_figure(part) == shown


def test_a_share_reads_as_a_part_of_a_sentence() -> None:
    assert figures.share(0.24) == "24% of the limit"
    assert figures.share(9.5) == "9.5 times the limit"


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (MINUTE, "42,000 a minute"),
        (HOUR, "42,000 an hour"),
        (DAY, "42,000 a day"),
        (7 * DAY, "42,000 a week"),
        (15 * MINUTE, "42,000 in 15 minutes"),
    ],
)
def test_an_allowance_is_said_for_its_interval(seconds: int, shown: str) -> None:
    assert figures.allowance(42_000, seconds) == shown


def test_a_total_without_some_tables_is_a_lower_bound_unless_nothing_is_known() -> None:
    assert figures.at_least("400 requests", 0) == "400 requests"
    assert figures.at_least("400 requests", 3) == "at least 400 requests (3 tables unknown)"
    assert figures.at_least("unknown", 3) == "unknown"


def test_a_half_is_rounded_up_though_its_binary_form_is_a_little_less() -> None:
    assert figures.whole(2.5) == "3"
    assert figures.whole(2.5 - 1e-12) == "3"
    assert figures.whole(2.49) == "2"


def test_hours_are_a_lower_bound_where_tables_are_unknown() -> None:
    assert figures.time_at_least(Span(2, 2), 0) == "2.0 h"
    assert figures.time_at_least(Span(2, 2), 1) == "at least 2.0 h"
    assert figures.time_at_least(Span(0.001, 0.001), 1) == "under 1 min"
    assert figures.time_at_least(None, 1) == "unknown"
