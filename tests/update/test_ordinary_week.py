"""What happens to a plan in an ordinary week, and what people may count on."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from projects import SMALL, Project, git, new_project

MakeProject = Callable[..., Project]
ORDERS, CUSTOMERS = SMALL["tables"]


def boxes(design: str) -> dict[str, bool]:
    """Id of each box that a person may tick -> whether it is ticked."""
    found = re.findall(r"^\s*[-*] \[([ xX])\].*?<!-- id: (\S+?) -->", design, re.MULTILINE)
    return {name: mark != " " for mark, name in found}


def tick(project: Project, *names: str) -> None:
    text = project.read("DESIGN.md")
    for name in names:
        line = next(line for line in text.splitlines() if f"<!-- id: {name} -->" in line)
        assert "[ ]" in line, f"{name} has no open box: {line}"
        text = text.replace(line, line.replace("[ ]", "[x]", 1))
    project.write("DESIGN.md", text)


def note(project: Project, section: str, paragraph: str) -> None:
    """Writes into the Notes block that ends a section."""
    project.replace(
        "DESIGN.md",
        f"<!-- end of notes: {section} -->",
        f"{paragraph}\n\n<!-- end of notes: {section} -->",
    )


def open_boxes(project: Project, prefix: str) -> list[str]:
    return [
        name
        for name, ticked in boxes(project.read("DESIGN.md")).items()
        if not ticked and name.startswith(prefix)
    ]


def planned_tables(project: Project) -> set[str]:
    """The tables that the plan module names."""
    facts: dict[str, Any] = {}
    exec(project.read("acme_plan.py"), facts)
    return set(facts["TABLES"])


def test_three_ticks_survive_a_table_added_next_to_them(small_project: Project) -> None:
    ticked = open_boxes(small_project, "criterion/")[:3]
    tick(small_project, *ticked)
    small_project.commit()
    small_project.update(tables=[ORDERS, {"name": "invoices", "ingestion": "append"}, CUSTOMERS])
    after = boxes(small_project.read("DESIGN.md"))
    assert len(ticked) == 3 and all(after[name] for name in ticked)
    assert any("invoices" in name for name in after)


def test_a_paragraph_in_the_notes_survives_a_new_rate_limit(make_project: MakeProject) -> None:
    project = make_project(
        page_size=100, sync_interval="1 hour", tables=[ORDERS, {**CUSTOMERS, "rows": "40M"}]
    )
    note(project, "risks", "We asked support for a higher limit.\n\n| on | 2026-11-20 |")
    project.commit()
    before = project.read("DESIGN.md")
    project.update(rate_limit="10/minute")
    after = project.read("DESIGN.md")
    assert "We asked support for a higher limit.\n\n| on | 2026-11-20 |" in after
    assert "10/minute" in after and "10/minute" not in before


def test_a_read_that_is_written_survives_its_table_leaving_the_plan(
    make_project: MakeProject,
) -> None:
    project = make_project(tables=[ORDERS, {**CUSTOMERS, "priority": "P2"}])
    project.write("acme.py", project.read("acme.py") + "\n\nCUSTOMERS_URL = '/v1/customers'\n")
    project.commit()
    mine = project.read("acme.py")
    project.update(tables=[ORDERS])
    assert project.read("acme.py") == mine
    assert planned_tables(project) == {"orders"}


def test_an_accepted_risk_that_grows_says_so(make_project: MakeProject) -> None:
    known = {"page_size": 100, "rate_limit": "700/minute", "sync_interval": "1 day"}
    project = make_project(tables=[ORDERS, {**CUSTOMERS, "rows": "1M"}], **known)
    severities = dict(
        re.findall(r'"id": "([\w-]+)".*?"severity": "(\w+)"', project.read("acme_plan.py"))
    )
    assert severities  # the plan module lists them
    project.update(
        risk_decisions={name: {"status": "accepted", "owner": "Ada"} for name in severities}
    )
    project.commit()
    assert "worse" not in project.read("DESIGN.md").lower()
    project.update(tables=[ORDERS, {**CUSTOMERS, "rows": "400M"}], sync_interval="15 minutes")
    assert "worse" in project.read("DESIGN.md").lower()
    assert project.answers()["risk_decisions"].keys() == severities.keys()


def test_one_of_two_connectors_is_updated_and_the_other_is_not_touched(
    template: Path, tmp_path: Path
) -> None:
    acme = new_project(template, tmp_path / "project", **SMALL)
    other = new_project(template, tmp_path / "project", **{**SMALL, "connector": "other"})
    tick(acme, open_boxes(acme, "criterion/")[0])
    note(other, "overview", "Other people's words.")
    acme.commit()
    acme.update(rate_limit="5/s")
    changed = {line[3:] for line in acme.status().splitlines()}
    assert changed and all(name.startswith("sources/acme/") for name in changed)


def test_a_formatter_over_the_whole_folder_does_not_matter(small_project: Project) -> None:
    for file in small_project.path("").rglob("*.py"):
        file.write_text(file.read_text().replace('"', "'").replace("    ", "  "))
    design = small_project.read("DESIGN.md")
    tick(small_project, open_boxes(small_project, "criterion/")[0])
    ticked = [name for name, on in boxes(small_project.read("DESIGN.md")).items() if on]
    reformatted = small_project.read("DESIGN.md").replace("- [", "* [").replace(" | ", "  |  ")
    small_project.write("DESIGN.md", reformatted)
    small_project.commit()
    own = small_project.read("acme_client.py")
    small_project.update(rate_limit="5/s")
    after = small_project.read("DESIGN.md")
    assert design.count("<!-- id:") <= after.count("<!-- id:")
    assert all(boxes(after)[name] for name in ticked)
    assert "<<<<<<<" not in after
    assert small_project.read("acme_client.py") == own


def test_a_checkout_with_crlf_keeps_its_line_ends_and_its_ticks(small_project: Project) -> None:
    git(small_project.folder, "config", "core.autocrlf", "true")
    for file in small_project.path("").rglob("*"):
        if file.is_file():
            file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    tick(small_project, first := open_boxes(small_project, "criterion/")[0])
    small_project.commit()
    small_project.update(rate_limit="5/s")
    after = small_project.path("DESIGN.md").read_bytes()
    assert boxes(after.decode().replace("\r\n", "\n"))[first]
    assert after.count(b"\r\n") == after.count(b"\n")


def plan_test(project: Project) -> str:
    """What the plan's own test says."""
    test = project.path("tests/test_acme_plan.py")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(test)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def test_answers_edited_by_hand_are_found_out(small_project: Project) -> None:
    assert "changed by hand" not in plan_test(small_project)
    small_project.replace(".copier-answers.yml", "tables:", "rate_limit: 9/s\ntables:")
    said = plan_test(small_project)
    assert ".copier-answers.yml was changed by hand" in said
    assert "copier update --trust -r :current: --defaults -a sources/acme/" in said


def test_code_of_a_table_that_left_the_plan_is_named(small_project: Project) -> None:
    small_project.update(tables=[ORDERS])
    small_project.replace("acme.py", "list(TABLES)", "[*TABLES, 'customers']")
    assert "customers is in the code and not in the plan (left over?)" in plan_test(small_project)


def test_answers_edited_by_hand_take_effect_with_the_next_update(small_project: Project) -> None:
    small_project.replace(".copier-answers.yml", "tables:", "rate_limit: 9/s\ntables:")
    small_project.commit()
    small_project.update()
    assert "9/s" in small_project.read("acme_plan.py")


@pytest.mark.parametrize("change", [{"recommendation": "stop"}, {"purpose": "evaluate"}])
def test_files_stay_when_nothing_is_to_be_built_any_more(
    small_project: Project, change: dict[str, Any], capfd: pytest.CaptureFixture[str]
) -> None:
    small_project.write("acme.py", small_project.read("acme.py") + "\nMINE = 1\n")
    small_project.commit()
    small_project.update(**change)
    assert "MINE = 1" in small_project.read("acme.py")
    assert not small_project.path("acme_plan.py").exists()
    assert "sources/acme/acme.py is left over" in capfd.readouterr().err


def test_a_tick_whose_criterion_is_gone_is_told_in_words(
    small_project: Project, capfd: pytest.CaptureFixture[str]
) -> None:
    gone = "criterion/wrong-credentials"
    tick(small_project, gone)
    small_project.commit()
    small_project.update(auth_methods=["none"])
    assert gone in capfd.readouterr().err
    assert "<<<<<<<" not in small_project.read("DESIGN.md")


def test_updating_again_changes_nothing(small_project: Project) -> None:
    tick(small_project, open_boxes(small_project, "criterion/")[0])
    note(small_project, "overview", "A note.")
    small_project.commit()
    small_project.update(rate_limit="5/s")
    small_project.commit()
    small_project.update()
    assert small_project.status() == ""


def test_what_people_put_in_an_order_keeps_it(make_project: MakeProject) -> None:
    project = make_project(out_of_scope={"Zebra": "last", "Apple": "first"})
    project.update()
    assert project.status() == ""


def test_a_copy_over_an_existing_plan_keeps_the_document(small_project: Project) -> None:
    tick(small_project, open_boxes(small_project, "criterion/")[0])
    note(small_project, "overview", "A note.")
    small_project.commit()
    before = small_project.read("DESIGN.md")
    small_project.recopy()
    assert small_project.read("DESIGN.md") == before


def test_switching_the_depth_loses_no_answer(make_project: MakeProject) -> None:
    project = make_project(depth="full", analytics="Churn", owner="Ada", api_version="v3")
    before = project.answers()
    project.update(depth="essential")
    project.commit()
    project.update(depth="full")
    assert project.answers() == before


def test_a_refused_answer_leaves_the_repository_as_it_was(small_project: Project) -> None:
    with pytest.raises(Exception, match="rate_limit"):
        small_project.update(rate_limit="fast")
    assert small_project.status() == ""


@pytest.mark.parametrize("mark", ["\x85", "\u2028", "\u2029", "\x0b", "\x0c", "\t", "\u00a0"])
def test_an_answer_with_an_odd_character_stays_as_it_was_given(
    small_project: Project, mark: str
) -> None:
    small_project.update(problem=f"one{mark}two")
    assert small_project.answers()["problem"] == f"one{mark}two"
    small_project.commit()
    small_project.update()
    assert small_project.status() == ""
