"""What each authentication method asks of a connection.

A connection lists parameters for people to fill in. Where Unity Catalog runs an OAuth flow itself,
the parameters are what the flow needs, and the connector is handed an `access_token` that nobody
fills in. The names are those most connectors of the databrickslabs community-connectors
repository use; `token_endpoint`, `authorization_endpoint` and `oauth_scope` are the names under
which Unity Catalog itself knows them (its `odata` connector declares them so).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from .answer_types import Answers, ConnectionParameter, OAuth
from .vocabulary import AUTH_METHODS
from .wording import listed


class AuthMethod(NamedTuple):
    """One way to sign in.

    `parameters` are those that people fill in; `needs` names the options without which the
    connector cannot sign in; `flow` is the flow that Unity Catalog runs, `m2m`, `u2m` or ''.
    """

    name: str
    description: str
    parameters: tuple[ConnectionParameter, ...]
    needs: tuple[str, ...]
    flow: str = ""


def _secret(name: str, description: str) -> ConnectionParameter:
    return ConnectionParameter(name, required=True, secret=True, description=description)


def _plain(name: str, description: str, *, required: bool = True) -> ConnectionParameter:
    return ConnectionParameter(name, required=required, description=description)


_CLIENT = (
    _plain("client_id", "ID of the OAuth client registered with the source."),
    _secret("client_secret", "Secret of that OAuth client."),
)
_TOKEN_ENDPOINT = _plain("token_endpoint", "URL at which the source issues access tokens.")
_SCOPE = _plain("oauth_scope", "Scopes to ask for, separated by spaces.", required=False)

_PARAMETERS: dict[str, tuple[ConnectionParameter, ...]] = {
    "none": (),
    "api_key": (_secret("api_key", "API key, sent with every request."),),
    "basic": (
        _plain("username", "Name of the user that reads the source."),
        _secret("password", "Password of that user."),
    ),
    "bearer_token": (_secret("token", "Token, sent with every request as a bearer token."),),
    "oauth2_client_credentials": (*_CLIENT, _TOKEN_ENDPOINT, _SCOPE),
    "oauth2_authorization_code": (
        *_CLIENT,
        _plain("authorization_endpoint", "URL at which a person gives consent."),
        _TOKEN_ENDPOINT,
        _SCOPE,
    ),
    "oauth2_refresh_token": (
        *_CLIENT,
        _secret("refresh_token", "Refresh token, exchanged for access tokens."),
    ),
    "service_account_jwt": (
        _secret("service_account_json", "Key file of the service account, as JSON text."),
    ),
    "other": (),
}

_FLOWS = {"oauth2_client_credentials": "m2m", "oauth2_authorization_code": "u2m"}
"""The flows that Unity Catalog runs itself, by the names of its connection specs."""

WITH_TOKENS = (
    "oauth2_client_credentials",
    "oauth2_authorization_code",
    "oauth2_refresh_token",
    "service_account_jwt",
)
"""Methods that sign in for an access token, which expires and opens only the scopes it names."""

CONSENTED = ("oauth2_authorization_code", "oauth2_refresh_token")
"""Methods that begin with a person's consent in a browser and live from a refresh token."""

INJECTED = "access_token"
"""What Unity Catalog hands the connector when it runs the flow; no parameter of a connection."""


def methods(answers: Answers) -> tuple[AuthMethod, ...]:
    """The methods of this version, in the order they were answered.

    A connection parameter of the same name replaces one that a method brings by itself; those that
    name the method replace all of them.
    """
    return tuple(_method(name, answers) for name in answers.auth_methods)


def shared_parameters(answers: Answers) -> tuple[ConnectionParameter, ...]:
    """What a connection needs whichever method it uses."""
    brought = {parameter for method in methods(answers) for parameter in method.parameters}
    return tuple(
        one for one in answers.connection_parameters if not one.auth_method and one not in brought
    )


def oauth_flow(answers: Answers) -> str:
    """The flow Unity Catalog runs, or ''. A spec holds one: that without a person comes first."""
    flows = {method.flow for method in methods(answers)}
    return next((flow for flow in ("m2m", "u2m", "u2m_per_user") if flow in flows), "")


def tokens_expire(answers: Answers) -> bool:
    """Whether a long run may outlast its access token."""
    by_method = not set(WITH_TOKENS).isdisjoint(answers.auth_methods)
    return by_method or "token_refresh" in answers.auth_traits


def renewed_by_platform(answers: Answers) -> bool:
    """Whether the platform alone renews tokens: the connector can get none."""
    expiring = [one for one in methods(answers) if one.name in WITH_TOKENS]
    return bool(expiring) and all(one.flow for one in expiring)


def name_of(method: str, answers: Answers) -> str:
    """A method as people call it; `other` by the parameters that belong to it."""
    named = [one.name for one in answers.connection_parameters if one.auth_method == method]
    if method != "other" or not named:
        return AUTH_METHODS[method]
    return f"Another method, by {listed(named)}"


def required_names(parameters: Iterable[ConnectionParameter]) -> tuple[str, ...]:
    """Names of the parameters without which a connection is incomplete."""
    return tuple(parameter.name for parameter in parameters if parameter.required)


def credential_names(answers: Answers) -> dict[str, tuple[str, str]]:
    """Method -> the options that hold its user name and its secret, '' where it has none."""
    return {method.name: _credentials(method.parameters) for method in methods(answers)}


_GRANT = {"refresh_token": "refresh", "client_id": "id", "client_secret": "secret"}
"""Field of the request that exchanges a refresh token -> what the name of its option holds."""


def refresh_grant(answers: Answers) -> dict[str, str]:
    """Field of the request that exchanges a refresh token -> the option that holds its value.

    Parameters of other names are told apart by what their names hold. A field without any is left
    out, but for the refresh token: it is the secret of the method.
    """
    method = next(one for one in methods(answers) if one.name == "oauth2_refresh_token")
    names = [one.name for one in method.parameters]
    held = {
        field: field if field in names else next((one for one in names if word in one.lower()), "")
        for field, word in _GRANT.items()
    }
    held["refresh_token"] = held["refresh_token"] or _credentials(method.parameters)[1]
    return {field: option for field, option in held.items() if option}


def _credentials(parameters: Sequence[ConnectionParameter]) -> tuple[str, str]:
    if not parameters:
        return "", ""
    # Nothing is marked where people forgot to: then the last one is it, as a password is.
    secret = next((one for one in parameters if one.secret), parameters[-1])
    user = next((one.name for one in parameters if one is not secret), "")
    return user, secret.name


def _method(name: str, answers: Answers) -> AuthMethod:
    given = answers.connection_parameters
    shared = {one.name: one for one in given if not one.auth_method}
    own = tuple(one for one in given if one.auth_method == name)
    parameters = own or tuple(shared.get(one.name, one) for one in _PARAMETERS[name])
    flow = _flow(name, answers)
    if flow:
        parameters = tuple(one for one in parameters if one.name not in _said_of(answers.oauth))
    needs = (INJECTED,) if flow else required_names(parameters)
    return AuthMethod(name, name_of(name, answers), parameters, needs, flow)


def _said_of(oauth: OAuth) -> frozenset[str]:
    """Parameters that nobody has to fill in, since the spec of the connection says it."""
    said = {
        "token_endpoint": oauth.token_url,
        "authorization_endpoint": oauth.authorization_url,
        "oauth_scope": oauth.scopes,
    }
    return frozenset(parameter for parameter, value in said.items() if value)


def _flow(method: str, answers: Answers) -> str:
    """The flow that Unity Catalog runs for a method: what was said of it, where it fits."""
    usual, said = _FLOWS.get(method, ""), answers.oauth.flow
    if not usual or not said:
        return usual
    if said == "connector":
        return ""
    return said if said.startswith(usual) else usual
