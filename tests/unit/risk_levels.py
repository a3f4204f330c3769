"""What the answers do to the level of each risk: id -> plans with likelihood and impact."""

from __future__ import annotations

from typing import Any

from planning.answer_types import ConnectionParameter
from risk_pairs import (
    DAY,
    HOUR,
    LIMITED,
    NEAR_LIMIT,
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
    "several-rate-limits": [
        ({**BOTH, "features": ("rate_limiting",)}, "Medium", "Medium"),
        (BOTH, "High", "Medium"),
        ({**LIMITED, **BOTH, **one(rows=100), "features": ("rate_limiting",)}, "Low", "Medium"),
    ],
    "tiered-rate-limit": [
        ({"auth_environments": "The sandbox has a smaller quota"}, "Medium", "Medium"),
        (
            {
                **LIMITED,
                **one(rows=3_000_000),
                "rate_limits": (PER_MINUTE, PER_MINUTE_SMALL),
            },
            "High",
            "Medium",
        ),
        (
            {
                **LIMITED,
                **one(rows=9_000_000),
                "rate_limits": (PER_MINUTE, PER_MINUTE_SMALL),
            },
            "Medium",
            "Medium",
        ),
    ],
    "sync-over-rate-limit": [
        ({**LIMITED, **one(rows=4_300_000)}, "High", "High"),
        ({**LIMITED, **one(rows=4_100_000)}, "Medium", "Medium"),
    ],
    "one-request-per-parent": [
        ({**LIMITED, **fan_out("One request a ticket")}, "Medium", "Medium"),
        ({**LIMITED, **fan_out("One request a ticket", rows=2_000_000)}, "High", "Medium"),
        (
            {**LIMITED, **fan_out("One request a ticket", rows=2_000_000, rows_per_day=2_000_000)},
            "High",
            "High",
        ),
        (fan_out("One request a ticket"), "Medium", "Medium"),
        (fan_out("One request a ticket", rows=1_000_000), "High", "Medium"),
        (fan_out("One request a folder"), "Medium", "Medium"),
    ],
    "sync-interval-unknown": [
        ({}, "Medium", "Low"),
        (one(rows=1_000_000), "Medium", "Medium"),
    ],
    "requests-fail": [
        ({}, "High", "Medium"),
        (
            {"features": ("retry_backoff",), "page_size": 100, **one(rows=100_000)},
            "Medium",
            "Medium",
        ),
    ],
    "request-timeout-unknown": [
        ({}, "Medium", "Medium"),
        (one(rows=999_999), "Low", "Medium"),
    ],
    "paging-unknown": [
        ({}, "Medium", "Medium"),
        (one(rows=1_000_000), "High", "Medium"),
        ({"pagination": "cursor"}, "Low", "Medium"),
    ],
    "page-cap-below-table": [
        ({"pagination_limit": 10_000}, "Medium", "Medium"),
        ({"pagination_limit": 10_000, **one(rows=10_001)}, "High", "High"),
    ],
    "page-cap-unknown": [
        (one(rows=20_000), "Medium", "Medium"),
        ({"pagination": "offset", **one(rows=20_000)}, "Low", "Medium"),
        ({"pagination": "offset", **one(rows=1_000_000)}, "Medium", "Medium"),
    ],
    "offset-over-moving-data": [
        ({"pagination": "offset"}, "Medium", "Medium"),
        ({"pagination": "page_number", "change_frequency": "continuous"}, "High", "Medium"),
    ],
    "consent-needs-a-person": [
        ({"auth_methods": ("oauth2_authorization_code",)}, "High", "High"),
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
    ],
    "table-without-permission": [
        ({**two(), "auth_methods": ("oauth2_client_credentials",)}, "Medium", "Medium"),
        ({**two(), "auth_traits": ("per_object_permissions",)}, "High", "Medium"),
        (
            {
                **two(),
                "auth_traits": ("per_object_permissions",),
                "test_environment": "sandbox",
            },
            "Medium",
            "Medium",
        ),
    ],
    "per-tenant-url": [
        ({"auth_traits": ("per_tenant_url",)}, "Medium", "Medium"),
        (
            {"auth_traits": ("per_tenant_url",), "connection_parameters": (SUBDOMAIN,)},
            "Low",
            "Medium",
        ),
    ],
    "token-expires": [
        ({"auth_traits": ("token_refresh",)}, "Medium", "Medium"),
        ({**LIMITED, **one(rows=100), "auth_traits": ("token_refresh",)}, "Low", "Medium"),
    ],
    "backfill-outlives-token": [
        (
            {**LIMITED, **one(rows=6_000_000), "auth_methods": ("oauth2_client_credentials",)},
            "Medium",
            "Medium",
        ),
        (
            {**LIMITED, **one(rows=40_000_000), "auth_methods": ("oauth2_client_credentials",)},
            "High",
            "High",
        ),
    ],
    "refresh-token-ends": [
        ({"auth_methods": ("oauth2_refresh_token",)}, "Medium", "Medium"),
        ({"auth_methods": ("oauth2_refresh_token", "api_key")}, "Low", "Medium"),
    ],
    "types-differ-from-docs": [
        ({"schema_kind": "static", "test_environment": "simulator"}, "High", "Medium"),
        ({"schema_kind": "static", "test_environment": "sandbox"}, "Medium", "Medium"),
        ({"schema_kind": "static", "test_environment": "production"}, "Medium", "Medium"),
    ],
    "discovered-types-do-not-hold": [
        ({"schema_kind": "dynamic", "features": ("schema_discovery",)}, "Medium", "Medium"),
        (
            {
                "schema_kind": "dynamic",
                "features": ("schema_discovery",),
                "schema_changes": "weekly",
            },
            "High",
            "Medium",
        ),
    ],
    "fields-change": [
        ({"schema_kind": "static"}, "Medium", "Medium"),
        ({"schema_kind": "static", "schema_changes": "yearly"}, "Low", "Medium"),
        ({"schema_kind": "static", "schema_changes": "monthly"}, "Medium", "Medium"),
        ({"schema_kind": "static", "schema_changes": "weekly"}, "High", "Medium"),
    ],
    "key-not-confirmed": [
        (cdc(assumed=frozenset({"primary_keys"})), "Medium", "Medium"),
        (one(ingestion="append"), "Medium", "Medium"),
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
    "backfill-takes-days": [
        ({**LIMITED, **one(rows=40_000_000)}, "Medium", "Medium"),
        ({**LIMITED, **one(rows=200_000_000)}, "High", "Medium"),
        ({"page_size": 100, **one(rows=4_000_000)}, "Medium", "Medium"),
    ],
    "volume-unknown": [
        ({}, "Medium", "Medium"),
        ({"rate_limits": ()}, "Medium", "Low"),
        (cdc(rows=100), "Low", "Medium"),
    ],
    "snapshot-outgrows-limit": [
        (NEAR_LIMIT, "High", "Medium"),
        ({**LIMITED, **one(rows=4_000_000, rows_per_day=1_000)}, "Medium", "Medium"),
    ],
    "table-exceeds-memory": [
        ({"pagination": "none", **one(rows=100_000)}, "Medium", "High"),
        ({"pagination": "none", **one(rows=1_000_000)}, "High", "High"),
        (one(rows=10_000_000), "Medium", "Medium"),
        ({"page_size": 10_000}, "Low", "Medium"),
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
        (
            {"test_environment": "production", **cdc(ingestion="cdc_with_deletes")},
            "High",
            "Medium",
        ),
    ],
    "sandbox-is-small": [
        ({"test_environment": "sandbox", **one(rows=1_000_000)}, "Low", "Low"),
        (
            {"test_environment": "sandbox", "pagination_limit": 10_000, **one(rows=10_001)},
            "Medium",
            "Medium",
        ),
        (
            {"test_environment": "sandbox", "pagination_limit": 5_000_000, **one(rows=2_000_000)},
            "Low",
            "Low",
        ),
    ],
    "end-of-life-unknown": [
        ({"api_version": "v2"}, "Medium", "Medium"),
        ({"api_version": "2026-04"}, "High", "Medium"),
        ({"api_version": "2022-11-28"}, "Medium", "Medium"),
        ({"api_version": "v17"}, "High", "Medium"),
        ({"api_version": "20261123"}, "Medium", "Medium"),
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
        ({**cdc(rows=240), "use_cases": ("How many themes there are",)}, "Medium", "Low"),
        ({**cdc(rows=10_001), "use_cases": ("How many themes there are",)}, "Medium", "High"),
        (cdc(), "Medium", "Low"),
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
    "cursor-not-confirmed": [
        (cdc(assumed=frozenset({"cursor_field"})), "High", "Medium"),
        (one(ingestion="append"), "Medium", "Medium"),
    ],
    "cursor-of-whole-days": [
        (cdc(ingestion="append", cursor_field="date"), "High", "Medium"),
        (
            {**cdc(ingestion="append", cursor_field="date"), "sync_interval": DAY},
            "Medium",
            "Medium",
        ),
    ],
    "cursor-state": [
        (cdc(cursor_field="fields.updated"), "High", "Medium"),
        (cdc(assumed=frozenset({"cursor_field"})), "High", "Medium"),
        (cdc(cursor_field="day"), "High", "Medium"),
        (cdc(), "Medium", "Medium"),
        (
            {**cdc(cursor_field="fields.updated"), "test_environment": "sandbox"},
            "Medium",
            "Medium",
        ),
    ],
    "figures-are-restated": [
        (cdc("ad_insights", cursor_field="date"), "Medium", "Medium"),
        (cdc("campaign_days", notes="28-day attribution window"), "High", "Medium"),
    ],
    "append-rows-change": [
        (one("invoices", ingestion="append"), "Medium", "Medium"),
        (one("entries", ingestion="append", notes="Status may change"), "High", "High"),
        (one("entries", ingestion="append", cursor_field="updated_at"), "High", "High"),
    ],
    "too-many-p0-tables": [
        (p0(11), "Medium", "Medium"),
        (p0(21), "High", "Medium"),
    ],
    "nobody-owns-the-plan": [
        ({}, "Medium", "Low"),
        ({"auth_traits": ("admin_approval",)}, "Medium", "Medium"),
    ],
    "nobody-waits-for-it": [
        ({}, "Medium", "Medium"),
        ({"problem": "No revenue report"}, "Medium", "Low"),
    ],
}
