"""Single values, read as people write them."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from planning.terms.values import (
    LARGEST_COUNT,
    Refusal,
    looks_structured,
    parse_count,
    parse_date,
    parse_interval,
    parse_list,
    parse_yaml,
    shown,
)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (2_000_000, 2_000_000),
        ("2_000_000", 2_000_000),
        ("2,000,000", 2_000_000),
        ("2M", 2_000_000),
        ("40k", 40_000),
        ("1.5B", 1_500_000_000),
        (" 7 ", 7),
        (3.0, 3),
        (0, 0),
        ("", None),
        (None, None),
    ],
)
def test_a_count_is_read_as_written(written: object, meant: int | None) -> None:
    assert parse_count(written) == meant


@pytest.mark.parametrize(
    "written",
    [-1, "-5", "many", "2MM", "2026_10", True, float("nan"), float("inf"), 1.5, "1.5", [3], 10**16],
)
def test_what_is_no_count_is_refused_with_an_example(written: object) -> None:
    with pytest.raises(Refusal, match=r"such as 2000000, 2_000_000, 40k, 2M or 1\.5B"):
        parse_count(written)


@given(st.integers(0, 10**15))
def test_every_count_reads_back_from_digits_and_underscores(count: int) -> None:
    assert parse_count(f"{count:_}") == parse_count(str(count)) == parse_count(count)


@pytest.mark.parametrize(
    ("written", "count"),
    [("16.1k", 16_100), ("4.1M", 4_100_000), ("2.01k", 2_010), ("1,200,000", 1_200_000)],
)
def test_a_count_with_a_decimal_or_commas_is_read_to_the_last_digit(
    written: str, count: int
) -> None:
    assert parse_count(written) == count


@pytest.mark.parametrize("written", ["1,5M", "1,5", "12,34", "150.000", "3.000", "1.200.000"])
def test_a_count_that_may_mean_two_things_is_refused(written: str) -> None:
    with pytest.raises(Refusal):
        parse_count(written)


def test_a_word_that_is_no_interval_gets_an_example() -> None:
    with pytest.raises(Refusal, match="write 15 minutes, 1h or 1 day"):
        parse_interval("fast")


def test_a_unit_typed_wrong_is_answered_with_the_near_one() -> None:
    with pytest.raises(Refusal, match="did you mean hour"):
        parse_interval("2 huors")


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("15 minutes", 900),
        ("1h", 3600),
        ("1 day", 86_400),
        ("every 30 min", 1800),
        ("hourly", 3600),
        ("1.5 h", 5400),
        ("", None),
    ],
)
def test_an_interval_is_read_as_written(written: str, seconds: int | None) -> None:
    assert parse_interval(written) == seconds


@pytest.mark.parametrize("written", ["3600", "0 minutes", "soon", "-1 h", "900 days"])
def test_what_is_no_interval_is_refused(written: str) -> None:
    with pytest.raises(Refusal):
        parse_interval(written)


def test_a_date_may_come_as_text_or_as_yaml_reads_it() -> None:
    assert parse_date("2026-11-24") == parse_date(date(2026, 11, 24)) == "2026-11-24"
    with pytest.raises(Refusal, match="write 2026-11-24"):
        parse_date("24.11.2026")


@pytest.mark.parametrize(
    ("written", "items"),
    [
        ("a, b", ("a", "b")),
        (["a", "b"], ("a", "b")),
        ("[a, b]", ("a", "b")),
        ("- a\n- b", ("a", "b")),
        (["Reads: all"], ("Reads: all",)),
        ([{"Reads": "all"}], ("Reads: all",)),
        (["a", "", None], ("a",)),
        (None, ()),
        (7, ("7",)),
    ],
)
def test_a_list_is_read_from_yaml_or_from_one_text(written: object, items: tuple[str, ...]) -> None:
    assert parse_list(written) == items


def test_a_mapping_is_no_list() -> None:
    with pytest.raises(Refusal, match="write a list"):
        parse_list({"a": 1, "b": 2})


def test_a_refusal_quotes_up_to_sixty_characters_and_cuts_what_is_longer() -> None:
    assert shown("x" * 60) == f'"{"x" * 60}"'
    assert shown("x" * 61) == f'"{"x" * 57}..."'


def test_a_refusal_quotes_a_long_list_in_part() -> None:
    assert shown(list(range(1_000))) == '"[0, 1, 2, 3, 4, 5, ...]"'


def test_the_largest_count_is_taken_and_one_more_is_a_slip() -> None:
    assert parse_count(LARGEST_COUNT) == LARGEST_COUNT
    with pytest.raises(Refusal, match="which is out of range; write a count"):
        parse_count(LARGEST_COUNT + 1)


@pytest.mark.parametrize(
    ("written", "seconds"),
    [("hour", 3_600), ("every day", 86_400), ("1 second", 1), ("366 days", 366 * 86_400)],
)
def test_an_interval_without_a_number_is_one_unit_and_may_be_a_second_or_a_year(
    written: str, seconds: int
) -> None:
    assert parse_interval(written) == seconds


@pytest.mark.parametrize("written", ["0 seconds", "367 days", "31622401 seconds"])
def test_an_interval_outside_a_second_and_a_year_is_refused(written: str) -> None:
    with pytest.raises(Refusal, match="write between 1 second and 1 year"):
        parse_interval(written)


def test_unknown_is_a_way_to_say_nothing() -> None:
    assert parse_interval("Unknown") is None


def test_a_unit_near_nothing_is_answered_with_the_usual_ones() -> None:
    with pytest.raises(Refusal, match='unknown unit "qqq"; write second, minute, hour or day'):
        parse_interval("5 qqq")


@pytest.mark.parametrize(
    ("text", "structured"),
    [("[a]", True), ("{a: 1}", True), ("- a", True), ("a: 1\nb: 2", True), ("a: 1", False)],
)
def test_a_text_counts_as_yaml_where_only_yaml_looks_so(text: str, structured: bool) -> None:
    assert looks_structured(text) == structured
    assert not looks_structured("two\nlines")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{a: 1, a: 2}", 'has "a" twice in one mapping; keep one of the two'),
        ("{a: [}", "is no valid YAML (expected the node content, but found '}')"),
        ("2026-13-45", "is no valid YAML (month must be in 1..12)"),
        ("[" * 2_000, "is nested too deeply; write one list or mapping in another"),
    ],
)
def test_yaml_that_cannot_be_taken_is_refused_with_the_reason(text: str, said: str) -> None:
    with pytest.raises(Refusal, match=re.escape(said)):
        parse_yaml(text)
