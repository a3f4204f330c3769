"""What a list of required libraries says: names, missing bounds, contradictions."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from packaging.requirements import Requirement
    from packaging.specifiers import SpecifierSet

BOUNDING = ("<", "<=", "==", "===", "~=")
"""Operators that keep a future release out."""


class Libraries(NamedTuple):
    """The required libraries.

    `named` pairs the normalised name with the text of each. `bare` names no version, `open_ended`
    has no upper bound, and no version fits what one of `contradictory` asks for.
    """

    named: tuple[tuple[str, str], ...]
    bare: tuple[str, ...]
    open_ended: tuple[str, ...]
    contradictory: tuple[str, ...]

    @staticmethod
    def read(texts: tuple[str, ...]) -> Libraries:
        """Reads PEP 508 requirements."""
        if not texts:
            return Libraries((), (), (), ())
        from packaging.requirements import Requirement
        from packaging.utils import canonicalize_name

        found = [Requirement(text) for text in texts]
        versioned = [one for one in found if one.url is None]
        return Libraries(
            named=tuple((canonicalize_name(one.name), str(one)) for one in found),
            bare=tuple(str(one) for one in versioned if not one.specifier),
            open_ended=tuple(
                str(one)
                for one in versioned
                if not any(part.operator in BOUNDING for part in one.specifier)
            ),
            contradictory=_contradictory(versioned),
        )


def _contradictory(found: list[Requirement]) -> tuple[str, ...]:
    from packaging.utils import canonicalize_name

    groups: dict[tuple[str, str], list[Requirement]] = {}
    for one in found:
        # Requirements for different platforms or Python versions never meet.
        groups.setdefault((canonicalize_name(one.name), str(one.marker or "")), []).append(one)
    texts = []
    for (name, _), group in groups.items():
        wanted = group[0].specifier
        for one in group[1:]:
            wanted = wanted & one.specifier
        if not _satisfiable(wanted):
            texts.append(" and ".join(f"{name}{one.specifier}" for one in group))
    return tuple(texts)


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
