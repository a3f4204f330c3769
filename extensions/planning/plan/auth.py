"""What each authentication method asks of a connection.

A connection lists parameters for people to fill in. Where Unity Catalog runs an OAuth flow itself,
the parameters are what the flow needs, and the connector is handed an `access_token` that nobody
fills in. The names are those most connectors of the databrickslabs community-connectors
repository use; `token_endpoint`, `authorization_endpoint` and `oauth_scope` are the names under
which Unity Catalog itself knows them (its `odata` connector declares them so).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ..answers.answer_types import Answers, ConnectionParameter, OAuth
from ..terms.vocabulary import AUTH_METHODS
from .wording import listed, speaks_http


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
}
"""Method -> what people fill in for it; those that are left out ask for nothing by themselves."""

_FLOWS = {"oauth2_client_credentials": "m2m", "oauth2_authorization_code": "u2m"}
"""The flows that Unity Catalog runs itself, by the names of its connection specs."""

CONSENTED = ("oauth2_authorization_code", "oauth2_refresh_token")
"""Methods that begin with a person's consent in a browser and live from a refresh token."""

WITH_TOKENS = ("oauth2_client_credentials", *CONSENTED, "service_account_jwt")
"""Methods that sign in for an access token, which expires and opens only the scopes it names."""

INJECTED = "access_token"
"""What Unity Catalog hands the connector when it runs the flow; no parameter of a connection."""

ADDRESS_WORDS = (
    *("url", "host", "domain", "tenant", "instance", "site", "shop", "store", "server", "prefix"),
    *("endpoint", "region", "datacenter", "data_center", "workspace", "realm", "portal"),
    *("uri", "dsn", "connection_string", "broker", "bucket", "container"),
)
"""Parts of the name of a connection parameter that takes the customer's own address."""


def takes_address(parameter: str) -> bool:
    """Whether a connection parameter seems to take the address of the source, by its name."""
    return any(word in parameter.lower() for word in ADDRESS_WORDS)


def methods(answers: Answers) -> tuple[AuthMethod, ...]:
    """The methods of this version, in the order they were answered.

    A connection parameter of the same name replaces one that a method brings by itself; those that
    name the method replace all of them.
    """
    return tuple(_method(name, answers) for name in answers.auth_methods)


def ranked(methods_: Iterable[AuthMethod]) -> list[AuthMethod]:
    """The methods in the order in which a connection that fits several is read by them.

    What the platform renews comes first, then what asks for more, which nobody fills in by chance;
    among equals the order of the answers holds.
    """
    return sorted(methods_, key=lambda one: (not one.flow, -len(one.needs)))


def shared_parameters(answers: Answers) -> tuple[ConnectionParameter, ...]:
    """What a connection needs whichever method it uses."""
    brought = {parameter for method in methods(answers) for parameter in method.parameters}
    return tuple(
        one for one in answers.connection_parameters if not one.auth_method and one not in brought
    )


def option_names(answers: Answers) -> frozenset[str]:
    """The names of all that people may fill in for a connection."""
    brought = (parameter for method in methods(answers) for parameter in method.parameters)
    return frozenset(one.name for one in (*brought, *shared_parameters(answers)))


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
        called = AUTH_METHODS[method]
        return called if speaks_http(answers) else called.partition(" (")[0]  # (HTTP Basic)
    return f"Another method, by {listed(named)}"


def methods_in_words(answers: Answers) -> str:
    """The methods of this version, in a sentence."""
    return listed([name_of(method, answers) for method in answers.auth_methods])


def required_names(parameters: Iterable[ConnectionParameter]) -> tuple[str, ...]:
    """Names of the parameters without which a connection is incomplete."""
    return tuple(parameter.name for parameter in parameters if parameter.required)


def credential_names(answers: Answers) -> dict[str, tuple[str, str]]:
    """Method -> the options that hold its user name and its secret, '' where it has none."""
    return {method.name: _credentials(method.parameters) for method in methods(answers)}


class Grant(NamedTuple):
    """What a connector sends to be issued an access token.

    `fields` names the option that holds the value of each field; `client` the options with the id
    and the secret of the client where those go into a header, else it is empty. `unsent` are
    secrets that no field takes, such as a certificate: they sign something.
    """

    kind: str
    fields: Mapping[str, str]
    client: tuple[str, str] | tuple[()] = ()
    unsent: tuple[str, ...] = ()


_GRANT = {
    "refresh_token": ("refresh_token", "refresh"),
    "client_id": ("client_id", "app_id", "id"),
    "client_secret": ("client_secret", "secret"),
}
"""Field of the request for a token -> what the name of its option holds, the likeliest first."""


def own_grants(answers: Answers) -> dict[str, Grant]:
    """Method -> how the connector gets its access tokens, where nobody else gets them for it.

    Parameters of other names are told apart by what their names hold. A field without any is left
    out, but for the refresh token: it is the secret of the method.
    """
    exchanging = ("oauth2_refresh_token", *_FLOWS)
    return {
        method.name: _grant(method, answers)
        for method in methods(answers)
        if method.name in exchanging and not method.flow
    }


def _grant(method: AuthMethod, answers: Answers) -> Grant:
    # The `grant_type` of RFC 6749, sections 4.4.2 and 6.
    kind = _signs_in_as(method.name, answers).removeprefix("oauth2_")
    wanted = [field for field in _GRANT if field in ("client_id", "client_secret", kind)]
    names = [one.name for one in method.parameters]
    held = {field: _named_like(_GRANT[field], names) for field in wanted}
    if kind == "refresh_token":
        held[kind] = held[kind] or _credentials(method.parameters)[1]
    else:
        # Such as an account id. A secret that is not the client's signs something; it is not sent.
        apart = {*held.values(), *_OF_THE_FLOW, *_in_urls(answers.oauth)}
        plain = [one.name for one in method.parameters if not one.secret]
        held |= {name: name for name in plain if name not in apart}
    fields = {field: option for field, option in held.items() if option}
    taken = set(fields.values())
    unsent = tuple(one.name for one in method.parameters if one.secret and one.name not in taken)
    if answers.oauth.client_in != "header" or not {"client_id", "client_secret"} <= set(fields):
        return Grant(kind, fields, unsent=unsent)
    client = fields.pop("client_id"), fields.pop("client_secret")
    return Grant(kind, fields, client, unsent)


def _named_like(parts: Sequence[str], names: Sequence[str]) -> str:
    return next((name for part in parts for name in names if part in name.lower()), "")


_OF_THE_FLOW = {
    "token_endpoint": "token_url",
    "authorization_endpoint": "authorization_url",
    "oauth_scope": "scopes",
}
"""Parameters that say where and for what a token is asked -> the key of `oauth` that says it, so
that nobody has to fill it in."""


def _signs_in_as(method: str, answers: Answers) -> str:
    """The method by which a connector goes on that signs in itself: after consent, by its token."""
    if method == "oauth2_authorization_code" and answers.oauth.flow == "connector":
        return "oauth2_refresh_token"
    return method


def _in_urls(oauth: OAuth) -> tuple[str, ...]:
    """Parameters that stand in the addresses of the flow, such as `tenant_id`."""
    found = re.findall(r"\{(\w+)\}", f"{oauth.authorization_url} {oauth.token_url}")
    return tuple(dict.fromkeys(found))


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
    flow = _flow(name, answers)
    said = [one for one, key in _OF_THE_FLOW.items() if getattr(answers.oauth, key)]
    parameters = own or tuple(
        shared.get(one.name, one)
        for one in _PARAMETERS.get(_signs_in_as(name, answers), ())
        if one.name not in said
    )
    if name in (*_FLOWS, "oauth2_refresh_token"):
        there = {one.name for one in (*parameters, *shared.values())}
        parameters += tuple(
            _plain(part, "Part of the address at which the source issues access tokens.")
            for part in _in_urls(answers.oauth)
            if part not in there
        )
    needs = (INJECTED,) if flow else required_names(parameters)
    return AuthMethod(name, name_of(name, answers), parameters, needs, flow)


def _flow(method: str, answers: Answers) -> str:
    """The flow that Unity Catalog runs for a method: what was said of it, where it fits."""
    usual, said = _FLOWS.get(method, ""), answers.oauth.flow
    if usual and said == "connector":
        return ""
    return said if usual and said.startswith(usual) else usual
