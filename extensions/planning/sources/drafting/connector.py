"""Reads a community connector: what its code says of its tables, without executing any of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ...terms.vocabulary import INGESTION_TYPES
from .described import DERIVED, DescribedTable, Description, as_list, as_mapping, as_text
from .loading import parse, read_text
from .names import column
from .python_values import Package

SPEC = "connector_spec.yaml"

GENERATED = "_generated_"
"""Prefix of the file into which all modules of a connector are merged: the same twice."""

FLOWS = {
    "m2m": "oauth2_client_credentials",
    "u2m": "oauth2_authorization_code",
    "u2m_per_user": "oauth2_authorization_code",
}
"""Flows that Unity Catalog runs for a connector, by the names of its spec -> method."""

_METADATA_KEYS = {"primary_keys", "ingestion_type", "cursor_field"}


def is_connector(folder: Path) -> bool:
    """Whether a folder holds the code of a connector."""
    modules = [path for path in folder.glob("*.py") if not path.name.startswith(GENERATED)]
    return any("LakeflowConnect" in path.read_text("utf-8", "replace") for path in modules)


def read(folder: Path) -> Description:
    """What a connector's package says: tables with ingestion, keys and cursors; its name, the
    parameters of a connection, table options, and how it signs in.

    `folder` is the package of one connector. Tables made at run time are not known.
    """
    description = Description("connector", f"connector {folder.name}")
    modules = [path for path in sorted(folder.rglob("*.py")) if GENERATED not in path.name]
    modules = [path for path in modules if "tests" not in path.relative_to(folder).parts]
    package = Package({path.name: path.read_text("utf-8", "replace") for path in modules})
    description.skipped += [f"{name}: is no Python" for name in package.unreadable]
    for name, said in _tables(package).items():
        table = description.add("table", name)
        if table:
            _fill(table, said)
    if not description.tables:
        description.skipped.append("tables: made at run time, so the code does not name them")
    spec = folder / SPEC
    written = as_mapping(parse(read_text(spec), SPEC) if spec.is_file() else {})
    connection = as_mapping(written.get("connection"))
    _spec(description, written, connection)
    _sign_in(description, package, connection)
    return description


def _tables(package: Package) -> dict[str, Mapping[str, Any]]:
    """What is said of each table: by the two methods every connector has, else by constants
    that map names to mappings with keys or ingestion.
    """
    listed = package.call("list_tables")
    names = [one for one in listed if isinstance(one, str)] if isinstance(listed, list) else []
    constants = {
        name: said
        for value in package.constants().values()
        for name, said in as_mapping(value).items()
        if isinstance(name, str) and _METADATA_KEYS & set(as_mapping(said))
    }
    tables: dict[str, Mapping[str, Any]] = {}
    for name in names:
        said = as_mapping(package.call("read_table_metadata", name, {}))
        if not _METADATA_KEYS & set(said):
            said = as_mapping(package.call("_get_table_metadata", name, {}))
        tables[name] = said if _METADATA_KEYS & set(said) else constants.get(name, {})
    return tables or constants


def _fill(table: DescribedTable, said: Mapping[str, Any]) -> None:
    # Our own plans write `ingestion`, the target's interface `ingestion_type`.
    ingestion = said.get("ingestion_type", said.get("ingestion"))
    if ingestion in INGESTION_TYPES:
        table.say("ingestion", ingestion)
    keys = said.get("primary_keys")
    keys = [keys] if isinstance(keys, str) else as_list(keys)
    columns = [column(key) for key in keys]
    table.say("primary_keys", columns if all(columns) else [])
    if ingestion != "snapshot":
        table.say("cursor_field", column(said.get("cursor_field")))


def _spec(description: Description, spec: Mapping[str, Any], connection: Mapping[str, Any]) -> None:
    description.say("source_name", as_text(spec.get("display_name")).strip(), SPEC)
    description.say("connection_parameters", list(_parameters(connection)), SPEC)
    description.say("oauth", _oauth(as_mapping(connection.get("oauth"))), SPEC)
    options = as_text(spec.get("external_options_allowlist")).split(",")
    named = [one.strip() for one in options if re.fullmatch(r"[A-Za-z_][\w.-]*", one.strip())]
    description.say("table_options", list(dict.fromkeys(named)), SPEC)


def _parameters(connection: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """What people fill in, each once. Of several ways to sign in, none needs its own parameters."""
    methods = [as_mapping(one) for one in as_list(connection.get("auth_methods"))]
    shared = as_list(connection.get("parameters"))
    there: set[str] = set()
    for listed in (shared, *(as_list(method.get("parameters")) for method in methods)):
        for one in map(as_mapping, listed):
            name = as_text(one.get("name"))
            if not re.fullmatch(r"\w+", name) or name in there:
                continue
            there.add(name)
            is_needed = one.get("required") is True and (listed is shared or len(methods) == 1)
            secret = {"secret": True} if one.get("secret") is True else {}
            yield {"name": name, "required": is_needed} | secret


def _oauth(stated: Mapping[str, Any]) -> dict[str, Any]:
    """The block of the spec as the answer to `oauth`; addresses that are no https are left out."""
    said: dict[str, Any] = {}
    for key in ("authorization_url", "token_url"):
        if re.fullmatch(r"https://\S+", as_text(stated.get(key))):
            said[key] = stated[key]
    if stated.get("flow") in FLOWS:
        said["flow"] = stated["flow"]
    if isinstance(stated.get("pkce"), bool):
        said["pkce"] = stated["pkce"]
    if as_text(stated.get("scopes")).strip():
        said["scopes"] = stated["scopes"].split()
    more = as_mapping(stated.get("extra_auth_params"))
    if more:
        said["extra_parameters"] = {str(name): str(value) for name, value in more.items()}
    return said


def _sign_in(description: Description, package: Package, connection: Mapping[str, Any]) -> None:
    """How the connector signs in: by the flow of its spec, and by the words of its code."""
    flow = FLOWS.get(as_text(as_mapping(connection.get("oauth")).get("flow")))
    if not flow:
        description.say("auth_methods", _by_its_words(package), "its requests", DERIVED)
        return
    # The token of the flow goes into the header that a fixed one would go into.
    has_choice = bool(connection.get("auth_methods"))
    others = [one for one in _by_its_words(package) if has_choice or one != "bearer_token"]
    description.say("auth_methods", list(dict.fromkeys([flow, *others])), SPEC)


def _by_its_words(package: Package) -> list[str]:
    """The methods that the code names by the words every client of HTTP uses for them."""
    texts = set(package.texts)
    grants = [one for one in ("client_credentials", "refresh_token") if one in texts]
    asks_for_token = "grant_type" in texts or any("grant_type=" in one for one in texts)
    if asks_for_token and grants:
        return [f"oauth2_{one}" for one in grants]
    if any(one.startswith("Basic ") for one in texts) or package.calls_to("HTTPBasicAuth"):
        return ["basic"]
    return ["bearer_token"] if any(one.startswith("Bearer ") for one in texts) else []
