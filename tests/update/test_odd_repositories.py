"""Repositories that are not as one expects, and what an update makes of them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from copier import VcsRef, run_update
from copier._main import Worker
from copier.errors import UserMessageError
from projects import ROOT, SMALL, Project, git, new_project
from promise import snapshot

NOTE = "Asked the vendor on Monday."


def note(project: Project, paragraph: str = NOTE) -> None:
    """Writes into the Notes block of the risks."""
    end = "<!-- end of notes: risks -->"
    project.replace("DESIGN.md", end, f"{paragraph}\n\n{end}")


@pytest.fixture(params=["lakehouse", "große Seen"])
def inside(template: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Project:
    """A plan in a folder of a larger repository; Git writes some letters in quotes."""
    place = tmp_path / "all of it" / request.param
    place.mkdir(parents=True)
    git(place.parent, "init", "-q", "-b", "main")
    (place.parent / "README.md").write_text("Ours.\n")
    return new_project(template, place, **SMALL)


def test_notes_and_code_survive_in_a_folder_of_a_larger_repository(inside: Project) -> None:
    note(inside)
    inside.write("acme.py", f"{inside.read('acme.py')}\nMINE = 1\n")
    inside.commit()
    inside.update(rate_limit="5/s")
    assert NOTE in inside.read("DESIGN.md")
    assert "MINE = 1" in inside.read("acme.py")
    assert (inside.folder.parent / "README.md").read_text() == "Ours.\n"


@pytest.mark.parametrize("answers_file", [None, ".copier-answers.yml"])
def test_an_update_from_the_folder_of_the_plan_is_refused(
    template: Path, tmp_path: Path, answers_file: str | None
) -> None:
    project = new_project(template, tmp_path / "project", **SMALL)
    with pytest.raises(UserMessageError, match=r"with -a sources/acme/\.copier-answers\.yml"):
        run_update(
            project.path(""),
            data={"rate_limit": "5/s"},
            answers_file=answers_file,
            vcs_ref=VcsRef.CURRENT,
            defaults=True,
            overwrite=True,
            unsafe=True,
            quiet=True,
        )
    assert project.status() == ""


@pytest.mark.parametrize(
    ("written", "wrong", "given"),
    [
        ("pagination: offset", "pagination: bogus", {"pagination": "cursor"}),
        ("page_size: 50", "page_size: lots", {"page_size": 100}),
        ("depth: full", "depth: deep", {"depth": "full"}),
        ("p0_tables:\n", "p0_tables:\n- gone\n", {"problem": "None."}),
    ],
)
def test_an_answer_that_was_spoilt_by_hand_is_refused_until_it_is_given_anew(
    template: Path, tmp_path: Path, written: str, wrong: str, given: dict[str, Any]
) -> None:
    more = {"pagination": "offset", "page_size": 50, "depth": "full", "p0_tables": ["orders"]}
    project = new_project(template, tmp_path / "project", **SMALL, **more)
    project.replace(".copier-answers.yml", written, wrong)
    project.commit()
    if "problem" not in given:
        with pytest.raises(UserMessageError, match="as it is on record"):
            project.update(problem="None.")
        assert project.status() == ""
    project.update(**given)
    assert project.answers().items() >= given.items()


def test_a_file_of_ones_own_with_the_name_of_one_of_the_plan_is_left_over_as_well(
    template: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    project = new_project(template, tmp_path / "project", **SMALL)
    project.write("tests/interface.py", "MINE = 1\n")
    project.commit()
    project.update(recommendation="stop")
    said = capfd.readouterr().err
    assert "sources/acme/tests/interface.py is left over" in said
    assert "sources/acme/interface.py is left over" not in said
    project.commit()
    project.update(recommendation_reason="Nobody asks for it any more.")
    assert "left over" not in capfd.readouterr().err


def test_a_file_of_the_plan_that_somebody_deleted_comes_back(inside: Project) -> None:
    inside.path("interface.py").unlink()
    inside.commit()
    inside.update(rate_limit="5/s")
    assert inside.path("interface.py").exists()


def test_a_document_that_git_ignores_keeps_its_notes(small_project: Project) -> None:
    (small_project.folder / ".gitignore").write_text("DESIGN.md\n")
    git(small_project.folder, "rm", "-q", "--cached", small_project.path("DESIGN.md").as_posix())
    note(small_project)
    small_project.commit()
    small_project.update(rate_limit="5/s")
    assert NOTE in small_project.read("DESIGN.md")
    assert "5/s" in small_project.read("DESIGN.md")


def test_a_document_that_is_not_utf_8_is_refused_with_its_line(small_project: Project) -> None:
    note(small_project)
    design = small_project.path("DESIGN.md")
    text = design.read_text().replace(NOTE, "Grüße")
    design.write_bytes(text.encode("latin-1", "replace"))
    small_project.commit()
    line = text[: text.index("Grüße")].count("\n") + 1
    with pytest.raises(UserMessageError, match=f"DESIGN.md: line {line} is not UTF-8"):
        small_project.update(rate_limit="5/s")
    assert small_project.status() == ""


def test_a_document_that_no_plan_wrote_is_kept(template: Path, tmp_path: Path) -> None:
    design = tmp_path / "project/sources/acme/DESIGN.md"
    design.parent.mkdir(parents=True)
    design.write_text("# How we built it\n")
    git(tmp_path / "project", "init", "-q")
    project = new_project(template, tmp_path / "project", **SMALL)
    project.update(rate_limit="5/s")
    assert design.read_text() == "# How we built it\n"
    assert "5/s" in project.read("acme_plan.py")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"connector": "beta"}, r"connector: this plan is acme; .* plan beta with copy"),
        ({"layout": "upstream"}, r"layout: this plan stands in sources/acme; move it first"),
    ],
)
def test_a_plan_does_not_move_by_an_update(
    small_project: Project, change: dict[str, Any], said: str
) -> None:
    with pytest.raises(UserMessageError, match=said):
        small_project.update(**change)
    assert small_project.status() == ""


def test_a_plan_that_was_moved_with_its_answers_may_say_so(small_project: Project) -> None:
    note(small_project)
    there = "src/databricks/labs/community_connector/sources/acme"
    (small_project.folder / there).parent.mkdir(parents=True)
    small_project.path("").rename(small_project.folder / there)
    small_project.package = there
    small_project.commit()
    small_project.update(layout="upstream")
    assert NOTE in small_project.read("DESIGN.md")
    assert not (small_project.folder / "sources").exists()


def test_a_recopy_renews_the_document_and_keeps_what_people_wrote(small_project: Project) -> None:
    note(small_project)
    small_project.recopy(rate_limit="5/s")
    assert NOTE in small_project.read("DESIGN.md")
    assert "5/s" in small_project.read("DESIGN.md")


def test_an_update_that_is_stopped_is_put_back_by_the_command_it_names(
    small_project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    note(small_project)
    small_project.path("acme_api_doc.md").unlink()  # so that the update makes a file
    small_project.commit()
    before = snapshot(small_project.folder)
    render = Worker._render_file

    def stop_behind_the_document(
        self: Worker, source: Path, target: Path, *rest: Any, **more: Any
    ) -> None:
        render(self, source, target, *rest, **more)
        if target.name == "DESIGN.md":
            raise KeyboardInterrupt

    monkeypatch.setattr(Worker, "_render_file", stop_behind_the_document)
    with pytest.raises(KeyboardInterrupt):
        small_project.update(rate_limit="5/s")
    assert snapshot(small_project.folder) != before
    assert NOTE in small_project.read("DESIGN.md")
    messages = yaml.safe_load((ROOT / "questions" / "messages.yml").read_text())
    command = re.search(r"`git ([^`]+)`", messages["_message_before_update"])
    assert command
    git(small_project.folder, *command[1].split())
    assert snapshot(small_project.folder) == before
