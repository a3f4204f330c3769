"""What nobody said does not count as said: not in one run, not in ten, not at a prompt."""

from __future__ import annotations

import copy
import re
from pathlib import Path
from typing import Any

import copier
import pytest
import yaml
from copier.errors import UserMessageError
from planning.answers.naming import id_from_text
from projects import SMALL, Project, git, new_project
from promise import snapshot

TWO = {"connector": "acme", "tables": ["orders", "customers"], "created": "2026-11-24"}

FOLDS = {"risk": "The vendor folds", "likelihood": "Low", "impact": "High", "mitigation": "Watch."}
FOLDS_ID = f"extra-{id_from_text(FOLDS['risk'])}"

SETTLED: dict[str, Any] = {
    **SMALL,
    "docs_url": "https://acme.example/docs",
    "problem": "Finance counts orders by hand.",
    "target_users": ["Finance"],
    "use_cases": ["Monthly report"],
    "managed_connector": "no",
    "community_connector": "no",
    "auth_methods": ["api_key"],
    "rate_limit": "700/minute",
    "page_size": 100,
    "schema_kind": "static",
    "test_environment": "sandbox",
}
"""Answers of a plan that only its High risks keep from being approved."""


@pytest.fixture
def two(template: Path, tmp_path: Path) -> Project:
    """A plan of which its connector and two tables were named, and nothing else."""
    return new_project(template, tmp_path / "project", **TWO)


def step(project: Project, **answers: Any) -> None:
    project.update(**answers)
    project.commit()


def same_as_fresh(project: Project, folder: Path, **answers: Any) -> None:
    """The plan is what a copy in one step gives, answers file and all."""
    answers = answers or project.answers()
    fresh = new_project(project.template, folder, **copy.deepcopy(answers))
    for name in (".copier-answers.yml", "DESIGN.md", "acme_plan.py", "tests/test_acme_plan.py"):
        assert project.read(name) == fresh.read(name), name


def test_the_answers_file_holds_what_was_given_and_nothing_else(two: Project) -> None:
    recorded = yaml.safe_load(two.read(".copier-answers.yml"))
    assert set(recorded) == {"_commit", "_edition", "_src_path", *TWO, "layout"}
    assert recorded["_edition"] == 2


def test_features_follow_a_table_that_comes_to_need_one_and_goes_again(
    two: Project, tmp_path: Path
) -> None:
    step(two, table_details={"orders": {"ingestion": "cdc_with_deletes"}})
    design = two.read("DESIGN.md")
    assert "`delete_sync` - " in design
    assert "Left out" not in design
    step(two, table_details={"orders": {"ingestion": None}})
    assert "Chosen by hand" not in two.read("DESIGN.md")
    assert "delete_sync" not in two.read("acme_plan.py")
    same_as_fresh(two, tmp_path / "fresh", **TWO)


def test_a_source_that_is_renamed_is_looked_up_again(two: Project, tmp_path: Path) -> None:
    step(two, source_name="Zendesk Support")
    assert "recommendation_reason" in two.read("DESIGN.md")
    same_as_fresh(two, tmp_path / "fresh", **TWO, source_name="Zendesk Support")
    with pytest.raises(UserMessageError, match="recommendation_reason"):
        two.update(approved=True, approved_by="Ada")


def test_a_table_that_joins_a_plan_without_priorities_is_p0_as_all_are(two: Project) -> None:
    step(two, tables=["orders", "customers", "events"])
    assert two.read("acme_plan.py").count('"priority": "P0"') == 3


def test_details_of_one_table_leave_the_others_alone(template: Path, tmp_path: Path) -> None:
    orders = {"name": "orders", "ingestion": "cdc", "primary_keys": ["id"], "rows": "40M"}
    project = new_project(template, tmp_path / "project", **{**TWO, "tables": [orders, "users"]})
    step(project, table_details={"users": {"rows": 3000}})
    assert project.answers()["tables"] == [orders, {"name": "users", "rows": 3000}]


def test_the_same_answers_in_one_step_or_in_many_make_the_same_plan(
    two: Project, tmp_path: Path
) -> None:
    for answers in (
        {"source_type": "database"},
        {"rate_limit": "5/s", "page_size": 50},
        {"cdc_tables": ["orders"]},
        {"source_type": None},
        {"tables": ["orders", {"name": "events", "ingestion": "append"}]},
        {"extra_risks": [FOLDS]},
        {"risk_decisions": {FOLDS_ID: {"status": "accepted"}}},
        {"rate_limit": "null"},
    ):
        step(two, **answers)
    same_as_fresh(two, tmp_path / "from the record")
    same_as_fresh(
        two,
        tmp_path / "in one step",
        **{**TWO, "tables": ["orders", {"name": "events", "ingestion": "append"}]},
        page_size=50,
        cdc_tables=["orders"],
        extra_risks=[FOLDS],
        risk_decisions={FOLDS_ID: {"status": "accepted"}},
    )


def test_an_answers_file_given_as_data_makes_the_same_tree(two: Project, tmp_path: Path) -> None:
    step(two, source_name="Stripe", managed_connector="no", page_size=100)
    data = yaml.safe_load(two.read(".copier-answers.yml"))
    fresh = tmp_path / "fresh"
    copier.run_copy(str(two.template), fresh, data, defaults=True, unsafe=True, quiet=True)
    there, here = snapshot(two.folder), snapshot(fresh)
    name = f"{two.package}/acme.py"  # made for the first answers, then somebody's
    assert {k: v for k, v in there.items() if k != name}.keys() >= here.keys() - {name}
    for file in (".copier-answers.yml", "DESIGN.md", "acme_plan.py"):
        assert here[f"{two.package}/{file}"] == there[f"{two.package}/{file}"]


def test_null_takes_an_answer_back_and_the_plan_proposes_again(two: Project) -> None:
    step(two, features=["retry_backoff"], problem="Too slow.")
    step(two, features="null", problem=None)
    assert set(two.answers()) == {*TWO, "layout"}


def test_a_text_that_is_called_null_is_a_text_in_a_list(two: Project) -> None:
    step(two, must_have=["null", "Totals agree"])
    assert two.answers()["must_have"] == ["null", "Totals agree"]


def test_what_leaves_the_record_is_told_with_its_values(
    template: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    orders = {"name": "orders", "rows": "40M"}
    project = new_project(
        template,
        tmp_path / "project",
        **{**TWO, "tables": [orders, "users"]},
        cdc_tables=["orders"],
    )
    project.update(tables=["users"])
    said = capfd.readouterr().err
    assert "orders left the plan, and with it {rows: 40M}" in said
    assert "cdc_tables no longer names orders" in said


# Confirming


def test_known_answers_are_confirmed_by_saying_so(two: Project) -> None:
    step(two, page_size=100, unconfirmed={"page_size": "openapi.json"})
    assert two.answers()["unconfirmed"] == {"page_size": "openapi.json"}
    step(two, source_name="Stripe", unconfirmed={})
    recorded = two.answers()
    assert "unconfirmed" not in recorded
    assert recorded["third_party_connectors"]  # the catalogue's, confirmed as well
    assert recorded["page_size"] == 100


# Approval


def decided(project: Project) -> dict[str, dict[str, str]]:
    """A decision on every High risk."""
    plan = project.read("acme_plan.py")
    risks = re.findall(r'"id": "([\w-]+)",[^}]*"severity": "High"', plan)
    return {risk: {"status": "accepted"} for risk in risks}


def test_an_approval_says_who_when_and_what_has_changed_since(
    template: Path, tmp_path: Path
) -> None:
    project = new_project(template, tmp_path / "project", **SETTLED)
    step(project, risk_decisions=decided(project), approved=True, approved_by="Ada")
    (status,) = [
        line for line in project.read("DESIGN.md").splitlines() if line.startswith("> **Status**: ")
    ]
    assert re.search(r"Approved by Ada on \d{4}-\d\d-\d\d, with \d+ open questions and no", status)
    step(project, rate_limit="600/minute")
    assert "Changed since: rate_limit" in project.read("DESIGN.md")
    same_as_fresh(project, tmp_path / "fresh")
    step(project, approved=True)
    assert "Changed since" not in project.read("DESIGN.md")


@pytest.mark.parametrize(
    ("left_out", "named"),
    [
        ("problem", "problem"),
        ("target_users", "target_users"),
        ("use_cases", "use_cases"),
        ("managed_connector", "managed_connector"),
        ("docs_url", "docs_url"),
        ("auth_methods", "auth_methods"),
    ],
)
def test_a_new_approval_is_refused_while_anything_blocks_it(
    template: Path, tmp_path: Path, left_out: str, named: str
) -> None:
    answers = {name: value for name, value in SETTLED.items() if name != left_out}
    with pytest.raises(UserMessageError, match=f"approved: settle .*\n(.*\n)*  - {named}: "):
        new_project(template, tmp_path / "project", **answers, approved=True, approved_by="Ada")
    assert not (tmp_path / "project").exists()


def test_an_approval_without_a_name_is_refused(template: Path, tmp_path: Path) -> None:
    project = new_project(template, tmp_path / "project", **SETTLED)
    step(project, risk_decisions=decided(project))
    with pytest.raises(UserMessageError, match="approved_by: say who approves"):
        project.update(approved=True)
    assert project.status() == ""


def test_an_approval_on_record_lapses_on_the_page_and_is_never_refused(
    template: Path, tmp_path: Path
) -> None:
    project = new_project(template, tmp_path / "project", **SETTLED)
    step(project, risk_decisions=decided(project), approved=True, approved_by="Ada")
    step(project, problem="")
    assert "Approval by Ada on" in project.read("DESIGN.md")
    assert "lapsed" in project.read("DESIGN.md")
    same_as_fresh(project, tmp_path / "fresh")


# User defaults


def test_answers_that_arrive_as_user_defaults_count_as_given(
    template: Path, tmp_path: Path
) -> None:
    copier.run_copy(
        str(template),
        tmp_path / "project",
        TWO,
        user_defaults={"owner": "Ada", "target_users": "Finance, Sales"},
        defaults=True,
        unsafe=True,
        quiet=True,
    )
    recorded = yaml.safe_load((tmp_path / "project/sources/acme/.copier-answers.yml").read_text())
    assert recorded["owner"] == "Ada"
    assert recorded["target_users"] == ["Finance", "Sales"]


def test_a_plan_on_record_is_stronger_than_user_defaults(two: Project) -> None:
    step(two, owner="Grace")
    copier.run_update(
        two.folder,
        user_defaults={"owner": "Ada"},
        answers_file=two.answers_file,
        vcs_ref=copier.VcsRef.CURRENT,
        defaults=True,
        overwrite=True,
        unsafe=True,
        quiet=True,
    )
    assert two.answers()["owner"] == "Grace"
    git(two.folder, "status")


# At a terminal


class Terminal:
    """Answers the prompts of a run: what is proposed, but for some questions."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, **typed: Any) -> None:
        self.asked: list[str] = []
        self.shown: dict[str, dict[str, Any]] = {}
        self._typed = typed
        monkeypatch.setattr("copier._main.unsafe_prompt", self._prompt)

    def _prompt(self, structure: list[dict[str, Any]], answers: dict[str, Any]) -> dict[str, Any]:
        name = structure[0]["name"]
        self.asked.append(name)
        self.shown[name] = structure[0]
        return {name: self._typed.get(name, answers[name])}


def at_a_terminal(project: Project, **options: Any) -> None:
    copier.run_update(
        project.folder,
        answers_file=project.answers_file,
        vcs_ref=copier.VcsRef.CURRENT,
        overwrite=True,
        unsafe=True,
        **options,
    )


def test_whoever_accepts_every_proposal_has_said_nothing(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = Terminal(monkeypatch, connector="acme", tables=["orders"], depth="full")
    copier.run_copy(str(template), tmp_path / "plan", unsafe=True, quiet=True)
    file = tmp_path / "plan/sources/acme/.copier-answers.yml"
    recorded = yaml.safe_load(file.read_text(encoding="utf-8"))
    given = {name for name in recorded if not name.startswith("_")}
    assert given == {"connector", "layout", "created", "depth", "tables"}
    assert {"features", "managed_connector", "p0_tables"} <= set(terminal.asked)
    first_lines = r"Step \d of 6 · [A-Z][a-z ]+ · (\d+) of about (\d+)\n\n\w"
    far = [re.findall(first_lines, one["message"]) for one in terminal.shown.values()]
    assert [int(one[0][0]) for one in far] == list(range(1, len(terminal.asked) + 1))
    # The first totals are those of a short session; the last one has nothing left to guess.
    assert int(far[0][0][1]) < len(terminal.asked) == int(far[-1][0][1])


def test_a_proposal_of_somebody_elses_says_whose_it_is_until_it_is_answered(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = Terminal(
        monkeypatch, connector="intercom", tables=["admins"], auth_methods=["basic"]
    )
    copier.run_copy(str(template), tmp_path / "plan", unsafe=True, quiet=True)
    assert "\nProposed by Airbyte's source-intercom" in terminal.shown["auth_methods"]["message"]
    assert "Proposed by" not in terminal.shown["docs_url"]["message"]  # nobody knows the address
    plan = Project(tmp_path / "plan", template, "intercom", "sources/intercom")
    git(plan.folder, "init", "-q")
    plan.commit()
    again = Terminal(monkeypatch)
    at_a_terminal(plan, quiet=True, ask=["auth_methods"])
    assert "Proposed by" not in again.shown["auth_methods"]["message"]


def test_what_is_on_record_is_shown_so_that_it_can_be_typed_over(
    two: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = [{"name": "orders", "rows": 5, "primary_keys": ["id"]}, "users"]
    step(two, page_size=50, tables=tables)
    terminal = Terminal(monkeypatch, page_size="200")
    at_a_terminal(two, quiet=True, ask=["tables", "page_size"])
    shown = terminal.shown["page_size"]
    assert shown["default"] == "" and "On record: 50." in shown["message"]
    assert terminal.shown["tables"]["default"] == (
        "- {name: orders, primary_keys: [id], rows: 5}\n- users"
    )
    assert two.answers()["page_size"] == 200
    assert two.answers()["tables"] == tables
    two.commit()
    Terminal(monkeypatch)
    at_a_terminal(two, quiet=True, ask=["tables", "page_size"])
    assert two.status() == ""


def test_an_answer_at_a_prompt_that_says_not_that_is_recorded(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = {"connector": "zendesk", "tables": ["tickets"], "third_party_connectors": ""}
    Terminal(monkeypatch, **said, recommendation_reason="Custom objects are needed.")
    copier.run_copy(str(template), tmp_path / "plan", unsafe=True, quiet=True)
    file = tmp_path / "plan/sources/zendesk/.copier-answers.yml"
    recorded = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert recorded["third_party_connectors"] in ("", None)
    assert "managed_connector" not in recorded


def test_an_update_asks_what_is_open_and_nothing_else(
    two: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    step(two, docs_url="https://acme.example/docs", problem="Too slow.")
    terminal = Terminal(monkeypatch, target_users=["Finance"])
    at_a_terminal(two, quiet=True)
    assert {"depth", "use_cases", "auth_methods"} <= set(terminal.asked)
    assert not {"connector", "docs_url", "problem", "p0_tables", "features"} & set(terminal.asked)
    two.commit()
    assert two.answers()["target_users"] == ["Finance"]
    again = Terminal(monkeypatch)
    at_a_terminal(two, quiet=True)
    assert "target_users" not in again.asked
    assert two.status() == ""


def test_raising_the_depth_asks_what_a_short_session_left_out(
    two: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = Terminal(monkeypatch)
    at_a_terminal(two, quiet=True, data={"depth": "full"})
    assert {"features", "api_version", "auth_traits", "owner"} <= set(terminal.asked)
    assert "source_type" not in terminal.asked


def test_all_questions_are_asked_where_somebody_wants_them(
    two: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = Terminal(monkeypatch)
    at_a_terminal(two, quiet=True, ask=["source_*", "p0_tables"])
    assert {"source_name", "source_type", "p0_tables"} <= set(terminal.asked)
    assert two.status() == ""


def test_an_approval_is_asked_for_once_there_is_something_to_approve(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Terminal(monkeypatch, **SETTLED)
    copier.run_copy(str(template), tmp_path / "plan", unsafe=True, quiet=True)
    assert "approved" not in first.asked
    project = new_project(template, tmp_path / "project", **SETTLED)
    step(project, risk_decisions=decided(project))
    terminal = Terminal(monkeypatch, approved=True, approved_by="Ada")
    at_a_terminal(project, quiet=True)
    assert terminal.asked[-2:] == ["approved", "approved_by"]
    assert "Approved by Ada on" in project.read("DESIGN.md")


def test_the_last_message_says_what_the_document_says(
    two: Project, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    Terminal(monkeypatch, source_name="Zendesk Support", managed_connector="no")
    at_a_terminal(two, ask=["source_name", "managed_connector"])
    said = capfd.readouterr().err
    status = re.search(r"\*\*Status\*\*: (.*)", two.read("DESIGN.md"))
    assert status and f"Zendesk Support: {status[1]}" in said
    assert "-a sources/acme/.copier-answers.yml" in said
