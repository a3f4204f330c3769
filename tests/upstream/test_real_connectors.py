"""What the connectors of the repository say of themselves can be said in a plan, and comes out.

The plans are written here from what each connector reports in simulate mode.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from checkout import Checkout, found, why_not
from shop import plan_in

pytestmark = pytest.mark.skipif(bool(why_not()), reason=why_not())

HERE = Path(__file__).parent
SOURCES = found() / "src/databricks/labs/community_connector/sources" if found() else Path()
CONNECTORS = sorted(file.parent.name for file in SOURCES.glob("*/connector_spec.yaml"))
FACTS = ("ingestion_type", "primary_keys", "cursor_field")
BY_THE_PIPELINE = {"scd_type", "primary_keys", "sequence_by", "cluster_by"}
"""Options of the pipeline itself: no connector gets them."""

METHODS = {
    "pat": "bearer_token",
    "token": "bearer_token",
    "bearer": "bearer_token",
    "bearer_token": "bearer_token",
    "basic": "basic",
    "basic_auth": "basic",
    "service_account": "basic",
    "api_key": "api_key",
    "api_secret": "api_key",
    "jwt_assertion": "service_account_jwt",
    "gcp": "service_account_jwt",
    "none": "none",
    "volume": "other",
}
"""What connectors call their methods -> the plan's word. The others are OAuth, by their flow."""

FLOWS = {"u2m": "oauth2_authorization_code"}


def plan_of(connector: str, facts: dict[str, Any]) -> dict[str, Any]:
    """The answers of somebody who plans this connector today."""
    connection = facts["spec"]["connection"]
    flow = (connection.get("oauth") or {}).get("flow", "")
    oauth = FLOWS.get(flow, "oauth2_client_credentials")
    methods = {
        METHODS.get(method["name"], oauth): method.get("parameters") or []
        for method in connection.get("auth_methods") or [{"name": "volume"}]
    }
    if flow and not connection.get("auth_methods"):
        clients = [one for one in connection["parameters"] if one["name"].startswith("client_")]
        methods = {oauth: clients}
    own = [(one, method) for method, listed in methods.items() for one in listed]
    taken = [one for one, _ in own]
    shared = [(one, "") for one in connection.get("parameters") or [] if one not in taken]
    return {
        "connector": f"planned_{connector}",
        "source_name": facts["spec"].get("display_name") or connector,
        "tables": [_table(name, one) for name, one in facts["tables"].items()],
        "auth_methods": list(methods),
        "connection_parameters": [_parameter(one, method) for one, method in (*own, *shared)],
        "table_options": allowed(facts["spec"]),
        "features": ["partitioned_reads"] if "SupportsPartition" in facts["mixins"] else [],
    }


def _table(name: str, facts: dict[str, Any]) -> dict[str, Any]:
    metadata = facts["metadata"]
    return {
        "name": name,
        "ingestion": metadata["ingestion_type"],
        "primary_keys": metadata.get("primary_keys") or [],
        "cursor_field": metadata.get("cursor_field") or "",
        "options": [option for option in facts["options"] if option not in BY_THE_PIPELINE],
    }


def _parameter(one: dict[str, Any], method: str) -> dict[str, Any]:
    return {
        "name": one["name"],
        "required": bool(one.get("required")),
        "secret": bool(one.get("secret")),
        "auth_method": method,
    }


def parameters(spec: dict[str, Any]) -> list[tuple[str, bool, bool]]:
    """Name, required, secret of every parameter in a spec."""
    connection = spec["connection"]
    listed = list(connection.get("parameters") or [])
    for method in connection.get("auth_methods") or []:
        listed += method.get("parameters") or []
    return sorted(
        (one["name"], bool(one.get("required")), bool(one.get("secret"))) for one in listed
    )


def allowed(spec: dict[str, Any]) -> list[str]:
    """The table options that a spec allows."""
    return [one.strip() for one in spec.get("external_options_allowlist", "").split(",") if one]


@pytest.fixture(scope="module")
def real() -> dict[str, Any]:
    """What the connectors say of themselves."""
    done = Checkout(found() or Path()).run(str(HERE / "introspect.py"))
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


@pytest.fixture(scope="module")
def planned(
    template: Path, tmp_path_factory: pytest.TempPathFactory, real: dict[str, Any]
) -> dict[str, Any]:
    """What the same connectors say when they come out of a plan."""
    checkout = Checkout.clone(tmp_path_factory.mktemp("real") / "clone")
    names = [
        plan_in(checkout, template, **plan_of(connector, facts))
        for connector, facts in real.items()
        if "needs" not in facts
    ]
    done = checkout.run(str(HERE / "compare.py"), *names)
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def _both(real: Any, planned: Any, connector: str) -> tuple[dict[str, Any], dict[str, Any]]:
    if "needs" in real[connector]:
        pytest.skip(real[connector]["needs"])
    return real[connector], planned[f"planned_{connector}"]


@pytest.mark.parametrize("connector", CONNECTORS)
def test_every_table_has_the_metadata_of_the_real_one(
    real: Any, planned: Any, connector: str
) -> None:
    theirs, ours = _both(real, planned, connector)
    assert list(ours["tables"]) == list(theirs["tables"])
    for table, facts in theirs["tables"].items():
        for fact in FACTS:
            expected = facts["metadata"].get(fact) or None
            assert (ours["tables"][table][fact] or None) == expected, f"{table}: {fact}"


@pytest.mark.parametrize("connector", CONNECTORS)
def test_the_connection_has_the_parameters_of_the_real_one(
    real: Any, planned: Any, connector: str
) -> None:
    theirs, ours = _both(real, planned, connector)
    assert parameters(ours["spec"]) == parameters(theirs["spec"])


@pytest.mark.parametrize("connector", CONNECTORS)
def test_the_same_table_options_are_allowed(real: Any, planned: Any, connector: str) -> None:
    theirs, ours = _both(real, planned, connector)
    needed = {name for table in theirs["tables"].values() for name in table["options"]}
    expected = {*allowed(theirs["spec"]), *(needed - BY_THE_PIPELINE)}
    assert {*allowed(ours["spec"])} == expected
    assert isinstance(ours["spec"]["external_options_allowlist"], str)
