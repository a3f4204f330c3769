"""The generated client, tried against a session that answers as told, on a clock of its own."""

from __future__ import annotations

import importlib
import json
import pickle
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st
from projects import new_project

METHODS = {
    "none": {},
    "api_key": {"api_key": "k3y"},
    "basic": {"username": "ada", "password": "pa55"},
    "bearer_token": {"token": "t0ken"},
    "oauth2_client_credentials": {"access_token": "uc-token"},
    "oauth2_authorization_code": {"access_token": "uc-token"},
    "oauth2_refresh_token": {
        "client_id": "me",
        "client_secret": "s3cret",
        "refresh_token": "r3fresh",
        "token_endpoint": "https://acme.example/token",
    },
    "service_account_jwt": {
        "service_account_json": json.dumps(
            {
                "client_email": "robot@acme.example",
                "private_key": "pem",
                "token_uri": "https://acme.example/token",
            }
        )
    },
    "other": {},
}


@pytest.fixture(scope="module")
def module(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    """The client of a connector with every way to sign in and two limits."""
    folder = tmp_path_factory.mktemp("client")
    new_project(
        template,
        folder / "project",
        connector="with_every_method",
        tables=["orders"],
        auth_methods=list(METHODS),
        rate_limit="3/second, 5/minute",
        request_timeout_seconds=7,
    )
    sys.path.insert(0, str(folder / "project"))
    yield importlib.import_module("sources.with_every_method.with_every_method_client")
    sys.path.remove(str(folder / "project"))


def response(status: int = 200, content: Any = None, **headers: str) -> requests.Response:
    made = requests.Response()
    made.status_code = status
    made._content = json.dumps(content).encode() if content is not None else b"oops"
    made.headers.update({name.replace("_", "-"): value for name, value in headers.items()})
    return made


class Session:
    """Answers requests in the order of `answers`, then with 200; sleeping moves its clock."""

    def __init__(self, *answers: Any) -> None:
        self.answers = list(answers)
        self.headers: dict[str, str] = {}
        self.auth: Any = None
        self.sent: list[SimpleNamespace] = []
        self.waits: list[float] = []
        self.now = 0.0

    def request(self, method: str, url: str, **arguments: Any) -> Any:
        sent = SimpleNamespace(method=method, url=url, at=self.now, headers=dict(self.headers))
        self.sent.append(SimpleNamespace(**vars(sent), **arguments))
        answer = self.answers.pop(0) if self.answers else response(content={})
        if isinstance(answer, Exception):
            raise answer
        return answer

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds


@pytest.fixture
def client(module: ModuleType) -> Callable[..., Any]:
    """Makes a client on top of a session."""

    def make(session: Session, method: str = "", limits: Any = (), **options: str) -> Any:
        options = {"base_url": "https://acme.example/v1/", **METHODS.get(method, {}), **options}
        return module.SourceClient(
            options,
            method,
            session=session,
            limits=limits,
            clock=lambda: session.now,
            sleep=session.sleep,
        )

    return make


def test_a_path_stands_below_the_base_url_and_a_url_for_itself(client: Any) -> None:
    session = Session()
    client(session).request("GET", "/orders")
    client(session).request("GET", "https://elsewhere.example/next?page=2")
    assert [sent.url for sent in session.sent] == [
        "https://acme.example/v1/orders",
        "https://elsewhere.example/next?page=2",
    ]


def test_the_timeout_of_the_plan_goes_with_every_request(client: Any) -> None:
    session = Session()
    client(session).request("GET", "/orders")
    assert session.sent[0].timeout == 7


@pytest.mark.parametrize(
    ("method", "header", "value"),
    [
        ("api_key", "X-API-Key", "k3y"),
        ("bearer_token", "Authorization", "Bearer t0ken"),
        ("oauth2_client_credentials", "Authorization", "Bearer uc-token"),
        ("oauth2_authorization_code", "Authorization", "Bearer uc-token"),
    ],
)
def test_a_key_or_token_goes_into_a_header(
    client: Any, method: str, header: str, value: str
) -> None:
    session = Session()
    client(session, method).request("GET", "/orders")
    assert session.sent[0].headers[header] == value


def test_basic_signs_in_with_user_and_password(client: Any) -> None:
    session = Session()
    client(session, "basic").request("GET", "/orders")
    assert session.auth == ("ada", "pa55")


def test_without_authentication_no_header_is_added(client: Any) -> None:
    session = Session()
    client(session, "none").request("GET", "/orders")
    assert session.sent[0].headers == {}


def test_a_refresh_token_is_exchanged_once_and_again_when_the_access_token_has_run_out(
    client: Any,
) -> None:
    session = Session(
        response(content={"access_token": "one"}),
        response(content=[]),
        response(401),
        response(content={"access_token": "two"}),
        response(content=[]),
    )
    made = client(session, "oauth2_refresh_token")
    made.request("GET", "/orders")
    made.request("GET", "/orders")
    assert [sent.url.rpartition("/")[2] for sent in session.sent] == [
        "token",
        "orders",
        "orders",
        "token",
        "orders",
    ]
    assert session.sent[0].data["refresh_token"] == "r3fresh"
    assert session.sent[3].headers == {}
    assert session.sent[4].headers["Authorization"] == "Bearer two"


def test_a_service_account_signs_a_jwt_and_exchanges_it(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed = {}

    def encode(claims: dict[str, Any], key: str, algorithm: str) -> str:
        signed.update(claims, key=key, algorithm=algorithm)
        return "signed"

    monkeypatch.setitem(sys.modules, "jwt", SimpleNamespace(encode=encode))
    session = Session(response(content={"access_token": "one"}))
    client(session, "service_account_jwt").request("GET", "/orders")
    assert signed["iss"] == "robot@acme.example"
    assert signed["aud"] == session.sent[0].url == "https://acme.example/token"
    assert (signed["key"], signed["algorithm"]) == ("pem", "RS256")
    assert session.sent[0].data["assertion"] == "signed"
    assert session.sent[1].headers["Authorization"] == "Bearer one"


def test_credentials_that_are_refused_end_in_one_error(client: Any, module: ModuleType) -> None:
    session = Session(response(400))
    with pytest.raises(module.SourceError, match="signing in answered 400"):
        client(session, "oauth2_refresh_token").request("GET", "/orders")
    assert len(session.sent) == 1


def test_a_method_still_to_be_written_says_so(client: Any, module: ModuleType) -> None:
    with pytest.raises(NotImplementedError, match="signing in is not built"):
        client(Session(), "other").request("GET", "/orders")
    with pytest.raises(module.SourceError, match="authenticate_kerberos"):
        client(Session(), "kerberos").request("GET", "/orders")


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
    client: Any, module: ModuleType, status: int
) -> None:
    session = Session(response(status))
    with pytest.raises(module.SourceError, match=f"orders: GET /v1 answered {status}: oops"):
        client(session).request("GET", "/v1", table="orders")
    assert len(session.sent) == 1


def test_each_wait_is_longer_than_the_last_and_the_tries_come_to_an_end(
    client: Any, module: ModuleType
) -> None:
    session = Session(*[response(503)] * 50)
    with pytest.raises(module.SourceError, match="503 at the last of 6 tries"):
        client(session).request("GET", "/orders")
    assert len(session.sent) == 6
    assert session.waits == sorted(session.waits)
    assert 16 <= sum(session.waits) <= 31


def test_waits_differ_so_that_workers_do_not_come_back_together(module: ModuleType) -> None:
    assert len({module.backoff(1) for _ in range(20)}) > 1


def test_retry_after_in_seconds_is_waited_out(client: Any) -> None:
    session = Session(response(429, Retry_After="120"))
    client(session).request("GET", "/orders")
    assert session.waits == [120]


def test_retry_after_shorter_than_the_backoff_does_not_shorten_it(client: Any) -> None:
    session = Session(response(429, Retry_After="0.1"))
    client(session).request("GET", "/orders")
    assert session.waits[0] >= 0.5


def test_retry_after_of_a_day_is_an_error_that_says_how_long(
    client: Any, module: ModuleType
) -> None:
    session = Session(response(429, Retry_After="86400"))
    with pytest.raises(module.SourceError, match="asks to wait 86400 seconds"):
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
    module: ModuleType, header: str | None, seconds: float
) -> None:
    now = datetime(2026, 11, 24, 10, tzinfo=timezone.utc)
    assert module.seconds_to_wait(header, now) == seconds


@given(st.text())
def test_no_retry_after_header_breaks_the_client(module: ModuleType, header: str) -> None:
    now = datetime(2026, 11, 24, tzinfo=timezone.utc) + timedelta(0)
    assert module.seconds_to_wait(header, now) >= 0


def test_the_limits_of_the_plan_are_kept_unless_others_are_given(
    client: Any, module: ModuleType
) -> None:
    assert module.planned_limits() == [(3, 1), (5, 60)]
    session = Session()
    made = client(session, limits=None)
    for _ in range(7):
        made.request("GET", "/orders")
    assert [sent.at for sent in session.sent] == [0, 0, 0, 1, 1, 60, 60]


@given(
    limits=st.lists(st.tuples(st.integers(1, 9), st.integers(1, 60)), min_size=1, max_size=3),
    pauses=st.lists(st.floats(0, 20), min_size=1, max_size=60),
)
def test_no_window_ever_holds_more_requests_than_a_limit_allows(
    module: ModuleType, limits: list[tuple[int, int]], pauses: list[float]
) -> None:
    session = Session()
    limiter = module.RateLimiter(limits, lambda: session.now, session.sleep)
    moments = []
    for pause in pauses:
        session.now += pause
        limiter.wait()
        moments.append(session.now)
    for count, seconds in limits:
        for first, beyond in zip(moments, moments[count:], strict=False):
            assert beyond - first >= seconds - 1e-6


def test_a_client_moved_to_a_machine_with_another_clock_waits_one_period_at_most(
    module: ModuleType,
) -> None:
    session = Session()
    session.now = 1_000_000
    limiter = module.RateLimiter([(1, 60)], lambda: session.now, session.sleep)
    limiter.wait()
    session.now = 5
    limiter.wait()
    assert session.waits == [60]


def test_a_client_can_be_sent_to_a_worker(module: ModuleType) -> None:
    made = module.SourceClient({"api_key": "k3y"}, "api_key")
    assert pickle.loads(pickle.dumps(made)).options == {"api_key": "k3y"}


def test_what_is_no_json_is_reported_with_table_and_request(
    client: Any, module: ModuleType
) -> None:
    with pytest.raises(module.SourceError, match="orders: GET /orders answered no JSON"):
        client(Session(response(200))).get_json("/orders", table="orders")


def test_errors_show_no_query_and_no_secret(client: Any, module: ModuleType) -> None:
    refused = requests.ConnectionError("https://acme.example?api_key=k3y")
    session = Session(*[refused] * 9)
    with pytest.raises(module.SourceError) as problem:
        client(session, "api_key").request("GET", "/orders?api_key=k3y", table="orders")
    assert "k3y" not in str(problem.value)
