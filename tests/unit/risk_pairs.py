"""For every risk rule one plan that fires it, and the one change that keeps it silent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from factories import UNKNOWN_SOURCE, table
from planning.answer_types import RateLimit, Table
from planning.model import Existing, Finding

HOUR, DAY = 3_600, 86_400

PER_MINUTE = RateLimit(700, 60, "700/minute")
PER_DAY = RateLimit(100_000, DAY, "100000/day")
PER_MINUTE_SMALL = RateLimit(200, 60, "200/minute")


@dataclass(frozen=True)
class Pair:
    """Changes to the smallest plan that fire a rule, and the change on top that silences it."""

    fires: dict[str, Any]
    silent: dict[str, Any]


def one(name: str = "orders", **facts: Any) -> dict[str, tuple[Table, ...]]:
    """A plan of one table."""
    return {"tables": (table(name, **facts),)}


def cdc(name: str = "orders", **facts: Any) -> dict[str, tuple[Table, ...]]:
    """A plan of one cdc table with key and cursor."""
    known = {"ingestion": "cdc", "primary_keys": ("id",), "cursor_field": "updated_at"}
    return one(name, **{**known, **facts})


def two(**facts: Any) -> dict[str, tuple[Table, ...]]:
    """A plan of two tables."""
    return {"tables": (table("orders", **facts), table("customers", **facts))}


def known(ecosystem: str, **facts: Any) -> Existing:
    """A catalogue that knows one connector for the source."""
    found = Finding(ecosystem, ("acme",), f"A {ecosystem} connector.", "2026-08-18", **facts)
    return Existing(match="Acme", findings=(found,), near=(), as_of="2026-11-23")


def fan_out(notes: str, **parents: Any) -> dict[str, tuple[Table, ...]]:
    """A plan of comments with such notes beside the tickets they belong to."""
    known = {"ingestion": "cdc", "primary_keys": ("id",), "cursor_field": "updated_at"}
    tickets = table("tickets", **{"rows": 800_000, **known, **parents})
    return {"tables": (tickets, table("comments", **known, notes=notes))}


def p0(number: int) -> dict[str, tuple[Table, ...]]:
    """A plan of so many P0 tables."""
    return {"tables": tuple(table(f"table_{place}") for place in range(number))}


LIMITED = {"rate_limits": (PER_MINUTE,), "page_size": 100, "sync_interval": HOUR}
"""700 requests a minute, 100 records a page, hourly: 42,000 requests a sync are allowed."""

NEAR_LIMIT = {**LIMITED, **one(rows=4_000_000, rows_per_day=10_000)}

PAIRS = {
    # API limits
    "rate-limit-unknown": Pair({}, {"rate_limits": (PER_MINUTE,)}),
    "several-rate-limits": Pair(
        {"rate_limits": (PER_MINUTE, PER_DAY)}, {"rate_limits": (PER_MINUTE,)}
    ),
    "tiered-rate-limit": Pair(
        {"rate_limits": (PER_MINUTE, PER_MINUTE_SMALL)}, {"rate_limits": (PER_MINUTE, PER_DAY)}
    ),
    "sync-over-rate-limit": Pair({**LIMITED, **one(rows=40_000_000)}, one(rows=400_000)),
    "parallel-readers-share-limit": Pair(
        {"features": ("partitioned_reads",), "rate_limits": (PER_MINUTE,)}, {"rate_limits": ()}
    ),
    "graphql-query-cost": Pair({"source_type": "graphql_api"}, {"source_type": "rest_api"}),
    "sync-interval-unknown": Pair({}, {"sync_interval": DAY}),
    "one-request-per-parent": Pair(
        fan_out("One request a ticket"), fan_out("Comments of tickets, 100 a request")
    ),
    "requests-fail": Pair({}, {"features": ("retry_backoff",)}),
    "request-timeout-unknown": Pair({}, {"request_timeout_seconds": 60}),
    "paging-unknown": Pair({"pagination": "cursor"}, {"page_size": 100}),
    "page-cap-below-table": Pair(
        {"pagination_limit": 10_000, **one(rows=10_001)}, {"pagination_limit": 10_001}
    ),
    "page-cap-unknown": Pair(
        {"pagination": "offset", **one(rows=20_000)}, {"pagination": "cursor"}
    ),
    "offset-over-moving-data": Pair({"pagination": "offset"}, {"change_frequency": "weekly"}),
    # Authentication
    "auth-method-unknown": Pair({}, {"auth_methods": ("api_key",)}),
    "consent-needs-a-person": Pair(
        {"auth_methods": ("oauth2_authorization_code",)},
        {"auth_methods": ("oauth2_client_credentials",)},
    ),
    "second-factor": Pair(
        {"auth_traits": ("mfa",), "auth_methods": ("basic",)}, {"auth_methods": ("api_key",)}
    ),
    "admin-approval": Pair({"auth_traits": ("admin_approval",)}, {"auth_traits": ()}),
    "untested-auth-method": Pair(
        {"auth_methods": ("api_key", "basic"), "test_environment": "production"},
        {"test_environment": "sandbox"},
    ),
    "table-without-permission": Pair(
        {**two(), "auth_traits": ("per_object_permissions",)}, {"auth_traits": ()}
    ),
    "ip-allowlist": Pair({"auth_traits": ("ip_allowlist",)}, {"auth_traits": ()}),
    "per-tenant-url": Pair({"auth_traits": ("per_tenant_url",)}, {"auth_traits": ()}),
    "token-expires": Pair(
        {"auth_methods": ("oauth2_client_credentials",)}, {"auth_methods": ("api_key",)}
    ),
    "backfill-outlives-token": Pair(
        {**LIMITED, **one(rows=9_000_000), "auth_methods": ("service_account_jwt",)},
        one(rows=300_000),
    ),
    "refresh-token-ends": Pair(
        {"auth_methods": ("oauth2_refresh_token",)}, {"auth_methods": ("service_account_jwt",)}
    ),
    # Schema and keys
    "schema-unknown": Pair({}, {"schema_kind": "static"}),
    "types-differ-from-docs": Pair({"schema_kind": "static"}, {"schema_kind": "dynamic"}),
    "discovered-types-do-not-hold": Pair(
        {"schema_kind": "dynamic", "features": ("schema_discovery",)}, {"schema_kind": "static"}
    ),
    "dynamic-schema-static-stubs": Pair(
        {"schema_kind": "dynamic"}, {"features": ("schema_discovery",)}
    ),
    "fields-change": Pair(
        {"schema_kind": "static", "schema_changes": "monthly"}, {"schema_changes": "never"}
    ),
    "soap-answers": Pair({"source_type": "soap_api"}, {"source_type": "rest_api"}),
    "key-not-confirmed": Pair(cdc(assumed=frozenset({"primary_keys"})), cdc()),
    "key-may-repeat": Pair(one(primary_keys=("email",)), one(primary_keys=("id", "email"))),
    "key-without-namespace": Pair(
        {"features": ("namespaces",), **one(primary_keys=("id",))},
        one(primary_keys=("account_id", "id")),
    ),
    # Data volume
    "full-reload-of-large-table": Pair(one(rows=2_000_000), cdc(rows=2_000_000)),
    "backfill-takes-days": Pair({**LIMITED, **one(rows=40_000_000)}, one(rows=2_000_000)),
    "volume-unknown": Pair({}, one(rows=1_000)),
    "snapshot-outgrows-limit": Pair(NEAR_LIMIT, one(rows=4_000_000, rows_per_day=100)),
    "table-exceeds-memory": Pair(
        {"pagination": "none", **one(rows=100_000)}, {"pagination": "cursor"}
    ),
    # Testing
    "no-real-test-environment": Pair({"test_environment": "none"}, {"test_environment": "sandbox"}),
    "test-environment-unknown": Pair({}, {"test_environment": "sandbox"}),
    "tests-touch-production": Pair(
        {"test_environment": "production"}, {"test_environment": "sandbox"}
    ),
    "sandbox-is-small": Pair({"test_environment": "sandbox", **one(rows=2_000_000)}, one(rows=900)),
    # Dependencies
    "api-version-unknown": Pair({}, {"api_version": "v2"}),
    "end-of-life-unknown": Pair({"api_version": "v2"}, {"api_end_of_life": "2031-01-01"}),
    "api-version-ends": Pair(
        {"api_version": "v2", "api_end_of_life": "2027-05-01", "created": "2026-11-24"},
        {"api_end_of_life": "2031-01-01"},
    ),
    "dependency-unpinned": Pair(
        {"dependencies": ("requests>=2.31",)}, {"dependencies": ("requests>=2.31,<3",)}
    ),
    "dependency-conflict": Pair(
        {"dependencies": ("requests>=2.31", "requests<2")},
        {"dependencies": ("requests>=2.31", "requests<3")},
    ),
    "dependency-compiled": Pair(
        {"dependencies": ("pyodbc==5.1",)}, {"dependencies": ("oracledb==2.2",)}
    ),
    "library-bypasses-simulator": Pair(
        {"dependencies": ("httpx<1",)}, {"dependencies": ("requests<3",)}
    ),
    # Fit
    "against-the-evidence": Pair({"managed_connector": "yes"}, {"managed_connector": "no"}),
    "connector-exists-after-all": Pair(
        {"managed_connector": "no", "existing": known("managed")}, {"existing": UNKNOWN_SOURCE}
    ),
    "managed-connector-in-preview": Pair(
        {"existing": known("managed", preview=True)}, {"existing": known("managed")}
    ),
    "existing-connectors-unchecked": Pair(
        {"managed_connector": "no"}, {"community_connector": "no"}
    ),
    "documentation-missing": Pair({}, {"docs_url": "https://docs.example"}),
    # Deletes
    "deletes-unseen": Pair(cdc(), cdc(ingestion="cdc_with_deletes")),
    "deletions-forgotten-by-source": Pair(cdc(ingestion="cdc_with_deletes"), cdc()),
    # Cursors
    "cursor-not-confirmed": Pair(cdc(assumed=frozenset({"cursor_field"})), cdc()),
    "cursor-misses-updates": Pair(
        cdc(cursor_field="created_at"), cdc(cursor_field="LastModifiedDate")
    ),
    "cursor-of-whole-days": Pair(
        cdc(ingestion="append", cursor_field="report_date"),
        cdc(ingestion="append", cursor_field="report_time"),
    ),
    "cursor-is-nested": Pair(
        cdc(cursor_field="properties.updated"), cdc(cursor_field="properties_updated")
    ),
    "cursor-state": Pair(cdc(), one(cursor_field="updated_at")),
    "figures-are-restated": Pair(
        cdc("ad_insights", cursor_field="date"), cdc("ad_insights", cursor_field="updated_at")
    ),
    "append-rows-change": Pair(
        one("invoices", ingestion="append"), one("invoice_events", ingestion="append")
    ),
    # Delivery
    "too-many-p0-tables": Pair(p0(11), p0(10)),
    "nobody-waits-for-it": Pair(
        {"target_users": ("Finance",)}, {"use_cases": ("Revenue by region",)}
    ),
    "nobody-owns-the-plan": Pair({}, {"owner": "Ada"}),
}
