"""What connector_spec.yaml says: how a connection is made in Unity Catalog.

A connector with one way to sign in lists its parameters flat. One with several lists them by
method, and beside them the parameters that all methods share.
"""

from __future__ import annotations

from typing import NamedTuple

from . import auth
from .answer_types import ConnectionParameter
from .constants import table_options
from .model import Plan


class ConnectionSpec(NamedTuple):
    """The content of the file. `methods` is empty where there is no choice between several."""

    display_name: str
    methods: tuple[auth.AuthMethod, ...]
    parameters: tuple[ConnectionParameter, ...]
    flow: str
    table_options: tuple[str, ...]


def connection_spec(plan: Plan) -> ConnectionSpec:
    """The connection spec of a plan."""
    answers = plan.answers
    methods = auth.methods(answers)
    several = len(methods) > 1
    own = () if several or not methods else methods[0].parameters
    return ConnectionSpec(
        display_name=answers.source_name or answers.connector,
        methods=methods if several else (),
        parameters=(*own, *auth.shared_parameters(answers)),
        flow=auth.oauth_flow(answers),
        table_options=table_options(answers),
    )
