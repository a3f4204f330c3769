"""Risks from primary keys."""

from __future__ import annotations

from ...answers.answer_types import Table
from ..model import Facts
from ..wording import singular
from .hints import LOCAL_KEYS, SHARED, is_label, names_space
from .look import CDC, caused_by, few, largest_first, last_word, names, with_key, words_of
from .rule import Cause, rules_on, texts

rule = rules_on("schema")

MANY_COLUMNS = 4
"""Columns from which a key is doubtful: upstream, keys so long belong to reports and to rows of a
period (google_analytics_aggregated, sap_successfactors), which repeat as soon as one more
dimension or period is asked for."""


@rule("key-may-repeat", "A key that may repeat or change", "primary_key")
@texts(
    what="Two records with the same key become one, or one record becomes two when the key is "
    "edited, and no error says so.",
    mitigation="Use the identifier that the source gives; for reports, make every requested "
    "dimension part of the key.",
    check="Do distinct keys and records of a full read agree for these tables?",
    moves="Up one step where such a table is read as cdc, since records are merged by the key.",
    impact_reason="Medium: single records are lost without an error.",
    false_positives="The source guarantees that the column is unique and never edited.",
)
def key_may_repeat(facts: Facts) -> Cause | None:
    """A key has only columns such as `email` or `name`, or four or more columns."""
    doubtful = [table for table in facts.answers.in_work if table.primary_keys and _doubtful(table)]
    merged = any(table.ingestion in CDC for table in doubtful)
    return caused_by(doubtful, "Keys that may repeat: {}.", "Medium", int(merged), with_key)


@rule(
    "key-without-namespace",
    "Keys that are unique only within one parent or namespace",
    "primary_key",
)
@texts(
    what="Records of two parents or two accounts with the same id overwrite each other in one "
    "table.",
    mitigation="Put the parent or the namespace into every key, or write each namespace into a "
    "schema of its own.",
    check="What happens to two records with the same id below two parents, or in two namespaces?",
    moves="Up one step: reading several namespaces, or several parents, is what makes keys meet.",
    impact_reason="Medium: records are lost without an error, at some customers only.",
    false_positives="The source gives ids that are unique everywhere, such as UUIDs.",
)
def key_without_namespace(facts: Facts) -> Cause | None:
    """`namespaces` is a feature and keys name no account, tenant or the like; or a table with a
    `parent` has a key of one column that somebody named and that is a name, a number or a code, or
    its records are people, tags or the like, which belong to several parents."""
    keyed = [
        table
        for table in largest_first(facts.answers.in_work)
        if table.primary_keys and "primary_keys" not in table.assumed
    ]
    several = "namespaces" in facts.answers.features
    bare = [one for one in keyed if several and not any(map(names_space, one.primary_keys))]
    below = [table for table in keyed if _repeats_below(table) and table not in bare]
    if not bare and not below:
        return None
    parts = []
    if bare:
        shown = few(map(with_key, bare))
        parts.append(f"Several namespaces are read, and these keys name none: {shown}.")
    if below:
        shown = few([f"{with_key(table)} below {table.parent}" for table in below])
        parts.append(f"Keys that do not name the parent: {shown}.")
    return Cause(" ".join(parts), "Medium", steps=1, tables=names((*bare, *below)))


def _repeats_below(table: Table) -> bool:
    """Whether one column is to tell records of all parents apart, and hardly can."""
    if not table.parent or len(table.primary_keys) != 1:
        return False
    column = table.primary_keys[0]
    if singular(last_word(table.parent)) in words_of(column):
        return False
    last = last_word(column)
    return last in LOCAL_KEYS or (last == "id" and singular(last_word(table.name)) in SHARED)


def _doubtful(table: Table) -> bool:
    return len(table.primary_keys) >= MANY_COLUMNS or all(map(is_label, table.primary_keys))
