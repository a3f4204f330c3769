"""Does what docs/tutorial.md says, step by step, and sees what it says one will see."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from projects import ROOT, clone_template

TUTORIAL = ROOT / "docs" / "tutorial.md"
END_OF_COMMANDS = "=== end of commands ==="


@dataclass(frozen=True)
class Block:
    """A fenced block: commands to run (`bash`), what they say (`text`), or code to write."""

    kind: str
    file: str
    content: str


def blocks() -> Iterator[Block]:
    """The fenced blocks of the tutorial."""
    text = TUTORIAL.read_text(encoding="utf-8")
    for kind, file, content in re.findall(
        r'^```(\w+)(?: title="([^"]*)")?\n(.*?)^```$', text, re.MULTILINE | re.DOTALL
    ):
        yield Block(kind, file, content)


def write_code(folder: Path, block: Block) -> None:
    """Puts code in the place of the function or constant of the same name, as a reader does."""
    file = folder / block.file
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    name = re.match(r"\s*(?:def )?(\w+)", block.content)
    assert name
    [place] = [
        node
        for node in ast.walk(ast.parse("".join(lines)))
        if name[1] in (getattr(node, "name", ""), _assigned(node))
    ]
    lines[place.lineno - 1 : place.end_lineno] = [block.content]
    file.write_text("".join(lines), encoding="utf-8")


def _assigned(node: ast.AST) -> str:
    target = node.targets[0] if isinstance(node, ast.Assign) else None
    return target.id if isinstance(target, ast.Name) else ""


@dataclass
class Reader:
    """Somebody at a shell, who begins in the clone of the template."""

    clone: Path

    def __post_init__(self) -> None:
        settings = {
            "GIT_AUTHOR_NAME": "Ada",
            "GIT_AUTHOR_EMAIL": "ada@example.com",
            "GIT_COMMITTER_NAME": "Ada",
            "GIT_COMMITTER_EMAIL": "ada@example.com",
        }
        clean = {name: value for name, value in os.environ.items() if "PYTEST" not in name}
        self.shell = subprocess.Popen(
            ["bash", "-e"],
            cwd=self.clone,
            env={**clean, **settings},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, commands: str) -> str:
        """Runs commands and returns what they say; fails where one of them does."""
        assert self.shell.stdin and self.shell.stdout
        self.shell.stdin.write(f"{commands}\necho '{END_OF_COMMANDS}'\n")
        self.shell.stdin.flush()
        said = []
        for line in self.shell.stdout:
            if line.startswith(END_OF_COMMANDS):
                return "".join(said)
            said.append(line)
        pytest.fail(f"{commands}\nfailed:\n{''.join(said)}")

    def close(self) -> None:
        """Ends the shell."""
        assert self.shell.stdin and self.shell.stdout
        self.shell.stdin.close()
        self.shell.wait()
        self.shell.stdout.close()


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Reader]:
    clone = clone_template(tmp_path / "clone")
    shutil.copytree(ROOT / "scripts", clone / "scripts")
    (clone / ".git" / "info" / "exclude").write_text(".venv/\nscripts/\n")
    activate = clone / ".venv" / "bin" / "activate"  # what `make plan` leaves behind
    activate.parent.mkdir(parents=True)
    activate.write_text(f'PATH="{Path(sys.executable).parent}:$PATH"\n')
    person = Reader(clone)
    yield person
    person.close()


@pytest.mark.skipif(sys.platform == "win32", reason="the tutorial is written for a Unix shell")
def test_the_tutorial_leads_to_a_green_acceptance_test(reader: Reader, tmp_path: Path) -> None:
    said = ""
    for block in blocks():
        if block.kind == "bash":
            said = reader.run(block.content)
        elif block.kind == "text":
            for line in block.content.splitlines():
                assert line in said, f"{TUTORIAL.name} promises {line!r}, the commands say:\n{said}"
        else:
            write_code(tmp_path / "lakehouse", block)
    outcomes = reader.run("python -m pytest -rxp sources/pagerduty/tests").splitlines()
    passed = [line for line in outcomes if line.startswith("PASSED")]
    waiting = [line for line in outcomes if line.startswith("XFAIL")]
    assert any("test_reads_the_last_page[services]" in line for line in passed)
    assert not any("[services]" in line for line in waiting)
    assert any("[incidents]" in line for line in waiting)
