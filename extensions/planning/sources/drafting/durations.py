"""ISO 8601 durations, as descriptions write them: `P1D`, `PT10M`."""

from __future__ import annotations

import re

_DURATION = re.compile(r"P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")
_UNITS = ("week", "day", "hour", "minute", "second")


def as_words(text: str) -> str:
    """`P1D` as `1 day`, `PT10S` as `10 seconds`; '' for zero, months, and what is no duration."""
    match = _DURATION.fullmatch(text.strip())
    stated = zip(match.groups(), _UNITS, strict=True) if match else ()
    parts = [(int(number), unit) for number, unit in stated if number]
    if len(parts) != 1 or not parts[0][0]:
        return ""
    number, unit = parts[0]
    return f"{number} {unit}" + ("s" if number != 1 else "")
