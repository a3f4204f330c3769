"""What the page says of how tables are read, and of the OAuth flow."""

from __future__ import annotations

from factories import table
from planning.answers.answer_types import OAuth
from planning.files.document.reading import how_read, oauth_facts, reading_grid


def test_nothing_is_said_of_tables_of_which_nobody_said_anything() -> None:
    assert list(how_read(table("orders"))) == []
    assert reading_grid([table("orders")]) == ""


def test_a_path_of_the_tables_own_name_takes_no_row() -> None:
    by_name = [table("orders", path="/orders"), table("users", path="users")]
    assert reading_grid(by_name) == ""
    assert "| orders | At /v2/orders. |" in reading_grid([table("orders", path="/v2/orders")])


def test_every_fact_of_a_table_is_shown() -> None:
    items = table(
        "items",
        path="/orders/{id}/items",
        read_by="list",
        parent="orders",
        requests_per_parent=2,
        request_per_record=True,
        order="other",
        filter="from",
        lookback=14 * 86_400,
        retention=30 * 86_400,
        pagination="link",
        page_size=50,
        rate_limit="heavy",
        without=frozenset({"primary_keys", "cursor_field"}),
    )
    shown = reading_grid([table("orders"), items])
    for fact in (
        "/orders/{id}/items",
        "2 requests for each record of orders",
        "request for each record",
        "another order",
        "14 days late",
        "kept for 30 days",
        "50 records a page",
        "heavy",
        "no key",
        "no cursor",
    ):
        assert fact in shown
    assert "| orders |" not in shown


def test_records_that_never_arrive_late_are_in_time() -> None:
    assert list(how_read(table("orders", lookback=0))) == ["Records arrive in time."]


def test_what_is_known_of_the_flow_is_shown_and_nothing_else() -> None:
    assert list(oauth_facts(OAuth())) == []
    known = OAuth(token_url="https://a.example/token", scopes=("a", "b"), pkce=False, flow="u2m")
    assert list(oauth_facts(known)) == [
        "Flow: Databricks asks one person for consent.",
        "Tokens are issued at `https://a.example/token`",
        "Scopes: `a` and `b`",
        "PKCE: no",
    ]
