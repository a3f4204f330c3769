"""Drafts the answers of a plan from descriptions of a source, and compares them with a plan.

`read` is the way in: it recognises what a file or folder is by its content, and hands it to the
reader of that kind, which is loaded no sooner. Nothing is executed, fetched or rendered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from .described import DescribedTable, Description, Unreadable
from .loading import parse, read_text

__all__ = ["DescribedTable", "Description", "Unreadable", "read"]

SUFFIXES = tuple(".json .yaml .yml .csv .xml .edmx .csdl .graphql .graphqls .gql".split())
"""Endings of files that are looked at in a folder."""


def read(paths: Iterable[Path]) -> list[Description]:
    """What the descriptions say, one after the other.

    A path is a file, a folder of files, or the package of a connector. Raises `Unreadable` where
    one of them holds no description that is known here.
    """
    found: list[Description] = []
    for path in paths:
        path = path.parent if path.suffix == ".py" else path  # a module is its whole package
        one = list(_of_folder(path) if path.is_dir() else _of_files([path], path.parent))
        if not one:
            raise Unreadable(
                f"{path} is none of the descriptions that can be read: OpenAPI, an Airbyte "
                "manifest or catalog, a Singer catalog, a community connector, information_schema "
                "as CSV, a Google discovery document, OData $metadata, or GraphQL's schema."
            )
        found += one
    return found


def _of_folder(folder: Path) -> Iterator[Description]:
    from . import connector

    if connector.is_connector(folder):
        yield connector.read(folder)
        return
    files = [path for path in sorted(folder.rglob("*")) if path.suffix.lower() in SUFFIXES]
    yield from _of_files([path for path in files if path.is_file()], folder)


def _of_files(paths: list[Path], root: Path) -> Iterator[Description]:
    """Descriptions in files; those of information_schema are one together."""
    from . import information_schema

    rows: list[dict[str, str]] = []
    names: list[str] = []
    alone = len(paths) == 1
    for path in paths:
        label = path.name if alone else path.relative_to(root).as_posix()
        try:
            text = read_text(path)
            more = information_schema.rows_of(text)
            rows += more
            if more:
                names.append(label)
                continue
            one = _of_text(text, path, root, label)
        except Unreadable:
            if alone:
                raise
            continue  # beside a description there are files of all kinds
        if one is not None:
            yield one
    if rows:
        yield information_schema.read(rows, " and ".join(names))


def _of_text(text: str, path: Path, root: Path, label: str) -> Description | None:
    from . import airbyte, catalogs, discovery, graphql, graphql_sdl, odata, openapi

    if text.lstrip().startswith("<"):
        return odata.read(text, f"{label} (OData)") if odata.is_metadata(text) else None
    if graphql_sdl.is_sdl(text):
        return graphql.read(graphql_sdl.schema_of(text), f"{label} (GraphQL schema)")
    data: Any = parse(text, path.name)
    if openapi.is_openapi(data):
        return openapi.read(data, label, path.resolve(), root.resolve())
    if discovery.is_discovery(data):
        return discovery.read(data, f"{label} (Google discovery)")
    if airbyte.is_manifest(data):
        return airbyte.read(data, f"{label} (Airbyte manifest)", _metadata(path))
    if catalogs.is_catalog(data):
        return catalogs.read(data, f"{label} (catalog)")
    schema = graphql.schema_of(data)
    return graphql.read(schema, f"{label} (GraphQL)") if schema else None


def _metadata(manifest: Path) -> dict[str, Any] | None:
    """The `metadata.yaml` beside a manifest, or one folder up, where Airbyte keeps it."""
    for folder in (manifest.parent, manifest.parent.parent):
        path = folder / "metadata.yaml"
        if path.is_file():
            data = parse(read_text(path), path.name)
            return data if isinstance(data, dict) else None
    return None
