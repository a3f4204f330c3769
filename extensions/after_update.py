"""Runs at the end of `copier update`: carries ticks and notes over into the new DESIGN.md.

Copier has just rendered the document afresh and, as copier.yml tells it to, kept its hands off.
The version people edited is the one in Git's index. Called with the folder of the connector,
relative to the current folder, and with `left-over` behind it where the plan builds nothing any
more. Says on standard error what became of ticks that have no line left, and which files the
plan no longer needs. docs/decisions/0001-updates.md tells why it is done this way.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "planning"))

import design_merge


def git(*arguments: str) -> bytes | None:
    """What Git prints, or None when it fails."""
    done = subprocess.run(["git", *arguments], capture_output=True, check=False)
    return done.stdout if done.returncode == 0 else None


def carry_over(design: Path) -> list[str]:
    """Merges people's edits into the design document; returns what to tell about it."""
    # --filters gives the text as it stood in the working tree, with the line ends of the checkout.
    edited = git("cat-file", "--filters", f":./{design.as_posix()}")
    if edited is None or not design.exists():
        return []
    fresh = design.read_bytes().decode()
    merged = design_merge.merge(fresh, edited.decode("utf-8", "surrogateescape"))
    design.write_bytes(merged.text.encode("utf-8", "surrogateescape"))
    return list(merged.fates)


def left_over(package: Path) -> list[str]:
    """The files of a connector that the plan no longer builds."""
    name = package.name
    beside = f"src/databricks/labs/community_connector/source_simulator/specs/{name}"
    homes = (package.as_posix(), f"tests/unit/sources/{name}", beside)
    listed = git("ls-files", "-z", "--", *homes) or b""
    kept = {"DESIGN.md", ".copier-answers.yml"}
    files = (Path(name) for name in listed.decode().split("\0") if name)
    return [f"{file} is left over" for file in files if file.name not in kept and file.exists()]


def main(package: str, *flags: str) -> None:
    """Does the work and prints one line for each thing worth knowing."""
    folder = Path(package)
    told = carry_over(folder / "DESIGN.md")
    if "left-over" in flags:
        told += left_over(folder)
    for line in told:
        print(f"    {line}", file=sys.stderr)


if __name__ == "__main__":
    main(*sys.argv[1:])
