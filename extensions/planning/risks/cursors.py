"""Risks from incremental reads: cursors, their meaning, and the state they leave."""

from __future__ import annotations

from ..answer_types import Table
from ..figures import DAY, counted
from ..model import Facts
from .base_rates import history
from .hints import (
    is_report,
    is_thing,
    never_moves,
    notes_change,
    notes_restating,
    tells_change,
    whole_days,
)
from .look import CDC, few, largest_first, names, read_as, with_cursor
from .rule import Cause, rule


@rule(
    "cursor-not-confirmed",
    "cursors",
    "Nobody has named the cursor",
    kinds=("state_cursor",),
    what="The field does not exist or the source cannot filter by it, and the table has to be read "
    "in full at every sync after all.",
    mitigation="Name `cursor_field` of each table, and try the filter: records of yesterday, "
    "counted.",
    check="Has the source been asked for the records of yesterday, for each of these tables?",
    fires_when="The cursor of a cdc table is only assumed, or an append table has none.",
    moves="Down one step where only append tables are without.",
    impact_reason="Medium: tables turn into snapshots, or need another way to find changes.",
    false_positives="The assumed `updated_at` is the cursor: say so in `table_details`.",
)
def cursor_not_confirmed(facts: Facts) -> Cause | None:
    """Fires for incremental tables whose cursor nobody named."""
    changing = [
        table for table in largest_first(read_as(facts, *CDC)) if "cursor_field" in table.assumed
    ]
    appended = [table for table in read_as(facts, "append") if not table.cursor_field]
    parts = []
    if changing:
        guess = f"{changing[0].cursor_field} is only assumed"
        parts.append(f"no cursor is named for {few(names(changing))} (cdc), {guess}")
    if appended:
        parts.append(f"no cursor is named for {few(names(appended))} (append)")
    if not parts:
        return None
    why = "; ".join(parts)
    steps = 0 if changing else -1
    return Cause(f"N{why[1:]}.", "Medium", steps=steps, tables=names((*changing, *appended)))


@rule(
    "cursor-misses-updates",
    "cursors",
    "The cursor does not move when a record changes",
    kinds=("state_cursor", "missing_dup_delete"),
    what="New records arrive and changes to old ones never do; the copy drifts away without an "
    "error.",
    mitigation="Use the field of last modification. Where there is none, read the table as a "
    "snapshot or look back over the time in which records still change.",
    check="Does a change to a record of last year arrive with the next sync?",
    fires_when="A cdc table has a cursor named after its creation or after an identity.",
    moves="Never moves.",
    impact_reason="High: updates are lost without an error, in every sync.",
    false_positives="A name that misleads: the field does move with every change.",
)
def cursor_misses_updates(facts: Facts) -> Cause | None:
    """Fires for cdc cursors that are no modification time."""
    tables = [
        table
        for table in largest_first(read_as(facts, *CDC))
        if never_moves(_leaf(table)) and "cursor_field" not in table.assumed
    ]
    if not tables:
        return None
    shown = few([with_cursor(table) for table in tables])
    why = f"Read as cdc by a field that tells no change: {shown}."
    return Cause(why, "High", tables=names(tables))


@rule(
    "cursor-of-whole-days",
    "cursors",
    "The cursor holds whole days",
    kinds=("state_cursor",),
    what="Records that come later on the day of the last sync are skipped, or the day is read "
    "again at every sync and its records double.",
    mitigation="Begin each sync with the last day again, and merge by key; end it with yesterday "
    "where days are still open.",
    check="Do records written after the sync of a day arrive exactly once?",
    fires_when="An incremental table has a cursor named after a date without a time.",
    moves="Down one step where syncs are a day or more apart.",
    impact_reason="Medium: records of one day are missing or double.",
    false_positives="A field named date that holds a time.",
)
def cursor_of_whole_days(facts: Facts) -> Cause | None:
    """Fires for cursors without a time of day."""
    tables = [
        table for table in largest_first(read_as(facts, "append", *CDC)) if whole_days(_leaf(table))
    ]
    if not tables:
        return None
    every = facts.answers.sync_interval
    daily = every is not None and every >= DAY
    why = f"Cursors of whole days: {few([with_cursor(table) for table in tables])}."
    return Cause(why, "Medium", steps=-1 if daily else 0, tables=names(tables))


@rule(
    "cursor-is-nested",
    "cursors",
    "The cursor lies inside a struct",
    kinds=("state_cursor",),
    what="The source filters by another name than the record shows, the field is null where the "
    "struct is missing, and merging by a path fails late.",
    mitigation="Copy the value into a column of its own while reading; say what a record without "
    "it does.",
    check="What happens to a record in which the struct is missing?",
    fires_when="A cursor is a path with dots.",
    moves="Down one step: upstream accepts paths.",
    impact_reason="Medium: the table does not sync, or some of its records do not.",
    false_positives="A struct that is present in every record and filtered by the same path.",
)
def cursor_is_nested(facts: Facts) -> Cause | None:
    """Fires for cursors that are paths."""
    tables = [t for t in read_as(facts, "append", *CDC) if t.cursor_field and "." in t.cursor_field]
    if not tables:
        return None
    why = f"Cursors inside a struct: {few([with_cursor(table) for table in tables])}."
    return Cause(why, "Medium", steps=-1, tables=names(tables))


@rule(
    "cursor-state",
    "cursors",
    "Cursor and state are kept wrongly",
    kinds=("state_cursor",),
    what="Local time is read as UTC, numbers are compared as text, or the state moves on before "
    "the records are safe: rows go missing, come twice, or a sync never ends.",
    mitigation="Keep the cursor as the source writes it; overlap by a few minutes; save it after "
    "the records, never before; stop where it does not move.",
    check="Does a sync that was cut off in the middle bring every record, and then end?",
    fires_when="A table is read incrementally by a cursor.",
    moves="Down one step where a sandbox lets the tests change records and watch the cursor, or "
    "where no cursor is assumed, lies inside a struct or holds whole days.",
    impact_reason="Medium: rows are missing or double in single syncs.",
    false_positives="A source that keeps the position itself and hands out a token.",
)
def cursor_state(facts: Facts) -> Cause | None:
    """Fires for incremental tables with a cursor."""
    tables = [t for t in largest_first(read_as(facts, "append", *CDC)) if t.cursor_field]
    if not tables:
        return None
    environment = facts.answers.test_environment
    doubtful = [t for t in tables if _doubtful(t)]
    verb = "is" if len(tables) == 1 else "are"
    why = (
        f"{counted(len(tables), 'table')} {verb} read by a cursor "
        f"({few([with_cursor(table) for table in doubtful or tables])}), with test_environment "
        f"{environment}. {history('state_cursor')}"
    )
    steps = 0 if doubtful and environment != "sandbox" else -1
    return Cause(why, "Medium", steps=steps, tables=names(tables))


@rule(
    "figures-are-restated",
    "cursors",
    "Figures of past days change",
    kinds=("state_cursor", "missing_dup_delete"),
    what="The source works past days out again for days or weeks; a sync that reads only new days "
    "keeps the first, wrong figures.",
    mitigation="Look back at every sync for as long as the source restates, and merge by key.",
    check="For how many days does the source restate figures, and is the window that long?",
    fires_when="An incremental table is named like a report and its cursor is no modification "
    "time, or its notes speak of restating, attribution or late data.",
    moves="Down one step where only names suggest it.",
    impact_reason="Medium: recent figures differ from those in the source.",
    false_positives="Reports that are closed once written.",
)
def figures_are_restated(facts: Facts) -> Cause | None:
    """Fires for incremental reports."""
    incremental = largest_first(read_as(facts, "append", *CDC))
    noted = [table for table in incremental if notes_restating(table.notes)]
    named = [t for t in incremental if is_report(t.name) and not tells_change(_leaf(t))]
    tables = list({table.name: table for table in (*noted, *named)}.values())
    if not tables:
        return None
    why = f"Reports that are read incrementally: {few([with_cursor(table) for table in tables])}."
    if noted:
        why += f' Notes of {noted[0].name}: "{noted[0].notes}".'
    return Cause(why, "Medium", steps=0 if noted else -1, tables=names(tables))


@rule(
    "append-rows-change",
    "cursors",
    "Append tables whose rows change",
    kinds=("missing_dup_delete",),
    what="A record is copied as it was when it was new; its later status, amount or owner never "
    "arrives.",
    mitigation="Read the table as cdc by its field of last modification.",
    check="Does a change to a record that was already read arrive?",
    fires_when="An append table has a cursor of modification, a name such as orders, or notes "
    "that speak of changes.",
    moves="Up one step where the cursor or the notes say that rows change.",
    impact_reason="High where the cursor or the notes say so; else Medium.",
    false_positives="A table of immutable facts with the name of a thing.",
)
def append_rows_change(facts: Facts) -> Cause | None:
    """Fires for append tables that look as if their rows changed."""
    tables = read_as(facts, "append")
    sure = [t for t in tables if notes_change(t.notes) or tells_change(_leaf(t))]
    known = set(names(sure))
    likely = [t for t in tables if t.name not in known and is_thing(t.name)]
    if not sure and not likely:
        return None
    shown = few([with_cursor(table) for table in (*sure, *likely)])
    why = f"Read as append, which takes every row once: {shown}."
    return Cause(why, "High" if sure else "Medium", int(bool(sure)), names((*sure, *likely)))


def _doubtful(table: Table) -> bool:
    cursor = table.cursor_field or ""
    return "." in cursor or "cursor_field" in table.assumed or whole_days(_leaf(table))


def _leaf(table: Table) -> str:
    return (table.cursor_field or "").rsplit(".", 1)[-1]


RULES = (
    cursor_not_confirmed,
    cursor_misses_updates,
    cursor_of_whole_days,
    cursor_is_nested,
    cursor_state,
    figures_are_restated,
    append_rows_change,
)
