"""`make soak`: runs many random histories of a plan and says how many kept the promise.

    python scripts/run_soak.py [--first SEED] [--count N] [--state FILE]

Each history has a seed of its own, so a run can be stopped and taken up again: the state file holds
the next seed. Ends with one line to quote: seeds, histories, steps, failures.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [
    str(ROOT / "tests"),
    str(ROOT / "tests" / "update"),
    str(ROOT / "extensions/planning"),
]

import histories  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--count", type=int, default=1_000)
    parser.add_argument("--state", type=Path, default=ROOT / "build" / "soak.json")
    options = parser.parse_args()
    state = {"next": options.first, "steps": 0, "failures": {}}
    if options.state.exists():
        state = json.loads(options.state.read_text())
    options.state.parent.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        template = histories.three_versions(Path(folder) / "template")
        for seed in range(state["next"], options.first + options.count):
            steps = histories.draw(seed)
            if histories.failure(template, Path(folder) / "history", steps):
                shortest = histories.shrink(template, Path(folder) / "history", steps)
                state["failures"][seed] = histories.failure(
                    template, Path(folder) / "history", shortest
                )
                print(f"seed {seed}: {state['failures'][seed]}\n  {shortest}", flush=True)
            state["next"], state["steps"] = seed + 1, state["steps"] + len(steps)
            options.state.write_text(json.dumps(state))
            if seed % 25 == 0:
                minutes = (time.monotonic() - started) / 60
                print(
                    f"seed {seed}, {minutes:.0f} min, {len(state['failures'])} failures", flush=True
                )
    done = state["next"] - options.first
    print(
        f"seeds {options.first} to {state['next'] - 1}: {done} histories, {state['steps']} steps, "
        f"{len(state['failures'])} failures"
    )
    return 1 if state["failures"] else 0


if __name__ == "__main__":
    sys.exit(main())
