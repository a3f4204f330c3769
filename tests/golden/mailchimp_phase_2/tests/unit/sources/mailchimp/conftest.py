"""What the tests of this connector share. Yours: no update touches this file.

The tests need no credentials, network or Spark. Where the source comes from is up to you:

- Nothing set: the connector gets stand-ins for its options. Its requests are answered from
  endpoints.yaml and the corpus of the simulator, and by `answer` below where it knows better.
- A real source: put the connection options as JSON into CONNECTOR_TEST_CONFIG_JSON, or into a
  file that CONNECTOR_TEST_CONFIG_PATH names.

Acceptance tests that ask for a `table` run for each table whose criterion names them. Tests of your
own stand best in files of your own; there `table` is every table of the plan.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

CONNECTOR = "mailchimp"
CONNECTOR_CLASS = "MailchimpLakeflowConnect"
ACCEPTANCE_TESTS = f"test_{CONNECTOR}_acceptance.py"
TESTS = Path(__file__).resolve().parent
SOURCE_ROOT = TESTS.parents[3] / "src"
PACKAGE = SOURCE_ROOT / "databricks" / "labs" / "community_connector" / "sources" / CONNECTOR
MODULE = f"databricks.labs.community_connector.sources.{CONNECTOR}"
sys.path.append(str(SOURCE_ROOT))  # for a checkout that is not installed

STAND_INS: dict[str, str] = {}  # options of the connection that must have a certain form
TABLE_CONFIGS: dict[str, dict[str, str]] = {}  # table -> options to read it with in tests
RECORD_COUNTS: dict[str, int] = {}  # table -> records a real source holds, to compare with
MOST_BATCHES = 1_000  # a read that has not ended after so many batches is taken for an endless one


def answer(request: Any) -> Any:
    """Return what the source would answer to a `requests.PreparedRequest`, or None if unknown.

    For what endpoints.yaml cannot say. `json_response` makes an answer. Look at `request.url`,
    which holds path and query.
    """
    return None


def json_response(content: Any, status: int = 200, headers: dict[str, str] | None = None) -> Any:
    """Return a `requests.Response` with JSON content."""
    import requests

    response = requests.Response()
    response.status_code = status
    response.headers.update(headers or {})
    response._content = json.dumps(content).encode()
    return response


# The plan


def _load(name: str, file: Path) -> ModuleType:
    """By its path: another file or package may have its name."""
    spec = importlib.util.spec_from_file_location(name, file)
    assert spec and spec.loader
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _why_not() -> str:
    if PLAN is None:
        return (
            f"left over: the plan of {CONNECTOR} builds no code any more, {CONNECTOR}_plan.py is "
            f"gone. Delete {TESTS.name}/ and what is left of the connector, or plan it again."
        )
    try:
        importlib.import_module("databricks.labs.community_connector.interface")
    except ImportError as problem:
        return f"needs a checkout of the community-connectors repository, with pyspark: {problem}"
    return ""


PLAN_FILE = PACKAGE / f"{CONNECTOR}_plan.py"
PLAN = _load(f"{CONNECTOR}_facts", PLAN_FILE) if PLAN_FILE.exists() else None
HARNESS = _load(f"{CONNECTOR}_harness", TESTS / f"{CONNECTOR}_harness.py") if PLAN else None
WHY_NOT = _why_not()
# The suite of the repository imports what is missing, so it cannot even be skipped.
collect_ignore = [f"test_{CONNECTOR}_lakeflow_connect.py"] if WHY_NOT else []
SIMULATED = bool(HARNESS and HARNESS.is_there())
LIVE_OPTIONS = os.environ.get("CONNECTOR_TEST_CONFIG_JSON", "")
LIVE_FILE = os.environ.get("CONNECTOR_TEST_CONFIG_PATH", "")


@pytest.fixture(scope="session")
def plan() -> ModuleType:
    """The facts of the plan."""
    assert PLAN is not None
    return PLAN


# The connector


@pytest.fixture(scope="session")
def connector_class() -> Any:
    """The class under test."""
    return getattr(importlib.import_module(f"{MODULE}.{CONNECTOR}"), CONNECTOR_CLASS)


@pytest.fixture(scope="session")
def connection_options(plan: ModuleType) -> dict[str, str]:
    """Options of the connection: real ones if there are any, else stand-ins."""
    text = Path(LIVE_FILE).read_text(encoding="utf-8") if LIVE_FILE else LIVE_OPTIONS
    return dict(json.loads(text)) if text else {**plan.EXAMPLE_OPTIONS, **STAND_INS}


@pytest.fixture
def answered() -> Iterator[Callable[[Callable[[Any], Any]], None]]:
    """Answers all requests by a function, instead of sending them."""
    with pytest.MonkeyPatch.context() as patch:

        def by(function: Callable[[Any], Any]) -> None:
            import requests

            simulated = SIMULATED and requests.Session.send

            def send(session: Any, request: Any, **arguments: Any) -> Any:
                response = function(request)
                if response is None and simulated:
                    with suppress(LookupError):
                        return simulated(session, request, **arguments)
                if response is None:
                    url = request.url.partition("?")[0]
                    pytest.skip(
                        f"no answer to {request.method} {url}: describe it in endpoints.yaml, "
                        "write it in `answer` of conftest.py, or set CONNECTOR_TEST_CONFIG_PATH"
                    )
                response.request, response.url = request, request.url
                return response

            patch.setattr(requests.Session, "send", send)

        yield by


@pytest.fixture
def simulated() -> Iterator[Any]:
    """Answers all requests from endpoints.yaml and the corpus."""
    with HARNESS.Source().answering() as source:
        yield source


@pytest.fixture
def connect(
    connector_class: Any, connection_options: dict[str, str], request: pytest.FixtureRequest
) -> Callable[[], Any]:
    """Makes a new connector, as every run of a pipeline does."""
    if not (LIVE_OPTIONS or LIVE_FILE) and importlib.util.find_spec("requests"):
        if SIMULATED:
            request.getfixturevalue("simulated")
        request.getfixturevalue("answered")(answer)

    def make() -> Any:
        try:
            return connector_class(dict(connection_options))
        except ValueError as refused:
            if LIVE_OPTIONS or LIVE_FILE:
                raise
            pytest.skip(f"the connector takes no stand-ins: {refused} Set STAND_INS in conftest.py")

    return make


@pytest.fixture
def connector(connect: Callable[[], Any]) -> Any:
    """A connector."""
    return connect()


@pytest.fixture(autouse=True)
def table_is_there(request: pytest.FixtureRequest) -> None:
    """A table of this phase that the connector does not list yet is an expected failure."""
    case = getattr(request.node, "callspec", None)
    table = case.params.get("table") if case else None
    if table and table not in request.getfixturevalue("connector").list_tables():
        reason = f"{_criterion_of(request.node)}{table} is not built yet."
        raise pytest.xfail.Exception(reason, pytrace=False)


@pytest.fixture(scope="session")
def options_of(plan: ModuleType) -> Callable[[str], dict[str, str]]:
    """The options to read a table with: those of TABLE_CONFIGS, and stand-ins for needed ones."""
    known = HARNESS.options_by_table(plan.TABLES)

    def options(table: str) -> dict[str, str]:
        return {**known[table], **TABLE_CONFIGS.get(table, {})}

    return options


# Reading

Read = tuple[list[dict[str, Any]], Any]  # records, and the offset where they end


class Reader:
    """Reads tables the way a pipeline does; a read that is not built is an expected failure."""

    def __init__(self, connect: Callable[[], Any], options_of: Any, criterion: str) -> None:
        """Take how to make a connector, the options of a table, and what the test proves."""
        self._connect = connect
        self._options_of = options_of
        self._criterion = criterion

    def batches(self, table: str, start: Any = None, method: str = "read_table") -> Iterator[Read]:
        """Yield the records of each call of a new connector, and the offset where they end."""
        asked = (self._connect(), table, self._options_of(table), start, method)
        try:
            yield from HARNESS.batches(*asked, most=MOST_BATCHES)
        except NotImplementedError as missing:
            # What `pytest.xfail` raises; without a traceback it is a hundred times as fast.
            reason = f"{self._criterion}not built yet. {missing}"
            raise pytest.xfail.Exception(reason, pytrace=False) from None
        except HARNESS.NoEnd as endless:
            pytest.fail(str(endless), pytrace=False)

    def some(self, table: str) -> Read:
        """Return the records of a table and the offset where they end; skip if there are none."""
        records, end = self.all(table)
        if not records:
            pytest.skip(f"{table}: no record was read, so nothing is shown")
        return records, end

    def all(self, table: str, start: Any = None, method: str = "read_table") -> Read:
        """Return all records after an offset, and the offset where they end."""
        records: list[dict[str, Any]] = []
        end = start
        for batch, offset in self.batches(table, start, method):
            records += batch
            end = offset
        return records, end


@pytest.fixture
def reader(connect: Callable[[], Any], options_of: Any, request: pytest.FixtureRequest) -> Reader:
    """Reads the tables of the connector."""
    return Reader(connect, options_of, _criterion_of(request.node))


@pytest.fixture(scope="session")
def record_counts() -> dict[str, int]:
    """How many records the source holds, by table."""
    return RECORD_COUNTS


@pytest.fixture(scope="session")
def judge(connector_class: Any, connection_options: Any, plan: ModuleType, options_of: Any) -> Any:
    """Says what is wrong with the reading of a table; each table is read once."""
    return HARNESS.Judge(connector_class, connection_options, plan.TABLES, options_of)


@pytest.fixture
def judged(judge: Any, request: pytest.FixtureRequest) -> Callable[..., None]:
    """Fails with what some checks of the judge found, by their names."""
    criterion = _criterion_of(request.node)

    def check(table: str, *checks: str) -> None:
        if LIVE_OPTIONS or LIVE_FILE or not SIMULATED:
            pytest.skip("shown against endpoints.yaml and its corpus, which needs PyYAML")
        wrong = [one.text for one in judge.found(table, criterion) if one.check in checks]
        if wrong:
            pytest.fail("\n".join(wrong), pytrace=False)

    return check


# Which tests run, and what they say of the criteria


@cache
def _criteria_by_test() -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for criterion in PLAN.CRITERIA if PLAN else ():
        if criterion["test"]:
            found.setdefault(criterion["test"], []).append(criterion)
    return found


def _criterion_of(item: Any) -> str:
    by_test = _criteria_by_test()
    criteria = by_test.get(item.name) or by_test.get(item.originalname) or ()
    return "".join(f"{one['id']}: " for one in criteria)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for a `table` once for each table that it is meant for."""
    given = {mark.args[0] for mark in metafunc.definition.iter_markers("parametrize")}
    if "table" in metafunc.fixturenames and "table" not in given:
        tables = list(PLAN.TABLES) if PLAN else []
        if PLAN and metafunc.definition.path.name == ACCEPTANCE_TESTS:
            name = metafunc.function.__name__
            tables = HARNESS.tables_wanted(name, PLAN.CRITERIA, tables)
        metafunc.parametrize("table", tables or [None])


@cache
def _is_here(folder: Path) -> bool:
    return folder.resolve() == TESTS


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out tests that no criterion asks for, and skip all where there is no plan."""
    here = [item for item in items if _is_here(item.path.parent)]
    if WHY_NOT:
        for item in here:
            item.add_marker(pytest.mark.skip(reason=WHY_NOT))
        return
    cases = [(item, getattr(item, "callspec", None)) for item in here]
    idle = {item for item, case in cases if case and case.params.get("table", "") is None}
    items[:] = [item for item in items if item not in idle]
    config.hook.pytest_deselected(items=list(idle))


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Count the acceptance criteria."""
    outcomes: dict[str, set[str]] = {}
    for outcome in ("passed", "xfailed", "skipped", "failed", "error"):
        for report in terminalreporter.stats.get(outcome, ()):
            file, _, test = report.nodeid.partition("::")
            if file.endswith(ACCEPTANCE_TESTS):
                for name in {test, test.partition("[")[0]}:
                    outcomes.setdefault(name, set()).add(outcome)
    if PLAN is None or WHY_NOT or not outcomes:
        return
    tests = [criterion["test"] for criterion in PLAN.CRITERIA if criterion["test"]]
    standing = [_standing(outcomes.get(test, set())) for test in tests]
    counted = ", ".join(
        f"{standing.count(kind)} {kind}"
        for kind in ("met", "not built", "failing", "not checked")
        if kind in standing or kind != "not checked"
    )
    people = len(PLAN.CRITERIA) - len(tests)
    terminalreporter.write_line(
        f"{CONNECTOR}: acceptance criteria: {counted}; {people} more for people to check"
    )


def _standing(outcomes: set[str]) -> str:
    if outcomes & {"failed", "error"}:
        return "failing"
    if "xfailed" in outcomes:
        return "not built"
    return "met" if outcomes == {"passed"} else "not checked"
