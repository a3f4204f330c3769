"""The four states of a fact: every page, figure, risk and file can ask how a fact got its value."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import Enum
from typing import NamedTuple


class State(str, Enum):
    """How a fact got its value.

    `GIVEN`: somebody said it. `KNOWN`: the knowledge of sources or a description says it, and
    nobody has confirmed it. `ASSUMED`: the plan filled it in, because something must stand there.
    `UNKNOWN`: none of these.
    """

    GIVEN = "given"
    KNOWN = "known"
    ASSUMED = "assumed"
    UNKNOWN = "unknown"


EMPTY: tuple[object, ...] = (None, "", (), "unknown")
"""What the value of a fact is that nobody knows."""


def state_of(fact: str, value: object, given: Collection[str], known: Mapping[str, str]) -> State:
    """The state of one fact. `given` names the facts that were said, `known` those with an origin.

    A fact that came with an origin stands among the answers until somebody confirms it, so the
    origin counts before the answer.
    """
    if fact in known:
        return State.KNOWN
    if fact in given:
        return State.GIVEN
    return State.UNKNOWN if value in EMPTY else State.ASSUMED


class KnownFact(NamedTuple):
    """A value that somebody else says, who says it and when, and what others say instead."""

    value: object
    who: str
    otherwise: str = ""

    @property
    def origin(self) -> str:
        """Who says it, and who says something else."""
        return "; ".join(filter(None, (self.who, self.otherwise)))
