#!/usr/bin/env python3
# /// script
# requires-python = ">=3.10"
# dependencies = ["packaging", "PyYAML"]
# ///
"""Drafts a plan file from descriptions of a source, or says what changed in them since.

    python scripts/draft_plan.py DESCRIPTION... --connector acme [-o plan.yml]
        [--tables a,b | --top N]
    python scripts/draft_plan.py DESCRIPTION... --against sources/acme/.copier-answers.yml

A description is a file or a folder: OpenAPI 2.0 to 3.1, an Airbyte manifest or catalog, a Singer
catalog, the package of a community connector, information_schema as CSV (--queries prints what to
run), a Google discovery document, OData $metadata, or GraphQL: the answer to introspection, or the
schema. What it is shows in its content. Nothing is executed, fetched or rendered.

Exit code 0: drafted, or nothing changed. 1: something changed. 2: it cannot be read.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "extensions"))

try:
    from planning.answers import plan_file
    from planning.sources import drafting
    from planning.sources.drafting import (
        comparison,
        described,
        drift,
        information_schema,
        names,
        plan_text,
    )
    from planning.terms import near
except ModuleNotFoundError as missing:
    sys.exit(f"draft_plan needs {missing.name}; run it where Copier is, or pip install PyYAML.")


def main(arguments: list[str]) -> int:
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # a console may lack characters of a name
    given = _parser().parse_args(arguments)
    if given.queries:
        print(information_schema.QUERIES, end="")
        return 0
    try:
        draft = comparison.merged(drafting.read(given.descriptions))
        if given.against:
            return _drift(draft, given.against)
        tables = _tables(draft, given)
        text = plan_text.plan_text(draft, _connector(draft, given.connector), tables)
    except drafting.Unreadable as error:
        print(error, file=sys.stderr)
        return 2
    if given.output:
        given.output.write_text(text, encoding="utf-8")
        print(f"{len(tables)} tables: {given.output}", file=sys.stderr)
    else:
        print(text, end="")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description="Drafts a plan file from descriptions of a source.",
        epilog="Exit code 0: drafted, or nothing changed. 1: something changed. 2: cannot be read.",
    )
    parser.add_argument("descriptions", nargs="*", type=Path, metavar="DESCRIPTION")
    parser.add_argument("--connector", help="name of the connector, such as acme_crm")
    parser.add_argument("-o", "--output", type=Path, help="where to write the plan; else it prints")
    some = parser.add_mutually_exclusive_group()
    some.add_argument("--tables", help="only these tables, with commas")
    some.add_argument("--top", type=int, help="only so many tables, the likeliest first")
    parser.add_argument("--against", type=Path, help="answers file to compare with; drafts nothing")
    parser.add_argument("--queries", action="store_true", help="print queries for a database")
    return parser


def _connector(draft: drafting.Description, given: str | None) -> str:
    stated = draft.facts.get("source_name")
    name = given or (names.table_name(str(stated.value))[:50] if stated else "")
    if not name:
        raise drafting.Unreadable("the description names no source; say --connector acme.")
    return name


def _tables(
    draft: drafting.Description, given: argparse.Namespace
) -> list[drafting.DescribedTable]:
    if not given.tables:
        return draft.tables[: given.top]
    known = described.by_spelling(draft.tables)
    wanted = [one.strip() for one in given.tables.split(",") if one.strip()]
    found = []
    for name in wanted:
        table = known.get(name) or known.get(names.plain(name))
        if table is None:
            others = [table.name for table in draft.tables]
            hint = near.did_you_mean(name, others) or f"it has {len(others)} others."
            raise drafting.Unreadable(f"--tables: the description has no table {name}; {hint}")
        found.append(table)
    return found


def _drift(draft: drafting.Description, path: Path) -> int:
    answers = plan_file.read_plan_file(path.read_text(encoding="utf-8-sig")).answers
    sentences = drift.drift(draft, answers)
    print("\n".join(sentences) or "Nothing has changed.")
    return 1 if sentences else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
