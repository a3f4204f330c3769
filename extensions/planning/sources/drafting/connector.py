"""Reads a community connector: what its code says of its tables, without executing any of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ...terms.vocabulary import INGESTION_TYPES
from .described import DERIVED, DescribedTable, Description, as_list, as_mapping, as_text
from .loading import parse, read_text
from .names import column, kept_or_made
from .python_values import Package

SPEC = "connector_spec.yaml"

GENERATED = "_generated_"
"""Prefix of the file into which all modules of a connector are merged: the same twice."""

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
        stated = kept_or_made(name)
        if not stated:
            description.skipped.append(f"table {name!r}: no name to use")
            continue
        description.tables.append(_table(stated, said, f"{description.label}, table {name}"))
    if not description.tables:
        description.skipped.append("tables: made at run time, so the code does not name them")
    spec = folder / SPEC
    _spec(description, parse(read_text(spec), SPEC) if spec.is_file() else {})
    _sign_in(description, package)
    return description


def _tables(package: Package) -> dict[str, Mapping[str, Any]]:
    """What is said of each table: by the two methods every connector has, else by its constants."""
    listed = package.call("list_tables")
    names = (
        [one for one in listed if isinstance(one, str)] if isinstance(listed, (list, dict)) else []
    )
    constants = dict(_metadata_constants(package.constants()))
    tables: dict[str, Mapping[str, Any]] = {}
    for name in names:
        said = as_mapping(package.call("read_table_metadata", name, {}))
        if not _METADATA_KEYS & set(said):
            said = as_mapping(package.call("_get_table_metadata", name, {}))
        tables[name] = said if _METADATA_KEYS & set(said) else constants.get(name, {})
    return tables or constants


def _metadata_constants(constants: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Tables out of constants that map names to mappings with keys or ingestion."""
    for value in constants.values():
        if not isinstance(value, dict):
            continue
        for name, said in value.items():
            if isinstance(name, str) and _METADATA_KEYS & set(as_mapping(said)):
                yield name, said


def _table(name: str, said: Mapping[str, Any], origin: str) -> DescribedTable:
    table = DescribedTable(name, origin)
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
    return table


def _spec(description: Description, spec: Any) -> None:
    spec = as_mapping(spec)
    description.say("source_name", as_text(spec.get("display_name")).strip(), SPEC)
    connection = as_mapping(spec.get("connection"))
    parameters = []
    for one in map(as_mapping, as_list(connection.get("parameters"))):
        if re.fullmatch(r"\w+", as_text(one.get("name"))):
            parameter = {"name": one["name"], "required": one.get("required") is True}
            parameters.append(parameter | ({"secret": True} if one.get("secret") is True else {}))
    description.say("connection_parameters", parameters, SPEC)
    options = as_text(spec.get("external_options_allowlist")).split(",")
    named = [one.strip() for one in options if re.fullmatch(r"[A-Za-z_][\w.-]*", one.strip())]
    description.say("table_options", list(dict.fromkeys(named)), SPEC)


def _sign_in(description: Description, package: Package) -> None:
    """How the code signs in, by the words every client of HTTP uses for it."""
    texts = set(package.texts)
    grants = [one for one in ("client_credentials", "refresh_token") if one in texts]
    asks_for_token = "grant_type" in texts or any("grant_type=" in one for one in texts)
    if asks_for_token and grants:
        methods = [f"oauth2_{one}" for one in grants]
    elif any(one.startswith("Basic ") for one in texts) or package.calls_to("HTTPBasicAuth"):
        methods = ["basic"]
    elif any(one.startswith("Bearer ") for one in texts):
        methods = ["bearer_token"]
    else:
        return
    description.say("auth_methods", methods, "its requests", DERIVED)
