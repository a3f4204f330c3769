"""Which features a connector needs: what follows from the answers, and why.

Each feature has one rule: a function that looks at the answers and returns the reason, one or two
sentences, or '' where nothing asks for the feature.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from ..answers.answer_types import Answers
from ..answers.limits import Limits
from ..terms.vocabulary import FEATURES
from .figures import HOUR, hours, requests
from .model import Span
from .pace import governing, rates_of
from .request_counts import first_load_requests
from .wording import code, listed, named, source_of, speaks_http

READER_REQUESTS_PER_SECOND = 1
"""What one reader makes that waits for each page before it asks for the next: about one request a
second. A rule of thumb; the first phase measures it."""

READER_LIMIT = 8 * HOUR * READER_REQUESTS_PER_SECOND
"""Requests one reader makes in a working day, 28,800. A first load of more is split: nobody watches
it to its end, and after a failure it costs another day. PySpark's documentation as well keeps its
simple stream reader, one process on the driver, for small inputs."""

WORTH_SPLITTING = 2 * READER_REQUESTS_PER_SECOND
"""Requests a second that the limit must allow: below, it keeps even a second reader waiting."""


class Feature(NamedTuple):
    """A feature that is `chosen`, or that the answers ask for without its being chosen."""

    name: str
    chosen: bool
    why: str


def default_features(answers: Answers) -> tuple[str, ...]:
    """The features that the answers ask for, in the order of the vocabulary."""
    return tuple(name for name in FEATURES if RULES[name](answers))


def feature_reasons(answers: Answers) -> tuple[Feature, ...]:
    """Every feature that is chosen or asked for, and why, in the order of the vocabulary."""
    features = []
    for name in FEATURES:
        reason, chosen = RULES[name](answers), name in answers.features
        if chosen:
            by_hand = "Chosen by hand; no other answer asks for it."
            features.append(Feature(name, True, reason or by_hand))
        elif reason:
            features.append(Feature(name, False, f"Left out. What speaks for it: {reason}"))
    return tuple(features)


def _rate_limiting(answers: Answers) -> str:
    if answers.rate_limits:
        texts = [limit.text for limit in answers.rate_limits]
        return f"{source_of(answers)} allows {listed(texts, len(texts))}."
    if answers.rate_limits is None and speaks_http(answers):
        return f"The rate limit of {source_of(answers)} is unknown, so there may be one."
    return ""


def _retry_backoff(answers: Answers) -> str:
    why = f"{source_of(answers)} is read over HTTP, where some of thousands of requests fail."
    return why if speaks_http(answers) else ""


def _incremental_sync(answers: Answers) -> str:
    tables = [table.name for table in answers.tables if table.incremental]
    return f"Read by what is new or changed: {named(tables, 3)}." if tables else ""


def _delete_sync(answers: Answers) -> str:
    tables = [table.name for table in answers.tables if table.ingestion == "cdc_with_deletes"]
    return f"Deletions are to arrive from {named(tables)}." if tables else ""


def _partitioned_reads(answers: Answers) -> str:
    spans = [(first_load_requests(table, answers), table) for table in answers.tables]
    loads = [(load, table) for load, table in spans if load is not None]
    if not loads or answers.rate_limits is None:
        return ""
    load, table = max(loads, key=lambda one: one[0].low)
    limit = governing(rates_of(Limits(answers.rate_limits, answers.concurrency_limits)))
    if load.low <= READER_LIMIT or (limit and limit.per_second < WORTH_SPLITTING):
        return ""
    alone = load.low / (READER_REQUESTS_PER_SECOND * HOUR)
    allowed = f"{limit.text} allows more" if limit else "no rate limit holds it back"
    return (
        f"The first load of {code(table.name)} takes {requests(load)} requests: "
        f"{hours(Span(alone, alone))} for one reader at one request a second, while {allowed}."
    )


def _schema_discovery(answers: Answers) -> str:
    why = f"Fields or objects of {source_of(answers)} differ between customers."
    return why if answers.schema_kind == "dynamic" else ""


RULES: dict[str, Callable[[Answers], str]] = {
    "rate_limiting": _rate_limiting,
    "retry_backoff": _retry_backoff,
    "incremental_sync": _incremental_sync,
    "delete_sync": _delete_sync,
    "partitioned_reads": _partitioned_reads,
    "schema_discovery": _schema_discovery,
    "namespaces": lambda _: "",  # Whether tables are grouped no other answer tells.
}
"""Feature -> its rule; each feature of the vocabulary has one."""
