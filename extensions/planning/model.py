"""What a plan is made of. Plain, frozen values; no behaviour beyond small look-ups.

Facts flow one way: `Answers` (what a user said, normalised) become a `Plan` (the answers,
completed with what follows from them), and the templates print the plan. `None` means "not known"
throughout; an empty tuple or string means "nothing was said". All types stand in this one file, so
that the whole vocabulary of a plan can be read from top to bottom.
"""

# Named tuples, not data classes: making the classes is a part of every session, and took 13 of the
# 60 ms that loading may take; it takes 4.

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


def builds_code(purpose: str, recommendation: str) -> bool:
    """Whether code comes out of a plan with this purpose and recommendation."""
    return purpose != "evaluate" and recommendation in ("build", "extend")


class RateLimit(NamedTuple):
    """So many `requests` in so many `seconds`, and the `text` it was given as."""

    requests: int
    seconds: int
    text: str

    @property
    def per_second(self) -> float:
        """Requests a second when the limit is used evenly."""
        return self.requests / self.seconds


class Table(NamedTuple):
    """One table in scope.

    `assumed` names the fields the plan filled in, out of `ingestion`, `primary_keys` and
    `cursor_field`. `rows` counts records today, `rows_per_day` new or changed records a day.
    """

    name: str
    ingestion: str
    priority: str
    primary_keys: tuple[str, ...] = ()
    cursor_field: str | None = None
    rows: int | None = None
    rows_per_day: int | None = None
    options: tuple[str, ...] = ()
    notes: str = ""
    assumed: frozenset[str] = frozenset()
    shipped: bool = False

    @property
    def incremental(self) -> bool:
        """Whether a sync reads less than the whole table."""
        return self.ingestion != "snapshot"


class ConnectionParameter(NamedTuple):
    """Something a connection needs beside what the authentication methods bring.

    One that names an `auth_method` belongs to that method only, and takes the place of what the
    method brings by itself.
    """

    name: str
    required: bool = True
    secret: bool = False
    description: str = ""
    auth_method: str = ""


class ExtraRisk(NamedTuple):
    """A risk that the rules cannot know, as the user put it."""

    id: str
    risk: str
    likelihood: str
    impact: str
    mitigation: str


class Decision(NamedTuple):
    """What somebody decided about a risk. `severity` is the level it was decided at, or ''."""

    status: str = "open"
    mitigation: str = ""
    owner: str = ""
    note: str = ""
    severity: str = ""


class Answers(NamedTuple):
    """Every answer of the session, normalised. Field names are the names of the questions.

    `rate_limits` is None when unknown and empty when the source has none. Numbers that were
    answered with 0 for "unknown" are None. `sync_interval` is in seconds. Dates are ISO texts.
    """

    connector: str
    purpose: str = "new"
    depth: str = "essential"
    layout: str = "standalone"
    source_name: str = ""
    source_type: str = "rest_api"
    docs_url: str = ""
    problem: str = ""
    target_users: tuple[str, ...] = ()
    use_cases: tuple[str, ...] = ()
    analytics: str = ""
    change_frequency: str = "unknown"
    managed_connector: str = "unknown"
    community_connector: str = "unknown"
    third_party_connectors: tuple[str, ...] = ()
    federation_fit: str = "unknown"
    alternatives_considered: str = ""
    recommendation: str = "build"
    recommendation_reason: str = ""
    tables: tuple[Table, ...] = ()
    table_details: Mapping[str, Mapping[str, object]] = MappingProxyType({})
    unused_details: tuple[str, ...] = ()
    """Tables that `table_details` describes and `tables` no longer names."""
    out_of_scope: tuple[tuple[str, str], ...] = ()
    """What is left out, and why; the reason may be ''."""
    auth_methods: tuple[str, ...] = ()
    future_auth_methods: tuple[str, ...] = ()
    auth_environments: str = ""
    connection_parameters: tuple[ConnectionParameter, ...] = ()
    table_options: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    rate_limits: tuple[RateLimit, ...] | None = None
    page_size: int | None = None
    pagination: str = "unknown"
    pagination_limit: int | None = None
    request_timeout_seconds: int | None = None
    api_version: str = ""
    api_end_of_life: str = ""
    auth_traits: tuple[str, ...] = ()
    schema_kind: str = "unknown"
    schema_changes: str = "unknown"
    sync_interval: int | None = None
    sync_interval_text: str = ""
    test_environment: str = "unknown"
    test_environment_name: str = ""
    dependencies: tuple[str, ...] = ()
    extra_risks: tuple[ExtraRisk, ...] = ()
    risk_decisions: Mapping[str, Decision] = MappingProxyType({})
    must_have: tuple[str, ...] = ()
    should_have: tuple[str, ...] = ()
    wont_have: tuple[str, ...] = ()
    phases: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Name and deliverables of each phase, where the user wrote them."""
    phase: int = 1
    shipped_tables: tuple[str, ...] = ()
    created: str = ""
    owner: str = ""
    approved: bool = False
    approved_by: str = ""

    @property
    def builds(self) -> bool:
        """Whether code comes out: not for an evaluation, nor where nothing is to be built."""
        return builds_code(self.purpose, self.recommendation)

    @property
    def in_work(self) -> tuple[Table, ...]:
        """The tables this version still has to deliver."""
        return tuple(table for table in self.tables if not table.shipped)

    @property
    def streams(self) -> bool:
        """Whether any table is read from where the last sync ended."""
        return any(table.incremental for table in self.tables)

    @property
    def first_phase(self) -> int:
        """Number of the first phase planned here: 1, but for a later phase of a connector."""
        return self.phase if self.purpose == "phase" else 1

    @property
    def version(self) -> str:
        """What the document calls this version: `v1`, or `phase N` of an existing connector."""
        return f"phase {self.phase}" if self.purpose == "phase" else "v1"


class Names(NamedTuple):
    """Names and paths that follow from the connector's name and the layout.

    For `acme_crm`, standalone: `stem` AcmeCrm, `connector_class` AcmeCrmLakeflowConnect,
    `data_source_class` AcmeCrmDataSource, `package` sources/acme_crm, `tests`
    sources/acme_crm/tests, `module` sources.acme_crm, `answers_file`
    sources/acme_crm/.copier-answers.yml. Paths are relative to the destination, with slashes.
    """

    connector: str
    stem: str
    connector_class: str
    data_source_class: str
    package: str
    tests: str
    module: str
    answers_file: str


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
    """What one table costs. `None` where an input is unknown. Hours of the tightest limit."""

    table: str
    first_load_requests: Span | None
    first_load_hours: Span | None
    sync_requests: Span | None
    sync_hours: Span | None
    share: float | None
    """Share of the requests that the limit allows in one sync interval; 1.0 is all of it."""
    fits: bool | None
    """Whether this table alone can be read within one sync interval."""
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

    def of(self, table: str) -> TableCapacity | None:
        """The figures of one table."""
        return next((one for one in self.tables if one.table == table), None)


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
    group: str
    text: str
    test: str = ""
    tables: tuple[str, ...] = ()


class Deliverable(NamedTuple):
    """Something one can see when it is there."""

    id: str
    text: str


class Phase(NamedTuple):
    """A part of the work that is small enough to finish."""

    id: str
    number: int
    name: str
    goal: str
    deliverables: tuple[Deliverable, ...]
    tables: tuple[str, ...] = ()


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
