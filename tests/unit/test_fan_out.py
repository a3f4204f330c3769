"""Notes that speak of one request for each parent record, and notes that do not."""

from __future__ import annotations

import pytest
from factories import answers, facts, table
from planning import criteria
from planning.answer_types import RateLimit, Table
from planning.capacity import estimate
from planning.fan_out import fan_outs
from planning.risks import assess

LIMIT = RateLimit(20, 60, "20/minute")


def parents(notes: str, *others: str) -> list[str | None]:
    """The names of the parents that notes of `parts` tell, None for one that is not planned."""
    tables = (*(table(name) for name in others), table("parts", notes=notes))
    found = fan_outs(answers(tables=tables))
    return [one.parent.name if one.parent else None for one in found]


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
    assert parents("One request a folder", "tickets") == [None]


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


def test_a_table_that_is_shipped_fans_out_no_more() -> None:
    shipped = table("parts", notes="one request a ticket", shipped=True)
    assert list(fan_outs(answers(tables=(table("tickets"), shipped)))) == []


def test_the_risk_tells_requests_hours_and_share_of_the_limit() -> None:
    tickets = table("tickets", ingestion="cdc", rows=800_000, rows_per_day=5_760)
    comments = table("comments", ingestion="cdc", notes="One request a ticket")
    plan = {"tables": (tickets, comments), "rate_limits": (LIMIT,), "sync_interval": 3_600}
    risk = next(r for r in assess(facts(**plan))[0] if r.id == "one-request-per-parent")
    assert risk.why == (
        'comments: "One request a ticket". The first load takes 800,000 requests, one for each of '
        "tickets: 27.8 days at 20/minute; a sync every hour takes 20% of the limit for it."
    )
    assert (risk.severity, risk.tables) == ("High", ("comments",))


def test_a_snapshot_asks_for_all_parents_at_every_sync() -> None:
    comments = table("comments", notes="One request a ticket")
    plan = {"tables": (table("tickets", rows=2_400), comments), "rate_limits": (LIMIT,)}
    risks = assess(facts(**plan, sync_interval=3_600))[0]
    risk = next(one for one in risks if one.id == "one-request-per-parent")
    assert "a sync every hour takes 2.0 times the limit for it" in risk.why
    assert risk.impact == "High"


def test_fewer_parents_than_pages_are_no_risk() -> None:
    notes = "One request at least for each campaign"
    tables = (table("campaigns", rows=1_100), table("clicks", rows=12_000_000, notes=notes))
    few = facts(tables=tables, page_size=1_000)
    assert "one-request-per-parent" not in {risk.id for risk in assess(few)[0]}
    many = facts(tables=tables, page_size=100_000)
    assert "one-request-per-parent" in {risk.id for risk in assess(many)[0]}


def test_of_long_notes_only_the_words_that_say_so_are_quoted() -> None:
    notes = "Kept for 30 days. One request a ticket, sorted by time. Deleted ones are missing."
    tables = (table("tickets", rows=9_000), table("comments", notes=notes))
    risk = next(r for r in assess(facts(tables=tables))[0] if r.id == "one-request-per-parent")
    assert risk.why.startswith('comments: "One request a ticket". The first load takes 9,000')


def test_the_hours_of_pages_say_what_comes_on_top() -> None:
    tickets = table("tickets", rows=2_000_000)
    tables = (tickets, table("comments", rows=9_000_000, notes="One request a ticket"))
    plan = facts(tables=tables, page_size=100, rate_limits=(LIMIT,))
    risk = next(one for one in assess(plan)[0] if one.id == "backfill-takes-days")
    assert "the requests for each parent record of comments come on top" in risk.why


def test_the_criterion_on_the_first_load_counts_them_apart() -> None:
    tickets = table("tickets", rows=2_000_000)
    comments = table("comments", rows=9_000_000, notes="One request a ticket")
    plan = {"page_size": 100, "rate_limits": (LIMIT,)}

    def first_load(*tables: Table) -> str:
        found = criteria.derive(facts(tables=tables, **plan), ())
        return next(one.text for one in found if one.id == "first-load")

    assert first_load(tickets, comments).endswith(
        " for pages, and one request for each parent of `comments`."
    )
    assert "parent" not in first_load(tickets)


def test_the_figures_of_capacity_say_that_such_requests_are_not_in_them() -> None:
    tables = (table("tickets"), table("comments", notes="One request a ticket"))
    said = " ".join(estimate(answers(tables=tables, page_size=100)).assumptions)
    assert "only pages count, though notes of `comments` speak of a request a record" in said
    assert "no record needs a request of its own" not in said
