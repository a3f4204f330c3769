"""What exists for a source already, and what is known of it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from ..terms.states import KnownFact


class Finding(NamedTuple):
    """What the catalogue knows of a source in one ecosystem.

    `ecosystem` is `managed`, `managed_api_only` (named by the API of Databricks, documented
    nowhere, so not counted as managed), `community`, `airbyte`, `singer`, `dlt` or `federation`;
    `as_of` is the date of that snapshot; `detail` is one sentence, with the limits of what exists.
    """

    ecosystem: str
    names: tuple[str, ...]
    detail: str
    as_of: str
    url: str = ""
    partial: bool = False
    """It covers only a part of the source, such as its audit logs."""
    preview: bool = False
    """It is in beta or preview."""


class KnownSource(NamedTuple):
    """What is known of one source: facts by question, and facts of each table by key."""

    name: str
    facts: Mapping[str, KnownFact] = MappingProxyType({})
    tables: Mapping[str, Mapping[str, KnownFact]] = MappingProxyType({})


NOTHING_KNOWN = KnownSource("")
"""What is known of a source that nobody knows."""


class Existing(NamedTuple):
    """The catalogue's answer for one source. `match` is '' when the source was not found."""

    match: str
    findings: tuple[Finding, ...]
    near: tuple[str, ...]
    """Names that look alike, to ask about; never assumed."""
    as_of: str
    """Date of the catalogue, ISO."""
    absent: tuple[Finding, ...] = ()
    """Ecosystems where nothing was found. `names` is empty; `detail` says where to check."""
    known: KnownSource = NOTHING_KNOWN
    """What its connectors say of the source itself."""
