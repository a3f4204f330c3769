"""What an OpenAPI document says of the source as a whole."""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

from . import limits, signing_in
from .described import DERIVED, Description, common
from .references import Node


def read_source(root: Node, operations: list[Node], description: Description) -> None:
    """Adds name, version, sign-in, host and limits, and lifts what the tables have in common."""
    info = root["info"]
    description.say("source_name", _title(info.text("title")), "info.title", DERIVED)
    description.say("source_type", "rest_api", "", DERIVED)
    url = root["externalDocs"].text("url").strip()
    if re.fullmatch(r"https?://\S+", url):
        description.say("docs_url", url, "externalDocs")
    description.say("api_version", _version(root), "version of the API", DERIVED)
    signing_in.read_sign_in(root, operations, description)
    description.say("connection_parameters", _host_parameters(root), "variables of the address")
    for key in ("page_size", "pagination"):
        common(description, key)
    texts = [info, *(operation["responses"]["429"] for operation in operations)]
    own = [table.facts["rate_limit"] for table in description.tables if "rate_limit" in table.facts]
    if len({fact.value for fact in own}) == 1:  # all that say anything say the same
        description.say("rate_limit", own[0].value, f"{len(own)} operations")
        for table in description.tables:
            table.facts.pop("rate_limit", None)
    for text in dict.fromkeys(one.text("description") for one in texts):
        description.say("rate_limit", limits.limits_in(text), "its text")


def _title(title: str) -> str:
    """The name of the source in a title such as `Acme REST API v3`."""
    title = re.sub(r"\([^)]*\)", " ", title)
    noise = (
        r"\b(the|rest|restful|web|public|open ?api|apis?|v\d[\d.]*|spec|specification|swagger|"
        r"documentation|docs|reference|core|platform|connectors?)\b"
    )
    return " ".join(re.sub(noise, " ", title, flags=re.IGNORECASE).split()).strip(" -–:,.")


def _version(root: Node) -> str:
    """The version in the address of the API; else the stated one where it is a date or `v3`."""
    addresses = [one.text("url") for one in root["servers"]] + [root.text("basePath")]
    paths = [path for path, _ in root["paths"].items()]
    found = {m.group(1) for one in addresses for m in re.finditer(r"/(v\d+(?:\.\d+)?)(?=/|$)", one)}
    if not found:
        starts = [re.match(r"/(?:api/)?(v\d+(?:\.\d+)?)/", one) for one in paths]
        found = {one[1] if one else "" for one in starts}
    if len(found) == 1 and "" not in found:
        return found.pop()
    stated = root["info"].text("version").strip()
    return stated if re.fullmatch(r"v\d[\d.]*|\d{4}-\d\d(-\d\d)?[\w.-]*", stated) else ""


def _host_parameters(root: Node) -> list[dict[str, Any]]:
    """Variables in the first address of the API, such as a subdomain."""
    return [
        {"name": name, "required": True}
        for server in islice(root["servers"], 1)
        for name, said in server["variables"].items()
        if not said["enum"] and name.isidentifier() and f"{{{name}}}" in server.text("url")
    ]
