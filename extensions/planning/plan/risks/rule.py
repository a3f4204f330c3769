"""What a risk rule is, and how one is written.

A rule is a small function with its texts: it looks at the facts of a plan and returns a `Cause`
where its risk exists, and None where it does not. Its docstring says when that is, to readers of
the documents as well. The level of likelihood always begins at the base rate of the rule's kinds;
the function only says by how many steps the answers move it.
"""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import NamedTuple

from ..model import Facts, Risk
from .base_rates import KINDS, UNCOUNTED_START
from .matrix import moved, rank, severity


class Cause(NamedTuple):
    """Why a risk exists in this plan.

    `why` quotes the answers with their numbers. `steps` moves the likelihood up from the base
    rate, or down where negative. `tables` are those it is about, the worst first.
    `mitigation` takes the place of the rule's, where what helps depends on the cause.
    """

    why: str
    impact: str
    steps: int = 0
    tables: tuple[str, ...] = ()
    mitigation: str = ""


Find = Callable[[Facts], "Cause | None"]


class Rule(NamedTuple):
    """One risk a plan can have.

    `kinds` are those of the base rates it belongs to. `what` says what would happen, `mitigation`
    what to do about it, `check` asks whether it is under control. `moves` (what moves the
    likelihood from its start) and `impact_reason` explain its level; `false_positives` says when
    it may be set aside.
    """

    id: str
    category: str
    title: str
    kinds: tuple[str, ...]
    find: Find
    what: str
    mitigation: str
    check: str
    impact_reason: str
    false_positives: str
    moves: str = "Never moves."

    @property
    def fires_when(self) -> str:
        """In which plans there is the risk: the docstring of the function that looks for it."""
        return " ".join((self.find.__doc__ or "").split())

    @property
    def start(self) -> str:
        """The likelihood before any answer moves it: that of its most frequent kind."""
        return min((KINDS[kind].start for kind in self.kinds), key=rank, default=UNCOUNTED_START)

    @property
    def share(self) -> float:
        """Part of all fixes in real connectors that were of its most frequent kind, 0 to 1."""
        return max((KINDS[kind].share for kind in self.kinds), default=0.0)

    def risk(self, facts: Facts) -> Risk | None:
        """The risk as this plan has it, or None."""
        cause = self.find(facts)
        if cause is None:
            return None
        likelihood = moved(self.start, cause.steps)
        return Risk(
            id=self.id,
            category=self.category,
            title=self.title,
            what=self.what,
            why=cause.why,
            likelihood=likelihood,
            impact=cause.impact,
            severity=severity(likelihood, cause.impact),
            mitigation=cause.mitigation or self.mitigation,
            check=self.check,
            tables=cause.tables,
        )


def rules_on(category: str) -> Callable[..., Callable[[Callable[..., Rule]], Rule]]:
    """Makes the decorator of a module whose risks are of one category.

    It takes the id, the title and the kinds of a rule, and stands above its `texts`.
    """

    def rule(id: str, title: str, *kinds: str) -> Callable[[Callable[..., Rule]], Rule]:
        return lambda said: said(id, category, title, kinds)

    return rule


def texts(**said: str) -> Callable[[Find], Callable[..., Rule]]:
    """The decorator with the texts of a rule, by the names that they have there."""
    return lambda find: (
        lambda id, category, title, kinds: Rule(id, category, title, kinds, find, **said)
    )


def rules_of(module: ModuleType) -> list[Rule]:
    """The rules that a module defines, in their order there; it may use those of others."""
    rules = (one for one in vars(module).values() if isinstance(one, Rule))
    return [one for one in rules if one.find.__module__ == module.__name__]
