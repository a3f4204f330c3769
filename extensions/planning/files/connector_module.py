"""How the connector's module begins: what it imports, and the line that opens its class."""

from __future__ import annotations

from collections.abc import Sequence

from ..answers.answer_types import Answers
from ..answers.naming import UPSTREAM_ROOT
from ..plan.model import Plan
from ..plan.proposals import CAP
from ..terms.text import WIDTH, imports

_TESTS = "tests.unit.sources"
"""Where the tests of the upstream repository stand, as a module."""


def connector_imports(plan: Plan) -> str:
    """The imports of the connector's own modules and of the interface, in the order of formatters.

    Relative where the connector stands alone, absolute within the upstream repository.
    """
    own, interface = f".{plan.names.connector}", ".interface"
    if plan.answers.layout == "upstream":
        own = f"{plan.names.module}.{plan.names.connector}"
        interface = UPSTREAM_ROOT.removeprefix("src/").replace("/", ".") + interface
    imported = {
        f"{own}_batches": _of_batches(plan.answers),
        f"{own}_client": ["SourceClient"],
        f"{own}_plan": ["AUTH_METHODS", "CONNECTION_OPTIONS", "CONNECTOR", "TABLES", "TablePlan"],
        f"{own}_schemas": ["schema_of"],
        interface: sorted(_bases(plan.answers)),
    }
    return "\n".join(imports(module, *names) for module, names in sorted(imported.items()))


def has_long_imports(plan: Plan, module: str) -> bool:
    """Whether an import of `<connector><module>` takes more than a line before its first name.

    Formatters leave such a line as it is, so the file has to excuse it.
    """
    own = f"{plan.names.module}.{plan.names.connector}{module}"
    return plan.answers.layout == "upstream" and len(f"from {own} import (") > WIDTH


def class_head(plan: Plan) -> str:
    """`class AcmeLakeflowConnect(LakeflowConnect):`, on three lines where one is too short."""
    return _head(plan.names.connector_class, _bases(plan.answers))


def _upstream_suites(plan: Plan) -> list[str]:
    """The suites of the upstream repository that the connector has to pass."""
    suites = {"SupportsPartitionedStream", "SupportsPartition"}
    tested = [f"{base}Tests" for base in _bases(plan.answers) if base in suites]
    return ["LakeflowConnectTests", *tested]


def suite_imports(plan: Plan) -> str:
    """What the suite's subclass imports of the tests there, in the order of formatters."""
    connector, (general, *special) = plan.names.connector, _upstream_suites(plan)
    imported = {
        f"{_TESTS}.{connector}.{connector}_harness": ["corpus_of_today", "options_by_table"],
        f"{_TESTS}.test_partition_suite": special,
        f"{_TESTS}.test_suite": [general],
    }
    return "\n".join(imports(module, *names) for module, names in sorted(imported.items()) if names)


def suite_class_head(plan: Plan) -> str:
    """`class TestAcmeConnector(LakeflowConnectTests):`, on three lines where one is too short."""
    return _head(f"Test{plan.names.stem}Connector", _upstream_suites(plan))


def _head(name: str, bases: Sequence[str]) -> str:
    listed = ", ".join(bases)
    flat = f"class {name}({listed}):"
    return flat if len(flat) <= WIDTH else f"class {name}(\n    {listed}\n):"


def _of_batches(answers: Answers) -> list[str]:
    """What `read_table` needs of the module that cuts batches; a cap that users set needs more."""
    if CAP not in answers.table_options:
        return ["batch_of", "reads_from"]
    return ["MOST_ALLOWED", "batch_of", "number_option", "reads_from", "usual_cap"]


def _bases(answers: Answers) -> list[str]:
    """The interface, and what else of it the chosen features need."""
    bases = ["LakeflowConnect"]
    if "partitioned_reads" in answers.features:
        bases.append("SupportsPartitionedStream" if answers.streams else "SupportsPartition")
    if "namespaces" in answers.features:
        bases.append("SupportsNamespaces")
    return bases
