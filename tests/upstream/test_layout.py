"""A plan in a checkout of the repository stands there as its maintainers would have put it."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from checkout import MARK, Checkout, why_not
from projects import ROOT
from shop import CONNECTOR, PLAN, SPLIT, plan_in

pytestmark = pytest.mark.skipif(bool(why_not()), reason=why_not())

TABLES = [table["name"] for table in PLAN["tables"]]
SPLIT_SHOP = "split_shop"
LONG = "connector_with_a_name_that_is_as_long_as_it_may_be"
CONNECTORS = (CONNECTOR, SPLIT_SHOP, LONG)
EVERY_WAY = {
    "auth_methods": [
        "api_key",
        "basic",
        "bearer_token",
        "oauth2_client_credentials",
        "oauth2_refresh_token",
        "service_account_jwt",
        "other",
    ],
    "oauth": {
        "flow": "connector",
        "token_url": "https://{tenant}.shop.example/token",
        "scopes": ["orders.read"],
    },
    "pagination": "cursor",
    "page_end": "flag",
}
"""Everything that a client may hold: the connector signs in itself, and pages by tokens."""


@pytest.fixture(scope="module")
def checkout(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """A clone with three plans of the shop in it. Tests must not change it."""
    made = Checkout.clone(tmp_path_factory.mktemp("layout") / "clone")
    plan_in(made, template, layout="")
    plan_in(made, template, connector=SPLIT_SHOP, features=SPLIT)
    plan_in(made, template, connector=LONG, features=SPLIT, **EVERY_WAY)
    return made


def test_nothing_changes_outside_of_the_folders_of_the_connectors(checkout: Checkout) -> None:
    homes = [
        home(connector)
        for connector in CONNECTORS
        for home in (checkout.source, checkout.tests, checkout.simulated)
    ]
    prefixes = tuple(f"{home.relative_to(checkout.folder)}/" for home in homes)
    assert [file for file in checkout.changed() if not file.startswith(prefixes)] == []


def test_the_layout_is_known_from_the_checkout(checkout: Checkout) -> None:
    answers = yaml.safe_load((checkout.source(CONNECTOR) / ".copier-answers.yml").read_text())
    assert answers["layout"] == "upstream"


def test_the_registry_finds_the_data_source(checkout: Checkout) -> None:
    found = checkout.says(
        "from databricks.labs.community_connector.sparkpds.registry import find_data_source\n"
        f"found = find_data_source({CONNECTOR!r})\n"
        "print(found.__name__, found._lakeflow_connect_cls.__name__, found.name())"
    )
    assert found == "PaperShopDataSource PaperShopLakeflowConnect lakeflow_connect"


@pytest.mark.parametrize("connector", CONNECTORS)
def test_the_merge_script_takes_the_package(checkout: Checkout, connector: str) -> None:
    done = checkout.run("tools/scripts/merge_python_source.py", connector)
    assert done.returncode == 0, done.stdout + done.stderr
    merged = checkout.source(connector) / f"_generated_{connector}_python_source.py"
    module = f"databricks.labs.community_connector.sources.{connector}.{merged.stem}"
    checkout.says(f"from {module} import register_lakeflow_source")
    merged.unlink()


def test_the_linters_have_nothing_to_say(checkout: Checkout) -> None:
    code = [file for file in checkout.changed() if file.endswith(".py")]
    for command in (["check"], ["format", "--check"]):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *command, *code],
            cwd=checkout.folder,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout


def test_pylint_with_the_flags_of_the_workflow_has_nothing_to_say(checkout: Checkout) -> None:
    libraries = checkout.says("import sysconfig; print(sysconfig.get_path('purelib'))")
    hook = f"import sys; sys.path[:0] = ['src']; sys.path.append({libraries!r})"
    code = [file for file in checkout.changed() if file.startswith("src/") and file[-3:] == ".py"]
    done = subprocess.run(
        [sys.executable, "-m", "pylint", "--init-hook", hook, *_pylint_flags(checkout), *code],
        cwd=checkout.folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def _pylint_flags(checkout: Checkout) -> list[str]:
    workflow = yaml.safe_load((checkout.folder / ".github/workflows/pylint.yml").read_text())
    steps = workflow["jobs"]["build"]["steps"]
    script = next(step["run"] for step in steps if "pylint \\\n" in step.get("run", ""))
    command = script[script.index("pylint \\\n") :].partition("$(")[0]
    return shlex.split(command.replace("\\\n", " "))[1:]


@pytest.mark.parametrize("document", ["README.md", f"{CONNECTOR}_api_doc.md"])
def test_documents_mention_every_table_and_have_the_sections_of_the_templates(
    checkout: Checkout, document: str
) -> None:
    text = (checkout.source(CONNECTOR) / document).read_text()
    assert [table for table in TABLES if f"`{table}`" not in text] == []
    name = "community_connector_doc" if document == "README.md" else "source_api_doc"
    wanted = _sections((checkout.folder / f"templates/{name}_template.md").read_text())
    assert [section for section in wanted if section not in _sections(text)] == []


def _sections(text: str) -> list[str]:
    """Headings of the second level, without their emphasis."""
    lines = [line[3:].strip("* ") for line in text.splitlines() if line.startswith("## ")]
    return [line for line in lines if "{" not in line]


def test_the_readme_mentions_every_parameter_and_option(checkout: Checkout) -> None:
    text = (checkout.source(CONNECTOR) / "README.md").read_text()
    spec = yaml.safe_load((checkout.source(CONNECTOR) / "connector_spec.yaml").read_text())
    connection = spec["connection"]
    listed = [*connection["parameters"]]
    for method in connection["auth_methods"]:
        listed += method["parameters"]
    assert [one["name"] for one in listed if f"`{one['name']}`" not in text] == []
    assert spec["external_options_allowlist"] in text


def test_the_simulator_loads_an_endpoint_for_every_table(checkout: Checkout) -> None:
    path = checkout.simulated(CONNECTOR) / "endpoints.yaml"
    served = checkout.says(
        "from databricks.labs.community_connector.source_simulator.endpoint_spec import load_specs"
        f"\nprint(*(one.path for one in load_specs({str(path)!r})))"
    )
    assert served.split() == [f"/{table}" for table in TABLES]
    corpus = checkout.simulated(CONNECTOR) / "corpus"
    assert {file.stem for file in corpus.glob("*.json")} == set(TABLES)


def test_the_connection_spec_says_what_the_command_line_asks_for(checkout: Checkout) -> None:
    spec = checkout.source(CONNECTOR) / "connector_spec.yaml"
    cli = checkout.folder / "tools/community_connector/src"
    code = (
        f"import sys; sys.path.insert(0, {str(cli)!r})\n"
        "import json, yaml, importlib.util\n"
        "spec = importlib.util.spec_from_file_location('spec', "
        f"{str(cli)!r} + '/databricks/labs/community_connector_cli/connector_spec.py')\n"
        "module = sys.modules['spec'] = importlib.util.module_from_spec(spec)\n"
        "spec.loader.exec_module(module)\n"
        f"parsed = module.parse_connector_spec(yaml.safe_load(open({str(spec)!r})))\n"
        "print(json.dumps({\n"
        "    'methods': {one.name: sorted(one.required_params) for one in parsed.auth_methods},\n"
        "    'shared': sorted(parsed.common_required_params),\n"
        "    'oauth': parsed.oauth_defaults,\n"
        "    'allowed': parsed.external_options_allowlist,\n"
        "    'known': sorted(parsed.get_all_known_params()),\n"
        "}))"
    )
    parsed = json.loads(checkout.says(code))
    assert parsed["methods"]["api_key"] == ["api_key"]
    assert {"client_id", "client_secret"} <= {*parsed["methods"]["oauth2_client_credentials"]}
    assert parsed["shared"] == ["base_url"]
    assert parsed["oauth"]["flow"] == "m2m"
    assert parsed["allowed"] == "max_records_per_batch,account"
    assert "access_token" not in parsed["known"], "Unity Catalog hands it over by itself"


def test_the_first_phase_ends_with_the_next_command_of_the_repository(checkout: Checkout) -> None:
    design = (checkout.source(CONNECTOR) / "DESIGN.md").read_text()
    first_phase = design[design.index("### Phase 1") : design.index("### Phase 2")]
    assert f"\n/develop-connector {CONNECTOR} tables=" in first_phase
    assert first_phase.count(" doc=https://shop.example/api\n") == 1
    command = (checkout.folder / ".claude/commands/develop-connector.md").read_text()
    assert "/develop-connector <source_name> [tables=t1,t2,...] [doc=<url_or_path>]" in command
    for file in ("README.md", "connector_spec.yaml", f"{CONNECTOR}_api_doc.md", "endpoints.yaml"):
        assert f"/{file}`" in first_phase


def test_none_of_the_repository_is_in_ours() -> None:
    assert not (ROOT / MARK).exists()
