"""What a user said, typed. Plain, frozen values; no behaviour beyond small look-ups.

`None` means "not known" throughout; an empty tuple or string means "nothing was said".
"""

# Named tuples, not data classes: making the classes is a part of every session, and took 13 of the
# 60 ms that loading may take; it takes 4. They stand apart from the types of a plan, which nothing
# needs before the first plan is made.

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from ..terms.states import State, state_of


def builds_code(purpose: str, recommendation: str) -> bool:
    """Whether code comes out of a plan with this purpose and recommendation."""
    return purpose != "evaluate" and recommendation in ("build", "extend")


FIELDS = {"rate_limit": "rate_limits"}
"""Where a field of `Answers` has another name than its question."""


class RateLimit(NamedTuple):
    """So many `requests` in so many `seconds`, and the `text` it was given as.

    A limit with a `name` holds for the tables that refer to it; one without holds for all.
    """

    requests: int
    seconds: int
    text: str
    name: str = ""

    @property
    def per_second(self) -> float:
        """Requests a second when the limit is used evenly."""
        return self.requests / self.seconds


class ConcurrencyLimit(NamedTuple):
    """So many `requests` may be under way at once; `text` and `name` are as in `RateLimit`."""

    requests: int
    text: str
    name: str = ""


class Table(NamedTuple):
    """One table in scope. Fields have the names of the keys of `tables`.

    `assumed` names the fields the plan filled in, out of `ingestion`, `priority`, `primary_keys`
    and `cursor_field`; `without` those of the last two of which somebody said that there is none.
    `rows` counts records today, `rows_per_day` new or changed records a day.

    `lookback` (0: nothing arrives late) and `retention` are in seconds. `parent` may be a table
    that is not in scope. `requests_per_parent` is None while nobody said it, and counts as 1 then.
    `rate_limit` is the name of a limit, or a limit as text: `limits.of_table` resolves it.
    Texts are '' and everything else is None while nobody said anything.
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
    given: frozenset[str] = frozenset()
    """The fields that somebody said."""
    known: Mapping[str, str] = MappingProxyType({})
    """Field -> where its value is from, for those that nobody has confirmed."""
    without: frozenset[str] = frozenset()
    left_over: bool = False
    """It is a snapshot because no list of the session names it, and others are named."""
    parent: str = ""
    requests_per_parent: int | None = None
    request_per_record: bool | None = None
    path: str = ""
    read_by: str = ""
    order: str = ""
    filter: str = ""
    lookback: int | None = None
    retention: int | None = None
    page_size: int | None = None
    pagination: str = ""
    rate_limit: str = ""

    def state_of(self, field: str) -> State:
        """How a field got its value."""
        return state_of(field, getattr(self, field), self.given, self.known)

    @property
    def confirmed(self) -> bool:
        """Whether somebody said how the table is read: its ingestion, and its key or cursor."""
        place = (self.state_of("primary_keys"), self.state_of("cursor_field"))
        return self.state_of("ingestion") is State.GIVEN and State.GIVEN in place

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


class OAuth(NamedTuple):
    """What is known of the OAuth flow. URLs may hold parameters, such as `{tenant_id}`.

    `client_in` says where the client identifies itself, `header` or `body`; `flow` who runs the
    flow, as vocabulary.OAUTH_FLOWS has it. `pkce` is None while nobody said it.
    """

    authorization_url: str = ""
    token_url: str = ""
    scopes: tuple[str, ...] = ()
    pkce: bool | None = None
    client_in: str = ""
    extra_parameters: Mapping[str, str] = MappingProxyType({})
    flow: str = ""


class ExtraRisk(NamedTuple):
    """A risk that the rules cannot know, as the user put it."""

    id: str
    risk: str
    likelihood: str = "Medium"
    impact: str = "Medium"
    mitigation: str = ""


class Decision(NamedTuple):
    """What somebody decided about a risk. `severity` is the level it was decided at, or ''."""

    status: str = "open"
    mitigation: str = ""
    owner: str = ""
    note: str = ""
    severity: str = ""


class Answers(NamedTuple):
    """Every answer of the session, normalised. Field names are the names of the questions.

    `rate_limits` is None when unknown and empty when the source has none; `concurrency_limits`
    come from the same question. Numbers that were answered with 0 for "unknown" are None.
    `sync_interval` is in seconds. Dates are ISO texts. How an answer got its value: `state_of`.
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
    adopts: str = ""
    recommendation_reason: str = ""
    tables: tuple[Table, ...] = ()
    out_of_scope: tuple[tuple[str, str], ...] = ()
    """What is left out, and why; the reason may be ''."""
    auth_methods: tuple[str, ...] = ()
    future_auth_methods: tuple[str, ...] = ()
    auth_environments: str = ""
    connection_parameters: tuple[ConnectionParameter, ...] = ()
    table_options: tuple[str, ...] = ()
    oauth: OAuth = OAuth()
    earliest: str = ""
    features: tuple[str, ...] = ()
    rate_limits: tuple[RateLimit, ...] | None = None
    concurrency_limits: tuple[ConcurrencyLimit, ...] = ()
    page_size: int | None = None
    pagination: str = "unknown"
    page_end: str = "unknown"
    answer_traits: tuple[str, ...] = ()
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
    unconfirmed: Mapping[str, str] = MappingProxyType({})
    """Answer, such as `tables.orders.cursor_field` -> where it is from, until it is confirmed."""
    approved_on: str = ""
    approved_plan: Mapping[str, object] | None = None
    """What the approval on record covers; None where it was newly given, or there is none."""
    existing_package: bool = False
    """The connector's code was there before any plan: it is its authors', and none comes out."""
    given: frozenset[str] = frozenset()
    """The questions that somebody answered."""
    known: Mapping[str, str] = MappingProxyType({})
    """Question -> where its answer is from, for those that nobody has confirmed."""

    def state_of(self, question: str) -> State:
        """How the answer to a question got its value; tables say so themselves."""
        value = getattr(self, FIELDS.get(question, question))
        # A source that is known to have no limit holds an empty tuple there.
        empty = value == () and question == "rate_limit"
        return state_of(question, "none" if empty else value, self.given, self.known)

    @property
    def builds(self) -> bool:
        """Whether code comes out: not for an evaluation, nor where nothing is to be built."""
        return builds_code(self.purpose, self.recommendation)

    @property
    def in_work(self) -> tuple[Table, ...]:
        """The tables this version still has to deliver."""
        return tuple(table for table in self.tables if not table.shipped)

    @property
    def answered_for(self) -> tuple[Table, ...]:
        """The tables the plan answers for: beside a package that was there, those of this phase."""
        return self.in_work if self.existing_package else self.tables

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
