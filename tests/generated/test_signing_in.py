"""How the generated client signs in, by each method."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from answering import Session, response
from projects import new_project


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


def test_credentials_that_are_refused_end_in_one_error(
    client: Any, client_module: ModuleType
) -> None:
    session = Session(response(400))
    with pytest.raises(client_module.SourceError, match="signing in answered 400"):
        client(session, "oauth2_refresh_token").request("GET", "/orders")
    assert len(session.sent) == 1


def test_a_method_still_to_be_written_says_so(client: Any, client_module: ModuleType) -> None:
    with pytest.raises(NotImplementedError, match="signing in is not built"):
        client(Session(), "other").request("GET", "/orders")
    with pytest.raises(client_module.SourceError, match="authenticate_kerberos"):
        client(Session(), "kerberos").request("GET", "/orders")


def test_a_refresh_token_may_stand_in_options_of_other_names(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = {"app_id": "4cme", "app_secret": "s3cret", "my_refresh": "r3fresh"}
    own = [{"name": name, "auth_method": "oauth2_refresh_token"} for name in names]
    new_project(
        template,
        tmp_path / "project",
        connector="with_own_names",
        tables=["orders"],
        auth_methods=["oauth2_refresh_token"],
        connection_parameters=own,
        oauth={"token_url": "https://t.example"},
    )
    monkeypatch.syspath_prepend(str(tmp_path / "project"))
    module = importlib.import_module("sources.with_own_names.with_own_names_client")
    monkeypatch.setattr(module, "BASE_URL", "https://acme.example")
    session = Session(response(content={"access_token": "one"}), response(content=[]))
    module.SourceClient(names, "oauth2_refresh_token", session=session).request("GET", "/orders")
    assert session.sent[0].data == {
        "grant_type": "refresh_token",
        "refresh_token": "r3fresh",
        "client_id": "4cme",
        "client_secret": "s3cret",
    }


def test_a_connector_that_signs_in_itself_gets_its_token(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = {"account_id": "acc", "client_id": "me", "client_secret": "s3cret", "region": "eu"}
    new_project(
        template,
        tmp_path / "project",
        connector="with_own_grant",
        tables=["orders"],
        auth_methods=["oauth2_client_credentials"],
        connection_parameters=[
            {"name": name, "auth_method": "oauth2_client_credentials"} for name in given
        ],
        oauth={
            "flow": "connector",
            "token_url": "https://{region}.acme.example/token",
            "scopes": ["orders.read"],
            "client_in": "header",
        },
    )
    monkeypatch.syspath_prepend(str(tmp_path / "project"))
    module = importlib.import_module("sources.with_own_grant.with_own_grant_client")
    connector = importlib.import_module("sources.with_own_grant.with_own_grant")
    monkeypatch.setattr(module, "BASE_URL", "https://acme.example")
    made = connector.WithOwnGrantLakeflowConnect(given)
    assert made.client.auth_method == "oauth2_client_credentials"
    session = Session(response(content={"access_token": "one"}), response(content=[]))
    client = module.SourceClient(given, made.client.auth_method, session=session)
    client.request("GET", "/orders")
    token, orders = session.sent
    assert token.url == "https://eu.acme.example/token"
    assert token.data == {
        "grant_type": "client_credentials",
        "account_id": "acc",
        "scope": "orders.read",
    }
    assert token.auth == ("me", "s3cret")
    assert orders.headers["Authorization"] == "Bearer one"
