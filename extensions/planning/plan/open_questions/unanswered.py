"""The questions of the session whose empty answer means that nobody knows yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from ...answers.answer_types import Answers
from ...terms.states import EMPTY
from ..model import OpenQuestion
from ..wording import code, how, may_build, named, source_of, speaks_http


class Unanswered(NamedTuple):
    """A question that can stay open.

    `text` asks it, with `{source}` and `{version}` to fill in; `example` is an answer as it is
    written after `-d`. `open` tells whether the answers leave it open, where that is not just an
    answer of nothing.
    """

    text: str
    example: str
    open: Callable[[Answers], bool] | None = None


ESSENTIAL = frozenset(
    """
    docs_url problem target_users use_cases managed_connector community_connector
    third_party_connectors adopts out_of_scope auth_methods rate_limit page_size schema_kind
    sync_interval test_environment
    """.split()
)
"""Questions that are asked in every session."""

BLOCKING = frozenset(
    "problem target_users use_cases managed_connector community_connector auth_methods".split()
)
"""Questions without whose answers no plan can be approved."""

APIS = ("rest_api", "graphql_api", "soap_api")
"""Types of source that nobody can build a connector for without their documentation."""


def _of_api(field: str, *ways: str) -> Callable[[Answers], bool]:
    """Open only for a source that is read by requests, and not paged in one of these `ways`."""
    return lambda answers: (
        speaks_http(answers) and getattr(answers, field) in EMPTY and answers.pagination not in ways
    )


ALWAYS = {
    "docs_url": Unanswered("Where is the official documentation of {source}?", "https://..."),
    "problem": Unanswered(
        "Which problem does a connector for {source} solve?", "one or two sentences"
    ),
    "target_users": Unanswered(
        "Who will work with the data of {source}?", "[analysts, support leads]"
    ),
    "use_cases": Unanswered(
        "What will the data of {source} be used for?", "[monthly revenue report]"
    ),
    "managed_connector": Unanswered(
        "Is there a Databricks managed connector for {source}? It would save building one.", "no"
    ),
    "community_connector": Unanswered(
        "Is there a Lakeflow community connector for {source}? It could be extended.",
        "no",
        lambda answers: answers.purpose != "phase" and answers.community_connector == "unknown",
    ),
    "third_party_connectors": Unanswered(
        "Do Airbyte, Singer, dlt or others read {source}?", "none"
    ),
    "federation_fit": Unanswered(
        "Would Lakehouse Federation on {source} do, without copying its data?", "no"
    ),
    "adopts": Unanswered(
        "What is used or extended for {source} instead of a new connector, by name?",
        "the managed connector",
        # A new phase extends the connector of its own plan.
        lambda answers: (
            not answers.adopts
            and answers.recommendation in ("adopt", "extend")
            and answers.purpose != "phase"
        ),
    ),
    "alternatives_considered": Unanswered(
        "What else was considered for {source}, and why is it not enough?",
        "what was considered, and why not",
    ),
}
"""Open whatever is recommended: they are what a recommendation rests on."""

TO_BUILD = {
    "analytics": Unanswered(
        "Which analytics or models will be built on the data of {source}?", "none planned"
    ),
    "change_frequency": Unanswered("How often does the data of {source} change?", "hourly"),
    "out_of_scope": Unanswered(
        "Which tables and features of {source} are left out of {version}, and why?",
        "[nothing - all of it is in scope]",
    ),
    "auth_methods": Unanswered(
        "How does {version} sign in to {source}? Nothing can be tried without it.",
        "[api_key]",
        lambda answers: not (answers.auth_methods or answers.existing_package),
    ),
    "rate_limit": Unanswered(
        "How many requests does {source} allow? Capacity and schedule rest on it.",
        "700/minute",
        lambda answers: speaks_http(answers) and answers.rate_limits is None,
    ),
    "page_size": Unanswered(
        "How many records does {source} return a page at most? Every request count rests on it.",
        "100",
        _of_api("page_size", "none"),
    ),
    "pagination": Unanswered(
        "How does {source} page? Offsets miss records that move while they are read.",
        "cursor",
        _of_api("pagination"),
    ),
    "request_timeout_seconds": Unanswered(
        "After how many seconds does {source} cut off a request? Large pages end there.",
        "60",
        _of_api("request_timeout_seconds"),
    ),
    "api_version": Unanswered(
        "Which version of its API does {version} use, and when is it switched off?",
        "v2",
        _of_api("api_version"),
    ),
    "page_end": Unanswered(
        "What shows that the last page of {source} was read? Loops over pages end by it.",
        "no_next",
        # Without pages there is no last one; how the source pages is asked first.
        _of_api("page_end", "none", "unknown"),
    ),
    "schema_kind": Unanswered(
        "Are the fields of {source} the same for every customer? How schemas are made rests on it.",
        "static",
    ),
    "schema_changes": Unanswered(
        "How often do the fields of {source} change? It tells how soon somebody must notice.",
        "yearly",
    ),
    "sync_interval": Unanswered(
        "How often should the pipeline run? What a sync may cost rests on it.", "1 hour"
    ),
    "test_environment": Unanswered(
        "Against what will the connector be tested? The criteria of section 5 are proved there.",
        "sandbox",
        lambda answers: answers.test_environment in ("unknown", "none"),
    ),
}
"""Open only where a connector is or may be built."""

LAST = {"owner": Unanswered("Who answers for this plan?", "Ada Lovelace")}
"""Open whatever is recommended, and asked at the end of the session."""

EXAMPLES = {question: one.example for question, one in (ALWAYS | TO_BUILD | LAST).items()}
"""Question -> what an answer to it looks like."""

WITH_DEFAULTS = ("connection_parameters", "auth_traits", "dependencies")
"""Questions of a full session that are never open, and whose answers change a plan the most."""


def unanswered(answers: Answers) -> Iterator[OpenQuestion]:
    """What the answers leave open. A short session counts what it did not ask as one question."""
    asked = ALWAYS | (TO_BUILD if may_build(answers) else {}) | LAST
    short = answers.depth == "essential"
    later = []
    for question, one in asked.items():
        if not (one.open(answers) if one.open else getattr(answers, question) in EMPTY):
            continue
        if short and question not in ESSENTIAL:
            later.append(question)
            continue
        text = one.text.format(source=source_of(answers), version=answers.version)
        text += f" Answer with {how(question, one.example)}."
        blocks = question in BLOCKING or (question == "docs_url" and answers.source_type in APIS)
        yield OpenQuestion(question.replace("_", "-"), text, question, blocks)
    if later and may_build(answers):
        yield OpenQuestion(
            "not-asked-yet",
            f"This short session did not ask for {named(later, len(later))}. Nor did it ask for "
            f"what has a default, such as {named(WITH_DEFAULTS)}. Answer with "
            f"{how('depth', 'full')} and without {code('--defaults')}, so that it asks for them.",
            "depth",
        )
