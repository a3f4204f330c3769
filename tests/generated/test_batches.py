"""The helpers that cut batches: nothing is lost, nothing repeats, every run ends."""

from __future__ import annotations

import importlib.util
import weakref
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from projects import SMALL, new_project

NOW = datetime(2026, 11, 28, 12, tzinfo=timezone.utc)
MOST_CALLS = 60


@pytest.fixture(scope="module")
def batches(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    project = new_project(template, tmp_path_factory.mktemp("batches") / "project", **SMALL)
    spec = importlib.util.spec_from_file_location("acme_batches", project.path("acme_batches.py"))
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def table(ingestion: str = "cdc", **changes: Any) -> dict[str, Any]:
    return {
        "ingestion_type": ingestion,
        "cursor_field": "at",
        "primary_keys": ["id"],
        "order": "",
        "lookback_seconds": None,
        **changes,
    }


def written(seconds: int, style: str) -> Any:
    """A moment as sources write it: other zones, other precisions, numbers."""
    moment = datetime(2026, 1, 1, tzinfo=timezone.utc) + timedelta(seconds=seconds)
    east = moment.astimezone(timezone(timedelta(hours=5, minutes=30)))
    return {
        "Z": moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "zone": east.isoformat(),
        "nanoseconds": moment.strftime("%Y-%m-%dT%H:%M:%S.000000000Z"),
        "seconds": int(moment.timestamp()),
        "milliseconds": int(moment.timestamp()) * 1000,
        "text": str(int(moment.timestamp())),
    }[style]


STYLES = st.sampled_from([("Z", "zone", "nanoseconds"), ("seconds",), ("milliseconds",), ("text",)])


@st.composite
def sources(draw: st.DrawFn, styles: Any = None) -> list[dict[str, Any]]:
    """Records in any order, with ties, nulls, and one style of cursor or several of ISO 8601."""
    styles = styles or draw(STYLES)
    moments = draw(st.lists(st.one_of(st.none(), st.integers(0, 6)), max_size=12))
    return [
        {
            "id": number,
            "at": None if day is None else written(day * 3600, draw(st.sampled_from(styles))),
        }
        for number, day in enumerate(moments)
    ]


def run(
    batches: Any,
    planned: dict[str, Any],
    records: list[Any],
    offset: Any,
    until: datetime,
    cap: int,
) -> Iterator[tuple[list[Any], Any]]:
    """One run of the pipeline: batch after batch, until the offset stays where it is."""
    for _ in range(MOST_CALLS):
        batch, end = batches.batch_of(records, planned, offset, until=until, cap=cap)
        if end == (offset or {}):
            assert batch == []
            return
        yield batch, end
        offset = end
    pytest.fail("the run does not end")


def in_order(batches: Any, records: list[Any]) -> list[Any]:
    known = [one for one in records if one["at"] is not None]
    return sorted(known, key=lambda one: batches.place_of(one["at"]))


@settings(max_examples=150, deadline=None)
@given(sources(), st.integers(1, 5), st.booleans())
def test_the_batches_of_a_run_are_what_the_source_holds(
    batches: Any, records: list[Any], cap: int, ordered: bool
) -> None:
    planned = table(order="cursor" if ordered else "")
    listed = in_order(batches, records) if ordered else records
    runs = list(run(batches, planned, listed, None, NOW, cap))
    arrived = [one["id"] for batch, _ in runs for one in batch]
    assert sorted(arrived) == [one["id"] for one in records if one["at"] is not None]
    for batch, _ in runs:
        places = [batches.place_of(one["at"]) for one in batch]
        assert len(batch) <= cap or len(set(places[cap - 1 :])) == 1  # only ties go over the cap


@settings(max_examples=100, deadline=None)
@given(
    STYLES.flatmap(lambda styles: st.tuples(sources(styles), sources(styles))),
    st.integers(1, 5),
    st.sampled_from(["cdc", "append"]),
)
def test_what_arrives_late_is_read_by_a_table_that_looks_back(
    batches: Any, both: tuple[list[Any], list[Any]], cap: int, ingestion: str
) -> None:
    records, late = both
    late = [{**one, "id": f"late {one['id']}"} for one in late]
    planned = table(ingestion, lookback_seconds=10 * 86_400)
    first = list(run(batches, planned, records, None, NOW, cap))
    end = first[-1][1] if first else {}
    again = list(run(batches, planned, [*records, *late], end, NOW + timedelta(hours=1), cap))
    arrived = {one["id"] for batch, _ in (*first, *again) for one in batch}
    assert arrived == {one["id"] for one in (*records, *late) if one["at"] is not None}
    if ingestion == "append":
        twice = [one["id"] for batch, _ in (*first, *again) for one in batch]
        assert len(twice) == len(set(twice))


@settings(max_examples=100, deadline=None)
@given(sources(), st.integers(1, 5))
def test_a_second_run_without_changes_brings_nothing(
    batches: Any, records: list[Any], cap: int
) -> None:
    first = list(run(batches, table(), records, None, NOW, cap))
    end = first[-1][1] if first else {}
    assert list(run(batches, table(), records, end, NOW + timedelta(hours=1), cap)) == []


def test_a_run_looks_no_further_than_its_beginning(batches: Any) -> None:
    later = (NOW + timedelta(minutes=1)).isoformat()
    times = ["2026-01-01T00:00:00Z", later, "2030-01-01T00:00:00Z"]
    records = [{"id": number, "at": at} for number, at in enumerate(times, start=1)]
    batch, _ = batches.batch_of(records, table(), None, until=NOW)
    assert [one["id"] for one in batch] == [1]
    numbers = [{"id": 1, "at": 7}, {"id": 2, "at": 99_999}]  # no times: versions, say
    batch, _ = batches.batch_of(numbers, table(), None, until=NOW)
    assert [one["id"] for one in batch] == [1, 2]


def test_no_more_is_taken_of_an_ordered_list_than_a_batch_needs(batches: Any) -> None:
    taken = []

    def records() -> Iterator[dict[str, Any]]:
        for number in range(100):
            taken.append(number)
            yield {"id": number, "at": f"2026-01-{1 + number // 10:02}T00:00:00Z"}

    batch, _ = batches.batch_of(records(), table(order="cursor"), None, until=NOW, cap=5)
    assert len(batch) == 10  # the first day is one cursor
    assert len(taken) == 11


def test_where_no_cursors_are_equal_one_record_more_than_the_batch_is_taken(batches: Any) -> None:
    taken = []

    def records() -> Iterator[dict[str, Any]]:
        for number in range(1, 20):
            taken.append(number)
            yield {"id": number, "at": f"2026-01-{number:02}T00:00:00Z"}

    batch, _ = batches.batch_of(records(), table(order="cursor"), None, until=NOW, cap=5)
    assert (len(batch), len(taken)) == (5, 6)


@pytest.mark.parametrize("as_number", [False, True])
def test_what_comes_at_the_very_moment_of_the_run_arrives(batches: Any, as_number: bool) -> None:
    def at(seconds: int) -> Any:
        moment = NOW + timedelta(seconds=seconds)
        return int(moment.timestamp()) if as_number else moment.isoformat()

    records = [{"id": number, "at": at(number)} for number in (0, 1)]
    batch, _ = batches.batch_of(records, table(), None, until=NOW)
    assert [one["id"] for one in batch] == [0]


def test_a_table_that_looks_back_reads_from_further_back_once_a_run(batches: Any) -> None:
    planned = table(lookback_seconds=3600)
    records = [{"id": hour, "at": f"2026-01-01T0{hour}:00:00Z"} for hour in (3, 5)]
    taken, end = batches.batch_of(records, planned, None, until=NOW)
    assert len(taken) == 2
    assert "seen" not in end, "what comes again merges by its key"
    assert batches.reads_from(planned, end, NOW) == "2026-01-01T05:00:00Z"
    later = NOW + timedelta(days=1)
    assert batches.reads_from(planned, end, later) == "2026-01-01T04:00:00Z"
    late = [{"id": 4, "at": "2026-01-01T04:30:00Z"}]
    _, after = batches.batch_of(late, planned, end, until=later, cap=1)
    assert after["since"] == "2026-01-01T05:00:00Z", "the watermark never moves back"


def test_records_without_a_key_are_told_by_all_of_them(batches: Any) -> None:
    for keys, key in (([], {}), (["id"], {"id": None})):
        looking = table("append", lookback_seconds=10, primary_keys=keys)
        first = {**key, "at": "2026-01-01T00:00:00Z", "score": 1}
        _, end = batches.batch_of([first], looking, {}, until=NOW)
        both = [first, {**first, "score": 2}]
        taken, _ = batches.batch_of(both, looking, end, until=NOW + timedelta(days=1))
        assert taken == both[1:]


def test_a_dotted_cursor_is_read_where_it_stands(batches: Any) -> None:
    planned = table(cursor_field="meta.at")
    records = [{"id": 1, "meta": {"at": "2026-01-02"}}, {"id": 2, "meta": None}, {"id": 3}]
    batch, end = batches.batch_of(records, planned, None, until=NOW)
    assert [one["id"] for one in batch] == [1]
    assert end == {"since": "2026-01-02"}


@pytest.mark.parametrize(
    ("value", "seconds", "back"),
    [
        ("2026-01-02T00:00:00Z", 3600, "2026-01-01T23:00:00Z"),
        ("2026-01-02T05:30:00+05:30", 3600, "2026-01-01T23:00:00+00:00"),
        ("2026-01-02T00:00:00-02:30", 3600, "2026-01-02T01:30:00+00:00"),
        ("2026-01-02T12:45:00+12:45", 3600, "2026-01-01T23:00:00+00:00"),
        ("2026-01-02T00:00:00", 3600, "2026-01-01T23:00:00"),
        ("2026-01-02", 86_400, "2026-01-01"),
        ("1767312000.5", 60, "1767311940.500000"),
        (1_767_312_000, 60, 1_767_311_940),
        (1_767_312_000_000, 60, 1_767_311_940_000),
        ("1767312000", 60, "1767311940"),
        (7, 60, 7),
    ],
)
def test_a_look_back_is_written_as_the_cursor_is(
    batches: Any, value: Any, seconds: int, back: Any
) -> None:
    assert batches.moved_back(value, seconds) == back


def test_cursors_are_compared_as_instants_and_never_as_text(batches: Any) -> None:
    assert batches.later("2026-01-01T23:30:00Z", "2026-01-02T00:30:00+02:00").endswith("Z")
    assert batches.place_of("2026-01-01T00:00:00.5Z") - batches.place_of(
        "2026-01-01T00:00:00Z"
    ) == Fraction(1, 2)
    assert batches.later("9", "10") == "10"
    with pytest.raises(ValueError, match="no time and no number"):
        batches.place_of("soon")


class Tracked(dict[str, Any]):
    """A record of which can be told whether anybody still holds it."""

    __hash__ = object.__hash__  # type: ignore[assignment]


def test_records_for_later_batches_are_not_kept(batches: Any) -> None:
    alive: weakref.WeakSet[Tracked] = weakref.WeakSet()
    most = 0

    def records() -> Iterator[Tracked]:
        nonlocal most
        for number in range(1_000, 0, -1):
            one = Tracked(id=number, at=number)
            alive.add(one)
            yield one
            most = max(most, len(alive))

    batch, end = batches.batch_of(records(), table(), {}, until=NOW, cap=10)
    assert [one["id"] for one in batch] == list(range(1, 11))
    assert end == {"since": 10}
    assert most < 50


def test_a_list_in_no_order_is_read_for_few_batches(batches: Any) -> None:
    records = [{"id": number, "at": number % 1000} for number in range(30_000)]
    assert len(batches.batch_of(records, table(order="other"), {}, until=NOW)[0]) == 30_000
    in_order = sorted(records, key=lambda one: one["at"])
    batch, _ = batches.batch_of(in_order, table(order="cursor"), {}, until=NOW)
    assert len(batch) == 10_020  # 10,000, and those of the last cursor


def test_options_are_refused_with_what_would_be_right(batches: Any) -> None:
    assert batches.number_option({}, "cap", 1, 10, 5) == 5
    for right in (1, 7, 10):
        assert batches.number_option({"cap": f" {right} "}, "cap", 1, 10, 5) == right
    for wrong in ("0", "11", "many", "1.5", "-1", "٣"):
        with pytest.raises(ValueError, match=r"cap is .*; write a whole number from 1 to 10"):
            batches.number_option({"cap": wrong}, "cap", 1, 10, 5)
    assert batches.moment_option({"from": "2026-11-28"}, "from") == "2026-11-28"
    with pytest.raises(ValueError, match="from is 'yesterday'; write a date"):
        batches.moment_option({"from": "yesterday"}, "from")


def test_an_append_table_remembers_no_more_than_its_look_back(batches: Any) -> None:
    looking = table("append", lookback_seconds=10)
    offset: dict[str, Any] = {}
    for day in range(1, 9):
        now = NOW + timedelta(days=day)
        records = [{"id": day, "at": f"2026-01-0{day}T00:00:00Z"}]
        taken, offset = batches.batch_of(records, looking, offset, until=now)
        assert len(taken) == 1
    assert len(offset["seen"]) == 1, "older ones cannot come again"


def test_a_record_seen_again_is_told_by_its_key(batches: Any) -> None:
    looking = table("append", lookback_seconds=10)
    first = {"id": 1, "at": "2026-01-01T00:00:00Z", "score": 1}
    _, end = batches.batch_of([first], looking, {}, until=NOW)
    again = [{**first, "score": 2}]
    assert batches.batch_of(again, looking, end, until=NOW + timedelta(days=1)) == ([], end)


def test_an_order_that_is_promised_and_not_kept_is_an_error(batches: Any) -> None:
    records = [{"id": day, "at": f"2026-01-0{day}T00:00:00Z"} for day in (3, 1)]
    with pytest.raises(ValueError, match=r"records do not come by at: .* is `other`"):
        batches.batch_of(records, table(order="cursor"), {}, until=NOW, cap=9)


def test_an_empty_text_is_no_cursor(batches: Any) -> None:
    assert batches.batch_of([{"id": 1, "at": ""}], table(), {}, until=NOW) == ([], {})


def test_identifiers_that_grow_are_no_times(batches: Any) -> None:
    records = [{"id": 1, "at": 1_950_000_000_000_000_000}]
    taken, _ = batches.batch_of(records, table(), {}, until=NOW)
    assert taken == records


@pytest.mark.parametrize("identifier", [1_850_000_000, 5_000_000_000, 99_999_999_999, 2 * 10**12])
def test_an_identifier_that_reads_as_a_time_to_come_is_not_held_back(
    batches: Any, identifier: int
) -> None:
    records = [{"id": None, "at": None}, {"id": 1, "at": identifier}]
    taken, end = batches.batch_of(records, table(), {}, until=NOW)
    assert (taken, end) == (records[1:], {"since": identifier})


@pytest.mark.parametrize("unit", [1, 1_000, 1_000_000])
def test_a_number_soon_after_the_moment_is_a_time_to_come(batches: Any, unit: int) -> None:
    soon = int((NOW + timedelta(days=5)).timestamp()) * unit
    assert batches.batch_of([{"id": 1, "at": soon}], table(), {}, until=NOW) == ([], {})
    assert batches.batch_of([{"id": 1, "at": str(soon)}], table(), {}, until=NOW) == ([], {})
