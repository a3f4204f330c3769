"""For every risk rule one plan that fires it, and the one change that keeps it silent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from factories import UNKNOWN_SOURCE, table
from planning.answers.answer_types import ConcurrencyLimit, OAuth, RateLimit, Table
from planning.sources.existing import Existing, Finding

HOUR, DAY = 3_600, 86_400

AT_ONCE = ConcurrencyLimit(5, "5 at once")
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


def fan_out(parents: int = 800_000, **said: Any) -> dict[str, tuple[Table, ...]]:
    """A plan of so many tickets, and of comments of which this is said."""
    return {"tables": (table("tickets", rows=parents), table("comments", **said))}


def p0(number: int) -> dict[str, tuple[Table, ...]]:
    """A plan of so many P0 tables."""
    return {"tables": tuple(table(f"table_{place}") for place in range(number))}


LIMITED = {"rate_limits": (PER_MINUTE,), "page_size": 100, "sync_interval": HOUR}
"""700 requests a minute, 100 records a page, hourly: 42,000 requests a sync are allowed."""


PAIRS = {
    # API limits
    "rate-limit-unknown": Pair({}, {"rate_limits": (PER_MINUTE,)}),
    "tiered-rate-limit": Pair(
        {"rate_limits": (PER_MINUTE, PER_MINUTE_SMALL)}, {"rate_limits": (PER_MINUTE, PER_DAY)}
    ),
    "parallel-readers-share-limit": Pair(
        {"features": ("partitioned_reads",), "rate_limits": (PER_MINUTE,)}, {"rate_limits": ()}
    ),
    "graphql-query-cost": Pair({"source_type": "graphql_api"}, {"source_type": "rest_api"}),
    "requests-fail": Pair({}, {"features": ("retry_backoff",)}),
    "page-cap-below-table": Pair(
        {"pagination_limit": 10_000, **one(rows=10_001)}, {"pagination_limit": 10_001}
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
    "ip-allowlist": Pair({"auth_traits": ("ip_allowlist",)}, {"auth_traits": ()}),
    "per-tenant-url": Pair({"auth_traits": ("per_tenant_url",)}, {"auth_traits": ()}),
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
    "key-may-repeat": Pair(one(primary_keys=("email",)), one(primary_keys=("id", "email"))),
    "key-without-namespace": Pair(
        {"features": ("namespaces",), **one(primary_keys=("id",))},
        one(primary_keys=("account_id", "id")),
    ),
    # Data volume
    "full-reload-of-large-table": Pair(one(rows=2_000_000), cdc(rows=2_000_000)),
    "table-exceeds-memory": Pair(
        {"pagination": "none", **one(rows=100_000)}, {"pagination": "cursor"}
    ),
    # Testing
    "no-real-test-environment": Pair({"test_environment": "none"}, {"test_environment": "sandbox"}),
    "test-environment-unknown": Pair({}, {"test_environment": "sandbox"}),
    "tests-touch-production": Pair(
        {"test_environment": "production"}, {"test_environment": "sandbox"}
    ),
    # Dependencies
    "api-version-unknown": Pair({}, {"api_version": "v2"}),
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
    # Deletes
    "deletes-unseen": Pair(
        {**cdc(), "use_cases": ("Headcount by month",)}, cdc(ingestion="cdc_with_deletes")
    ),
    # Cursors
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
    "cursor-state": Pair(cdc(filter="none", order="cursor"), cdc(filter="from", order="cursor")),
    "append-rows-change": Pair(
        one("invoices", ingestion="append"), one("invoice_events", ingestion="append")
    ),
    # Delivery
    "too-many-p0-tables": Pair(p0(11), p0(10)),
    "sync-over-rate-limit": Pair(
        {**LIMITED, **cdc(rows_per_day=80_000_000)}, cdc(rows_per_day=8_000_000)
    ),
    "several-rate-limits": Pair(
        {"rate_limits": (PER_MINUTE, PER_DAY)}, {"rate_limits": (PER_MINUTE,)}
    ),
    "one-request-per-parent": Pair(
        fan_out(parent="tickets"), fan_out(parent="tickets", parents=9_000)
    ),
    "limit-at-once": Pair(
        {"rate_limits": (), "concurrency_limits": (AT_ONCE,)}, {"concurrency_limits": ()}
    ),
    "token-expires": Pair(
        {"auth_methods": ("service_account_jwt",)}, {"auth_methods": ("oauth2_client_credentials",)}
    ),
    "platform-token-ends": Pair(
        {**LIMITED, **one(rows=9_000_000), "auth_methods": ("oauth2_client_credentials",)},
        {"oauth": OAuth(flow="connector")},
    ),
    "table-without-permission": Pair(
        {**two(), "auth_traits": ("per_object_permissions",)}, {"auth_traits": ()}
    ),
    "fields-that-exclude-each-other": Pair(one("ad_insights"), one("ads")),
    "backfill-takes-days": Pair({**LIMITED, **cdc(rows=40_000_000)}, cdc(rows=2_000_000)),
    "history-gets-slow": Pair(one("audit_logs"), one("audit_logs", rows=50_000)),
    "exports-run-out": Pair(one(read_by="export"), one(read_by="list")),
    "sandbox-is-small": Pair(
        {"test_environment": "sandbox", "pagination_limit": 900, **one(rows=1_000)}, one(rows=900)
    ),
    "end-of-life-unknown": Pair({"api_version": "2026-04"}, {"api_version": "v2"}),
    "library-not-listed": Pair({"source_type": "soap_api"}, {"dependencies": ("zeep>=4,<5",)}),
    "order-is-not-cursor": Pair(cdc(order="other"), cdc(order="cursor")),
    "border-of-the-cursor": Pair(cdc(filter="after"), cdc(filter="from")),
    "run-does-not-end": Pair(
        cdc(ingestion="append", cursor_field="id"), cdc(ingestion="append", cursor_field="time")
    ),
    "cursor-is-a-start": Pair(
        cdc(ingestion="append", cursor_field="start_time"),
        cdc(ingestion="append", cursor_field="end_time"),
    ),
    "history-expires": Pair(cdc(retention=7 * DAY), cdc(retention=90 * DAY)),
    "deletions-forgotten-by-source": Pair(
        cdc(ingestion="cdc_with_deletes"), cdc(ingestion="cdc_with_deletes", retention=90 * DAY)
    ),
    "figures-are-restated": Pair(
        cdc("ad_insights", cursor_field="date"), cdc("ad_insights", cursor_field="date", lookback=0)
    ),
}
