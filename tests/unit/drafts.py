"""Descriptions of a made-up source, as its vendor would write them, and how tests read one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml
from planning.sources import drafting
from planning.sources.drafting.described import DescribedTable, Description


def described(tmp_path: Path, content: Any, name: str = "acme.json") -> Description:
    """What is read from one file with this content: a text, or data that becomes JSON."""
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    (description,) = drafting.read([path])
    return description


def table(description: Description, name: str) -> DescribedTable:
    """The table by this name."""
    found = {one.name: one for one in description.tables}
    assert name in found, f"no {name} among {sorted(found)}"
    return found[name]


def values(description: Description, name: str) -> dict[str, Any]:
    """The facts of a table, without their origins."""
    return {key: fact.value for key, fact in table(description, name).facts.items()}


def answers(description: Description) -> dict[str, Any]:
    """The facts of the source, without their origins."""
    return {question: fact.value for question, fact in description.facts.items()}


def listing(
    item: dict[str, Any] | None = None,
    *parameters: dict[str, Any],
    under: str = "data",
    **more: Any,
) -> dict[str, Any]:
    """A GET operation of OpenAPI 3 that lists records."""
    record = {"type": "object", "properties": item or {"id": {"type": "string"}}}
    schema = {"type": "object", "properties": {under: {"type": "array", "items": record}}}
    answer = {"200": {"content": {"application/json": {"schema": schema}}}}
    return {"get": {"parameters": list(parameters), "responses": answer, **more}}


def query(name: str, description: str = "", **schema: Any) -> dict[str, Any]:
    """A parameter of a query."""
    said = {"type": "string", **schema}
    return {"name": name, "in": "query", "description": description, "schema": said}


def openapi(paths: dict[str, Any], **more: Any) -> dict[str, Any]:
    """An OpenAPI 3.0 document with these paths."""
    return {
        "openapi": "3.0.3",
        "info": {"title": "Acme API", "version": "1"},
        "paths": paths,
        **more,
    }


TIME = {"type": "string", "format": "date-time"}
TEXT = {"type": "string"}


def manifest(*streams: dict[str, Any], **more: Any) -> str:
    """An Airbyte manifest with these streams, as YAML."""
    root = {
        "version": "6.0.0",
        "type": "DeclarativeSource",
        "check": {"type": "CheckStream", "stream_names": ["orders"]},
        "streams": list(streams),
        **more,
    }
    return str(yaml.safe_dump(root, sort_keys=False))
