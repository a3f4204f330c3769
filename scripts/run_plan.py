"""The main job, `make plan`: runs the session and prints the path of the DESIGN.md it made.

Takes a plan file (or '' to ask in a terminal; without a terminal it takes the first example) and
the folder to write to. What an earlier run left there moves beside it, once there is a new plan.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from itertools import count
from pathlib import Path
from typing import Any

import copier
import copier.errors

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "extensions"))

from planning.answers import plan_file  # noqa: E402

FIRST_EXAMPLE = ROOT / "examples" / "stripe.yml"
MADE_HERE = ".made-by-make-plan"


class Stop(Exception):
    """Why there is no plan, in one sentence."""


def read_answers(file: Path) -> dict[str, Any]:
    """The answers of a plan file."""
    try:
        read = plan_file.read_plan_file(file.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as problem:
        raise Stop(f"{file}: cannot be read ({problem}).") from None
    if read.problems:
        lines = (f"{file}:{problem.line}: {problem.text}" for problem in read.problems)
        raise Stop("\n".join(lines))
    return dict(read.answers)


def run_session(target: Path, answers: dict[str, Any], asks: bool) -> None:
    """Runs the session into a new folder."""
    options: dict[str, Any] = {"unsafe": True, "vcs_ref": "HEAD", "defaults": not asks}
    try:
        copier.run_copy(str(ROOT), target, answers, **options)
    except (copier.errors.UserMessageError, ValueError) as problem:
        raise Stop(str(problem)) from None
    except (KeyboardInterrupt, copier.errors.CopierAnswersInterrupt):
        raise Stop("Stopped; nothing was written.") from None


def make_plan(plan: str, target: Path) -> Path:
    """Runs the session into the target; a plan that stands there stays until there is a new one."""
    if target.exists() and not target.is_dir():
        raise Stop(f"{target} is a file; name a folder with DEST.")
    if target.exists() and any(target.iterdir()) and not (target / MADE_HERE).exists():
        raise Stop(f"{target} holds other files; name an empty folder with DEST.")
    asks = not plan and sys.stdin.isatty()
    file = Path(plan or FIRST_EXAMPLE)
    if not plan and not asks:
        print(f"No terminal and no PLAN: taking {file.relative_to(ROOT)}.", file=sys.stderr)
    answers = {} if asks else read_answers(file)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        before = Path(folder) / "before"
        if target.exists():
            target.rename(before)
        try:
            run_session(target, answers, asks)
        except Stop:
            shutil.rmtree(target, ignore_errors=True)
            if before.exists():
                before.rename(target)
            raise
        if before.exists():
            names = (target.with_name(f"{target.name}-{number}") for number in count(1))
            kept = next(free for free in names if not free.exists())
            before.rename(kept)
            print(f"The plan that stood there is in {kept} now.", file=sys.stderr)
    (target / MADE_HERE).touch()
    return next(target.glob("**/DESIGN.md"))


def main(plan: str, destination: str) -> int:
    """Exit code 0 when there is a plan; its path is the last line printed."""
    try:
        print(make_plan(plan, Path(destination)))
    except Stop as reason:
        print(reason, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
