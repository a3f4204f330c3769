"""Which features a plan asks for, and why."""

from __future__ import annotations

from typing import Any

import pytest
from factories import answers, table
from planning.answers.answer_types import Answers, ConcurrencyLimit, RateLimit
from planning.plan.features import default_features, feature_reasons
from planning.terms.vocabulary import FEATURES

FAST = (RateLimit(700, 60, "700/minute"),)
LARGE = table("ticket_comments", rows=40_000_000)


def reason(feature: str, given: Answers) -> str:
    return next(one.why for one in feature_reasons(given) if one.name == feature)


@pytest.mark.parametrize(
    ("source_type", "limits", "expected"),
    [
        ("rest_api", FAST, True),
        ("rest_api", None, True),
        ("rest_api", (), False),
        ("database", None, False),
        ("database", FAST, True),
    ],
)
def test_a_rate_limit_is_kept_unless_there_is_none(
    source_type: str, limits: Any, expected: bool
) -> None:
    given = answers(source_type=source_type, rate_limits=limits)
    assert ("rate_limiting" in default_features(given)) is expected


@pytest.mark.parametrize(("source_type", "expected"), [("graphql_api", True), ("files", False)])
def test_every_api_is_asked_again_after_a_failure(source_type: str, expected: bool) -> None:
    given = answers(source_type=source_type)
    assert ("retry_backoff" in default_features(given)) is expected


@pytest.mark.parametrize(
    ("ingestion", "incremental", "deletes"),
    [
        ("snapshot", False, False),
        ("append", True, False),
        ("cdc", True, False),
        ("cdc_with_deletes", True, True),
    ],
)
def test_one_incremental_table_is_enough_for_incremental_sync(
    ingestion: str, incremental: bool, deletes: bool
) -> None:
    given = answers(tables=(table("plans"), table("orders", ingestion=ingestion)))
    chosen = default_features(given)
    assert ("incremental_sync" in chosen, "delete_sync" in chosen) == (incremental, deletes)


@pytest.mark.parametrize(
    ("rows", "limits", "expected"),
    [
        (2_880_000, (), False),  # 28,800 requests: one reader's working day
        (2_880_100, (), True),
        (2_880_100, FAST, True),
        (2_880_100, (RateLimit(60, 60, "60/minute"),), False),  # the limit would hold it back
        (2_880_100, None, False),
        (None, FAST, False),
    ],
)
def test_reads_are_split_when_one_reader_needs_more_than_a_working_day(
    rows: int | None, limits: Any, expected: bool
) -> None:
    given = answers(tables=(table("orders", rows=rows),), rate_limits=limits, page_size=100)
    assert ("partitioned_reads" in default_features(given)) is expected


def test_a_table_that_is_loaded_already_is_not_split() -> None:
    loaded = table("ticket_comments", rows=40_000_000, shipped=True)
    given = answers(tables=(loaded,), rate_limits=FAST, page_size=100)
    assert "partitioned_reads" not in default_features(given)


@pytest.mark.parametrize(
    ("kind", "expected"), [("dynamic", True), ("static", False), ("unknown", False)]
)
def test_a_dynamic_schema_is_discovered(kind: str, expected: bool) -> None:
    assert ("schema_discovery" in default_features(answers(schema_kind=kind))) is expected


def test_namespaces_are_never_chosen_by_default() -> None:
    given = answers(
        tables=(LARGE, table("orders", ingestion="cdc_with_deletes")),
        rate_limits=FAST,
        page_size=100,
        schema_kind="dynamic",
    )
    assert set(default_features(given)) == set(FEATURES) - {"namespaces"}


def test_reasons_quote_the_answers_with_their_numbers() -> None:
    given = answers(tables=(table("orders", rows=1_000), LARGE), rate_limits=FAST, page_size=100)
    assert "Acme allows 700/minute" in reason("rate_limiting", given)
    split = reason("partitioned_reads", given)
    for quoted in ("`ticket_comments`", "400,000 requests", "4.6 days", "700/minute"):
        assert quoted in split


def test_a_feature_left_out_against_the_answers_is_named() -> None:
    given = answers(tables=(table("orders", ingestion="cdc"),), features=("retry_backoff",))
    left_out = {one.name for one in feature_reasons(given) if not one.chosen}
    assert left_out == {"rate_limiting", "incremental_sync"}
    assert reason("incremental_sync", given).startswith("Left out.")
    assert "`orders`" in reason("incremental_sync", given)


def test_a_feature_that_no_answer_asks_for_is_known_to_be_chosen_by_hand() -> None:
    assert reason("namespaces", answers(features=("namespaces",))).startswith("Chosen by hand")


def test_a_limit_at_once_is_no_freedom_from_limits() -> None:
    def split(at_once: int) -> str:
        limit = ConcurrencyLimit(at_once, f"{at_once} at once")
        return reason(
            "partitioned_reads",
            answers(
                tables=(LARGE,),
                rate_limits=(),
                concurrency_limits=(limit,),
                page_size=100,
                features=("partitioned_reads",),
            ),
        )

    assert "15 at once allows more" in split(15)
    assert split(1).startswith("Chosen by hand")  # a second reader would only wait


def test_all_limits_are_named_and_not_the_tightest_alone() -> None:
    both = (RateLimit(10, 1, "10/s"), RateLimit(60_000, 86_400, "60000/day"))
    assert "10/s and 60000/day" in reason("rate_limiting", answers(rate_limits=both))
