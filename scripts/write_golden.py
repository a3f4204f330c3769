"""`make golden`: renews the checked-in output of the examples. Read the diff before a commit."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from golden_trees import EXAMPLES, GOLDEN, render
from projects import clone_template


def main() -> None:
    shutil.rmtree(GOLDEN, ignore_errors=True)
    with tempfile.TemporaryDirectory() as folder:
        template = clone_template(Path(folder) / "template")
        for example in EXAMPLES:
            for name, text in render(example, template, Path(folder) / example.stem).items():
                file = GOLDEN / example.stem / name
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
