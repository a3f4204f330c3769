"""Risks from records that the source deletes."""

from __future__ import annotations

import re

from ..figures import DAY, every
from ..model import Facts
from .look import few, largest_first, names, read_as, said, with_rows
from .rule import Cause, rules_on, texts

rule = rules_on("deletes")

COUNTS_RECORDS = (
    r"(?i)\b(counts?|counting|how many|number of|headcount|churn\w*|backlog|delet\w+|remov\w+"
    r"|erasure|gdpr|active \w+|open \w+)\b"
)
"""Words of a purpose that counts records, or wants deletions to arrive."""

SUMS_AMOUNTS = r"(?i)\b(totals?|inventory|stock|balances?|reconcil\w+)\b"
"""Words of a purpose that adds up amounts: wrong by what deleted records hold, which is seldom
deleted once it was booked."""

SMALL_ROWS = 10_000
"""Rows that a sync can as well read whole: 100 requests at 100 records a page, a common size."""

SELDOM = 7 * DAY
"""Seconds between syncs from which deletions are easily lost: with one weekly sync missed, two
weeks are over, and Salesforce promises to tell deletions for 15 days only."""


@rule("deletes-unseen", "Deleted records stay for ever", "missing_dup_delete")
@texts(
    what="What was deleted in the source is still counted, and nobody sees it until somebody "
    "compares.",
    mitigation="Read small tables as snapshot, which sees deletions, and the others as "
    "cdc_with_deletes where the source tells them; else compare keys in a full read once a week, "
    "or tell the users.",
    check="Do the users know that deleted records stay, or does a read of all keys find them?",
    moves="Down one step where `out_of_scope` or `wont_have` names deletions.",
    impact_reason="High where records are counted; Medium where amounts are added up.",
    false_positives="The source never deletes, or only marks records as deleted.",
)
def deletes_unseen(facts: Facts) -> Cause | None:
    """A table is read as cdc, which does not see deletions, and problem, use cases or analytics
    count records, add up amounts or speak of deletion. Not where all of them have 10,000 rows at
    most, and can be read as snapshot."""
    tables = largest_first(read_as(facts, "cdc"))
    answers = facts.answers
    left_out = [*answers.wont_have, *(what for what, _ in answers.out_of_scope)]
    decided = [text for text in left_out if "delet" in text.lower()]
    counted = re.search(COUNTS_RECORDS, said(facts))
    wanted = counted or re.search(SUMS_AMOUNTS, said(facts))
    small = [table for table in tables if table.rows is not None and table.rows <= SMALL_ROWS]
    if not wanted or len(small) == len(tables):
        return None
    why = f"Read as cdc, which sees no deletions: {few(map(with_rows, tables))}."
    why += f' The purpose speaks of "{wanted.group()}".'
    if decided:
        why += f' Left out on purpose: "{decided[0]}".'
    if small:
        why += f" Small enough to be read as snapshot: {few(map(with_rows, small))}."
    impact = "High" if counted else "Medium"
    return Cause(why, impact, steps=-1 if decided else 0, tables=names(tables))


@rule(
    "deletions-forgotten-by-source",
    "The source forgets deletions after a while",
    "missing_dup_delete",
)
@texts(
    what="After a pause longer than the source remembers deletions, some are never seen.",
    mitigation="Find out for how long deletions can be asked for; compare all keys after a longer "
    "pause.",
    check="For how many days does the source tell deletions, and what follows a longer pause?",
    moves="Up one step where syncs are a week or more apart, or `delete_sync` is not a feature; "
    "down one where they run daily or more often.",
    impact_reason="Medium: rows stay that should have gone, after a rare event.",
    false_positives="Deleted records stay in the source with a mark for ever.",
)
def deletions_forgotten_by_source(facts: Facts) -> Cause | None:
    """A table is read as cdc_with_deletes, and its `retention` is not known."""
    deleting = largest_first(read_as(facts, "cdc_with_deletes"))
    tables = [table for table in deleting if not table.retention]
    if not tables:
        return None
    interval = facts.answers.sync_interval
    planned = "delete_sync" in facts.answers.features
    pace = f"with a sync {every(interval)}" if interval else "and no sync interval is set"
    why = f"Deletions are to be read from {few(map(with_rows, tables))}, {pace}"
    if not planned:
        why += ", but delete_sync is not among the features"
    seldom = interval is not None and interval >= SELDOM
    often = interval is not None and interval <= DAY
    steps = 1 if seldom or not planned else -1 if often else 0
    return Cause(f"{why}.", "Medium", steps=steps, tables=names(tables))
