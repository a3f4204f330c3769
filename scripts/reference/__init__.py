"""What is written from the code, one module a file. scripts/write_reference.py writes them."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
GENERATED = "<!-- Written by scripts/write_reference.py; edits are lost. -->\n"
LONGEST_LINE = 90  # of JSON, without the key before it

if str(ROOT / "extensions") not in sys.path:
    sys.path.insert(0, str(ROOT / "extensions"))


class Undescribed(Exception):
    """Something has no words in the reference yet; the message says where to write them."""


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """A Markdown table. Cells are Markdown already; bars in them are escaped here."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join(f"| {' | '.join(map(_escaped, line))} |\n" for line in lines)


def as_json(value: Any, indent: str = "") -> str:
    """JSON in which what fits on a line stands on one, so that a reader sees more at once."""
    line = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, (dict, list)) or len(indent + line) <= LONGEST_LINE:
        return line
    inner = f"{indent}  "
    items = (
        [f"{json.dumps(key)}: {as_json(item, inner)}" for key, item in value.items()]
        if isinstance(value, dict)
        else [as_json(item, inner) for item in value]
    )
    lines = ",".join(f"\n{inner}{item}" for item in items)
    return f"{line[0]}{lines}\n{indent}{line[-1]}"


def _escaped(cell: str) -> str:
    return cell.replace("|", "\\|")
