"""Writes a draft as a plan file: answers in the order of the questions, each with its origin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import Any

import yaml

from ...answers.checks import refusal
from ...answers.tables import READERS, TABLE_KEYS
from ...terms.values import Refusal
from .described import STATED, DescribedTable, Description, Fact

WIDTH = 100

LONGEST = 600
"""Characters of an origin or a value: six lines of a page, beyond which nobody reads on."""

SOUGHT = (
    *("source_name", "source_type", "docs_url", "tables", "auth_methods", "connection_parameters"),
    *("table_options", "oauth", "rate_limit", "page_size", "pagination", "api_version"),
)
"""Questions that descriptions can answer, in the order of the session."""

OPTIONAL = ("connection_parameters", "table_options", "oauth")
"""Questions that nobody misses where no description answers them."""

NEVER = "rows, rows_per_day, sync_interval, priorities, problem, target_users and use_cases"


def plan_text(draft: Description, connector: str, tables: Sequence[DescribedTable]) -> str:
    """The text of a plan file with these tables of the draft."""
    unconfirmed: dict[str, str] = {}
    lines = list(_head(draft, tables))
    lines += ["", f"connector: {_dumped(connector)}"]
    for name in SOUGHT:
        if name == "tables":
            lines += _tables(tables, unconfirmed)
            continue
        fact = draft.facts.get(name)
        if fact is None or not _is_safe(fact.value) or refusal(fact.value, name):
            if name not in OPTIONAL:
                lines.append(f"# {name}: looked for, not found")
            continue
        lines += ["", *_comment(f"{_graded(fact)}"), *_answer(name, fact.value)]
        unconfirmed[name] = _line(fact.origin)
    if unconfirmed:
        lines += ["", "# Strike an entry to confirm it; {} confirms all.", "unconfirmed:"]
        lines += [f"  {_dumped(name)}: {_dumped(origin)}" for name, origin in unconfirmed.items()]
    return "\n".join(lines) + "\n"


def _head(draft: Description, tables: Sequence[DescribedTable]) -> Iterator[str]:
    yield from _comment(f"Drafted from {draft.label}. Nobody has confirmed any of it.")
    yield from _comment(f"Not drafted from any description: {NEVER}.")
    left_out = [table.name for table in draft.tables if table not in tables]
    if left_out:
        yield "#"
        yield from _comment(f"Left out, the likeliest first: {', '.join(left_out)}.")
    if draft.skipped:
        yield "#"
        yield "# Not read:"
        for sentence in draft.skipped:
            yield from _comment(f"- {sentence}")


def _tables(tables: Sequence[DescribedTable], unconfirmed: dict[str, str]) -> Iterator[str]:
    yield ""
    if not tables:
        yield "# tables: looked for, not found"
        return
    yield "tables:"
    for table in tables:
        yield from _comment(table.origin, "  ")
        if table.deprecated:
            yield "  # deprecated"
        yield f"  - name: {_dumped(table.name)}"
        for key in TABLE_KEYS:
            fact = table.facts.get(key)
            if fact is None or not _is_safe(fact.value) or not _is_taken(key, fact.value):
                continue
            if fact.origin != table.origin or fact.grade != STATED:
                yield from _comment(_graded(fact), "    ")
            yield f"    {key}: {_dumped(fact.value)}"
            unconfirmed[f"tables.{table.name}.{key}"] = _line(fact.origin)
        for key, columns in table.candidates.items():
            if key not in table.facts:
                question = f"{key}: not stated. Which of {', '.join(columns)}, if any?"
                yield from _comment(question, "    ")


def _answer(name: str, value: Any) -> Iterator[str]:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        yield f"{name}:"
        yield from (f"  - {_dumped(one)}" for one in value)
    elif isinstance(value, dict):
        yield f"{name}:"
        yield from (f"  {_dumped(key)}: {_dumped(one)}" for key, one in value.items())
    else:
        yield f"{name}: {_dumped(value)}"


def _graded(fact: Fact) -> str:
    return fact.origin if fact.grade == STATED else f"{fact.grade}: {fact.origin}"


def _comment(text: str, indent: str = "") -> list[str]:
    lines = wrap(_one_line(text), WIDTH - len(indent) - 2, break_on_hyphens=False)
    return [f"{indent}# {line}" for line in lines]


def _line(text: str) -> str:
    """An origin: on one line, and no longer than people read."""
    return _one_line(text)[:LONGEST]


def _one_line(text: str) -> str:
    """A text on one line, which no tool takes for a template."""
    printable = "".join(one if one.isprintable() else " " for one in text)
    for mark in ("{{", "{%", "{#", "}}", "%}", "#}"):
        printable = printable.replace(mark, " ".join(mark))
    return " ".join(printable.split())


def _is_safe(value: Any) -> bool:
    """Whether no part of a value can be taken for a template or breaks out of its line."""
    if isinstance(value, dict):
        return all(_is_safe(one) for one in (*value, *value.values()))
    if isinstance(value, list):
        return all(map(_is_safe, value))
    return not isinstance(value, str) or (_one_line(value) == value and len(value) <= LONGEST)


def _is_taken(key: str, value: Any) -> bool:
    """Whether a plan takes a value for a key of a table."""
    try:
        return key not in READERS or READERS[key](value) is not None
    except Refusal:
        return False


def _dumped(value: Any) -> str:
    text = yaml.safe_dump(
        value, default_flow_style=True, sort_keys=False, allow_unicode=True, width=10**6
    )
    return str(text).removesuffix("...\n").strip()
