"""What a plan makes of a known source: filled in where nobody said otherwise, and marked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import planning
import pytest
from planning import plan_of_file
from planning.files.document.scope import parameter_grid
from planning.plan import known_tables
from planning.plan.model import Plan
from planning.sources import catalogue
from planning.sources.existing import KnownSource
from planning.terms.states import KnownFact, State
from planning.updates import first_edition, origins, record

AIRBYTE = "Airbyte's source-acme, 2025-11-11"
DATA = Path(__file__).resolve().parents[3] / "extensions" / "planning" / "data"


class Known(catalogue.Catalogue):
    """The catalogue, with a source of our own that is known."""

    def __init__(self, **tables: dict[str, Any]) -> None:
        super().__init__(DATA / catalogue.FILE_NAME)
        self.source = KnownSource(
            "Acme",
            {
                "pagination": KnownFact("cursor", AIRBYTE),
                "auth_methods": KnownFact(["api_key"], AIRBYTE, "X says basic"),
                "rate_limit": KnownFact("10 per second", AIRBYTE),
            },
            {
                name: {key: KnownFact(value, AIRBYTE) for key, value in said.items()}
                for name, said in tables.items()
            },
        )  # fmt: skip

    @property
    def knowledge(self) -> Any:
        known = self.source

        class _Knowledge:
            def of(self, *_: object) -> KnownSource:
                return known

        return _Knowledge()


CDC = {"ingestion": "cdc", "primary_keys": ["gid"], "cursor_field": "changed", "path": "orders"}
APPEND = {"ingestion": "append", "cursor_field": "ts"}
WHOLE = {"ingestion": "snapshot", "primary_keys": ["code"]}
LINES = {"parent": "orders", "path": "orders/{id}/lines"}


def plan(known: Known | None = None, **answers: Any) -> Plan:
    known = known or Known(orders=CDC, events=APPEND, labels=WHOLE, lines=LINES)
    raw = record.merged({}, {"connector": "acme", **answers}).answers
    return planning.build(planning.read_answers(raw), known)


def fields(found: Plan, name: str) -> dict[str, Any]:
    (table,) = [one for one in found.answers.tables if one.name == name]
    return {
        key: (getattr(table, key), table.state_of(key))
        for key in ("ingestion", "primary_keys", "cursor_field", "parent")
    }


def test_a_bare_name_gets_what_is_known() -> None:
    found = fields(plan(tables=["orders", "events", "labels", "lines", "other"]), "orders")
    assert found["ingestion"] == ("cdc", State.KNOWN)
    assert found["primary_keys"] == (("gid",), State.KNOWN)
    assert found["cursor_field"] == ("changed", State.KNOWN)


def test_what_nobody_knows_stays_assumed_or_unknown() -> None:
    found = plan(tables=["events", "lines", "other"])
    # An append table needs no key, so none is assumed any more.
    assert fields(found, "events")["primary_keys"] == ((), State.UNKNOWN)
    assert fields(found, "lines")["ingestion"] == ("snapshot", State.ASSUMED)
    assert fields(found, "lines")["parent"] == ("orders", State.KNOWN)
    assert fields(found, "other")["primary_keys"] == (("id",), State.ASSUMED)


def test_what_somebody_said_stands() -> None:
    found = plan(tables=[{"name": "orders", "ingestion": "snapshot", "primary_keys": ["id"]}])
    said = fields(found, "orders")
    assert said["ingestion"] == ("snapshot", State.GIVEN)
    assert said["primary_keys"] == (("id",), State.GIVEN)
    # A cursor says nothing of a table that is read whole.
    assert said["cursor_field"] == (None, State.UNKNOWN)


def test_a_table_that_no_list_names_is_what_is_known_of_it() -> None:
    found = plan(tables=["orders", "events", "other", "more"], cdc_tables=["other"])
    assert fields(found, "events")["ingestion"] == ("append", State.KNOWN)
    assert fields(found, "more")["ingestion"] == ("snapshot", State.GIVEN)


def test_signing_in_and_paging_are_known_with_their_origin() -> None:
    answers = plan(tables=["orders"]).answers
    assert answers.auth_methods == ("api_key",)
    assert answers.known["auth_methods"] == "Airbyte's source-acme, 2025-11-11; X says basic"
    assert answers.rate_limits and answers.rate_limits[0].requests == 10
    assert plan(tables=["orders"], auth_methods=["basic"]).answers.auth_methods == ("basic",)


def test_a_connection_asks_for_what_its_address_is_known_to_need() -> None:
    known = Known(orders=CDC)
    needed = [{"name": name, "required": True} for name in ("subdomain", "api_key")]
    known.source.facts["connection_parameters"] = KnownFact(needed, AIRBYTE)  # type: ignore[index]
    answers = plan(known, tables=["orders"]).answers
    # The way to sign in brings the key by itself.
    assert [one.name for one in answers.connection_parameters] == ["subdomain"]
    assert answers.state_of("connection_parameters") is State.KNOWN
    page = parameter_grid(answers)
    assert "| `subdomain` (known) | yes" in page and "`api_key` (known)" not in page
    said = plan(known, tables=["orders"], connection_parameters=[{"name": "site"}]).answers
    assert [one.name for one in said.connection_parameters] == ["site"]


def test_what_was_said_of_the_source_stands_before_what_is_known_of_a_table() -> None:
    known = Known(orders={**CDC, "page_size": 30, "pagination": "offset"})
    (orders,) = plan(known, tables=["orders"]).answers.tables
    assert (orders.page_size, orders.pagination) == (30, "offset")
    (orders,) = plan(known, tables=["orders"], page_size=300).answers.tables
    assert (orders.page_size, orders.pagination) == (None, "offset")
    own = [{"name": "orders", "page_size": 50}]
    (orders,) = plan(known, tables=own, page_size=300).answers.tables
    assert orders.page_size == 50


def test_below_another_parent_the_known_path_leads_elsewhere() -> None:
    def path(**said: Any) -> str:
        (lines,) = plan(tables=[{"name": "lines", **said}]).answers.tables
        return lines.path

    assert path() == path(parent="orders") == "orders/{id}/lines"
    assert path(parent="invoices") == ""
    (events,) = plan(
        Known(events={**APPEND, "path": "events"}), tables=[{"name": "events", "parent": "orders"}]
    ).answers.tables
    assert events.path == ""  # lists the events of all orders
    assert path(parent="invoices", path="invoices/{id}/lines") == "invoices/{id}/lines"


def test_nothing_is_recorded_of_what_is_known() -> None:
    assert record.merged({}, {"connector": "acme", "tables": ["orders"]}).answers == {
        "connector": "acme",
        "tables": ["orders"],
    }


def settled(found: Plan, said: dict[str, object], **answers: Any) -> dict[str, object]:
    """What goes on record of `answers`, whose plan was `found`, in a run that `said` this."""
    raw = record.merged({}, answers)
    return origins.settled(raw, said, {}, lambda _: (found.answers, found.existing)).answers


def test_one_question_asks_to_confirm_and_then_all_of_it_is_given() -> None:
    known = Known(orders=CDC)
    found = plan(known, tables=["orders"])
    asked = {one.id: one.text for one in found.open_questions}
    assert "`auth_methods`" in asked["known-facts"] and "unconfirmed={}" in asked["known-facts"]
    confirmed = settled(found, {"unconfirmed": {}}, connector="acme", tables=["orders"])
    assert confirmed["tables"] == [{"name": "orders", **CDC}]
    assert confirmed["auth_methods"] == ["api_key"]
    again = plan(known, **confirmed)
    assert fields(again, "orders")["cursor_field"] == ("changed", State.GIVEN)
    assert "known-facts" not in {one.id for one in again.open_questions}


# What code stands on does not move by itself


def fixed(known: Known, **answers: Any) -> dict[str, object]:
    kept = settled(plan(known, **answers), {}, connector="acme", approved="Ada", **answers)
    return {name: value for name, value in kept.items() if not name.startswith("approved")}


def test_an_approved_plan_records_keys_cursor_and_ingestion_with_their_origin() -> None:
    recorded = fixed(Known(orders=CDC), tables=["orders"])
    kept = {key: value for key, value in CDC.items() if key != "path"}
    assert recorded["tables"] == [{"name": "orders", **kept}]
    unconfirmed = recorded["unconfirmed"]
    assert unconfirmed == {
        f"tables.orders.{key}": "Airbyte's source-acme, 2025-11-11" for key in kept
    }


def test_newer_knowledge_is_a_question_and_no_change() -> None:
    recorded = fixed(Known(orders=CDC), tables=["orders"])
    newer = Known(orders={**CDC, "cursor_field": "modified"})
    newer.source.tables["orders"]["cursor_field"] = KnownFact(
        "modified", "Airbyte's source-acme, 2026-11-11"
    )  # type: ignore[index]
    found = plan(newer, **recorded)
    assert fields(found, "orders")["cursor_field"] == ("changed", State.KNOWN)
    (asked,) = [one for one in found.open_questions if one.id == "newer-cursor-field-orders"]
    assert "2026-11-11 says `modified`" in asked.text
    assert "{orders: {cursor_field: modified}}" in asked.text


def test_a_plan_of_the_first_edition_keeps_what_its_code_stands_on() -> None:
    known = Known(orders=CDC, labels=WHOLE)
    answers = {
        "connector": "acme",
        "tables": ["orders", {"name": "labels", "ingestion": "snapshot"}],
    }
    taken = first_edition.taken_up(answers, known).answers
    found = plan(known, **taken)
    assert fields(found, "orders")["ingestion"] == ("snapshot", State.KNOWN)
    assert fields(found, "orders")["primary_keys"] == (("id",), State.KNOWN)
    assert taken["unconfirmed"]["tables.orders.ingestion"] == "first edition"  # type: ignore[index]
    assert "newer-ingestion-orders" in {one.id for one in found.open_questions}
    # Where knowledge says the same, nothing needs to be recorded.
    assert "tables.labels.ingestion" not in taken["unconfirmed"]  # type: ignore[operator]


# All of them at once


def test_known_takes_all_tables_by_name() -> None:
    names = known_tables.taken(
        {"connector": "intercom"}, catalogue.Catalogue(DATA / catalogue.FILE_NAME)
    )
    assert {"contacts", "conversations", "companies"} <= set(names)


def test_check_plan_takes_known_and_refuses_it_of_a_source_nobody_knows() -> None:
    problems, plan_of_it = plan_of_file.plan_of("connector: intercom\ntables: known\n")
    assert not problems
    assert plan_of_it and plan_of_it.answers.source_name == "Intercom"
    (problem,) = plan_of_file.plan_of("connector: acme\ntables: known\n")[0]
    assert (problem.line, problem.text) == (
        2,
        "tables: nobody knows the tables of Acme; name them, as in [orders].",
    )


def test_ticks_offer_no_table_whose_ingestion_is_known() -> None:
    existing = plan(tables=["orders"]).existing
    record = {"tables": ["orders", "lines"]}
    answers = {"tables": planning.known_tables.with_known(record, existing)}
    assert planning.ticks.boxes("cdc_tables", answers, {}) == ["lines"]
    assert planning.ticks.boxes("p0_tables", answers, {}) == ["orders", "lines"]


def test_the_labels_say_what_is_known() -> None:
    known = Known(orders=CDC, lines=LINES, labels={**WHOLE, "cursor_field": "changed"})
    choices = known_tables.choices(plan(known, tables=["orders"]).existing)
    assert choices["labels - snapshot, key code"] == "labels"
    assert choices["orders - cdc, key gid, cursor changed"] == "orders"
    assert choices["lines - under orders"] == "lines"


@pytest.mark.parametrize("name", ["acme", "klavijo"])
def test_a_source_nobody_knows_is_planned_as_ever(name: str) -> None:
    unknown = catalogue.Catalogue(DATA / catalogue.FILE_NAME)
    raw = {"connector": name, "tables": ["orders"]}
    found = planning.build(planning.read_answers(raw), unknown)
    assert not known_tables.offered(found.existing)
    assert known_tables.introduced(found.existing) == ""
    assert all(one.id != "known-facts" for one in found.open_questions)
