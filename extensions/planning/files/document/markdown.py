"""Forms of Markdown that repeat in the design document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

LEFT, RIGHT = "---", "---:"
"""How a column is aligned."""


def grid(columns: Sequence[tuple[str, str]], rows: Iterable[Sequence[str]]) -> str:
    """A table of headings, each `LEFT` or `RIGHT`, and rows of cells that are Markdown already."""
    headings, alignments = zip(*columns, strict=True)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (headings, alignments, *rows))


def box(id: str, done: bool = False) -> str:
    """The beginning of a line that people tick, or that the plan has ticked.

    A format: design_merge.py reads it, and says what it means.
    """
    return f"- [x] <!-- id: {id}, plan -->" if done else f"- [ ] <!-- id: {id} -->"


def folded(text: str, summary: str, fold: bool = True) -> str:
    """A text that opens at a click, or as it is. `summary` is HTML: no user text in it."""
    text = text.rstrip("\n")
    if not fold:
        return text
    return f"<details>\n<summary>{summary}</summary>\n\n{text}\n\n</details>"


def asked(question: str) -> str:
    """The name of a question that is open, with a link to where it is put."""
    return f"[`{question}`](#open-questions)"


def unknown(question: str) -> str:
    """What nobody knows yet, with the question that settles it."""
    return f"unknown ({asked(question)})"
