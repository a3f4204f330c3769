"""Writes what follows from the code: pages of the documentation, the schema, Cookiecutter's front.

    python scripts/write_reference.py

tests/test_reference.py says which of them are out of date.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from reference import ROOT, cookiecutter, files, plan_types, questions, risks, schema

README = ROOT / "README.md"
BEGIN = "<!-- questions: written by scripts/write_reference.py -->\n"
END = "<!-- end of questions -->\n"

PAGES: dict[str, Callable[[], str]] = {
    "docs/reference/questions.md": questions.page,
    "docs/reference/plan.md": plan_types.page,
    "docs/reference/files.md": files.page,
    "docs/risks.md": risks.page,
    "schemas/plan.schema.json": schema.page,
    "integrations/cookiecutter/cookiecutter.json": cookiecutter.page,
    "README.md": lambda: readme_with(questions.at_a_glance()),
}


def readme_with(table: str) -> str:
    """README.md with a new table of questions between its two markers."""
    before, _, rest = README.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}{table}{END}{after}"


def out_of_date() -> list[str]:
    """The files that no longer say what the code says."""
    stored = {name: (ROOT / name).read_text(encoding="utf-8") for name in PAGES}
    return [name for name, page in PAGES.items() if stored[name] != page()]


def main() -> None:
    for name, page in PAGES.items():
        (ROOT / name).write_text(page(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
