"""What the JSON Schema says of the keys of structured answers, and examples of whole answers.

The names of the keys are those of extensions/planning; tests/data/test_schema.py compares them.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from planning.answers.checks import shapes
from planning.answers.table_facts import FACTS


class Keys(NamedTuple):
    """The mapping that one item of an answer is: key -> what it means, and an example."""

    title: str
    keys: dict[str, tuple[str, Any]]
    required: str = ""


DETAILS: dict[str, tuple[str, Any]] = {
    "ingestion": ("How the table is read.", "cdc"),
    "priority": ("How much this version needs the table.", "P0"),
    "primary_keys": (
        "Columns that tell two records apart; a dot leads into a struct. []: there are none.",
        ["id"],
    ),
    "cursor_field": (
        "Column that grows with every change; a sync reads on from its last value. none: there "
        "is none.",
        "updated_at",
    ),
    "rows": ("Records today: 2000000, 2_000_000, 40k, 2M or 1.5B.", "2M"),
    "rows_per_day": ("New or changed records a day: 3000 or 3k.", "40k"),
    "options": ("Table options that reading this table needs.", ["start_date"]),
    "notes": ("What a reader of the plan should know of the table.", "Archived after 90 days."),
    **{key: (one.about, one.example) for key, one in FACTS.items()},
}

KEYS = {
    "table": Keys(
        "Table",
        {"name": ("Name of the table: letters, digits and underscores.", "orders"), **DETAILS},
        required="name",
    ),
    "table_details": Keys("Details of a table", DETAILS),
    "connection_parameters": Keys(
        "Connection parameter",
        {
            "name": ("Name of the option in the connection.", "subdomain"),
            "required": ("Whether no connection works without it. Default: true.", True),
            "secret": ("Whether nobody may read its value. Default: false.", False),
            "description": (
                "What to fill in. Never the secret itself.",
                "acme in acme.example.com",
            ),
            "auth_method": (
                "Method it belongs to. It takes the place of what the method asks for by itself.",
                "basic",
            ),
        },
        required="name",
    ),
    "oauth": Keys(
        "OAuth flow",
        {
            "authorization_url": (
                "Where a person consents; parameters in braces.",
                "https://login.example.com/{tenant_id}/authorize",
            ),
            "token_url": (
                "Where tokens are issued.",
                "https://login.example.com/{tenant_id}/token",
            ),
            "scopes": ("Scopes the connector needs.", ["tickets.read"]),
            "pkce": ("Whether the flow uses PKCE.", True),
            "client_in": ("Where the client identifies itself.", "header"),
            "extra_parameters": (
                "What the authorization request carries beside the standard.",
                {"access_type": "offline"},
            ),
            "flow": ("Who runs the flow.", "u2m"),
        },
    ),
    "extra_risks": Keys(
        "Risk",
        {
            "risk": ("What could happen.", "The vendor is for sale"),
            "likelihood": ("How likely it is. Default: Medium.", "Low"),
            "impact": ("How bad it would be. Default: Medium.", "High"),
            "mitigation": ("What is done about it.", "Ask every quarter"),
        },
        required="risk",
    ),
    "risk_decisions": Keys(
        "Decision on a risk",
        {
            "status": ("What has been decided. Default: open.", "accepted"),
            "mitigation": ("What is done about it, in place of what the plan proposes.", "Page"),
            "owner": ("Who sees to it.", "Ada"),
            "note": ("Why, or on what condition.", "The vendor confirmed it."),
        },
    ),
    "phases": Keys(
        "Phase",
        {
            "name": ("What the phase is about.", "Core tables"),
            "deliverables": ("What one can see when it is done.", ["orders is read"]),
        },
        required="name",
    ),
}
"""Structured answer -> what one of its items is made of."""

LIKELIHOODS = {
    "High": "Expect it to happen.",
    "Medium": "It may well happen.",
    "Low": "It would be a surprise.",
}
IMPACTS = {
    "High": "This version fails of it, or its data is wrong.",
    "Medium": "Syncs stop or slow down, and go on afterwards.",
    "Low": "A nuisance.",
}
"""What the levels of vocabulary.LEVELS mean to somebody who adds a risk by hand."""

EXAMPLES: dict[str, list[Any]] = {
    "unconfirmed": [{"tables.orders.cursor_field": "openapi.json, GET /orders, updated_since"}],
    "source_name": ["Acme CRM"],
    "problem": ["Support exports tickets by hand every Monday. Reports are a week late."],
    "alternatives_considered": ["Airbyte lacks the audit log, which is what we need most."],
    "recommendation_reason": ["The managed connector lacks the audit log."],
    "tables": [
        ["orders", "customers"],
        [{"name": "orders", "ingestion": "cdc", "priority": "P0", "rows": "2M"}, "customers"],
    ],
    "table_details": [{"orders": {"primary_keys": ["id"], "cursor_field": "updated_at"}}],
    "out_of_scope": [{"audit_logs": "Only the enterprise plan has them."}],
    "auth_methods": [["api_key"]],
    "connection_parameters": [
        [{"name": "subdomain", "required": True, "description": "acme in acme.example.com"}]
    ],
    "oauth": [{"token_url": "https://login.example.com/token", "scopes": ["tickets.read"]}],
    "rate_limit": [
        "700/minute",
        "10/s, 100000/day",
        "heavy 40/s, light 80/s",
        "15 at once",
        "none",
    ],
    "page_size": [100],
    "answer_traits": [["relative_links"]],
    "pagination_limit": [10000],
    "request_timeout_seconds": [60],
    "sync_interval": ["15 minutes", "1h", "1 day"],
    "extra_risks": [[{key: example for key, (_, example) in KEYS["extra_risks"].keys.items()}]],
    "risk_decisions": [{"rate-limit-unknown": {"status": "accepted", "owner": "Ada"}}],
    "must_have": [["A refund shows up within 15 minutes"]],
    "should_have": [["The first load takes less than a night"]],
    "wont_have": [["Attachments of tickets"]],
    "phases": [[{"name": "Core tables", "deliverables": ["orders is read", "keys are tested"]}]],
    "phase": [2],
    **{name: [["orders"]] for name in shapes.TICKS - shapes.VOCABULARY_LISTS},
}
"""Question -> examples of its answer, for those without one in questions/."""
