"""What a plan is made of. Plain, frozen values; no behaviour beyond small look-ups.

Facts flow one way: `Answers` (what a user said, normalised) become a `Plan` (the answers,
completed with what follows from them), and the templates print the plan. `None` means "not known"
throughout; an empty tuple or string means "nothing was said". The types of
the answers stand in `answers/`, those of what exists and is known in `sources/`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ..answers.answer_types import Answers, Decision, RateLimit
from ..answers.naming import Names
from ..sources.existing import Existing


class Alternative(NamedTuple):
    """Something one could do instead of building, and what speaks for and against it."""

    id: str
    name: str
    speaks_for: tuple[str, ...]
    speaks_against: tuple[str, ...]


class Fit(NamedTuple):
    """Whether this should be built.

    `kind` says what the source is, as in "is a database"; it is empty where nobody knows.
    `verdict` is `good`, `doubtful` or `poor`. `evidence` lists what speaks against building, one
    sentence each; `needs_reason` says that going on needs `recommendation_reason`, `reason_missing`
    that it is not there. `suggestion` is what the evidence suggests, one of the recommendations.
    """

    kind: str
    verdict: str
    summary: str
    evidence: tuple[str, ...]
    alternatives: tuple[Alternative, ...]
    suggestion: str
    needs_reason: bool
    reason_missing: bool


class Span(NamedTuple):
    """A range of numbers, lower and upper end; the same twice where the figure is exact."""

    low: float
    high: float


class TableCapacity(NamedTuple):
    """What one table costs. `None` where an input is unknown. Hours under all of its limits."""

    table: str
    first_load_requests: Span | None
    first_load_hours: Span | None
    sync_requests: Span | None
    sync_hours: Span | None
    share: float | None
    """Share of the requests that the limit allows in one sync interval; 1.0 is all of it."""
    missing: tuple[str, ...] = ()
    """Names of the questions whose answers would be needed for a figure."""


class Capacity(NamedTuple):
    """What the plan costs in requests and hours, for each table and in all."""

    tables: tuple[TableCapacity, ...]
    first_load_requests: Span | None
    first_load_hours: Span | None
    sync_requests: Span | None
    sync_hours: Span | None
    share: float | None
    shortest_interval_seconds: int | None
    """Shortest sync interval that the limit allows; an upper bound of it where changes alone use
    nearly the whole limit."""
    governing_limit: RateLimit | None
    too_slow: tuple[str, ...]
    """Tables that do not fit the sync interval, the worst first."""
    missing: tuple[str, ...]
    assumptions: tuple[str, ...]
    allowed_requests: int | None = None
    """Requests the governing limit allows in one sync interval."""
    unknown_first_load: tuple[str, ...] = ()
    """Tables whose first load is unknown; the totals of first loads are without them."""
    unknown_sync: tuple[str, ...] = ()
    """Tables whose sync is unknown; the totals of syncs are without them."""
    unknown_shortest: tuple[str, ...] = ()
    """Tables that are unknown at any interval; the shortest interval is without them."""
    unlimited: bool = False
    """The source is known to have no rate limit, so hours and shares do not exist."""
    never_catches_up: bool = False
    """More changes than the limit lets one read, whatever the interval."""
    governed_sync_requests: Span | None = None
    """Requests of one sync that the governing limit counts: of all tables, unless limits have
    names."""
    limits: tuple[str, ...] = ()
    """The limits that the hours are reckoned with, as they were given."""

    @property
    def is_small(self) -> bool:
        """Whether a sync takes under a minute and under 1 % of the limit.

        No table takes more than that, and figures show no less.
        """
        if self.share is None or self.sync_hours is None or self.unknown_sync:
            return False
        return self.share < 0.01 and self.sync_hours.high < 1 / 60

    def of(self, table: str) -> TableCapacity:
        """The figures of one table of the plan."""
        return next(one for one in self.tables if one.table == table)


class Facts(NamedTuple):
    """All that a risk rule, a criterion or a phase may look at."""

    answers: Answers
    existing: Existing
    fit: Fit
    capacity: Capacity


class Risk(NamedTuple):
    """A risk of this plan.

    `id` is that of its rule or extra risk. `why` quotes the answers that caused it, with their
    numbers; it is about this source, never about sources as such. Likelihood, impact and severity
    are `High`, `Medium` or `Low`. `check` asks whether the risk is under control.
    """

    id: str
    category: str
    title: str
    what: str
    why: str
    likelihood: str
    impact: str
    severity: str
    mitigation: str
    check: str
    tables: tuple[str, ...] = ()
    decision: Decision = Decision()
    worse: bool = False
    """It has become worse since it was decided upon."""

    @property
    def settled(self) -> bool:
        """Whether it was mitigated or closed, and has not grown since."""
        return self.decision.status in ("mitigated", "closed") and not self.worse


class Criterion(NamedTuple):
    """Something that is true when the connector is done.

    `group` is `must`, `should` or `testing`. `test` names the acceptance test that proves it, ''
    where only a person can. `tables` are the tables it speaks about.
    """

    id: str
    text: str
    group: str = "must"
    test: str = ""
    tables: tuple[str, ...] = ()


class Deliverable(NamedTuple):
    """Something one can see when it is there."""

    id: str
    text: str


class Phase(NamedTuple):
    """A part of the work that is small enough to finish."""

    id: str
    name: str
    goal: str
    deliverables: tuple[Deliverable, ...]
    tables: tuple[str, ...] = ()
    number: int = 1


class OpenQuestion(NamedTuple):
    """Something nobody knows yet, the question (`answer`) that settles it, whether it blocks."""

    id: str
    text: str
    answer: str
    blocking: bool = False


class ChecklistItem(NamedTuple):
    """One line of the checklist before proceeding; `missing` says what is not there yet."""

    id: str
    text: str
    done: bool
    missing: str = ""


class Approval(NamedTuple):
    """Somebody's approval. `on` is the day, ISO, '' where nobody noted it.

    `covers` is what it was given for (`approval.covered`), empty where nobody noted that either;
    `changed` names the questions whose answers differ from it now.
    """

    by: str
    on: str
    covers: Mapping[str, object]
    changed: tuple[str, ...]


class Plan(NamedTuple):
    """The whole plan, ready to be printed."""

    answers: Answers
    names: Names
    existing: Existing
    fit: Fit
    capacity: Capacity
    risks: tuple[Risk, ...]
    unused_decisions: tuple[tuple[str, Decision], ...]
    """Decisions on risks that no longer apply."""
    criteria: tuple[Criterion, ...]
    phases: tuple[Phase, ...]
    open_questions: tuple[OpenQuestion, ...]
    checklist: tuple[ChecklistItem, ...]
    status: str
    blockers: tuple[str, ...]
    """What keeps the plan from being approved, one sentence each."""
    approval: Approval | None = None
