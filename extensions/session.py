"""The planning session as Copier sees it: loads its rooms, and hands them to Jinja.

Copier loads this file by its path, so before the loader below it has no neighbours that it could
import. All planning is done by the package `planning` beside it, which knows neither Jinja nor
Copier; `hosting` knows both. `copier update` renders the old and the new template in one process,
and neither may get the modules of the other.
"""

from __future__ import annotations

import hashlib
import importlib
import sys
from collections.abc import Mapping
from datetime import date
from importlib.abc import ExecutionLoader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import decode_source, spec_from_loader
from pathlib import Path
from typing import Any

from jinja2 import Environment

FOLDER = Path(__file__).resolve().parent
PACKAGES = ("planning", "hosting")


class _Modules(ExecutionLoader, MetaPathFinder):
    """Loads the modules of one version of the packages from what was read of them, by full name.

    Copier deletes a clone while the package read from it serves on, and the rules of a plan are
    loaded no sooner than the first plan is made. Writes no bytecode: that would go with the clone,
    and takes a fifth of the time to load.
    """

    def __init__(self, root: str, sources: Mapping[str, bytes]) -> None:
        self._files = {
            f"{root}.{file[:-3].replace('/', '.')}".removesuffix(".__init__"): file
            for file in sources
        }
        self._sources = sources

    def find_spec(self, fullname: str, *_: object) -> ModuleSpec | None:
        return spec_from_loader(fullname, self) if fullname in self._files else None

    def is_package(self, fullname: str) -> bool:
        return self._files[fullname].endswith("__init__.py")

    def get_filename(self, fullname: str) -> str:
        return str(FOLDER / self._files[fullname])

    def get_source(self, fullname: str) -> str:
        return decode_source(self._sources[self._files[fullname]])


def _loaded() -> str:
    """Makes the packages importable below a name that is unique to their content; returns it.

    Copier clones the template for every run, three times for an update. The same code is loaded
    once, however often it is cloned; other code never gets its modules.
    """
    files = sorted(file for package in PACKAGES for file in (FOLDER / package).rglob("*.py"))
    sources = {file.relative_to(FOLDER).as_posix(): file.read_bytes() for file in files}
    digest = hashlib.sha256()
    for file, source in sources.items():
        digest.update(file.encode() + b"\0" + source)
    root = f"planning_session_{digest.hexdigest()[:16]}"
    if root not in sys.modules:
        sys.meta_path.insert(0, _Modules(root, {"__init__.py": b"", **sources}))
        importlib.import_module(root)
    return root


def _room(name: str) -> Any:
    return importlib.import_module(f"{_ROOT}.{name}")


_ROOT = _loaded()
planning, compiling = _room("planning"), _room("hosting.compiling")
Printed, Asked, Offered, Checked, Updated = (
    getattr(_room(f"hosting.{name}"), name.capitalize())
    for name in ("printed", "asked", "offered", "checked", "updated")
)


class PlanningSession(Printed, Asked, Offered, Checked, Updated):  # type: ignore[misc,valid-type]
    """Makes globals and filters of what the rooms and the planning package offer."""

    data = FOLDER / "planning" / "data"

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        for name in dir(self):
            if hasattr(getattr(type(self), name, None), "jinja_pass_arg"):
                environment.globals[name] = getattr(self, name)
        environment.globals["today"] = lambda: date.today().isoformat()
        environment.filters.update(planning.FILTERS)
        environment.filters["with_ticks_and_notes"] = self.with_ticks_and_notes
        compiling.compile_once(environment)
