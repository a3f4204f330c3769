"""Hostile and clumsy sources before the generated client: nothing leaks, nothing is lost."""

from __future__ import annotations

import base64
from types import ModuleType
from typing import Any
from urllib.parse import unquote

import pytest
import requests
from answering import Session, response

HOME = "https://acme.example/v1"


def taken_to(session: Session, host: str) -> list[Any]:
    return [sent for sent in session.sent if sent.url.startswith(f"https://{host}")]


@pytest.mark.parametrize(
    "url",
    [
        "http://acme.example/v1/orders",
        "HTTP://acme.example/v1/orders",
        "ftp://acme.example/orders",
        "https://evil.example\\@acme.example/orders",
        "https://me@acme.example/orders",
        "https:///orders",
        "https://[acme/orders",
        "http://localhost.evil.example/orders",
    ],
)
def test_an_address_that_would_show_credentials_is_refused(
    client: Any, client_module: ModuleType, url: str
) -> None:
    session = Session()
    with pytest.raises(client_module.SourceError, match="orders: GET"):
        client(session, "api_key").request("GET", url, table="orders")
    with pytest.raises(client_module.SourceError):
        client(session, "api_key", base_url=url).request("GET", "/orders", table="orders")
    assert session.sent == []


@pytest.mark.parametrize(
    "root", ["http://localhost:8080/v1", "http://127.0.0.1/v1", "http://[::1]/"]
)
def test_this_machine_may_be_asked_without_encryption(client: Any, root: str) -> None:
    session = Session()
    client(session, "api_key", base_url=root).request("GET", "/orders")
    assert session.sent[0].url == f"{root.rstrip('/')}/orders"


@pytest.mark.parametrize(
    "host", ["evil.example", "acme.example.evil.example", "evilacme.example", "acme.example:8443"]
)
@pytest.mark.parametrize("method", ["api_key", "bearer_token", "basic"])
def test_credentials_go_to_no_host_but_that_of_the_base_url(
    client: Any, host: str, method: str
) -> None:
    session = Session(response(content=[]), response(content=[]))
    made = client(session, method)
    made.request("GET", f"https://{host}/next", table="orders")
    (sent,) = taken_to(session, host)
    assert sent.headers == {}
    made.request("GET", "/orders")
    assert session.headers or session.auth, "they are there again afterwards"


def test_a_redirect_does_not_take_credentials_to_another_host(client: Any) -> None:
    moved = response(302, Location="https://evil.example/orders")
    session = Session(moved, response(content=[]))
    client(session, "api_key").request("GET", "/orders", params={"key": "k3y"})
    (sent,) = taken_to(session, "evil.example")
    assert sent.headers == {}
    assert "k3y" not in str(sent)


def test_a_redirect_within_the_source_is_followed_with_credentials(client: Any) -> None:
    session = Session(response(308, Location="orders/"), response(content=[]))
    client(session, "api_key").get_json("/orders", {"page": 1})
    assert session.sent[1].url == f"{HOME}/orders/"
    assert session.sent[1].headers["X-API-Key"] == "k3y"


def test_redirects_in_a_circle_or_to_no_encryption_end(
    client: Any, client_module: ModuleType
) -> None:
    with pytest.raises(client_module.SourceError, match=r"orders: .* led on more than 5 times"):
        client(Session(*[response(302, Location="/v1/orders")] * 20)).request(
            "GET", "/orders", table="orders"
        )
    with pytest.raises(client_module.SourceError, match="not encrypted"):
        client(Session(response(302, Location="http://acme.example/"))).request("GET", "/orders")
    with pytest.raises(client_module.SourceError, match="302 to a POST"):
        client(Session(response(302, Location="/"))).request("POST", "/orders")


@pytest.mark.parametrize("path", ["orders", "/orders", "/v1/orders", "v1/orders"])
def test_the_path_of_the_base_url_is_not_doubled(client: Any, path: str) -> None:
    session = Session()
    client(session).request("GET", path)
    assert session.sent[0].url == f"{HOME}/orders"


def test_only_the_whole_path_of_the_base_url_counts(client: Any) -> None:
    session = Session()
    client(session).request("GET", "/v10/orders")
    assert session.sent[0].url == f"{HOME}/v10/orders"


BROKEN = [
    requests.exceptions.ChunkedEncodingError(),
    requests.exceptions.ContentDecodingError(),
    response(200),
]


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_body_is_asked_for_again(client: Any, broken: Any) -> None:
    session = Session(broken, response(content=[1]))
    assert client(session).get_json("/orders", table="orders") == [1]


@pytest.mark.parametrize("broken", BROKEN)
def test_bodies_that_stay_broken_end_in_an_error_of_the_table(
    client: Any, client_module: ModuleType, broken: Any
) -> None:
    with pytest.raises(client_module.SourceError, match=r"^orders: GET /orders .* 6 tries"):
        client(Session(*[broken] * 9)).get_json("/orders", table="orders")


def test_json_without_end_is_no_json(client: Any, client_module: ModuleType) -> None:
    deep = response(200)
    deep._content = b"[" * 200_000
    with pytest.raises(client_module.SourceError, match="answered no JSON"):
        client(Session(*[deep] * 9)).get_json("/orders")


def test_no_content_is_none(client: Any) -> None:
    assert client(Session(response(204))).get_json("/orders") is None


@pytest.mark.parametrize(
    ("method", "secret"),
    [
        ("api_key", "k3y"),
        ("bearer_token", "t0ken"),
        ("basic", "pa55"),
        ("basic", base64.b64encode(b"ada:pa55").decode()),
        ("oauth2_client_credentials", "uc-token"),
    ],
)
def test_what_the_source_repeats_of_a_secret_is_blanked_out(
    client: Any, client_module: ModuleType, method: str, secret: str
) -> None:
    answer = response(403)
    answer._content = f"{'x' * 295} no {secret}! header: {secret}".encode()
    with pytest.raises(client_module.SourceError) as problem:
        client(Session(answer), method).request("GET", f"/{secret}/orders", table="orders")
    assert secret not in str(problem.value)
    assert secret[:3] not in str(problem.value).partition("xxx")[2]


def test_a_secret_in_letters_of_an_address_is_blanked_out_too(
    client: Any, client_module: ModuleType
) -> None:
    answer = response(403)
    answer._content = b"refused ?key=a%2Fb%20c"
    with pytest.raises(client_module.SourceError, match=r"refused \?key=\*\*\*"):
        client(Session(answer), "api_key", api_key="a/b c").request("GET", "/orders")


def test_an_issued_token_is_a_secret_as_well(client: Any, client_module: ModuleType) -> None:
    refused = response(403)
    refused._content = b"token s3cond is not good"
    session = Session(response(content={"access_token": "s3cond"}), refused)
    with pytest.raises(client_module.SourceError) as problem:
        client(session, "oauth2_refresh_token").request("GET", "/orders")
    assert "s3cond" not in str(problem.value)


@pytest.mark.parametrize("value", ["k3y\n", "k3y\r\nX-Admin: yes", "k\u20acy"])
def test_an_option_with_a_line_break_goes_into_no_header(
    client: Any, client_module: ModuleType, value: str
) -> None:
    session = Session()
    with pytest.raises(client_module.SourceError, match="option api_key holds a line break") as why:
        client(session, "api_key", api_key=value).request("GET", "/orders")
    assert value.strip() not in str(why.value)
    assert session.sent == []


def test_what_cannot_be_sent_says_so_without_its_content(
    client: Any, client_module: ModuleType
) -> None:
    bad = requests.exceptions.InvalidHeader("Invalid header: k3y")
    with pytest.raises(client_module.SourceError, match="InvalidHeader") as problem:
        client(Session(bad)).request("GET", "/orders", table="orders")
    assert "k3y" not in str(problem.value)
    assert problem.value.__context__ is None


@pytest.mark.parametrize(
    "answer", [response(200), response(content=[]), response(content={}), requests.Timeout()]
)
def test_an_answer_without_a_token_is_one_error(
    client: Any, client_module: ModuleType, answer: Any
) -> None:
    with pytest.raises(client_module.SourceError, match="signing in"):
        client(Session(answer), "oauth2_refresh_token").request("GET", "/orders")


def test_secrets_for_tokens_go_over_no_open_line(client: Any, client_module: ModuleType) -> None:
    session = Session()
    made = client(session, "oauth2_refresh_token", token_endpoint="http://acme.example/token")
    with pytest.raises(client_module.SourceError, match="not encrypted"):
        made.request("GET", "/orders")
    assert session.sent == []


@pytest.mark.parametrize("key", ["a/b", "../admin", "1?x=1", "caf\u00e9 #1", 7])
def test_a_key_stays_one_part_of_the_path(client: Any, client_module: ModuleType, key: Any) -> None:
    session = Session()
    client(session).request("GET", f"/orders/{client_module.quoted(key)}")
    root, _, part = session.sent[0].url.partition("/orders/")
    assert root == "https://acme.example/v1"
    assert unquote(part) == str(key)
    assert not set("/?#").intersection(part)
