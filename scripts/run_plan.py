"""The main job, `make plan`: runs the session and prints the path of the DESIGN.md it made.

Takes a plan file (or '' to ask in a terminal; without a terminal it takes the first example) and
the folder to write to, which is renewed each time.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import copier
import copier.errors
import yaml

ROOT = Path(__file__).resolve().parent.parent
FIRST_EXAMPLE = ROOT / "examples" / "stripe.yml"


def main(plan_file: str, destination: str) -> int:
    target = Path(destination)
    if target.exists() and not (target / ".made-by-make-plan").exists() and any(target.iterdir()):
        print(f"{target} holds other files; choose an empty DEST.", file=sys.stderr)
        return 1
    asks = not plan_file and sys.stdin.isatty()
    answers = {} if asks else yaml.safe_load(Path(plan_file or FIRST_EXAMPLE).read_text())
    shutil.rmtree(target, ignore_errors=True)
    try:
        copier.run_copy(str(ROOT), target, answers, defaults=not asks, unsafe=True, vcs_ref="HEAD")
    except (copier.errors.UserMessageError, ValueError) as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped; nothing was written.", file=sys.stderr)
        return 1
    (target / ".made-by-make-plan").touch()
    print(next(target.glob("**/DESIGN.md")))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
