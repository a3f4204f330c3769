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


CONNECTOR = "stripe"
SOURCE_NAME = "Stripe"

TABLES: dict[str, TablePlan] = {
    "customers": {"ingestion_type": "cdc_with_deletes", "primary_keys": ["id"], "cursor_field": "updated", "priority": "P0", "options": [], "phase": "phase 2 (P0 tables)", "assumed": [], "known": ["path"], "parent": "", "path": "customers", "read_by": "", "order": "", "filter": "", "lookback_seconds": None, "page_size": 100, "pagination": "cursor", "rate_limit": ""},
    "subscriptions": {"ingestion_type": "cdc", "primary_keys": ["id"], "cursor_field": "updated", "priority": "P0", "options": [], "phase": "phase 2 (P0 tables)", "assumed": [], "known": ["path"], "parent": "", "path": "subscriptions", "read_by": "", "order": "", "filter": "", "lookback_seconds": None, "page_size": 100, "pagination": "cursor", "rate_limit": ""},
    "invoices": {"ingestion_type": "cdc_with_deletes", "primary_keys": ["id"], "cursor_field": "updated", "priority": "P0", "options": [], "phase": "phase 2 (P0 tables)", "assumed": [], "known": ["path"], "parent": "", "path": "invoices", "read_by": "", "order": "", "filter": "", "lookback_seconds": None, "page_size": 100, "pagination": "cursor", "rate_limit": ""},
    "charges": {"ingestion_type": "cdc", "primary_keys": ["id"], "cursor_field": "updated", "priority": "P0", "options": [], "phase": "phase 2 (P0 tables)", "assumed": [], "known": ["path"], "parent": "", "path": "charges", "read_by": "", "order": "", "filter": "", "lookback_seconds": None, "page_size": 100, "pagination": "cursor", "rate_limit": ""},
    "balance_transactions": {"ingestion_type": "append", "primary_keys": ["id"], "cursor_field": "created", "priority": "P0", "options": [], "phase": "phase 1 (Foundation and first table)", "assumed": [], "known": ["path"], "parent": "", "path": "balance_transactions", "read_by": "", "order": "", "filter": "", "lookback_seconds": None, "page_size": 100, "pagination": "cursor", "rate_limit": ""},
    "products": {"ingestion_type": "cdc_with_deletes", "primary_keys": ["id"], "cursor_field": "updated", "priority": "P0", "options": [], "phase": "phase 2 (P0 tables)", "assumed": [], "known": ["path"], "parent": "", "path": "products", "read_by": "", "order": "", "filter": "", "lookback_seconds": None, "page_size": 100, "pagination": "cursor", "rate_limit": ""},
    "prices": {"ingestion_type": "cdc_with_deletes", "primary_keys": ["id"], "cursor_field": "updated", "priority": "P0", "options": [], "phase": "phase 2 (P0 tables)", "assumed": [], "known": ["path"], "parent": "", "path": "prices", "read_by": "", "order": "", "filter": "", "lookback_seconds": None, "page_size": 100, "pagination": "cursor", "rate_limit": ""},
    "payment_intents": {"ingestion_type": "cdc", "primary_keys": ["id"], "cursor_field": "updated", "priority": "P1", "options": [], "phase": "phase 3 (P1 tables)", "assumed": [], "known": ["path"], "parent": "", "path": "payment_intents", "read_by": "", "order": "", "filter": "", "lookback_seconds": None, "page_size": 100, "pagination": "cursor", "rate_limit": ""},
    "refunds": {"ingestion_type": "cdc", "primary_keys": ["id"], "cursor_field": "updated", "priority": "P1", "options": [], "phase": "phase 3 (P1 tables)", "assumed": [], "known": ["path"], "parent": "", "path": "refunds", "read_by": "", "order": "", "filter": "", "lookback_seconds": None, "page_size": 100, "pagination": "cursor", "rate_limit": ""},
    "disputes": {"ingestion_type": "cdc", "primary_keys": ["id"], "cursor_field": "updated", "priority": "P1", "options": [], "phase": "phase 3 (P1 tables)", "assumed": [], "known": ["path"], "parent": "", "path": "disputes", "read_by": "", "order": "", "filter": "", "lookback_seconds": None, "page_size": 100, "pagination": "cursor", "rate_limit": ""},
    "payouts": {"ingestion_type": "cdc", "primary_keys": ["id"], "cursor_field": "updated", "priority": "P1", "options": [], "phase": "phase 3 (P1 tables)", "assumed": [], "known": ["path"], "parent": "", "path": "payouts", "read_by": "", "order": "", "filter": "", "lookback_seconds": None, "page_size": 100, "pagination": "cursor", "rate_limit": ""},
    "credit_notes": {"ingestion_type": "cdc", "primary_keys": ["id"], "cursor_field": "updated", "priority": "P1", "options": [], "phase": "phase 3 (P1 tables)", "assumed": [], "known": ["path"], "parent": "", "path": "credit_notes", "read_by": "", "order": "", "filter": "", "lookback_seconds": None, "page_size": 100, "pagination": "cursor", "rate_limit": ""},
    "events": {"ingestion_type": "append", "primary_keys": ["id"], "cursor_field": "created", "priority": "P1", "options": [], "phase": "phase 3 (P1 tables)", "assumed": [], "known": ["path"], "parent": "", "path": "events", "read_by": "", "order": "", "filter": "", "lookback_seconds": None, "page_size": 100, "pagination": "cursor", "rate_limit": ""},
    "coupons": {"ingestion_type": "snapshot", "primary_keys": ["id"], "cursor_field": None, "priority": "P2", "options": [], "phase": "phase 4 (P2 tables)", "assumed": [], "known": ["path"], "parent": "", "path": "coupons", "read_by": "", "order": "", "filter": "", "lookback_seconds": None, "page_size": 100, "pagination": "cursor", "rate_limit": ""},
    "promotion_codes": {"ingestion_type": "snapshot", "primary_keys": ["id"], "cursor_field": None, "priority": "P2", "options": [], "phase": "phase 4 (P2 tables)", "assumed": [], "known": ["path"], "parent": "", "path": "promotion_codes", "read_by": "", "order": "", "filter": "", "lookback_seconds": None, "page_size": 100, "pagination": "cursor", "rate_limit": ""},
    "tax_rates": {"ingestion_type": "snapshot", "primary_keys": ["id"], "cursor_field": None, "priority": "P2", "options": [], "phase": "phase 4 (P2 tables)", "assumed": [], "known": [], "parent": "", "path": "", "read_by": "", "order": "", "filter": "", "lookback_seconds": None, "page_size": 100, "pagination": "cursor", "rate_limit": ""},
}

# Options that a table may be given.
TABLE_OPTIONS: list[str] = ["max_records_per_batch"]

FEATURES: list[str] = ["rate_limiting", "retry_backoff", "incremental_sync", "delete_sync"]

LIMITS: LimitsPlan = {
    "rate_limits": [{"requests": 25, "seconds": 1, "name": ""}],
    "at_once": [],
    "page_size": 100,
    "pagination": "cursor",
    "page_end": "flag",
    "pagination_limit": None,
    "answer_traits": [],
    "request_timeout_seconds": None,
    "api_version": "2026-09-30.endive",
}

# Method -> options without which the connector cannot sign in. The first complete set is used.
AUTH_METHODS: dict[str, list[str]] = {"bearer_token": ["token"]}

# What people fill in for a connection. Unity Catalog adds access_token where it runs OAuth itself.
CONNECTION_OPTIONS: list[OptionPlan] = [
    {"name": "token", "required": True, "secret": True, "description": "Token, sent with every request as a bearer token.", "auth_method": "bearer_token"},
    {"name": "start_date", "required": False, "secret": False, "description": "Objects created before this date are not read (ISO date). Default is everything.", "auth_method": ""},
]

# Stand-ins with which the connector can be made, but not signed in.
EXAMPLE_OPTIONS: dict[str, str] = {"token": "example-token"}


class RiskPlan(TypedDict):
    """A risk; DESIGN.md says what it is and what is done about it."""

    id: str
    category: str
    likelihood: str
    impact: str
    severity: str
    status: str


class CriterionPlan(TypedDict):
    """A criterion and the test that proves it; without brackets it stands for all its cases."""

    id: str
    group: str
    text: str
    test: str
    tables: list[str]


RISKS: list[RiskPlan] = [
    {"id": "types-differ-from-docs", "category": "schema", "likelihood": "High", "impact": "Medium", "severity": "High", "status": "mitigated"},
    {"id": "requests-fail", "category": "api_limits", "likelihood": "High", "impact": "Medium", "severity": "High", "status": "open"},
    {"id": "deletes-unseen", "category": "deletes", "likelihood": "Medium", "impact": "High", "severity": "High", "status": "closed"},
    {"id": "fields-change", "category": "schema", "likelihood": "Medium", "impact": "Medium", "severity": "Medium", "status": "mitigated"},
    {"id": "cursor-state", "category": "cursors", "likelihood": "Medium", "impact": "Medium", "severity": "Medium", "status": "open"},
    {"id": "history-expires", "category": "cursors", "likelihood": "Medium", "impact": "Medium", "severity": "Medium", "status": "open"},
    {"id": "history-gets-slow", "category": "data_volume", "likelihood": "Medium", "impact": "Medium", "severity": "Medium", "status": "open"},
    {"id": "table-without-permission", "category": "auth_complexity", "likelihood": "Medium", "impact": "Medium", "severity": "Medium", "status": "mitigated"},
    {"id": "extra-changes-lost-when-pipeline-stands-still-35ec8f", "category": "delivery", "likelihood": "Low", "impact": "High", "severity": "Medium", "status": "open"},
    {"id": "extra-event-bodies-api-version-their-creation-50b3b1", "category": "delivery", "likelihood": "Medium", "impact": "Medium", "severity": "Medium", "status": "open"},
    {"id": "extra-event-types-may-exist-only-while-2da129", "category": "delivery", "likelihood": "Low", "impact": "High", "severity": "Medium", "status": "open"},
    {"id": "deletions-forgotten-by-source", "category": "deletes", "likelihood": "Low", "impact": "Medium", "severity": "Low", "status": "open"},
]

CRITERIA: list[CriterionPlan] = [
    {"id": "must-sum-balance-transactions-net-payout-equals-5cfd55", "group": "must", "text": "The sum of balance_transactions.net of a payout equals the amount of that payout, for 12 months", "test": "", "tables": []},
    {"id": "must-payment-fails-sandbox-table-charges-within-0125af", "group": "must", "text": "A payment that fails in the sandbox is in the table charges within one hour", "test": "", "tables": []},
    {"id": "must-restricted-key-lacks-permission-connector-names-93df2f", "group": "must", "text": "With a restricted key that lacks a permission, the connector names the permission", "test": "", "tables": []},
    {"id": "list-tables", "group": "must", "text": "Listing the tables gives exactly those of section 3, no more and no fewer.", "test": "test_lists_exactly_the_planned_tables", "tables": []},
    {"id": "unknown-table", "group": "must", "text": "Asking for a table that is not in section 3 fails in every method, with its name.", "test": "test_refuses_an_unknown_table", "tables": []},
    {"id": "metadata", "group": "must", "text": "Every table reports the ingestion type, key and cursor of section 3.", "test": "test_metadata_is_as_planned", "tables": []},
    {"id": "schema-customers", "group": "must", "text": "`customers`: the schema has its key `id` and its cursor `updated`.", "test": "test_schema_has_keys_and_cursor[customers]", "tables": ["customers"]},
    {"id": "unique-keys-customers", "group": "must", "text": "`customers`: no two records of a full read share the key `id`.", "test": "test_keys_are_unique[customers]", "tables": ["customers"]},
    {"id": "incremental-customers", "group": "must", "text": "`customers`: a sync returns the records with a newer `updated`, all of them and no others.", "test": "test_reads_only_newer_records[customers]", "tables": ["customers"]},
    {"id": "second-run-customers", "group": "must", "text": "`customers`: a second sync without changes in between returns nothing.", "test": "test_second_run_without_changes_returns_nothing[customers]", "tables": ["customers"]},
    {"id": "deletes-customers", "group": "must", "text": "`customers`: a record deleted in Stripe arrives as deleted, with its key `id`.", "test": "test_deletions_arrive[customers]", "tables": ["customers"]},
    {"id": "schema-subscriptions", "group": "must", "text": "`subscriptions`: the schema has its key `id` and its cursor `updated`.", "test": "test_schema_has_keys_and_cursor[subscriptions]", "tables": ["subscriptions"]},
    {"id": "unique-keys-subscriptions", "group": "must", "text": "`subscriptions`: no two records of a full read share the key `id`.", "test": "test_keys_are_unique[subscriptions]", "tables": ["subscriptions"]},
    {"id": "incremental-subscriptions", "group": "must", "text": "`subscriptions`: a sync returns the records with a newer `updated`, all of them and no others.", "test": "test_reads_only_newer_records[subscriptions]", "tables": ["subscriptions"]},
    {"id": "second-run-subscriptions", "group": "must", "text": "`subscriptions`: a second sync without changes in between returns nothing.", "test": "test_second_run_without_changes_returns_nothing[subscriptions]", "tables": ["subscriptions"]},
    {"id": "schema-invoices", "group": "must", "text": "`invoices`: the schema has its key `id` and its cursor `updated`.", "test": "test_schema_has_keys_and_cursor[invoices]", "tables": ["invoices"]},
    {"id": "unique-keys-invoices", "group": "must", "text": "`invoices`: no two records of a full read share the key `id`.", "test": "test_keys_are_unique[invoices]", "tables": ["invoices"]},
    {"id": "incremental-invoices", "group": "must", "text": "`invoices`: a sync returns the records with a newer `updated`, all of them and no others.", "test": "test_reads_only_newer_records[invoices]", "tables": ["invoices"]},
    {"id": "second-run-invoices", "group": "must", "text": "`invoices`: a second sync without changes in between returns nothing.", "test": "test_second_run_without_changes_returns_nothing[invoices]", "tables": ["invoices"]},
    {"id": "deletes-invoices", "group": "must", "text": "`invoices`: a record deleted in Stripe arrives as deleted, with its key `id`.", "test": "test_deletions_arrive[invoices]", "tables": ["invoices"]},
    {"id": "schema-charges", "group": "must", "text": "`charges`: the schema has its key `id` and its cursor `updated`.", "test": "test_schema_has_keys_and_cursor[charges]", "tables": ["charges"]},
    {"id": "unique-keys-charges", "group": "must", "text": "`charges`: no two records of a full read share the key `id`.", "test": "test_keys_are_unique[charges]", "tables": ["charges"]},
    {"id": "incremental-charges", "group": "must", "text": "`charges`: a sync returns the records with a newer `updated`, all of them and no others.", "test": "test_reads_only_newer_records[charges]", "tables": ["charges"]},
    {"id": "second-run-charges", "group": "must", "text": "`charges`: a second sync without changes in between returns nothing.", "test": "test_second_run_without_changes_returns_nothing[charges]", "tables": ["charges"]},
    {"id": "schema-balance_transactions", "group": "must", "text": "`balance_transactions`: the schema has its key `id` and its cursor `created`.", "test": "test_schema_has_keys_and_cursor[balance_transactions]", "tables": ["balance_transactions"]},
    {"id": "unique-keys-balance_transactions", "group": "must", "text": "`balance_transactions`: no two records of a full read share the key `id`.", "test": "test_keys_are_unique[balance_transactions]", "tables": ["balance_transactions"]},
    {"id": "incremental-balance_transactions", "group": "must", "text": "`balance_transactions`: a sync returns the records with a newer `created`, all of them and no others.", "test": "test_reads_only_newer_records[balance_transactions]", "tables": ["balance_transactions"]},
    {"id": "second-run-balance_transactions", "group": "must", "text": "`balance_transactions`: a second sync without changes in between returns nothing.", "test": "test_second_run_without_changes_returns_nothing[balance_transactions]", "tables": ["balance_transactions"]},
    {"id": "schema-products", "group": "must", "text": "`products`: the schema has its key `id` and its cursor `updated`.", "test": "test_schema_has_keys_and_cursor[products]", "tables": ["products"]},
    {"id": "unique-keys-products", "group": "must", "text": "`products`: no two records of a full read share the key `id`.", "test": "test_keys_are_unique[products]", "tables": ["products"]},
    {"id": "incremental-products", "group": "must", "text": "`products`: a sync returns the records with a newer `updated`, all of them and no others.", "test": "test_reads_only_newer_records[products]", "tables": ["products"]},
    {"id": "second-run-products", "group": "must", "text": "`products`: a second sync without changes in between returns nothing.", "test": "test_second_run_without_changes_returns_nothing[products]", "tables": ["products"]},
    {"id": "deletes-products", "group": "must", "text": "`products`: a record deleted in Stripe arrives as deleted, with its key `id`.", "test": "test_deletions_arrive[products]", "tables": ["products"]},
    {"id": "schema-prices", "group": "must", "text": "`prices`: the schema has its key `id` and its cursor `updated`.", "test": "test_schema_has_keys_and_cursor[prices]", "tables": ["prices"]},
    {"id": "unique-keys-prices", "group": "must", "text": "`prices`: no two records of a full read share the key `id`.", "test": "test_keys_are_unique[prices]", "tables": ["prices"]},
    {"id": "incremental-prices", "group": "must", "text": "`prices`: a sync returns the records with a newer `updated`, all of them and no others.", "test": "test_reads_only_newer_records[prices]", "tables": ["prices"]},
    {"id": "second-run-prices", "group": "must", "text": "`prices`: a second sync without changes in between returns nothing.", "test": "test_second_run_without_changes_returns_nothing[prices]", "tables": ["prices"]},
    {"id": "deletes-prices", "group": "must", "text": "`prices`: a record deleted in Stripe arrives as deleted, with its key `id`.", "test": "test_deletions_arrive[prices]", "tables": ["prices"]},
    {"id": "schema-payment_intents", "group": "must", "text": "`payment_intents`: the schema has its key `id` and its cursor `updated`.", "test": "test_schema_has_keys_and_cursor[payment_intents]", "tables": ["payment_intents"]},
    {"id": "unique-keys-payment_intents", "group": "must", "text": "`payment_intents`: no two records of a full read share the key `id`.", "test": "test_keys_are_unique[payment_intents]", "tables": ["payment_intents"]},
    {"id": "incremental-payment_intents", "group": "must", "text": "`payment_intents`: a sync returns the records with a newer `updated`, all of them and no others.", "test": "test_reads_only_newer_records[payment_intents]", "tables": ["payment_intents"]},
    {"id": "second-run-payment_intents", "group": "must", "text": "`payment_intents`: a second sync without changes in between returns nothing.", "test": "test_second_run_without_changes_returns_nothing[payment_intents]", "tables": ["payment_intents"]},
    {"id": "schema-refunds", "group": "must", "text": "`refunds`: the schema has its key `id` and its cursor `updated`.", "test": "test_schema_has_keys_and_cursor[refunds]", "tables": ["refunds"]},
    {"id": "unique-keys-refunds", "group": "must", "text": "`refunds`: no two records of a full read share the key `id`.", "test": "test_keys_are_unique[refunds]", "tables": ["refunds"]},
    {"id": "incremental-refunds", "group": "must", "text": "`refunds`: a sync returns the records with a newer `updated`, all of them and no others.", "test": "test_reads_only_newer_records[refunds]", "tables": ["refunds"]},
    {"id": "second-run-refunds", "group": "must", "text": "`refunds`: a second sync without changes in between returns nothing.", "test": "test_second_run_without_changes_returns_nothing[refunds]", "tables": ["refunds"]},
    {"id": "schema-disputes", "group": "must", "text": "`disputes`: the schema has its key `id` and its cursor `updated`.", "test": "test_schema_has_keys_and_cursor[disputes]", "tables": ["disputes"]},
    {"id": "unique-keys-disputes", "group": "must", "text": "`disputes`: no two records of a full read share the key `id`.", "test": "test_keys_are_unique[disputes]", "tables": ["disputes"]},
    {"id": "incremental-disputes", "group": "must", "text": "`disputes`: a sync returns the records with a newer `updated`, all of them and no others.", "test": "test_reads_only_newer_records[disputes]", "tables": ["disputes"]},
    {"id": "second-run-disputes", "group": "must", "text": "`disputes`: a second sync without changes in between returns nothing.", "test": "test_second_run_without_changes_returns_nothing[disputes]", "tables": ["disputes"]},
    {"id": "schema-payouts", "group": "must", "text": "`payouts`: the schema has its key `id` and its cursor `updated`.", "test": "test_schema_has_keys_and_cursor[payouts]", "tables": ["payouts"]},
    {"id": "unique-keys-payouts", "group": "must", "text": "`payouts`: no two records of a full read share the key `id`.", "test": "test_keys_are_unique[payouts]", "tables": ["payouts"]},
    {"id": "incremental-payouts", "group": "must", "text": "`payouts`: a sync returns the records with a newer `updated`, all of them and no others.", "test": "test_reads_only_newer_records[payouts]", "tables": ["payouts"]},
    {"id": "second-run-payouts", "group": "must", "text": "`payouts`: a second sync without changes in between returns nothing.", "test": "test_second_run_without_changes_returns_nothing[payouts]", "tables": ["payouts"]},
    {"id": "schema-credit_notes", "group": "must", "text": "`credit_notes`: the schema has its key `id` and its cursor `updated`.", "test": "test_schema_has_keys_and_cursor[credit_notes]", "tables": ["credit_notes"]},
    {"id": "unique-keys-credit_notes", "group": "must", "text": "`credit_notes`: no two records of a full read share the key `id`.", "test": "test_keys_are_unique[credit_notes]", "tables": ["credit_notes"]},
    {"id": "incremental-credit_notes", "group": "must", "text": "`credit_notes`: a sync returns the records with a newer `updated`, all of them and no others.", "test": "test_reads_only_newer_records[credit_notes]", "tables": ["credit_notes"]},
    {"id": "second-run-credit_notes", "group": "must", "text": "`credit_notes`: a second sync without changes in between returns nothing.", "test": "test_second_run_without_changes_returns_nothing[credit_notes]", "tables": ["credit_notes"]},
    {"id": "schema-events", "group": "must", "text": "`events`: the schema has its key `id` and its cursor `created`.", "test": "test_schema_has_keys_and_cursor[events]", "tables": ["events"]},
    {"id": "unique-keys-events", "group": "must", "text": "`events`: no two records of a full read share the key `id`.", "test": "test_keys_are_unique[events]", "tables": ["events"]},
    {"id": "incremental-events", "group": "must", "text": "`events`: a sync returns the records with a newer `created`, all of them and no others.", "test": "test_reads_only_newer_records[events]", "tables": ["events"]},
    {"id": "second-run-events", "group": "must", "text": "`events`: a second sync without changes in between returns nothing.", "test": "test_second_run_without_changes_returns_nothing[events]", "tables": ["events"]},
    {"id": "real-records-match-schema", "group": "must", "text": "Every record read from Stripe fits the schema of its table: dates, numbers sent as text, objects where a text was expected.", "test": "test_reads_records_that_match_the_schema", "tables": []},
    {"id": "connection-check", "group": "must", "text": "A connection without a required option, that is `token`, is refused with the option's name.", "test": "test_missing_options_are_named", "tables": []},
    {"id": "wrong-credentials", "group": "must", "text": "Credentials that Stripe refuses end in one error that says so, before any table is read.", "test": "", "tables": []},
    {"id": "one-table-without-permission", "group": "must", "text": "Where Stripe answers 403 for one table, the error or the log names that table.", "test": "test_one_table_without_permission_is_named", "tables": []},
    {"id": "timeouts", "group": "must", "text": "A request that Stripe does not answer is given up after the timeout of the client and reported; none is waited for without end.", "test": "test_gives_up_after_the_timeout", "tables": []},
    {"id": "retry-after-5xx", "group": "must", "text": "A sync goes on after Stripe has answered 500, 502, 503 or 504; each attempt waits longer than the one before.", "test": "test_retries_after_5xx", "tables": []},
    {"id": "retry-after-429", "group": "must", "text": "After a 429 of Stripe the same request is sent again, not before the time in Retry-After.", "test": "test_retries_after_429", "tables": []},
    {"id": "rate-limit", "group": "must", "text": "The connector never sends more than 25/s, however many tables it reads.", "test": "test_stays_under_the_rate_limit", "tables": []},
    {"id": "last-page", "group": "must", "text": "A table of several pages of 100 records, such as `balance_transactions` (3.6M records), is read to its last record, also when the last page is full or empty.", "test": "test_reads_the_last_page", "tables": []},
    {"id": "resume-after-interruption", "group": "must", "text": "A run that is cut off and started again goes on from the last stored place, and no record is missing.", "test": "test_resumes_after_an_interruption", "tables": ["customers", "subscriptions", "invoices", "charges", "balance_transactions", "products", "prices", "payment_intents", "refunds", "disputes", "payouts", "credit_notes", "events"]},
    {"id": "memory", "group": "must", "text": "Reading `balance_transactions` (3.6M records) holds one batch at a time in memory, not the table.", "test": "", "tables": []},
    {"id": "first-load", "group": "must", "text": "The first full load of all tables takes no longer than section 4 expects: 1.6 h.", "test": "", "tables": []},
    {"id": "sync-in-time", "group": "must", "text": "A sync of all tables ends before the next begins (1 hour).", "test": "", "tables": []},
    {"id": "api-coverage", "group": "must", "text": "One record of every table has been read by hand through version 2026-09-30.endive of the API, with credentials such as the connector will have.", "test": "", "tables": []},
    {"id": "new-fields", "group": "must", "text": "A field that Stripe adds does not stop a sync; one that it takes away reads as null.", "test": "", "tables": []},
    {"id": "should-test-clock-moves-subscription-sandbox-through-0e621d", "group": "should", "text": "A test clock moves a subscription of the sandbox through three months, and each invoice arrives", "test": "", "tables": []},
    {"id": "schema-coupons", "group": "should", "text": "`coupons`: the schema has its key `id`.", "test": "test_schema_has_keys_and_cursor[coupons]", "tables": ["coupons"]},
    {"id": "unique-keys-coupons", "group": "should", "text": "`coupons`: no two records of a full read share the key `id`.", "test": "test_keys_are_unique[coupons]", "tables": ["coupons"]},
    {"id": "schema-promotion_codes", "group": "should", "text": "`promotion_codes`: the schema has its key `id`.", "test": "test_schema_has_keys_and_cursor[promotion_codes]", "tables": ["promotion_codes"]},
    {"id": "unique-keys-promotion_codes", "group": "should", "text": "`promotion_codes`: no two records of a full read share the key `id`.", "test": "test_keys_are_unique[promotion_codes]", "tables": ["promotion_codes"]},
    {"id": "schema-tax_rates", "group": "should", "text": "`tax_rates`: the schema has its key `id`.", "test": "test_schema_has_keys_and_cursor[tax_rates]", "tables": ["tax_rates"]},
    {"id": "unique-keys-tax_rates", "group": "should", "text": "`tax_rates`: no two records of a full read share the key `id`.", "test": "test_keys_are_unique[tax_rates]", "tables": ["tax_rates"]},
    {"id": "odd-characters", "group": "should", "text": "Emoji, quotes, line breaks and empty texts arrive unchanged; an answer that cannot be parsed is reported with its table and request.", "test": "", "tables": []},
    {"id": "record-not-found", "group": "should", "text": "A single record that answers 404 or 400 is logged with its key and skipped; the table is read to its end.", "test": "", "tables": []},
    {"id": "error-messages", "group": "should", "text": "Every error names the table, the request and what Stripe answered, but no secret.", "test": "", "tables": []},
    {"id": "same-fields", "group": "should", "text": "Two accounts of Stripe have the same fields in the largest table, custom ones looked for.", "test": "", "tables": []},
    {"id": "api-version", "group": "should", "text": "Every request to Stripe names version 2026-09-30.endive, set in one place.", "test": "", "tables": []},
    {"id": "dependencies", "group": "should", "text": "The connector installs and imports with `requests>=2.32,<3` on the runtime it is meant for, and moves no version pinned there.", "test": "", "tables": []},
    {"id": "generic-suite", "group": "testing", "text": 'Passes the generic test suite against the Stripe sandbox "lakehouse-ci".', "test": "", "tables": []},
    {"id": "incremental-sync-validated", "group": "testing", "text": 'Incremental sync validated against the Stripe sandbox "lakehouse-ci": after a record is added, changed or deleted in every incremental table, its cursor has moved and the next sync brings it.', "test": "", "tables": []},
    {"id": "nulls-and-types", "group": "testing", "text": "Type and nullability of every column compared with 200 real records of Stripe for each table, not with its documentation.", "test": "", "tables": []},
]
