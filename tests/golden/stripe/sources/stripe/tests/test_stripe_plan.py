# Owned by the plan: every `copier update` writes this file anew. Change the answers, not this file.
# fmt: off
# ruff: noqa
# isort: skip_file
"""Does the code still match the plan?

Uses the fixtures `plan`, `connector` and `connector_class` of conftest.py.
"""

from __future__ import annotations

import ast
import hashlib
import importlib
import importlib.util
import inspect
import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

CONNECTOR = "stripe"
ASK = "copier update --trust -r :current: -a sources/stripe/.copier-answers.yml"
UPDATE = "copier update --trust -r :current: --defaults -a sources/stripe/.copier-answers.yml"
DIGEST = "95d91a6ecf277d5b"
ANSWERS_DIGEST = "aa8707765890a53d"
IN_OLD_CLIENTS = {
    # Clients made by the first edition take these undeclared, before a constant of their own.
    "base_url": 'options.get("base_url") or BASE_URL',
    "token_endpoint": 'options.get("token_endpoint") or TOKEN_URL',
}
FACTS = [
    "CONNECTOR",
    "SOURCE_NAME",
    "TABLES",
    "TABLE_OPTIONS",
    "FEATURES",
    "LIMITS",
    "AUTH_METHODS",
    "CONNECTION_OPTIONS",
    "EXAMPLE_OPTIONS",
    "RISKS",
    "CRITERIA",
]


def _which_side(code: str, answer: str) -> str:
    how = f"{UPDATE} -d '{answer}'" if answer else f"{ASK} --ask tables"
    return f"\nEither change the code: {code}.\nOr change the plan: {how}."


def test_the_plan_is_as_it_was_made(plan: Any) -> None:
    facts = {name: getattr(plan, name, None) for name in FACTS}
    found = hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()
    if not found.startswith(DIGEST):
        pytest.fail(
            f"{CONNECTOR}_plan.py was changed by hand; the next update undoes that.\n"
            f"Change the answers instead: {UPDATE} -d 'QUESTION=ANSWER'.\n"
            "The same command without -d brings the file back as it was.",
            pytrace=False,
        )


def test_the_answers_are_those_the_plan_was_made_from(connector_class: Any) -> None:
    file = Path(inspect.getfile(connector_class)).with_name(".copier-answers.yml")
    if not file.exists():
        pytest.skip("the answers file is gone")
    written = file.read_text(encoding="utf-8").splitlines()
    lines = [line for line in written if line and not line.startswith(("#", "_"))]
    found = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    if not found.startswith(ANSWERS_DIGEST):
        pytest.fail(
            f"{file.name} was changed by hand; the plan does not know of it yet.\n"
            f"Run {UPDATE} after a commit, and next time\n"
            f"change answers with it: {UPDATE} -d 'QUESTION=ANSWER'.",
            pytrace=False,
        )


def test_the_connector_lists_the_tables_of_the_plan(plan: Any, connector: Any) -> None:
    listed = connector.list_tables()
    left_over = [table for table in listed if table not in plan.TABLES]
    missing = sorted(set(plan.TABLES) - set(listed))
    twice = [table for table, count in Counter(listed).items() if count > 1]
    problems = [
        *(f"{table} is in the code and not in the plan (left over?)" for table in left_over),
        *(f"{table} is in the plan and not in the code" for table in missing),
        *(f"{table} is listed twice" for table in twice),
    ]
    if problems:
        side = _which_side(f"list_tables in {CONNECTOR}.py", "")
        pytest.fail("\n".join(problems) + side, pytrace=False)


def test_the_connector_reports_the_metadata_of_the_plan(
    plan: Any, connector: Any, options_of: Any
) -> None:
    problems = []
    for table, planned in plan.TABLES.items():
        try:
            reported = connector.read_table_metadata(table, options_of(table))
        except ValueError as problem:
            problems.append(f"{table}: {problem}")
            continue
        for fact in ("ingestion_type", "primary_keys", "cursor_field"):
            if (reported.get(fact) or None) != (planned[fact] or None):
                problems.append(
                    f"{table}: {fact} is {reported.get(fact)!r} in the code, "
                    f"{planned[fact]!r} in the plan"
                )
    if problems:
        answer = "table_details={TABLE: {ingestion: ..., primary_keys: [...], cursor_field: ...}}"
        side = _which_side(f"read_table_metadata in {CONNECTOR}.py", answer)
        pytest.fail("\n".join(problems) + side, pytrace=False)


def test_a_table_is_read_as_the_pipeline_reads_it(
    connector_class: Any, connection_options: dict[str, str], plan: Any, options_of: Any, table: str
) -> None:
    harness = _harness()
    if not harness.is_there():
        pytest.skip("needs PyYAML, requests and endpoints.yaml to answer from")
    judge = harness.Judge(connector_class, connection_options, plan.TABLES, options_of)
    problems = judge.found(table)
    wrong = [one.text for one in problems if one.check != "not built"]
    if wrong:
        pytest.fail("\n".join(wrong), pytrace=False)
    if problems:
        raise pytest.xfail.Exception("\n".join(one.text for one in problems), pytrace=False)


def test_no_schema_is_left_over_from_a_table_that_is_gone(plan: Any, connector_class: Any) -> None:
    schemas = _beside(connector_class, "schemas")
    written = getattr(schemas, "written_schemas", dict)()
    left_over = sorted(set(written) - set(plan.TABLES))
    if left_over:
        side = _which_side(f"written_schemas in {CONNECTOR}_schemas.py", "tables=...")
        pytest.fail(f"left over, not in the plan: {', '.join(left_over)}{side}", pytrace=False)


def test_the_client_can_sign_in_by_every_planned_method(plan: Any, connector_class: Any) -> None:
    client = getattr(_beside(connector_class, "client"), "SourceClient", None)
    if client is None:
        pytest.skip(f"{CONNECTOR}_client.py has no SourceClient")
    missing = [one for one in plan.AUTH_METHODS if not hasattr(client, f"authenticate_{one}")]
    if missing:
        hooks = ", ".join(f"authenticate_{method}" for method in missing)
        side = _which_side(f"write {hooks} in {CONNECTOR}_client.py", "auth_methods=[...]")
        pytest.fail(f"no way to sign in by {', '.join(missing)}{side}", pytrace=False)


def test_the_connector_brings_what_the_features_ask_for(plan: Any, connector: Any) -> None:
    methods = {
        "partitioned_reads": ("get_partitions", "read_partition"),
        "namespaces": ("list_namespaces", "list_tables_in_namespace"),
    }
    missing = {
        feature: [name for name in names if not hasattr(connector, name)]
        for feature, names in methods.items()
        if feature in plan.FEATURES
    }
    for feature, names in missing.items():
        if names:
            side = _which_side(f"write {', '.join(names)} in {CONNECTOR}.py", "features=[...]")
            pytest.fail(f"{feature} is planned and not in the code{side}", pytrace=False)


def test_options_are_read_and_declared(
    connector_class: Any, connection_options: dict[str, str], plan: Any, options_of: Any
) -> None:
    package = Path(inspect.getfile(connector_class)).parent
    read = _options_read(package)
    declared = {
        "table_options": set(plan.TABLE_OPTIONS),
        "options": {one["name"] for one in plan.CONNECTION_OPTIONS},
    }
    for kind, answer in (("table_options", "table_options"), ("options", "connection_parameters")):
        known = set(declared[kind])
        if kind == "options":  # some call those of a table so as well; tokens come by the platform
            known |= declared["table_options"].union(*plan.AUTH_METHODS.values())
            client = package / f"{CONNECTOR}_client.py"
            code = client.read_text(encoding="utf-8") if client.exists() else ""
            known |= {name for name, how in IN_OLD_CLIENTS.items() if how in code}
        unknown = sorted(read[kind] - known)
        if unknown:
            side = _which_side("read no option that nobody can set", f"{answer}=[...]")
            pytest.fail(
                f"read in the code and declared nowhere: {', '.join(unknown)}{side}", pytrace=False
            )
    readme = package / "README.md"
    if readme.exists():
        said = readme.read_text(encoding="utf-8")
        silent = sorted(name for name in read["table_options"] if name not in said)
        if silent:
            pytest.fail(f"read in the code, and not in README.md: {', '.join(silent)}", pytrace=False)
    unread = sorted(_to_be_read(plan, read) - read["texts"])
    if not unread:
        return
    unread_text = f"declared and never read: {', '.join(unread)}"
    harness = _harness()
    if not harness.is_there():
        pytest.skip(f"{unread_text}; needs PyYAML and requests to tell whether reads are built")
    judge = harness.Judge(connector_class, connection_options, plan.TABLES, options_of)
    for table in plan.TABLES:
        try:
            judge.problems(table)
        except (harness.NotBuilt, harness.NotDescribed) as missing:
            raise pytest.xfail.Exception(f"{unread_text}. {missing}", pytrace=False) from None
        except (Exception, pytest.fail.Exception):
            continue  # another test says what is wrong with reading it
    pytest.fail(unread_text + _which_side("read them", "table_options=[...]"), pytrace=False)


def _to_be_read(plan: Any, read: dict[str, set[str]]) -> set[str]:
    """The declared options that the code has to read.

    Those of a method that needs what nobody declares are read by the platform, which runs the method
    and hands over what it needs. `needed_options` reads what tables cannot be read without.
    """
    declared = {one["name"] for one in plan.CONNECTION_OPTIONS}
    by_platform = {name for name, needs in plan.AUTH_METHODS.items() if not declared.issuperset(needs)}
    own = {one["name"] for one in plan.CONNECTION_OPTIONS if one["auth_method"] not in by_platform}
    needed = {option for table in plan.TABLES.values() for option in table["options"]}
    return own | set(plan.TABLE_OPTIONS) - (needed if "needed_options" in read["calls"] else set())


def _options_read(package: Path) -> dict[str, set[str]]:
    """The names of options that the code reads, by what holds them, its texts and what it calls."""
    read: dict[str, set[str]] = {name: set() for name in ("table_options", "options", "texts", "calls")}
    for file in sorted(package.glob("*.py")):
        if file.name in (f"{CONNECTOR}_plan.py", f"{CONNECTOR}_batches.py", "interface.py"):
            continue
        if file.name.startswith("_generated"):
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            holder, key = _lookup(node)
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                if holder in ("options", "table_options"):
                    read[holder].add(key.value)
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                read["texts"].add(node.value)
            if isinstance(node, ast.Call):
                read["calls"].add(_name(node.func))
    return read


def _lookup(node: ast.AST) -> tuple[str, Any]:
    """What is looked into, and by which key: `a["b"]`, `self.a.get("b")`, `number_option(a, "b")`."""
    if isinstance(node, ast.Subscript):
        return _name(node.value), node.slice
    if isinstance(node, ast.Call) and node.args:
        if isinstance(node.func, ast.Attribute) and node.func.attr in ("get", "pop"):
            return _name(node.func.value), node.args[0]
        if _name(node.func) in ("number_option", "moment_option") and len(node.args) > 1:
            return _name(node.args[0]), node.args[1]
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and isinstance(node.ops[0], ast.In):
        return _name(node.comparators[0]), node.left
    return "", None


def _name(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr.lstrip("_")
    return node.id if isinstance(node, ast.Name) else ""


@cache
def _harness() -> Any:
    """The module beside this file, by its path: another file may have its name."""
    name = "stripe_harness"
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _beside(connector_class: Any, part: str) -> Any:
    name = f"{connector_class.__module__}_{part}"
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as missing:
        if missing.name == name:
            pytest.skip(f"{name} is gone")
        raise
