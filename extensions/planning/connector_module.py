"""How the connector's module begins: what it imports, and the line that opens its class."""

from __future__ import annotations

from .model import Answers, Plan
from .naming import UPSTREAM_ROOT
from .text import WIDTH, imports


def connector_imports(plan: Plan) -> str:
    """The imports of the connector's own modules and of the interface, in the order of formatters.

    Relative where the connector stands alone, absolute within the upstream repository.
    """
    own, interface = f".{plan.names.connector}", ".interface"
    if plan.answers.layout == "upstream":
        own = f"{plan.names.module}.{plan.names.connector}"
        interface = UPSTREAM_ROOT.removeprefix("src/").replace("/", ".") + interface
    imported = {
        f"{own}_client": ["SourceClient"],
        f"{own}_plan": ["AUTH_METHODS", "CONNECTION_OPTIONS", "CONNECTOR", "TABLES", "TablePlan"],
        f"{own}_schemas": ["schema_of"],
        interface: sorted(_bases(plan.answers)),
    }
    return "\n".join(imports(module, *names) for module, names in sorted(imported.items()))


def class_head(plan: Plan) -> str:
    """`class AcmeLakeflowConnect(LakeflowConnect):`, on three lines where one is too short."""
    name, bases = plan.names.connector_class, ", ".join(_bases(plan.answers))
    flat = f"class {name}({bases}):"
    return flat if len(flat) <= WIDTH else f"class {name}(\n    {bases}\n):"


def _bases(answers: Answers) -> list[str]:
    """The interface, and what else of it the chosen features need."""
    bases = ["LakeflowConnect"]
    if "partitioned_reads" in answers.features:
        streams = any(table.incremental for table in answers.tables)
        bases.append("SupportsPartitionedStream" if streams else "SupportsPartition")
    if "namespaces" in answers.features:
        bases.append("SupportsNamespaces")
    return bases
