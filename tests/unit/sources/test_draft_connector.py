"""What is read from the code of a connector without running it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from drafts import answers, values
from planning.sources import drafting
from planning.sources.drafting import connector
from planning.sources.drafting.described import Description

HEAD = "from databricks.labs.community_connector.interface import LakeflowConnect\n"


def package(tmp_path: Path, code: str, **others: str) -> Description:
    folder = tmp_path / "acme"
    folder.mkdir()
    (folder / "acme.py").write_text(HEAD + code)
    for name, text in others.items():
        (folder / f"{name}.py").write_text(text)
    (description,) = drafting.read([folder])
    return description


METADATA = """
TABLE_METADATA = {
    "orders": {"primary_keys": ["id"], "cursor_field": "updated_at", "ingestion_type": "cdc"},
    "labels": {**_WHOLE, "primary_keys": ["name"]},
}
_WHOLE = {"ingestion_type": "snapshot", "cursor_field": None}
"""

BY_CONSTANT = """
from .acme_schemas import TABLE_METADATA
class AcmeLakeflowConnect(LakeflowConnect):
    def list_tables(self):
        return list(TABLE_METADATA.keys())
    def read_table_metadata(self, table_name, table_options):
        if table_name not in TABLE_METADATA:
            raise ValueError(table_name)
        return dict(TABLE_METADATA[table_name])
"""

BY_BRANCHES = """
class AcmeLakeflowConnect(LakeflowConnect):
    def __init__(self, options):
        self._config = {"orders": {"key": "id", "deletes": True}, "labels": {"key": "name"}}
    def list_tables(self):
        tables = ["orders", "labels"]
        try:
            tables.extend(self._discover())
        except Exception:
            pass
        return tables
    def read_table_metadata(self, table_name, table_options):
        config = self._config[table_name]
        metadata = {"primary_keys": [config["key"]]}
        if table_name == "orders":
            metadata["cursor_field"] = "updated_at"
            metadata["ingestion_type"] = "cdc_with_deletes" if config.get("deletes") else "cdc"
        else:
            metadata["ingestion_type"] = "snapshot"
        return metadata
"""


@pytest.mark.parametrize("code", [BY_CONSTANT, BY_BRANCHES], ids=["constant", "branches"])
def test_tables_keys_cursors_and_ingestion(tmp_path: Path, code: str) -> None:
    draft = package(tmp_path, code, acme_schemas=METADATA)
    assert values(draft, "orders")["primary_keys"] == ["id"]
    assert values(draft, "orders")["cursor_field"] == "updated_at"
    assert values(draft, "orders")["ingestion"].startswith("cdc")
    assert values(draft, "labels") == {"ingestion": "snapshot", "primary_keys": ["name"]}


def test_what_depends_on_an_answer_of_the_source_is_not_known(tmp_path: Path) -> None:
    draft = package(
        tmp_path,
        """
class AcmeLakeflowConnect(LakeflowConnect):
    def list_tables(self):
        return ["orders"]
    def read_table_metadata(self, table_name, table_options):
        found = self._session.get("/metadata").json()
        if found["key"]:
            return {"primary_keys": ["id"], "ingestion_type": "cdc", "cursor_field": found["c"]}
        return {"primary_keys": ["id"], "ingestion_type": "snapshot"}
""",
    )
    assert values(draft, "orders") == {}


def test_tables_made_at_run_time_are_said_to_be_so(tmp_path: Path) -> None:
    code = "class AcmeLakeflowConnect(LakeflowConnect):\n    def list_tables(self):\n        return ask()\n"  # noqa: E501
    draft = package(tmp_path, code)
    assert draft.tables == []
    assert draft.skipped == ["tables: made at run time, so the code does not name them"]


def test_nothing_is_run(tmp_path: Path) -> None:
    trap = tmp_path / "ran"
    code = f"open({str(trap)!r}, 'w').close()\nTABLES = [__import__('os').system('touch {trap}')]\n"
    package(tmp_path, code + BY_CONSTANT, acme_schemas=METADATA)
    assert not trap.exists()


def test_code_that_never_ends_is_read_to_the_end(tmp_path: Path) -> None:
    draft = package(
        tmp_path,
        """
A = B
B = A
class AcmeLakeflowConnect(LakeflowConnect):
    def list_tables(self):
        return self.list_tables()
    def read_table_metadata(self, name, options):
        while True:
            pass
""",
        broken="def broken(:\n",
    )
    assert draft.tables == []
    assert "broken.py: is no Python" in draft.skipped


def test_the_spec_names_the_source_its_parameters_and_options(tmp_path: Path) -> None:
    folder = tmp_path / "acme"
    folder.mkdir()
    (folder / "connector_spec.yaml").write_text(
        "display_name: Acme CRM\nconnection:\n  parameters:\n"
        "    - {name: token, type: string, required: true, secret: true}\n"
        'external_options_allowlist: "start_date, max_records_per_batch"\n'
    )
    (folder / "acme.py").write_text(HEAD + 'HEADERS = {"Authorization": "Bearer " + "x"}\n')
    said = answers(connector.read(folder))
    assert said["source_name"] == "Acme CRM"
    assert said["connection_parameters"] == [{"name": "token", "required": True, "secret": True}]
    assert said["table_options"] == ["start_date", "max_records_per_batch"]
    assert said["auth_methods"] == ["bearer_token"]


def test_the_spec_says_which_flow_unity_catalog_runs_and_what_each_way_asks_for(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "acme"
    folder.mkdir()
    (folder / "connector_spec.yaml").write_text("""
connection:
  auth_methods:
    - {name: token, parameters: [{name: token, required: true, secret: true}]}
    - {name: app, parameters: [{name: client_id, required: true}, {name: org, required: true}]}
  parameters: [{name: org, required: true}]
  oauth:
    flow: u2m_per_user
    pkce: false
    scopes: read write
    authorization_url: https://{org}.acme.example/authorize
    token_url: http://acme.example/token
    extra_auth_params: {access_type: offline}
""")
    (folder / "acme.py").write_text(HEAD + 'HEADERS = {"Authorization": "Bearer " + "x"}\n')
    said = answers(connector.read(folder))
    assert said["auth_methods"] == ["oauth2_authorization_code", "bearer_token"]
    assert said["connection_parameters"] == [
        {"name": "org", "required": True},
        {"name": "token", "required": False, "secret": True},
        {"name": "client_id", "required": False},
    ]
    assert said["oauth"] == {
        "authorization_url": "https://{org}.acme.example/authorize",
        "flow": "u2m_per_user",
        "pkce": False,
        "scopes": ["read", "write"],
        "extra_parameters": {"access_type": "offline"},
    }


@pytest.mark.skipif("LAKEFLOW_UPSTREAM" not in os.environ, reason="needs a checkout of upstream")
def test_every_connector_of_upstream_is_read() -> None:
    sources = (
        Path(os.environ["LAKEFLOW_UPSTREAM"]) / "src/databricks/labs/community_connector/sources"
    )
    drafts = [
        connector.read(one)
        for one in sorted(sources.iterdir())
        if (one / "connector_spec.yaml").exists()
    ]
    said = [table for draft in drafts for table in draft.tables]
    assert len(drafts) >= 28
    # 22 of 29 name their tables in code; one table has no key in every mode.
    assert sum("ingestion" in table.facts for table in said) == len(said)
    assert sum("primary_keys" in table.facts for table in said) >= len(said) - 2
