"""The 54 checks that a pull request into the repository is held against, on what a plan brings.

Each check is a function here or a line of `BROUGHT_LATER`. A function returns what it finds wrong.
They run on a connector whose reads are still to be written, and on one with its reads.
"""

from __future__ import annotations

import ast
import json
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
import yaml
from checkout import Checkout, why_not
from projects import ROOT
from shop import IN_ONE_PIECE, PLAN, build_reads, plan_in

pytestmark = pytest.mark.skipif(bool(why_not()), reason=why_not())

SKILL = ".claude/skills/self-review-connector/SKILL.md"

BROUGHT_LATER = {
    "A9": "criterion/nested-fields",
    "B8": "deliverable/recorded-run",
    "B11": "deliverable/recorded-run",
    "B12": "deliverable/recorded-run",
    "E7": "criterion/documents-agree",
}
"""Checks that need a real source or a person -> the line of DESIGN.md that brings them."""

NOT_HERE = {
    "A11": "test_layout.py runs pylint on three connectors at once",
    "B14": "the connector writes nothing back",
    "C9": "is B1",
}

FRAMEWORK = "databricks.labs.community_connector."


@dataclass
class Package:
    """What a plan brought, with or without its reads."""

    checkout: Checkout
    name: str

    @cached_property
    def folder(self) -> Path:
        return self.checkout.source(self.name)

    @cached_property
    def module(self) -> str:
        return (self.folder / f"{self.name}.py").read_text()

    @cached_property
    def modules(self) -> str:
        files = [one for one in self.folder.glob("*.py") if not one.name.startswith("_gen")]
        return "\n".join(one.read_text() for one in sorted(files))

    @cached_property
    def suite(self) -> str:
        file = self.checkout.tests(self.name) / f"test_{self.name}_lakeflow_connect.py"
        return file.read_text()

    @cached_property
    def spec(self) -> dict[str, Any]:
        return dict(yaml.safe_load((self.folder / "connector_spec.yaml").read_text()))

    @cached_property
    def parameters(self) -> set[str]:
        connection = self.spec["connection"]
        methods = connection.get("auth_methods", [])
        listed = [*connection.get("parameters", []), *(p for m in methods for p in m["parameters"])]
        return {one["name"] for one in listed}

    @cached_property
    def endpoints(self) -> list[dict[str, Any]]:
        text = (self.checkout.simulated(self.name) / "endpoints.yaml").read_text()
        return list(yaml.safe_load(text)["endpoints"])

    @cached_property
    def tables(self) -> list[str]:
        return [table["name"] for table in PLAN["tables"]]

    def corpus(self, table: str) -> Any:
        """The records that the simulator has of a table."""
        file = self.checkout.simulated(self.name) / "corpus" / f"{table}.json"
        return json.loads(file.read_text())

    @cached_property
    def design(self) -> str:
        return (self.folder / "DESIGN.md").read_text()

    @cached_property
    def readme(self) -> str:
        return (self.folder / "README.md").read_text()

    @cached_property
    def api_doc(self) -> str:
        return (self.folder / f"{self.name}_api_doc.md").read_text()

    @cached_property
    def project(self) -> dict[str, Any]:
        tomllib = pytest.importorskip("tomllib", reason="reads TOML: Python 3.11")
        return dict(tomllib.loads((self.folder / "pyproject.toml").read_text())["project"])

    def pytest(self, *options: str) -> list[str]:
        """What its tests say where they fail."""
        done = self.checkout.pytest(self.name, *options)
        return [done.stdout[-2_000:]] if done.returncode else []


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    return Checkout.clone(tmp_path_factory.mktemp("review") / "clone")


@pytest.fixture(scope="module", params=["fresh", "built"])
def package(template: Path, checkout: Checkout, request: Any) -> Package:
    """The shop with the reads still to be written, and with them."""
    connector = plan_in(checkout, template, connector=f"{request.param}_shop")
    if request.param == "built":
        build_reads(checkout, connector, IN_ONE_PIECE)
    return Package(checkout, connector)


def lacking(text: str, *patterns: str) -> list[str]:
    return [pattern for pattern in patterns if not re.search(pattern, text, re.M)]


def hits(text: str, pattern: str) -> list[str]:
    return [line for line in text.splitlines() if re.search(pattern, line)]


# A: the connector


def a1(package: Package) -> list[str]:
    return lacking(package.module, r"^class .*\(LakeflowConnect\b")


def a2(package: Package) -> list[str]:
    methods = ("list_tables", "get_table_schema", "read_table_metadata", "read_table")
    return lacking(package.module, *(rf"def {name}\(" for name in methods))


def a3(package: Package) -> list[str]:
    return lacking(package.module, r"def read_table_deletes\(")


def a4(package: Package) -> list[str]:
    return lacking(package.api_doc, "Incremental tables follow the standard pattern")


def a5(package: Package) -> list[str]:
    return lacking(package.module, r"_init_time\s*=", r"until=self\._init_time")


def a6(package: Package) -> list[str]:
    read = r'number_option\(table_options, "max_records_per_batch"'
    return lacking(package.module, rf"(?s)def read_table\(.*?{read}", rf"(?s)_deletes\(.*?{read}")


def a7(package: Package) -> list[str]:
    return package.pytest("-k", "test_gives_up_after_the_timeout")


def a8(package: Package) -> list[str]:
    return hits(package.modules, "IntegerType|MapType")


def a10(package: Package) -> list[str]:
    own = tuple(FRAMEWORK + one for one in (f"sources.{package.name}", "interface", "sparkpds"))
    others = {"requests", "pyspark", *sys.stdlib_module_names}
    found: list[str] = []
    for node in ast.walk(ast.parse(package.modules)):
        if isinstance(node, ast.Import):
            found += [one.name for one in node.names]
        elif isinstance(node, ast.ImportFrom):
            found.append("." * node.level + str(node.module))
    return [one for one in found if not one.startswith(own) and one.split(".")[0] not in others]


def a12(package: Package) -> list[str]:
    return hits(package.modules, r"SupportsIngestionAgent|AgentOperation|agent_operations\(\)")


def a13(package: Package) -> list[str]:
    text = (package.folder / "__init__.py").read_text()
    binding = lacking(text, r"class \w+DataSource\(LakeflowSource\)", r"_lakeflow_connect_cls\s*=")
    return binding + hits(text, "_format_name")


# B: its tests and what the simulator answers


def b1(package: Package) -> list[str]:
    return lacking(package.suite, r"^import pytest$")


def b2(package: Package) -> list[str]:
    return lacking(package.suite, r"^class Test\w+\(LakeflowConnectTests\)")


def b3(package: Package) -> list[str]:
    return lacking(package.suite, r"^    connector_class = \w+LakeflowConnect$")


def b4(package: Package) -> list[str]:
    return lacking(package.suite, rf'^    simulator_source = "{package.name}"$')


def b5(package: Package) -> list[str]:
    options = package.pytest("-k", "test_list_tables")
    return lacking(package.suite, r"^    replay_config = ") + options


def b6(package: Package) -> list[str]:
    served = {one["path"] for one in package.endpoints}
    return [name for name in package.tables if f"/{name}" not in served]


def b7(package: Package) -> list[str]:
    return [name for name in package.tables if not package.corpus(name)]


def b9(package: Package) -> list[str]:
    return package.pytest("-k", "test_read_terminates")


def b10(package: Package) -> list[str]:
    return package.pytest()


def b13(package: Package) -> list[str]:
    carried_on = {
        one["corpus"]: one.get("synthesize_future_records", {}).get("cursor_field")
        for one in package.endpoints
    }
    return [
        table["name"]
        for table in PLAN["tables"]
        if table["ingestion"] != "snapshot" and carried_on[table["name"]] != table["cursor_field"]
    ]


# C: files


def c1(package: Package) -> list[str]:
    compile(package.module, package.name, "exec")
    return []


def c2(package: Package) -> list[str]:
    return [name for name in package.tables if f"`{name}`" not in package.api_doc]


def c3(package: Package) -> list[str]:
    flow = package.spec["connection"]["oauth"]["flow"]
    wrong = [] if flow in ("m2m", "u2m", "u2m_per_user") else [flow]
    wrong += {"client_id", "client_secret"} - package.parameters
    return [*wrong, *package.parameters & {"access_token", "refresh_token"}]


def c4(package: Package) -> list[str]:
    wanted = [*package.tables, *package.parameters]
    return [name for name in wanted if f"`{name}`" not in package.readme]


def c5(package: Package) -> list[str]:
    named = [one for one in package.project["dependencies"] if one.startswith("requests")]
    return [] if named else ["requests"]


def c6(package: Package) -> list[str]:
    """Made by the script after the last change, which the last phase asks for."""
    done = package.checkout.run("tools/scripts/merge_python_source.py", package.name)
    brought = "deliverable/merged-file" in package.design
    return [] if brought and done.returncode == 0 else [done.stderr or "not asked for"]


def c7(package: Package) -> list[str]:
    file = package.checkout.simulated(package.name) / "endpoints.yaml"
    package.checkout.says(
        f"from {FRAMEWORK}source_simulator.endpoint_spec import load_specs\n"
        f"load_specs({str(file)!r})"
    )
    return []


def c8(package: Package) -> list[str]:
    return [name for name in package.tables if not isinstance(package.corpus(name), list)]


def c10(package: Package) -> list[str]:
    return [one for one in package.project["dependencies"] if one.startswith("pyspark")]


# D: security


def d1(package: Package) -> list[str]:
    secrets = r"xox[baprs]-|gh[ps]_\w{36}|AKIA[0-9A-Z]{16}|Bearer \w{8}"
    return hits(package.modules, rf"\b(api_key|password|token)\s*=\s*[\"']\w|{secrets}")


def d2(package: Package) -> list[str]:
    return hits(package.modules, r"(?<!re\.)\b(eval|exec|compile)\(|__import__")


def d3(package: Package) -> list[str]:
    return hits(package.modules, r"subprocess|os\.system|os\.popen|shell=True")


def d4(package: Package) -> list[str]:
    return hits(package.modules, "verify=False")


def d5(package: Package) -> list[str]:
    return hits(package.modules, r"pickle\.load")


def d6(package: Package) -> list[str]:
    return hits(package.modules, r"yaml\.load\(")


def d7(package: Package) -> list[str]:
    return hits(package.modules, r"\bopen\(|Path\(\w*options")


def d8(package: Package) -> list[str]:
    return hits(package.modules, r"\blog(ger)?\.(debug|info|warning|error)\(|\bprint\(")


def d9(package: Package) -> list[str]:
    return hits(package.modules, "http://")


def d10(package: Package) -> list[str]:
    extras = package.project["optional-dependencies"].values()
    listed = [*package.project["dependencies"], *(one for extra in extras for one in extra)]
    return [one for one in listed if not re.search(r">=\d.*,<\d", one)]


# E: documents that agree


def e1(package: Package) -> list[str]:
    objects = package.readme[package.readme.index("## Supported Objects") :]
    rows = re.findall(r"^\| `(\w+)` \| (?:snapshot|cdc|append)", objects, re.M)
    return sorted({*rows} ^ {*package.tables})


def e2(package: Package) -> list[str]:
    """Both ways: what the code reads is declared and in the README, which C4 shows, and back."""
    read = set(re.findall(r'(?<!table_)options(?:\.get\(|\[)"(\w+)"', package.modules))
    tokens = {"access_token", "refresh_token"}
    return [*read - package.parameters - tokens, *package.pytest("-k", "test_options_are_read")]


def e3(package: Package) -> list[str]:
    columns = [one for table in PLAN["tables"] for one in table.get("primary_keys", ())]
    columns += [table["cursor_field"] for table in PLAN["tables"] if "cursor_field" in table]
    return [one for one in columns if f"`{one}`" not in package.api_doc]


def e4(package: Package) -> list[str]:
    keys = {
        t["name"]: " and ".join(f"`{k}`" for k in t.get("primary_keys", ())) for t in PLAN["tables"]
    }
    return [
        name for name, key in keys.items() if f"| `{name}` | {key or 'none'}" not in package.api_doc
    ]


def e5(package: Package) -> list[str]:
    allowed = package.spec["external_options_allowlist"].split(",")
    read = set(re.findall(r'number_option\(table_options, "(\w+)"', package.modules))
    read |= {option for table in PLAN["tables"] for option in table.get("options", ())}
    return sorted(read.symmetric_difference(allowed))


def e6(package: Package) -> list[str]:
    (snippet,) = re.findall(r"```json\n(.*?)```", package.readme, re.S)
    table = json.loads(snippet)["pipeline_spec"]["objects"][0]["table"]
    return sorted(table.keys() - {"source_table", "table_configuration"})


CHECKS: dict[str, Callable[[Package], list[str]]] = {
    name.upper(): check
    for name, check in list(globals().items())
    if re.fullmatch(r"[a-e]\d+", name)
}


@pytest.mark.parametrize("check", CHECKS)
def test_a_check_of_the_self_review_passes(package: Package, check: str) -> None:
    assert CHECKS[check](package) == []


@pytest.mark.parametrize("check", BROUGHT_LATER)
def test_a_check_that_has_to_wait_is_named_by_the_plan(package: Package, check: str) -> None:
    (line,) = [one for one in package.design.splitlines() if f"{BROUGHT_LATER[check]} -->" in one]
    assert re.search(rf"self-review [^)]*\b{check}\b", line)


def test_no_check_of_the_repository_is_left_out(checkout: Checkout) -> None:
    skill = (checkout.folder / SKILL).read_text()
    asked = re.findall(r"^\| ([A-E]\d+) \|", skill, re.M)
    assert sorted([*CHECKS, *BROUGHT_LATER, *NOT_HERE]) == sorted(asked)
    at_once = {*CHECKS, "A11", "C9"} - {"C6"}
    said = (ROOT / "docs/how-to/upstream.md").read_text()
    assert f"report: {len(asked)} checks" in said
    assert f"- {len(at_once)} pass as it comes out" in said
