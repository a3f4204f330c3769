"""What each way to sign in asks of a connection."""

from __future__ import annotations

import pytest
from factories import answers
from planning import auth
from planning.model import ConnectionParameter
from planning.vocabulary import AUTH_METHODS


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
    ("method", "flow"),
    [("oauth2_client_credentials", "m2m"), ("oauth2_authorization_code", "u2m")],
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
