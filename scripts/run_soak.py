"""`make soak`: runs many random histories of a plan and says how many kept the promise.

    python scripts/run_soak.py [--first SEED] [--count N] [--jobs N] [--state FILE]

Each history has a seed of its own, so a run can be stopped and taken up again: the state file holds
what is done. Ends with one line to quote: seeds, histories, steps, failures. Histories are made of
many small files: with TMPDIR on a disk in memory they take a third of the time.
"""

from __future__ import annotations

import argparse
import copy
import json
import multiprocessing
import os
import shutil
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / part) for part in ("tests", "tests/update", "extensions")]

import copier._template  # noqa: E402
import histories  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--count", type=int, default=1_000)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--state", type=Path, default=ROOT / "build" / "soak.json")
    options = parser.parse_args()
    state: dict[str, Any] = {"done": {}, "failures": {}}
    if options.state.exists():
        state = json.loads(options.state.read_text())
    options.state.parent.mkdir(parents=True, exist_ok=True)
    last = options.first + options.count - 1
    seeds = [seed for seed in range(options.first, last + 1) if str(seed) not in state["done"]]
    started = time.monotonic()
    with (
        tempfile.TemporaryDirectory() as folder,
        multiprocessing.Pool(options.jobs, read_once, (Path(folder),)) as pool,
    ):
        template = histories.three_versions(Path(folder) / "template")
        job = partial(run, template, Path(folder))
        for number, (seed, steps, lost) in enumerate(pool.imap_unordered(job, seeds), start=1):
            state["done"][str(seed)] = steps
            if lost:
                state["failures"][str(seed)] = lost
                print(f"seed {seed}: {lost}", flush=True)
            options.state.write_text(json.dumps(state))
            if number % 50 == 0:
                minutes = (time.monotonic() - started) / 60
                print(f"{number} of {len(seeds)} after {minutes:.0f} min", flush=True)
    print(
        f"seeds {options.first} to {last}: {len(state['done'])} histories, "
        f"{sum(state['done'].values())} steps, {len(state['failures'])} failures"
    )
    return 1 if state["failures"] else 0


def read_once(folder: Path) -> None:
    """Lets Copier clone each release once a process, and parse its questions once.

    An update does both three times, which is two thirds of a history.
    """
    clone = copier._template.clone
    clones: dict[tuple[str, str], Path] = {}

    def linked(url: str, ref: str = "HEAD", location: str | None = None) -> str:
        if (url, ref) not in clones:
            clones[url, ref] = Path(tempfile.mkdtemp(dir=folder))
            clone(url, ref, str(clones[url, ref]))
        place = location or tempfile.mkdtemp(dir=folder)
        shutil.copytree(clones[url, ref], place, copy_function=os.link, dirs_exist_ok=True)
        return place

    load = copier._template.load_template_config
    configs: dict[bytes, Any] = {}

    def parsed(path: Path, *others: Any) -> Any:
        files = (path, *sorted((path.parent / "questions").glob("*.yml")))
        text = b"".join(file.read_bytes() for file in files)
        if text not in configs:
            configs[text] = load(path, *others)
        return copy.deepcopy(configs[text])

    copier._template.clone = linked
    copier._template.load_template_config = parsed


def run(template: Path, folder: Path, seed: int) -> tuple[int, int, str]:
    """Runs one history; returns its seed, its number of steps, and what went wrong, shrunk."""
    life = histories.draw(seed)
    place = folder / str(seed)
    lost = histories.failure(template, place, life)
    if lost:
        shortest = histories.shrink(template, place, life)
        lost = f"{histories.failure(template, place, shortest)}\n  {shortest}"
    return seed, len(life.steps), lost


if __name__ == "__main__":
    sys.exit(main())
