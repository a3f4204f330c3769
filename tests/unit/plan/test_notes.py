"""What notes speak of is asked for, by its key, and changes no figure and no risk."""

from __future__ import annotations

import pytest
from factories import answers, facts, table
from planning.plan import open_questions
from planning.plan.capacity import estimate
from planning.plan.notes import spoken_of
from planning.plan.risks import assess


def parents(notes: str, *others: str) -> list[str]:
    """The parents that notes of `parts` speak of."""
    tables = (*(table(name) for name in others), table("parts", notes=notes))
    found = spoken_of(answers(tables=tables))
    return [one.value for one in found if one.key == "parent"]


@pytest.mark.parametrize(
    ("notes", "planned"),
    [
        ("one request a ticket", "tickets"),
        ("One extra request per ticket", "tickets"),
        ("Takes a call for each\n ticket.", "tickets"),
        ("Listed per ticket", "tickets"),
        ("Read ticket by ticket", "ticket"),
        ("One request for every company", "companies"),
        ("one request a pull request", "pull_requests"),
        ("one request per line item", "lineItems"),
        ("one request for each branch", "branches"),
        ("one request per process", "processes"),
        ("one request per page, and again for each ticket", "tickets"),
    ],
)
def test_notes_that_name_a_planned_table_tell_its_parent(notes: str, planned: str) -> None:
    assert parents(notes, "users", planned) == [planned]


def test_a_request_for_each_of_something_that_is_no_table_counts_too() -> None:
    assert parents("One request a folder", "tickets") == ["folders"]


@pytest.mark.parametrize(
    "notes",
    [
        "",
        "one request a second",
        "at most one request per minute",
        "one request per page",
        "several per customer",
        "one day a request",
        "one row per ticket",
        "100 tickets a request",
        "one request per 100 records",
        "one request per 10 seconds",
        "one request per API key",
    ],
)
def test_other_notes_tell_no_fan_out(notes: str) -> None:
    assert parents(notes, "orders") == []


def keys(**said: object) -> dict[str, str]:
    """Key -> what the notes of `orders` suggest as its value."""
    orders = table("orders", **{"ingestion": "cdc", **said})
    return {one.key: one.value for one in spoken_of(answers(tables=(orders,)))}


def test_notes_may_speak_of_single_records_late_ones_and_exports() -> None:
    assert keys(notes="One request an order") == {"request_per_record": "true"}
    assert keys(notes="Figures are restated for 28 days") == {"lookback": "28 days"}
    assert keys(notes="Only by an export of the day") == {"read_by": "export"}
    assert keys(notes="A table of orders") == {}


def test_what_a_key_says_is_not_asked_for_again() -> None:
    assert keys(notes="One request a ticket", parent="tickets") == {}
    assert keys(notes="Records arrive late", lookback=0) == {}
    assert keys(notes="Read by export", read_by="list") == {}
    assert keys(notes="One request a ticket", shipped=True) == {}


def test_notes_raise_a_question_and_change_no_figure_and_no_risk() -> None:
    tickets = table("tickets", rows=800_000)
    silent, noted = (
        facts(tables=(tickets, table("comments", rows=900, notes=notes)), page_size=100)
        for notes in ("", "One request a ticket; an export; records arrive late")
    )
    assert estimate(noted.answers) == estimate(silent.answers)
    assert assess(noted) == assess(silent)
    asked = {one.id: one.text for one in open_questions.derive(noted, ())}
    assert '"One request a ticket": is that `parent: tickets`?' in asked["notes-parent-comments"]
    assert "notes-parent-comments" not in {one.id for one in open_questions.derive(silent, ())}


@pytest.mark.parametrize(
    "notes",
    [
        "Each record needs a request of its own.",
        "every order takes one call",
        "Each order is read by a separate request",
    ],
)
def test_a_request_of_its_own_is_a_request_for_each(notes: str) -> None:
    assert keys(notes=notes) == {"request_per_record": "true"}


@pytest.mark.parametrize(
    ("notes", "span"),
    [
        ("Late records come up to 3 days after.", "3 days"),
        ("Look back 48 hours", "48 hours"),
        ("look back", "14 days"),
        ("Restated for 7 days, some for 90 days", "14 days"),
    ],
)
def test_a_look_back_is_asked_for_as_long_as_the_notes_say(notes: str, span: str) -> None:
    assert keys(notes=notes) == {"lookback": span}
