"""What has to be true of the way the connector speaks with its source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...answers import limits
from ...answers.answer_types import Answers, RateLimit, Table
from ..auth import (
    INJECTED,
    methods,
    renewed_by_platform,
    required_names,
    shared_parameters,
    tokens_expire,
)
from ..figures import DAY, count, hours
from ..model import Criterion, Facts
from ..wording import code, listed, named, source_of, speaks_http

LARGE_TABLE = 1_000_000
"""Records from which a table read at once is a danger: at an assumed 1 KB each they
fill a gigabyte."""


def source_criteria(facts: Facts) -> Iterator[Criterion]:
    """Criteria on records, connection, limits, paging, time and what the source may change."""
    yield from _records(facts.answers)
    yield from _connection(facts.answers)
    yield from _limits(facts.answers)
    yield from _paging(facts.answers)
    yield from _time_and_memory(facts)
    yield from _changes_of_the_source(facts.answers)


def _records(answers: Answers) -> Iterator[Criterion]:
    yield Criterion(
        "real-records-match-schema",
        f"Every record read from {source_of(answers)} fits the schema of its table: dates, numbers "
        "sent as text, objects where a text was expected.",
        test="test_reads_records_that_match_the_schema",
    )
    yield Criterion(
        "odd-characters",
        "Emoji, quotes, line breaks and empty texts arrive unchanged; an answer that cannot be "
        "parsed is reported with its table and request.",
        group="should",
    )
    if speaks_http(answers):
        yield Criterion(
            "record-not-found",
            "A single record that answers 404 or 400 is logged with its key and skipped; the table "
            "is read to its end.",
            group="should",
        )


def _connection(answers: Answers) -> Iterator[Criterion]:
    source = source_of(answers)
    yield Criterion(
        "connection-check", _connection_check(answers), test="test_missing_options_are_named"
    )
    yield Criterion(
        "error-messages",
        f"Every error names the table, the request and what {source} answered, but no secret.",
        group="should",
    )
    if answers.auth_methods == ("none",):
        return
    yield Criterion(
        "wrong-credentials",
        f"Credentials that {source} refuses end in one error that says so, before any table is "
        "read.",
    )
    http = speaks_http(answers)
    by_status = http and answers.source_type != "graphql_api"  # refusals may come with 200 there
    yield Criterion(
        "one-table-without-permission",
        f"Where {source} {'answers 403 for' if by_status else 'refuses'} one table, the error or "
        "the log names that table.",
        test="test_one_table_without_permission_is_named" if http else "",
    )
    if tokens_expire(answers):
        yield Criterion(
            "token-refresh",
            "A run whose access token ends stops with an error that says so; the next run goes on "
            "from the last stored place, and no record is missing."
            if renewed_by_platform(answers)
            else "A run that outlasts its access token gets a new one and loses no record.",
        )


def _connection_check(answers: Answers) -> str:
    offered = methods(answers)
    # What one of several methods needs, a connection can do without.
    always = offered[0].needs if len(offered) == 1 else ()
    required = (*always, *required_names(shared_parameters(answers)))
    if not required:
        return (
            "No option of a connection is required yet; one that becomes so is named where it is "
            "missing."
        )
    gotten = " (which the platform gets with what section 3 lists)"
    names = listed([f"{code(one)}{gotten if one == INJECTED else ''}" for one in required])
    return (
        f"A connection without a required option, that is {names}, is refused with the option's "
        "name."
    )


def _limits(answers: Answers) -> Iterator[Criterion]:
    source = source_of(answers)
    seconds = answers.request_timeout_seconds
    patience = f"{seconds} seconds" if seconds else "the timeout of the client"
    retries = "must" if "retry_backoff" in answers.features else "should"
    yield Criterion(
        "timeouts",
        f"A request that {source} does not answer is given up after {patience} and reported; none "
        "is waited for without end.",
        test="test_gives_up_after_the_timeout",
    )
    if not speaks_http(answers):
        return
    yield Criterion(
        "retry-after-5xx",
        f"A sync goes on after {source} has answered 500, 502, 503 or 504; each attempt waits "
        "longer than the one before.",
        group=retries,
        test="test_retries_after_5xx",
    )
    if answers.rate_limits == () and not answers.concurrency_limits:
        return
    yield Criterion(
        "retry-after-429",
        f"After a 429 of {source} the same request is sent again, not before the time in "
        "Retry-After.",
        group=retries,
        test="test_retries_after_429",
    )
    yield Criterion(
        "rate-limit",
        _rate_limit(answers),
        group="must" if "rate_limiting" in answers.features else "should",
        test="test_stays_under_the_rate_limit",
    )


def _rate_limit(answers: Answers) -> str:
    if answers.rate_limits is None:
        return (
            f"The connector sends no more requests than {source_of(answers)} allows, as soon as "
            f"{code('rate_limit')} is known."
        )
    known = limits.of_all(answers) or limits.Limits()
    strictest: dict[tuple[str, int], RateLimit] = {}
    for limit in sorted(known.rates, key=lambda one: one.requests):
        strictest.setdefault((limit.name, limit.seconds), limit)
    texts = [one.text for one in known.rates if one in strictest.values()]
    texts += [one.text for one in known.at_once]
    text = f"The connector never sends more than {listed(texts)}, however many tables it reads."
    if any(one.seconds >= DAY for one in strictest.values()):
        text += (
            " Over a day this holds within one run alone, for each run counts from nothing: "
            "schedule no more runs than the share of the limit in section 4 allows."
        )
    return text


def _paging(answers: Answers) -> Iterator[Criterion]:
    if not speaks_http(answers) or answers.pagination == "none":
        return
    pages = f"pages of {answers.page_size:,} records" if answers.page_size else "pages"
    yield Criterion(
        "last-page",
        f"A table of several {pages}{_longer_than(answers, answers.page_size)} is read to its last "
        "record, also when the last page is full or empty.",
        test="test_reads_the_last_page",
    )
    if limit := answers.pagination_limit:
        yield Criterion(
            "page-cap",
            f"A table of more than {limit:,} records{_longer_than(answers, limit)} is read in "
            f"full, although paging ends at {limit:,}.",
        )


def _time_and_memory(facts: Facts) -> Iterator[Criterion]:
    answers = facts.answers
    if incremental := tuple(one.name for one in answers.in_work if one.incremental):
        yield Criterion(
            "resume-after-interruption",
            "A run that is cut off and started again goes on from the last stored place, and no "
            "record is missing.",
            test="test_resumes_after_an_interruption",
            tables=incremental,
        )
    if largest := _largest(answers.in_work):
        held = "holds one batch at a time in memory, not the table"
        whole = "fits into memory: a snapshot comes whole"
        yield Criterion(
            "memory",
            f"Reading {_with_rows(largest)} {held if largest.incremental else whole}.",
            group="must" if (largest.rows or 0) >= LARGE_TABLE else "should",
        )
    expected = facts.capacity.first_load_hours
    if expected and answers.in_work and not facts.capacity.unknown_first_load:
        yield Criterion(
            "first-load",
            "The first full load of all tables takes no longer than section 4 expects: "
            f"{hours(expected)}.",
        )
    if answers.sync_interval and not (facts.capacity.share or 0) > 1:
        yield Criterion(
            "sync-in-time",
            f"A sync of all tables ends before the next begins ({answers.sync_interval_text}).",
        )


def _changes_of_the_source(answers: Answers) -> Iterator[Criterion]:
    source = source_of(answers)
    version = f"version {answers.api_version} of the API" if answers.api_version else "the API"
    through = f" through {version}" if speaks_http(answers) else ""
    yield Criterion(
        "api-coverage",
        f"One record of every table has been read by hand{through}, with credentials "
        "such as the connector will have.",
    )
    yield Criterion(
        "new-fields",
        f"A field that {source} adds does not stop a sync; one that it takes away reads as null.",
    )
    if answers.schema_kind == "dynamic":
        yield Criterion(
            "custom-fields",
            f"A custom field made in {source} shows in the schema of its table at the next sync.",
        )
    elif answers.schema_kind == "static":
        yield Criterion(
            "same-fields",
            f"Two accounts of {source} have the same fields in the largest table, custom ones "
            "looked for.",
            group="should",
        )
    if speaks_http(answers):
        named_version = f"version {answers.api_version}" if answers.api_version else "its version"
        end = answers.api_end_of_life
        moved = f"; none uses it after {end}" if end else ""
        yield Criterion(
            "api-version",
            f"Every request to {source} names {named_version}, set in one place{moved}.",
            group="must" if end else "should",
        )
    libraries = named(answers.dependencies)
    beside = f" with {libraries}" if libraries else ", each library it uses named and bounded,"
    yield Criterion(
        "dependencies",
        f"The connector installs and imports{beside} on the runtime it is meant for, and moves no "
        "version pinned there.",
        group="should",
    )


def _largest(tables: Sequence[Table]) -> Table | None:
    return max(tables, key=lambda table: table.rows or 0, default=None)


def _longer_than(answers: Answers, records: int | None) -> str:
    """The largest table as an example, if it is known to hold more than `records`."""
    largest = _largest(answers.in_work)
    if not largest or not records or (largest.rows or 0) <= records:
        return ""
    return f", such as {_with_rows(largest)},"


def _with_rows(table: Table) -> str:
    rows = f" ({count(table.rows)} records)" if table.rows else ""
    return f"{code(table.name)}{rows}"
