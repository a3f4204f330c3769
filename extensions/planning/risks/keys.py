"""Risks from primary keys. Their category is the schema."""

from __future__ import annotations

from ..answer_types import Table
from ..model import Facts
from .hints import is_label, names_space
from .look import CDC, few, largest_first, names, read_as, with_key
from .rule import Cause, rule

MANY_COLUMNS = 4
"""Columns from which a key is doubtful: upstream, keys so long belong to reports and to rows of a
period (google_analytics_aggregated, sap_successfactors), which repeat as soon as one more
dimension or period is asked for."""


@rule(
    "key-not-confirmed",
    "schema",
    "Nobody has named the key",
    kinds=("primary_key",),
    what="Changes are merged by a column that is missing or not unique: records overwrite each "
    "other, or every change adds a row.",
    mitigation="Name `primary_keys` of each table from the documentation; count records and "
    "distinct keys of one full read.",
    check="Do distinct keys and records of a full read agree for each table?",
    fires_when="The key of a cdc table is only assumed, or an append table has none.",
    moves="Up one step: nobody has looked for the key yet.",
    impact_reason="Medium: records are lost or doubled, until somebody counts them.",
    false_positives="The assumed `id` is the key: say so in `table_details`.",
)
def key_not_confirmed(facts: Facts) -> Cause | None:
    """Fires for incremental tables whose key nobody named."""
    changing = largest_first(read_as(facts, *CDC))
    assumed = [table for table in changing if "primary_keys" in table.assumed]
    appended = [table for table in read_as(facts, "append") if not table.primary_keys]
    parts = []
    if assumed:
        guess = ", ".join(assumed[0].primary_keys)
        parts.append(f"the key {guess} is only assumed for {few(names(assumed))}")
    if appended:
        parts.append(
            f"no key for {few(names(appended))} (append), where a repeated page doubles rows"
        )
    if not parts:
        return None
    why = "; ".join(parts)
    tables = names((*assumed, *appended))
    return Cause(f"{why[0].upper()}{why[1:]}.", "Medium", steps=1, tables=tables)


@rule(
    "key-may-repeat",
    "schema",
    "A key that may repeat or change",
    kinds=("primary_key",),
    what="Two records with the same key become one, or one record becomes two when the key is "
    "edited, and no error says so.",
    mitigation="Use the identifier that the source gives; for reports, make every requested "
    "dimension part of the key.",
    check="Do distinct keys and records of a full read agree for these tables?",
    fires_when="A key has only columns such as `email` or `name`, or four or more columns.",
    moves="Up one step where such a table is read as cdc, since records are merged by the key.",
    impact_reason="Medium: single records are lost without an error.",
    false_positives="The source guarantees that the column is unique and never edited.",
)
def key_may_repeat(facts: Facts) -> Cause | None:
    """Fires for keys of names or of many columns."""
    doubtful = [table for table in facts.answers.in_work if table.primary_keys and _doubtful(table)]
    if not doubtful:
        return None
    shown = few([with_key(table) for table in doubtful])
    merged = any(table.ingestion in CDC for table in doubtful)
    return Cause(f"Keys that may repeat: {shown}.", "Medium", int(merged), names(doubtful))


@rule(
    "key-without-namespace",
    "schema",
    "Keys that are unique only within one namespace",
    kinds=("primary_key",),
    what="Records of two accounts with the same id overwrite each other in one table.",
    mitigation="Put the namespace into every key, or write each into a schema of its own.",
    check="What happens to two records with the same id in two namespaces?",
    fires_when="`namespaces` is a feature and keys name no account, tenant or the like.",
    moves="Up one step: reading several namespaces is what makes the keys meet.",
    impact_reason="Medium: only customers with several namespaces are concerned.",
    false_positives="The source gives ids that are unique everywhere, such as UUIDs.",
)
def key_without_namespace(facts: Facts) -> Cause | None:
    """Fires for namespaces that no key names."""
    if "namespaces" not in facts.answers.features:
        return None
    keyed = [table for table in facts.answers.in_work if table.primary_keys]
    bare = [table for table in keyed if not _names_space(table)]
    if not bare:
        return None
    shown = few([with_key(table) for table in largest_first(bare)])
    why = f"Several namespaces are read, and these keys name none: {shown}."
    return Cause(why, "Medium", steps=1, tables=names(bare))


def _doubtful(table: Table) -> bool:
    if len(table.primary_keys) >= MANY_COLUMNS:
        return True
    return all(is_label(key) for key in table.primary_keys)


def _names_space(table: Table) -> bool:
    return any(names_space(key) for key in table.primary_keys)


RULES = (
    key_not_confirmed,
    key_may_repeat,
    key_without_namespace,
)
