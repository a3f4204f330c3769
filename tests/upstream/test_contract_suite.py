"""The repository's own test suite, unedited, on what a plan brings and on what becomes of it."""

from __future__ import annotations

from pathlib import Path

import copier
import paged
import pytest
from checkout import Checkout, why_not
from shop import IN_ONE_PIECE, IN_PARTS, PLAN, SPLIT, build_reads, plan_in

pytestmark = pytest.mark.skipif(bool(why_not()), reason=why_not())

AT_ONCE = {
    "test_list_tables",
    "test_invalid_table_name",
    "test_get_table_schema",
    "test_read_table_metadata",
}
WHEN_BUILT = {
    "test_read_table",
    "test_read_table_deletes",
    "test_read_terminates",
    "test_every_column_populated_by_at_least_one_record",
}
WHEN_SPLIT = {
    "test_get_partitions",
    "test_get_partitions_stable",
    "test_partition_descriptors_serializable",
    "test_read_partition",
    "test_every_column_populated_by_at_least_one_partition_record",
}
WHEN_STREAMED_IN_PARTS = {
    "test_latest_offset",
    "test_latest_offset_with_start",
    "test_microbatch_offset_convergence",
    "test_get_partitions_with_offsets",
    "test_equal_offsets_empty_partitions",
    "test_partitioned_stream_round_trip",
}

UNREAD = next(iter(IN_ONE_PIECE))
"""What stands in the stub for the reads."""


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """A clone in which every test plans a connector of its own."""
    return Checkout.clone(tmp_path_factory.mktemp("suite") / "clone")


def ended(endings: dict[str, str], how: str) -> set[str]:
    return {name for name, ending in endings.items() if ending == how}


def suite(checkout: Checkout, connector: str) -> dict[str, str]:
    """How the tests of the repository's own suite ended."""
    return checkout.suite(connector, "-k", f"test_{connector}_lakeflow_connect")


def test_what_reads_nothing_passes_at_once_and_the_rest_is_expected_to_fail(
    template: Path, checkout: Checkout
) -> None:
    endings = suite(checkout, plan_in(checkout, template, connector="new_shop"))
    assert ended(endings, "passed") == AT_ONCE
    assert ended(endings, "xfailed") == WHEN_BUILT
    assert ended(endings, "failed") == set()


def test_the_suite_passes_offline_once_the_reads_are_written(
    template: Path, checkout: Checkout
) -> None:
    connector = plan_in(checkout, template, connector="built_shop")
    build_reads(checkout, connector, IN_ONE_PIECE)
    endings = suite(checkout, connector)
    assert ended(endings, "passed") == AT_ONCE | WHEN_BUILT == endings.keys()


def test_options_that_people_put_beside_the_suite_are_used(
    template: Path, checkout: Checkout
) -> None:
    connector = plan_in(checkout, template, connector="chosen_shop")
    configs = checkout.tests(connector) / "configs"
    configs.mkdir()
    (configs / "dev_table_config.json").write_text('{"tickets": {"account": "north"}}')
    refusing = """
        if table_options.get("account", "north") != "north":
            raise ValueError("no such account")
"""
    build_reads(checkout, connector, {**IN_ONE_PIECE, UNREAD: refusing + IN_ONE_PIECE[UNREAD]})
    assert ended(suite(checkout, connector), "passed") == AT_ONCE | WHEN_BUILT


def test_a_read_that_is_wrong_fails_though_others_are_not_built(
    template: Path, checkout: Checkout
) -> None:
    connector = plan_in(checkout, template, connector="wrong_shop")
    wrong = (
        'if table_name == "orders":\n'
        '            return [{"id": None, "changed": "2026-01-01T00:00:00Z"}]\n'
    )
    stub = '        raise self._not_built(table_name, "reading")\n'
    build_reads(checkout, connector, {stub: f"        {wrong}{stub}"})
    endings = suite(checkout, connector)
    assert endings["test_read_table"] == "failed"
    assert endings["test_read_terminates"] == "xfailed"


def test_reads_that_are_split_start_green_and_pass_once_written(
    template: Path, checkout: Checkout
) -> None:
    connector = plan_in(checkout, template, connector="split_shop", features=SPLIT)
    assert ended(suite(checkout, connector), "failed") == set()
    build_reads(checkout, connector, {**IN_ONE_PIECE, **IN_PARTS})
    endings = suite(checkout, connector)
    assert ended(endings, "passed") == endings.keys()
    assert endings.keys() >= WHEN_SPLIT | WHEN_STREAMED_IN_PARTS


def test_snapshots_that_are_split_start_green(template: Path, checkout: Checkout) -> None:
    snapshots = [{**table, "ingestion": "snapshot"} for table in PLAN["tables"][:2]]
    connector = plan_in(
        checkout, template, connector="still_shop", tables=snapshots, features=SPLIT
    )
    endings = suite(checkout, connector)
    assert ended(endings, "xfailed") == WHEN_SPLIT
    assert ended(endings, "failed") == set()


def test_all_tests_of_a_new_connector_are_green(template: Path, checkout: Checkout) -> None:
    connector = plan_in(checkout, template, connector="green_shop", features=SPLIT)
    assert set(checkout.suite(connector).values()) == {"passed", "xfailed"}


def test_reads_that_follow_the_pages_of_the_plan_pass_on_the_day_of_any_run(
    template: Path, checkout: Checkout
) -> None:
    answers = {**paged.PLAN, "layout": "upstream", "page_end": "count"}
    copier.run_copy(str(template), checkout.folder, answers, defaults=True, unsafe=True, quiet=True)
    package = checkout.source("paged")
    module, client = package / "paged.py", package / "paged_client.py"
    module.write_text(paged.built(module.read_text()))
    client.write_text(paged.at("https://paged.example", client.read_text()))
    assert WHEN_BUILT - {"test_read_table_deletes"} <= ended(suite(checkout, "paged"), "passed")
