"""Rebuilds the catalogue of existing connectors that comes with the template.

    python scripts/build_catalogue.py path/to/existing_connectors.yml [output]

Needs PyYAML. The same input gives the same output, byte for byte. Nothing is written unless every
spelling in the input leads to its own source in the result. Fields of the input, and where its
facts come from: docs/catalogue.md.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

EXTENSIONS = Path(__file__).resolve().parents[1] / "extensions"
sys.path.insert(0, str(EXTENSIONS))
from planning.sources.catalogue import FILE_NAME, Catalogue, key_of  # noqa: E402
from planning.sources.findings import ECOSYSTEMS, STAGES  # noqa: E402

DATA = EXTENSIONS / "planning" / "data" / FILE_NAME

HEADER = "# Existing connectors by source. Made by scripts/build_catalogue.py; not edited by hand."

SCOPES = {
    "1password": "; it covers event logs only",
    "atlassian": "; it covers audit logs only",
    "box": "; it covers audit logs only",
    "hubspot": " for Marketing Hub, while CRM Hub is in beta",
    "microsoft-365": "; it covers audit logs only",
    "microsoft-graph": "; it covers logs only",
    "netskope": "; it covers logs only",
    "okta": "; it covers system logs only",
    "slack": "; it covers access and integration logs only",
    "wiz": "; it covers audit logs only",
    "workday": " for Reports (RaaS), while HCM and Activity Logging are in beta",
    "zendesk": "; it covers Zendesk Support",
    "zoom": "; it covers logs only",
}
"""Hand-kept: what goes on after the release stage of a managed connector that covers but a part."""

QUERY_BASED = "; it reads by query, and its newest page shows no preview banner any more"

FEDERATION = {"query": "query federation", "catalog": "catalog federation"}


def main() -> None:
    """Builds, checks and writes the data file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", type=Path, help="existing_connectors.yml")
    parser.add_argument("output", type=Path, nargs="?", default=DATA)
    arguments = parser.parse_args()
    given = yaml.safe_load(arguments.source.read_text(encoding="utf-8"))
    text = build(given)
    check(given["sources"], text)
    arguments.output.write_bytes(text.encode())
    print(f"{len(given['sources'])} sources, {len(text.encode())} bytes: {arguments.output}")


def build(given: Mapping[str, Any]) -> str:
    """The data file: a header, the snapshot, then one source a line."""
    rows = sorted(given["sources"], key=lambda row: str(row["slug"]))
    lines = [HEADER, _json(snapshot(given["snapshot"])), *map(line, rows)]
    return "\n".join(lines) + "\n"


def snapshot(given: Mapping[str, Any]) -> dict[str, Any]:
    """Date and commit of each ecosystem. A list read off pages has a date and no commit."""
    lists = {name: given[name] for name in (*ECOSYSTEMS, "managed_api_only")}
    core = {"date": given["dlt"]["dlt_date"], "commit": given["dlt"]["dlt_commit"]}
    ecosystems = {name: dated(facts) for name, facts in {**lists, "dlt_core": core}.items()}
    return {"date": str(given["generated"]), "ecosystems": ecosystems}


def dated(facts: Mapping[str, Any]) -> dict[str, str]:
    """The last date in the text of `date`, and `commit` where it is one."""
    commit = str(facts["commit"])
    return {
        "date": re.findall(r"\d{4}-\d\d-\d\d", str(facts["date"]))[-1],
        "commit": commit if re.fullmatch("[0-9a-f]{40}", commit) else "",
    }


def line(row: Mapping[str, Any]) -> str:
    """One source: its keys between bars, then what exists as JSON."""
    known: dict[str, Any] = {"name": row["name"]}
    if row.get("managed"):
        known["managed"] = managed(row)
    for ecosystem in ("managed_api_only", "community", "airbyte", "singer", "dlt"):
        if ecosystem in row:
            known[ecosystem] = _as_list(row[ecosystem])
    if "federation" in row:
        known["federation"] = [FEDERATION[kind] for kind in _as_list(row["federation"])]
    keys = sorted({key_of(spelling) for spelling in spellings(row)})
    text = _json(known)
    if "|" in text:
        sys.exit(f"{row['slug']}: a bar (|) would end its spellings; write it without.")
    return f"|{'|'.join(keys)}|{text}"


def managed(row: Mapping[str, Any]) -> dict[str, Any]:
    """What is known of a managed connector: release stage, pages, and what it covers."""
    slug, stage, pages = row["slug"], row["managed_status"], _as_list(row["managed_doc"])
    if stage not in STAGES:
        sys.exit(f'{slug}: managed_status is "{stage}"; use one of {", ".join(STAGES)}.')
    scope = SCOPES.get(slug, "")
    if stage == "public_preview" and pages == ["query-based"]:
        scope = QUERY_BASED
    if not scope and all(page.endswith("-logs") for page in pages):
        sys.exit(f"{slug}: its managed pages are about logs; say in SCOPES what they cover.")
    facts = {"stage": stage, "pages": pages}
    if scope:
        facts["scope"] = scope
    return facts | ({"partial": True} if scope.endswith("logs only") else {})


def check(rows: list[Mapping[str, Any]], text: str) -> None:
    """Exits with a sentence unless each spelling finds its own row in `text`."""
    owners: dict[str, str] = {}
    for row in rows:
        for spelling in spellings(row):
            owner = owners.setdefault(key_of(spelling), row["slug"])
            if owner != row["slug"]:
                sys.exit(f'"{spelling}" is a spelling of {owner} and of {row["slug"]}; keep one.')
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "catalogue.txt"
        path.write_bytes(text.encode())
        catalogue = Catalogue(path)
        for row in rows:
            for spelling in spellings(row):
                if catalogue.look_up(spelling).match != row["name"]:
                    sys.exit(f'"{spelling}" does not lead to {row["name"]} in the result.')


def spellings(row: Mapping[str, Any]) -> list[str]:
    """Everything a source is called in its row."""
    return [str(one) for one in (row["slug"], row["name"], *row.get("aliases", ()))]


def _as_list(value: Any) -> list[str]:
    return list(value) if isinstance(value, list) else [value]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    main()
