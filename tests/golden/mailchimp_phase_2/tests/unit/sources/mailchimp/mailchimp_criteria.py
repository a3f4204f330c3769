# Owned by the plan: every `copier update` writes this file anew. Change the answers, not this file.
# fmt: off
# ruff: noqa
# isort: skip_file
"""The risks and acceptance criteria of the plan. Other tools may read them; names and keys stay."""

from __future__ import annotations

from typing import TypedDict


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
    {"id": "types-differ-from-docs", "category": "schema", "likelihood": "High", "impact": "Medium", "severity": "High", "status": "open"},
    {"id": "offset-over-moving-data", "category": "api_limits", "likelihood": "High", "impact": "Medium", "severity": "High", "status": "mitigated"},
    {"id": "cursor-state", "category": "cursors", "likelihood": "High", "impact": "Medium", "severity": "High", "status": "open"},
    {"id": "figures-are-restated", "category": "cursors", "likelihood": "High", "impact": "Medium", "severity": "High", "status": "open"},
    {"id": "history-gets-slow", "category": "data_volume", "likelihood": "High", "impact": "Medium", "severity": "High", "status": "open"},
    {"id": "extra-reports-keep-opens-clicks-they-had-aa25bd", "category": "delivery", "likelihood": "High", "impact": "Medium", "severity": "High", "status": "open"},
    {"id": "requests-fail", "category": "api_limits", "likelihood": "Medium", "impact": "Medium", "severity": "Medium", "status": "open"},
    {"id": "limit-at-once", "category": "api_limits", "likelihood": "Medium", "impact": "Medium", "severity": "Medium", "status": "open"},
    {"id": "border-of-the-cursor", "category": "cursors", "likelihood": "Medium", "impact": "Medium", "severity": "Medium", "status": "open"},
    {"id": "no-real-test-environment", "category": "testing", "likelihood": "Medium", "impact": "Medium", "severity": "Medium", "status": "open"},
    {"id": "extra-key-email-activity-same-two-clicks-69470f", "category": "delivery", "likelihood": "Medium", "impact": "Medium", "severity": "Medium", "status": "open"},
    {"id": "key-may-repeat", "category": "schema", "likelihood": "Low", "impact": "Medium", "severity": "Low", "status": "open"},
]

CRITERIA: list[CriterionPlan] = [
    {"id": "must-four-tables-phase-1-keep-their-5c3901", "group": "must", "text": "The four tables of phase 1 keep their schemas, keys and cursors", "test": "", "tables": []},
    {"id": "must-opens-campaign-email-activity-equal-opens-2cf920", "group": "must", "text": "The opens of a campaign in email_activity equal opens_total of its report, 30 days after sending", "test": "", "tables": []},
    {"id": "list-tables", "group": "must", "text": "Listing the tables gives exactly those of section 3, no more and no fewer.", "test": "test_lists_exactly_the_planned_tables", "tables": []},
    {"id": "unknown-table", "group": "must", "text": "Asking for a table that is not in section 3 fails in every method, with its name.", "test": "test_refuses_an_unknown_table", "tables": []},
    {"id": "metadata", "group": "must", "text": "Every table reports the ingestion type, key and cursor of section 3.", "test": "test_metadata_is_as_planned", "tables": []},
    {"id": "shipped-tables", "group": "must", "text": "What earlier phases deliver reads as it did before: `campaigns`, `reports`, `lists` and `members`.", "test": "", "tables": ["campaigns", "reports", "lists", "members"]},
    {"id": "schema-email_activity", "group": "must", "text": "`email_activity`: the schema has its key `campaign_id`, `email_id`, `action` and `timestamp` and its cursor `timestamp`.", "test": "test_schema_has_keys_and_cursor[email_activity]", "tables": ["email_activity"]},
    {"id": "unique-keys-email_activity", "group": "must", "text": "`email_activity`: no two records of a full read share the key `campaign_id`, `email_id`, `action` and `timestamp`.", "test": "test_keys_are_unique[email_activity]", "tables": ["email_activity"]},
    {"id": "incremental-email_activity", "group": "must", "text": "`email_activity`: a sync returns the records with a newer `timestamp`, all of them, and those that arrive up to 30 days late.", "test": "test_reads_only_newer_records[email_activity]", "tables": ["email_activity"]},
    {"id": "second-run-email_activity", "group": "must", "text": "`email_activity`: a second sync without changes in between brings nothing that is new.", "test": "test_second_run_without_changes_returns_nothing[email_activity]", "tables": ["email_activity"]},
    {"id": "schema-unsubscribes", "group": "must", "text": "`unsubscribes`: the schema has its key `campaign_id`, `email_id` and `timestamp` and its cursor `timestamp`.", "test": "test_schema_has_keys_and_cursor[unsubscribes]", "tables": ["unsubscribes"]},
    {"id": "unique-keys-unsubscribes", "group": "must", "text": "`unsubscribes`: no two records of a full read share the key `campaign_id`, `email_id` and `timestamp`.", "test": "test_keys_are_unique[unsubscribes]", "tables": ["unsubscribes"]},
    {"id": "incremental-unsubscribes", "group": "must", "text": "`unsubscribes`: a sync returns the records with a newer `timestamp`, all of them and no others.", "test": "test_reads_only_newer_records[unsubscribes]", "tables": ["unsubscribes"]},
    {"id": "second-run-unsubscribes", "group": "must", "text": "`unsubscribes`: a second sync without changes in between returns nothing.", "test": "test_second_run_without_changes_returns_nothing[unsubscribes]", "tables": ["unsubscribes"]},
    {"id": "schema-segments", "group": "must", "text": "`segments`: the schema has its key `id`.", "test": "test_schema_has_keys_and_cursor[segments]", "tables": ["segments"]},
    {"id": "unique-keys-segments", "group": "must", "text": "`segments`: no two records of a full read share the key `id`.", "test": "test_keys_are_unique[segments]", "tables": ["segments"]},
    {"id": "real-records-match-schema", "group": "must", "text": "Every record read from Mailchimp fits the schema of its table: dates, numbers sent as text, objects where a text was expected.", "test": "test_reads_records_that_match_the_schema", "tables": []},
    {"id": "connection-check", "group": "must", "text": "A connection without a required option, that is `api_key`, is refused with the option's name.", "test": "test_missing_options_are_named", "tables": []},
    {"id": "wrong-credentials", "group": "must", "text": "Credentials that Mailchimp refuses end in one error that says so, before any table is read.", "test": "", "tables": []},
    {"id": "one-table-without-permission", "group": "must", "text": "Where Mailchimp answers 403 for one table, the error or the log names that table.", "test": "test_one_table_without_permission_is_named", "tables": []},
    {"id": "timeouts", "group": "must", "text": "A request that Mailchimp does not answer is given up after 120 seconds and reported; none is waited for without end.", "test": "test_gives_up_after_the_timeout", "tables": []},
    {"id": "retry-after-5xx", "group": "must", "text": "A sync goes on after Mailchimp has answered 500, 502, 503 or 504; each attempt waits longer than the one before.", "test": "test_retries_after_5xx", "tables": []},
    {"id": "retry-after-429", "group": "must", "text": "After a 429 of Mailchimp the same request is sent again, not before the time in Retry-After.", "test": "test_retries_after_429", "tables": []},
    {"id": "last-page", "group": "must", "text": "A table of several pages of 1,000 records, such as `email_activity` (12M records), is read to its last record, also when the last page is full or empty.", "test": "test_reads_the_last_page", "tables": []},
    {"id": "resume-after-interruption", "group": "must", "text": "A run that is cut off and started again goes on from the last stored place, and no record is missing.", "test": "test_resumes_after_an_interruption", "tables": ["email_activity", "unsubscribes"]},
    {"id": "memory", "group": "must", "text": "Reading `email_activity` (12M records) holds one batch at a time in memory, not the table.", "test": "", "tables": []},
    {"id": "first-load", "group": "must", "text": "The first full load of all tables takes no longer than section 4 expects: 4 to 24 min.", "test": "", "tables": []},
    {"id": "sync-in-time", "group": "must", "text": "A sync of all tables ends before the next begins (6 hours).", "test": "", "tables": []},
    {"id": "api-coverage", "group": "must", "text": "One record of every table has been read by hand through version 3.0 of the API, with credentials such as the connector will have.", "test": "", "tables": []},
    {"id": "new-fields", "group": "must", "text": "A field that Mailchimp adds does not stop a sync; one that it takes away reads as null.", "test": "", "tables": []},
    {"id": "risk-offset-over-moving-data", "group": "must", "text": "Paging by position over data that moves (`email_activity` and `unsubscribes`): shown to be under control. Is the order of the pages fixed while records are written?", "test": "", "tables": ["email_activity", "unsubscribes"]},
    {"id": "risk-cursor-state", "group": "must", "text": "Cursor and state are kept wrongly (`email_activity` and `unsubscribes`): shown to be under control. Does a sync that was cut off in the middle bring every record, and then end?", "test": "", "tables": ["email_activity", "unsubscribes"]},
    {"id": "risk-figures-are-restated", "group": "must", "text": "Records that arrive late (`email_activity`): shown to be under control. For how many days does the source restate figures, and is the window that long?", "test": "", "tables": ["email_activity"]},
    {"id": "risk-history-gets-slow", "group": "must", "text": "Events and histories outgrow everything else (`email_activity`): shown to be under control. How long does one day of the largest customer take?", "test": "", "tables": ["email_activity"]},
    {"id": "risk-extra-reports-keep-opens-clicks-they-had-aa25bd", "group": "must", "text": "Reports keep the opens and clicks they had when the campaign was first read: shown to be under control. Read the reports of campaigns sent in the last 30 days again at every sync.", "test": "", "tables": []},
    {"id": "should-first-load-email-activity-can-limited-0bc83a", "group": "should", "text": "The first load of email_activity can be limited with start_timestamp", "test": "", "tables": []},
    {"id": "schema-interest_categories", "group": "should", "text": "`interest_categories`: the schema has its key `id`.", "test": "test_schema_has_keys_and_cursor[interest_categories]", "tables": ["interest_categories"]},
    {"id": "unique-keys-interest_categories", "group": "should", "text": "`interest_categories`: no two records of a full read share the key `id`.", "test": "test_keys_are_unique[interest_categories]", "tables": ["interest_categories"]},
    {"id": "schema-interests", "group": "should", "text": "`interests`: the schema has its key `id`.", "test": "test_schema_has_keys_and_cursor[interests]", "tables": ["interests"]},
    {"id": "unique-keys-interests", "group": "should", "text": "`interests`: no two records of a full read share the key `id`.", "test": "test_keys_are_unique[interests]", "tables": ["interests"]},
    {"id": "odd-characters", "group": "should", "text": "Emoji, quotes, line breaks and empty texts arrive unchanged; an answer that cannot be parsed is reported with its table and request.", "test": "", "tables": []},
    {"id": "record-not-found", "group": "should", "text": "A single record that answers 404 or 400 is logged with its key and skipped; the table is read to its end.", "test": "", "tables": []},
    {"id": "error-messages", "group": "should", "text": "Every error names the table, the request and what Mailchimp answered, but no secret.", "test": "", "tables": []},
    {"id": "rate-limit", "group": "should", "text": "The connector never sends more than 10 at once, however many tables it reads.", "test": "test_stays_under_the_rate_limit", "tables": []},
    {"id": "same-fields", "group": "should", "text": "Two accounts of Mailchimp have the same fields in the largest table, custom ones looked for.", "test": "", "tables": []},
    {"id": "api-version", "group": "should", "text": "Every request to Mailchimp names version 3.0, set in one place.", "test": "", "tables": []},
    {"id": "dependencies", "group": "should", "text": "The connector installs and imports, each library it uses named and bounded, on the runtime it is meant for, and moves no version pinned there.", "test": "", "tables": []},
    {"id": "nested-fields", "group": "should", "text": "A field inside another stays inside: it is a column of a struct, and no column of its own (self-review A9).", "test": "", "tables": []},
    {"id": "documents-agree", "group": "should", "text": "README and `mailchimp_api_doc.md` name every column that is read, and say the same of limits, paging and signing in (self-review E3, E7).", "test": "", "tables": []},
    {"id": "generic-suite", "group": "testing", "text": "Passes the generic test suite against the source simulator of the community connectors repository.", "test": "", "tables": []},
    {"id": "incremental-sync-validated", "group": "testing", "text": "Incremental sync validated against the source simulator of the community connectors repository: after a record is added or changed in every incremental table, its cursor has moved and the next sync brings it.", "test": "", "tables": []},
    {"id": "nulls-and-types", "group": "testing", "text": "Type and nullability of every column compared with 200 real records of Mailchimp for each table, not with its documentation.", "test": "", "tables": []},
]
