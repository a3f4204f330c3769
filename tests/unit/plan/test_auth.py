"""What each way to sign in asks of a connection."""

from __future__ import annotations

import pytest
from factories import answers
from planning.answers.answer_types import ConnectionParameter, OAuth
from planning.plan import auth
from planning.terms.vocabulary import AUTH_METHODS


def listed(*methods: str) -> dict[str, tuple[bool, bool]]:
    """Name -> (required, secret) of what the methods bring."""
    found = auth.methods(answers(auth_methods=methods))
    return {one.name: (one.required, one.secret) for how in found for one in how.parameters}


@pytest.mark.parametrize(
    ("method", "parameters"),
    [
        ("none", {}),
        ("api_key", {"api_key": (True, True)}),
        ("basic", {"username": (True, False), "password": (True, True)}),
        ("bearer_token", {"token": (True, True)}),
        (
            "oauth2_refresh_token",
            {
                "client_id": (True, False),
                "client_secret": (True, True),
                "refresh_token": (True, True),
            },
        ),
        ("service_account_jwt", {"service_account_json": (True, True)}),
        ("other", {}),
    ],
)
def test_a_method_brings_its_parameters(
    method: str, parameters: dict[str, tuple[bool, bool]]
) -> None:
    assert listed(method) == parameters


@pytest.mark.parametrize("method", AUTH_METHODS)
def test_every_method_is_known_and_described(method: str) -> None:
    [found] = auth.methods(answers(auth_methods=(method,)))
    assert found.description == AUTH_METHODS[method]
    assert all(one.description.endswith(".") for one in found.parameters)


@pytest.mark.parametrize(
    ("method", "flow"), [("oauth2_client_credentials", "m2m"), ("oauth2_authorization_code", "u2m")]
)
def test_a_token_that_unity_catalog_injects_is_needed_and_not_listed(
    method: str, flow: str
) -> None:
    [found] = auth.methods(answers(auth_methods=(method,)))
    assert found.needs == ("access_token",)
    assert found.flow == flow
    assert "access_token" not in listed(method)
    assert listed(method)["client_secret"] == (True, True)
    assert listed(method)["token_endpoint"] == (True, False)


def test_a_refresh_token_is_exchanged_by_the_connector_itself() -> None:
    [found] = auth.methods(answers(auth_methods=("oauth2_refresh_token",)))
    assert found.flow == ""
    assert found.needs == ("client_id", "client_secret", "refresh_token")


def test_a_spec_takes_the_flow_that_needs_no_person() -> None:
    both = ("oauth2_authorization_code", "oauth2_client_credentials")
    assert auth.oauth_flow(answers(auth_methods=both)) == "m2m"
    assert auth.oauth_flow(answers(auth_methods=both[:1])) == "u2m"
    assert auth.oauth_flow(answers(auth_methods=("basic",))) == ""


def test_a_connection_parameter_of_the_same_name_replaces_what_a_method_brings() -> None:
    mine = ConnectionParameter("username", required=False, description="E-mail address.")
    plan = answers(auth_methods=("basic",), connection_parameters=(mine,))
    [basic] = auth.methods(plan)
    assert mine in basic.parameters
    assert basic.needs == ("password",)
    assert auth.shared_parameters(plan) == ()


def test_other_connection_parameters_are_shared_by_all_methods() -> None:
    subdomain = ConnectionParameter("subdomain")
    plan = answers(auth_methods=("api_key", "basic"), connection_parameters=(subdomain,))
    assert auth.shared_parameters(plan) == (subdomain,)


EMAIL = ConnectionParameter("email", auth_method="basic")
KEY = ConnectionParameter("key", secret=True, auth_method="basic")


def test_parameters_of_a_method_take_the_place_of_what_it_brings() -> None:
    given = answers(auth_methods=("basic", "api_key"), connection_parameters=(EMAIL, KEY))
    basic, api_key = auth.methods(given)
    assert basic.parameters == (EMAIL, KEY)
    assert basic.needs == ("email", "key")
    assert [one.name for one in api_key.parameters] == ["api_key"]
    assert auth.shared_parameters(given) == ()


def test_two_methods_may_ask_for_parameters_of_the_same_name() -> None:
    optional = ConnectionParameter("client_id", required=False, auth_method="other")
    required = ConnectionParameter("client_id", auth_method="basic")
    given = answers(auth_methods=("basic", "other"), connection_parameters=(required, optional))
    assert [one.parameters for one in auth.methods(given)] == [(required,), (optional,)]


def test_a_parameter_of_a_method_that_is_not_planned_is_not_asked_for() -> None:
    given = answers(auth_methods=("api_key",), connection_parameters=(EMAIL,))
    assert auth.shared_parameters(given) == ()


@pytest.mark.parametrize(
    ("method", "listed", "names"),
    [
        ("basic", (), ("username", "password")),
        ("basic", (EMAIL, KEY), ("email", "key")),
        ("basic", (KEY,), ("", "key")),
        ("basic", (EMAIL, ConnectionParameter("word", auth_method="basic")), ("email", "word")),
        ("api_key", (), ("", "api_key")),
        ("none", (), ("", "")),
    ],
)
def test_the_client_knows_which_options_hold_user_and_secret(
    method: str, listed: tuple[ConnectionParameter, ...], names: tuple[str, str]
) -> None:
    given = answers(auth_methods=(method,), connection_parameters=listed)
    assert auth.credential_names(given) == {method: names}


def test_tokens_are_renewed_by_whoever_runs_the_flow() -> None:
    machine = {"auth_methods": ("oauth2_client_credentials",)}
    assert auth.renewed_by_platform(answers(**machine))
    assert not auth.renewed_by_platform(answers(**machine, oauth=OAuth(flow="connector")))
    assert not auth.renewed_by_platform(answers(auth_methods=("service_account_jwt",)))
    assert not auth.renewed_by_platform(answers(auth_methods=("api_key",)))


def test_another_method_goes_by_the_parameters_that_belong_to_it() -> None:
    key = ConnectionParameter("consumer_key", auth_method="other")
    named = answers(auth_methods=("other",), connection_parameters=(key,))
    assert auth.name_of("other", named) == "Another method, by consumer_key"
    assert auth.name_of("other", answers()) == AUTH_METHODS["other"]
    assert auth.name_of("basic", answers(source_type="database")) == "User name and password"


def test_of_several_ways_the_platforms_comes_first_then_what_asks_for_more() -> None:
    methods = ("none", "api_key", "basic", "bearer_token", "oauth2_client_credentials")
    found = auth.ranked(auth.methods(answers(auth_methods=methods)))
    assert [one.name for one in found] == [
        *("oauth2_client_credentials", "basic", "api_key", "bearer_token", "none")
    ]


def test_a_connector_that_goes_on_after_consent_stores_a_refresh_token() -> None:
    own = {"auth_methods": ("oauth2_authorization_code",), "oauth": OAuth(flow="connector")}
    [found] = auth.methods(answers(**own))
    assert found.needs == ("client_id", "client_secret", "refresh_token")
    assert auth.own_grants(answers(**own))["oauth2_authorization_code"].kind == "refresh_token"


def test_what_the_platform_gets_is_not_asked_for_by_the_connector() -> None:
    assert auth.own_grants(answers(auth_methods=("oauth2_client_credentials", "api_key"))) == {}


def test_no_secret_but_the_clients_is_sent_for_a_token() -> None:
    own = [
        ConnectionParameter(name, secret=secret, auth_method="oauth2_client_credentials")
        for name, secret in {
            "account_id": False,
            "app_id": False,
            "app_secret": True,
            "certificate": True,
        }.items()
    ]
    given = answers(
        auth_methods=("oauth2_client_credentials",),
        connection_parameters=tuple(own),
        oauth=OAuth(flow="connector", client_in="header"),
    )
    grant = auth.own_grants(given)["oauth2_client_credentials"]
    assert grant.client == ("app_id", "app_secret")
    assert grant.fields == {"account_id": "account_id"}
    assert grant.unsent == ("certificate",)


def test_an_option_of_the_very_name_is_taken_before_one_that_only_resembles_it() -> None:
    names = ("refresh_interval", "hook_secret", "refresh_token", "client_id", "client_secret")
    own = [ConnectionParameter(name, auth_method="oauth2_refresh_token") for name in names]
    given = answers(auth_methods=("oauth2_refresh_token",), connection_parameters=tuple(own))
    fields = auth.own_grants(given)["oauth2_refresh_token"].fields
    assert fields == {name: name for name in ("refresh_token", "client_id", "client_secret")}
