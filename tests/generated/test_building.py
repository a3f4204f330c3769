"""What the generated tests say while a connector is built."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from projects import Project, new_project
from running import run_tests

ORDERS = {"name": "orders", "ingestion": "cdc", "primary_keys": ["id"], "cursor_field": "changed"}
CUSTOMERS = {"name": "customers", "ingestion": "snapshot", "primary_keys": ["id"]}
EVENTS = {"name": "events", "ingestion": "append", "cursor_field": "$meta.$time"}
TICKETS = {**ORDERS, "name": "tickets", "ingestion": "cdc_with_deletes"}
NOT_BUILT = """        table = self._planned(table_name)
        if table["ingestion_type"] == "snapshot":
"""
NO_DELETIONS = """        table = self._planned(table_name)
        since = reads_from(table, start_offset, self._init_time)
        records = self._deletions"""

BY_CURSOR = """
        if table_name == "TABLE":
            records = [{"id": day, "changed": f"2026-01-0{day}", "total": 5} for day in range(1, 5)]
            since = (start_offset or {}).get("since", "")
            batch = [record for record in records if record["changed"] > since][:2]
            return iter(batch), {"since": batch[-1]["changed"] if batch else since}
"""
REPEATED = """
        if table_name == "events":
            read = (start_offset or {}).get("until")
            events = [] if read else [{"$meta": {"$time": 1}}, {"$meta": {"$time": 2}}]
            return iter(events), {"until": 2}
"""
GENERATED = """
        if table_name == "customers":
            return ({"id": number} for number in range(3)), None
"""
BY_HTTP = """
        if table_name == "customers":
            return iter(self.client.get_json("/customers", table="customers")), None
"""
READS = {"orders": BY_CURSOR.replace("TABLE", "orders"), "events": REPEATED, "customers": GENERATED}


@pytest.fixture(scope="module")
def as_generated(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The connector as it was generated. Tests must not change it."""
    return new_project(
        template,
        tmp_path_factory.mktemp("building") / "project",
        connector="acme",
        tables=[ORDERS, CUSTOMERS, EVENTS, TICKETS],
        auth_methods=["api_key"],
        connection_parameters=[{"name": "base_url", "required": False}],
    )


@pytest.fixture
def project(as_generated: Project, tmp_path: Path) -> Project:
    """A copy of the connector, to build on."""
    shutil.copytree(as_generated.folder, tmp_path / "project")
    return replace(as_generated, folder=tmp_path / "project")


def build(project: Project, read: str, instead_of: str = NOT_BUILT) -> None:
    """Writes the reading of a table before the line that says it is not built."""
    project.replace("acme.py", instead_of, read + instead_of)


def of(table: str, cases: set[str]) -> set[str]:
    return {name.partition("[")[0] for name in cases if name.endswith(f"[{table}]")}


@pytest.mark.parametrize("table", ["orders", "events", "customers"])
def test_a_table_that_is_read_passes_its_tests_unedited_and_others_still_wait(
    project: Project, table: str
) -> None:
    waiting = of(table, run_tests(project.folder).names("xfailed"))
    build(project, READS[table])
    run = run_tests(project.folder)
    assert run.code == 0, run.output
    assert waiting >= {"test_reads_records_that_match_the_schema", "test_reads_the_last_page"}
    assert of(table, run.names("passed")) >= waiting
    assert of(table, run.names("xfailed")) == set()
    assert of("tickets", run.names("xfailed")) >= waiting - {"test_keys_are_unique"}


def test_deletions_wait_until_they_are_built_themselves(project: Project) -> None:
    read = BY_CURSOR.replace("TABLE", "tickets")
    build(project, read)
    assert of("tickets", run_tests(project.folder).names("xfailed")) == {
        "test_deletions_arrive",
        "test_a_table_is_read_as_the_pipeline_reads_it",
    }
    build(project, read, NO_DELETIONS)
    assert of("tickets", run_tests(project.folder).names("xfailed")) == set()


@pytest.mark.parametrize(
    ("wrong", "right", "test"),
    [
        ('"id": day', '"id": 1', "test_keys_are_unique"),
        ('"id": day', '"id": None', "test_reads_records_that_match_the_schema"),
        (
            '{"since": batch[-1]["changed"] if batch else since}',
            "None",
            "test_second_run_without_changes_returns_nothing",
        ),
        (
            "if batch else since",
            'if batch else ""',
            "test_a_table_is_read_as_the_pipeline_reads_it",
        ),
        ('"changed": f"2026-01-0{day}"', '"changed": None', "test_reads_only_newer_records"),
        (
            "if batch else since}",
            'if batch else since, "no JSON": {1}}',
            "test_reads_the_last_page",
        ),
    ],
)
def test_a_read_that_is_wrong_fails_the_test_of_its_criterion(
    project: Project, wrong: str, right: str, test: str
) -> None:
    assert wrong in BY_CURSOR
    build(project, BY_CURSOR.replace("TABLE", "orders").replace(wrong, right, 1))
    assert test in of("orders", run_tests(project.folder).names("failed"))


def test_a_read_that_loses_records_after_an_interruption_is_found_out(project: Project) -> None:
    forgetful = """
        if table_name == "orders":
            if not start_offset:
                self.rest = [1, 2, 3]
            rest = getattr(self, "rest", [])
            batch = [{"id": number, "changed": "2026"} for number in rest[:1]]
            self.rest = rest[1:]
            return iter(batch), {"left": len(self.rest)}
"""
    build(project, forgetful)
    failed = of("orders", run_tests(project.folder).names("failed"))
    assert "test_resumes_after_an_interruption" in failed


def test_a_missing_last_page_fails_once_the_number_of_records_is_known(project: Project) -> None:
    build(project, GENERATED)
    counts = "RECORD_COUNTS: dict[str, int] = {"
    project.replace("tests/conftest.py", counts, counts + '"customers": 4')
    failed = of("customers", run_tests(project.folder).names("failed"))
    assert failed == {"test_reads_the_last_page"}


def test_a_record_that_comes_with_an_offset_that_stays_is_what_spark_refuses(
    project: Project,
) -> None:
    overlapping = BY_CURSOR.replace("TABLE", "orders").replace("> since", ">= since")
    build(project, overlapping)
    run = run_tests(project.folder)
    assert "stays where it was" in run.said("test_a_table_is_read_as_the_pipeline_reads_it[orders]")


def test_a_request_that_nobody_answers_skips_and_says_where_to_write_the_answer(
    project: Project,
) -> None:
    project.replace("acme_client.py", 'BASE_URL = ""', 'BASE_URL = "https://acme.example/v1"')
    build(project, BY_HTTP)
    run = run_tests(project.folder)
    assert run.code == 0, run.output
    said = run.said("test_keys_are_unique[customers]")
    assert "GET https://acme.example/v1/customers" in said
    assert "conftest.py" in said


def test_an_answer_in_conftest_is_what_the_connector_reads(project: Project) -> None:
    project.replace("acme_client.py", 'BASE_URL = ""', 'BASE_URL = "https://acme.example/v1"')
    build(project, BY_HTTP)
    project.replace(
        "tests/conftest.py",
        "    return None\n",
        '    return json_response([{"id": 1}]) if "/customers" in request.url else None\n',
    )
    run = run_tests(project.folder)
    assert run.code == 0, run.output
    assert of("customers", run.names("skipped") | run.names("xfailed")) <= {
        "test_schema_has_keys_and_cursor",
        "test_a_table_is_read_as_the_pipeline_reads_it",  # endpoints.yaml says nothing of it
        "test_reads_the_last_page",
    }
    assert "test_one_table_without_permission_is_named" in of("customers", run.names("passed"))


def test_a_refusal_that_nobody_hears_of_fails(project: Project) -> None:
    build(
        project,
        BY_HTTP.replace("return", "try:\n                return", 1)
        + ("            except Exception:\n                return iter([]), None\n"),
    )
    project.replace("acme_client.py", 'BASE_URL = ""', 'BASE_URL = "https://acme.example/v1"')
    run = run_tests(project.folder)
    assert "test_one_table_without_permission_is_named[customers]" in run.names("failed")


def test_real_options_come_from_the_environment(project: Project, tmp_path: Path) -> None:
    build(project, GENERATED.replace("range(3)", "range(int(self.options['api_key']))"))
    config = tmp_path / "config.json"
    config.write_text('{"api_key": "2"}')
    run = run_tests(project.folder, CONNECTOR_TEST_CONFIG_PATH=str(config))
    assert "test_keys_are_unique[customers]" in run.names("passed")
    stand_in = run_tests(project.folder)
    assert "test_keys_are_unique[customers]" in stand_in.names("failed")


@pytest.mark.parametrize(
    ("right", "wrong", "test", "says"),
    [
        (
            "return list(TABLES)",
            'return [name.replace("orders", "purchases") for name in TABLES]',
            "test_the_connector_lists_the_tables_of_the_plan",
            ("purchases is in the code and not in the plan", "orders is in the plan and not in"),
        ),
        (
            'list(table["primary_keys"])',
            '["uuid"]',
            "test_the_connector_reports_the_metadata_of_the_plan",
            ("orders: primary_keys is ['uuid'] in the code, ['id'] in the plan",),
        ),
        (
            'table["cursor_field"],',
            '"created",',
            "test_the_connector_reports_the_metadata_of_the_plan",
            ("orders: cursor_field is 'created' in the code, 'changed' in the plan",),
        ),
    ],
)
def test_code_that_leaves_the_plan_is_told_which_side_to_change(
    project: Project, right: str, wrong: str, test: str, says: tuple[str, ...]
) -> None:
    project.replace("acme.py", right, wrong)
    run = run_tests(project.folder)
    assert run.code == 1
    said = run.said(test)
    for words in (*says, "Either change the code", "acme.py", f"-a {project.answers_file}"):
        assert words in said


def test_a_plan_that_was_edited_by_hand_is_noticed(project: Project) -> None:
    project.replace("acme_plan.py", '"orders"', '"purchases"')
    run = run_tests(project.folder)
    assert "changed by hand" in run.said("test_the_plan_is_as_it_was_made")


def test_a_plan_that_was_reformatted_is_still_the_plan(project: Project) -> None:
    text = project.read("acme_plan.py")
    assert '"primary_keys": ["id"]' in text
    project.write("acme_plan.py", text.replace('["id"]', "[\n    'id',\n]"))
    assert "test_the_plan_is_as_it_was_made" in run_tests(project.folder).names("passed")


def test_a_schema_without_a_table_is_called_left_over(project: Project) -> None:
    project.replace("acme_schemas.py", "    return {}\n", '    return {"invoices": None}\n')
    said = run_tests(project.folder).said("test_no_schema_is_left_over_from_a_table_that_is_gone")
    assert "invoices" in said


def test_a_method_that_the_client_cannot_sign_in_by_is_named(project: Project) -> None:
    project.replace("acme_client.py", "def authenticate_api_key", "def authenticate_somehow")
    said = run_tests(project.folder).said("test_the_client_can_sign_in_by_every_planned_method")
    assert "authenticate_api_key" in said


def test_files_left_over_from_a_plan_that_is_gone_skip_and_say_so(project: Project) -> None:
    project.path("acme_plan.py").unlink()
    project.path("tests/test_acme_plan.py").unlink()
    run = run_tests(project.folder)
    assert run.code == 0, run.output
    assert run.names("skipped") == set(run.cases)
    assert "left over" in run.said("test_refuses_an_unknown_table")


def test_a_test_of_ones_own_runs_for_every_table(project: Project) -> None:
    project.write(
        "tests/test_mine.py",
        "def test_mine(connector, table):\n    assert table in connector.list_tables()\n",
    )
    passed = run_tests(project.folder).names("passed")
    assert {f"test_mine[{name}]" for name in ("orders", "customers", "events", "tickets")} <= passed


def test_the_count_of_the_criteria_tells_failures(project: Project) -> None:
    build(project, BY_CURSOR.replace("TABLE", "orders").replace('"id": day', '"id": 1'))
    [line] = run_tests(project.folder).summary
    assert " 1 failing" in line
