"""Plans of the first edition, made by the last commit that wrote them, taken up by an update."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from drawing import CHOICES
from gallery import faults
from generated.running import run_tests
from planning.answers.table_facts import FACTS
from projects import ROOT, Project, git, new_project

EXAMPLES = sorted((ROOT / "examples").glob("*.yml"))
NEW_SINCE = {"unconfirmed", "oauth", "earliest", "page_end", "answer_traits", "adopts"}


def last_commit() -> str:
    """The commit before the one that began to record what was given; '' in a shallow checkout."""
    first = ("log", "--diff-filter=A", "--format=%H", "-1", "--", "extensions/planning/record.py")
    began = git(ROOT, *first).strip() if (ROOT / ".git").exists() else ""
    return git(ROOT, "rev-list", "--parents", "-1", began).split()[1] if began else ""


LAST = last_commit()

pytestmark = pytest.mark.skipif(not LAST, reason="needs the history of this repository")


@pytest.fixture(scope="module")
def editions(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A template that was released by the first edition and then as it stands here."""
    folder = tmp_path_factory.mktemp("editions") / "template"
    git(ROOT, "clone", "-q", "--no-checkout", str(ROOT), str(folder))
    git(folder, "checkout", "-q", LAST)
    git(folder, "tag", "-f", "v0.1.0")
    for part in ("copier.yml", "questions", "extensions", "template", "design"):
        git(folder, "rm", "-rqf", part)
        copied = shutil.copytree if (template / part).is_dir() else shutil.copy
        copied(template / part, folder / part)
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "next")
    git(folder, "tag", "-f", "v9.0.0")
    return folder


def plan_of(editions: Path, folder: Path, **answers: Any) -> Project:
    return new_project(editions, folder, vcs_ref="v0.1.0", **answers)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda file: file.stem)
def test_an_example_is_taken_up_as_if_it_were_copied_today(
    example: Path, editions: Path, tmp_path: Path
) -> None:
    answers = yaml.safe_load(example.read_text(encoding="utf-8"))
    answers = {name: value for name, value in answers.items() if name not in NEW_SINCE}
    in_old_words(answers)
    project = plan_of(editions, tmp_path / "old", **answers)
    project.update(vcs_ref="v9.0.0")
    fresh = new_project(editions, tmp_path / "new", vcs_ref="v9.0.0", **answers)
    assert project.answers().items() <= fresh.answers().items()  # less what follows by itself
    code = f"{project.connector}_plan.py"
    if project.path(code).exists():
        assert project.read(code) == fresh.read(code)
        run = run_tests(project.folder)
        assert run.code == 0, run.output
    assert without_origins(project.read("DESIGN.md")) == without_origins(fresh.read("DESIGN.md"))


def in_old_words(answers: dict[str, Any]) -> None:
    """Takes out what the first edition had no words for."""
    for table in answers.get("tables") or []:
        for key in FACTS:
            table.pop(key, None)
    if "at once" in answers.get("rate_limit", ""):
        answers["rate_limit"] = "none"
    # Rated lower then: it has grown since its decision, and the document says so.
    answers.get("risk_decisions", {}).pop("types-differ-from-docs", None)


def without_origins(design: str) -> str:
    """The document without the section that tells what somebody said from what is known."""
    before, _, rest = design.partition("## 2. Source Analysis")
    return before + rest.partition("## 3. Scope")[2]


def test_a_built_connector_is_judged_without_a_line_of_its_author_changed(
    editions: Path, tmp_path: Path
) -> None:
    answers = {**faults.ANSWERS, "tables": [dict(table) for table in faults.ANSWERS["tables"]]}
    in_old_words(answers)
    project = plan_of(editions, tmp_path / "old", **answers)
    by_hand = project.read("tests/conftest.py")
    project.update(vcs_ref="v9.0.0")
    faults.simulate(project)
    for name in ("the source filters and orders", "equal cursors are cut apart by the cap"):
        change = {**faults.RIGHT, **faults.MISTAKES}[name]
        faults.build(project.path("."), change)
        run = run_tests(project.folder, str(project.path("tests/test_shop_plan.py")))
        assert run.code == (1 if name in faults.MISTAKES else 0), run.output
        assert change.says in run.output
    assert project.read("tests/conftest.py") == by_hand


@pytest.mark.parametrize("seed", range(3))
def test_no_answer_of_a_random_plan_is_lost(seed: int, editions: Path, tmp_path: Path) -> None:
    dice = random.Random(seed)
    names = dice.sample(sorted(CHOICES.keys() - NEW_SINCE - {"approved", "features"}), 12)
    answers = {name: dice.choice(CHOICES[name]) for name in names}
    tables = ["orders", "logs", {"name": "customers", "ingestion": "cdc"}]
    answers |= {"connector": "acme", "tables": tables, "created": "2026-11-24"}
    answers.pop("table_details", None)
    answers.pop("risk_decisions", None)
    project = plan_of(editions, tmp_path / "old", **answers)
    project.update(vcs_ref="v9.0.0")
    recorded = project.answers()
    nothing = ("", [], {}, None, 0, "unknown", "new", "essential", "rest_api", "build", 1, "Acme")
    for name, value in answers.items():
        assert recorded.get(name) == value or value in nothing, name
    project.commit()
    project.update(vcs_ref="v9.0.0")
    assert project.status() == ""
