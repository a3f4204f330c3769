"""Asks every connector of the repository what it reads; run by the Python of the repository.

Prints JSON: connector -> {tables: {name: {options, metadata}}, spec, mixins}, or {needs} where a
library is missing. A connector is made the way its own test does, answered by the simulator.
"""

import contextlib
import importlib
import inspect
import json
import sys
from pathlib import Path

import yaml
from tests.unit.sources.test_suite import LakeflowConnectTests

SOURCES = Path("src/databricks/labs/community_connector/sources")


def suite_of(connector):
    """The test class that runs a connector against the simulator."""
    for file in sorted(Path("tests/unit/sources", connector).glob("test_*_lakeflow_connect.py")):
        module = importlib.import_module(f"tests.unit.sources.{connector}.{file.stem}")
        for found in vars(module).values():
            is_suite = inspect.isclass(found) and issubclass(found, LakeflowConnectTests)
            if is_suite and found.__module__ == module.__name__ and found.connector_class:
                return found
    raise LookupError(f"{connector} has no test class")


def ask(connector):
    """What a connector says of itself."""
    try:
        suite = suite_of(connector)
    except ImportError as missing:
        return {"needs": str(missing)}
    suite.setup_class()
    try:
        tables = {}
        for table in suite.connector.list_tables():
            options = (suite.table_configs or {}).get(table, {})
            metadata = suite.connector.read_table_metadata(table, options)
            tables[table] = {"options": sorted(options), "metadata": metadata}
        mixins = [base.__name__ for base in type(suite.connector).__mro__]
    finally:
        suite.teardown_class()
    spec = yaml.safe_load((SOURCES / connector / "connector_spec.yaml").read_text())
    return {"tables": tables, "spec": spec, "mixins": mixins}


if __name__ == "__main__":
    names = sorted(file.parent.name for file in SOURCES.glob("*/connector_spec.yaml"))
    with contextlib.redirect_stdout(sys.stderr):  # some print while they are made
        found = {name: ask(name) for name in names}
    print(json.dumps(found, default=str))
