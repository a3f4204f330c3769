"""How the connector's module begins, in the form that formatters leave alone."""

from __future__ import annotations

from typing import Any

import pytest
from factories import CATALOGUE
from planning import Plan, build, read_answers
from planning.files.connector_module import (
    class_head,
    connector_imports,
    has_long_imports,
    suite_class_head,
)
from planning.terms.text import imports


def plan(**answers: Any) -> Plan:
    stream = {"name": "orders", "ingestion": "append", "cursor_field": "at"}
    raw = {"connector": "acme", "tables": [stream], **answers}
    return build(read_answers(raw), CATALOGUE)


@pytest.mark.parametrize(
    ("connector", "first"), [("acme", ".acme_batches"), ("zendesk", ".interface")]
)
def test_imports_of_a_standalone_plan_are_relative_and_sorted(connector: str, first: str) -> None:
    lines = connector_imports(plan(connector=connector)).split("\n")
    assert lines[0].startswith(f"from {first} import ")
    modules = [line.split()[1] for line in lines if line.startswith("from ")]
    assert modules == sorted(modules)
    assert all(module.startswith(".") for module in modules)


def test_imports_of_the_upstream_layout_are_absolute() -> None:
    root = "databricks.labs.community_connector"
    lines = connector_imports(plan(layout="upstream")).split("\n")
    assert lines[0] == f"from {root}.interface import LakeflowConnect"
    assert f"from {root}.sources.acme.acme_client import SourceClient" in lines


@pytest.mark.parametrize(
    ("features", "kind", "bases"),
    [
        ([], "append", "LakeflowConnect"),
        (["partitioned_reads"], "append", "LakeflowConnect, SupportsPartitionedStream"),
        (["partitioned_reads"], "snapshot", "LakeflowConnect, SupportsPartition"),
        (["namespaces"], "append", "LakeflowConnect, SupportsNamespaces"),
    ],
)
def test_features_bring_their_part_of_the_interface(
    features: list[str], kind: str, bases: str
) -> None:
    table = {"name": "orders", "ingestion": kind}
    made = plan(features=features, tables=[table])
    assert class_head(made) == f"class AcmeLakeflowConnect({bases}):"
    imported = ", ".join(sorted(bases.split(", ")))
    assert f"from .interface import {imported}\n" in connector_imports(made) + "\n"


@pytest.mark.parametrize(
    ("features", "kind", "suites"),
    [
        ([], "append", "LakeflowConnectTests"),
        (["namespaces"], "append", "LakeflowConnectTests"),
        (["partitioned_reads"], "append", "LakeflowConnectTests, SupportsPartitionedStreamTests"),
        (["partitioned_reads"], "snapshot", "LakeflowConnectTests, SupportsPartitionTests"),
    ],
)
def test_features_bring_their_suite_of_upstream(
    features: list[str], kind: str, suites: str
) -> None:
    made = plan(features=features, tables=[{"name": "orders", "ingestion": kind}])
    assert suite_class_head(made) == f"class TestAcmeConnector({suites}):"


@pytest.mark.parametrize("module", ["", "_plan", "_schemas"])
@pytest.mark.parametrize("letters", range(14, 24))
def test_a_file_excuses_imports_that_no_formatter_can_break(module: str, letters: int) -> None:
    made = plan(connector="a" * letters, layout="upstream")
    own = f"{made.names.module}.{made.names.connector}{module}"
    broken = imports(own, "A" * 60, "B" * 60).splitlines()
    assert has_long_imports(made, module) == any(len(line) > 100 for line in broken)
    assert not has_long_imports(plan(connector="a" * letters), module)


def test_a_class_line_of_exactly_the_width_stays_one() -> None:
    around = len("class LakeflowConnect(LakeflowConnect):")
    heads = [class_head(plan(connector="a" * (100 - around + more))) for more in (0, 1)]
    assert [len(head.splitlines()) for head in heads] == [1, 3]
    assert len(heads[0]) == 100


def test_a_class_line_that_is_too_long_takes_three_lines() -> None:
    made = plan(connector="a" * 40, features=["partitioned_reads", "namespaces"])
    opening, bases, closing = class_head(made).split("\n")
    assert (opening, closing) == (f"class A{'a' * 39}LakeflowConnect(", "):")
    assert bases == "    LakeflowConnect, SupportsPartitionedStream, SupportsNamespaces"
