from __future__ import annotations

from planning.answers.ticks import NO_TABLE, TICKABLE, boxes, still_ticked, worth_asking

TABLES = ["orders", "customers", {"name": "events", "ingestion": "append", "priority": "P1"}]


def test_a_table_that_says_its_ingestion_itself_has_no_box() -> None:
    assert boxes("cdc_tables", {"tables": TABLES}, {}) == ["orders", "customers"]
    assert boxes("p0_tables", {"tables": TABLES}, {}) == ["orders", "customers"]


def test_an_earlier_list_takes_its_tables_away_from_the_later_ones() -> None:
    answers = {"tables": TABLES, "cdc_with_deletes_tables": ["orders"]}
    assert boxes("cdc_tables", answers, {}) == ["customers"]
    assert boxes("append_tables", {**answers, "cdc_tables": ["customers"]}, {}) == [NO_TABLE]


def test_a_table_given_for_a_later_list_leaves_the_earlier_one() -> None:
    answers = {"tables": TABLES, "cdc_tables": ["orders"], "append_tables": ["orders"]}
    assert still_ticked("cdc_tables", answers, {"append_tables": ["orders"]}) == []
    assert still_ticked("cdc_tables", answers, {}) == ["orders"]


def test_every_table_may_have_been_shipped() -> None:
    assert boxes("shipped_tables", {"tables": TABLES}, {}) == ["orders", "customers", "events"]


def test_ticks_survive_tables_that_come_and_go() -> None:
    answers = {"tables": "customers, invoices", "cdc_tables": ["orders", "customers"]}
    assert still_ticked("cdc_tables", answers, {}) == ["customers"]


def test_all_tables_are_p0_until_somebody_says_otherwise() -> None:
    answers = {"tables": TABLES}
    assert still_ticked("p0_tables", answers, {}) == ["orders", "customers"]
    assert still_ticked("p0_tables", answers, {"p1_tables": ["orders"]}) == ["customers"]
    assert still_ticked("p0_tables", {**answers, "p0_tables": []}, {}) == []
    assert still_ticked("p1_tables", answers, {}) == []


def test_a_list_without_boxes_is_not_asked() -> None:
    assert worth_asking("cdc_tables", {"tables": TABLES}, {})
    assert not worth_asking("cdc_tables", {"tables": TABLES[2:]}, {})
    assert not worth_asking("cdc_tables", {}, {})


def test_more_tables_than_anybody_ticks_are_not_asked_and_stay_p0() -> None:
    many = {"tables": [f"table_{number}" for number in range(TICKABLE + 1)]}
    assert not worth_asking("p0_tables", many, {})
    assert boxes("p0_tables", many, {}) == [NO_TABLE]
    assert still_ticked("p0_tables", many, {}) is None


def test_among_many_tables_the_ticks_on_record_stay() -> None:
    many = {"tables": [f"table_{number}" for number in range(TICKABLE + 1)]}
    answers = {**many, "cdc_tables": ["table_7", "gone"]}
    assert boxes("cdc_tables", answers, {}) == ["table_7"]
    assert still_ticked("cdc_tables", answers, {}) == ["table_7"]


def test_as_many_tables_as_fit_have_boxes_and_stay_p0_by_name() -> None:
    names = [f"table_{number}" for number in range(TICKABLE)]
    assert worth_asking("p0_tables", {"tables": names}, {})
    assert boxes("p0_tables", {"tables": names}, {}) == names
    assert still_ticked("p0_tables", {"tables": names}, {}) == names


def test_a_single_table_is_worth_asking_about() -> None:
    assert worth_asking("cdc_tables", {"tables": ["orders"]}, {})
