"""What the package of a connector depends on when it is installed by itself, upstream."""

from __future__ import annotations

from ..plan.model import Plan

REQUESTS = "requests>=2.28.0,<3.0"
"""The floor and ceiling that upstream's own pyproject.toml gives its simulator."""

SIGNED_TOKENS = "pyjwt[crypto]>=2.4.0,<3.0"
"""Signs the token of a service account; bounds as in upstream's own pyproject.toml."""

FRAMEWORK = "lakeflow-community-connectors>=0.1.0,<1.0"
"""The interface and the data source. 0.1.0 is the first version, and the only one so far; the
ceiling is that of the four connectors there which have one."""

PROVIDED = frozenset({"pyspark", "lakeflow-community-connectors"})
"""Never taken from the answers: the runtime brings pyspark, and a second one breaks the cluster."""


def distribution_requirements(plan: Plan) -> tuple[str, ...]:
    """PEP 508 requirements of the package: those of the answers, and what its code imports."""
    # Imported on use: only the upstream layout needs it, and loading it takes milliseconds.
    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name

    wanted: dict[str, str] = {
        canonicalize_name(Requirement(text).name): text for text in plan.answers.dependencies
    }
    needed = {"requests": REQUESTS}
    if "service_account_jwt" in plan.answers.auth_methods:
        needed["pyjwt"] = SIGNED_TOKENS
    listed = {**needed, **wanted}
    return (*(text for name, text in listed.items() if name not in PROVIDED), FRAMEWORK)
