"""Plans made with one version of the template, updated with the next."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from copier.errors import UserMessageError
from projects import ROOT, SMALL, Project, clone_template, new_project, release

NEXT = "v2.0.0"
PAGE = ROOT / "docs" / "contributing" / "move-an-answer.md"


@pytest.fixture
def versions(tmp_path: Path) -> Path:
    """A template of its own, released once; a test writes and releases the next version."""
    return clone_template(tmp_path / "template")


def change(template: Path, file: str, old: str, new: str) -> None:
    """Edits a file of the template; the text to replace must be there."""
    path = template / file
    text = path.read_text()
    assert old in text, f"{file} has changed; adapt this test"
    path.write_text(text.replace(old, new))


def rename_everywhere(template: Path, old: str, new: str) -> None:
    """Renames in all files of the planning package."""
    files = [file for file in template.rglob("*.py") if old in file.read_text()]
    assert files, f"nothing is called {old} any more; adapt this test"
    for file in files:
        file.write_text(file.read_text().replace(old, new))


def migrate(template: Path, script: str) -> None:
    """Adds a migration to the next version, in the way that the page for maintainers says."""
    entry = next(blocks("yaml"))
    called = re.search(r"extensions/(migrations/\w+\.py)", entry)
    assert called
    file = template / "extensions" / called[1]
    file.parent.mkdir()
    file.write_text(script)
    change(template, "copier.yml", "_exclude:\n", entry + "_exclude:\n")


def blocks(language: str) -> Iterator[str]:
    """The code of the page for maintainers, in one language."""
    for found in re.findall(rf"^ *```{language}\n(.*?)^ *```", PAGE.read_text(), re.S | re.M):
        yield textwrap.dedent(found)


def upgrade(project: Project, **answers: Any) -> None:
    project.commit()
    project.update(vcs_ref=NEXT, **answers)


def same_as_a_fresh_copy(project: Project, folder: Path, **answers: Any) -> None:
    """Without ticks and notes, an upgraded plan is what a copy of the next version gives."""
    fresh = new_project(project.template, folder, **answers)
    for name in ("DESIGN.md", "acme_plan.py", "tests/test_acme_plan.py"):
        assert project.read(name) == fresh.read(name), name


def test_a_changed_rule_shows_as_in_a_fresh_copy(versions: Path, tmp_path: Path) -> None:
    project = new_project(versions, tmp_path / "project", **SMALL)
    rename_everywhere(versions, "Nobody knows the rate limit", "The rate limit is a secret")
    release(versions, NEXT)
    upgrade(project)
    assert "The rate limit is a secret" in project.read("DESIGN.md")
    same_as_a_fresh_copy(project, tmp_path / "fresh", **SMALL)


def test_a_renamed_question_keeps_its_answer(versions: Path, tmp_path: Path) -> None:
    project = new_project(versions, tmp_path / "project", **SMALL, owner="Ada")
    questions = "questions/6_plan.yml"
    change(versions, questions, "\nowner:", "\nplan_owner:")
    change(
        versions,
        questions,
        "{{ owner | refusal('owner') }}",
        "{{ plan_owner | refusal('plan_owner') }}",
    )
    answers = "extensions/planning/answers/"
    change(versions, f"{answers}reading.py", '"owner": parse_text', '"plan_owner": parse_text')
    fields = f"{answers}answer_types.py"
    change(versions, fields, "FIELDS = {", 'FIELDS = {"plan_owner": "owner", ')
    migrate(versions, next(blocks("python")))
    release(versions, NEXT)
    upgrade(project)
    assert project.answers()["plan_owner"] == "Ada"
    assert "owner" not in project.answers()
    assert "> **Owner**: Ada" in project.read("DESIGN.md")


def test_a_renamed_risk_keeps_its_decision(versions: Path, tmp_path: Path) -> None:
    accepted = {"rate-limit-unknown": {"status": "accepted", "note": "asked twice"}}
    project = new_project(versions, tmp_path / "project", **SMALL, risk_decisions=accepted)
    rename_everywhere(versions, "rate-limit-unknown", "limit-not-known")
    _, rename = blocks("python")
    migrate(versions, rename)
    release(versions, NEXT)
    upgrade(project)
    recorded = project.answers()
    assert recorded["risk_decisions"] == {"limit-not-known": accepted["rate-limit-unknown"]}
    assert recorded["risk_levels"].keys() == {"limit-not-known"}
    assert re.search(
        r"`limit-not-known` \|.*\*\*Accepted\*\*: asked twice", project.read("DESIGN.md")
    )


def test_a_decision_on_a_rule_that_is_gone_stays_in_sight(versions: Path, tmp_path: Path) -> None:
    accepted = {"rate-limit-unknown": {"status": "accepted", "note": "asked twice"}}
    project = new_project(versions, tmp_path / "project", **SMALL, risk_decisions=accepted)
    rename_everywhere(versions, "rate-limit-unknown", "limit-not-known")
    release(versions, NEXT)
    upgrade(project)
    assert project.answers()["risk_decisions"] == accepted
    assert "- `rate-limit-unknown`: accepted, asked twice" in project.read("DESIGN.md")


def test_a_new_question_takes_its_default_and_a_removed_one_goes(
    versions: Path, tmp_path: Path
) -> None:
    project = new_project(versions, tmp_path / "project", **SMALL, analytics="churn")
    questions = versions / "questions" / "1_request.yml"
    asked = yaml.safe_load(questions.read_text())
    asked["reviewers"] = {"type": "str", "help": "Who reviews?", "default": "everybody"}
    del asked["analytics"]
    questions.write_text(yaml.safe_dump(asked, sort_keys=False))
    change(versions, "extensions/planning/answers/reading.py", '    "analytics": parse_text,\n', "")
    release(versions, NEXT)
    before = project.answers()
    upgrade(project)
    after = project.answers()
    assert "analytics" not in after
    assert "reviewers" not in after  # nobody has answered it
    del before["analytics"]
    assert after == before


def test_a_renamed_choice_is_moved_by_a_migration(versions: Path, tmp_path: Path) -> None:
    project = new_project(versions, tmp_path / "project", **SMALL, test_environment="simulator")
    rename_choice(versions)
    script = next(blocks("python")).replace(
        'answers["plan_owner"] = answers.pop("owner")', 'answers["test_environment"] = "replay"'
    )
    migrate(versions, script.replace('"owner" in answers', "answers"))
    release(versions, NEXT)
    upgrade(project)
    assert project.answers()["test_environment"] == "replay"


def test_without_a_migration_a_choice_that_is_gone_is_refused_by_name(
    versions: Path, tmp_path: Path
) -> None:
    project = new_project(versions, tmp_path / "project", **SMALL, test_environment="simulator")
    rename_choice(versions)
    release(versions, NEXT)
    with pytest.raises(UserMessageError, match="test_environment, as it is on record: "):
        upgrade(project)
    assert project.status() == ""
    upgrade(project, test_environment="replay")
    assert project.answers()["test_environment"] == "replay"


def rename_choice(template: Path) -> None:
    change(template, "questions/4_risks.yml", "like the source.: simulator", "like it.: replay")
    rename_everywhere(template, '"simulator"', '"replay"')


def test_each_version_gets_its_own_modules(versions: Path, tmp_path: Path) -> None:
    project = new_project(versions, tmp_path / "project", **SMALL)
    planning = versions / "extensions" / "planning" / "files"
    (planning / "report.py").rename(planning / "account.py")
    (planning / "words.py").write_text('ENDING = "Said by the new version."\n')
    summary = "extensions/planning/files/summary.py"
    change(versions, summary, "\n\ndef", "\nfrom .words import ENDING\n\n\ndef")
    change(versions, summary, 'return counted(0, "risk")', "return ENDING")
    change(versions, summary, "({', '.join(levels)})\"", '{ENDING}"')
    release(versions, NEXT)
    upgrade(project)
    assert "Said by the new version." in project.read("DESIGN.md")
