"""What has to be true of the tables: one criterion for each thing that can fail by itself."""

from __future__ import annotations

from collections.abc import Iterator

from ...answers.answer_types import Answers, Table
from ..figures import duration
from ..model import Criterion
from ..wording import code, cursor_of, key_of, named, source_of


def table_criteria(answers: Answers) -> Iterator[Criterion]:
    """Criteria on the list of tables, then on each table that this version adds."""
    beside = answers.existing_package
    yield Criterion(
        "list-tables",
        "Listing the tables gives those of this phase, and each that it gave before."
        if beside
        else "Listing the tables gives exactly those of section 3, no more and no fewer.",
        test="test_lists_exactly_the_planned_tables",
    )
    yield Criterion(
        "unknown-table",
        "Asking for a table that the connector does not list fails in every method, with its name."
        if beside
        else "Asking for a table that is not in section 3 fails in every method, with its name.",
        test="test_refuses_an_unknown_table",
    )
    yield Criterion(
        "metadata",
        f"Every table{' of this phase' if beside else ''} reports the ingestion type, key and "
        "cursor of section 3.",
        test="test_metadata_is_as_planned",
    )
    if shipped := tuple(table.name for table in answers.tables if table.shipped):
        yield Criterion(
            "shipped-tables",
            f"What earlier phases deliver reads as it did before: {named(shipped)}.",
            tables=shipped,
        )
    for table in answers.tables:
        if not table.shipped:
            yield from _criteria_of(table, source_of(answers))


def _criteria_of(table: Table, source: str) -> Iterator[Criterion]:
    yield _criterion(table, "schema", _schema(table), "test_schema_has_keys_and_cursor")
    if table.primary_keys:
        text = f"no two records of a full read share the key {key_of(table)}"
        yield _criterion(table, "unique-keys", text, "test_keys_are_unique")
    if not table.incremental:
        return
    yield _criterion(table, "incremental", _incremental(table), "test_reads_only_newer_records")
    again = "brings nothing that is new" if table.lookback else "returns nothing"
    text = f"a second sync without changes in between {again}"
    yield _criterion(table, "second-run", text, "test_second_run_without_changes_returns_nothing")
    if table.ingestion == "cdc_with_deletes":
        text = f"a record deleted in {source} arrives as deleted, with its key {key_of(table)}"
        yield _criterion(table, "deletes", text, "test_deletions_arrive")


def _schema(table: Table) -> str:
    columns = [f"its key {key_of(table)}"] if table.primary_keys else []
    columns += [f"its cursor {cursor_of(table)}"] if table.cursor_field else []
    return f"the schema has {' and '.join(columns) or 'every column of the source, each once'}"


def _incremental(table: Table) -> str:
    if not table.cursor_field:
        return "a sync returns no record that an earlier sync has returned"
    newer = f"a sync returns the records with a newer {cursor_of(table)}, all of them"
    if table.lookback and table.ingestion == "append":
        return f"{newer}, and those that arrive up to {duration(table.lookback)} late"
    if table.lookback:
        return f"{newer}, and those of the last {duration(table.lookback)} once more"
    return f"{newer} and no others"


def _criterion(table: Table, about: str, text: str, test: str = "") -> Criterion:
    return Criterion(
        id=f"{about}-{table.name}",
        group="should" if table.priority == "P2" else "must",
        text=f"{code(table.name)}: {text}.",
        test=f"{test}[{table.name}]" if test else "",
        tables=(table.name,),
    )
