"""Retries, limits, timeouts and errors of the generated client."""

from __future__ import annotations

import pickle
from datetime import datetime, timezone
from types import ModuleType
from typing import Any

import pytest
import requests
from answering import Session, response
from hypothesis import given
from hypothesis import strategies as st


def test_a_path_stands_below_the_base_url_and_a_url_for_itself(client: Any) -> None:
    session = Session()
    client(session).request("GET", "/orders")
    client(session).request("GET", "https://elsewhere.example/next?page=2")
    assert [sent.url for sent in session.sent] == [
        "https://acme.example/v1/orders",
        "https://elsewhere.example/next?page=2",
    ]


def test_a_path_without_a_base_url_says_where_to_set_one(
    client: Any, client_module: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client_module, "BASE_URL", "")
    made = client(Session())
    made.options.pop("base_url", None)
    with pytest.raises(
        client_module.SourceError, match="set BASE_URL or the option base_url to read /orders"
    ):
        made.request("GET", "/orders")


def test_the_timeout_of_the_plan_goes_with_every_request(client: Any) -> None:
    session = Session()
    client(session).request("GET", "/orders")
    assert session.sent[0].timeout == 7


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_passing_failure_is_tried_again(client: Any, status: int) -> None:
    session = Session(response(status), response(content={}))
    assert client(session).request("GET", "/orders").status_code == 200
    assert len(session.sent) == 2


@pytest.mark.parametrize("problem", [requests.Timeout(), requests.ConnectionError()])
def test_silence_is_tried_again(client: Any, problem: Exception) -> None:
    session = Session(problem, response(content={}))
    assert client(session).request("GET", "/orders").status_code == 200


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 501])
def test_a_refusal_is_not_tried_again_and_names_table_request_and_answer(
    client: Any, client_module: ModuleType, status: int
) -> None:
    session = Session(response(status))
    with pytest.raises(client_module.SourceError, match=f"orders: GET /v1 answered {status}: oops"):
        client(session).request("GET", "/v1", table="orders")
    assert len(session.sent) == 1


def test_each_wait_is_longer_than_the_last_and_the_tries_come_to_an_end(
    client: Any, client_module: ModuleType
) -> None:
    session = Session(*[response(503)] * 50)
    with pytest.raises(client_module.SourceError, match="503 at the last of 6 tries"):
        client(session).request("GET", "/orders")
    assert len(session.sent) == 6
    assert session.waits == sorted(session.waits)
    assert 16 <= sum(session.waits) <= 31


def test_waits_differ_so_that_workers_do_not_come_back_together(client_module: ModuleType) -> None:
    assert len({client_module.backoff(1) for _ in range(20)}) > 1


def test_retry_after_in_seconds_is_waited_out(client: Any) -> None:
    session = Session(response(429, Retry_After="120"))
    client(session).request("GET", "/orders")
    assert session.waits == [120]


def test_retry_after_shorter_than_the_backoff_does_not_shorten_it(client: Any) -> None:
    session = Session(response(429, Retry_After="0.1"))
    client(session).request("GET", "/orders")
    assert session.waits[0] >= 0.5


def test_retry_after_of_a_day_is_an_error_that_says_how_long(
    client: Any, client_module: ModuleType
) -> None:
    session = Session(response(429, Retry_After="86400"))
    with pytest.raises(client_module.SourceError, match="asks to wait 86400 seconds"):
        client(session).request("GET", "/orders")


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, 0),
        ("", 0),
        ("soon", 0),
        ("-5", 0),
        ("1.5", 1.5),
        (" 30 ", 30),
        ("Tue, 24 Nov 2026 10:00:30 GMT", 30),
        ("Tue, 24 Nov 2026 10:00:30 -0000", 30),
        ("Tue, 24 Nov 2026 12:01:00 +0200", 60),
        ("Tue, 24 Nov 2026 09:00:00 GMT", 0),
    ],
)
def test_retry_after_is_read_as_seconds_or_as_a_date(
    client_module: ModuleType, header: str | None, seconds: float
) -> None:
    now = datetime(2026, 11, 24, 10, tzinfo=timezone.utc)
    assert client_module.seconds_to_wait(header, now) == seconds


@given(st.text())
def test_no_retry_after_header_breaks_the_client(client_module: ModuleType, header: str) -> None:
    now = datetime(2026, 11, 24, tzinfo=timezone.utc)
    assert client_module.seconds_to_wait(header, now) >= 0


def test_the_limits_of_the_plan_are_kept_unless_others_are_given(
    client: Any, client_module: ModuleType
) -> None:
    assert client_module.planned_limits() == [(3, 1), (5, 60)]
    session = Session()
    made = client(session, limits=None)
    for _ in range(7):
        made.request("GET", "/orders")
    assert [sent.at for sent in session.sent] == [0, 0, 0, 1, 1, 60, 60]


def test_a_limit_with_a_name_holds_back_the_tables_that_have_it_alone(
    client: Any, client_module: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits = [
        {"requests": 9, "seconds": 1, "name": ""},
        {"requests": 1, "seconds": 60, "name": "heavy"},
    ]
    monkeypatch.setitem(client_module.LIMITS, "rate_limits", limits)
    monkeypatch.setitem(client_module.TABLES, "reports", {"rate_limit": "heavy"})
    session = Session()
    made = client(session, limits=None)
    for table in ("reports", "orders", "orders", "reports"):
        made.request("GET", "/x", table=table)
    assert [sent.at for sent in session.sent] == [0, 0, 0, 60]
    made.request("GET", "/x")
    assert session.sent[-1].at == 120, "a request of no table keeps them all"


@given(
    limits=st.lists(st.tuples(st.integers(1, 9), st.integers(1, 60)), min_size=1, max_size=3),
    pauses=st.lists(st.floats(0, 20), min_size=1, max_size=60),
)
def test_no_window_ever_holds_more_requests_than_a_limit_allows(
    client_module: ModuleType, limits: list[tuple[int, int]], pauses: list[float]
) -> None:
    session = Session()
    limiter = client_module.RateLimiter(limits, lambda: session.now, session.sleep)
    moments = []
    for pause in pauses:
        session.now += pause
        limiter.wait()
        moments.append(session.now)
    for count, seconds in limits:
        for first, beyond in zip(moments, moments[count:], strict=False):
            assert beyond - first >= seconds - 1e-6


def test_a_client_moved_to_a_machine_with_another_clock_waits_one_period_at_most(
    client_module: ModuleType,
) -> None:
    session = Session()
    session.now = 1_000_000
    limiter = client_module.RateLimiter([(1, 60)], lambda: session.now, session.sleep)
    limiter.wait()
    session.now = 5
    limiter.wait()
    assert session.waits == [60]


def test_a_client_can_be_sent_to_a_worker(client_module: ModuleType) -> None:
    made = client_module.SourceClient({"api_key": "k3y"}, "api_key")
    assert pickle.loads(pickle.dumps(made)).options == {"api_key": "k3y"}


def test_what_is_no_json_is_reported_with_table_and_request(
    client: Any, client_module: ModuleType
) -> None:
    with pytest.raises(client_module.SourceError, match="orders: GET /orders answered no JSON"):
        client(Session(*[response(200)] * 9)).get_json("/orders", table="orders")


def test_errors_show_no_query_and_no_secret(client: Any, client_module: ModuleType) -> None:
    refused = requests.ConnectionError("https://acme.example?api_key=k3y")
    session = Session(*[refused] * 9)
    with pytest.raises(client_module.SourceError) as problem:
        client(session, "api_key").request("GET", "/orders?api_key=k3y", table="orders")
    assert "k3y" not in str(problem.value)
