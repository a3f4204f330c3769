"""One test for every criterion of DESIGN.md that a test can prove. Yours: no update touches it.

A test that asks for a `table` runs for each table whose criterion names it; conftest.py says how
the connector gets its options and its answers. What is not built yet is an expected failure.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from typing import Any

import pytest

UNKNOWN_TABLE = "no_such_table"
PATH = "https://source.example/things"


# Tables


def test_lists_exactly_the_planned_tables(connector: Any, plan: Any) -> None:
    listed = connector.list_tables()
    missing = sorted(plan.TABLES.keys() - set(listed))
    if missing:
        pytest.xfail(f"not built yet: {', '.join(missing)}")
    assert sorted(listed) == sorted(plan.TABLES)


def test_refuses_an_unknown_table(connector: Any) -> None:
    for call in (
        lambda: connector.get_table_schema(UNKNOWN_TABLE, {}),
        lambda: connector.read_table_metadata(UNKNOWN_TABLE, {}),
        lambda: connector.read_table(UNKNOWN_TABLE, {}, {}),
        lambda: connector.read_table_deletes(UNKNOWN_TABLE, {}, {}),
    ):
        with pytest.raises(ValueError, match=UNKNOWN_TABLE):
            call()


def test_metadata_is_as_planned(connector: Any, plan: Any, options_of: Any, table: str) -> None:
    metadata = connector.read_table_metadata(table, options_of(table))
    planned = plan.TABLES[table]
    assert metadata["ingestion_type"] == planned["ingestion_type"]
    assert metadata.get("primary_keys", []) == planned["primary_keys"]
    assert metadata.get("cursor_field") == planned["cursor_field"]


def test_schema_has_keys_and_cursor(connector: Any, plan: Any, options_of: Any, table: str) -> None:
    if not has_spark():
        pytest.skip("schemas are Spark types: install pyspark to check them")
    schema = connector.get_table_schema(table, options_of(table))
    names = schema.fieldNames()
    assert names, f"{table} has no column"
    assert len(names) == len(set(names)), f"{table} names a column twice"
    planned = plan.TABLES[table]
    for path in filter(None, [*planned["primary_keys"], planned["cursor_field"]]):
        assert type_at(schema, path) is not None, f"{table} has no column {path}"


def test_missing_options_are_named(connector_class: Any, connector: Any, plan: Any) -> None:
    required = [
        option["name"]
        for option in plan.CONNECTION_OPTIONS
        if option["required"] and not option["auth_method"]
    ]
    signing_in = list(plan.AUTH_METHODS.values())
    if all(signing_in):  # no method does without options
        required += [name for names in signing_in for name in names]
    if required:
        with pytest.raises(ValueError) as refusal:
            connector_class({})
        assert [name for name in required if name not in str(refusal.value)] == []
    needs = getattr(connector, "needed_options", lambda *asked: connector.read_table(*asked, {}))
    for table, planned in plan.TABLES.items():
        if planned["options"]:
            with pytest.raises(ValueError) as refusal:
                needs(table, {})
            assert [name for name in planned["options"] if name not in str(refusal.value)] == []


# Reading


def test_reads_records_that_match_the_schema(
    judged: Any, reader: Any, connector: Any, plan: Any, options_of: Any, table: str
) -> None:
    records, _ = reader.some(table)
    json.dumps(records)  # plain values: the pipeline turns them into those of the schema
    keys = plan.TABLES[table]["primary_keys"]
    for record in records:
        for path in keys:
            assert value_at(record, path) is not None, f"{table}: {path} is null in {record}"
    if has_spark():  # without it, the keys are all that can be compared
        schema = connector.get_table_schema(table, options_of(table))
        for record in records:
            assert list(misfits(record, schema)) == [], f"{table}: {record}"
        judged(table, "columns")


def test_keys_are_unique(reader: Any, plan: Any, table: str) -> None:
    records, _ = reader.some(table)
    different = {json.dumps(record, sort_keys=True): record for record in records}.values()
    paths = plan.TABLES[table]["primary_keys"]
    keys = Counter(json.dumps([value_at(one, path) for path in paths]) for one in different)
    shared = [key for key, count in keys.items() if count > 1]
    assert shared == [], f"{table}: several records share a key"


def test_reads_only_newer_records(judged: Any, table: str) -> None:
    judged(table, "repeats", "ends")


def test_second_run_without_changes_returns_nothing(judged: Any, table: str) -> None:
    judged(table, "moves", "repeats")


def test_deletions_arrive(judged: Any, reader: Any, plan: Any, table: str) -> None:
    deleted, end = reader.all(table, method="read_table_deletes")
    assert end is not None, f"{table}: deletions are read on from an offset"
    for record in deleted:
        for path in plan.TABLES[table]["primary_keys"]:
            assert value_at(record, path) is not None, f"{table}: {path} is null in {record}"
    judged(table, "deletions")


def test_reads_the_last_page(
    judged: Any, reader: Any, record_counts: dict[str, int], table: str
) -> None:
    if table in record_counts:
        records, _ = reader.all(table)
        expected = record_counts[table]
        assert len(records) == expected, f"{table}: {expected} records are there"
    judged(table, "complete", "capped")


def test_resumes_after_an_interruption(reader: Any, table: str) -> None:
    whole, _ = reader.some(table)
    resumed, end = next(reader.batches(table))
    if end is not None:
        resumed = resumed + reader.all(table, end)[0]
    known = {json.dumps(record, sort_keys=True) for record in resumed}
    lost = [record for record in whole if json.dumps(record, sort_keys=True) not in known]
    assert lost == [], f"{table}: lost when the run was cut off after its first batch"


def test_one_table_without_permission_is_named(
    reader: Any, answered: Any, caplog: pytest.LogCaptureFixture, plan: Any, table: str
) -> None:
    refused = []
    parent = plan.TABLES[table].get("parent") or table  # asked first, so refused first

    def refuse(request: Any) -> Any:
        refused.append(request.url)
        return response(403)

    pytest.importorskip("requests", reason="the client sends its requests through `requests`")
    answered(refuse)
    try:
        reader.all(table)
    except Exception as problem:
        named = table in str(problem) or parent in str(problem)
        assert named, f"the error does not name {table}: {problem}"
    else:
        heard = table in caplog.text or parent in caplog.text
        assert not refused or heard, f"{table} was refused, and nobody heard of it"


# Requests


def test_retries_after_429(source: Source) -> None:
    source.answers = [response(429, {"Retry-After": "7"}), response(200)]
    assert source.get().status_code == 200
    assert source.waits[0] >= 7

    in_a_minute = datetime.now(timezone.utc) + timedelta(seconds=60)
    source.answers = [response(429, {"Retry-After": format_datetime(in_a_minute)}), response(200)]
    assert source.get().status_code == 200
    assert 55 <= source.waits[-1] <= 61


def test_retries_after_5xx(source: Source) -> None:
    source.answers = [response(status) for status in (500, 502, 503, 504, 200)]
    assert source.get().status_code == 200
    assert source.waits == sorted(source.waits)
    assert len(set(source.waits)) == 4

    source.answers = [response(503)] * 100
    with pytest.raises(source.error, match="503"):
        source.get()


def test_gives_up_after_the_timeout(source: Source) -> None:
    requests = pytest.importorskip("requests")
    source.answers = [requests.Timeout()] * 100
    with pytest.raises(source.error, match="things"):
        source.get()
    assert 1 < len(source.sent) < 100
    assert all(sent["timeout"] for sent in source.sent)


def test_stays_under_the_rate_limit(source: Source, plan: Any) -> None:
    limits = [(one["requests"], one["seconds"]) for one in plan.LIMITS["rate_limits"] or ()]
    if not limits:
        pytest.skip("the plan knows no rate limit: answer rate_limit")
    assert source.planned_limits() == limits
    scaled = [(min(requests, 200), seconds) for requests, seconds in limits]
    source.limit(scaled)
    for _ in range(3 * max(requests for requests, _ in scaled)):
        source.get()
    moments = [sent["moment"] for sent in source.sent]
    for requests, seconds in scaled:
        for first, beyond in zip(moments, moments[requests:], strict=False):
            assert beyond - first >= seconds - 1e-6, f"more than {requests} in {seconds} seconds"


# A source that answers as told, on a clock of its own


class Source:
    """Takes the place of a `requests.Session` behind the client."""

    def __init__(self, client_module: Any, options: dict[str, str]) -> None:
        """Take the module of the client, and the options of a connection."""
        self.error = client_module.SourceError
        self.planned_limits: Callable[[], Any] = client_module.planned_limits
        self.answers: list[Any] = []
        self.sent: list[dict[str, Any]] = []
        self.waits: list[float] = []
        self.headers: dict[str, str] = {}
        self._now = 0.0
        self._make_client = lambda limits: client_module.SourceClient(
            options, session=self, limits=limits, clock=self._clock, sleep=self._sleep
        )
        self.limit([])

    def limit(self, limits: list[tuple[int, float]]) -> None:
        """Go on with a client that keeps these limits."""
        self._client = self._make_client(limits)

    def get(self) -> Any:
        """Send a request through the client."""
        return self._client.request("GET", PATH)

    def request(self, method: str, url: str, **arguments: Any) -> Any:
        """Answer a request of the client."""
        self.sent.append({**arguments, "moment": self._now})
        answer = self.answers.pop(0) if self.answers else response(200)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def _clock(self) -> float:
        return self._now

    def _sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self._now += seconds


@pytest.fixture
def source(connector_class: Any, connection_options: dict[str, str]) -> Source:
    """A source behind the client of the connector."""
    pytest.importorskip("requests", reason="the client sends its requests through `requests`")
    module = importlib.import_module(f"{connector_class.__module__}_client")
    return Source(module, connection_options)


def response(status: int, headers: dict[str, str] | None = None) -> Any:
    """Return a response with nothing but a status and headers."""
    import requests

    made = requests.Response()
    made.status_code = status
    made.headers.update(headers or {})
    made._content = b"{}"
    return made


# Records and schemas


def value_at(record: Any, path: str) -> Any:
    """Return the value at a dotted path, None where there is none."""
    for name in path.split("."):
        record = record.get(name) if isinstance(record, dict) else None
    return record


def has_spark() -> bool:
    """Say whether the types of schemas can be looked at."""
    return importlib.util.find_spec("pyspark") is not None


def type_at(schema: Any, path: str) -> Any:
    """Return the Spark type at a dotted path, None where there is none."""
    for name in path.split("."):
        fields = {field.name: field.dataType for field in getattr(schema, "fields", ())}
        schema = fields.get(name)
    return schema


def misfits(record: Any, schema: Any) -> Iterator[str]:
    """Say what in a record the pipeline could not put into the columns of a schema."""
    for field in schema.fields:
        value = record.get(field.name)
        if value is None:
            if not field.nullable:
                yield f"{field.name} must not be null"
        else:
            yield from (f"{field.name}{problem}" for problem in _misfits_of(value, field.dataType))


def _misfits_of(value: Any, kind: Any) -> Iterator[str]:
    name = kind.typeName()
    if name == "struct":
        if isinstance(value, dict):
            yield from (f".{problem}" for problem in misfits(value, kind))
        else:
            yield f" is no object: {value!r}"
    elif name == "array":
        if isinstance(value, list):
            for one in value:
                yield from _misfits_of(one, kind.elementType) if one is not None else ()
        else:
            yield f" is no list: {value!r}"
    elif not _fits(value, name):
        yield f" is no {name}: {value!r}"


def _fits(value: Any, name: str) -> bool:
    try:
        if name in ("byte", "short", "integer", "long"):
            return not isinstance(value, bool) and int(value) == float(value)
        if name in ("float", "double") or name.startswith("decimal"):
            return not isinstance(value, bool) and isinstance(float(value), float)
        if name == "date" or name.startswith("timestamp"):  # ISO 8601, or seconds since 1970
            if isinstance(value, str):
                return bool(datetime.fromisoformat(value.replace("Z", "+00:00")))
            return isinstance(value, (int, float)) and not isinstance(value, bool)
    except (TypeError, ValueError):
        return False
    return name != "boolean" or isinstance(value, bool) or value in ("true", "false")
