"""The words of the field: every choice a question offers, with what it means.

Most vocabularies map the value that is recorded to one plain sentence. The checks know the values,
DESIGN.md prints the sentences. Copier reads choices from `questions/` alone, which repeats them;
tests/unit/answers/test_questions.py holds the two together.
"""

from __future__ import annotations

PURPOSES = ("new", "evaluate", "phase")
DEPTHS = ("essential", "full")
LAYOUTS = ("standalone", "upstream")
KNOWLEDGE = ("unknown", "no", "yes")

SOURCE_TYPES = {
    "rest_api": "REST API",
    "graphql_api": "GraphQL API",
    "soap_api": "SOAP API",
    "database": "Database",
    "files": "Files, in cloud storage or elsewhere",
    "streaming": "Streaming source",
    "other": "Other",
}

CHANGE_FREQUENCIES = {
    "unknown": "Nobody knows yet.",
    "continuous": "All the time.",
    "hourly": "Every hour.",
    "daily": "Every day.",
    "weekly": "Every week.",
    "monthly": "Every month or less often.",
}

RECOMMENDATIONS = {
    "build": "Build this connector.",
    "extend": "Extend a connector that exists.",
    "adopt": "Use a connector that exists, build nothing.",
    "stop": "Do not build.",
}

INGESTION_TYPES = {
    "snapshot": "Reads the whole table at every sync.",
    "append": "Reads new records only; records never change once written.",
    "cdc": "Reads new and changed records by a cursor; deletions stay unseen.",
    "cdc_with_deletes": "Reads new and changed records by a cursor, and deleted ones.",
}

READ_BY = {
    "list": "A list of all records, page by page.",
    "search": "A search or a query.",
    "export": "A job that exports the records.",
    "changes": "A feed of what has changed.",
}

ORDERS = {
    "cursor": "Records always come by the cursor.",
    "on_request": "Records come by the cursor if the request asks for it.",
    "other": "Records come in another order.",
}

FILTERS = {
    "after": "The source can leave out what is not after a value of the cursor.",
    "from": "The source filters by the cursor; the value itself comes again.",
    "none": "The source cannot filter by the cursor.",
}

PRIORITIES = {
    "P0": "Without it this version is of no use.",
    "P1": "Wanted in this version.",
    "P2": "Nice to have in this version.",
}

AUTH_METHODS = {
    "none": "No authentication",
    "api_key": "API key",
    "basic": "User name and password (HTTP Basic)",
    "bearer_token": "Bearer token (such as a personal access token)",
    "oauth2_client_credentials": "OAuth 2.0 client credentials (machine to machine)",
    "oauth2_authorization_code": "OAuth 2.0 authorization code (a person consents)",
    "oauth2_refresh_token": "OAuth 2.0 with a stored refresh token",
    "service_account_jwt": "Service account key that signs a JWT",
    "other": "Another method",
}

CLIENT_IN = {"header": "In the Authorization header.", "body": "In the body of the request."}

OAUTH_FLOWS = {
    "m2m": "Databricks signs in as a machine.",
    "u2m": "Databricks asks one person for consent.",
    "u2m_per_user": "Databricks asks each user for consent.",
    "connector": "The connector signs in itself.",
}

FEATURES = {
    "rate_limiting": "Keeps the connector under the rate limit of the source.",
    "retry_backoff": "Tries again after 429, 5xx and timeouts, waiting longer each time.",
    "incremental_sync": "Reads only what is new since the last sync.",
    "delete_sync": "Removes records that the source has deleted.",
    "partitioned_reads": "Splits the reading of large tables over several Spark tasks.",
    "schema_discovery": "Asks the source for its fields instead of listing them in code.",
    "namespaces": "Groups tables in namespaces, such as accounts or databases.",
}

PAGINATIONS = {
    "unknown": "Nobody knows yet.",
    "cursor": "Each page carries the token of the next.",
    "page_number": "Pages are numbered.",
    "offset": "Skips a number of records.",
    "link": "Each page carries the URL of the next.",
    "none": "Everything comes in one response.",
}

PAGE_ENDS = {
    "unknown": "Nobody knows yet.",
    "empty_page": "A page without records.",
    "short_page": "A page with fewer records than were asked for.",
    "no_next": "A page without a link or token to the next.",
    "flag": "A field that says whether more follow.",
    "count": "A total that has been reached.",
}

ANSWER_TRAITS = {
    "errors_with_200": "Errors come with status 200.",
    "not_found_when_empty": "No records is answered with 404.",
    "spurious_refusals": "It refuses now and then without a cause.",
    "caps_page_size": "It sends smaller pages than were asked for.",
    "relative_links": "Links to the next page are relative.",
    "embedded_lists_cut": "Lists inside records are cut after some items.",
    "repeats_tokens": "The token of the next page may repeat.",
}

AUTH_TRAITS = {
    "token_refresh": "Access tokens expire and must be refreshed.",
    "interactive_consent": "A person must consent in a browser.",
    "mfa": "Signing in asks for a second factor.",
    "admin_approval": "An administrator of the source must approve the access.",
    "ip_allowlist": "Only known IP addresses are let in.",
    "per_tenant_url": "Each customer has a URL of its own.",
    "per_object_permissions": "Rights differ from object to object.",
}

SCHEMA_KINDS = {
    "unknown": "Nobody knows yet.",
    "static": "The same fields for every customer.",
    "dynamic": "Fields or objects differ between customers, such as custom fields.",
}

SCHEMA_CHANGES = {
    "unknown": "Nobody knows yet.",
    "never": "They do not change.",
    "yearly": "About once a year.",
    "quarterly": "About once a quarter.",
    "monthly": "About once a month.",
    "weekly": "Every week.",
}

TEST_ENVIRONMENTS = {
    "unknown": "Nobody knows yet.",
    "sandbox": "A sandbox or test account of the source.",
    "production": "Only the production system.",
    "simulator": "A simulator that answers like the source.",
    "none": "Nothing to test against.",
}

LEVELS = ("High", "Medium", "Low")
"""Likelihood, impact and severity of a risk, the worst first."""

RISK_CATEGORIES = {
    "api_limits": "API Limits",
    "auth_complexity": "Auth Complexity",
    "schema": "Schema",
    "data_volume": "Data Volume",
    "testing": "Testing",
    "dependencies": "Dependencies",
    "fit": "Fit",
    "deletes": "Deletes",
    "cursors": "Cursors",
    "delivery": "Delivery",
}
"""The six categories of the planning session, then four that base rates and tables call for."""

DECISION_STATUSES = {
    "open": "Nobody has decided yet.",
    "accepted": "Known and taken.",
    "mitigated": "Something is done about it.",
    "closed": "It cannot happen any more.",
}
