"""What the session knows of real sources by itself, and how it finds them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from planning.sources import catalogue, knowledge
from planning.sources.existing import NOTHING_KNOWN, KnownSource

DATA = Path(__file__).resolve().parents[3] / "extensions" / "planning" / "data"
KNOWN = knowledge.Knowledge(DATA / knowledge.FILE_NAME)
CATALOGUE = catalogue.Catalogue(DATA / catalogue.FILE_NAME)


def source(*names: str) -> KnownSource:
    return KNOWN.of(CATALOGUE.look_up(*names), *names)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Intercom", "Intercom"),
        ("intercom api", "Intercom"),
        ("Klaviyo", "Klaviyo"),
        ("Zendesk Support", "Zendesk"),
        ("Zendesk Chat", "Zendesk Chat"),
        ("MS Teams", "Microsoft Teams"),
    ],
)
def test_a_source_is_recognised_as_the_catalogue_recognises_it(typed: str, name: str) -> None:
    assert source(typed).name == name


@pytest.mark.parametrize("typed", ["Acme CRM", "Klavijo", "", "Intercomm", "{", "!", "\t"])
def test_nothing_is_known_by_likeness(typed: str) -> None:
    assert source(typed) == NOTHING_KNOWN


def test_tables_with_what_is_known_and_from_whom() -> None:
    tickets = source("Zendesk").tables["tickets"]
    assert tickets["primary_keys"].value == ["id"]
    assert tickets["cursor_field"].value == "updated_at"
    assert tickets["cursor_field"].who == "the community connector zendesk, 2026-08-18"
    # Two implementations disagree, and both are there.
    said = "Airbyte's source-zendesk-support, 2025-11-11 says generated_timestamp"
    assert tickets["cursor_field"].otherwise == said


def test_signing_in_paging_and_version() -> None:
    facts = source("Klaviyo").facts
    assert facts["auth_methods"].value == ["api_key"]
    assert facts["api_version"].value == "2024-10-15"
    assert source("Intercom").facts["page_size"].value == 150


def test_what_a_connection_cannot_do_without_is_known_and_no_credential() -> None:
    needed = source("Zendesk").facts["connection_parameters"]
    assert needed.value == [{"name": "subdomain", "required": True}]
    assert needed.who == "the community connector zendesk, 2026-08-18"
    teams = source("Microsoft Teams").facts["connection_parameters"]
    assert teams.value == [{"name": "tenant_id", "required": True}]
    # GitHub's connector takes a token, and an address only where somebody wants another.
    assert "connection_parameters" not in source("GitHub").facts


def test_parents_are_known() -> None:
    assert source("Klaviyo").tables["lists_detailed"]["parent"].value == "lists"


def test_every_source_is_found_by_its_name_and_every_fact_is_one_a_plan_takes() -> None:
    from planning.answers.checks import refusal
    from planning.answers.tables import READERS, parse_table_name

    lines = (DATA / knowledge.FILE_NAME).read_text(encoding="utf-8").splitlines()[1:]
    assert len(lines) > 500
    assert [line.partition("\t")[0] for line in lines] == sorted(
        line.partition("\t")[0] for line in lines
    )
    for line in lines:
        key = line.partition("\t")[0]
        found = source(key)
        for question, fact in found.facts.items():
            assert not refusal(fact.value, question), (key, question, fact.value)
        for table, facts in found.tables.items():
            parse_table_name(table)
            for name, fact in facts.items():
                READERS[name](fact.value)


def test_a_look_up_reads_a_few_lines_of_many(tmp_path: Path) -> None:
    lines = (
        f'k{n:06}\t{{"name":"{n}","of":[],"facts":{{}},"tables":{{}}}}\n' for n in range(50_000)
    )
    path = tmp_path / "known.txt"
    path.write_text("!\t{}\n" + "".join(lines))
    many = knowledge.Knowledge(path)
    nothing = CATALOGUE.look_up("Acme CRM")
    found = [many.of(nothing, name) for name in ("k000000", "k031415", "k049999", "k05", "a", "z")]
    assert [one.name for one in found] == ["0", "31415", "49999", "", "", ""]


def test_the_documentation_has_the_commits_and_dates_of_the_data() -> None:
    page = (DATA.parents[2] / "docs" / "knowledge.md").read_text(encoding="utf-8")
    for kind, said in KNOWN.origins.items():
        (row,) = [line for line in page.splitlines() if line.startswith(f"| {kind} |")]
        assert f"`{said['commit'][:8]}` | {said['date']} |" in row
        assert said["repository"] in row
    _, *lines = (DATA / knowledge.FILE_NAME).read_text(encoding="utf-8").splitlines()
    stated = [json.loads(line.partition("\t")[2])["facts"] for line in lines]
    assert f"Connectors of {len(lines)} sources" in page
    assert f"{sum('connection_parameters' in one for one in stated)} sources have some" in page
    assert f"{sum('rate_limit' in one for one in stated)} sources state a limit" in page
