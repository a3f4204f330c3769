"""What a list of required libraries says: names, missing bounds, contradictions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from packaging.requirements import Requirement
    from packaging.specifiers import SpecifierSet

BOUNDING = {"<", "<=", "==", "===", "~="}
"""Operators that keep a future release out."""


def named(texts: Sequence[str]) -> list[tuple[str, str]]:
    """The normalised name of each required library, and the text that requires it."""
    return [(_name(one), str(one)) for one in _read(texts)]


def open_ended(texts: Sequence[str]) -> list[Requirement]:
    """What has no upper bound. What is got from an address has one version."""
    return [
        one
        for one in _read(texts)
        if one.url is None and BOUNDING.isdisjoint(part.operator for part in one.specifier)
    ]


def contradictory(texts: Sequence[str]) -> list[str]:
    """What is asked for of one library, and no version fits."""
    groups: dict[tuple[str, str], list[Requirement]] = {}
    for one in _read(texts):
        if one.url is None:
            # Requirements for different platforms or Python versions never meet.
            groups.setdefault((_name(one), str(one.marker or "")), []).append(one)
    found = []
    for (name, _), group in groups.items():
        wanted = group[0].specifier
        for one in group[1:]:
            wanted = wanted & one.specifier
        if not _satisfiable(wanted):
            found.append(" and ".join(f"{name}{one.specifier}" for one in group))
    return found


def _read(texts: Sequence[str]) -> list[Requirement]:
    """Reads PEP 508 requirements; what reads them is loaded only where there are any."""
    if not texts:
        return []
    from packaging.requirements import Requirement

    return [Requirement(text) for text in texts]


def _name(requirement: Requirement) -> str:
    from packaging.utils import canonicalize_name

    return canonicalize_name(requirement.name)


def _satisfiable(wanted: SpecifierSet) -> bool:
    """Whether some version fits. If any does, then one at or just after a bound, or the lowest."""
    from packaging.version import InvalidVersion, Version

    candidates = [Version("0")]
    for part in wanted:
        text = part.version.removesuffix(".*")
        try:
            candidates += [Version(text), Version(f"{Version(text).base_version}.0.0.1")]
        except InvalidVersion:  # `===` takes any text
            return True
    return any(wanted.contains(version, prereleases=True) for version in candidates)
