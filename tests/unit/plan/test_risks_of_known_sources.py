"""Plans for sources whose troubles are well known: the risks name what really went wrong there.

Each plan says what a careful engineer would have known before the first line of code. The figures
are of a mid-sized customer. `bit` names the risks behind the troubles that the makers of
connectors for the source report, each of which must stand at High or Medium.
"""

from __future__ import annotations

import statistics
from collections import Counter
from typing import Any

import pytest
from factories import UNKNOWN_SOURCE
from planning.answers.reading import read_answers
from planning.plan import capacity, fit
from planning.plan.features import default_features
from planning.plan.model import Facts, Risk
from planning.plan.risks import assess
from run_backtest import EVERY_PLAN


def changing(name: str, cursor: str, rows: str, a_day: str, **said: Any) -> dict[str, Any]:
    """A cdc table."""
    known = {"primary_keys": ["id"], "cursor_field": cursor, "rows": rows, "rows_per_day": a_day}
    return {"name": name, "ingestion": "cdc", **known, **said}


def whole(name: str, rows: str, **said: Any) -> dict[str, Any]:
    """A snapshot table."""
    return {"name": name, "ingestion": "snapshot", "primary_keys": ["id"], "rows": rows, **said}


PLANS: dict[str, dict[str, Any]] = {
    # Offset paging ends at 10,000 records, comments are read ticket by ticket, limits depend on
    # the plan, ticket fields differ between customers, deleted tickets stay.
    "zendesk": {
        "tables": [
            changing("tickets", "updated_at", "2M", "5k"),
            whole("ticket_comments", "40M"),
            changing("users", "updated_at", "300k", "1k"),
            whole("organizations", "20k"),
        ],
        "use_cases": ["Backlog of open tickets"],
        "auth_methods": ["api_key"],
        "auth_traits": ["per_tenant_url"],
        "connection_parameters": [{"name": "subdomain"}],
        "rate_limit": "700/minute, 200/minute",
        "page_size": 100,
        "pagination": "offset",
        "pagination_limit": 10_000,
        "change_frequency": "continuous",
        "request_timeout_seconds": 60,
        "schema_kind": "dynamic",
        "api_version": "v2",
        "sync_interval": "1 hour",
        "test_environment": "sandbox",
        "bit": [
            "page-cap-below-table",
            "offset-over-moving-data",
            "full-reload-of-large-table",
            "tiered-rate-limit",
            "deletes-unseen",
            "discovered-types-do-not-hold",
            "cursor-state",
        ],
    },
    # Objects without rights, custom fields, calls a day shared with all other integrations,
    # tokens that end during long queries, formula fields, versions retired every few years.
    "salesforce": {
        "tables": [
            changing("Account", "SystemModstamp", "3M", "20k", ingestion="cdc_with_deletes"),
            changing("Opportunity", "SystemModstamp", "2M", "10k", ingestion="cdc_with_deletes"),
            changing("Task", "CreatedDate", "30M", "100k"),
        ],
        "auth_methods": ["oauth2_refresh_token"],
        "auth_traits": ["token_refresh", "admin_approval", "per_object_permissions"],
        "rate_limit": "100000/day",
        "page_size": 2_000,
        "pagination": "link",
        "request_timeout_seconds": 120,
        "schema_kind": "dynamic",
        "schema_changes": "weekly",
        "api_version": "v58.0",
        "sync_interval": "1 hour",
        "test_environment": "sandbox",
        "bit": [
            "table-without-permission",
            "cursor-misses-updates",
            "discovered-types-do-not-hold",
            "backfill-outlives-token",
            "refresh-token-ends",
            "admin-approval",
        ],
    },
    # A version is supported for a year; the limit depends on the shop's plan; deleted orders and
    # products are only told as events; nested lists of orders are schemas of their own.
    "shopify": {
        "tables": [
            changing("orders", "updated_at", "5M", "10k"),
            changing("products", "updated_at", "50k", "500"),
            changing("customers", "updated_at", "2M", "3k"),
            whole("inventory_levels", "1M"),
        ],
        "use_cases": ["Inventory by location"],
        "auth_methods": ["api_key"],
        "auth_traits": ["per_tenant_url"],
        "connection_parameters": [{"name": "shop"}],
        "rate_limit": "2/s, 20/s",
        "page_size": 250,
        "pagination": "link",
        "request_timeout_seconds": 30,
        "schema_kind": "static",
        "schema_changes": "quarterly",
        "api_version": "2026-04",
        "api_end_of_life": "2027-04-01",
        "sync_interval": "1 hour",
        "test_environment": "sandbox",
        "bit": [
            "api-version-ends",
            "tiered-rate-limit",
            "types-differ-from-docs",
            "deletes-unseen",
            "full-reload-of-large-table",
            "cursor-state",
        ],
    },
    # Dates without zones, to the minute; pages by position while issues change; projects without
    # rights; custom fields; the search endpoint was switched off.
    "jira": {
        "tables": [
            changing("issues", "fields.updated", "800k", "4k"),
            whole("worklogs", "1.2M"),
            whole("projects", "500"),
        ],
        "auth_methods": ["basic"],
        "auth_traits": ["per_tenant_url", "per_object_permissions"],
        "page_size": 100,
        "pagination": "offset",
        "change_frequency": "continuous",
        "request_timeout_seconds": 60,
        "schema_kind": "dynamic",
        "schema_changes": "monthly",
        "api_version": "3",
        "sync_interval": "1 hour",
        "test_environment": "production",
        "bit": [
            "rate-limit-unknown",
            "offset-over-moving-data",
            "table-without-permission",
            "cursor-is-nested",
            "cursor-state",
            "discovered-types-do-not-hold",
            "full-reload-of-large-table",
        ],
    },
    # 5,000 requests an hour for everything; search ends at 1,000; comments by issue; 502 on large
    # pages.
    "github": {
        "tables": [
            changing("issues", "updated_at", "300k", "1k"),
            changing("comments", "updated_at", "2M", "6k", parent="issues"),
            whole("stargazers", "400k", primary_keys=["user_id"]),
            changing("commits", "created_at", "900k", "2k", primary_keys=["sha"]),
        ],
        "auth_methods": ["bearer_token"],
        "rate_limit": "5000/hour",
        "page_size": 100,
        "pagination": "link",
        "pagination_limit": 1_000,
        "schema_kind": "static",
        "schema_changes": "monthly",
        "api_version": "2022-11-28",
        "sync_interval": "1 hour",
        "test_environment": "production",
        "bit": [
            "page-cap-below-table",
            "requests-fail",
            "cursor-misses-updates",
            "one-request-per-parent",
            "fields-change",
        ],
    },
    # Search ends at 10,000 records, custom properties change type, scopes are missing for some
    # objects, API keys were switched off.
    "hubspot": {
        "tables": [
            changing("contacts", "properties.hs_lastmodifieddate", "1.5M", "20k"),
            changing("deals", "properties.hs_lastmodifieddate", "200k", "2k"),
            changing("engagements", "createdAt", "4M", "30k"),
        ],
        "auth_methods": ["oauth2_refresh_token"],
        "auth_traits": ["token_refresh"],
        "rate_limit": "100 per 10 seconds, 250000/day",
        "page_size": 100,
        "pagination": "cursor",
        "pagination_limit": 10_000,
        "schema_kind": "dynamic",
        "schema_changes": "monthly",
        "api_version": "v3",
        "sync_interval": "6 hours",
        "test_environment": "sandbox",
        "bit": [
            "page-cap-below-table",
            "discovered-types-do-not-hold",
            "cursor-misses-updates",
            "cursor-is-nested",
            "refresh-token-ends",
        ],
    },
    # Versions end every year, figures of past days change with conversions, fields that cannot be
    # asked for together, an approved developer token, a client library of gRPC.
    "google_ads": {
        "tables": [
            {
                "name": "campaign_performance",
                "ingestion": "append",
                "primary_keys": ["customer_id", "campaign_id", "date", "device"],
                "cursor_field": "segments.date",
                "rows": "20M",
                "rows_per_day": "50k",
            },
            whole("campaigns", "20k"),
        ],
        "auth_methods": ["oauth2_refresh_token"],
        "auth_traits": ["token_refresh", "admin_approval"],
        "rate_limit": "15000/day",
        "page_size": 10_000,
        "pagination": "cursor",
        "request_timeout_seconds": 60,
        "schema_kind": "static",
        "schema_changes": "quarterly",
        "api_version": "v17",
        "sync_interval": "1 day",
        "test_environment": "production",
        "dependencies": ["google-ads>=24"],
        "bit": [
            "end-of-life-unknown",
            "figures-are-restated",
            "types-differ-from-docs",
            "admin-approval",
            "library-bypasses-simulator",
            "refresh-token-ends",
        ],
    },
    # A day of events in one response, 60 exports an hour, days in the project's own time zone,
    # late events, properties that differ between customers.
    "mixpanel": {
        "tables": [
            {
                "name": "export",
                "ingestion": "append",
                "cursor_field": "properties.time",
                "rows": "200M",
                "rows_per_day": "500k",
                "lookback": "5 days",
            },
            whole("cohorts", "200"),
        ],
        "auth_methods": ["basic"],
        "rate_limit": "60/hour, 3/s",
        "page_size": 0,
        "pagination": "none",
        "request_timeout_seconds": 300,
        "schema_kind": "dynamic",
        "schema_changes": "weekly",
        "api_version": "2.0",
        "sync_interval": "1 day",
        "test_environment": "production",
        "bit": [
            "table-exceeds-memory",
            "figures-are-restated",
            "cursor-state",
            "cursor-is-nested",
            "discovered-types-do-not-hold",
        ],
    },
    # Objects can only be listed by creation, so that updates are missed unless events are read.
    "stripe": {
        "tables": [
            changing("charges", "created", "10M", "30k"),
            changing("customers", "created", "2M", "2k"),
            {
                "name": "invoices",
                "ingestion": "append",
                "primary_keys": ["id"],
                "cursor_field": "created",
                "rows": "3M",
                "rows_per_day": "5k",
            },
        ],
        "use_cases": ["Balance by month"],
        "auth_methods": ["api_key"],
        "rate_limit": "100/s",
        "page_size": 100,
        "pagination": "cursor",
        "schema_kind": "static",
        "schema_changes": "monthly",
        "api_version": "2024-06-20",
        "sync_interval": "1 hour",
        "test_environment": "sandbox",
        "bit": [
            "cursor-misses-updates",
            "append-rows-change",
            "deletes-unseen",
            "types-differ-from-docs",
            "fields-change",
        ],
    },
    # Five requests a second for a base, no filter by modification, fields that people rename and
    # retype, API keys switched off.
    "airtable": {
        "tables": [whole("projects", "40k"), whole("tasks", "150k")],
        "auth_methods": ["bearer_token"],
        "auth_traits": ["per_object_permissions"],
        "rate_limit": "5/s",
        "page_size": 100,
        "pagination": "cursor",
        "request_timeout_seconds": 30,
        "schema_kind": "dynamic",
        "schema_changes": "weekly",
        "api_version": "v0",
        "sync_interval": "15 minutes",
        "test_environment": "sandbox",
        "bit": ["discovered-types-do-not-hold", "table-without-permission", "requests-fail"],
    },
}


def risks_of(source: str) -> tuple[Risk, ...]:
    """The risks of one plan, with the features a session would propose."""
    raw = {"connector": source, **EVERY_PLAN, **PLANS[source]}
    del raw["bit"]
    raw["features"] = list(default_features(read_answers(raw)))
    answers = read_answers(raw)
    known = fit.assess(answers, UNKNOWN_SOURCE)
    return assess(Facts(answers, UNKNOWN_SOURCE, known, capacity.estimate(answers)))[0]


@pytest.mark.parametrize("source", PLANS)
def test_what_really_went_wrong_stands_at_high_or_medium(source: str) -> None:
    levels = {risk.id: risk.severity for risk in risks_of(source)}
    missed = {id: levels.get(id) for id in PLANS[source]["bit"]}
    assert {id for id, level in missed.items() if level not in ("High", "Medium")} == set()


@pytest.mark.parametrize("source", PLANS)
def test_no_more_than_two_thirds_of_one_plan_are_high(source: str) -> None:
    risks = risks_of(source)
    assert sum(risk.severity == "High" for risk in risks) <= len(risks) * 2 / 3


def test_no_level_holds_half_of_all_risks() -> None:
    levels = Counter(risk.severity for source in PLANS for risk in risks_of(source))
    assert set(levels) == {"High", "Medium", "Low"}
    assert max(levels.values()) < levels.total() / 2


def test_a_plan_that_is_well_answered_names_ten_risks_or_so() -> None:
    assert statistics.median(len(risks_of(source)) for source in PLANS) <= 10


def test_no_rule_fires_for_every_source() -> None:
    plans = [{risk.id for risk in risks_of(source)} for source in PLANS]
    assert set.intersection(*plans) == set()
