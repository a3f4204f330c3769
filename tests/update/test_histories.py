"""A few random histories; `make soak` runs thousands. See histories.py."""

from __future__ import annotations

from pathlib import Path

import histories
import pytest

SEEDS = range(9_000_001, 9_000_007)


@pytest.fixture(scope="session")
def template_with_releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return histories.three_versions(tmp_path_factory.mktemp("releases") / "template")


@pytest.mark.parametrize("seed", SEEDS)
def test_no_history_costs_anyone_a_line(
    template_with_releases: Path, tmp_path: Path, seed: int
) -> None:
    life = histories.draw(seed)
    folder = tmp_path / "history"
    if histories.failure(template_with_releases, folder, life):
        shortest = histories.shrink(template_with_releases, folder, life)
        lost = histories.failure(template_with_releases, folder, shortest)
        pytest.fail(f"seed {seed}: {lost}\n" + "\n".join(map(str, shortest.steps)))
