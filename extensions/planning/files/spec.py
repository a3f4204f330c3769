"""What connector_spec.yaml says: how a connection is made in Unity Catalog.

A connector with one way to sign in lists its parameters flat. One with several lists them by
method, and beside them the parameters that all methods share.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ..answers.answer_types import Answers, ConnectionParameter, OAuth
from ..plan import auth
from ..plan.model import Plan
from .constants import table_options


class ConnectionSpec(NamedTuple):
    """The content of the file, and what README says of it.

    `methods` is empty where there is no choice between several. `run_by_platform` names those whose
    tokens Unity Catalog gets. `other_types` are the values of `--auth-type` with which the command
    line of the repository takes a method other than `flow`. `asks_for_consent` says that a person
    gets a refresh token once.
    """

    display_name: str
    methods: tuple[auth.AuthMethod, ...]
    parameters: tuple[ConnectionParameter, ...]
    flow: str
    run_by_platform: tuple[str, ...]
    other_types: tuple[str, ...]
    asks_for_consent: bool
    oauth: Mapping[str, object]
    extra_auth_params: Mapping[str, str]
    table_options: tuple[str, ...]


def connection_spec(plan: Plan) -> ConnectionSpec:
    """The connection spec of a plan."""
    answers = plan.answers
    methods = auth.methods(answers)
    several = len(methods) > 1
    flow, consent = auth.oauth_flow(answers), _asks_for_consent(answers)
    types = dict.fromkeys(method.flow or "static" for method in methods)
    own = () if several or not methods else methods[0].parameters
    return ConnectionSpec(
        display_name=answers.source_name or answers.connector,
        methods=methods if several else (),
        parameters=(*own, *auth.shared_parameters(answers)),
        flow=flow,
        run_by_platform=tuple(method.name for method in methods if method.flow),
        other_types=tuple(one for one in types if one != flow),
        asks_for_consent=consent,
        oauth=_oauth(answers.oauth) if flow or consent else {},
        extra_auth_params=answers.oauth.extra_parameters if flow or consent else {},
        table_options=table_options(answers),
    )


def _asks_for_consent(answers: Answers) -> bool:
    """Whether a tool of the repository can get the refresh token, a person consenting.

    It reads both addresses in the spec (tools/scripts/authenticate.py there).
    """
    stored = {"oauth2_authorization_code", "oauth2_refresh_token"} & {*auth.own_grants(answers)}
    return bool(stored and answers.oauth.authorization_url and answers.oauth.token_url)


def _oauth(known: OAuth) -> dict[str, object]:
    """What the spec says of the flow beside its name: only what somebody said."""
    said: dict[str, object] = {
        "pkce": known.pkce,
        "scopes": " ".join(known.scopes),
        "authorization_url": known.authorization_url,
        "token_url": known.token_url,
    }
    return {key: value for key, value in said.items() if value not in (None, "")}
