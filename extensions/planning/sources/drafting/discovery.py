"""Reads Google discovery documents, by writing them the way OpenAPI does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .described import Description, as_mapping
from .openapi import read_document
from .references import Document


def is_discovery(data: Any) -> bool:
    """Whether the data is a Google discovery document."""
    root = as_mapping(data)
    return root.get("kind") == "discovery#restDescription" or (
        "discoveryVersion" in root and "resources" in root
    )


def read(data: Mapping[str, Any], label: str) -> Description:
    """What a discovery document says."""
    paths: dict[str, dict[str, Any]] = {}
    for method in _methods(data):
        verb = str(method.get("httpMethod", "")).lower()
        path = str(method.get("flatPath") or method.get("path", ""))
        if verb and path:
            paths.setdefault(f"/{path.lstrip('/')}", {}).setdefault(verb, _operation(method))
    scopes = as_mapping(as_mapping(as_mapping(data.get("auth")).get("oauth2")).get("scopes"))
    schemes = (
        {"oauth2": {"type": "oauth2", "flow": "accessCode", "scopes": dict(scopes)}}
        if scopes
        else {}
    )
    openapi = {
        "openapi": "3.0.0",
        "info": {key: data.get(key, "") for key in ("title", "version", "description")},
        "externalDocs": {"url": data.get("documentationLink", "")},
        "paths": paths,
        "components": {"schemas": _with_pointers(data.get("schemas")), "securitySchemes": schemes},
    }
    return read_document(Document(openapi), Description("discovery", label))


def _methods(resource: Mapping[str, Any], depth: int = 0) -> Iterator[Mapping[str, Any]]:
    yield from map(as_mapping, as_mapping(resource.get("methods")).values())
    if depth < 12:
        for inner in as_mapping(resource.get("resources")).values():
            yield from _methods(as_mapping(inner), depth + 1)


def _operation(method: Mapping[str, Any]) -> dict[str, Any]:
    parameters = [
        {
            "name": name,
            "in": as_mapping(said).get("location"),
            "description": as_mapping(said).get("description", ""),
            "schema": said,
        }
        for name, said in as_mapping(method.get("parameters")).items()
    ]
    answer = _with_pointers(method.get("response"))
    return {
        "operationId": method.get("id", ""),
        "deprecated": method.get("deprecated") is True,
        "parameters": parameters,
        "responses": {"200": {"content": {"application/json": {"schema": answer}}}},
    }


def _with_pointers(value: Any, depth: int = 0) -> Any:
    """The schemas with names of schemas written as pointers."""
    if depth > 60:
        return None
    if isinstance(value, Mapping):
        return {
            key: f"#/components/schemas/{one}"
            if key == "$ref" and isinstance(one, str)
            else _with_pointers(one, depth + 1)
            for key, one in value.items()
        }
    if isinstance(value, list):
        return [_with_pointers(one, depth + 1) for one in value]
    return value
