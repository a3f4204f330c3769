"""Whether a plan can be updated from the place its template was copied from, and what works if not.

`copier update` needs the commit a plan was made from. A folder without Git has none, and where
files of a clone are not committed Copier copies from a commit that it throws away.
"""

from __future__ import annotations

import subprocess
from pathlib import Path


def remark(source: str, commit: str) -> str:
    """Why `copier update` cannot work from here, in a sentence; '' where it can.

    `source` is the address of the template as it goes on record, `commit` what Copier recorded
    of its version, '' for nothing.
    """
    if not commit:
        return (
            "The template is no Git repository, so copier update has nothing to compare with. "
            "Take it by its Git address, or renew this plan with copier recopy."
        )
    folder = Path(source).expanduser()
    if not folder.is_dir() or _has(folder, commit):
        return ""
    return (
        "The template has changes that are not committed, and Copier throws its copy of them away. "
        "Commit them there and give the plan that commit with copier recopy; then copier update "
        "works."
    )


def _has(folder: Path, commit: str) -> bool:
    """Whether a clone knows a commit, by what `git describe` calls it."""
    look = ["git", "-C", str(folder), "rev-parse", "--quiet", "--verify", f"{commit}^{{commit}}"]
    return subprocess.run(look, capture_output=True, check=False).returncode == 0
