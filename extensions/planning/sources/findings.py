"""What one row of the catalogue says: findings, and where nothing was found.

A row maps ecosystems to what is known there; the snapshot holds the date and commit of each list.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .existing import Finding

STAGES = {
    "ga": "that is generally available",
    "ga_likely": "that is probably generally available, though one source calls it a preview",
    "public_preview": "in public preview",
    "beta": "in beta",
    "unknown": "whose release stage is unknown",
}
"""Release stage of a managed connector in the data -> how a sentence says it."""

PREVIEWS = ("public_preview", "beta")

_DOCS = "https://docs.databricks.com/aws/en"
_UPSTREAM = "https://github.com/databrickslabs/lakeflow-community-connectors"
_SOURCES = "src/databricks/labs/community_connector/sources"

DLT_CORE = frozenset(("filesystem", "rest_api", "sql_database"))
"""Sources that dlt itself brings; the others come from its verified sources, a list of its own."""

ECOSYSTEMS = {
    "managed": ("managed connector", f"{_DOCS}/ingestion/lakeflow-connect/"),
    "community": ("community connector", f"{_UPSTREAM}/tree/master/{_SOURCES}"),
    "airbyte": ("Airbyte source", "https://docs.airbyte.com/integrations/sources/"),
    "singer": ("Singer tap", "https://hub.meltano.com/extractors/"),
    "dlt": ("dlt source", "https://dlthub.com/docs/dlt-ecosystem/verified-sources/"),
    "federation": ("Lakehouse Federation support", f"{_DOCS}/query-federation/database-federation"),
}
"""Ecosystem -> what one of its connectors is called, and where to check whether there is one."""


THIRD_PARTIES = {"airbyte": "Airbyte", "singer": "Singer", "dlt": "dlt"}
"""Ecosystems of others, and what people call them."""


def found(row: Mapping[str, Any], snapshot: Mapping[str, Any]) -> tuple[Finding, ...]:
    """One finding for each ecosystem in `row`."""
    return tuple(_finding(one, row[one], snapshot["ecosystems"]) for one in _DESCRIBE if one in row)


def absent(row: Mapping[str, Any], snapshot: Mapping[str, Any]) -> tuple[Finding, ...]:
    """For each ecosystem that is not in `row`: that nothing was found, and where to check."""
    return tuple(
        _nothing(one, snapshot["ecosystems"][one]["date"]) for one in ECOSYSTEMS if one not in row
    )


def _finding(ecosystem: str, known: Any, lists: Mapping[str, Mapping[str, str]]) -> Finding:
    facts = known if ecosystem == "managed" else {}
    names = tuple(facts.get("pages", known))
    in_core = ecosystem == "dlt" and DLT_CORE.issuperset(names)
    listed = lists["dlt_core" if in_core else ecosystem]
    return Finding(
        ecosystem=ecosystem,
        names=names,
        detail=_DESCRIBE[ecosystem](known),
        as_of=listed["date"],
        url=_url(ecosystem, names, listed["commit"]),
        partial=facts.get("partial", False),
        preview=facts.get("stage") in PREVIEWS,
    )


def _url(ecosystem: str, names: tuple[str, ...], commit: str) -> str:
    """The page of the only connector, or the page that several have in common."""
    name, page = names[0], ECOSYSTEMS[ecosystem.removesuffix("_api_only")][1]
    if len(names) > 1 or ecosystem not in (*THIRD_PARTIES, "community"):
        return page  # names of managed pages are beginnings of page names
    if ecosystem == "community":
        return f"{_UPSTREAM}/tree/{commit}/{_SOURCES}/{name}"
    if ecosystem == "dlt" and name not in DLT_CORE:
        return f"https://github.com/dlt-hub/verified-sources/tree/{commit}/sources/{name}"
    return page + name.removeprefix("source-")


def _nothing(ecosystem: str, as_of: str) -> Finding:
    what, url = ECOSYSTEMS[ecosystem]
    detail = f"No {what} found in the catalogue of {as_of}; check {url}."
    return Finding(ecosystem=ecosystem, names=(), detail=detail, as_of=as_of, url=url)


def _describe_managed(known: dict[str, Any]) -> str:
    stage, scope = STAGES[known["stage"]], known.get("scope", "")
    return f"Managed connector {stage}{scope} ({', '.join(known['pages'])})."


def _describe_api_only(types: list[str]) -> str:
    return (
        f"Databricks' API names the source type {' and '.join(types)}, but no page documents it: "
        "a managed connector may be planned or in private preview."
    )


def _describe_dlt(names: list[str]) -> str:
    generic = "; sql_database is its generic SQL source" if "sql_database" in names else ""
    return f"dlt reads it ({', '.join(names)}){generic}."


_DESCRIBE: dict[str, Callable[[Any], str]] = {
    "managed": _describe_managed,
    "managed_api_only": _describe_api_only,
    "community": lambda names: f"Lakeflow community connector ({', '.join(names)}).",
    "airbyte": lambda names: f"Airbyte reads it ({', '.join(names)}).",
    "singer": lambda names: (
        f"Meltano Hub lists it for Singer ({', '.join(names)}), which says nothing of upkeep."
    ),
    "dlt": _describe_dlt,
    "federation": lambda kinds: f"Lakehouse Federation queries it in place ({', '.join(kinds)}).",
}
"""Ecosystem -> the sentence about what exists there. Findings come in this order."""
