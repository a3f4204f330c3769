"""The examples give what is checked in. `make golden` renews it; read the diff before a commit."""

from __future__ import annotations

from pathlib import Path

import pytest
from golden_trees import EXAMPLES, checked_in, render


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.stem)
def test_an_example_gives_the_tree_that_is_checked_in(
    example: Path, template: Path, tmp_path: Path
) -> None:
    rendered, golden = render(example, template, tmp_path / "out"), checked_in(example)
    assert sorted(rendered) == sorted(golden)
    for name, text in rendered.items():
        assert text == golden[name], f"{name} differs; `make golden` renews it"
