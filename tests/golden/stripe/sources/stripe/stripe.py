"""The connector: its tables, their schemas and metadata, and how they are read.

What the plan decides comes from stripe_plan.py.
Records are cut into batches by stripe_batches.py.
What is left to write is the request and the record: `_records`, and `_deletions` for tables whose
deletions are read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timezone
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from .interface import LakeflowConnect
from .stripe_batches import MOST_ALLOWED, batch_of, number_option, reads_from, usual_cap
from .stripe_client import SourceClient
from .stripe_plan import AUTH_METHODS, CONNECTION_OPTIONS, CONNECTOR, TABLES, TablePlan
from .stripe_schemas import schema_of

if TYPE_CHECKING:  # under names of their own, since upstream merges all modules into one scope
    from pyspark.sql.types import StructType as SparkSchema

NEAR_NAMES = 3  # names to offer for one that is unknown; more would hide the right one


class StripeLakeflowConnect(LakeflowConnect):
    """Everything the pipeline asks of the source."""

    def __init__(self, options: dict[str, str]) -> None:
        """Take the options of the connection; a ValueError names the required ones missing."""
        super().__init__(options)
        self._init_time = datetime.now(timezone.utc)  # no run reads further, so each one ends
        self.client = SourceClient(options, chosen_auth_method(options))

    def list_tables(self) -> list[str]:
        """Return the names of all tables."""
        return list(TABLES)

    def get_table_schema(self, table_name: str, table_options: dict[str, str]) -> SparkSchema:
        """Return the Spark schema of a table; needs pyspark."""
        self._planned(table_name)
        return schema_of(table_name)

    def read_table_metadata(self, table_name: str, table_options: dict[str, str]) -> dict[str, Any]:
        """Return how a table is ingested, its key columns and its cursor column."""
        table = self._planned(table_name)
        return {
            "ingestion_type": table["ingestion_type"],
            "primary_keys": list(table["primary_keys"]),
            "cursor_field": table["cursor_field"],
        }

    def read_table(
        self, table_name: str, start_offset: dict[str, Any] | None, table_options: dict[str, str]
    ) -> tuple[Iterator[dict[str, Any]], dict[str, Any] | None]:
        """Return one batch of records after `start_offset`, and the offset where it ends.

        `start_offset` is {} or None at first. An offset that equals `start_offset` comes without
        records and says that there is nothing more: what lies after `_init_time` is left to the
        next run. A snapshot comes whole, with None as the offset, whatever the cap.
        """
        table = self._planned(table_name)
        if table["ingestion_type"] == "snapshot":
            return iter(list(self._records(table_name, None, table_options))), None
        since = reads_from(table, start_offset, self._init_time)
        records = self._records(table_name, since, table_options)
        usual = usual_cap(table)
        cap = number_option(table_options, "max_records_per_batch", 1, MOST_ALLOWED, usual)
        batch, end = batch_of(records, table, start_offset, until=self._init_time, cap=cap)
        return iter(batch), end

    def read_table_deletes(
        self, table_name: str, start_offset: dict[str, Any] | None, table_options: dict[str, str]
    ) -> tuple[Iterator[dict[str, Any]], dict[str, Any] | None]:
        """Return deleted records, with key and cursor at least; offsets as in `read_table`."""
        table = self._planned(table_name)
        since = reads_from(table, start_offset, self._init_time)
        records = self._deletions(table_name, since, table_options)
        usual = usual_cap(table)
        cap = number_option(table_options, "max_records_per_batch", 1, MOST_ALLOWED, usual)
        batch, end = batch_of(records, table, start_offset, until=self._init_time, cap=cap)
        return iter(batch), end

    def _records(
        self, table_name: str, since: Any, table_options: Mapping[str, str]
    ) -> Iterable[dict[str, Any]]:
        """Return the records of a table from `since` on; None asks for all of them.

        More may come, and in any order. Keys go into a path through `quoted` of the client.
        A table is built by its branch here, such as:

            if table_name == "orders":
                asked = {"updated_since": since} if since else {}
                pages = self.client.pages("/orders", asked, table="orders")
                return (record for page in pages for record in page)

        Options that a table cannot be read without come from `needed_options`.
        """
        raise self._not_built(table_name, "reading")

    def _deletions(
        self, table_name: str, since: Any, table_options: Mapping[str, str]
    ) -> Iterable[dict[str, Any]]:
        """Return what was deleted from a table since then, as `_records` does."""
        raise self._not_built(table_name, "reading deletions")

    def needed_options(self, table_name: str, table_options: Mapping[str, str]) -> dict[str, str]:
        """Return the options the table cannot be read without; a ValueError names those missing."""
        needed = self._planned(table_name)["options"]
        missing = [name for name in needed if not table_options.get(name)]
        if missing:
            raise ValueError(f"{table_name} needs the table options {', '.join(missing)}.")
        return {name: table_options[name] for name in needed}

    def _planned(self, table_name: str) -> TablePlan:
        if table_name not in TABLES:
            near = get_close_matches(table_name, TABLES, n=NEAR_NAMES)
            hint = f" Did you mean {' or '.join(near)}?" if near else ""
            raise ValueError(f"{CONNECTOR} has no table {table_name!r}.{hint}")
        return TABLES[table_name]

    def _not_built(self, table_name: str, what: str) -> NotImplementedError:
        phase = self._planned(table_name)["phase"]
        return NotImplementedError(f"{table_name}: {what} is built in {phase}.")


def chosen_auth_method(options: Mapping[str, str]) -> str:
    """Return the method whose options are all there, or '' where none is planned.

    Of several, the first in the order of AUTH_METHODS. A ValueError names what is missing.
    """
    given = {name for name, value in options.items() if value}
    missing = [
        option["name"]
        for option in CONNECTION_OPTIONS
        if option["required"] and not option["auth_method"] and option["name"] not in given
    ]
    complete = [method for method, needed in AUTH_METHODS.items() if given.issuperset(needed)]
    if AUTH_METHODS and not complete:
        lacking = [[name for name in each if name not in given] for each in AUTH_METHODS.values()]
        missing.append(" or ".join(" and ".join(names) for names in lacking))
    if missing:
        raise ValueError(f"{CONNECTOR} lacks connection options: {'; '.join(missing)}.")
    return next(iter(complete), "")
