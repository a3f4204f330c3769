"""How often each kind of trouble happened to real connectors, and what that makes of a likelihood.

Counted in the change histories of 25 connectors: Airbyte changelogs to 2025-11, Singer taps and
the Lakeflow community connectors to 2026-08. 1,604 fixes and forced changes, each put in one kind
by one rater; 5 to 10 % of the labels are debatable. Routine releases are left out. Here stand the
24 kinds with a share of 1 % or more; 16 fixes were of rarer kinds.
"""

from __future__ import annotations

from typing import NamedTuple

FIXES = 1_604
CONNECTORS = 25
COUNTED_UNTIL = "2026-08"


class Kind(NamedTuple):
    """One kind of trouble: `entries` fixes in `connectors` connectors.

    `understated` marks kinds that leave few traces in changelogs, where a low count proves no low
    risk.
    """

    what: str
    entries: int
    connectors: int
    understated: bool = False

    @property
    def share(self) -> float:
        """Share of all fixes, between 0 and 1."""
        return self.entries / FIXES

    @property
    def start(self) -> str:
        """The level a likelihood starts from."""
        if self.share >= HIGH_FROM:
            return "High"
        return "Medium" if self.understated or self.share >= MEDIUM_FROM else "Low"


KINDS = {
    "type_format": Kind("a field has another type, format or nullability than declared", 287, 24),
    "fields": Kind("fields missing from a static schema, or added by the vendor later", 141, 20),
    "primary_key": Kind("the primary key is wrong, missing or not unique", 30, 11),
    "vendor_change": Kind("the vendor changed allowed fields or combinations", 26, 2),
    "dynamic": Kind("custom fields or objects not discovered, or discovered wrongly", 25, 5),
    "timeout_5xx": Kind("timeouts and 5xx not retried", 122, 23),
    "pagination": Kind("page caps, last page, page tokens, offset drift, URL length", 93, 17),
    "rate_quota": Kind("rate limit or quota exceeded, 429 not handled", 68, 18, understated=True),
    "other": Kind("everything else", 56, 16),
    "config_check": Kind(
        "the connection check accepted what could not work, or refused what could", 54, 20
    ),
    "encoding_parse": Kind("encoding, parsing, odd characters, malformed responses", 45, 14),
    "error_message": Kind("useless error message", 31, 12),
    "api_coverage": Kind("the chosen API does not offer an object", 29, 5),
    "http_4xx": Kind("404 or 400 on single records not skipped", 20, 9),
    "state_cursor": Kind(
        "cursor or state: format, time zones, windows, lookback, lost state, endless loops", 211, 24
    ),
    "missing_dup_delete": Kind("rows missed or duplicated, deletes unseen", 38, 16),
    "slow_large": Kind(
        "too slow or too large: chunks, concurrency, long backfills, checkpoints", 87, 20
    ),
    "memory": Kind("out of memory", 24, 12),
    "api_version": Kind("upgrade of the API version forced", 49, 10),
    "library": Kind("a library broke", 25, 17),
    "sunset": Kind("endpoint or API switched off", 22, 10),
    "permission_scope": Kind(
        "403, missing scope, plan or permission; one table without access fails the whole sync",
        55,
        19,
    ),
    "token_oauth": Kind("token refresh, expiry, OAuth flow", 31, 14, understated=True),
    "tests": Kind("tests or sandbox", 19, 13, understated=True),
}

MET_BY = {
    "type_format": "real-records-match-schema nulls-and-types",
    "fields": "new-fields schema-<table>",
    "primary_key": "unique-keys-<table>",
    "vendor_change": "new-fields real-records-match-schema",
    "dynamic": "custom-fields same-fields",
    "timeout_5xx": "retry-after-5xx timeouts",
    "pagination": "last-page page-cap",
    "rate_quota": "rate-limit retry-after-429",
    "config_check": "connection-check wrong-credentials",
    "encoding_parse": "odd-characters",
    "error_message": "error-messages",
    "api_coverage": "api-coverage",
    "http_4xx": "record-not-found",
    "state_cursor": "resume-after-interruption incremental-sync-validated second-run-<table>",
    "missing_dup_delete": "incremental-<table> deletes-<table> unique-keys-<table>",
    "slow_large": "sync-in-time resume-after-interruption",
    "memory": "memory",
    "api_version": "api-version",
    "library": "dependencies",
    "sunset": "api-version",
    "permission_scope": "one-table-without-permission",
    "token_oauth": "token-refresh wrong-credentials",
    "tests": "generic-suite",
}
"""Kind -> ids of the acceptance criteria that would have caught it; `<table>` is a table's name."""

OF_CATEGORY = {
    "schema": ("type_format", "fields", "primary_key", "vendor_change", "dynamic"),
    "api_limits": ("timeout_5xx", "pagination", "rate_quota"),
    "cursors": ("state_cursor", "missing_dup_delete"),
    "deletes": ("state_cursor", "missing_dup_delete"),
    "data_volume": ("slow_large", "memory"),
    "dependencies": ("api_version", "library", "sunset"),
    "auth_complexity": ("permission_scope", "token_oauth"),
    "testing": ("tests",),
}
"""Category of a risk -> the kinds counted in it. Changelogs tell nothing of the others."""


def share_of(category: str) -> float:
    """Part of all fixes that were of a category, between 0 and 1."""
    return sum(KINDS[kind].share for kind in OF_CATEGORY.get(category, ()))


EVEN_SHARE = 1 / len(KINDS)
"""Share of each kind if all happened equally often: 4.2 %."""

HIGH_FROM = 2 * EVEN_SHARE
"""Share from which a likelihood starts at High: twice the even share, 8.3 %."""

MEDIUM_FROM = EVEN_SHARE / 2
"""Share from which a likelihood starts at Medium: half the even share, 2.1 %."""

UNCOUNTED_START = "Medium"
"""Start of a risk of no counted kind. Changelogs cannot show it, so nothing speaks for Low."""


def history(kind: str) -> str:
    """How often one kind happened, as a sentence of a `why`."""
    found = KINDS[kind]
    return (
        f"This took {found.entries} of {FIXES:,} fixes, in {found.connectors} of {CONNECTORS} "
        "connectors."
    )
