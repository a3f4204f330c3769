"""Draws random histories of a plan: where it lives, and what happens to it step by step."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from planning.answers.naming import id_from_text

NAMES = ("orders", "customers", "invoices", "events", "tickets", "users", "items", "logs")
TEXTS = (
    "plain words",
    "- [ ] a box of my own",
    "- [x] <!-- id: criterion/rate-limit --> a box copied from above",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "```python\nprint('{{ x }}')\n```",
    "## A heading of my own",
    "## 4. Risks",
    "<!-- a comment -->",
    "ünïcödé 🎉",
    "> quoted\n> twice",
    "<<<<<<< not a conflict",
    "two spaces behind  \n\n\n\nand three empty lines",
    "\ttab, \\ backslash, ~~~ and $HOME",
)
FOLDS = {"risk": "The vendor folds", "likelihood": "Low", "impact": "High", "mitigation": "Watch."}
READ = {"name": "Read", "deliverables": ["Everything arrives", "Tests pass"]}
CHOICES: dict[str, Sequence[Any]] = {
    "rate_limit": ["", None, "700/minute", "10/s, 100000/day", "none", "5/hour"],
    "page_size": [0, 50, 100, 1000],
    "pagination": ["unknown", "cursor", "offset", "page_number"],
    "pagination_limit": [0, 10_000],
    "request_timeout_seconds": [0, 30],
    "sync_interval": ["", "15 minutes", "1 day"],
    "change_frequency": ["unknown", "hourly", "weekly"],
    "auth_methods": [[], ["api_key"], ["basic", "oauth2_client_credentials"]],
    "auth_traits": [[], ["token_refresh", "mfa"]],
    "auth_environments": ["", "The sandbox has keys of its own"],
    "schema_kind": ["unknown", "static", "dynamic"],
    "schema_changes": ["unknown", "monthly"],
    "test_environment": ["unknown", "sandbox", "none"],
    "source_type": ["rest_api", "database", "files", "graphql_api"],
    "managed_connector": ["unknown", "no", "yes"],
    "community_connector": ["unknown", "no", "yes"],
    "federation_fit": ["unknown", "no", "yes"],
    "recommendation": ["build", "build", "stop", "adopt", "extend"],
    "recommendation_reason": ["", "Nobody else reads the custom fields."],
    "alternatives_considered": ["", "Auto Loader: no files.\nA tool: too dear."],
    "purpose": ["new", "new", "evaluate", "phase"],
    "depth": ["essential", "full"],
    "must_have": [[], ["Totals agree with the billing page"], ["One", "Two"]],
    "should_have": [[], ["A night is enough for the first load"]],
    "wont_have": [[], ["Attachments"]],
    "problem": ["", "Finance counts orders by hand.", "A | pipe and a\nsecond line"],
    "analytics": ["", "Churn"],
    "target_users": [[], ["Finance", "Sales: east"]],
    "out_of_scope": [{}, {"Reports": "no API"}, ["Webhooks - later"]],
    "extra_risks": [[], [FOLDS]],
    "risk_decisions": [
        {},
        {"rate-limit-unknown": {"status": "accepted", "note": "asked"}},
        {"rate-limit-unknown": {"owner": "Ada"}},
        {f"extra-{id_from_text('The vendor folds')}": {"status": "mitigated", "owner": "Ada"}},
    ],
    "connection_parameters": [[], [{"name": "region", "required": False}]],
    "table_options": [[], ["start_date"]],
    "table_details": [
        {},
        {"orders": {"rows": None}, "events": {"cursor_field": "at"}},
        {"orders": {"rows": "2M", "primary_keys": ["id"]}},
        {"orders": {"notes": "one request per customer"}, "logs": {"ingestion": "append"}},
        {"customers": {"priority": "P1", "ingestion": "cdc"}},
    ],
    "dependencies": [[], ["httpx>=0.27,<1"]],
    "docs_url": ["", "https://acme.example/docs"],
    "use_cases": [[], ["Monthly report"]],
    "third_party_connectors": [[], ["none"], ["Airbyte (source-acme)"]],
    "future_auth_methods": [[], ["service_account_jwt"]],
    "api_version": ["", "v3"],
    "api_end_of_life": ["", "2027-03-31"],
    "test_environment_name": ["", "acme-test"],
    "source_name": ["Acme", "Stripe", "Zendesk Support", None],
    "phase": [1, 2],
    "approved": [False, True],
    "approved_by": ["", "Grace"],
    "features": [
        [],
        ["delete_sync"],
        ["retry_backoff"],
        ["partitioned_reads", "namespaces"],
        ["rate_limiting", "retry_backoff", "incremental_sync"],
    ],
    "phases": [
        [],
        [{"name": "All", "deliverables": ["Everything arrives"]}],
        [READ, {"name": "Harden", "deliverables": ["Tests pass"]}],
        [READ],
    ],
    "owner": ["", "Ada", None],
    "unconfirmed": [{}, {"page_size": "openapi.json", "tables.orders.ingestion": "GET /orders"}],
    "oauth": [{}, {"flow": "m2m", "scopes": ["orders.read"]}],
    "earliest": ["", "2024-01-01"],
    "page_end": ["unknown", "short_page"],
    "answer_traits": [[], ["relative_links"]],
}
INGESTION_TICKS = ("cdc_with_deletes_tables", "cdc_tables", "append_tables")
PRIORITY_TICKS = ("p0_tables", "p1_tables")
TICKS = (*INGESTION_TICKS, *PRIORITY_TICKS, "shipped_tables")
INGESTIONS = ("snapshot", "append", "cdc", "cdc_with_deletes")

KINDS = {
    "answer": 6,
    "answers": 3,
    "table": 4,
    "boxes": 2,
    "tick": 4,
    "untick": 1,
    "note": 3,
    "rewrite": 1,
    "code": 3,
    "own_file": 1,
    "own_spec": 1,
    "delete": 1,
    "upgrade": 1,
    "recopy": 2,
    "again": 1,
    "formatter": 1,
    "neighbour": 1,
}
"""What happens -> how often, by weight. `histories.History` has a method for each."""


@dataclass(frozen=True)
class Step:
    """One thing that happens. `pick` chooses among what is there when it happens."""

    kind: str
    pick: int
    value: Any = None


@dataclass(frozen=True)
class Life:
    """A plan's place, and the steps that happen to it.

    `inside` is the folder of the repository that Copier is pointed at, '' for all of it. `beside`
    says that people wrote the connector before, and the plan is that of its next phase.
    """

    layout: str
    inside: str
    crlf: bool
    beside: bool
    steps: tuple[Step, ...]


def draw(seed: int) -> Life:
    """The history of a seed: 5 to 15 steps, about half of them updates."""
    dice = random.Random(seed)
    kinds = [kind for kind, weight in KINDS.items() for _ in range(weight)]
    steps = []
    for number in range(dice.randint(5, 15)):
        kind = dice.choice(kinds)
        value = VALUES[kind](dice) if kind in VALUES else None
        if kind in ("note", "rewrite", "code", "own_file", "own_spec"):
            value = f"{dice.choice(TEXTS)} ({seed}.{number})"
        steps.append(Step(kind, dice.randrange(1_000), value))
    layout = dice.choice(["standalone", "standalone", "upstream"])
    # The tree of the upstream layout is a repository of its own.
    inside = "" if layout == "upstream" else dice.choice(["", "", "lake house", "größe"])
    return Life(
        layout=layout,
        inside=inside,
        crlf=dice.random() < 0.15,
        beside=dice.random() < 0.25,
        steps=tuple(steps),
    )


def _answers(dice: random.Random, most: int = 1) -> dict[str, Any]:
    names = dice.sample(sorted(CHOICES), dice.randint(1, most))
    return {name: dice.choice(CHOICES[name]) for name in names}


def _recopied(dice: random.Random) -> dict[str, Any]:
    """Answers that change what stands in files. Copier's recopy deletes none that lose theirs."""
    return {n: v for n, v in _answers(dice).items() if n not in ("recommendation", "purpose")}


def _table(dice: random.Random) -> Any:
    table: dict[str, Any] = {"name": dice.choice(NAMES)}
    for key, known in (
        ("ingestion", INGESTIONS),
        ("rows", (1_000, "2M", "40M")),
        ("priority", ("P0", "P1", "P2")),
    ):
        if dice.random() < 0.6:
            table[key] = dice.choice(known)
    return table if len(table) > 1 else table["name"]


VALUES: dict[str, Callable[[random.Random], Any]] = {
    "answer": _answers,
    "answers": lambda dice: _answers(dice, most=4),
    "recopy": lambda dice: _recopied(dice) if dice.random() < 0.5 else {},
    "boxes": lambda dice: dice.choice(TICKS),
    "table": _table,
}
"""Kind of step -> what it is about, where that is drawn beforehand."""
