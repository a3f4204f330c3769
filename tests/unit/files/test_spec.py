"""How a connection is made in Unity Catalog."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from factories import answers
from planning.answers.answer_types import ConnectionParameter, OAuth
from planning.files.spec import ConnectionSpec, connection_spec

SUBDOMAIN = ConnectionParameter("subdomain")


def spec(**changes: Any) -> ConnectionSpec:
    return connection_spec(SimpleNamespace(answers=answers(**changes)))  # type: ignore[arg-type]


def names(parameters: tuple[ConnectionParameter, ...]) -> list[str]:
    return [parameter.name for parameter in parameters]


def test_one_way_to_sign_in_lists_its_parameters_flat() -> None:
    found = spec(auth_methods=("basic",), connection_parameters=(SUBDOMAIN,))
    assert found.methods == ()
    assert names(found.parameters) == ["username", "password", "subdomain"]


def test_several_ways_list_them_by_method_and_share_the_rest() -> None:
    found = spec(auth_methods=("none", "api_key"), connection_parameters=(SUBDOMAIN,))
    assert [(one.name, names(one.parameters)) for one in found.methods] == [
        ("none", []),
        ("api_key", ["api_key"]),
    ]
    assert names(found.parameters) == ["subdomain"]


def test_an_unknown_way_lists_only_what_is_known() -> None:
    found = spec(auth_methods=(), connection_parameters=(SUBDOMAIN,))
    assert (found.methods, names(found.parameters), found.flow) == ((), ["subdomain"], "")


def test_a_flow_of_unity_catalog_is_named_beside_other_methods() -> None:
    assert spec(auth_methods=("api_key", "oauth2_client_credentials")).flow == "m2m"


def test_without_a_name_the_connector_lends_its_own() -> None:
    assert spec(source_name="").display_name == "acme"


KNOWN = OAuth(
    token_url="https://login.example/{tenant_id}/token",
    scopes=("tickets.read", "users.read"),
    pkce=False,
    extra_parameters={"access_type": "offline"},
)


def test_what_is_known_of_the_flow_stands_in_the_spec_and_nobody_fills_it_in() -> None:
    found = spec(auth_methods=("oauth2_client_credentials",), oauth=KNOWN)
    assert found.oauth == {
        "pkce": False,
        "scopes": "tickets.read users.read",
        "token_url": "https://login.example/{tenant_id}/token",
    }
    assert found.extra_auth_params == {"access_type": "offline"}
    assert names(found.parameters) == ["client_id", "client_secret", "tenant_id"]


def test_a_part_of_an_address_is_asked_for_once() -> None:
    shared = {"connection_parameters": (ConnectionParameter("tenant_id"),)}
    found = spec(auth_methods=("oauth2_client_credentials",), oauth=KNOWN, **shared)
    assert names(found.parameters) == ["client_id", "client_secret", "tenant_id"]


def test_a_connector_that_signs_in_itself_leaves_no_flow_to_the_platform() -> None:
    own = KNOWN._replace(flow="connector")
    found = spec(auth_methods=("oauth2_client_credentials",), oauth=own)
    assert (found.flow, found.oauth, found.extra_auth_params) == ("", {}, {})
    assert names(found.parameters) == ["client_id", "client_secret", "tenant_id"]
    unknown = spec(auth_methods=("oauth2_client_credentials",), oauth=OAuth(flow="connector"))
    assert "token_endpoint" in names(unknown.parameters)


def test_a_tool_can_get_a_stored_refresh_token_where_both_addresses_are_known() -> None:
    both = KNOWN._replace(authorization_url="https://login.example/authorize")
    found = spec(auth_methods=("oauth2_refresh_token",), oauth=both)
    assert found.flow == ""
    assert found.oauth["authorization_url"] == "https://login.example/authorize"
    assert spec(auth_methods=("oauth2_refresh_token",), oauth=KNOWN).oauth == {}
    assert spec(auth_methods=("api_key",), oauth=both).oauth == {}


def test_the_flow_that_was_said_is_taken_where_it_fits_the_method() -> None:
    consented = {"auth_methods": ("oauth2_authorization_code",)}
    assert spec(**consented, oauth=OAuth(flow="u2m_per_user")).flow == "u2m_per_user"
    assert spec(**consented, oauth=OAuth(flow="m2m")).flow == "u2m"


def test_each_way_to_sign_in_is_told_apart_from_the_others() -> None:
    both = KNOWN._replace(authorization_url="https://login.example/authorize")
    ways = ("oauth2_client_credentials", "oauth2_refresh_token", "api_key")
    found = spec(auth_methods=ways, oauth=both)
    assert found.run_by_platform == ("oauth2_client_credentials",)
    assert found.other_types == ("static",)
    assert found.asks_for_consent, "the connector needs the refresh token beside the flow"
