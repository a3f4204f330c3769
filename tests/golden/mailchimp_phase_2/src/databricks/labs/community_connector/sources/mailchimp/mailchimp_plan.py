# Owned by the plan: every `copier update` writes this file anew. Change the answers, not this file.
# fmt: off
# ruff: noqa
# isort: skip_file
# pylint: skip-file
"""The facts of the plan. Other tools may read them; names and keys stay as they are."""

from __future__ import annotations

from typing import TypedDict


class TablePlan(TypedDict):
    """A table. `assumed` names what the plan filled in, `known` what others say and nobody
    has confirmed; `options` are needed to read it.

    `rate_limit` names the limits it has beside those without a name. Empty is unknown, and so is
    None; a `lookback_seconds` of 0 says that nothing arrives late.
    """

    ingestion_type: str
    primary_keys: list[str]
    cursor_field: str | None
    priority: str
    options: list[str]
    phase: str
    assumed: list[str]
    known: list[str]
    parent: str
    path: str
    read_by: str
    order: str
    filter: str
    lookback_seconds: int | None
    page_size: int | None
    pagination: str
    rate_limit: str


class RateLimitPlan(TypedDict):
    """So many requests in so many seconds; one without a name holds for all tables."""

    requests: int
    seconds: int
    name: str


class AtOncePlan(TypedDict):
    """So many requests under way together; one without a name holds for all tables."""

    requests: int
    name: str


class LimitsPlan(TypedDict):
    """What the source allows. None is unknown; an empty list of rate limits means there are none."""

    rate_limits: list[RateLimitPlan] | None
    at_once: list[AtOncePlan]
    page_size: int | None
    pagination: str
    page_end: str
    pagination_limit: int | None
    answer_traits: list[str]
    request_timeout_seconds: int | None
    api_version: str


class OptionPlan(TypedDict):
    """An option of the connection; `auth_method` is empty where every method needs it."""

    name: str
    required: bool
    secret: bool
    description: str
    auth_method: str


CONNECTOR = "mailchimp"
SOURCE_NAME = "Mailchimp"

TABLES: dict[str, TablePlan] = {
    "campaigns": {"ingestion_type": "cdc", "primary_keys": ["id"], "cursor_field": "create_time", "priority": "P0", "options": [], "phase": "an earlier phase", "assumed": [], "known": ["lookback", "path"], "parent": "", "path": "/campaigns", "read_by": "", "order": "", "filter": "", "lookback_seconds": 1, "page_size": 1000, "pagination": "offset", "rate_limit": ""},
    "reports": {"ingestion_type": "cdc", "primary_keys": ["id"], "cursor_field": "send_time", "priority": "P0", "options": [], "phase": "an earlier phase", "assumed": [], "known": ["lookback", "path"], "parent": "", "path": "reports", "read_by": "", "order": "", "filter": "", "lookback_seconds": 1, "page_size": 1000, "pagination": "offset", "rate_limit": ""},
    "lists": {"ingestion_type": "cdc", "primary_keys": ["id"], "cursor_field": "date_created", "priority": "P0", "options": [], "phase": "an earlier phase", "assumed": [], "known": ["lookback", "path"], "parent": "", "path": "lists", "read_by": "", "order": "", "filter": "", "lookback_seconds": 1, "page_size": 1000, "pagination": "offset", "rate_limit": ""},
    "members": {"ingestion_type": "cdc", "primary_keys": ["list_id", "id"], "cursor_field": "last_changed", "priority": "P0", "options": [], "phase": "an earlier phase", "assumed": [], "known": [], "parent": "", "path": "", "read_by": "", "order": "", "filter": "", "lookback_seconds": None, "page_size": 1000, "pagination": "offset", "rate_limit": ""},
    "email_activity": {"ingestion_type": "append", "primary_keys": ["campaign_id", "email_id", "action", "timestamp"], "cursor_field": "timestamp", "priority": "P0", "options": [], "phase": "phase 2 (email_activity, unsubscribes, segments and 2 more)", "assumed": [], "known": ["path"], "parent": "campaigns", "path": "/reports/{id}/email-activity", "read_by": "", "order": "", "filter": "after", "lookback_seconds": 2592000, "page_size": 1000, "pagination": "offset", "rate_limit": ""},
    "unsubscribes": {"ingestion_type": "append", "primary_keys": ["campaign_id", "email_id", "timestamp"], "cursor_field": "timestamp", "priority": "P0", "options": [], "phase": "phase 2 (email_activity, unsubscribes, segments and 2 more)", "assumed": [], "known": ["path"], "parent": "campaigns", "path": "/reports/{id}/unsubscribed", "read_by": "", "order": "", "filter": "none", "lookback_seconds": None, "page_size": 1000, "pagination": "offset", "rate_limit": ""},
    "segments": {"ingestion_type": "snapshot", "primary_keys": ["id"], "cursor_field": None, "priority": "P1", "options": [], "phase": "phase 2 (email_activity, unsubscribes, segments and 2 more)", "assumed": [], "known": ["path"], "parent": "lists", "path": "/lists/{id}/segments", "read_by": "", "order": "", "filter": "", "lookback_seconds": None, "page_size": 1000, "pagination": "offset", "rate_limit": ""},
    "interest_categories": {"ingestion_type": "snapshot", "primary_keys": ["id"], "cursor_field": None, "priority": "P2", "options": [], "phase": "phase 2 (email_activity, unsubscribes, segments and 2 more)", "assumed": [], "known": ["path"], "parent": "lists", "path": "lists/{id}/interest-categories", "read_by": "", "order": "", "filter": "", "lookback_seconds": None, "page_size": 1000, "pagination": "offset", "rate_limit": ""},
    "interests": {"ingestion_type": "snapshot", "primary_keys": ["id"], "cursor_field": None, "priority": "P2", "options": [], "phase": "phase 2 (email_activity, unsubscribes, segments and 2 more)", "assumed": [], "known": ["path"], "parent": "interest_categories", "path": "lists/{parent_slice}/interest-categories/{id}/interests", "read_by": "", "order": "", "filter": "", "lookback_seconds": None, "page_size": 1000, "pagination": "offset", "rate_limit": ""},
}

# Options that a table may be given.
TABLE_OPTIONS: list[str] = ["max_records_per_batch", "window_seconds", "start_timestamp", "lookback_seconds"]

FEATURES: list[str] = ["retry_backoff", "incremental_sync"]

LIMITS: LimitsPlan = {
    "rate_limits": [],
    "at_once": [{"requests": 10, "name": ""}],
    "page_size": 1000,
    "pagination": "offset",
    "page_end": "count",
    "pagination_limit": None,
    "answer_traits": [],
    "request_timeout_seconds": 120,
    "api_version": "3.0",
}

# Method -> options without which the connector cannot sign in. The first complete set is used.
AUTH_METHODS: dict[str, list[str]] = {"api_key": ["api_key"]}

# What people fill in for a connection. Unity Catalog adds access_token where it runs OAuth itself.
CONNECTION_OPTIONS: list[OptionPlan] = [
    {"name": "api_key", "required": True, "secret": True, "description": "API key, sent with every request.", "auth_method": "api_key"},
    {"name": "server_prefix", "required": False, "secret": False, "description": "Data centre such as us21. Only for keys without a suffix that names it.", "auth_method": ""},
]

# Stand-ins with which the connector can be made, but not signed in.
EXAMPLE_OPTIONS: dict[str, str] = {"api_key": "example-api-key"}


def __getattr__(name: str) -> object:
    """Return RISKS and CRITERIA: they stand beside the tests, for workers have no use for them."""
    import runpy
    from pathlib import Path

    tests = Path(__file__).resolve().parents[6] / "tests" / "unit" / "sources" / CONNECTOR
    criteria = tests / f"{CONNECTOR}_criteria.py"
    if name not in ("RISKS", "CRITERIA") or not criteria.exists():
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return runpy.run_path(str(criteria))[name]
