"""Reads the libraries a connector needs, written as PEP 508 requirements."""

from __future__ import annotations

import re

from ..terms.values import Refusal, as_items, looks_structured, parse_text, shown

_GOES_ON = re.compile(r"\s*[<>=!~]")
"""A part that begins with a comparison belongs to the requirement before the comma."""


def parse_requirements(value: object) -> tuple[str, ...]:
    """Requirements from a YAML list, or from one text with commas: `requests>=2.31,<3, httpx`.

    Raises `Refusal` for the first item that is no PEP 508 requirement.
    """
    split = isinstance(value, str) and not looks_structured(value)
    items = _split(str(value)) if split else [parse_text(item) for item in as_items(value)]
    return tuple(_checked(item, position) for position, item in enumerate(items, 1) if item)


def _split(text: str) -> list[str]:
    """Cuts at the commas that stand between requirements, not at those inside of one."""
    items: list[str] = []
    for part in text.split(","):
        inside = items and (_GOES_ON.match(part) or items[-1].count("[") > items[-1].count("]"))
        if inside:
            items[-1] = f"{items[-1]},{part.strip()}"
        elif part.strip():
            items.append(part.strip())
    return items


def _checked(text: str, position: int) -> str:
    # Imported on use: only a plan with dependencies needs it, and loading it takes milliseconds.
    from packaging.requirements import InvalidRequirement, Requirement

    try:
        Requirement(text)
    except InvalidRequirement:
        raise Refusal(
            f"item {position} is {shown(text)}, which is no requirement; "
            "write a package as pip takes it, such as requests>=2.31."
        ) from None
    return text
