"""The pages of docs/reference, one module a page. scripts/write_reference.py writes them."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
GENERATED = "<!-- Written by scripts/write_reference.py; edits are lost. -->\n"

if str(ROOT / "extensions") not in sys.path:
    sys.path.insert(0, str(ROOT / "extensions"))


class Undescribed(Exception):
    """Something has no words in the reference yet; the message says where to write them."""


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """A Markdown table. Cells are Markdown already; bars in them are escaped here."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join(f"| {' | '.join(map(_escaped, line))} |\n" for line in lines)


def _escaped(cell: str) -> str:
    return cell.replace("|", "\\|")
