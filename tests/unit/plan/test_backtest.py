"""The back-test: it can be run, it counts right, and the rules stand above the constant."""

from __future__ import annotations

import importlib.util
import re
from types import ModuleType

import pytest
import yaml
from projects import ROOT


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "run_backtest", ROOT / "scripts" / "run_backtest.py"
    )
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_order_of_risks_beats_the_constant(
    script: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    assert script.main() == 0
    shown = capsys.readouterr().out
    figures = re.search(r"worst three +([\d.]+) of 3, the constant ([\d.]+)", shown)
    assert figures
    assert float(figures[1]) > float(figures[2])
    for category in ("data_volume", "dependencies"):
        correlation = re.search(rf"{category} +([+-][\d.]+) rank", shown)
        assert correlation and float(correlation[1]) >= 0.4


def test_every_history_has_a_plan() -> None:
    folder = ROOT / "backtest"
    histories, plans = (
        yaml.safe_load((folder / name).read_text(encoding="utf-8"))
        for name in ("histories.yml", "plans.yml")
    )
    assert set(histories) == set(plans)


@pytest.mark.parametrize(
    ("named", "hits"),
    [
        (("a", "b", "c"), 3.0),
        (("a", "b", "e"), 2.0),
        (("e", "f", "g"), 0.0),
        (("a", "d", "c"), 2.0),
    ],
)
def test_hits_among_the_true_three_are_counted(
    script: ModuleType, named: tuple[str, ...], hits: float
) -> None:
    assert script.among_true(named, {"a": 5, "b": 4, "c": 3, "d": 2}) == hits


def test_categories_that_share_the_third_place_count_in_part(script: ModuleType) -> None:
    fixes = {"a": 5, "b": 4, "c": 3, "d": 3}
    assert script.among_true(("a", "b", "c"), fixes) == 2.5


def test_ranks_agree_turn_round_or_say_nothing(script: ModuleType) -> None:
    assert script.correlation([1, 2, 3], [10, 20, 90]) == pytest.approx(1)
    assert script.correlation([1, 2, 3], [9, 8, 1]) == pytest.approx(-1)
    assert script.correlation([1, 1, 1], [1, 2, 3]) == 0
