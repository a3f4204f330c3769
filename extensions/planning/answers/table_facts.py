"""What can be known of how a table is read: one declaration for each key of a `tables` mapping.

The checks, the JSON Schema and the comparison with a description follow from it. What a table is
(ingestion, keys, cursor, volume) stands in `tables.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from ..terms.values import (
    OneOf,
    Refusal,
    parse_duration,
    parse_text,
    parse_whole_number,
    read_flag,
    shown,
)
from ..terms.vocabulary import FILTERS, ORDERS, PAGINATIONS, READ_BY
from .identifiers import parse_table_name
from .limits import parse_limit_of_table

_PATH = re.compile(r"[^\s?#]+")
"""A path below the base URL. Parts in braces stand for values of a request."""


def _path(value: object) -> str:
    text = parse_text(value)
    if not _PATH.fullmatch(text) or "://" in text:
        raise Refusal(
            f"is {shown(text)}, which is no path; write /orders or /orders/{{order_id}}/items, "
            "below the base URL."
        )
    return text


def _lasting(value: object) -> int | None:
    seconds = parse_duration(value)
    if not seconds:
        raise Refusal(f"is {shown(value)}; write how long the source remembers, such as 30 days.")
    return seconds


class TableFact(NamedTuple):
    """A key: how its value is read, what it says, and an example of what people write."""

    read: Callable[[object], Any]
    about: str
    example: object


FACTS: Mapping[str, TableFact] = {
    "parent": TableFact(
        parse_table_name,
        "Table whose records each need requests of their own. With read_by changes only for those "
        "that have changed.",
        "orders",
    ),
    "requests_per_parent": TableFact(
        parse_whole_number, "Requests for each record of the parent. Default: 1.", 1
    ),
    "request_per_record": TableFact(
        read_flag, "Whether each record comes by a request of its own.", False
    ),
    "path": TableFact(_path, "Where it is read, below the base URL.", "/orders/{order_id}/items"),
    "read_by": TableFact(OneOf(READ_BY, "write"), "What it is read from.", "list"),
    "order": TableFact(OneOf(ORDERS, "write"), "Whether records come by the cursor.", "cursor"),
    "filter": TableFact(
        OneOf(FILTERS, "write"), "What the source can filter by the cursor.", "from"
    ),
    "lookback": TableFact(
        parse_duration, "How far records can arrive late: 3 hours, 14 days or none.", "14 days"
    ),
    "retention": TableFact(_lasting, "How long the source remembers changes.", "30 days"),
    "page_size": TableFact(
        parse_whole_number, "Most records a page, where this table has another size.", 50
    ),
    "pagination": TableFact(
        OneOf(PAGINATIONS, "write"), "How it pages, where this table pages another way.", "cursor"
    ),
    "rate_limit": TableFact(
        parse_limit_of_table, "Name of a limit, or a limit of this table alone.", "30/minute"
    ),
}
"""Key -> its declaration. `Table` of answer_types.py has a field of each name."""
