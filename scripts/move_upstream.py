"""Moves a standalone connector into a clone of the community-connectors repository.

    python move_upstream.py CONNECTOR CLONE

Run it where `sources/CONNECTOR/` is. It copies the connector and its tests to where the clone wants
them, rewrites relative imports as the clone demands, and leaves the original alone. `interface.py`
stays behind, since the clone has its own; the update that follows renews what the plan owns.
docs/how-to/upstream.md.
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

ROOT = "src/databricks/labs/community_connector"
PACKAGE = "databricks.labs.community_connector"
NOT_COPIED = shutil.ignore_patterns("__pycache__", "interface.py", "tests", ".pytest_cache")

_RELATIVE = re.compile(r"^(?P<indent>\s*)from \.(?P<module>\w*) import ", re.MULTILINE)


def absolute_imports(code: str, connector: str) -> str:
    """The code with relative imports made absolute; the interface is that of the repository."""

    def absolute(found: re.Match[str]) -> str:
        module = found["module"]
        home = PACKAGE if module == "interface" else f"{PACKAGE}.sources.{connector}"
        return f"{found['indent']}from {'.'.join(filter(None, (home, module)))} import "

    return _RELATIVE.sub(absolute, code)


def with_data_source(code: str, stem: str) -> str:
    """The `__init__.py` of a package with the class that Spark registers."""
    name = f"{stem}DataSource"
    if name in code:
        return code
    return (
        f"{code.rstrip()}\n\n"
        f"from {PACKAGE}.sparkpds import LakeflowSource  # noqa: E402\n\n\n"
        f"class {name}(LakeflowSource):\n"
        '    """Spark data source of the connector."""\n\n'
        f"    _lakeflow_connect_cls = {stem}LakeflowConnect\n\n\n"
        f'__all__ += ["{name}"]\n'
    )


def at_home_in_clone(conftest: str, connector: str) -> str:
    """The conftest.py of a connector, looking for the package where the clone has it."""
    places = (
        (r"^ROOT = .*$", f'ROOT = TESTS.parents[3] / "src"  # holds the folder `{ROOT[4:]}`'),
        (r"^PACKAGE = .*$", f'PACKAGE = TESTS.parents[3] / "{ROOT}/sources/{connector}"'),
        (r"^MODULE = .*$", f'MODULE = "{PACKAGE}.sources.{connector}"'),
    )
    for pattern, line in places:
        conftest = re.sub(pattern, lambda _, line=line: line, conftest, flags=re.MULTILINE)
    return conftest


def move(connector: str, clone: Path) -> list[Path]:
    """Copies and rewrites; returns the folders made. Refuses to touch what is there already."""
    source = Path("sources") / connector
    stem = "".join(part[:1].upper() + part[1:] for part in connector.split("_"))
    package = clone / ROOT / "sources" / connector
    tests = clone / "tests/unit/sources" / connector
    if not source.is_dir():
        sys.exit(f"{source} is not here; go to the repository that holds it.")
    if not (clone / ROOT).is_dir():
        sys.exit(f"{clone} is no clone of the community-connectors repository.")
    if package.exists() or tests.exists():
        sys.exit(f"{connector} is in {clone} already; nothing was copied.")
    shutil.copytree(source, package, ignore=NOT_COPIED)
    shutil.copytree(source / "tests", tests, ignore=NOT_COPIED)
    for file in [*package.rglob("*.py"), *tests.rglob("*.py")]:
        file.write_text(absolute_imports(file.read_text("utf-8"), connector), "utf-8")
    init, conftest = package / "__init__.py", tests / "conftest.py"
    init.write_text(with_data_source(init.read_text("utf-8"), stem), "utf-8")
    conftest.write_text(at_home_in_clone(conftest.read_text("utf-8"), connector), "utf-8")
    return [package, tests]


def main(connector: str, clone: str) -> None:
    """Moves one connector and says what to do next."""
    folders = move(connector, Path(clone))
    answers = f"{ROOT}/sources/{connector}/.copier-answers.yml"
    print("\n".join(f"made {folder}" for folder in folders))
    print(
        f"\nNow, in {clone}:\n"
        f'  git add -A && git commit -m "Bring the {connector} connector"\n'
        f"  copier update --trust --defaults -r :current: -d layout=upstream -a {answers}"
    )


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
