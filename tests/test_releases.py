"""Every release still renders with today's libraries: updates replay the release they come from."""

from __future__ import annotations

from pathlib import Path

import copier
import pytest
from projects import ROOT, SMALL, git

RELEASES = git(ROOT, "tag", "--list", "v*").split() if (ROOT / ".git").exists() else []


@pytest.mark.skipif(not RELEASES, reason="this checkout has no tags of releases")
@pytest.mark.parametrize("release", RELEASES)
def test_a_release_still_renders(release: str, tmp_path: Path) -> None:
    options = {"defaults": True, "unsafe": True, "quiet": True}
    copier.run_copy(str(ROOT), tmp_path / "project", SMALL, vcs_ref=release, **options)
    assert (tmp_path / "project/sources/acme/DESIGN.md").exists()
