"""Writes what the documentation says about questions, plan types and files, from the real things.

    python scripts/write_reference.py            renews the pages
    python scripts/write_reference.py --check    says which pages are out of date, exit code 1

The pages are docs/reference/questions.md, plan.md and files.md, and the table of questions in
README.md. tests/test_reference.py runs the check.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from reference import ROOT, files, plan_types, questions

README = ROOT / "README.md"
BEGIN = "<!-- questions: written by scripts/write_reference.py -->\n"
END = "<!-- end of questions -->\n"

PAGES: dict[str, Callable[[], str]] = {
    "docs/reference/questions.md": questions.page,
    "docs/reference/plan.md": plan_types.page,
    "docs/reference/files.md": files.page,
    "README.md": lambda: readme_with(questions.at_a_glance()),
}


def readme_with(table: str) -> str:
    """README.md with a new table of questions between its two markers."""
    before, _, rest = README.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}{table}{END}{after}"


def out_of_date() -> list[str]:
    """The pages that no longer say what the real things say."""
    return [name for name, page in PAGES.items() if _stored(ROOT / name) != page()]


def _stored(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.exists() else ""


def main(*arguments: str) -> int:
    if arguments == ("--check",):
        stale = out_of_date()
        for name in stale:
            print(f"{name} is out of date; run python scripts/write_reference.py")
        return 1 if stale else 0
    for name, page in PAGES.items():
        file = ROOT / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(page(), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
