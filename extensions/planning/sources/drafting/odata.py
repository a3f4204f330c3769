"""Reads OData `$metadata`: entity sets with their keys."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field

from .columns import offer_cursors
from .described import Column, Description, Unreadable
from .names import column

_TIMES = ("Edm.DateTimeOffset", "Edm.DateTime", "Edm.Date")
_DEEPEST = 20
"""Base types above one another; the deepest public model has six."""


@dataclass
class _Type:
    base: str = ""
    keys: list[str] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)


def is_metadata(text: str) -> bool:
    """Whether a text is `$metadata` of an OData service."""
    start = text.lstrip()[:4000]
    return start.startswith("<") and ("Edmx" in start or "EntityType" in start)


def read(text: str, label: str) -> Description:
    """What the document says; `Unreadable` where it is no XML, or XML that defines entities."""
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise Unreadable(f"{label} defines entities of its own, which can blow up; remove them.")
    try:
        root = ElementTree.fromstring(text)
    except (ElementTree.ParseError, ValueError) as error:
        raise Unreadable(f"{label} is no XML: {error}.") from None
    description = Description("odata", label)
    description.say("source_type", "rest_api")
    types: dict[str, _Type] = {}
    sets: list[tuple[str, str]] = []
    above = ElementTree.Element("")
    above.append(root)
    for schema in above.iterfind(".//{*}Schema"):
        names = [schema.get("Namespace", ""), schema.get("Alias", "")]
        for entity in schema.iterfind("{*}EntityType"):
            read_type = _type(entity)
            for space in filter(None, names):
                types[f"{space}.{entity.get('Name')}"] = read_type
        for one in schema.iterfind("{*}EntityContainer/{*}EntitySet"):
            sets.append((one.get("Name", ""), one.get("EntityType", "")))
    for name, type_name in sets:
        _add(description, name, type_name, types)
    return description


def _type(entity: ElementTree.Element) -> _Type:
    found = _Type(base=entity.get("BaseType", ""))
    found.keys = [one.get("Name", "") for one in entity.iterfind("{*}Key/{*}PropertyRef")]
    for one in entity.iterfind("{*}Property"):
        name = column(one.get("Name", ""))
        if name:
            found.columns.append(Column(name, one.get("Type") in _TIMES))
    return found


def _add(description: Description, name: str, type_name: str, types: dict[str, _Type]) -> None:
    table = description.add("entity set", name)
    if table is None:
        return
    keys: list[str] = []
    columns: list[Column] = []
    left = _DEEPEST
    while type_name in types and left:
        keys = keys or types[type_name].keys
        columns = [*types[type_name].columns, *columns]
        type_name, left = types[type_name].base, left - 1
    table.columns = tuple(columns)
    paths = [column(key.replace("/", ".")) for key in keys]
    table.say("primary_keys", paths if all(paths) else [])
    table.say("path", f"/{name}")
    table.rank = (0, 0, -offer_cursors(table), len(name))
