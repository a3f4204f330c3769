"""Free text in a plan breaks no generated file, and linters have nothing to say about them."""

from __future__ import annotations

import ast
import subprocess
import sys
from typing import Any

import pytest
import yaml
from projects import Project

HOSTILE = (
    "quotes ''' \"\"\" and \\ | pipe ` tick {{ 7 * 7 }} {% raw %} %} {# #} ${x} <!-- --> <b>\n"
    "---\n# heading\n- [ ] box\n\t\x00\x07\x85\u2028\ufeff 🦜 é \\N{DASH} \\u2028\n'''\n\"\"\"\n"
    "key: [value, *alias] &anchor !!python/object:os.system\n%YAML 1.1\n"
)
RULES = {"standalone": "E,F,I,UP,B,SIM,C4,RUF,PLR1730", "upstream": "E,F,I,PLR1730"}
"""What a careful project asks for, and what the upstream repository does."""
UPSTREAM_MODULES = (
    "src/databricks/labs/community_connector/interface/__init__.py",
    "src/databricks/labs/community_connector/sparkpds/__init__.py",
    "tests/unit/sources/test_suite.py",
    "tests/unit/sources/test_partition_suite.py",
)
RUFF_OPTIONS = ("--isolated", "--no-cache", "--line-length=100", "--target-version=py310")
VARIANTS: dict[str, dict[str, Any]] = {
    "plain": {},
    "unknown authentication": {"auth_methods": []},
    "all features": {
        "features": ["partitioned_reads", "namespaces", "schema_discovery"],
        "auth_methods": ["oauth2_refresh_token", "service_account_jwt", "other", "none"],
        "source_type": "files",
    },
    "snapshots in parts": {
        "features": ["partitioned_reads"],
        "tables": ["orders"],
        "source_type": "database",
    },
    "a name of 50 letters": {
        "connector": "zoho_with_a_name_that_is_rather_long_for_a_connect",
        "features": ["partitioned_reads", "namespaces"],
        "auth_methods": ["api_key", "basic", "bearer_token", "oauth2_client_credentials"],
        "source_type": "streaming",
    },
}


@pytest.fixture
def hostile(make_project: Any) -> Project:
    return make_project(
        source_name=HOSTILE,
        docs_url="https://acme.example/docs",
        problem=HOSTILE,
        target_users=[HOSTILE],
        tables=[
            {"name": "orders", "ingestion": "cdc", "notes": HOSTILE},
            {"name": "events", "ingestion": "append", "notes": HOSTILE},
        ],
        auth_methods=["api_key"],
        connection_parameters=[{"name": "subdomain", "description": HOSTILE}],
        api_version=HOSTILE,
        must_have=[HOSTILE],
        phases=[{"name": HOSTILE, "deliverables": [HOSTILE]}],
    )


def test_any_text_leaves_python_that_compiles(hostile: Project) -> None:
    files = list((hostile.folder / hostile.package).rglob("*.py"))
    assert len(files) == 11
    for file in files:
        ast.parse(file.read_text(encoding="utf-8"), str(file))


def test_any_text_arrives_in_the_constants_of_the_plan(hostile: Project) -> None:
    text = hostile.read("acme_plan.py")
    tree = ast.parse(text)
    strings = {
        node.value.strip()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert HOSTILE.strip() in strings
    assert text.isascii()


def test_any_text_arrives_in_the_connection_spec(hostile: Project) -> None:
    spec = yaml.safe_load(hostile.read("connector_spec.yaml"))
    assert spec["display_name"].strip() == HOSTILE.strip()
    [_, subdomain] = spec["connection"]["parameters"]
    assert subdomain["description"].strip() == HOSTILE.strip()


@pytest.mark.parametrize("layout", ["standalone", "upstream"])
@pytest.mark.parametrize("variant", VARIANTS)
def test_generated_code_is_clean_and_formatted(
    make_project: Any, layout: str, variant: str
) -> None:
    project = make_project(layout=layout, **VARIANTS[variant])
    if layout == "upstream":  # import order depends on what else the repository holds
        for name in UPSTREAM_MODULES:
            module = project.folder / name
            module.parent.mkdir(parents=True, exist_ok=True)
            module.touch()
    for command in (
        ["check", f"--select={RULES[layout]}", "--output-format=concise"],
        ["format", "--diff"],
    ):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *command, *RUFF_OPTIONS, "."],
            cwd=project.folder,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout
