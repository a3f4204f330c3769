# Owned by the plan: every `copier update` writes this file anew.
"""The interface between the connector and the Lakeflow pipeline.

Where the community-connectors package is installed, its own classes are used. Elsewhere stand-ins
with the same methods take their place, so that the connector can be written and tested alone.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pyspark.sql.types import StructType

try:
    from databricks.labs.community_connector.interface import (
        LakeflowConnect,
        SupportsNamespaces,
        SupportsPartition,
        SupportsPartitionedStream,
    )
except ImportError:

    class LakeflowConnect(ABC):  # type: ignore[no-redef]
        """A source of tables, as the pipeline sees it."""

        def __init__(self, options: dict[str, str]) -> None:
            """Keep the options of the connection."""
            self.options = options

        @abstractmethod
        def list_tables(self) -> list[str]:
            """Return the names of all tables."""

        @abstractmethod
        def get_table_schema(self, table_name: str, table_options: dict[str, str]) -> StructType:
            """Return the Spark schema of a table."""

        @abstractmethod
        def read_table_metadata(
            self, table_name: str, table_options: dict[str, str]
        ) -> dict[str, Any]:
            """Return `ingestion_type`, `primary_keys` and `cursor_field` of a table."""

        @abstractmethod
        def read_table(
            self, table_name: str, start_offset: Any, table_options: dict[str, str]
        ) -> tuple[Iterator[dict[str, Any]], Any]:
            """Return a batch of records after an offset, and the offset where it ends."""

        def read_table_deletes(
            self, table_name: str, start_offset: Any, table_options: dict[str, str]
        ) -> tuple[Iterator[dict[str, Any]], Any]:
            """Return a batch of deleted records; for tables ingested as `cdc_with_deletes`."""
            raise NotImplementedError(f"{table_name}: this connector reads no deletions.")

    class SupportsPartition(ABC):  # type: ignore[no-redef]
        """A source whose tables can be read in parts, side by side."""

        @abstractmethod
        def get_partitions(
            self, table_name: str, table_options: dict[str, str]
        ) -> Sequence[dict[str, Any]]:
            """Return the parts of a table, each as JSON-like values."""

        @abstractmethod
        def read_partition(
            self, table_name: str, partition: dict[str, Any], table_options: dict[str, str]
        ) -> Iterator[dict[str, Any]]:
            """Return the records of one part."""

    class SupportsPartitionedStream(SupportsPartition):  # type: ignore[no-redef]
        """A source whose new records can be read in parts, too."""

        def is_partitioned(self, table_name: str) -> bool:
            """Say whether the reading of a table is split."""
            return True

        @abstractmethod
        def latest_offset(
            self, table_name: str, table_options: dict[str, str], start_offset: Any = None
        ) -> dict[str, Any]:
            """Return the newest offset that the source has to offer."""

        @abstractmethod
        def get_partitions(
            self,
            table_name: str,
            table_options: dict[str, str],
            start_offset: Any = None,
            end_offset: Any = None,
        ) -> Sequence[dict[str, Any]]:
            """Return the parts between two offsets, or of the whole table without them."""

    class SupportsNamespaces(ABC):  # type: ignore[no-redef]
        """A source whose tables stand in namespaces."""

        @abstractmethod
        def list_namespaces(self, prefix: list[str] | None = None) -> list[list[str]]:
            """Return the namespaces directly below `prefix`, as full paths."""

        @abstractmethod
        def list_tables_in_namespace(self, namespace: list[str]) -> list[str]:
            """Return the tables directly in a namespace; [] is the root."""


__all__ = [
    "LakeflowConnect",
    "SupportsNamespaces",
    "SupportsPartition",
    "SupportsPartitionedStream",
]
