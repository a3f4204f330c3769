"""Plans that earlier commits made, brought to the template as it stands here.

Copier renders what the new template leaves out (`_exclude`) with the extension of the old one.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from projects import ROOT, SMALL, TEMPLATE_PARTS, git, new_project, release

MADE_PLANS = "473199b"
"""The first commit from which a plan comes out."""

SIGNATURES = ("473199b", "dd8bd24", "fe4da1f")
"""Commits that changed a global of `_exclude` or `_skip_if_exists`, or added one."""

OTHERS = 10


def _commits() -> list[str]:
    if not (ROOT / ".git").exists():
        return []
    try:
        between = git(
            ROOT, "rev-list", "--reverse", f"{MADE_PLANS}..HEAD", "--", "extensions/session.py"
        ).split()
    except AssertionError:  # a shallow clone
        return []
    spread = [between[number * len(between) // OTHERS] for number in range(OTHERS)]
    return [*SIGNATURES, *dict.fromkeys(one[:7] for one in spread if one[:7] not in SIGNATURES)]


COMMITS = _commits()


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository with its history, and the template of the working tree as a release on top."""
    folder = tmp_path_factory.mktemp("history") / "template"
    git(ROOT, "clone", "-q", "--no-tags", str(ROOT), str(folder))
    for part in TEMPLATE_PARTS:
        if (ROOT / part).is_dir():
            shutil.rmtree(folder / part)
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / part, folder / part, ignore=ignored)
        else:
            shutil.copy(ROOT / part, folder / part)
    release(folder, "v99.0.0")
    return folder


@pytest.mark.skipif(not COMMITS, reason="this checkout has no history")
@pytest.mark.parametrize("commit", COMMITS)
def test_a_plan_of_an_earlier_commit_takes_the_newest_session(
    commit: str, history: Path, tmp_path: Path
) -> None:
    project = new_project(history, tmp_path / "project", vcs_ref=commit, **SMALL)
    project.write("acme.py", f"{project.read('acme.py')}\nMINE = 1\n")
    project.commit()
    project.update(vcs_ref="v99.0.0", rate_limit="5/s")
    assert "5/s" in project.read("DESIGN.md")
    assert "MINE = 1" in project.read("acme.py")
    assert project.answers()["rate_limit"] == "5/s"
    assert "_commit: v99.0.0" in project.read(".copier-answers.yml")
