"""`make plan`, without a terminal."""

from __future__ import annotations

from pathlib import Path

import pytest
import run_plan


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A folder with a plan in it."""
    (tmp_path / "plan.yml").write_text("connector: acme\ntables: [orders]\n")
    assert run_plan.main(str(tmp_path / "plan.yml"), str(tmp_path / "made")) == 0
    return tmp_path / "made"


def test_the_last_line_is_the_path_of_the_document(
    made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = made.parent / "plan.yml"
    run_plan.main(str(plan), str(made))
    last = capsys.readouterr().out.splitlines()[-1]
    assert Path(last) == made / "sources/acme/DESIGN.md" and Path(last).exists()


def test_a_plan_that_stood_there_moves_beside_the_new_one(
    made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in (1, 2):
        (made / "mine.txt").write_text(f"mine, {number}")
        assert run_plan.main(str(made.parent / "plan.yml"), str(made)) == 0
        assert (made.parent / f"made-{number}" / "mine.txt").read_text() == f"mine, {number}"
        assert f"made-{number}" in capsys.readouterr().err
    assert not (made / "mine.txt").exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("connector: acme\ntables: [a]\nrate_limit: 5/minit", "did you mean min?"),
        ("connector: acme\nconnector: beta\ntables: [a]", "stands in line 1 already"),
        ("[", "is not YAML"),
        ("- a", "plan.yml"),
    ],
)
def test_a_plan_that_is_refused_costs_nobody_the_one_before(
    made: Path, capsys: pytest.CaptureFixture[str], text: str, said: str
) -> None:
    plan = made.parent / "plan.yml"
    plan.write_text(text)
    (made / "mine.txt").write_text("mine")
    assert run_plan.main(str(plan), str(made)) == 1
    assert said in capsys.readouterr().err
    assert (made / "mine.txt").exists() and (made / "sources/acme/DESIGN.md").exists()


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "work.txt").write_text("work")
    assert run_plan.main("", str(tmp_path)) == 1
    assert [file.name for file in tmp_path.iterdir()] == ["work.txt"]
