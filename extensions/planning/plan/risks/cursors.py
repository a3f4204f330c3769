"""Risks from incremental reads: cursors, their meaning, and the state they leave."""

from __future__ import annotations

from ...answers.answer_types import Table
from ...terms.states import State
from ..figures import counted
from ..model import Facts
from ..wording import singular
from .base_rates import history
from .hints import THINGS, never_moves, tells_change
from .look import (
    CDC,
    caused_by,
    few,
    incremental,
    largest_first,
    last_word,
    leaf,
    names,
    read_as,
    with_cursor,
)
from .rule import Cause, rules_on, texts

rule = rules_on("cursors")


@rule(
    "cursor-misses-updates",
    "The cursor does not move when a record changes",
    "state_cursor",
    "missing_dup_delete",
)
@texts(
    what="New records arrive and changes to old ones never do; the copy drifts away without an "
    "error.",
    mitigation="Use the field of last modification. Where there is none, read the table as a "
    "snapshot or look back over the time in which records still change.",
    check="Does a change to a record of last year arrive with the next sync?",
    impact_reason="High: updates are lost without an error, in every sync.",
    false_positives="A name that misleads: the field does move with every change.",
)
def cursor_misses_updates(facts: Facts) -> Cause | None:
    """A cdc table has a cursor named after its creation or after an identity."""
    tables = [
        table
        for table in largest_first(read_as(facts, *CDC))
        if never_moves(leaf(table)) and not guessed(table)
    ]
    why = "Read as cdc by a field that tells no change: {}."
    return caused_by(tables, why, "High", shown=with_cursor)


@rule("cursor-is-nested", "The cursor lies inside a struct", "state_cursor")
@texts(
    what="The pipeline takes no path as the column that orders changes: the table does not sync at "
    "all.",
    mitigation="Copy the value into a column of its own while reading, and name that column as the "
    "cursor; say what a record without the struct does.",
    check="Is the cursor a column at the top of the schema, and what becomes of a record without "
    "it?",
    impact_reason="High for cdc, whose changes are ordered by it; Medium for append.",
    false_positives="None for cdc: a pull request upstream met the refusal.",
)
def cursor_is_nested(facts: Facts) -> Cause | None:
    """A cursor is a path with dots."""
    tables = [t for t in read_as(facts, "append", *CDC) if t.cursor_field and "." in t.cursor_field]
    impact = "High" if any(table.ingestion in CDC for table in tables) else "Medium"
    return caused_by(tables, "Cursors inside a struct: {}.", impact, shown=with_cursor)


@rule("cursor-state", "Cursor and state are kept wrongly", "state_cursor")
@texts(
    what="Local time is read as UTC, numbers are compared as text, or the state moves on before "
    "the records are safe: rows go missing, come twice, or a sync never ends.",
    mitigation="Keep the cursor as the source writes it and compare it as a time or a number; move "
    "it on after the records, never before; stop where it does not move.",
    check="Does a sync that was cut off in the middle bring every record, and then end?",
    moves="Down one step, for the helpers that come out compare cursors and keep the state; not "
    "where two of the first three are so.",
    impact_reason="Medium: rows are missing or double in single syncs.",
    false_positives="A source that keeps the position itself and hands out a token.",
)
def cursor_state(facts: Facts) -> Cause | None:
    """Tables are read by cursors of different kinds, by a cursor below a parent, with `filter:
    none`, or where nobody said `filter` or `order`. Feeds of changes need neither, and databases
    offer both."""
    tables = [
        table
        for table in incremental(facts)
        if table.cursor_field
        and not guessed(table)
        and not (table.ingestion in CDC and never_moves(leaf(table)))  # a risk of its own
    ]
    kinds: dict[str, Table] = {}
    for table in tables:
        kinds.setdefault(leaf(table).lower(), table)
    below = [table for table in tables if table.parent]
    unfiltered = [table for table in tables if table.filter == "none"]
    causes = []
    if len(kinds) > 1:
        causes.append(
            f"{counted(len(tables), 'table')} are read by {counted(len(kinds), 'kind')} of cursor "
            f"({few(map(with_cursor, kinds.values()))})"
        )
    if below:
        causes.append(
            f"each parent has newest records of its own, and one state for all skips some: "
            f"{few(names(below))}"
        )
    if unfiltered:
        causes.append(f"records are sorted out after reading: {few(names(unfiltered))}")
    steps = 0 if len(causes) > 1 else -1
    unsaid = [
        table
        for table in tables
        if not (table.filter and table.order)
        and table.read_by != "changes"
        and facts.answers.source_type != "database"
    ]
    if unsaid:
        causes.append(f"filter or order is unsaid: {few(names(unsaid))}")
    if not causes:
        return None
    text = "; ".join(causes)
    why = f"{text[0].upper()}{text[1:]}. {history('state_cursor')}"
    if len(kinds) == 1:
        tables = [table for table in tables if table in (*below, *unfiltered, *unsaid)]
    return Cause(why, "Medium", steps=steps, tables=names(tables))


@rule("append-rows-change", "Append tables whose rows change", "missing_dup_delete")
@texts(
    what="A record is copied as it was when it was new; its later status, amount or owner never "
    "arrives.",
    mitigation="Read the table as cdc by its field of last modification.",
    check="Does a change to a record that was already read arrive?",
    moves="Up one step where the cursor says that rows change, unless a connector for the source "
    "named it and nobody has confirmed that.",
    impact_reason="High where such a cursor says so; else Medium.",
    false_positives="A table of immutable facts with the name of a thing.",
)
def append_rows_change(facts: Facts) -> Cause | None:
    """An append table has a cursor of modification, or a name such as orders."""
    tables = [table for table in read_as(facts, "append") if "ingestion" not in table.assumed]
    sure = [t for t in tables if tells_change(leaf(t))]
    things = [t for t in tables if t not in sure and singular(last_word(t.name)) in THINGS]
    said = any(table.state_of("cursor_field") is not State.KNOWN for table in sure)
    why = "Read as append, which takes every row once: {}."
    return caused_by([*sure, *things], why, "High" if said else "Medium", int(said), with_cursor)


def guessed(table: Table) -> bool:
    """Whether the plan filled in how the table is read: its guess says nothing of the source."""
    return not table.assumed.isdisjoint(("ingestion", "cursor_field"))
