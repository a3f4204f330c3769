"""A checkout of the community-connectors repository, and a Python that has what it needs.

`LAKEFLOW_UPSTREAM` names a clone of the repository; without it, one beside this repository is
taken. `LAKEFLOW_UPSTREAM_PYTHON` names a Python with the repository's own requirements; without it,
that of `.venv` in the clone is taken, then the one that runs the tests.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from projects import ROOT, git

MARK = "src/databricks/labs/community_connector"
NEEDED = "import pydantic, pyspark, pytest, requests, yaml"


@cache
def found() -> Path | None:
    """The clone of the repository, if there is one."""
    named = os.environ.get("LAKEFLOW_UPSTREAM")
    folder = Path(named) if named else ROOT.parent / "lakeflow-community-connectors"
    return folder.resolve() if (folder / MARK).is_dir() and (folder / ".git").exists() else None


@cache
def python() -> str | None:
    """A Python that can run the repository, if there is one."""
    checkout = found()
    named = os.environ.get("LAKEFLOW_UPSTREAM_PYTHON")
    candidates = [named] if named else [str(checkout / ".venv/bin/python"), sys.executable]
    return next((one for one in candidates if _runs(one, NEEDED)), None)


@cache
def why_not() -> str:
    """Why tests against the repository cannot run here; '' where they can."""
    if found() is None:
        return (
            "needs a clone of databrickslabs/lakeflow-community-connectors: set LAKEFLOW_UPSTREAM"
        )
    if python() is None:
        return "needs a Python with pyspark and pydantic: set LAKEFLOW_UPSTREAM_PYTHON"
    return ""


@cache
def why_no_spark() -> str:
    """Why Spark cannot run here; '' where it can."""
    if why_not():
        return why_not()
    try:
        subprocess.run(["java", "-version"], capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return "needs Java 17 for Spark"
    return "" if _runs(str(python()), "import pyarrow") else "needs pyarrow for Spark"


def _runs(executable: str, code: str) -> bool:
    try:
        done = subprocess.run([executable, "-c", code], capture_output=True, check=False)
    except OSError:
        return False
    return done.returncode == 0


@dataclass(frozen=True)
class Checkout:
    """A clone of the repository that a test may write into."""

    folder: Path

    @classmethod
    def clone(cls, folder: Path) -> Checkout:
        git(folder.parent, "clone", "-q", str(found()), str(folder))
        return cls(folder)

    def source(self, connector: str) -> Path:
        """Folder of a connector."""
        return self.folder / MARK / "sources" / connector

    def tests(self, connector: str) -> Path:
        """Folder of the tests of a connector."""
        return self.folder / "tests/unit/sources" / connector

    def simulated(self, connector: str) -> Path:
        """Folder of what the simulator answers for a connector."""
        return self.folder / MARK / "source_simulator/specs" / connector

    def changed(self) -> list[str]:
        """Files that are new or changed since the clone was made."""
        listed = git(self.folder, "status", "--porcelain", "-uall")
        return [line[3:] for line in listed.splitlines()]

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Runs the Python of the repository in its root, on its own code."""
        paths = os.pathsep.join([str(self.folder / "src"), str(self.folder)])
        clean = {name: text for name, text in os.environ.items() if not name.startswith("PYTEST")}
        return subprocess.run(
            [str(python()), *arguments],
            cwd=self.folder,
            env={**clean, "PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1", **environment},
            capture_output=True,
            text=True,
            check=False,
        )

    def says(self, code: str) -> str:
        """What a piece of code prints; it must not fail."""
        done = self.run("-c", code)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def pytest(self, connector: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Runs the tests of a connector as CI there does: `pytest` and a folder.

        Unlike `python -m pytest`, that puts the root of the repository on no path.
        """
        code = "import sys; sys.path.pop(0); import pytest; sys.exit(pytest.main(sys.argv[1:]))"
        tests = f"{self.tests(connector).relative_to(self.folder).as_posix()}/"
        options = ("-q", "-p", "no:cacheprovider", *arguments)
        return self.run("-c", code, tests, *options, PYTHONPATH=str(self.folder / "src"))

    def suite(self, connector: str, *arguments: str) -> dict[str, str]:
        """Runs the tests of a connector; returns how each ended, by its name: `passed` and so on.

        `skipped` tests have no name in the report that is read here: they are left out.
        """
        done = self.pytest(connector, "-rA", "--no-header", "--tb=short", *arguments)
        # Some versions of pytest say `XFAIL at setup of`, others `XFAIL`.
        ending = r"^(PASSED|FAILED|ERROR|XFAIL|XPASS)(?: at \w+ of)? \S*?::(\S+)"
        found = re.findall(ending, done.stdout, re.M)
        assert found, done.stdout + done.stderr
        return {name.rpartition("::")[2]: ENDINGS[ending] for ending, name in found}


ENDINGS = {
    "PASSED": "passed",
    "FAILED": "failed",
    "ERROR": "failed",
    "XFAIL": "xfailed",
    "XPASS": "xpassed",
}
"""What pytest prints -> what it means."""
