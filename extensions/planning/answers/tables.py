"""The tables in scope, put together from the six answers that speak about them.

A table may say everything in `tables` itself; `table_details` says it in its place, the checkbox
lists fill in what is unsaid, and what is still unsaid is assumed and marked as such.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from ..terms.states import KnownFact
from ..terms.values import (
    OneOf,
    Refusal,
    as_items,
    is_empty,
    looks_structured,
    parse_count,
    parse_list,
    parse_text,
    parse_yaml,
    shown,
)
from ..terms.vocabulary import INGESTION_TYPES, PRIORITIES
from .answer_types import Table
from .identifiers import parse_column_path, parse_option_names, parse_table_name
from .mappings import Readers, as_mapping, read_keys
from .table_facts import FACTS

Entries = Mapping[str, Mapping[str, object]]
"""Table -> what is said of it, by key."""

ASSUMED_KEY = "id"
"""Key of a table that names none. Most common single key in upstream's 29 connectors."""

ASSUMED_CURSOR = "updated_at"
"""Cursor of a cdc table that names none, by the same count."""

CAN_BE_NONE = ("primary_keys", "cursor_field")
NONE = "none"
"""What somebody writes for a key or cursor that a table does not have."""

INGESTION_QUESTIONS = {
    "cdc_with_deletes_tables": "cdc_with_deletes",
    "cdc_tables": "cdc",
    "append_tables": "append",
}
"""Checkbox question -> ingestion type. Where two name a table, the first of them counts."""

PRIORITY_QUESTIONS = {"p0_tables": "P0", "p1_tables": "P1"}

TICKED = {"ingestion": INGESTION_QUESTIONS, "priority": PRIORITY_QUESTIONS}
"""Key of a table -> the checkboxes that say it in its place."""

TABLE_LISTS = {**INGESTION_QUESTIONS, **PRIORITY_QUESTIONS}
"""The checkboxes about tables -> the ingestion type or priority a tick stands for."""


def _keys(value: object) -> tuple[str, ...]:
    if isinstance(value, str) and value.strip().lower() == NONE:
        return ()
    keys = tuple(parse_column_path(item) for item in as_items(value))
    if len(set(keys)) < len(keys):
        raise Refusal(f"is {shown(', '.join(keys))}; name each column once.")
    return keys


def _cursor(value: object) -> str:
    path = parse_column_path(value)
    return "" if path.lower() == NONE else path


READERS: Readers = {
    "ingestion": OneOf(INGESTION_TYPES, "write"),
    "priority": OneOf(PRIORITIES, "write"),
    "primary_keys": _keys,
    "cursor_field": _cursor,
    "rows": parse_count,
    "rows_per_day": parse_count,
    "options": parse_option_names,
    "notes": parse_text,
    **{key: one.read for key, one in FACTS.items()},
}
"""Key of `table_details` -> its reader. `Table` has a field of each name."""

DETAIL_KEYS = tuple(READERS)
TABLE_KEYS: Readers = {"name": parse_table_name, **READERS}


def read_details(details: object, keys: Readers = READERS) -> dict[str, object]:
    """What a mapping says about one table. Keys with an empty value count as unsaid.

    An empty list of `primary_keys` is no empty value: it says that there are none, and so does
    an empty `cursor_field` in what is returned.
    """
    if is_empty(details):
        return {}
    if not isinstance(details, Mapping):
        raise Refusal(f"is {shown(details)}; write a mapping such as {{ingestion: cdc, rows: 2M}}.")
    none = {"primary_keys": ()} if details.get("primary_keys") == [] else {}
    return read_keys(details, keys) | none


def read_entries(value: object) -> dict[str, dict[str, object]]:
    """The answer to `tables`: name -> what the entry says itself, in the order given."""
    entries: dict[str, dict[str, object]] = {}
    spelled: dict[str, str] = {}
    for position, item in enumerate(_table_items(value), start=1):
        name, details = _read_entry(item, position)
        first = spelled.setdefault(name.lower(), name)
        if first != name or name in entries:
            same = f'names "{name}" twice' if first == name else f'has both "{first}" and "{name}"'
            raise Refusal(f"item {position} {same}; SQL ignores case, so name each table once.")
        entries[name] = details
    return entries


def _table_items(value: object) -> list[object]:
    if isinstance(value, str) and looks_structured(value):
        value = parse_yaml(value)
    if isinstance(value, Mapping):
        raise Refusal(
            "is a mapping; write a list of names or mappings, such as [{name: orders, rows: 2M}]."
        )
    return as_items(value)


def _read_entry(item: object, position: int) -> tuple[str, dict[str, object]]:
    label = f"item {position}"
    try:
        if not isinstance(item, Mapping):
            return parse_table_name(item), {}
        if "name" not in item:
            raise Refusal(f"is {shown(dict(item))} without a name; write {{name: orders, ...}}.")
        name = parse_table_name(item["name"])
        label = f'item {position} ("{name}")'
        details = {key: fact for key, fact in item.items() if key != "name"}
        return name, read_details(details, TABLE_KEYS)
    except Refusal as refusal:
        raise Refusal(f"{label} {refusal}") from None


DETAILS = "table: details, such as orders: {ingestion: cdc}"
"""What `table_details` is, in the words of a refusal."""


def read_table_details(value: object) -> dict[str, dict[str, object]]:
    """The answer to `table_details`: table -> what is said about it."""
    read: dict[str, dict[str, object]] = {}
    for table, details in as_mapping(value, DETAILS).items():
        try:
            read[parse_table_name(table)] = read_details(details)
        except Refusal as refusal:
            raise Refusal(f'item "{table}" {refusal}') from None
    return read


def entries_on(value: object, before: Entries | None = None) -> dict[str, dict[str, object]]:
    """The entries of an answer to `tables` as they were written: name -> its keys but the name.

    Nothing is read but the names. A bare name says what was said of the table `before`. Raises
    `Refusal` where the answer is no list of tables.
    """
    entries: dict[str, dict[str, object]] = {}
    for item in _table_items(value):
        name = parse_table_name(item.get("name") if isinstance(item, Mapping) else item)
        said = item if isinstance(item, Mapping) else (before or {}).get(name, {})
        entries[name] = {str(key): fact for key, fact in said.items() if key != "name"}
    return entries


def as_answer(entries: Entries) -> list[object]:
    """The answer to `tables` that says what `entries` say, in the one form that goes on record."""
    return [
        {"name": name, **{key: said[key] for key in DETAIL_KEYS if key in said}} if said else name
        for name, said in entries.items()
    ]


def with_details(entries: Entries, details: object) -> dict[str, dict[str, object]]:
    """The entries, with what `table_details` says in their place; a null takes a key away.

    What it says of other tables is left out. Raises `Refusal` where it is no mapping.
    """
    told, merged = as_mapping(details, DETAILS), {}
    for name, said in entries.items():
        whole = {**said, **more} if isinstance(more := told.get(name), Mapping) else said
        merged[name] = {key: fact for key, fact in whole.items() if fact is not None}
    return merged


def read_tables(raw: Mapping[str, object]) -> tuple[Table, ...]:
    """What the answers about tables say together.

    `raw` holds the answers by the names of their questions; missing ones count as empty.
    """
    entries, details = read_entries(raw.get("tables")), raw.get("table_details")
    if not is_empty(details):
        read_table_details(details)  # which refuses what is wrong before it is put into the tables
        entries = read_entries(as_answer(with_details(entries_on(raw.get("tables")), details)))
    ingestion, priority = (_selected(raw, family) for family in TICKED.values())
    shipped = set(parse_list(raw.get("shipped_tables")))
    origins = read_unconfirmed(raw.get("unconfirmed"))
    tables = []
    for name, said in entries.items():
        # A table nobody ticked is a snapshot by choice, unless nobody ticked any table at all.
        kind = ingestion.get(name, "snapshot" if ingestion else "")
        # No answer at all to the priorities means P0, as the question's own default has it.
        urgency = priority.get(name, "P2" if "p0_tables" in raw else "")
        ticked = {"ingestion": kind, "priority": urgency}
        facts = {**{key: value for key, value in ticked.items() if value}, **said}
        known = {field: origins[path] for field in said if (path := fact(name, field)) in origins}
        filled = _assumed(facts.get("ingestion", "snapshot"), facts)
        table = Table(
            name=name,
            **{**facts, **filled},  # type: ignore[arg-type]
            assumed=frozenset(filled),
            shipped=name in shipped,
            without=frozenset(key for key in CAN_BE_NONE if key in facts and not facts[key]),
            given=frozenset(facts.keys() - known.keys()),
            known=known,
            left_over=kind == "snapshot" and "ingestion" not in said,
        )
        tables.append(table._replace(cursor_field=table.cursor_field or None))
    return tuple(tables)


def fact(table: str, field: str) -> str:
    """The name that `unconfirmed` has for one fact of a table."""
    return f"tables.{table}.{field}"


def _assumed(kind: object, settled: Collection[str]) -> dict[str, object]:
    """What must stand there where nobody said or knows it. `settled` names what is."""
    assumed: dict[str, object] = {"ingestion": "snapshot", "priority": "P0"}
    if kind != "append":
        assumed["primary_keys"] = (ASSUMED_KEY,)
    if kind in ("cdc", "cdc_with_deletes"):
        assumed["cursor_field"] = ASSUMED_CURSOR
    return {field: value for field, value in assumed.items() if field not in settled}


OF_A_CURSOR = ("cursor_field", "filter", "lookback")
"""Keys that say nothing of a table that is read whole."""


def with_knowledge(table: Table, facts: Mapping[str, KnownFact]) -> Table:
    """The table with what is known of it where nobody said it.

    A table that no list names is a snapshot only where nothing else is known of it.
    """
    settled = (table.given | table.known.keys()) - ({"ingestion"} if table.left_over else set())
    taken = {key: fact for key, fact in facts.items() if key not in settled}
    if not taken:
        return table
    kind = taken["ingestion"].value if "ingestion" in taken else table.ingestion
    if kind == "snapshot":
        taken = {key: fact for key, fact in taken.items() if key not in OF_A_CURSOR}
    values = {key: READERS[key](fact.value) for key, fact in taken.items()}
    known = {**table.known, **{key: fact.origin for key, fact in taken.items()}}
    filled = _assumed(kind, settled | taken.keys())
    unassumed = {key: Table._field_defaults[key] for key in CAN_BE_NONE if key in table.assumed}
    return table._replace(
        **{**unassumed, **filled, **values},
        assumed=frozenset(filled),
        given=table.given - taken.keys(),
        known=known,
        left_over=table.left_over and "ingestion" not in taken,
    )


def read_unconfirmed(value: object) -> dict[str, str]:
    """The answer to `unconfirmed`: the name of an answer -> where it is from."""
    said = as_mapping(value, "answer: origin, such as page_size: openapi.json")
    return {parse_text(name): parse_text(origin) for name, origin in said.items()}


def _selected(raw: Mapping[str, object], questions: Mapping[str, str]) -> dict[str, str]:
    """Table -> what it is ticked for; the first of the lists that name it counts."""
    lists = [(value, parse_list(raw.get(question))) for question, value in questions.items()]
    return {name: value for value, names in reversed(lists) for name in names}


def table_names(value: object, key: str = "") -> list[str]:
    """Names of the tables in an answer to `tables`: all, or those that do not say `key` themselves.

    An answer whose names cannot be read has no tables; whoever checks the answer says why. Reads
    nothing but names: each list of checkboxes asks several times, and reading all there is took
    half of a session of 1,000 tables.
    """
    try:
        return [
            parse_table_name(item.get("name") if isinstance(item, Mapping) else item)
            for item in _table_items(value)
            if not (key and isinstance(item, Mapping) and not is_empty(item.get(key)))
        ]
    except Refusal:
        return []
