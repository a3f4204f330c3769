"""Reads OpenAPI documents of 2.0, 3.0 and 3.1: which operations list records, and how.

A tolerant walk over plain data: of 16 public documents, 6 are invalid by the letter, and libraries
that validate refuse them as a whole.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from . import changes, limits, paging, signing_in
from .airbyte import common
from .columns import (
    REPORT_WORDS,
    SHARED_WORDS,
    change_columns,
    creation_columns,
    is_event_like,
    key_of,
)
from .described import (
    DERIVED,
    READ_SINGLE,
    DescribedTable,
    Description,
    as_mapping,
)
from .names import singular, table_name, words_of
from .records import Records, columns, find_records, properties, types, unwrapped
from .references import Document, Node

METHODS = ("get", "post", "put", "patch", "delete", "head", "options")

_SEARCHES = frozenset(("search", "query", "list", "filter", "find", "export", "getlist"))
"""Last words of paths that read although they are POST requests."""

_ADDITIONS = frozenset(
    (
        "search",
        "query",
        "list",
        "all",
        "filter",
        "find",
        "incremental",
        "cursor",
        "scroll",
        "json",
        "index",
        "csv",
        "xml",
    )
)
"""Words of a path that say how something is read, not what."""

_VERSION = re.compile(r"v?\d+([._]\d+)*(alpha|beta)?\d*|\d{4}-\d\d(-\d\d)?|latest", re.IGNORECASE)
_PREFIXES = frozenset(("api", "rest", "services", "public", "services_data"))
FEWEST_COLUMNS = 3
"""With fewer columns a record is described in part, and its times may be missing."""

_MINOR = frozenset(
    (
        *(
            "settings",
            "setting",
            "webhooks",
            "webhook",
            "permissions",
            "fields",
            "schemas",
            "batch",
        ),
        *("types", "type", "count", "counts", "stats", "statistics", "autocomplete", "config"),
        *("configuration", "preferences", "status", "health", "metadata", "me", "self", "current"),
        *("keys", "tokens", "capabilities", "enums", "definitions", "export", "jobs", "preview"),
        *("recent", "deleted", "archived", "relationships", "history", "versions", "templates"),
    )
)
"""Words at the end of a path that seldom lead to a table somebody wants."""


@dataclass
class _Operation:
    path: str
    method: str
    node: Node
    parameters: dict[str, Node]
    answer: Node
    headers: list[str]
    body: Node
    words: list[str]
    """Static words of the path, the outermost first; words that say how are left out."""
    variables: list[str]
    records: Records | None = None
    label: str = ""
    entity: str = ""


@dataclass
class _Lists:
    """What is known of the paths of a document."""

    operations: list[_Operation] = field(default_factory=list)
    by_path: dict[str, str] = field(default_factory=dict)
    """Normalised path of a list -> name of its table."""
    single: dict[str, str] = field(default_factory=dict)
    """Normalised path of a list -> variable that reads one of its records."""
    written: set[str] = field(default_factory=set)
    """Normalised paths to which records are added."""


def is_openapi(data: Any) -> bool:
    """Whether the data is an OpenAPI document."""
    root = as_mapping(data)
    stated = str(root.get("openapi", root.get("swagger", "")))
    return bool(re.match(r"[23]\.", stated)) and ("paths" in root or "x-ms-paths" in root)


def version_of(data: Mapping[str, Any]) -> str:
    """The version of the format, such as `OpenAPI 3.0`."""
    return f"OpenAPI {str(data.get('openapi') or data.get('swagger'))[:3]}"


def read(
    data: Mapping[str, Any], label: str, path: Path | None = None, root: Path | None = None
) -> Description:
    """What a document says. References lead to files below `root`, seen from `path`."""
    description = Description("openapi", label)
    document = Document(data, path, root)
    return read_document(document.node(), description)


def read_document(root: Node, description: Description) -> Description:
    """What a document says, whose root is given. Discovery documents come this way as well."""
    known = _Lists()
    every = list(_operations(root, known, description))
    stated = [one for one in every if one.entity]
    operations = list(_lists(stated)) if stated else list(_lists(every))
    tables = _named_tables(operations, known, description)
    _relate(tables, known, description)
    description.tables = [table for table, _ in tables]
    description.tables.sort(key=lambda table: table.rank)
    _of_source(root, [one.node for one in every], description)
    for reference, why in sorted(root.document.lost.items()):
        description.skipped.append(f"reference {reference}: {why}")
    return description


# Operations


def _operations(root: Node, known: _Lists, description: Description) -> Iterator[_Operation]:
    for key in ("paths", "x-ms-paths"):
        for path, item in root[key].items():
            if not as_mapping(item.value):
                description.skipped.append(f"path {path}: is empty")
                continue
            shared = list(item["parameters"])
            for method in METHODS:
                node = item[method]
                if not as_mapping(node.value):
                    continue
                if method == "post":
                    known.written.add(_normal(path))
                segments = _segments(path)
                if method == "get" and len(segments) > 1 and segments[-1].startswith("{"):
                    known.single[_normal("/".join(segments[:-1]))] = segments[-1][1:-1]
                if method in ("get", "post"):
                    yield _operation(path, method, node, shared)


def _operation(path: str, method: str, node: Node, shared: list[Node]) -> _Operation:
    parameters: dict[str, Node] = {}
    body = Node(None, node.document)
    for parameter in (*shared, *node["parameters"]):
        name = parameter.text("name")
        if parameter.text("in") == "body":
            body = parameter["schema"]
        elif name and parameter.text("in") != "path":
            parameters[name] = parameter
    for _, media in node["requestBody"]["content"].items():
        body = body or media["schema"]
    answer, headers = _answer(node)
    segments = _segments(path)
    words = [one for one in segments if not one.startswith("{")]
    words = [one for one in words if not _VERSION.fullmatch(one) and one.lower() not in _PREFIXES]
    while len(words) > 1 and set(words_of(words[-1])) <= _ADDITIONS:
        words.pop()
    return _Operation(
        path=path,
        method=method,
        node=node,
        parameters=parameters,
        answer=answer,
        headers=headers,
        body=body,
        words=words,
        variables=[one[1:-1] for one in segments if one.startswith("{")],
        entity=node.text("x-airbyte-entity"),
    )


def _segments(path: str) -> list[str]:
    """The parts of a path, endings such as `.json` cut off."""
    path = path.partition("?")[0]
    return [re.sub(r"\.(json|xml|\{format\})$", "", one) for one in path.split("/") if one]


def _normal(path: str) -> str:
    return "/" + "/".join("{}" if one.startswith("{") else one.lower() for one in _segments(path))


def _answer(node: Node) -> tuple[Node, list[str]]:
    """The schema of what a successful request returns, and the names of the answer's headers."""
    responses = dict(node["responses"].items())
    order = sorted(
        responses, key=lambda code: (code not in ("200", "2XX"), code == "default", code)
    )
    for code in order:
        if not (code.startswith("2") or code == "default"):
            continue
        response = responses[code]
        headers = [name for name, _ in response["headers"].items()]
        if "schema" in response:
            return response["schema"], headers
        media = dict(response["content"].items())
        for kind in sorted(media, key=lambda one: "json" not in one):
            if media[kind]["schema"]:
                return media[kind]["schema"], headers
        if code in ("200", "2XX"):
            return Node(None, node.document), headers
    return Node(None, node.document), []


# Which of them list records


def _lists(operations: Sequence[_Operation]) -> Iterator[_Operation]:
    for one in operations:
        if one.entity:
            if one.node.text("x-airbyte-action") in ("list", "api_search"):
                one.records = find_records(one.answer, [one.entity])
                one.label = "list"
                yield one
            elif one.method == "get" and not one.variables:
                one.label = "single"
                yield one
            continue
        last = _segments(one.path)[-1:] or [""]
        ends_in_variable = last[0].startswith("{")
        called = [words_of(one.node.text(key)) for key in ("operationId", "summary")]
        asks = {word for words in called for word in (*words[:1], *words[-1:])}
        searches = bool({*words_of(last[0]), *asks} & _SEARCHES)
        if not one.words or (one.method == "post" and not searches):
            continue
        found = find_records(one.answer, one.words)
        pages = bool(paging.paging_kind(one.parameters, one.answer, one.headers))
        if found and _is_list(one, found, ends_in_variable, pages):
            one.records, one.label = found, "list"
            yield one
        elif one.method == "get" and not ends_in_variable:
            held = properties(one.answer)
            lines = "string" in types(one.answer) and changes.filters_by_time(one.parameters)
            if (pages and not held) or lines:  # a list whose records nobody described
                one.label = "list"
                yield one
            elif held or "object" in types(one.answer) or not one.answer:
                one.label = "single"
                yield one


def _is_list(one: _Operation, found: Records, ends_in_variable: bool, pages: bool) -> bool:
    held = properties(one.answer)
    if ends_in_variable:
        # /lists/{id} with one array among its fields is one record; /objects/{type} is a list.
        return (
            found.named
            and (not found.path or len(held) <= 4 or pages)
            and (not found.path or found.path[0].lower() not in ("links",))
            and "id" not in held
        )
    if found.named or pages:
        return True
    return len(held) <= 5 and "id" not in held


# Tables


def _named_tables(
    operations: Sequence[_Operation], known: _Lists, description: Description
) -> list[tuple[DescribedTable, _Operation]]:
    """One table for each list, under names of their own; the shortest path has the short name."""
    names: dict[str, _Operation] = {}
    tables: list[tuple[DescribedTable, _Operation]] = []
    ids = known.single

    def order(one: _Operation) -> tuple[int, ...]:
        return (
            one.label != "list",
            one.method != "get",
            _deprecated(one.node),
            len(one.variables),
            len(one.words),
            len(one.path),
        )

    merged: dict[str, tuple[DescribedTable, _Operation]] = {}
    for one in sorted(operations, key=order):
        what = one.entity or "/".join([*one.words, *("{}" for _ in one.variables)])
        if what in merged:
            _add_facts(merged[what][0], one, ids)
            continue
        name = _free_name(one, names)
        if not name:
            description.skipped.append(f"{one.method.upper()} {one.path}: no name to use")
            continue
        names[name] = one
        origin = f"{description.label}, {one.method.upper()} {one.path}"
        table = DescribedTable(
            name, origin, words=tuple(one.words), deprecated=_deprecated(one.node)
        )
        if one.label == "list":
            known.by_path.setdefault(_normal(one.path), name)
        _add_facts(table, one, ids)
        table.rank = _rank(table, one, known)
        merged[what] = (table, one)
        tables.append((table, one))
    return tables


def _free_name(one: _Operation, names: Mapping[str, Any]) -> str:
    """The last word of the path, with words before it as long as the name is taken."""
    if one.entity:
        return _not_taken(table_name(one.entity), names)
    candidates = []
    for start in range(len(one.words) - 1, -1, -1):
        words = one.words[start:]
        long = "_".join([*words[:-1], words[-1]])
        candidates.append(table_name(long))
        if start < len(one.words) - 1:
            candidates.append(table_name("_".join([*(singular(w) for w in words[:-1]), words[-1]])))
    tags = one.node.texts("tags")
    candidates += [table_name(one.node.text("operationId")), *(table_name(tag) for tag in tags[:1])]
    for name in candidates:
        if name and name not in names:
            return name
    return _not_taken(next(filter(None, candidates), ""), names)


def _not_taken(name: str, names: Mapping[str, Any]) -> str:
    number = 2
    tried = name
    while tried in names:
        tried, number = f"{name}_{number}", number + 1
    return tried


def _deprecated(node: Node) -> bool:
    return as_mapping(node.value).get("deprecated") is True


def _add_facts(table: DescribedTable, one: _Operation, ids: Mapping[str, str]) -> None:
    origin = f"{table.origin.rpartition(', ')[0]}, {one.method.upper()} {one.path}"
    item = unwrapped(one.records.item, table.name) if one.records else one.answer
    found = columns(item)
    table.columns = table.columns or found
    if one.label == "single":
        table.say("path", one.path, origin)
        return
    words = {word for part in one.words for word in words_of(part)}
    if not words & REPORT_WORDS:
        own = table.words[-1] if table.words else table.name
        key = key_of(own, found, ids.get(_normal(one.path), ""))
        table.say("primary_keys", list(key), f"{origin}, columns of a record", DERIVED)
    cursor = changes.find_cursor(table.name, one.path, one.parameters, one.body, found)
    if cursor:
        origin_of = f"{origin}, parameter {cursor.parameter}"
        if "cursor_field" not in table.facts:
            table.say("cursor_field", cursor.column, origin_of, DERIVED)
            table.say("ingestion", cursor.ingestion, origin_of, DERIVED)
            table.say("filter", cursor.filter, origin_of, DERIVED)
    if one.method == "post" and "search" in words_of(_segments(one.path)[-1]):
        table.say("read_by", "search", origin)
    table.say("path", one.path, origin)
    asked = {**one.parameters, **properties(one.body)} if one.method == "post" else one.parameters
    table.say("pagination", paging.paging_kind(asked, one.answer, one.headers), origin)
    table.say("page_size", paging.page_size(asked) or None, origin)
    limit = _own_limit(one.node) or limits.limits_in(one.node.text("description"))
    table.say("rate_limit", limit, origin)


def _own_limit(node: Node) -> str:
    """The limit that an operation states in an extension of its own: `{burst: 10/s, steady: …}`."""
    said = node["x-klaviyo-ratelimit"]
    parts = [said.text(key) for key in ("burst", "steady")]
    spans = {"s": "second", "m": "minute", "h": "hour", "d": "day"}
    found = [re.fullmatch(r"(\d+)/([smhd])", part) for part in parts]
    return ", ".join(f"{m[1]}/{spans[m[2]]}" for m in found if m)


def _rank(table: DescribedTable, one: _Operation, known: _Lists) -> tuple[int, ...]:
    """The smaller, the likelier that somebody wants the table."""
    last = set(words_of(one.words[-1])) if one.words else set()
    has_time = bool(change_columns(table.columns) or creation_columns(table.columns))
    points = 3 * len(one.variables)
    points += 2 * bool(last & _MINOR) + max(0, len(one.words) - 1)
    points -= 2 * bool(_normal(one.path) in known.single)
    points -= bool("primary_keys" in table.facts) + has_time
    points -= bool("pagination" in table.facts)
    points -= bool("cursor_field" in table.facts)
    points -= bool(_normal(one.path) in known.written)
    return (
        int(table.deprecated),
        READ_SINGLE if one.label == "single" else 0,
        points,
        len(one.path),
    )


def _relate(
    tables: Sequence[tuple[DescribedTable, _Operation]], known: _Lists, description: Description
) -> None:
    """Parents, scope, and what only the whole document tells."""
    scopes: Counter[str] = Counter()
    for table, one in tables:
        segments = _segments(one.path)
        for position, segment in enumerate(segments):
            if not segment.startswith("{"):
                continue
            above = _normal("/".join(segments[:position]))
            parent = known.by_path.get(above)
            if parent and parent != table.name:
                # The nearest list is the parent; those above it are the parent's own parents.
                table.facts.pop("parent", None)
                table.say("parent", parent, grade=DERIVED)
                key = table.facts.get("primary_keys")
                if key and set(words_of(one.words[-1])) & SHARED_WORDS:
                    del table.facts["primary_keys"]
                    table.candidates["primary_keys"] = (segment[1:-1], *key.value)
            elif not parent:
                scopes[segment[1:-1]] += 1
        _snapshot_or_candidates(table, one)
    half = max(2, len(tables) / 2)
    parameters = [name for name, count in scopes.items() if count >= half and name.isidentifier()]
    described = [{"name": name, "required": True} for name in parameters]
    description.say("connection_parameters", described, "variables of most paths", DERIVED)
    for table, one in tables:
        own = [v for v in one.variables if v in scopes and v not in parameters and v.isidentifier()]
        table.say(
            "options", list(dict.fromkeys(own)), f"{table.origin}, variables of the path", DERIVED
        )


def _snapshot_or_candidates(table: DescribedTable, one: _Operation) -> None:
    if "ingestion" in table.facts:
        return
    moments = [*change_columns(table.columns), *creation_columns(table.columns)]
    if moments:
        table.candidates["cursor_field"] = tuple(column.path for column in moments[:4])
        return
    has_time = any(column.is_time for column in table.columns)
    # What lies below another list is often read where that has changed: three in ten of such
    # lists without any time of their own, one in twenty of the others.
    if (
        len(table.columns) >= FEWEST_COLUMNS
        and not one.variables
        and not has_time
        and not is_event_like(table.name)
        and not changes.filters_by_time(one.parameters)
    ):
        table.say(
            "ingestion", "snapshot", f"{table.origin}: no column and no filter with a time", DERIVED
        )


# The source as a whole


def _of_source(root: Node, operations: list[Node], description: Description) -> None:
    info = root["info"]
    description.say("source_name", _title(info.text("title")), "info.title", DERIVED)
    description.say("source_type", "rest_api", "", DERIVED)
    url = root["externalDocs"].text("url").strip()
    if re.fullmatch(r"https?://\S+", url):
        description.say("docs_url", url, "externalDocs")
    description.say("api_version", _version(root), "version of the API", DERIVED)
    signing_in.read_sign_in(root, operations, description)
    _host_parameters(root, description)
    for key in ("page_size", "pagination"):
        common(description, key)
    texts = [info.text("description")]
    for operation in operations:
        texts.append(operation["responses"]["429"].text("description"))
    own = [table.facts["rate_limit"] for table in description.tables if "rate_limit" in table.facts]
    if len({fact.value for fact in own}) == 1:  # all that say anything say the same
        description.say("rate_limit", own[0].value, f"{len(own)} operations")
        for table in description.tables:
            table.facts.pop("rate_limit", None)
    for text in dict.fromkeys(texts):
        description.say("rate_limit", limits.limits_in(text), "its text")


def _title(title: str) -> str:
    """The name of the source in a title such as `Acme REST API v3`."""
    title = re.sub(r"\([^)]*\)", " ", title)
    noise = (
        r"\b(the|rest|restful|web|public|open ?api|apis?|v\d[\d.]*|spec|specification|swagger|"
        r"documentation|docs|reference|core|platform|connectors?)\b"
    )
    return (
        " ".join(re.sub(noise, " ", title, flags=re.IGNORECASE).split()).strip(" -–:,.")
        if title
        else ""
    )


def _version(root: Node) -> str:
    """The version in the address of the API; else the stated one where it is a date or `v3`."""
    addresses = [one.text("url") for one in root["servers"]] + [root.text("basePath")]
    paths = [path for path, _ in root["paths"].items()]
    found = {m.group(1) for one in addresses for m in re.finditer(r"/(v\d+(?:\.\d+)?)(?=/|$)", one)}
    if not found:
        starts = Counter(
            m.group(1) if (m := re.match(r"/(?:api/)?(v\d+(?:\.\d+)?)/", one)) else ""
            for one in paths
        )
        if starts and starts.most_common(1)[0][1] == len(paths):
            found = {starts.most_common(1)[0][0]} - {""}
    if len(found) == 1:
        return found.pop()
    stated = root["info"].text("version").strip()
    return stated if re.fullmatch(r"v\d[\d.]*|\d{4}-\d\d(-\d\d)?[\w.-]*", stated) else ""


def _host_parameters(root: Node, description: Description) -> None:
    """Variables in the address of the API, such as a subdomain."""
    for server in root["servers"]:
        names = [
            name
            for name, said in server["variables"].items()
            if not said["enum"] and name.isidentifier() and f"{{{name}}}" in server.text("url")
        ]
        parameters = [{"name": name, "required": True} for name in names]
        description.say("connection_parameters", parameters, "variables of the address")
        return
