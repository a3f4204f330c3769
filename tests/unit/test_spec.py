"""How a connection is made in Unity Catalog."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from factories import answers
from planning.answer_types import ConnectionParameter
from planning.spec import ConnectionSpec, connection_spec

SUBDOMAIN = ConnectionParameter("subdomain")


def spec(**changes: Any) -> ConnectionSpec:
    return connection_spec(SimpleNamespace(answers=answers(**changes)))  # type: ignore[arg-type]


def names(parameters: tuple[ConnectionParameter, ...]) -> list[str]:
    return [parameter.name for parameter in parameters]


def test_one_way_to_sign_in_lists_its_parameters_flat() -> None:
    found = spec(auth_methods=("basic",), connection_parameters=(SUBDOMAIN,))
    assert found.methods == ()
    assert names(found.parameters) == ["username", "password", "subdomain"]


def test_several_ways_list_them_by_method_and_share_the_rest() -> None:
    found = spec(auth_methods=("none", "api_key"), connection_parameters=(SUBDOMAIN,))
    assert [(one.name, names(one.parameters)) for one in found.methods] == [
        ("none", []),
        ("api_key", ["api_key"]),
    ]
    assert names(found.parameters) == ["subdomain"]


def test_an_unknown_way_lists_only_what_is_known() -> None:
    found = spec(auth_methods=(), connection_parameters=(SUBDOMAIN,))
    assert (found.methods, names(found.parameters), found.flow) == ((), ["subdomain"], "")


def test_a_flow_of_unity_catalog_is_named_beside_other_methods() -> None:
    assert spec(auth_methods=("api_key", "oauth2_client_credentials")).flow == "m2m"


def test_without_a_name_the_connector_lends_its_own() -> None:
    assert spec(source_name="").display_name == "acme"
