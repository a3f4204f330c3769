"""What an Airbyte manifest says of the source as a whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from . import durations
from .described import DERIVED, Description, as_list, as_mapping, as_text, common
from .manifest import JINJA, Component, Manifest, path_in

_VERSION_HEADER = re.compile(r"(^|-)(version|revision)$", re.IGNORECASE)
_VERSION = re.compile(r"v?\d[\w.-]{0,20}")
_VERSION_SEGMENT = re.compile(r"/(v\d+(?:[._]\d+)*|\d{4}-\d\d(?:-\d\d)?)(?=/|$)")


def read_source(
    manifest: Manifest,
    requesters: list[Component],
    metadata: Mapping[str, Any],
    description: Description,
) -> None:
    """Adds sign-in, paging, page size, limits and version, as far as the streams have them in
    common, and the name of the source. `requesters` are the streams' own, `metadata` the file
    beside the manifest.
    """
    _name(description, manifest.data, as_mapping(metadata.get("data")))
    oauth: dict[str, Any] = {}
    authenticators = [requester.child("authenticator") for requester in requesters]
    methods = dict.fromkeys(method for one in authenticators for method in _sign_in(one, oauth))
    bases = Counter(filter(None, map(_base, requesters)))
    versions = Counter(filter(None, map(_version, requesters)))
    description.say("source_type", "rest_api", grade=DERIVED)
    description.say("auth_methods", list(methods), "authenticators")
    description.say("oauth", oauth, "authenticators")
    # One version for nearly all: a second one serves single streams.
    if versions and versions.most_common(1)[0][1] * 10 >= 9 * len(requesters):
        description.say("api_version", versions.most_common(1)[0][0], "requesters")
    if bases:
        parameters = _config_parameters(bases.most_common(1)[0][0])
        description.say("connection_parameters", parameters, "address of the API")
    description.say("rate_limit", _budget(manifest), "api_budget")
    for key in ("page_size", "pagination"):
        common(description, key)


def _sign_in(authenticator: Component, oauth: dict[str, Any]) -> Iterator[str]:
    kind = authenticator.type
    if kind == "SelectiveAuthenticator":
        for one in as_mapping(authenticator.raw("authenticators")).values():
            yield from _sign_in(
                Component(authenticator.manifest, one, authenticator.parameters), oauth
            )
    elif kind == "OAuthAuthenticator":
        grant = authenticator.text("grant_type") or "refresh_token"
        if grant in ("client_credentials", "refresh_token"):
            yield f"oauth2_{grant}"
        address = path_in(authenticator.text("token_refresh_endpoint"))
        if address.startswith("https://"):
            oauth.setdefault("token_url", address)
        scopes = [one for one in as_list(authenticator.raw("scopes")) if isinstance(one, str)]
        if scopes and not any("{" in one for one in scopes):
            oauth.setdefault("scopes", scopes)
    elif kind in ("ApiKeyAuthenticator", "ApiKey"):
        header = authenticator.text("header") or authenticator.child("inject_into").text(
            "field_name"
        )
        value = authenticator.text("api_token").lower()
        bearer = header.lower() == "authorization" and value.startswith("bearer ")
        basic = header.lower() == "authorization" and value.startswith("basic ")
        yield "bearer_token" if bearer else "basic" if basic else "api_key"
    elif kind in _METHODS:
        yield _METHODS[kind]


_METHODS = {
    "BearerAuthenticator": "bearer_token",
    "Bearer": "bearer_token",
    "BasicHttpAuthenticator": "basic",
    "JwtAuthenticator": "service_account_jwt",
    "NoAuth": "none",
}
"""Kinds of authenticator that mean one method. A custom one is code, so it says nothing."""


def _base(requester: Component) -> str:
    return requester.text("url_base") or requester.text("url")


def _version(requester: Component) -> str:
    for header, value in as_mapping(requester.raw("request_headers")).items():
        text = requester.filled(value)
        if _VERSION_HEADER.search(header) and _VERSION.fullmatch(text):
            return text
    segments = _VERSION_SEGMENT.findall(_base(requester))
    return segments[0] if len(segments) == 1 else ""


def _config_parameters(base: str) -> list[dict[str, Any]]:
    """Parameters that the address of the API needs, such as a subdomain."""
    if "if" in re.findall(r"\w+", " ".join(m.group() for m in JINJA.finditer(base))):
        return []
    found = re.findall(
        r"config\s*(?:\.get\(\s*['\"](\w+)['\"]|\[\s*['\"](\w+)['\"]\s*\]|\.(?!get\b)(\w+))", base
    )
    names = dict.fromkeys(next(filter(None, one)) for one in found)
    return [{"name": name, "required": True} for name in names]


def _budget(manifest: Manifest) -> str:
    """The limits of `api_budget`, as long as one holds for all requests."""
    limits = []
    for policy in Component(manifest, manifest.data, {}).child("api_budget").children("policies"):
        if any(matcher.value for matcher in policy.children("matchers")):
            return ""  # for some requests only: which tables those are stands in patterns
        rates = policy.children("rates") if policy.raw("rates") else [policy]
        for rate in rates:
            count = rate.text("limit") or rate.text("call_limit")
            span = durations.as_words(rate.text("interval") or rate.text("period"))
            if not count.isdigit() or not span:
                return ""
            limits.append(f"{count}/{span.removeprefix('1 ')}")
    return ", ".join(dict.fromkeys(limits))


def _name(description: Description, data: Mapping[str, Any], metadata: Mapping[str, Any]) -> None:
    description.say("source_name", as_text(metadata.get("name")), "metadata.yaml")
    assist = as_mapping(as_mapping(data.get("metadata")).get("assist"))
    described = _ADDRESS.search(as_text(data.get("description")))
    for url, where in (
        (as_text(assist.get("docsUrl")).strip(), "metadata.assist.docsUrl"),
        (described[1] if described else "", "description"),
    ):
        if re.fullmatch(r"https?://[^\s{}]+", url):
            description.say("docs_url", url, where)
            return


_ADDRESS = re.compile(
    r"API +(?:docs|documentation|reference)[^\n:]*:\s*(https?://\S+)", re.IGNORECASE
)
"""How a description of a manifest names the documentation of its source."""
