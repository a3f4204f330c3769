"""Reads an Airbyte manifest: streams with keys, cursors, parents, paging, and how to sign in.

A manifest is data with Jinja in it. Nothing of it is rendered: a parameter of the manifest that
stands alone is put in, everything else that depends on a configuration stays unsaid.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from . import durations
from .columns import ingestion_by
from .described import DERIVED, DescribedTable, Description, as_list, as_mapping, as_text, common
from .manifest import Component, Manifest
from .names import column, kept_or_made

_JINJA = re.compile(r"\{\{(.*?)\}\}|\{%.*?%\}", re.DOTALL)
_LAST_WORD = re.compile(r"\w+")

_PAGING = {"PageIncrement": "page_number", "OffsetIncrement": "offset"}

_VERSION_HEADER = re.compile(r"(^|-)(version|revision)$", re.IGNORECASE)
_VERSION = re.compile(r"v?\d[\w.-]{0,20}")
_VERSION_SEGMENT = re.compile(r"/(v\d+(?:[._]\d+)*|\d{4}-\d\d(?:-\d\d)?)(?=/|$)")


def is_manifest(data: Any) -> bool:
    """Whether the data is an Airbyte manifest."""
    root = as_mapping(data)
    return (
        "version" in root and "check" in root and ("streams" in root or "dynamic_streams" in root)
    )


def read(
    data: Mapping[str, Any], label: str, metadata: Mapping[str, Any] | None = None
) -> Description:
    """What a manifest says. `metadata` is the `metadata.yaml` that stands beside it, if any."""
    description = Description("airbyte", label)
    manifest = Manifest(data)
    streams = list(_streams(Component(manifest, data, {}), description))
    requesters: dict[str, Component] = {}
    for stream in streams:
        stated = stream.text("name")
        table = description.add("stream", "" if "{{" in stated else stated)
        if table:
            requesters[table.name] = _fill(table, stream)
    _of_source(description, manifest, list(requesters.values()))
    _name(description, data, as_mapping(as_mapping(metadata).get("data")))
    return description


def _streams(root: Component, description: Description) -> Iterator[Component]:
    for stream in root.children("streams"):
        if stream.type == "ConditionalStreams" or (
            "streams" in stream.value and "name" not in stream.value
        ):
            yield from _streams(stream, description)
        elif stream.type == "StateDelegatingStream":
            # Later reads go by changes, often of another endpoint: keys and cursor are those of
            # both, the path is that of the records themselves.
            later, first = stream.child("incremental_stream"), stream.child("full_refresh_stream")
            if later.value and first.value:
                later.value = {**later.value, "retriever": first.raw("retriever")}
            yield later if later.value else first
        else:
            yield stream
    for dynamic in root.children("dynamic_streams"):
        name = dynamic.text("name") or "streams"
        description.skipped.append(f"{name}: made at run time from what the account holds")


def _fill(table: DescribedTable, stream: Component) -> Component:
    """Says of a table what its stream says; the requester of the stream."""
    retriever = stream.child("retriever")
    requester = retriever.child("requester")
    table.say("primary_keys", _keys(stream.raw("primary_key"), stream))
    incremental = stream.child("incremental_sync")
    _cursor(table, stream, retriever, requester, incremental)
    for router in retriever.children("partition_router"):
        for parent in router.children("parent_stream_configs"):
            parent_name = kept_or_made(parent.child("stream").text("name"))
            if parent_name and parent_name != table.name:
                table.say("parent", parent_name)
    path = _path(requester.text("path") or requester.text("url"))
    table.say("path", "" if "://" in path else path)  # an address of its own is below no base URL
    _paging(table, retriever.child("paginator"))
    return requester


def _keys(value: Any, stream: Component) -> list[str]:
    """A text, a list, or a list of lists: nested lists are paths."""
    if isinstance(value, str):
        value = [value]
    keys = []
    for one in as_list(value):
        parts = one if isinstance(one, list) else [one]
        path = column(".".join(stream.filled(part) for part in parts))
        if not path:
            return []  # a key that depends on the configuration is not known in part either
        keys.append(path)
    return list(dict.fromkeys(keys))


def _cursor(
    table: DescribedTable,
    stream: Component,
    retriever: Component,
    requester: Component,
    incremental: Component,
) -> None:
    if not incremental.value:
        table.say("ingestion", "snapshot", f"{table.origin} reads it whole", DERIVED)
        return
    stated = column(incremental.text("cursor_field"))
    cursor = _of_the_source(stated, stream)
    table.say("cursor_field", cursor)
    if not cursor:
        return  # by what the source itself could be read is not known
    kind = ingestion_by(cursor, table.name, "primary_keys" in table.facts)
    table.say("ingestion", kind, f"{table.origin} reads by {cursor}", DERIVED)
    asks = any("stream_interval" in str(requester.raw(key)) for key in _ASKED)
    if incremental.raw("is_client_side_incremental") is True and not asks:
        table.say("filter", "none", f"{table.origin} filters after reading")
    lookback = durations.as_words(incremental.text("lookback_window"))
    table.say("lookback", lookback)


_ASKED = ("path", "request_headers", "request_parameters", "request_body_json")
"""Where a request can say since when."""

_STEP = r"\.get\(\s*['\"]\w+['\"]\s*(?:,\s*\{\}\s*)?\)|\[\s*['\"]\w+['\"]\s*\]|\.(?!get\()\w+"
_RECORD_PATH = re.compile(rf"\{{\{{\s*record((?:{_STEP})+)\s*\}}\}}")


def _of_the_source(cursor: str, stream: Component) -> str:
    """The cursor as the source's own records have it; '' for a column that the manifest makes.

    A field that is lifted out of a struct is known by its path there.
    """
    for transformation in stream.children("transformations"):
        for added in transformation.children("fields"):
            path = [part for part in as_list(added.raw("path")) if isinstance(part, str)]
            lifted = _RECORD_PATH.fullmatch(added.filled(added.value.get("value")))
            if ".".join(path) != cursor and (lifted or path[-1:] != [cursor]):
                continue
            names = re.findall(r"\w+", lifted[1].replace(".get(", "(")) if lifted else []
            return column(".".join(names))
    return cursor


_ROOT = re.compile(r"^\{\w*(?:url|host|domain)\}(?=/)")
"""An address that a manifest fills in where the path begins: the path is what follows."""


def _path(text: str) -> str:
    """The path with a name in braces for each part that Jinja would fill; '' where unclear."""
    if text.startswith("{{") and text.count("{{") == 1 and "/" not in text.partition("}}")[2]:
        return ""

    def part(match: re.Match[str]) -> str:
        words = _LAST_WORD.findall(match.group(1) or "")
        used = [one for one in words if one not in ("config", "stream_partition", "stream_slice")]
        simple = "if" not in words and len(used) in (1, 2)
        return "{" + used[0] + "}" if simple else "{…}"

    path = _ROOT.sub("", _JINJA.sub(part, text).strip().partition("?")[0])
    return path if path and "{…}" not in path and not re.search(r"[\s'\"#]", path) else ""


def _paging(table: DescribedTable, paginator: Component) -> None:
    if paginator.type == "NoPagination":
        table.say("pagination", "none")
        return
    strategy = paginator.child("pagination_strategy")
    kind = _PAGING.get(strategy.type, "")
    if strategy.type == "CursorPagination":
        by_url = paginator.child("page_token_option").type == "RequestPath"
        kind = "link" if by_url else "cursor"
    table.say("pagination", kind)
    size = strategy.raw("page_size")
    text = strategy.filled(size)
    if text.isdigit() and int(text) > 1:
        table.say("page_size", int(text))


def _of_source(description: Description, manifest: Manifest, requesters: list[Component]) -> None:
    """Sign-in, paging, page size, limits and version: what the streams have in common."""
    methods: Counter[str] = Counter()
    oauth: dict[str, Any] = {}
    versions: Counter[str] = Counter()
    bases: Counter[str] = Counter()
    for requester in requesters:
        for method in dict.fromkeys(_sign_in(requester.child("authenticator"), oauth)):
            methods[method] += 1
        base = requester.text("url_base") or requester.text("url")
        if base:
            bases[base] += 1
        version = _version(requester, base)
        if version:
            versions[version] += 1
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
        address = _path(authenticator.text("token_refresh_endpoint"))
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


def _version(requester: Component, base: str) -> str:
    for header, value in as_mapping(requester.raw("request_headers")).items():
        text = requester.filled(value)
        if _VERSION_HEADER.search(header) and _VERSION.fullmatch(text):
            return text
    segments = _VERSION_SEGMENT.findall(base)
    return segments[0] if len(segments) == 1 else ""


def _config_parameters(base: str) -> list[dict[str, Any]]:
    """Parameters that the address of the API needs, such as a subdomain."""
    if "if" in re.findall(r"\w+", " ".join(m.group() for m in _JINJA.finditer(base))):
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
