"""Reads back what was planned; run by the Python of the repository.

Arguments: names of planned connectors. Prints JSON: connector -> {tables: {name: metadata}, spec}.
"""

import importlib
import json
import sys
from pathlib import Path

import yaml
from databricks.labs.community_connector.sparkpds.registry import find_data_source


def read_back(connector):
    """What the stub of a connector says of itself."""
    source = find_data_source(connector)
    facts = importlib.import_module(f"{source.__module__}.{connector}_plan")
    stub = source._lakeflow_connect_cls(facts.EXAMPLE_OPTIONS)
    tables = {table: stub.read_table_metadata(table, {}) for table in stub.list_tables()}
    spec = Path(importlib.import_module(source.__module__).__file__).with_name(
        "connector_spec.yaml"
    )
    return {"tables": tables, "spec": yaml.safe_load(spec.read_text())}


if __name__ == "__main__":
    print(json.dumps({connector: read_back(connector) for connector in sys.argv[1:]}))
