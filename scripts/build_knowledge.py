"""Rebuilds what the session knows of sources by itself: extensions/planning/data/known_sources.txt.

    python scripts/build_knowledge.py path/to/airbyte path/to/lakeflow-community-connectors [output]

Both are Git repositories; of the first only single files are read, so a partial or bare copy of a
fork will do. The same commits give the same output, byte for byte. Facts only: names of tables and
columns, keys, cursors, parents, paths, page sizes, ways of signing in and paging, addresses of
documentation. What each fact comes from, and how sure it is: docs/knowledge.md.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "extensions"))
from planning.sources import catalogue  # noqa: E402
from planning.sources.drafting import Description, Unreadable, airbyte, connector  # noqa: E402
from planning.sources.drafting.loading import parse  # noqa: E402
from planning.sources.drafting.names import plain  # noqa: E402
from planning.sources.knowledge import FILE_NAME, HEADER_KEY, SOURCE_FACTS, TABLE_FACTS  # noqa: E402

DATA = ROOT / "extensions" / "planning" / "data"

CONNECTORS = "airbyte-integrations/connectors"
SOURCES = "src/databricks/labs/community_connector/sources"

REPOSITORIES = {
    "community": "databrickslabs/lakeflow-community-connectors",
    "airbyte": "williamkaper/airbyte",
}

TEST_SOURCES = frozenset(("source-e2e-test", "source-public-apis", "example"))
"""Connectors that read no source anybody plans for."""

MOST_TABLES = 300
"""Tables of one source that are kept: with more, nobody picks from a list."""


def main() -> None:
    """Reads both repositories and writes the data file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("airbyte", type=Path, help="repository with Airbyte's manifests")
    parser.add_argument("upstream", type=Path, help="checkout of the community connectors")
    parser.add_argument("output", type=Path, nargs="?", default=DATA / FILE_NAME)
    given = parser.parse_args()
    found = {
        "airbyte": dict(manifests(given.airbyte)),
        "community": dict(connectors(given.upstream)),
    }
    commits = {"airbyte": commit(given.airbyte), "community": commit(given.upstream)}
    text = build(found, commits)
    given.output.write_bytes(text.encode())
    tables = sum(
        len(json.loads(line.partition("\t")[2])["tables"]) for line in text.splitlines()[1:]
    )
    print(f"{text.count(chr(10)) - 1} sources, {tables} tables, {len(text.encode())} bytes")


def commit(repository: Path) -> dict[str, str]:
    """Commit and day of what is checked out."""
    said = _git(repository, "log", "-1", "--format=%H %cs").decode().split()
    return {"commit": said[0], "date": said[1]}


def manifests(repository: Path) -> Iterator[tuple[str, Description]]:
    """What each manifest says, by the name of its connector. One that cannot be read is named."""
    listed = _git(repository, "ls-tree", "-r", "HEAD", f"{CONNECTORS}/").decode().splitlines()
    blobs = {line.partition("\t")[2]: line.split()[2] for line in listed}
    pattern = re.compile(rf"{CONNECTORS}/(source-[\w-]+)/(?:source_\w+/)?manifest\.yaml")
    for path in sorted(blobs, key=lambda one: (one.count("/"), one)):
        match = pattern.fullmatch(path)
        if not match or match[1] in TEST_SOURCES:
            continue
        try:
            data = _parsed(repository, blobs, path)
            metadata = _parsed(repository, blobs, f"{CONNECTORS}/{match[1]}/metadata.yaml")
        except Unreadable as error:
            print(f"{path}: {error}", file=sys.stderr)
            continue
        if airbyte.is_manifest(data):
            yield match[1], airbyte.read(data, "", metadata)


def connectors(repository: Path) -> Iterator[tuple[str, Description]]:
    """What each community connector says, by the name of its folder."""
    for folder in sorted((repository / SOURCES).iterdir()):
        if folder.is_dir() and folder.name not in TEST_SOURCES and connector.is_connector(folder):
            yield folder.name, connector.read(folder)


def build(found: dict[str, dict[str, Description]], commits: dict[str, dict[str, str]]) -> str:
    """The data file: where it comes from, then one source a line, by the letters of its name."""
    header = {kind: {"repository": REPOSITORIES[kind], **said} for kind, said in commits.items()}
    lines = {HEADER_KEY: _json(header)}
    for key, members in groups(found).items():
        said = [(kind, name, found[kind][name]) for kind, name in members]
        line = source(said)
        if line["tables"]:
            lines[key] = _json(line)
    return "".join(f"{key}\t{lines[key]}\n" for key in sorted(lines))


def groups(found: dict[str, dict[str, Description]]) -> dict[str, list[tuple[str, str]]]:
    """Connectors by source. The catalogue says which read the same one.

    Where it has several of Airbyte's for one product, such as Zendesk's, the one that shares most
    tables with the community connector is the product's, else the one named like it. The others
    are found under names of their own.
    """
    known = catalogue.Catalogue(DATA / catalogue.FILE_NAME)
    rows: dict[str, list[tuple[str, str]]] = {}
    for kind in ("community", "airbyte"):
        for name, description in found[kind].items():
            stated = description.facts.get("source_name")
            match = known.look_up(name.removeprefix("source-"), str(stated.value) if stated else "")
            key = catalogue.key_of(match.match or name.removeprefix("source-"))
            rows.setdefault(key, []).append((kind, name))
    grouped: dict[str, list[tuple[str, str]]] = {}
    for key, members in rows.items():
        own = [one for one in members if one[0] == "community"][:1]
        others = [one for one in members if one[0] == "airbyte"]
        tables = {plain(table.name) for kind, name in own for table in found[kind][name].tables}

        def nearness(one: tuple[str, str], key: str = key, tables: set[str] = tables) -> Any:
            shared = {plain(table.name) for table in found[one[0]][one[1]].tables} & tables
            named = catalogue.key_of(one[1].removeprefix("source-"))
            return (-len(shared), named != key, not named.startswith(key), len(named), named)

        first, *rest = sorted(others, key=nearness) or [None]
        grouped[key] = [*own, *([first] if first else [])]
        for one in [*[m for m in members if m[0] == "community"][1:], *rest]:
            grouped.setdefault(catalogue.key_of(one[1].removeprefix("source-")), [one])
    return grouped


def source(said: list[tuple[str, str, Description]]) -> dict[str, Any]:
    """One source: who says something, then facts and tables with what each of them says."""
    names = [one.facts["source_name"].value for *_, one in said if "source_name" in one.facts]
    facts: dict[str, list[Any]] = {}
    for question in SOURCE_FACTS:
        values = [_value(one.facts, question) for *_, one in said]
        if any(value is not None for value in values):
            facts[question] = values
    tables: dict[str, list[Any]] = {}
    spelt: dict[str, str] = {}
    for position, (*_, description) in enumerate(said):
        for table in description.tables[:MOST_TABLES]:
            name = spelt.setdefault(plain(table.name), table.name)
            held = tables.setdefault(name, [None] * len(said))
            held[position] = {
                key: table.facts[key].value for key in TABLE_FACTS if key in table.facts
            }
    return {
        "name": names[0] if names else said[0][1],
        "of": [[kind, name] for kind, name, _ in said],
        "facts": facts,
        "tables": tables,
    }


def _value(facts: dict[str, Any], question: str) -> Any:
    if question not in facts:
        return None
    if question == "connection_parameters":
        return _needed(facts[question].value) or None
    return facts[question].value


def _needed(parameters: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The parameters that every connection to the source needs, such as a subdomain.

    Credentials come with the way to sign in, and what may be left out is that connector's choice.
    """
    return [
        {"name": one["name"], "required": True}
        for one in parameters
        if one["required"] and not one.get("secret") and not _CREDENTIAL.search(one["name"])
    ]


_CREDENTIAL = re.compile(
    r"user|e?mail|login|password|token|secret|key|client|credential|auth", re.I
)


def _parsed(repository: Path, blobs: dict[str, str], path: str) -> Any:
    if path not in blobs:
        return None
    content = _git(repository, "cat-file", "blob", blobs[path])
    return parse(content.decode("utf-8", "replace"), path)


def _git(repository: Path, *arguments: str) -> bytes:
    return subprocess.run(
        ["git", "-C", str(repository), *arguments], check=True, stdout=subprocess.PIPE
    ).stdout


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    main()
