"""Risks from primary keys. Their category is the schema."""

from __future__ import annotations

from ..answer_types import Table
from ..model import Facts
from .hints import is_label, names_space
from .look import CDC, few, largest_first, names, with_key
from .rule import Cause, rule

MANY_COLUMNS = 4
"""Columns from which a key is doubtful: upstream, keys so long belong to reports and to rows of a
period (google_analytics_aggregated, sap_successfactors), which repeat as soon as one more
dimension or period is asked for."""


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
    key_may_repeat,
    key_without_namespace,
)
