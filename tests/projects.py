"""Copies of the template and projects made from it, for tests that need a real repository."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import copier
import yaml

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE_PARTS = ("copier.yml", "questions", "extensions", "template", "design")

SMALL: dict[str, Any] = {
    "connector": "acme",
    "tables": [
        {"name": "orders", "ingestion": "cdc", "primary_keys": ["id"], "cursor_field": "changed"},
        {"name": "customers", "ingestion": "snapshot", "primary_keys": ["id"]},
    ],
    "created": "2026-11-24",
}
"""Answers of a small plan, for tests that care for something else."""


def git(folder: Path, *arguments: str) -> str:
    """Runs Git as somebody whose settings do not depend on the machine."""
    settings = ("user.name=Ada", "user.email=ada@example.com", "commit.gpgsign=false", "gc.auto=0")
    options = [part for setting in settings for part in ("-c", setting)]
    done = subprocess.run(
        ["git", *options, *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"git {' '.join(arguments)}: {done.stdout}{done.stderr}"
    return done.stdout


def clone_template(folder: Path, version: str = "v1.0.0") -> Path:
    """The template as it stands in the working tree, committed and tagged in its own folder."""
    for part in TEMPLATE_PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(
                source, folder / part, ignore=shutil.ignore_patterns("__pycache__", ".*_cache")
            )
        elif source.exists():
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, folder / part)
    git(folder, "init", "-q", "-b", "main")
    release(folder, version)
    return folder


def release(template: Path, version: str) -> None:
    """Commits what changed in a template and tags it."""
    git(template, "add", "-A")
    git(template, "commit", "-q", "--allow-empty", "-m", version)
    git(template, "tag", version)


@dataclass
class Project:
    """A repository with plans in it, and what a person does there."""

    folder: Path
    template: Path
    connector: str = "acme"
    package: str = "sources/acme"

    @property
    def answers_file(self) -> str:
        return f"{self.package}/.copier-answers.yml"

    def path(self, name: str) -> Path:
        """A file of the connector, by its name in the package folder."""
        return self.folder / self.package / name

    def read(self, name: str) -> str:
        return self.path(name).read_bytes().decode()  # line ends stay as they are

    def write(self, name: str, text: str) -> None:
        self.path(name).write_bytes(text.encode())

    def replace(self, name: str, old: str, new: str) -> None:
        """Edits a file as a person does; the text to replace must be there."""
        text = self.read(name)
        assert old in text, f"{old!r} is not in {name}"
        self.write(name, text.replace(old, new, 1))

    def answers(self) -> dict[str, Any]:
        recorded = yaml.safe_load(self.read(".copier-answers.yml"))
        return {name: value for name, value in recorded.items() if not name.startswith("_")}

    def commit(self, message: str = "work") -> None:
        git(self.folder, "add", "-A")
        git(self.folder, "commit", "-q", "--allow-empty", "-m", message)

    def status(self) -> str:
        return git(self.folder, "status", "--porcelain")

    def update(self, vcs_ref: Any = copier.VcsRef.CURRENT, **answers: Any) -> None:
        """`copier update` of this connector, with changed answers."""
        copier.run_update(
            self.folder,
            data=answers,
            answers_file=self.answers_file,
            vcs_ref=vcs_ref,
            defaults=True,
            overwrite=True,
            unsafe=True,
            quiet=True,
        )

    def recopy(self, **answers: Any) -> None:
        copier.run_recopy(
            self.folder,
            data=answers,
            answers_file=self.answers_file,
            vcs_ref=copier.VcsRef.CURRENT,
            defaults=True,
            overwrite=True,
            unsafe=True,
            quiet=True,
        )

    def fresh_copy(self, folder: Path) -> Project:
        """What a fresh copy with the answers on record gives."""
        version = yaml.safe_load(self.read(".copier-answers.yml"))["_commit"]
        copy = new_project(self.template, folder, vcs_ref=version, **self.answers())
        copy.package = self.package
        return copy

    def from_record(self, folder: Path) -> Project:
        """What the answers file alone gives, in a repository with nothing else."""
        copy = Project(folder, self.template, self.connector, self.package)
        copy.path("").mkdir(parents=True)
        copy.write(".copier-answers.yml", self.read(".copier-answers.yml"))
        git(folder, "init", "-q", "-b", "main")
        copy.commit("answers")
        copy.recopy()
        return copy


def new_project(
    template: Path, folder: Path, *, vcs_ref: str | None = None, **answers: Any
) -> Project:
    """A repository with one plan, committed."""
    exists = folder.exists()
    copier.run_copy(
        str(template), folder, answers, defaults=True, unsafe=True, quiet=True, vcs_ref=vcs_ref
    )
    if not exists:
        git(folder, "init", "-q", "-b", "main")
    upstream = answers.get("layout") == "upstream"
    root = "src/databricks/labs/community_connector/" if upstream else ""
    connector = answers["connector"]
    project = Project(folder, template, connector, f"{root}sources/{connector}")
    project.commit("plan")
    return project
