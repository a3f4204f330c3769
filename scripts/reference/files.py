"""docs/reference/files.md, from the files of template/ and their owners."""

from __future__ import annotations

import re

from planning.updates.ownership import plan_files

from . import GENERATED, ROOT, Undescribed, table

CONTENT = {
    "<package>/.copier-answers.yml": "The answers. Change them through `copier update` only.",
    "<package>/DESIGN.md": "The design document: what was decided, and what follows from it.",
    "<package>/__init__.py": "Exposes the connector class.",
    "<package>/<connector>.py": "The connector class, complete except for reading records.",
    "<package>/<connector>_plan.py": "The facts of the plan as typed constants.",
    "<package>/<connector>_batches.py": "How records are cut into batches, right for any order.",
    "<package>/<connector>_client.py": "Session, authentication, rate limit, retries, timeouts.",
    "<package>/<connector>_schemas.py": "Spark schemas by table.",
    "<package>/<connector>_api_doc.md": "What was found out about the source, a section a table.",
    "<package>/connector_spec.yaml": "Connection parameters and table options for Unity Catalog. "
    "One that people wrote stays theirs.",
    "<package>/interface.py": "The interface of a connector: that of upstream where installed. "
    "One that people wrote stays theirs.",
    "<package>/README.md": "What a user of the connector reads, with a section for each table.",
    "<package>/pyproject.toml": "The connector as a package, as upstream wants it.",
    "<tests>/<connector>_plan.py": "The facts of the plan, where the package has no room for them.",
    "<tests>/test_<connector>_plan.py": "Does the code still match the plan?",
    "<tests>/test_<connector>_acceptance.py": "One test for every criterion that a test can prove.",
    "<tests>/test_<connector>_lakeflow_connect.py": "The suite of upstream, run on the connector.",
    "<tests>/conftest.py": "Options, answers of the source, and the count of criteria.",
    "<tests>/<connector>_criteria.py": "The risks and acceptance criteria, which the standalone "
    "layout has in `<connector>_plan.py`.",
    "<tests>/<connector>_harness.py": "How the tests read, what they answer with, how they judge.",
    "<tests>/__init__.py": "Empty: the command of upstream's CI wants a package.",
    "<tests>/simulator/endpoints.yaml": "What is answered in tests: paths, paging, filters.",
    "<tests>/simulator/corpus/<table>.json": "Records of a table, with the faults that lists have.",
    "<simulator>/endpoints.yaml": "What the simulator of upstream answers.",
    "<simulator>/corpus/<table>.json": "Records of a table, with the faults that lists have.",
}
"""Path -> what it holds."""

BUILDING = "where something gets built"
BESIDE = "beside a connector that stood there without a plan"
CONDITIONS = {
    "": "always",
    "builds()": f"{BUILDING}, also {BESIDE}",
    "makes_package()": BUILDING,
    "beside_package()": BESIDE,
    "has_spec()": BUILDING,
    "has_interface()": f"{BUILDING}, standalone layout",
    "builds() and standalone()": f"{BUILDING}, also {BESIDE}, standalone layout",
    "builds() and upstream()": f"{BUILDING}, also {BESIDE}, upstream layout",
    "makes_package() and upstream()": f"{BUILDING}, upstream layout",
}
"""Condition in the name of a template -> the same in words."""

SIMULATOR = "src/databricks/labs/community_connector/source_simulator/specs/<connector>"

PLAN, SHARED, YOURS = "the plan", "shared", "yours"


def page() -> str:
    """docs/reference/files.md."""
    rows = [_row(path, condition) for path, condition in _templates()]
    unknown = CONTENT.keys() - {path for path, _ in _templates()}
    if unknown:
        raise Undescribed(f"scripts/reference/files.py describes what is gone: {sorted(unknown)}")
    return (
        f"{GENERATED}# Files\n\n"
        "`<package>` is `sources/<connector>`, or in the upstream layout\n"
        "`src/databricks/labs/community_connector/sources/<connector>`. `<tests>` is\n"
        "`<package>/tests`, or in the upstream layout `tests/unit/sources/<connector>`.\n"
        f"`<simulator>` is `{SIMULATOR}`.\n\n"
        + table(("File", "Owner", "Made", "Holds"), rows)
        + "\n| Owner | What an update does |\n| --- | --- |\n"
        f"| {PLAN} | Renders the file anew. Edits by hand are lost. |\n"
        f"| {SHARED} | Renders it anew and carries ticks and notes over. |\n"
        f"| {YOURS} | Nothing. A file that is missing is made again. |\n\n"
        "Which files exist never depends on the tables of the plan, but for the corpus. That of a\n"
        "table that is gone stays.\n"
        "[Ownership of files](../explanation/ownership.md) says why.\n"
    )


def _templates() -> list[tuple[str, str]]:
    """Path and condition of every file that comes out, sorted by path."""
    root = ROOT / "template"
    found: dict[str, set[str]] = {}
    for file in root.rglob("*"):
        if file.is_file():
            name = file.relative_to(root).as_posix().removesuffix(".jinja")
            condition = "".join(re.findall(r"{% if (.*?) %}", name))
            path = _readable(re.sub(r"{%.*?%}", "", name))
            found.setdefault(path, set()).add(condition)
    # A file that is another one beside a connector that was there.
    both = {"makes_package()", "beside_package()"}
    return sorted(
        (path, "builds()" if conditions == both else "".join(conditions))
        for path, conditions in found.items()
    )


def _readable(name: str) -> str:
    for jinja, words in (
        ("_copier_conf.answers_file", "<package>/.copier-answers.yml"),
        ("package()", "<package>"),
        ("tests()", "<tests>"),
        ("connector", "<connector>"),
        ("table.name", "<table>"),
    ):
        name = name.replace(f"{{{{ {jinja} }}}}", words)
    return name.replace(SIMULATOR, "<simulator>")


def _row(path: str, condition: str) -> tuple[str, ...]:
    if path not in CONTENT:
        raise Undescribed(f"{path}: say in scripts/reference/files.py what it holds")
    if condition not in CONDITIONS:
        raise Undescribed(f"{path}: say in scripts/reference/files.py what {condition} means")
    return f"`{path}`", _owner(path), CONDITIONS[condition], CONTENT[path]


def _owner(path: str) -> str:
    name = path.rpartition("/")[2]
    if name == "DESIGN.md":
        return SHARED
    return PLAN if name in plan_files("<connector>") else YOURS
