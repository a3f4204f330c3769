# Owned by the plan: every `copier update` writes this file anew. Change the answers, not this file.
# fmt: off
# ruff: noqa
# isort: skip_file
"""How the tests read, what they answer with, and how they judge.

A table is read as the pipeline reads it: a snapshot by one call, any other from the offset {} on,
until the offset stays where it is. The requests of the connector are answered from endpoints.yaml
and the corpus, so what a table should deliver is what its requests asked for. Nothing is written by
hand, and nothing of the connector is used but the methods that the pipeline calls. All of it is one
file, since it is renewed as a whole, with the plan it was made from.
"""

from __future__ import annotations

import copy
import importlib
import importlib.util
import json
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple
from unittest.mock import patch
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

import pytest

CONNECTOR = "mailchimp"
TESTS = Path(__file__).resolve().parent
SIMULATOR = "databricks.labs.community_connector.source_simulator"
FILES = TESTS.parents[3] / "src" / SIMULATOR.replace(".", "/") / "specs" / CONNECTOR

CURSORS = ["create_time", "date_created", "last_changed", "send_time", "timestamp"]

CAP = "max_records_per_batch"
CAPS = ("1", "2", "10", "100")  # the smallest two that the connector takes are tried
MOST_BATCHES = 200  # calls of a read that has not ended: many times what a corpus needs
MOST_REQUESTS = 3_000  # requests of a read that has not ended
DAY = 86_400
LATE = 2 * DAY  # how long after the first run late records come
NEXT_RUN = 3 * DAY  # and when the next one is
FURTHEST_AHEAD = 30 * DAY  # a number beyond is an identifier and no time, as for the batches
AS_FRESH = 4  # days between the newest record of the corpus and a run: what they were when it was made
NO_FURTHER = "a run does not end while records keep coming. Read no further than the moment of __init__"
SHOWN = 3  # records a message names: enough to find them

Record = dict[str, Any]


class NotBuilt(Exception):
    """The read is still to be written."""


class NotDescribed(Exception):
    """The read asks for something that endpoints.yaml does not describe."""


class NoEnd(Exception):
    """The read goes on for ever, or stops where Spark would."""


class Reading(NamedTuple):
    """What one run delivered, where it ended, the paths it asked for, and what went wrong."""

    records: list[Record]
    end: Any
    paths: frozenset[str]
    problem: str = ""


class Problem(NamedTuple):
    """A mistake: which check found it, and a sentence that names it."""

    check: str
    text: str


# What the source answers


class Source:
    """The simulated source: its endpoints, its corpus, and what was asked of it."""

    def __init__(self) -> None:
        """Read endpoints.yaml. The corpus is read with the first request: most tests send none."""
        self.endpoints = _endpoints((FILES / "endpoints.yaml").read_text(encoding="utf-8"))
        self.asked: set[str] = set()
        self.requests = 0

    @contextmanager
    def answering(self, change: Callable[[dict[str, Any]], None] | None = None) -> Iterator[Source]:
        """Answer all requests; `change` may alter the corpus first."""
        import requests

        with ExitStack() as stack:
            answer: Any = None

            def send(session: Any, request: Any, **arguments: Any) -> Any:
                nonlocal answer
                if answer is None:
                    corpus, answer = self._simulated(stack)
                    if change:
                        change(corpus)
                    stack.enter_context(patch.object(requests.Session, "send", send))
                self.asked.add(urlsplit(request.url).path)
                self.requests += 1
                if self.requests > MOST_REQUESTS:
                    pytest.fail(f"asks without end: {self.requests} requests", pytrace=False)
                return answer(session, request, **arguments)

            stack.enter_context(patch.object(requests.Session, "send", send))
            stack.enter_context(patch.object(time, "sleep", lambda seconds: None))
            yield self

    def _simulated(self, stack: ExitStack) -> tuple[dict[str, Any], Any]:
        import requests

        simulator = importlib.import_module(f"{SIMULATOR}.simulator")
        made = stack.enter_context(
            simulator.Simulator(
                mode="simulate", spec_path=FILES / "endpoints.yaml", corpus_dir=corpus_of_today()
            )
        )
        return made.corpus.tables, requests.Session.send

    def corpus(self) -> dict[str, Any]:
        """Return the records of each corpus file, by its name, as fresh as when they were made."""
        return {name: json.loads(records) for name, records in _corpus().items()}

    def served(self, paths: frozenset[str]) -> dict[str, list[Record]]:
        """Return the records behind the endpoints that were asked for, by corpus."""
        corpus = self.corpus()
        names = {one["corpus"] for one in self.behind(paths)}
        return {name: corpus[name] for name in names if isinstance(corpus.get(name), list)}

    def behind(self, paths: frozenset[str]) -> list[dict[str, Any]]:
        """Return the endpoints with a corpus that answer these paths."""
        return [
            one
            for one in self.endpoints
            if one.get("corpus") and any(_pattern(one["path"]).fullmatch(path) for path in paths)
        ]


def _corpus() -> dict[str, str]:
    files = sorted((FILES / "corpus").glob("*.json"))
    return _moved_up(tuple((file.stem, file.read_text(encoding="utf-8")) for file in files))


@cache
def _moved_up(written: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Move the cursors of a corpus by whole days: a file cannot follow the day of a later run."""
    corpus = {name: json.loads(text) for name, text in written}
    records = [one for found in corpus.values() if isinstance(found, list) for one in found]
    times = [
        (one, cursor, moment)
        for one in records
        for cursor in CURSORS
        if (moment := _moment(value_at(one, cursor))) is not None
    ]
    now = time.time()
    newest = max((moment for _, _, moment in times if moment <= now), default=now)
    days = max(int((now - newest) // DAY) - AS_FRESH, 0)
    for one, cursor, _ in times:
        _put(one, cursor, _days_later(value_at(one, cursor), days))
    return {name: json.dumps(found) for name, found in corpus.items()}


def _days_later(value: Any, days: int) -> Any:
    if isinstance(value, (int, float)):
        return value + days * DAY * (1000 if value > 10**12 else 1)
    day, rest = value[:10], value[10:]
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat() + rest


@cache
def _of_today() -> tempfile.TemporaryDirectory[str]:
    folder = tempfile.TemporaryDirectory(prefix="corpus-")
    for name, records in _corpus().items():
        (Path(folder.name) / f"{name}.json").write_text(records, encoding="utf-8")
    return folder


def corpus_of_today() -> Path:
    """Return a folder with the corpus as fresh as when it was made, for the simulator to read."""
    return Path(_of_today().name)


@cache
def _endpoints(described: str) -> list[dict[str, Any]]:
    import yaml

    return (yaml.safe_load(described) or {}).get("endpoints") or []


def is_there() -> bool:
    """Say whether there are files to answer from, and what reads them."""
    needed = ["yaml", "requests", SIMULATOR]
    found = all(importlib.util.find_spec(name) for name in needed)
    return found and (FILES / "endpoints.yaml").exists()


def options_by_table(tables: dict[str, Any]) -> dict[str, dict[str, str]]:
    """Return stand-ins for the options that tables need, and over them those of dev_table_config.json."""
    file = TESTS / "configs" / "dev_table_config.json"
    found = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    for name, table in tables.items():
        needed = {option: f"example-{option}" for option in table["options"]}
        found[name] = {**needed, **found.get(name, {})}
    return found


def tables_wanted(test: str, criteria: list[Any], tables: list[str]) -> list[str]:
    """Return those of the tables that a criterion wants a test to run for."""
    wanted: set[str] = set()
    for criterion in criteria:
        name, _, case = criterion["test"].partition("[")
        if name == test:
            wanted.update([case[:-1]] if case else criterion["tables"] or tables)
    return [table for table in tables if table in wanted]


def _pattern(path: str) -> re.Pattern[str]:
    parts = re.split(r"\{[^}]*\}", path)
    return re.compile("[^/]+".join(re.escape(part) for part in parts))


def paged(request: Any, endpoint: Any, corpus: Any) -> Any:
    """Answer a page as the simulator does, and say in it what leads on: a handler of endpoints.yaml."""
    simulated, described, paging = (
        importlib.import_module(f"{SIMULATOR}.{name}")
        for name in ("handler", "endpoint_spec", "pagination")
    )
    page = replace(endpoint, handler=None)
    response = simulated.SimulateHandler([page], corpus).handle(request)
    if response.status_code != 200:
        return response
    whole = replace(page, response=described.ResponseShape(), strict_params=False)
    total = len(simulated.SimulateHandler([whole], corpus).handle(request).json())
    query = dict(parse_qsl(urlsplit(request.url).query))
    style = paging.get_style(endpoint.response.pagination_style)
    start, size = style.parse_request(query, {}, endpoint)
    by_page = style.name.startswith("page_number")
    by_offset = endpoint.offset or described.OffsetParam()
    moved_by = (endpoint.page or described.PageParam()) if by_page else by_offset
    marks = _marks(request.url, moved_by.name, by_page, start, size, total)
    response._content = json.dumps(_marked(response.json(), marks)).encode()
    return response


def _marks(
    url: str, moved_by: str, by_page: bool, start: int, size: int, total: int
) -> dict[str, Any]:
    """Return what stands for each mark on a page: what leads on, null on the last one."""
    more = start + size < total
    upcoming = start // size + 2 if by_page else start + size
    parts = urlsplit(url)
    query = urlencode({**dict(parse_qsl(parts.query)), moved_by: upcoming})
    leads = {
        "{token}": str(upcoming),
        "{page}": upcoming,
        "{url}": parts._replace(query=query).geturl(),
    }
    return {**{mark: value if more else None for mark, value in leads.items()}, "{more}": more, "{total}": total}


def _marked(content: Any, marks: dict[str, Any]) -> Any:
    """Put values in the place of the marks beside the records."""
    if isinstance(content, dict):
        return {name: _marked(value, marks) for name, value in content.items()}
    return marks.get(content, content) if isinstance(content, str) else content


# Reading


class Judge:
    """Reads the tables of a connector as the pipeline does, and says what is wrong."""

    def __init__(
        self,
        connector_class: Any,
        options: dict[str, str],
        tables: dict[str, Any],
        options_of: Callable[[str], dict[str, str]],
    ) -> None:
        """Take the class, the options of a connection, TABLES, and the options of a table."""
        self._make = lambda: connector_class(dict(options))
        self._tables = tables
        self._options_of = options_of
        self._found: dict[str, list[Problem]] = {}

    def problems(self, table: str) -> list[Problem]:
        """Return every mistake in the reading of a table; raise NotBuilt where there is none."""
        if table not in self._found:
            snapshot = self._tables[table]["ingestion_type"] == "snapshot"
            judged = self._snapshot(table) if snapshot else self._stream(table)
            self._found[table] = list(judged)
        return self._found[table]

    def found(self, table: str, criterion: str = "") -> list[Problem]:
        """Return every mistake; a read that is not built is an expected failure of a criterion."""
        try:
            return self.problems(table)
        except NotBuilt as missing:
            reason = f"{criterion}not built yet. {missing}"
            raise pytest.xfail.Exception(reason, pytrace=False) from None
        except NotDescribed as missing:
            pytest.skip(str(missing))

    def _snapshot(self, table: str) -> Iterator[Problem]:
        reading = self._run(table, one_call=True)
        if reading.problem:
            yield Problem("complete", reading.problem)
            return
        expected = self._expected(table, reading)
        yield from self._complete(table, reading, expected, "come from the one call of a snapshot")
        identity = self._identity(table, expected)
        if not _missing(expected, reading.records, identity):
            for capped, cap in self._capped(table, one_call=True):
                how = f"come from the one call of a snapshot with a cap of {cap}"
                yield from self._complete(table, capped, expected, how, "capped")
        yield from self._parents(table, reading)
        yield from self._twice(table, reading, expected, identity)
        yield from self._columns(table, reading.records)

    def _stream(self, table: str) -> Iterator[Problem]:
        first = self._run(table)
        expected = self._expected(table, first)
        identity = self._identity(table, expected)
        if first.problem:
            yield Problem("moves" if "offset" in first.problem else "ends", first.problem)
        yield from self._complete(table, first, expected, "arrive")
        yield from self._parents(table, first)
        lost = bool(_missing(expected, first.records, identity))
        yield from self._looks_ahead(table, first)
        if not lost and not first.problem:
            for capped in self._capped(table):
                yield from self._cut(table, *capped, expected)
            yield from self._next_run(table, first, expected)
            yield from self._at_a_later_time(table, first, expected)
        if self._tables[table]["ingestion_type"] == "append":
            yield from self._twice(table, first, expected, identity)
        if self._tables[table]["ingestion_type"] == "cdc_with_deletes":
            yield from self._deletions(table, first)
        yield from self._columns(table, first.records)

    def _run(
        self,
        table: str,
        *,
        cap: str = "",
        start: Any = None,
        method: str = "read_table",
        one_call: bool = False,
        clocks: tuple[Clock | None, Clock | None] = (None, None),
    ) -> Reading:
        """Read once; `clocks` are those of the making of the connector and of the reading."""
        source = Source()
        options = {**self._options_of(table), **({CAP: cap} if cap else {})}
        records: list[Record] = []
        problem, end = "", start
        making, reading = clocks
        with source.answering(self._late(table)), ExitStack() as stack:
            with making.running() if making else ExitStack():
                connector = self._make()
            if reading:
                stack.enter_context(reading.running())
            try:
                if one_call:
                    records = _batch_read(connector, table, options)
                else:
                    parts = method == "read_table" and hasattr(connector, "latest_offset")
                    read = _partitions if parts and connector.is_partitioned(table) else batches
                    for batch, end in read(connector, table, options, start, method):
                        records += batch
                    if end is None:
                        problem = f"{table}: ends at no offset, so the next run reads everything again"
            except NoEnd as endless:
                problem = str(endless)
            except NotImplementedError as missing:
                raise NotBuilt(str(missing)) from None
            except LookupError as unknown:
                if "endpoint" not in str(unknown).lower():
                    raise
                raise NotDescribed(f"{table}: {str(unknown).splitlines()[0]}") from None
        return Reading(records, end, frozenset(source.asked), problem)

    def _capped(self, table: str, **how: Any) -> list[tuple[Reading, str]]:
        taken: list[tuple[Reading, str]] = []
        for cap in CAPS:
            if len(taken) == 2:
                break
            try:
                taken.append((self._run(table, cap=cap, **how), cap))
            except ValueError as refused:
                if CAP not in str(refused):
                    raise
        return taken

    # What should arrive

    def _expected(self, table: str, reading: Reading) -> list[Record]:
        """Return the records that the endpoints hold which the reading asked for."""
        served = Source().served(reading.paths)
        if not served:
            return []
        arrived = reading.records

        def likeness(name: str) -> tuple[int, bool, int]:
            identity = self._identity(table, served[name])
            known = {identity(one) for one in served[name]}
            return sum(identity(one) in known for one in arrived), name == table, len(served[name])

        return self._come(table, served[max(served, key=likeness)])

    def _come(self, table: str, corpus: list[Record]) -> list[Record]:
        """Return the records that a run delivers: none without a cursor, and none of the future."""
        cursor = self._cursor(table)
        values = ((one, value_at(one, cursor)) for one in corpus)
        return [one for one, at in values if not cursor or (at is not None and not _is_future(at))]

    def _cursor(self, table: str) -> str:
        planned = self._tables[table]
        return (planned["cursor_field"] or "") if planned["ingestion_type"] != "snapshot" else ""

    def _identity(self, table: str, corpus: list[Record]) -> Callable[[Record], str]:
        """Return what tells two records of a table apart: its key, as far as the source has it."""
        planned = self._tables[table]
        paths = [
            path
            for path in planned["primary_keys"]
            if any(value_at(one, path) is not None for one in corpus)
        ]
        paths = paths or ([planned["cursor_field"]] if planned["cursor_field"] else [])
        if not paths:
            return lambda record: json.dumps(record, sort_keys=True, default=str)
        return lambda record: json.dumps([str(value_at(record, path)) for path in paths])

    def _complete(
        self, table: str, reading: Reading, expected: list[Record], how: str, check: str = "complete"
    ) -> Iterator[Problem]:
        identity = self._identity(table, expected)
        gone = _missing(expected, reading.records, identity)
        if gone:
            there = len(expected) - len(gone)
            yield Problem(
                check,
                f"{table}: {there} of {len(expected)} records {how}; missing are {_named(gone, identity)}",
            )

    def _parents(self, table: str, reading: Reading) -> Iterator[Problem]:
        """Say which parents were not asked for: their records cannot tell, for all are the same."""
        parent = self._tables[table].get("parent")
        keys = self._tables.get(parent, {}).get("primary_keys", [])
        known = Source().corpus().get(parent)
        if len(keys) != 1 or not isinstance(known, list):
            return
        ids = dict.fromkeys(str(value_at(one, keys[0])) for one in self._come(parent, known))
        asked = {unquote(part) for path in reading.paths for part in path.split("/")}
        gone = [one for one in ids if one not in asked]
        if gone and len(gone) < len(ids):
            yield Problem(
                "complete",
                f"{table}: {len(ids) - len(gone)} of {len(ids)} records of {parent} are asked "
                f"for theirs; missing are {'; '.join(gone[:SHOWN])}",
            )

    def _cut(
        self, table: str, reading: Reading, cap: str, expected: list[Record]
    ) -> Iterator[Problem]:
        if reading.problem:
            yield Problem("capped", f"{reading.problem} (with a cap of {cap})")
        identity, cursor = self._identity(table, expected), self._cursor(table)
        gone = _missing(expected, reading.records, identity)
        if not gone:
            return
        seen = [value_at(one, cursor) for one in expected if one not in gone]
        if cursor and any(value_at(one, cursor) in seen for one in gone):
            why = f"records of equal {cursor} were cut apart"
        else:
            order = cursor or "any order"
            why = f"the offset moved past records that were not read, for they do not come by {order}"
        there = len(expected) - len(gone)
        yield Problem(
            "capped",
            f"{table}: {there} of {len(expected)} records arrive with a cap of {cap}: {why}",
        )

    def _looks_ahead(self, table: str, reading: Reading) -> Iterator[Problem]:
        cursor = self._cursor(table)
        ahead = [one for one in reading.records if cursor and _is_future(value_at(one, cursor))]
        if ahead:
            yield Problem(
                "ends",
                f"{table}: {_count(len(ahead))} from after the connector was made "
                f"({cursor} {value_at(ahead[0], cursor)}): {NO_FURTHER}",
            )

    def _next_run(self, table: str, first: Reading, expected: list[Record]) -> Iterator[Problem]:
        again = self._run(table, start=first.end)
        if again.problem:
            yield Problem("moves", f"{again.problem} (in the second run)")
        identity, cursor = self._identity(table, expected), self._cursor(table)
        before = {identity(one) for one in expected}
        repeated = [one for one in again.records if identity(one) in before]
        if not repeated:
            return
        if self._tables[table]["ingestion_type"] == "append":
            yield Problem(
                "repeats",
                f"{table}: {_count(len(repeated))} again in the next run, though nothing is new: "
                f"{_named(repeated, identity)}. An append table keeps them twice",
            )
        elif {identity(one) for one in repeated} == before and self._spread(table, expected, cursor):
            yield Problem(
                "repeats",
                f"{table}: the next run reads all {len(before)} records again: the offset is not used",
            )

    def _at_a_later_time(
        self, table: str, first: Reading, expected: list[Record]
    ) -> Iterator[Problem]:
        """Read days later, by the clock of the connector, when late records have come."""
        cursor = self._cursor(table)
        if not cursor or all(_moment(value_at(one, cursor)) is None for one in expected):
            return
        clock = Clock(type(self._make()).__module__, NEXT_RUN)
        next_run = self._run(table, start=first.end, clocks=(clock, clock))
        if not clock.asked:
            return  # it goes by another clock, or by none
        if not any(_is_future(value_at(one, cursor)) for one in next_run.records):
            yield Problem(
                "moves",
                f"{table}: a record that came after the first run never arrives: the offset "
                f"{json.dumps(first.end)} lies past it, or the next run does not read on from there",
            )
            return
        during = self._run(table, clocks=(None, clock))
        if any(_is_future(value_at(one, cursor)) for one in during.records):
            yield Problem(
                "ends",
                f"{table}: records arrive that came after the connector was made: it asks for the "
                f"time while it reads, so {NO_FURTHER}",
            )

    def _spread(self, table: str, expected: list[Record], cursor: str) -> bool:
        """Say whether the corpus covers more time than the plan looks back."""
        moments = [_moment(value_at(one, cursor)) for one in expected] if cursor else []
        known = [one for one in moments if one is not None]
        if len(set(known)) < 2:
            return len({str(value_at(one, cursor)) for one in expected}) > 1 if cursor else True
        return max(known) - min(known) > (self._tables[table].get("lookback_seconds") or 0)

    def _twice(
        self, table: str, reading: Reading, expected: list[Record], identity: Any
    ) -> Iterator[Problem]:
        if not self._tables[table]["primary_keys"]:
            return
        planned = Counter(identity(one) for one in expected)
        found = Counter(identity(one) for one in reading.records)
        twice = [one for one in expected if found[identity(one)] > planned[identity(one)]]
        # The simulator answers the same for each parent.
        within = any("{" in one["path"] for one in Source().behind(reading.paths))
        if twice and not within and not self._tables[table].get("parent"):
            yield Problem(
                "repeats", f"{table}: {_named(twice, identity)} arrive more than once in one run"
            )

    def _deletions(self, table: str, main: Reading) -> Iterator[Problem]:
        try:
            reading = self._run(table, method="read_table_deletes")
        except NotBuilt as missing:
            yield Problem("not built", str(missing))
            return
        if reading.problem:
            yield Problem("deletions", f"{reading.problem} (reading deletions)")
        keys = self._tables[table]["primary_keys"]
        bare = [one for one in reading.records if any(value_at(one, key) is None for key in keys)]
        if bare:
            yield Problem("deletions", f"{table}: deletions come without {', '.join(keys)}")
        own = Source().served(reading.paths - main.paths)
        if own:
            expected = self._expected(table, reading._replace(paths=reading.paths - main.paths))
            for one in self._complete(table, reading, expected, "of its deletions arrive"):
                yield Problem("deletions", one.text.replace("records of its", "of its"))
        else:
            expected = reading.records  # asked for by a parameter: at least no cap may change them
        if reading.problem:
            return
        for capped in self._capped(table, method="read_table_deletes"):
            for one in self._cut(table, *capped, expected):
                yield Problem("deletions", f"{one.text} (reading deletions)")

    def _late(self, table: str) -> Callable[[dict[str, Any]], None]:
        """Return what adds a record that comes after the connector is made, to every corpus."""
        cursor = self._cursor(table)

        def add(corpus: dict[str, Any]) -> None:
            for records in corpus.values():
                if not cursor or not isinstance(records, list):
                    continue
                known = [one for one in records if _moment(value_at(one, cursor)) is not None]
                if known:
                    late = copy.deepcopy(known[-1])
                    _put(late, cursor, _in_future(value_at(known[-1], cursor)))
                    records.append(late)

        return add

    # Columns

    def _columns(self, table: str, records: list[Record]) -> Iterator[Problem]:
        if not records or importlib.util.find_spec("pyspark") is None:
            return
        with Source().answering():
            connector = self._make()
            schema = connector.get_table_schema(table, self._options_of(table))
        columns = {field.name for field in schema.fields}
        for name, kind in _refused_types(schema):
            yield Problem("columns", f"{table}: column {name} is {kind}")
        fields = {name for record in records for name in record}
        planned = self._tables[table]
        paths = filter(None, [*planned["primary_keys"], planned["cursor_field"]])
        bare = {path.partition(".")[0] for path in paths} or {"record"}
        missing = sorted(fields - columns - set(_left_out(type(connector), table)))
        if missing and columns <= bare:
            yield Problem("not built", f"{table}: its schema has no more than key and cursor")
        elif missing:
            yield Problem(
                "columns",
                f"{table}: {', '.join(missing)} of its records {'is no column' if len(missing) == 1 else 'are no columns'}: "
                f"write the schema, or name what is left out in LEFT_OUT of {CONNECTOR}_schemas.py",
            )


def _batch_read(connector: Any, table: str, options: dict[str, str]) -> list[Record]:
    """Read a snapshot as the pipeline does: by its parts where there are any, else by one call."""
    if hasattr(connector, "get_partitions"):
        try:
            parts = connector.get_partitions(table, options)
        except Exception:  # the pipeline goes on without parts, whatever it was
            pass
        else:
            return _of_parts(connector, table, options, parts)
    found, _ = connector.read_table(table, None, options)
    return list(found)


def _of_parts(connector: Any, table: str, options: dict[str, str], parts: Any) -> list[Record]:
    parts = json.loads(json.dumps(list(parts)))  # so they get to the workers
    return [one for part in parts for one in connector.read_partition(table, part, options)]


def batches(
    connector: Any, table: str, options: Any, start: Any, method: str, most: int = MOST_BATCHES
) -> Iterator[tuple[list[Record], Any]]:
    """Yield what each call delivers and the offset it ends at, as far as the pipeline reads on."""
    offset = start or {}
    for _ in range(most):
        found, end = getattr(connector, method)(table, offset, options)
        batch, end = list(found), json.loads(json.dumps(end))  # Spark keeps offsets as JSON
        yield batch, end
        if batch and end == offset:
            raise NoEnd(
                f"{table}: {_count(len(batch))} with an offset that stays where it was "
                f"({json.dumps(end)}): Spark stops there. Move the offset, or return none"
            )
        if end is None or end == offset:
            return
        offset = end
    raise NoEnd(f"{table}: a run has not ended after {most} batches")


def _partitions(
    connector: Any, table: str, options: Any, start: Any, method: str
) -> Iterator[tuple[list[Record], Any]]:
    """Yield what each batch of a stream delivers, read part by part, as Spark does on its workers."""
    offset = start or {}
    for _ in range(MOST_BATCHES):
        end = json.loads(json.dumps(connector.latest_offset(table, options, offset)))
        parts = [] if end == offset else connector.get_partitions(table, options, offset, end)
        yield _of_parts(connector, table, options, parts), end
        if end == offset:
            return
        offset = end
    raise NoEnd(f"{table}: a run has not ended after {MOST_BATCHES} batches: latest_offset moves on")


class Clock:
    """The clock of the connector's modules, ahead of time; `asked` says whether one looked."""

    def __init__(self, module: str, ahead: float) -> None:
        """Take the module of the connector, whose package keeps this clock, and the seconds."""
        self._package = module.rpartition(".")[0]
        self._ahead = ahead
        self.asked = False

    @contextmanager
    def running(self) -> Iterator[None]:
        """Put the clock where modules of the package look for the time."""
        now = time.time

        def seconds() -> float:
            here = sys._getframe(1).f_globals.get("__name__", "").startswith(self._package)
            self.asked = self.asked or here
            return now() + (self._ahead if here else 0)

        clock = self

        class Moments(datetime, metaclass=_Any):
            @classmethod
            def now(cls, tz: Any = None) -> Any:
                return clock._now(tz)

            @classmethod
            def utcnow(cls) -> Any:
                return clock._now(timezone.utc).replace(tzinfo=None)

            today = now

        class Days(date, metaclass=_Any):
            @classmethod
            def today(cls) -> Any:
                return clock._now().date()

        original = sys.modules["datetime"]
        ahead = SimpleNamespace(**{**vars(original), "datetime": Moments, "date": Days})
        instead = {id(datetime): Moments, id(date): Days, id(original): ahead, id(now): seconds}
        with ExitStack() as stack:
            stack.enter_context(patch.object(time, "time", seconds))
            for name, module in list(sys.modules.items()):
                if name.startswith(f"{self._package}.") and name != __name__:
                    for key, value in list(vars(module).items()):
                        if id(value) in instead:
                            stack.enter_context(patch.object(module, key, instead[id(value)]))
            yield

    def _now(self, zone: Any = None) -> datetime:
        self.asked = True
        return datetime.now(zone) + timedelta(seconds=self._ahead)


class _Any(type):
    """Lets what was made before the clock was moved count as well."""

    def __instancecheck__(cls, value: Any) -> bool:
        return isinstance(value, cls.__mro__[1])


def _left_out(connector_class: Any, table: str) -> tuple[str, ...]:
    try:
        schemas = importlib.import_module(f"{connector_class.__module__}_schemas")
    except ModuleNotFoundError:
        return ()
    return tuple(getattr(schemas, "LEFT_OUT", {}).get(table, ()))


def _refused_types(schema: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Say which columns have a type that the target repository does not take."""
    wrong = {
        "integer": "IntegerType; write LongType",
        "short": "ShortType; write LongType",
        "byte": "ByteType; write LongType",
        "map": "MapType; write StructType",
        "void": "NullType; write the type it has",
    }
    for field in schema.fields:
        kind = field.dataType
        while kind.typeName() == "array":
            kind = kind.elementType
        if kind.typeName() in wrong:
            yield f"{path}{field.name}", wrong[kind.typeName()]
        elif kind.typeName() == "struct":
            yield from _refused_types(kind, f"{path}{field.name}.")


# Records


def value_at(record: Any, path: str) -> Any:
    """Return the value at a dotted path, None where there is none."""
    for name in path.split("."):
        record = record.get(name) if isinstance(record, dict) else None
    return record


def _put(record: Record, path: str, value: Any) -> None:
    *parents, last = path.split(".")
    for name in parents:
        record = record.setdefault(name, {})
    record[last] = value


def _missing(expected: list[Record], records: list[Record], identity: Any) -> list[Record]:
    arrived = {identity(one) for one in records}
    return [one for one in expected if identity(one) not in arrived]


def _named(records: list[Record], identity: Any) -> str:
    names = [", ".join(json.loads(identity(one))) if identity(one).startswith("[") else "one" for one in records]
    rest = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return f"{'; '.join(names[:SHOWN])}{rest}"


def _count(number: int) -> str:
    return "1 record arrives" if number == 1 else f"{number} records arrive"


def _moment(value: Any) -> float | None:
    """Return a time in seconds since 1970; None for what is no time."""
    if isinstance(value, str):
        try:
            moment = datetime.fromisoformat(value.replace("Z", "+00:00"))
        except ValueError:
            return None
        return (moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)).timestamp()
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        # From 2001 on: in seconds above 10^9, in milliseconds above 10^12. Far ahead: identifiers.
        seconds = value / 1000 if value > 10**12 else float(value)
        return seconds if 10**9 < seconds < time.time() + FURTHEST_AHEAD else None
    return None


def _is_future(value: Any) -> bool:
    moment = _moment(value)
    return moment is not None and moment > time.time() + 60


def _in_future(like: Any) -> Any:
    """Return a moment two days ahead, written like another."""
    moment = time.time() + LATE
    if isinstance(like, (int, float)):
        return type(like)(moment * 1000 if like > 10**12 else moment)
    later = datetime.fromtimestamp(moment, timezone.utc)
    if len(like) == len("2026-11-28"):
        return later.date().isoformat()
    return later.strftime("%Y-%m-%dT%H:%M:%S") + ("Z" if like.endswith("Z") else "+00:00")
