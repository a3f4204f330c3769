"""The skill for agents: it has the open format, and its commands work as they stand there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from projects import ROOT, git, release

FOLDER = ROOT / "skills" / "plan-connector"
TEXT = (FOLDER / "SKILL.md").read_text("utf-8")
COMMANDS = re.findall(r"^```bash\n(.+?)^```$", TEXT, re.MULTILINE | re.DOTALL)
DESCRIPTION = """\
openapi: 3.0.0
info: {title: Acme, version: "1"}
servers: [{url: https://api.acme.example}]
paths:
  /orders:
    get:
      responses:
        "200":
          description: Orders
          content:
            application/json:
              schema:
                type: array
                items:
                  type: object
                  properties: {id: {type: integer}, updated_at: {type: string}}
"""


def test_the_format_is_that_of_agent_skills() -> None:
    head = yaml.safe_load(TEXT.split("---\n")[1])
    assert head["name"] == FOLDER.name
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", head["name"])
    assert len(head["description"]) <= 1024
    assert len(head["compatibility"]) <= 500
    assert len(TEXT.splitlines()) <= 150


def test_it_names_questions_and_pages_that_exist() -> None:
    questions = (ROOT / "docs/reference/questions.md").read_text("utf-8")
    section = TEXT.split("## 2. Ask the person")[1].split("##")[0]
    for name in re.findall(r"`([a-z_]+)`", section):
        assert f"`{name}`" in questions or name in ("extend", "adopt", "build", "stop"), name
    for page in re.findall(r"`(docs/\S+\.md)`", TEXT):
        assert (ROOT / page).is_file(), page


@pytest.mark.skipif(os.name == "nt", reason="the commands are for a Unix shell")
def test_every_command_works_one_after_the_other(template: Path, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    shutil.copytree(template, clone)
    shutil.copytree(ROOT / "scripts", clone / "scripts", dirs_exist_ok=True)
    for name in ("Makefile", *(file.name for file in ROOT.glob("requirements*.txt"))):
        shutil.copy(ROOT / name, clone)
    release(clone, "v1.1.0")
    work = tmp_path / "work"
    work.mkdir()
    git(work, "init", "-q", "-b", "main")
    (work / "description.yaml").write_text(DESCRIPTION)
    release(work, "start")
    environment = os.environ | {
        "TEMPLATE": str(clone),
        "NAME": "acme",
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        **{f"GIT_{who}_NAME": "Ada" for who in ("AUTHOR", "COMMITTER")},
        **{f"GIT_{who}_EMAIL": "ada@example.com" for who in ("AUTHOR", "COMMITTER")},
    }
    for command in COMMANDS:
        if command.startswith("make "):
            command = command.replace("make ", "make -n ")  # it fetches a package
        done = subprocess.run(
            ["bash", "-euc", command],
            cwd=work,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    assert "100" in (work / "sources/acme/DESIGN.md").read_text("utf-8")
    assert "**Capacity**" in done.stdout or "**Open questions**" in done.stdout
