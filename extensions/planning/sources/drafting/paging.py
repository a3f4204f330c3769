"""How a list pages, and how large its pages are, by its parameters and its answer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from .names import letters
from .records import properties, types
from .references import Node, schema_of

TOKENS = frozenset(
    """
    cursor pagetoken nexttoken nextpagetoken pagecursor nextcursor startingafter
    continuationtoken continuation bookmark scrollid marker pageafter skiptoken aftercursor
    startafter scrollparam paginationtoken cursormark startcursor lastid lastkey afterid nextkey
    searchafter nextbatch
    """.split()
)
PAGES = frozenset(("page", "pagenumber", "pageno", "pageindex", "pagenum", "currentpage", "p"))
OFFSETS = frozenset(
    ("offset", "skip", "startat", "startindex", "pageoffset", "start", "startposition", "from")
)
SIZES = frozenset(
    """
    limit perpage pagesize pagelimit maxresults count size top maxitems resultsperpage
    itemsperpage maxperpage take first max rows pagecount numresults maxrecords maxpagesize
    numperpage length
    """.split()
)
_NEXT = frozenset(("next", "nextlink", "nextpage", "nexturl", "nextpageurl", "odatanextlink"))
_LINKS = frozenset(("links", "paging", "pagination", "pages", "meta", "metadata", "pageinfo"))

_MOST = (
    re.compile(
        r"(?:max(?:imum)?|up to|at most|no more than|not exceed|cannot exceed|"
        r"less than or equal to|<=)\D{0,40}?(\d[\d,]*)(?!\s*(?:%|\.\d|seconds|minutes|days))",
        re.I,
    ),
    re.compile(r"between\s+(?:0|1)\s+and\s+(\d[\d,]*)", re.I),
    re.compile(r"(?:range|from)\D{0,20}[01]\s*(?:-|–|to|and|\.\.)\s*(\d[\d,]*)", re.I),
    re.compile(r"(\d[\d,]*)\s*(?:is the\s+|\(?)max(?:imum)?\b", re.I),
)
LARGEST_PAGE = 100_000
"""A larger number in the text about a page's size is about something else."""


def paging_kind(parameters: Mapping[str, Node], answer: Node, headers: Sequence[str]) -> str:
    """The word of `pagination` that fits, '' where the description does not tell."""
    by_letters = {letters(name): one for name, one in parameters.items()}
    said = {name: one.text("description").lower() for name, one in by_letters.items()}
    for name in by_letters:
        if name in TOKENS or (name in ("after", "next") and "date" not in said[name]):
            kinds = types(by_letters[name]["schema"]) or types(by_letters[name])
            if kinds <= {"string"} or name in TOKENS:
                return "cursor"
    if any(
        letters(name) == "nextoffset" and types(one) == {"string"}
        for name, one in properties(answer).items()
    ):
        return "cursor"
    sized = any(name in SIZES for name in by_letters)
    for name, parameter in by_letters.items():
        kinds = types(parameter["schema"]) or types(parameter)
        if name in OFFSETS and (sized or name in ("offset", "skip", "startat", "startindex")):
            if name in ("start", "from") and kinds == {"string"}:
                continue  # a moment, more likely
            is_token = kinds == {"string"} and re.search(
                "token|cursor|opaque|next_page|returned by", said[name]
            )
            return "cursor" if is_token else "offset"
    for name in by_letters:
        if name in PAGES and (sized or name != "p"):
            if re.search(r"\bcursor\b|opaque|page token|token of", said[name]):
                return "cursor"
            return "page_number"
    if "page" in parameters and types(parameters["page"]["schema"]) == {"object"}:
        inner = {letters(name) for name in properties(parameters["page"]["schema"])}
        if inner & {"after", "cursor"}:
            return "cursor"
        return "offset" if "offset" in inner else "page_number" if "number" in inner else ""
    if "link" in [one.lower() for one in headers]:
        return "link"
    return "link" if _has_next_link(answer) else ""


def _has_next_link(answer: Node) -> bool:
    """Whether the answer holds the address of the next page."""
    for name, value in properties(answer).items():
        if letters(name) in _NEXT and _is_address(name, value):
            return True
        inside = properties(value) if letters(name) in _LINKS else {}
        for inner, held in inside.items():
            is_link = letters(name) == "links" or _is_address(inner, held)
            if letters(inner) in _NEXT and is_link:
                return True
    return False


def _is_address(name: str, schema: Node) -> bool:
    if schema.text("format") in ("uri", "url", "uri-reference"):
        return True
    if letters(name) in ("nextlink", "nexturl", "nextpageurl", "odatanextlink"):
        return True
    return bool(re.search(r"\b(url|uri|link|href|path to)\b", schema.text("description").lower()))


def page_size(parameters: Mapping[str, Node]) -> int:
    """The most records a page can hold, 0 where the description does not say: a default is none."""
    for name, parameter in parameters.items():
        if letters(name) not in SIZES:
            continue
        schema = schema_of(parameter)
        stated = next(
            (one["maximum"].value for one in (schema, parameter) if "maximum" in one), None
        )
        if isinstance(stated, str) and stated.isdigit():  # discovery documents write texts
            stated = int(stated)
        if isinstance(stated, (int, float)) and 1 < stated <= LARGEST_PAGE:
            return int(stated)
        for text in (parameter.text("description"), schema.text("description")):
            found = {int(m.replace(",", "")) for one in _MOST for m in one.findall(text)}
            found = {one for one in found if 1 < one <= LARGEST_PAGE}
            if len(found) == 1:
                return found.pop()
    if "page" in parameters:
        inner = properties(parameters["page"]["schema"])
        if inner and "page" not in inner:
            return page_size({f"page_{name}": value for name, value in inner.items()})
    return 0
