"""The pages at the root, which the documentation site does not check, link to what exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from projects import ROOT

PAGES = ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "examples/README.md")


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_to_files_that_exist(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    targets = re.findall(r'\]\(([^)#]+)|(?:src|srcset)="([^"]+)"', text)
    files = {link or picture for link, picture in targets if "://" not in link}
    gone = [file for file in files if not ((ROOT / page).parent / file).exists()]
    assert not gone


def test_every_page_of_the_documentation_can_be_reached() -> None:
    reached = set(re.findall(r": ([\w/-]+\.md)$", (ROOT / "mkdocs.yml").read_text(), re.MULTILINE))
    docs = ROOT / "docs"
    assert reached == {page.relative_to(docs).as_posix() for page in docs.rglob("*.md")}


def test_the_table_of_the_architecture_leads_to_what_exists() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    table = page.partition("## Where to change what")[2].partition("\n## ")[0]
    rows = [line for line in table.splitlines() if line.startswith("| ")][2:]
    gone = []
    for cell in (cell for row in rows for cell in row.split(" | ")):
        folder = Path()
        for name in re.findall(r"`([\w./*]+(?:/|\.py|\.yml))`", cell):
            folder = Path(name).parent if "/" in name else folder
            place = folder / Path(name).name
            homes = (ROOT, ROOT / "extensions" / "planning")
            if not any(list(home.glob(place.as_posix())) for home in homes):
                gone.append(name)
    assert rows and not gone
