"""What a session costs as the plan grows, in calls: the same on every machine, and never flaky.

Seconds are the business of benchmarks/.
"""

from __future__ import annotations

import importlib.util
import shutil
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any

import pytest
from jinja2 import Environment
from planning import refusal
from planning.sources.catalogue import FILE_NAME
from projects import ROOT, Project, new_project

KINDS = ("cdc", "append", "snapshot")

PACKAGE = "/extensions/planning/"
CATALOGUE = ROOT / "extensions" / "planning" / "data" / FILE_NAME

Calls = Counter[str]
Plan = Callable[[int], dict[str, Any]]


def counted(run: Callable[[], object]) -> Calls:
    """How often `run` calls each function of the planning package."""
    calls: Calls = Counter()

    def count(frame: FrameType, event: str, _: object) -> None:
        code = frame.f_code
        if event == "call" and PACKAGE in code.co_filename:
            module = code.co_filename.rpartition(PACKAGE)[2]
            calls[f"{module}:{code.co_firstlineno} {code.co_name}"] += 1

    sys.setprofile(count)
    try:
        run()
    finally:
        sys.setprofile(None)
    return calls


def times(calls: Calls, module: str, function: str) -> int:
    """How often one function was called."""
    return sum(
        number
        for name, number in calls.items()
        if name.startswith(f"{module}:") and name.endswith(f" {function}")
    )


def described(number: int) -> dict[str, Any]:
    """A plan whose tables say everything themselves."""
    tables = [
        {
            "name": f"table_{position}",
            "ingestion": KINDS[position % 3],
            "priority": "P0" if position % 2 else "P1",
            "primary_keys": ["id"],
            "rows": 1000 * (position + 1),
        }
        for position in range(number)
    ]
    return {"connector": "acme", "tables": tables, "rate_limit": "10/s"}


def ticked(number: int) -> dict[str, Any]:
    """A plan whose tables are names, with boxes ticked for some of them."""
    tables = [f"table_{position}" for position in range(number)]
    ticks = {"cdc_tables": tables[::3], "append_tables": tables[1::3], "p0_tables": tables[::2]}
    return {"connector": "acme", "tables": tables, "rate_limit": "10/s", **ticks}


PLANS = pytest.mark.parametrize("plan", [described, ticked])


@PLANS
def test_no_function_of_the_package_is_called_more_often_than_in_proportion_to_the_tables(
    template: Path, tmp_path: Path, plan: Plan
) -> None:
    new_project(template, tmp_path / "first", **plan(1))  # loads what is loaded once
    few, many, twice = (
        counted(lambda size=size: new_project(template, tmp_path / str(size), **plan(size)))
        for size in (10, 100, 200)
    )
    grown = {
        name: (few[name], many[name], twice[name])
        for name in twice
        # Work by the square of the tables grows 2.7 times as fast on the second stretch.
        if twice[name] - many[name] > 1.5 * (many[name] - few[name]) * 100 / 90 + 100
    }
    assert grown == {}


@PLANS
def test_a_copy_works_the_plan_out_once(template: Path, tmp_path: Path, plan: Plan) -> None:
    calls = counted(lambda: new_project(template, tmp_path / "project", **plan(10)))
    assert times(calls, "plan/building.py", "build") == 1


def test_a_copy_reads_the_tables_five_times(template: Path, tmp_path: Path) -> None:
    """Checked alone and beside others, in Copier's validator, for the features, for the plan."""
    calls = counted(lambda: new_project(template, tmp_path / "project", **described(10)))
    assert times(calls, "answers/tables.py", "read_entries") == 5


def test_an_update_works_the_plan_out_once_for_each_of_its_three_copies(
    small_project: Project,
) -> None:
    calls = counted(lambda: small_project.update(problem="Reports are a week late."))
    assert times(calls, "plan/building.py", "build") == 3


def test_a_keystroke_reads_each_table_once() -> None:
    tables = described(200)["tables"]
    calls = counted(lambda: refusal(tables, "tables"))
    assert times(calls, "answers/identifiers.py", "parse_table_name") == 200
    assert max(calls.values()) <= 10 * 200


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> Calls:
    """Counts what Jinja compiles from now on, as if this process had compiled nothing so far."""
    for name, module in sys.modules.items():
        if name.startswith("planning_session_") and name.endswith(".compiling"):
            monkeypatch.setattr(module, "COMPILED", {})
    compile_ = Environment.compile
    calls: Calls = Counter()

    def count(environment: Environment, source: Any, name: Any = None, *others: Any) -> Any:
        if isinstance(source, str):  # Copier lets Jinja refuse what is no text
            calls[f"{name or 'text'}: {source}"] += 1
        return compile_(environment, source, name, *others)

    monkeypatch.setattr(Environment, "compile", count)
    return calls


def test_an_update_compiles_each_template_and_each_text_once(
    small_project: Project, compiled: Calls
) -> None:
    small_project.update(problem="Reports are a week late.")
    assert max(compiled.values()) == 1


def test_text_without_jinja_is_not_compiled(
    template: Path, tmp_path: Path, compiled: Calls
) -> None:
    new_project(template, tmp_path / "project", **ticked(10))
    assert [text for text in compiled if text.startswith("text: ") and "{" not in text] == []


def test_the_rules_load_with_the_first_plan_even_when_the_clone_is_gone(
    template: Path, tmp_path: Path
) -> None:
    clone = tmp_path / "clone"
    shutil.copytree(template / "extensions", clone)
    with (clone / "planning" / "__init__.py").open("a") as file:
        file.write("# Another version: no other test has loaded its rules.\n")
    session = load(clone / "session.py")
    rules = f"{session.planning.__name__}.plan.risks"
    assert rules not in sys.modules
    shutil.rmtree(clone)
    answers = session.planning.read_answers({"connector": "acme", "tables": ["orders"]})
    known = session.planning.catalogue.Catalogue(CATALOGUE)
    assert session.planning.build(answers, known).risks
    assert rules in sys.modules


def load(file: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("session_of_a_clone", file)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
