"""Limits as people write them, and those that hold for one table."""

from __future__ import annotations

import pytest
from factories import answers, table
from planning.answers.answer_types import ConcurrencyLimit, RateLimit
from planning.answers.limits import Limits, names, of_table, parse_limits, refers
from planning.terms.values import Refusal


def rates(written: str) -> list[tuple[str, int, int]]:
    """Name, requests and seconds of each rate in a text."""
    return [(one.name, one.requests, one.seconds) for one in (parse_limits(written) or ((),))[0]]


@pytest.mark.parametrize(
    ("written", "limits"),
    [
        ("700/minute", [(700, 60)]),
        ("10/s", [(10, 1)]),
        ("5000 per hour", [(5000, 3600)]),
        ("100000/day", [(100_000, 86_400)]),
        ("100 per 10 seconds", [(100, 10)]),
        ("100/10s", [(100, 10)]),
        ("40k requests per day", [(40_000, 86_400)]),
        ("10/s, 100000/day", [(10, 1), (100_000, 86_400)]),
        ("10,000/min, 5/s,100/hour", [(10_000, 60), (5, 1), (100, 3600)]),
        ("none", []),
    ],
)
def test_rates_are_read_as_written(written: str, limits: list[tuple[int, int]]) -> None:
    assert rates(written) == [("", *limit) for limit in limits]


def test_an_empty_limit_is_unknown_and_none_is_not() -> None:
    assert parse_limits("") is None
    assert parse_limits("Unknown") is None
    assert parse_limits("none") == Limits()


def test_limits_may_have_names() -> None:
    assert rates("heavy 40/s, heavy 60000/day, light 80/s") == [
        ("heavy", 40, 1),
        ("heavy", 60_000, 86_400),
        ("light", 80, 1),
    ]
    assert rates("Tier 3 50/minute, search: 30 requests/minute") == [
        ("tier 3", 50, 60),
        ("search", 30, 60),
    ]


def test_a_limit_on_concurrency_is_read_beside_rates() -> None:
    read = parse_limits("15 at once, export 2 at once, 1000/hour")
    assert read == Limits(
        (RateLimit(1000, 3600, "1000/hour"),),
        (ConcurrencyLimit(15, "15 at once"), ConcurrencyLimit(2, "export 2 at once", "export")),
    )


@pytest.mark.parametrize(
    "written",
    [
        *("fast", "700", "700/", "/minute", "-5/s", "0/minute", "5.000/h", "50,00/h"),
        *("about 700/minute", "max. 10/s", "up to 5/s", "0 at once", "at once"),
    ],
)
def test_what_is_no_limit_is_refused(written: str) -> None:
    with pytest.raises(Refusal):
        parse_limits(written)


def test_a_unit_typed_wrong_is_answered_with_the_near_one() -> None:
    with pytest.raises(Refusal, match="did you mean minute"):
        parse_limits("700/minuet")


def test_a_name_is_told_from_a_limit_of_its_own() -> None:
    assert refers("heavy")
    assert refers("tier 3")
    assert not refers("30/minute")
    assert not refers("none")
    assert not refers("")
    assert names(parse_limits("Heavy 40/s, 80/s")) == {"heavy"}


def limits_of(rate_limit: str, of_the_source: str) -> list[str] | None:
    """The texts of the limits that hold for a table with this `rate_limit`."""
    read = parse_limits(of_the_source)
    orders = table("orders", rate_limit=rate_limit)
    given = answers(
        tables=(orders, table("users", rate_limit="7/minute")),
        rate_limits=read and read.rates,
        concurrency_limits=read.at_once if read else (),
    )
    found = of_table(given, orders)
    return None if found is None else [one.text for one in found.rates + found.at_once]


def test_a_table_has_the_limits_without_a_name_the_named_one_and_its_own() -> None:
    source = "1000/hour, heavy 40/s, light 80/s, heavy 2 at once"
    assert limits_of("", source) == ["1000/hour"]
    assert limits_of("Heavy", source) == ["1000/hour", "heavy 40/s", "heavy 2 at once"]
    assert limits_of("30/minute", source) == ["1000/hour", "30/minute"]
    assert limits_of("30/minute", "") == ["30/minute"]
    assert limits_of("", "none") == []


def test_a_table_that_refers_to_none_of_named_limits_has_unknown_ones() -> None:
    assert limits_of("", "heavy 40/s, light 80/s") is None
    assert limits_of("", "") is None
