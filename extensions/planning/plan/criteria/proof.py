"""Criteria that prove the rest: High risks under control, suites passed, syncs watched."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from ...answers.answer_types import Answers
from ..model import Criterion, Risk
from ..wording import named, source_of, subject_of, tested_on

SETTLED = ("accepted", "closed")
"""Decisions after which nobody has to show that a risk is under control."""

SAMPLED_RECORDS = 200
"""Records of a table to look at: as many as the upstream test suite samples."""

DENY_CURSORS = ("cursor-misses-updates",)
"""Risks that say that the cursor of their tables does not move with every change."""

SAID_BY = {
    "api-version-ends": "api-version",
    "backfill-outlives-token": "token-refresh",
    "discovered-types-do-not-hold": "nulls-and-types",
    "end-of-life-unknown": "api-version",
    "page-cap-below-table": "page-cap",
    "platform-token-ends": "token-refresh",
    "rate-limit-unknown": "rate-limit",
    "requests-fail": "retry-after-5xx",
    "sync-over-rate-limit": "sync-in-time",
    "table-without-permission": "one-table-without-permission",
    "token-expires": "token-refresh",
    "types-differ-from-docs": "nulls-and-types",
}
"""Risk -> the criterion that shows it to be under control by itself: nothing is said twice."""


def risk_criteria(risks: Sequence[Risk], others: Collection[str] = ()) -> Iterator[Criterion]:
    """The check of every High risk, unless somebody has accepted or closed it.

    `others` are the ids of the other criteria: what one of them says is not said again.
    """
    for risk in risks:
        if SAID_BY.get(risk.id) in others:
            continue
        if risk.severity == "High" and (risk.worse or risk.decision.status not in SETTLED):
            yield Criterion(
                f"risk-{risk.id}",
                f"{subject_of(risk)}: shown to be under control. {risk.check}",
                tables=risk.tables,
            )


def testing_criteria(answers: Answers, risks: Sequence[Risk] = ()) -> Iterator[Criterion]:
    """What is run against the test environment before anybody calls the connector done.

    None demands what a risk of the plan says cannot be: a cursor that does not move with changes.
    """
    against = f"against {tested_on(answers)}"
    yield Criterion("generic-suite", f"Passes the generic test suite {against}.", group="testing")
    if answers.streams:
        # The tables of which a risk says that their cursor does not move with every change.
        still = [name for risk in risks if risk.id in DENY_CURSORS for name in risk.tables]
        but = f"; of {named(still)} a new record is enough" if still else ""
        yield Criterion(
            "incremental-sync-validated",
            f"Incremental sync validated {against}: after a record is {_events(answers)} in every "
            f"incremental table, its cursor has moved and the next sync brings it{but}.",
            group="testing",
        )
    else:
        yield Criterion(
            "full-reload-validated",
            f"Full reload validated {against}: two syncs without changes give the same records.",
            group="testing",
        )
    yield Criterion(
        "nulls-and-types",
        f"Type and nullability of every column compared with {SAMPLED_RECORDS} real records of "
        f"{source_of(answers)} for each table, not with its documentation.",
        group="testing",
    )


def _events(answers: Answers) -> str:
    kinds = {table.ingestion for table in answers.tables}
    if "cdc_with_deletes" in kinds:
        return "added, changed or deleted"
    return "added or changed" if "cdc" in kinds else "added"
