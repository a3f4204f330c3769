"""How an API of an OpenAPI document wants to be signed in to."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from .described import Description
from .references import Node

_FLOWS = {
    "authorizationcode": "oauth2_authorization_code",
    "accesscode": "oauth2_authorization_code",
    "clientcredentials": "oauth2_client_credentials",
    "application": "oauth2_client_credentials",
}
"""Flows of OAuth 2.0 -> sign-in method; names of 2.0 and 3.x. Others are not for a connector."""


def read_sign_in(root: Node, operations: list[Node], description: Description) -> None:
    """Adds the methods of the schemes that the operations ask for, and what OAuth needs."""
    schemes = dict(root["components"]["securitySchemes"].items())
    schemes.update(root["securityDefinitions"].items())
    asked = Counter(
        name
        for operation in operations
        for one in (operation["security"] if "security" in operation else root["security"])
        for name, _ in one.items()
    )
    used = {name: one for name, one in schemes.items() if name in asked} or schemes
    methods: list[str] = []
    for name, scheme in used.items():
        found = _methods(name, scheme)
        if not found:
            kind = scheme.text("type") or "of no type"
            description.skipped.append(f"security scheme {name} ({kind}): names no method of ours")
        methods += found
        for method, flow in _flows(scheme):
            if method:
                description.say("oauth", _oauth(flow), f"security scheme {name}")
    description.say("auth_methods", list(dict.fromkeys(methods)), "security schemes")


def _flows(scheme: Node) -> list[tuple[str, Node]]:
    """The flows of OAuth 2.0, each with its method, '' where no connector can go through it."""
    if scheme.text("type").lower() != "oauth2":
        return []
    one = scheme.text("flow")
    stated = [(one, scheme)] if one else scheme["flows"].items()
    return [(_FLOWS.get(name.lower(), ""), flow) for name, flow in stated]


def _methods(name: str, scheme: Node) -> list[str]:
    kind = scheme.text("type").lower()
    if kind == "basic":
        return ["basic"]
    if kind == "http":
        named = {"basic": ["basic"], "bearer": ["bearer_token"]}
        return named.get(scheme.text("scheme").lower(), [])
    if kind == "apikey":
        if scheme.text("in") == "cookie":
            return []  # the session of a browser
        said = f"{name} {scheme.text('description')} {scheme.text('x-bearer-format')}".lower()
        header = scheme.text("name").lower() == "authorization"
        if header and re.search(r"\bbasic\b|basic_?auth", said):
            return ["basic"]
        return ["bearer_token" if header and re.search("bearer|oauth", said) else "api_key"]
    flows = _flows(scheme)
    # With no flow that a connector can go through, there is still a token.
    return [method for method, _ in flows if method] or ["bearer_token"] * bool(flows)


def _oauth(flow: Node) -> dict[str, Any]:
    """Addresses and scopes as they stand; addresses that are no https are left out."""
    found: dict[str, Any] = {}
    for key, stated in (("authorization_url", "authorizationUrl"), ("token_url", "tokenUrl")):
        if re.fullmatch(r"https://[^\s]+", flow.text(stated)):
            found[key] = flow.text(stated)
    scopes = [name for name, _ in flow["scopes"].items()]
    # The scopes that reading needs are for a person to pick; a few are all there is.
    if 0 < len(scopes) <= 8:
        found["scopes"] = scopes
    return found
