"""What an editor shows of a plan file, asked of the real YAML language server.

npm install --prefix <folder> yaml-language-server
YAML_LANGUAGE_SERVER=<folder>/node_modules/.bin/yaml-language-server pytest tests/data
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from language_server import Server, find_server
from planning.answers.tables import DETAIL_KEYS
from projects import ROOT

COMMAND = find_server()
pytestmark = pytest.mark.skipif(
    COMMAND is None, reason="no yaml-language-server: npm install yaml-language-server"
)

PLAN = f"""\
# yaml-language-server: $schema={(ROOT / "schemas" / "plan.schema.json").as_uri()}
connector: acme
tables:
  - name: orders
    ingestion: cdc_with_deletes
    priority: P9
    \

rate_limt: 5/s
table_details:
  orders:
    rows: 2M
    \

risk_decisions:
  \

schema_kind: \

"""
LINES = PLAN.splitlines()


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    assert COMMAND
    running = Server(COMMAND)
    yield running
    running.close()


@pytest.fixture(scope="module")
def plan(server: Server, tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("plan") / "plan.yml"
    file.write_text(PLAN, encoding="utf-8", newline="\n")
    return server.open(file)


def after(text: str) -> tuple[int, int]:
    """The line after the one with `text`, at its end."""
    line = next(number for number, found in enumerate(LINES) if text in found) + 1
    return line, len(LINES[line])


def underlined(server: Server, plan: str) -> dict[str, str]:
    """Text that the editor underlines -> what it says about it."""
    found: dict[str, str] = {}
    for one in server.diagnostics(plan):
        start, end = one["range"]["start"], one["range"]["end"]
        found[LINES[start["line"]][start["character"] : end["character"]]] = one["message"]
    return found


def test_inside_a_table_the_missing_keys_are_offered(server: Server, plan: str) -> None:
    offered = server.complete(plan, *after("P9"))
    assert set(offered) == {*DETAIL_KEYS} - {"ingestion", "priority"}
    assert "3k" in str(offered["rows_per_day"]["documentation"])


def test_inside_the_details_of_a_table_the_keys_are_offered(server: Server, plan: str) -> None:
    assert set(server.complete(plan, *after("rows: 2M"))) == {*DETAIL_KEYS} - {"rows"}


def test_risks_are_offered_by_their_ids(server: Server, plan: str) -> None:
    assert "rate-limit-unknown" in server.complete(plan, *after("risk_decisions"))


def test_choices_are_offered_with_their_meaning(server: Server, plan: str) -> None:
    line = len(LINES) - 1
    offered: dict[str, Any] = server.complete(plan, line, len(LINES[line]))
    assert {"unknown", "static", "dynamic"} <= set(offered)
    assert "custom fields" in str(offered["dynamic"]["documentation"])


def test_hover_explains_cdc_with_deletes(server: Server, plan: str) -> None:
    line = next(number for number, text in enumerate(LINES) if "cdc_with_deletes" in text)
    shown = server.hover(plan, line, LINES[line].index("cdc_with_deletes") + 3)
    explained = next(text for text in shown.splitlines() if "`cdc_with_deletes`" in text)
    assert "deleted ones" in explained


def test_hover_over_a_question_shows_its_help(server: Server, plan: str) -> None:
    line = LINES.index("table_details:")
    assert "What else is known of the tables?" in server.hover(plan, line, 3)


def test_a_wrong_priority_is_underlined_at_its_place(server: Server, plan: str) -> None:
    assert '"P0", "P1", "P2"' in underlined(server, plan)["P9"]


def test_a_misspelt_question_is_underlined(server: Server, plan: str) -> None:
    assert set(underlined(server, plan)) == {"P9", "rate_limt"}


@pytest.mark.parametrize("name", [file.name for file in sorted((ROOT / "examples").glob("*.yml"))])
def test_the_editor_finds_nothing_wrong_with_an_example(server: Server, name: str) -> None:
    examples: Path = ROOT / "examples"
    assert server.diagnostics(server.open(examples / name)) == []
