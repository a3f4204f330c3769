"""What can be known of how a table is read: one reader for each key of a `tables` mapping.

The readers of what a table is (ingestion, keys, cursor, volume) stand in `tables.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from .limits import parse_limit_of_table
from .values import (
    Refusal,
    parse_choice,
    parse_duration,
    parse_text,
    parse_whole_number,
    read_flag,
    shown,
)
from .vocabulary import FILTERS, ORDERS, PAGINATIONS, READ_BY

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


def _one_of(choices: Mapping[str, str]) -> Callable[[object], str]:
    return lambda value: parse_choice(value, choices, "write")


def _lasting(value: object) -> int | None:
    seconds = parse_duration(value)
    if not seconds:
        raise Refusal(f"is {shown(value)}; write how long the source remembers, such as 30 days.")
    return seconds


FACT_READERS: dict[str, Callable[[object], Any]] = {
    "requests_per_parent": parse_whole_number,
    "request_per_record": read_flag,
    "path": _path,
    "read_by": _one_of(READ_BY),
    "order": _one_of(ORDERS),
    "filter": _one_of(FILTERS),
    "lookback": parse_duration,
    "retention": _lasting,
    "page_size": parse_whole_number,
    "pagination": _one_of(PAGINATIONS),
    "rate_limit": parse_limit_of_table,
}
"""Key -> its reader. `parent` is a table's name, which `tables.py` reads."""

FACT_KEYS = ("parent", *FACT_READERS)
