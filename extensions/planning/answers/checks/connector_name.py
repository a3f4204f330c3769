"""The name of the connector: a Python package, a folder, and a name upstream's code looks up."""

from __future__ import annotations

import keyword
import re
import unicodedata

from ...terms.values import Refusal, shown

LONGEST = 50
"""The name stands several times in one path upstream, and Windows takes 260 characters a path."""

UPSTREAM_NAMES = frozenset({"interface", "libs", "pipeline", "sparkpds", "sources", "tests"})
"""Packages of upstream itself, which a connector of that name would hide."""

WINDOWS_DEVICES = frozenset(
    {"con", "prn", "aux", "nul"} | {f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)}
)
"""Names Windows keeps for devices: no folder can have them, with whatever ending."""

_NAME = re.compile(r"[a-z][a-z0-9_]*")


def parse_connector_name(value: object) -> str:
    """A name that is fit for a package, a folder and a class.

    Raises `Refusal` with what is wrong and a name that would be right.
    """
    if not isinstance(value, str) or not value.strip():
        raise Refusal("needs a name; write a text such as acme_crm.")
    if not _NAME.fullmatch(value):
        raise Refusal(
            f"{shown(value)} is no package name; write {_like(value)}: a letter first, then "
            "only a to z, digits and underscores."
        )
    if len(value) > LONGEST:
        raise Refusal(f"{shown(value)} has {len(value)} characters; use at most {LONGEST}.")
    if keyword.iskeyword(value):
        raise Refusal(f"{shown(value)} is a word of Python itself; write {value}_source.")
    if value in UPSTREAM_NAMES:
        raise Refusal(f"{shown(value)} is a package of upstream itself; write {value}_source.")
    if value in WINDOWS_DEVICES:
        raise Refusal(
            f"{shown(value)} cannot be a folder on Windows, where it is a device; "
            f"write {value}_source."
        )
    return value


def _like(value: str) -> str:
    """The nearest name that is fit, or an example where nothing of the value is left."""
    plain = unicodedata.normalize("NFKD", value[:200]).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "_", plain).strip("_").lstrip("0123456789_")[:LONGEST].rstrip("_")
    taken = keyword.iskeyword(name) or name in UPSTREAM_NAMES | WINDOWS_DEVICES
    return "acme_crm" if not name or taken else name
