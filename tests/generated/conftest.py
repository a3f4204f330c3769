"""The client of a generated connector, ready to be called."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from answering import METHODS, Session
from projects import new_project


@pytest.fixture(scope="module")
def client_module(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    """The client of a connector with every way to sign in and two limits."""
    folder = tmp_path_factory.mktemp("client")
    new_project(
        template,
        folder / "project",
        connector="with_every_method",
        tables=["orders"],
        auth_methods=list(METHODS),
        rate_limit="3/second, 5/minute",
        request_timeout_seconds=7,
        connection_parameters=[
            {"name": name, "required": False} for name in ("base_url", "token_endpoint")
        ],
    )
    sys.path.insert(0, str(folder / "project"))
    yield importlib.import_module("sources.with_every_method.with_every_method_client")
    sys.path.remove(str(folder / "project"))


@pytest.fixture
def client(client_module: ModuleType) -> Callable[..., Any]:
    """Makes a client on top of a session."""

    def make(session: Session, method: str = "", limits: Any = (), **options: str) -> Any:
        options = {"base_url": "https://acme.example/v1/", **METHODS.get(method, {}), **options}
        return client_module.SourceClient(
            options,
            method,
            session=session,
            limits=limits,
            clock=lambda: session.now,
            sleep=session.sleep,
        )

    return make
