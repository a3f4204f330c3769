"""The hook for pre-commit, run by the real `pre-commit` on plan files of another repository."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from projects import ROOT, git


@pytest.fixture
def pre_commit(tmp_path: Path) -> Any:
    hooks, plans = tmp_path / "session", tmp_path / "plans"
    hooks.mkdir()
    plans.mkdir()
    shutil.copy(ROOT / ".pre-commit-hooks.yaml", hooks)
    (hooks / "scripts").mkdir()
    shutil.copy(ROOT / "scripts" / "check_plan.py", hooks / "scripts")
    ignored = shutil.ignore_patterns("__pycache__", ".*_cache")
    shutil.copytree(ROOT / "extensions", hooks / "extensions", ignore=ignored)
    for repository in (hooks, plans):
        git(repository, "init", "-q", "-b", "main")
    git(hooks, "add", "-A")
    git(hooks, "commit", "-q", "-m", "hooks")

    def run(**files: str) -> subprocess.CompletedProcess[str]:
        for name, text in files.items():
            (plans / f"{name}.yml").write_text(text)
        git(plans, "add", "-A")
        # The hook runs in the Python that is first on the path.
        path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
        return subprocess.run(
            [sys.executable, "-m", "pre_commit", "try-repo", str(hooks), "--all-files"],
            cwd=plans,
            env={**os.environ, "PATH": path, "PRE_COMMIT_HOME": str(tmp_path / "home")},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_a_plan_that_holds_is_let_through(pre_commit: Any) -> None:
    done = pre_commit(plan="connector: acme\ntables: orders\n", other="no: plan\n")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Passed" in done.stdout


def test_a_plan_that_is_refused_stops_the_commit(pre_commit: Any) -> None:
    done = pre_commit(**{"acme.plan": "connector: acme\ntables: orders\nrate_limt: 5/s\n"})
    assert done.returncode != 0
    assert 'acme.plan.yml:3: "rate_limt" is no question of the session' in done.stdout
