"""The operations of an OpenAPI document, and which of them list records."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from . import changes, paging
from .described import Description, as_mapping
from .names import is_plural, words_of
from .records import Records, find_records, properties, records_at, types
from .references import Node

_SEARCHES = frozenset(
    "search query list filter find export getlist get fetch retrieve read".split()
)
"""Last words of paths that read although they are POST requests."""

_ADDITIONS = frozenset(
    """
    search query list all filter find incremental cursor scroll json index csv xml get fetch
    retrieve info
    """.split()
)
"""Words of a path that say how something is read, not what."""

_VERSION = re.compile(r"v?\d+([._]\d+)*(alpha|beta)?\d*|\d{4}-\d\d(-\d\d)?|latest", re.IGNORECASE)
_PREFIXES = frozenset(("api", "rest", "services", "public", "services_data"))


@dataclass
class Operation:
    """An operation that may list records: how it is asked, and what it answers."""

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
    """`list`, `single` for an operation that answers with one record, '' until it is known."""
    entity: str = ""
    """The table, where the description names it by an extension."""

    @property
    def deprecated(self) -> bool:
        """Whether the description says that the operation goes away."""
        return as_mapping(self.node.value).get("deprecated") is True


@dataclass
class Paths:
    """What is known of the paths of a document."""

    by_path: dict[str, str] = field(default_factory=dict)
    """Normalised path of a list -> name of its table."""
    single: dict[str, str] = field(default_factory=dict)
    """Normalised path of a list -> variable that reads one of its records."""
    written: set[str] = field(default_factory=set)
    """Normalised paths to which records are added."""
    changed: set[str] = field(default_factory=set)
    """Normalised paths of lists whose single records are changed, or acted upon."""


# Operations


def operations_of(root: Node, known: Paths, description: Description) -> Iterator[Operation]:
    """Every GET and POST of a document. What its paths tell together is added to `known`."""
    for key in ("paths", "x-ms-paths"):
        for path, item in root[key].items():
            if not as_mapping(item.value):
                description.skipped.append(f"path {path}: is empty")
                continue
            shared = list(item["parameters"])
            for method in ("get", "post", "put", "patch"):
                node = item[method]
                if not as_mapping(node.value):
                    continue
                if method == "post":
                    known.written.add(normal(path))
                parts = segments(path)
                if method in ("post", "put", "patch"):
                    known.changed |= _lists_above(path)
                if method == "get" and len(parts) > 1 and parts[-1].startswith("{"):
                    known.single[normal("/".join(parts[:-1]))] = parts[-1][1:-1]
                if method in ("get", "post"):
                    yield _operation(path, method, node, shared)


def _operation(path: str, method: str, node: Node, shared: list[Node]) -> Operation:
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
    parts = segments(path)
    words = [_what(one) for one in parts if not one.startswith("{")]
    words = [one for one in words if not _VERSION.fullmatch(one)]
    while len(words) > 1 and words[0].lower() in _PREFIXES:  # alone it is what is listed
        words.pop(0)
    while len(words) > 1 and set(words_of(words[-1])) <= _ADDITIONS:
        words.pop()
    return Operation(
        path=path,
        method=method,
        node=node,
        parameters=parameters,
        answer=answer,
        headers=headers,
        body=body,
        words=words,
        variables=[one[1:-1] for one in parts if one.startswith("{")],
        entity=node.text("x-airbyte-entity"),
    )


def _lists_above(path: str) -> set[str]:
    """The normalised paths of lists, one of whose records the path names."""
    parts = segments(path)
    return {
        normal("/".join(parts[:position]))
        for position, part in enumerate(parts)
        if part.startswith("{")
    }


def _what(segment: str) -> str:
    """A part of a path without the verb that some write into it: `users.list`, `getUsers`."""
    first, _, last = segment.rpartition(".")
    if first and last.lower() in _ADDITIONS:
        return first
    verb = re.match(r"(?:[Gg]et|[Ll]ist|[Ff]etch)(?=[A-Z_])_?", segment)
    return segment[verb.end() :] if verb and len(segment) > verb.end() else segment


def segments(path: str) -> list[str]:
    """The parts of a path, endings such as `.json` cut off."""
    path = path.partition("?")[0]
    return [re.sub(r"\.(json|xml|\{format\})$", "", one) for one in path.split("/") if one]


def normal(path: str) -> str:
    """A path without the names of its variables, for comparing."""
    return "/" + "/".join("{}" if one.startswith("{") else one.lower() for one in segments(path))


def _answer(node: Node) -> tuple[Node, list[str]]:
    """The schema of what a successful request returns, and the names of the answer's headers."""
    responses = dict(node["responses"].items())
    good = [code for code in responses if code.startswith("2") or code == "default"]
    for code in sorted(good, key=lambda one: (one not in ("200", "2XX"), one == "default", one)):
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


def listing(operations: Sequence[Operation], known: Paths) -> Iterator[Operation]:
    """The operations that answer with records of a table, labelled `list` or `single`."""
    for one in operations:
        one.label = _label_of_entity(one) if one.entity else _label(one, known)
        if one.label:
            yield one


def _label_of_entity(one: Operation) -> str:
    if one.node.text("x-airbyte-action") in ("list", "api_search"):
        stated = one.node.text("x-airbyte-record-extractor")
        one.records = records_at(one.answer, stated) or find_records(one.answer, [one.entity])
        return "list"
    return "single" if one.method == "get" and not one.variables else ""


def _label(one: Operation, known: Paths) -> str:
    last = segments(one.path)[-1:] or [""]
    ends_in_variable = last[0].startswith("{")
    called = [words_of(one.node.text(key)) for key in ("operationId", "summary")]
    asks = {word for words in called for word in (*words[:1], *words[-1:])}
    searches = bool({*words_of(last[0]), *asks} & _SEARCHES)
    if not one.words or (one.method == "post" and not searches):
        return ""
    found = find_records(one.answer, one.words)
    pages = bool(paging.paging_kind(one.parameters, one.answer, one.headers))
    if found and _is_list(one, found, ends_in_variable, pages):
        one.records = found
        return "list"
    if one.method != "get" or ends_in_variable:
        return ""
    held = properties(one.answer)
    lines = "string" in types(one.answer) and changes.filters_by_time(one.parameters)
    if (pages and not held) or lines:
        return "list"  # nobody described its records
    is_record = "id" in held or normal(one.path) in known.single
    if pages and is_record and is_plural(one.words[-1]):  # described by one, not a page of them
        one.records = Records((), one.answer, True)
        return "list"
    return "single" if held or "object" in types(one.answer) or not one.answer else ""


def _is_list(one: Operation, found: Records, ends_in_variable: bool, pages: bool) -> bool:
    held = properties(one.answer)
    if ends_in_variable:
        # /lists/{id} with one array among its fields is one record; /objects/{type} is a list.
        return (
            found.named
            and (not found.path or len(held) <= 4 or pages)
            and (not found.path or found.path[0].lower() not in ("links",))
            and "id" not in held
        )
    return found.named or pages or (len(held) <= 5 and "id" not in held)
