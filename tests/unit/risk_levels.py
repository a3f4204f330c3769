"""What the answers do to the level of each risk: id -> plans with likelihood and impact."""

from __future__ import annotations

from typing import Any

from planning.answers.answer_types import ConnectionParameter, OAuth
from risk_pairs import (
    AT_ONCE,
    DAY,
    HOUR,
    LIMITED,
    PER_DAY,
    PER_MINUTE,
    PER_MINUTE_SMALL,
    cdc,
    fan_out,
    known,
    one,
    p0,
    two,
)

BOTH = {"rate_limits": (PER_MINUTE, PER_DAY)}
SUBDOMAIN = ConnectionParameter("subdomain")

Levels = list[tuple[dict[str, Any], str, str]]

LEVELS: dict[str, Levels] = {
    "rate-limit-unknown": [
        ({}, "Medium", "Medium"),
        (one(rows=1_000_000), "High", "Medium"),
        ({"sync_interval": HOUR}, "High", "Medium"),
    ],
    "tiered-rate-limit": [
        ({"auth_environments": "The sandbox has a smaller quota"}, "Medium", "Medium"),
        (
            {**LIMITED, **one(rows=3_000_000), "rate_limits": (PER_MINUTE, PER_MINUTE_SMALL)},
            "High",
            "Medium",
        ),
        (
            {**LIMITED, **one(rows=9_000_000), "rate_limits": (PER_MINUTE, PER_MINUTE_SMALL)},
            "Medium",
            "Medium",
        ),
    ],
    "page-cap-below-table": [
        ({"pagination_limit": 10_000}, "Medium", "Medium"),
        ({"pagination_limit": 10_000, **one(rows=10_001)}, "High", "High"),
    ],
    "offset-over-moving-data": [
        ({"pagination": "offset"}, "Medium", "Medium"),
        ({"pagination": "page_number", "change_frequency": "continuous"}, "High", "Medium"),
    ],
    "consent-needs-a-person": [
        (
            {"auth_methods": ("oauth2_authorization_code",), "oauth": OAuth(flow="connector")},
            "High",
            "High",
        ),
        ({"auth_methods": ("oauth2_authorization_code",)}, "Medium", "Medium"),
        ({"auth_methods": ("api_key", "oauth2_authorization_code")}, "Medium", "Medium"),
    ],
    "second-factor": [
        ({"auth_traits": ("mfa",), "auth_methods": ("basic",)}, "High", "High"),
        ({"auth_traits": ("mfa",), "auth_methods": ("basic", "api_key")}, "Medium", "Medium"),
    ],
    "admin-approval": [
        ({"auth_traits": ("admin_approval",)}, "High", "Medium"),
        ({"auth_traits": ("admin_approval",), "test_environment": "sandbox"}, "Medium", "Medium"),
    ],
    "untested-auth-method": [
        ({"auth_methods": ("api_key", "basic")}, "Medium", "Medium"),
        ({"auth_methods": ("api_key", "basic"), "test_environment": "none"}, "High", "Medium"),
        (
            {
                "auth_methods": ("api_key", "oauth2_authorization_code"),
                "test_environment": "sandbox",
            },
            "Low",
            "Medium",
        ),
    ],
    "refresh-token-ends": [
        ({"auth_methods": ("oauth2_refresh_token",)}, "Medium", "Medium"),
        ({"auth_methods": ("oauth2_refresh_token", "api_key")}, "Low", "Medium"),
    ],
    "key-may-repeat": [
        (one(primary_keys=("email",)), "Low", "Medium"),
        (cdc(primary_keys=("a", "b", "c", "d")), "Medium", "Medium"),
    ],
    "full-reload-of-large-table": [
        ({**LIMITED, **one(rows=40_000_000)}, "High", "High"),
        (one(rows=40_000_000), "Medium", "Medium"),
        ({**LIMITED, "rate_limits": None, **one(rows=1_000_000)}, "High", "High"),
        ({**LIMITED, "sync_interval": 7 * DAY, **one(rows=1_000_000)}, "Low", "Medium"),
    ],
    "no-real-test-environment": [
        ({"test_environment": "none"}, "High", "High"),
        ({"test_environment": "simulator"}, "Medium", "Medium"),
    ],
    "test-environment-unknown": [
        ({}, "Medium", "Medium"),
        ({"auth_traits": ("admin_approval",)}, "High", "Medium"),
    ],
    "tests-touch-production": [
        ({"test_environment": "production"}, "Medium", "Medium"),
        ({"test_environment": "production", **cdc(ingestion="cdc_with_deletes")}, "High", "Medium"),
    ],
    "api-version-ends": [
        ({"api_end_of_life": "2029-10-24", "created": "2026-11-24"}, "Medium", "Medium"),
        ({"api_end_of_life": "2028-12-31", "created": "2026-11-24"}, "Medium", "Medium"),
        ({"api_end_of_life": "2027-11-24", "created": "2026-11-24"}, "High", "High"),
        ({"api_end_of_life": "2026-01-01", "created": "2026-11-24"}, "High", "High"),
    ],
    "dependency-unpinned": [
        ({"dependencies": ("requests>=2.31",)}, "Low", "Medium"),
        ({"dependencies": ("requests",)}, "Medium", "Medium"),
    ],
    "dependency-conflict": [
        ({"dependencies": ("requests>=2.31", "requests<2")}, "High", "High"),
        ({"dependencies": ("pyspark==4.1.0",)}, "Medium", "High"),
    ],
    "dependency-compiled": [
        ({"dependencies": ("pyodbc==5.1",)}, "Medium", "High"),
        ({"dependencies": ("lxml<6",)}, "Low", "Medium"),
    ],
    "against-the-evidence": [
        ({"managed_connector": "yes"}, "High", "High"),
        ({"managed_connector": "yes", "recommendation_reason": "Needs SLAs."}, "Medium", "Medium"),
    ],
    "managed-connector-in-preview": [
        ({"existing": known("managed", preview=True)}, "Medium", "Medium"),
        ({"existing": known("managed_api_only")}, "Low", "Medium"),
    ],
    "existing-connectors-unchecked": [
        ({}, "Medium", "Low"),
        ({"existing": known("managed", partial=True)}, "Medium", "Medium"),
    ],
    "deletes-unseen": [
        ({**cdc(), "use_cases": ("Stock by warehouse",)}, "Medium", "Medium"),
        ({**cdc(rows=10_001), "use_cases": ("How many themes there are",)}, "Medium", "High"),
        ({**cdc(), "use_cases": ("Headcount by month",)}, "Medium", "High"),
        (
            {**cdc(), "use_cases": ("Headcount by month",), "wont_have": ("Deletions",)},
            "Low",
            "High",
        ),
    ],
    "deletions-forgotten-by-source": [
        ({**cdc(ingestion="cdc_with_deletes"), "features": ("delete_sync",)}, "Medium", "Medium"),
        (cdc(ingestion="cdc_with_deletes"), "High", "Medium"),
        (
            {
                **cdc(ingestion="cdc_with_deletes"),
                "features": ("delete_sync",),
                "sync_interval": DAY,
            },
            "Low",
            "Medium",
        ),
    ],
    "cursor-of-whole-days": [
        (cdc(ingestion="append", cursor_field="date"), "High", "Medium"),
        (
            {**cdc(ingestion="append", cursor_field="date"), "sync_interval": DAY},
            "Medium",
            "Medium",
        ),
    ],
    "several-rate-limits": [
        ({**BOTH, "features": ("rate_limiting",)}, "Medium", "Medium"),
        (BOTH, "High", "Medium"),
    ],
    "sync-over-rate-limit": [
        ({**LIMITED, **cdc(rows_per_day=101_000_000)}, "High", "High"),
        ({**LIMITED, **cdc(rows_per_day=100_000_000)}, "Medium", "Medium"),
    ],
    "one-request-per-parent": [
        ({**LIMITED, **fan_out(parent="tickets", parents=30_000)}, "Medium", "Medium"),
        ({**LIMITED, **fan_out(parent="tickets", parents=50_000)}, "High", "High"),
        (
            {**LIMITED, "sync_interval": 7 * DAY, **fan_out(parent="tickets", parents=2_000_000)},
            "High",
            "Medium",
        ),
        (fan_out(parent="tickets"), "Medium", "Medium"),
    ],
    "limit-at-once": [
        ({"rate_limits": (), "concurrency_limits": (AT_ONCE,)}, "Medium", "Medium"),
        ({"rate_limits": (), "concurrency_limits": (AT_ONCE,), **p0(6)}, "High", "Medium"),
    ],
    "requests-fail": [
        ({}, "High", "Medium"),
        (
            {"features": ("retry_backoff",), "page_size": 100, **one(rows=100_000)},
            "Medium",
            "Medium",
        ),
        (
            {"features": ("retry_backoff",), "page_size": 100, **one(rows=10_000_000)},
            "High",
            "Medium",
        ),
    ],
    "types-differ-from-docs": [
        ({"schema_kind": "static", **p0(3)}, "High", "Medium"),
        ({"schema_kind": "static", **p0(2)}, "Medium", "Medium"),
        ({"schema_kind": "static", "source_type": "graphql_api", **p0(3)}, "Medium", "Medium"),
    ],
    "cursor-state": [
        (cdc(filter="from"), "Medium", "Medium"),  # nobody said the order
        (cdc(filter="none", order="cursor"), "Medium", "Medium"),
        (cdc(filter="none", order="cursor", parent="shops"), "High", "Medium"),
    ],
    "exports-run-out": [
        (one(read_by="export", rows=1_000), "Medium", "Medium"),
        (one(read_by="export", rows=1_000_000), "High", "Medium"),
        (one(read_by="export"), "High", "Medium"),
    ],
    "library-not-listed": [
        ({"source_type": "soap_api"}, "Medium", "Medium"),
        (one(read_by="export"), "Low", "Medium"),
    ],
    "key-without-namespace": [
        ({"features": ("namespaces",), **one(primary_keys=("id",))}, "Medium", "Medium"),
        (one(parent="shops", primary_keys=("number",)), "Medium", "Medium"),
        (one("members", parent="shops", primary_keys=("id",)), "Medium", "Medium"),
    ],
    "table-without-permission": [
        ({**two(), "auth_traits": ("per_object_permissions",)}, "High", "Medium"),
        (
            {**two(), "auth_traits": ("per_object_permissions",), "test_environment": "sandbox"},
            "Medium",
            "Medium",
        ),
    ],
    "backfill-outlives-token": [
        (
            {**LIMITED, **one(rows=6_000_000), "auth_methods": ("service_account_jwt",)},
            "Medium",
            "Medium",
        ),
        (
            {**LIMITED, **one(rows=40_000_000), "auth_methods": ("service_account_jwt",)},
            "Medium",
            "Medium",
        ),
        (
            {**LIMITED, **one(rows=40_000_000), "auth_methods": ("oauth2_refresh_token",)},
            "Medium",
            "High",
        ),
    ],
    "platform-token-ends": [
        (
            {**LIMITED, **one(rows=6_000_000), "auth_methods": ("oauth2_client_credentials",)},
            "Medium",
            "Medium",
        ),
        (
            {**LIMITED, **one(rows=40_000_000), "auth_methods": ("oauth2_client_credentials",)},
            "Medium",
            "Medium",
        ),
    ],
    "fields-change": [
        ({"schema_kind": "static", "schema_changes": "quarterly"}, "Low", "Medium"),
        ({"schema_kind": "static", "schema_changes": "monthly"}, "Medium", "Medium"),
        ({"schema_kind": "static", "schema_changes": "weekly"}, "High", "Medium"),
    ],
    "backfill-takes-days": [
        ({**LIMITED, **cdc(rows=40_000_000)}, "Medium", "Medium"),
        ({**LIMITED, **cdc(rows=200_000_000)}, "High", "Medium"),
        ({"page_size": 100, **cdc(rows=4_000_000)}, "Medium", "Medium"),
    ],
    "history-gets-slow": [
        (one("audit_logs"), "Low", "Medium"),
        (one("audit_logs", rows=1_000_000), "Medium", "Medium"),
        (one("audit_logs", rows_per_day=100_000), "Medium", "Medium"),
        (one("audit_logs", rows=10_000_000), "High", "Medium"),
    ],
    "table-exceeds-memory": [
        ({"pagination": "none", **one(rows=100_000)}, "Medium", "High"),
        ({"pagination": "none", **one(rows=1_000_000)}, "High", "High"),
        ({"page_size": 10_000}, "Low", "Medium"),
    ],
    "order-is-not-cursor": [
        (cdc(order="other"), "High", "High"),
        (cdc(order="on_request"), "Medium", "Medium"),
    ],
    "border-of-the-cursor": [
        (cdc(filter="after"), "High", "Medium"),
        (cdc(filter="after", lookback=HOUR), "Medium", "Medium"),
    ],
    "figures-are-restated": [
        (cdc("ad_insights", cursor_field="date"), "Medium", "Medium"),
        (cdc("ads", cursor_field="date", lookback=DAY), "High", "Medium"),
    ],
    "history-expires": [
        (cdc(retention=7 * DAY), "High", "Medium"),
        ({**cdc(retention=7 * DAY), "sync_interval": HOUR}, "Medium", "Medium"),
        ({**cdc(retention=7 * DAY), "sync_interval": 3 * DAY}, "High", "High"),
    ],
    "cursor-is-nested": [
        (cdc(cursor_field="a.b"), "High", "High"),
        (cdc(ingestion="append", cursor_field="a.b"), "High", "Medium"),
    ],
    "append-rows-change": [
        (one("orders", ingestion="append"), "Medium", "Medium"),
        (one("rows", ingestion="append", cursor_field="updated_at"), "High", "High"),
    ],
    "too-many-p0-tables": [(p0(11), "Medium", "Medium"), (p0(21), "High", "Medium")],
    "parallel-readers-share-limit": [
        ({"rate_limits": (PER_MINUTE,), "features": ("partitioned_reads",)}, "Medium", "Medium"),
        (
            {"rate_limits": (PER_MINUTE,), "features": ("partitioned_reads", "rate_limiting")},
            "Low",
            "Medium",
        ),
    ],
}
