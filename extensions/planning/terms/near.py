"""The names that are near a misspelt one."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from .values import shown

HINTS = 3
"""Names a hint offers: more would be a list to read, not a hint."""


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """`did you mean orders?`, or '' where no known name is near. Upper and lower case are alike."""
    by_lower = {one.lower(): one for one in known}
    # 0.6 is difflib's own measure of a close match: about one slip in three letters.
    near = difflib.get_close_matches(name.lower()[:100], by_lower, n=HINTS, cutoff=0.6)
    return f"did you mean {' or '.join(by_lower[one] for one in near)}?" if near else ""


def unknown_key(key: object, known: Iterable[str]) -> str:
    """What is wrong with a mapping that has a key nobody knows, to go on after its name."""
    if isinstance(key, int):  # `{rows: 1,200,000}` has the keys rows, 200 and 0
        right = "write numbers without commas, such as 1200000."
    else:
        right = did_you_mean(str(key), known) or f"known are {', '.join(known)}."
    return f"has the unknown key {shown(key)}; {right}"
