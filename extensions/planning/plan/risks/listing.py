"""Risks from how a source lists what is new: order, borders, late records, what it forgets."""

from __future__ import annotations

from ..figures import DAY, duration, every
from ..model import Facts
from .hints import counts_up, is_report, tells_change, tells_start, whole_days
from .look import caused_by, few, incremental, largest_first, leaf, names, read_as, with_cursor
from .rule import Cause, rules_on, texts

rule = rules_on("cursors")

PAUSES = 3
"""Syncs that may fail in a row before somebody acts: what a source must remember at least."""

MONTH = 30 * DAY
"""Seconds after which a long pause is no accident any more, but a decision."""


@rule(
    "order-is-not-cursor", "Records do not come by the cursor", "state_cursor", "missing_dup_delete"
)
@texts(
    what="A batch that is cut off has seen a late cursor value before earlier ones: the next sync "
    "begins behind records that never came.",
    mitigation="Ask for the order by the cursor where the source offers it. Else read the list to "
    "its end before the cursor moves, and keep the place in the list meanwhile.",
    check="Does a test cut a list that comes in another order, and do all records arrive?",
    moves="Down one step where the source offers the order on request.",
    impact_reason="High where no order can be had, since records are lost without an error; else "
    "Medium.",
    false_positives="The whole table comes in one response.",
)
def order_is_not_cursor(facts: Facts) -> Cause | None:
    """An incremental table has `order` `other` or `on_request`."""
    tables = incremental(facts)
    other = [table for table in tables if table.order == "other"]
    asked = [table for table in tables if table.order == "on_request"]
    if other:
        why = f"Listed in another order than that of the cursor: {few(names(other))}."
        return Cause(why, "High", tables=names((*other, *asked)))
    why = "Listed by the cursor only where the request asks for it: {}."
    return caused_by(asked, why, "Medium", -1)


@rule(
    "border-of-the-cursor",
    "Records that share a cursor value",
    "state_cursor",
    "missing_dup_delete",
)
@texts(
    what="Imports give one time to thousands of records. Where the filter leaves the last value "
    "out, those that were written after the read are never seen.",
    mitigation="Begin a little before the last value and merge by key; never cut a batch between "
    "records of one value.",
    check="Does a record with the cursor value of the last one, written later, arrive?",
    moves="Down one step where it looks back.",
    impact_reason="Medium: single records of one moment are missing.",
    false_positives="A cursor that no two records share, such as a sequence.",
)
def border_of_the_cursor(facts: Facts) -> Cause | None:
    """An incremental table has `filter` `after`."""
    tables = [
        table
        for table in incremental(facts)
        if table.filter == "after" and not counts_up(leaf(table))
    ]
    covered = all(table.lookback for table in tables)
    why = "The filter leaves the last value itself out: {}."
    return caused_by(tables, why, "Medium", -int(covered), with_cursor)


@rule("run-does-not-end", "A run that never ends", "state_cursor")
@texts(
    what="Records come faster than batches end, or the offset does not move: a triggered run goes "
    "on for ever, and the next one never starts.",
    mitigation="Read no further than the moment the run began; where the cursor is a number, ask "
    "for its greatest value first and stop there.",
    check="Does a run end while a test keeps adding records?",
    moves="Down one step: the code that comes out bounds every run whose cursor is a time.",
    impact_reason="Medium: the pipeline hangs until somebody stops it, and loses nothing.",
    false_positives="A source that closes its list when the run begins.",
)
def run_does_not_end(facts: Facts) -> Cause | None:
    """An incremental table has a cursor that counts up and holds no time, or `change_frequency` is
    `continuous` and a table is read incrementally by a feed of changes."""
    tables = incremental(facts)
    numbers = [table for table in tables if table.cursor_field and counts_up(leaf(table))]
    busy = facts.answers.change_frequency == "continuous"
    feeds = [table for table in tables if busy and table.read_by == "changes"]
    if numbers:
        why = "Cursors that hold no time to stop at: {}."
        return caused_by(numbers, why, "Medium", -1, with_cursor)
    return caused_by(feeds, "Feeds that grow all the time (change_frequency): {}.", "Medium", -1)


@rule("figures-are-restated", "Records that arrive late", "state_cursor", "missing_dup_delete")
@texts(
    what="The source writes records of past days, or works figures out again; a sync that reads "
    "only what is newer keeps the first, wrong ones.",
    mitigation="Look back at every sync for as long as the source writes late. Merge by key; of an "
    "append table leave out what has arrived before.",
    check="For how many days does the source restate figures, and is the window that long?",
    moves="Down one step where only names suggest it.",
    impact_reason="Medium: recent figures differ from those in the source.",
    false_positives="Reports that are closed once written: say `lookback: none`.",
)
def figures_are_restated(facts: Facts) -> Cause | None:
    """An incremental table has a `lookback`; or it is named like a report, its cursor is no
    modification time, and nobody said how late its records come."""
    tables = incremental(facts)
    late = [table for table in tables if table.lookback]
    named = [
        table
        for table in tables
        if table.lookback is None and is_report(table.name) and not tells_change(leaf(table))
    ]
    if late:
        spans = few([f"{table.name} ({duration(table.lookback)})" for table in late])
        return Cause(f"Records arrive late: {spans}.", "Medium", tables=names((*late, *named)))
    why = "Reports that are read incrementally: {}."
    return caused_by(named, why, "Medium", -1, with_cursor)


@rule(
    "cursor-is-a-start",
    "Records that appear after their cursor",
    "state_cursor",
    "missing_dup_delete",
)
@texts(
    what="A call, a session or a meeting shows up when it ends, with the time at which it began: "
    "by then the cursor is past it.",
    mitigation="Use the time of the end or of the last change; else look back for longer than the "
    "longest of them lasts.",
    check="Does a record that began before the last sync and ended after it arrive?",
    impact_reason="High: the long ones are lost without an error, in every sync.",
    false_positives="Records that are there from the moment they begin.",
)
def cursor_is_a_start(facts: Facts) -> Cause | None:
    """An incremental table has a cursor named after a start, and no `lookback`."""
    tables = [
        table
        for table in largest_first(read_as(facts, "append"))
        if tells_start(leaf(table)) and not table.lookback
    ]
    why = "Cursors that tell when something began: {}."
    return caused_by(tables, why, "High", shown=with_cursor)


AFTER_A_FEED = (
    "Note the place in the feed before the first load begins, and when each sync ended; after a "
    "pause longer than that, read the table in full and begin the feed anew."
)
"""What helps where a feed of changes is forgotten, while the table itself holds all records."""


@rule("history-expires", "The source forgets its changes", "missing_dup_delete", "state_cursor")
@texts(
    what="After a pause that is longer than the source remembers, what it has dropped is gone, and "
    "no sync brings it back.",
    mitigation="Start the first load before the oldest records expire, and let no pause last "
    "longer. Where one did, say in the log what is missing, and read tables anew that are fed from "
    "it.",
    check="What does a sync do that comes after a pause longer than that?",
    moves="Down one step where it outlasts ten sync intervals.",
    impact_reason="High where it ends within three sync intervals; else Medium.",
    false_positives="A full read is cheap and is made anyway.",
)
def history_expires(facts: Facts) -> Cause | None:
    """An incremental table has a `retention` of a month or less, or of less than three sync
    intervals."""
    interval = facts.answers.sync_interval
    tables = [
        table
        for table in incremental(facts)
        if table.retention and table.retention <= max(MONTH, PAUSES * (interval or 0))
    ]
    shortest = min((table.retention or 0 for table in tables), default=0)
    tight = interval is not None and shortest < PAUSES * interval
    ample = interval is not None and shortest >= 10 * interval
    often = f", with a sync {every(interval)}" if interval else ""
    fed = any(table.read_by == "changes" for table in tables)
    remembered = "Changes are remembered" if fed else "Records are kept"
    return caused_by(
        tables,
        f"{remembered} only for a while: {{}}{often}.",
        "High" if tight else "Medium",
        -int(ample),
        lambda table: f"{table.name} ({duration(table.retention)})",
        AFTER_A_FEED if fed else "",
    )


@rule("cursor-of-whole-days", "The cursor holds whole days", "state_cursor")
@texts(
    what="Records that come later on the day of the last sync are skipped, or the day is read "
    "again at every sync and its records double.",
    mitigation="Begin each sync with the last day again, and merge by key; end it with yesterday "
    "where days are still open.",
    check="Do records written after the sync of a day arrive exactly once?",
    moves="Down one step where syncs are a day or more apart.",
    impact_reason="Medium: records of one day are missing or double.",
    false_positives="A field named date that holds a time.",
)
def cursor_of_whole_days(facts: Facts) -> Cause | None:
    """An incremental table has a cursor named after a date without a time, and no `lookback`."""
    tables = [
        table
        for table in incremental(facts)
        if whole_days(leaf(table)) and not table.lookback and not is_report(table.name)
    ]
    often = facts.answers.sync_interval
    daily = often is not None and often >= DAY
    return caused_by(tables, "Cursors of whole days: {}.", "Medium", -int(daily), with_cursor)
