"""What can be wrong with one answer by itself, whatever the others say.

Only this may stand in a validator: `copier update` drops a recorded answer that its validator
refuses, and tells nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from ...terms.values import (
    Refusal,
    as_items,
    is_empty,
    parse_list,
    parse_text,
    parse_whole_number,
    shown,
    text_items,
)
from ..identifiers import parse_option_name, parse_table_name
from ..reading import READERS, read_out_of_scope
from ..tables import TABLE_LISTS, read_entries, read_table_details
from .connector_name import parse_connector_name
from .shapes import NUMBERS, TEXT_LISTS, VOCABULARY_LISTS

Check = Callable[[object], object]
"""Takes an answer and raises `Refusal` if it cannot be taken; what it returns does not matter."""

NEEDS_TABLES = "name at least one table, such as orders, or [{name: orders, rows: 2M}]."


def refusal(value: object, question: str, *, needed: bool = False) -> str:
    """What is wrong with an answer and what would be right; '' if it is fine.

    The sentence goes on after the name of the question, which `problems` writes in front of it.
    `needed` says that an empty answer cannot be taken either.
    """
    if is_empty(value) and question != "connector":
        return NEEDS_TABLES if needed else ""
    try:
        CHECKS[question](value)
    except Refusal as problem:
        return str(problem)
    return ""


def _one_by_one(read: Check, items: Callable[[object], list[object]] = as_items) -> Check:
    """Checks each item of a list, so that the refusal can say which one it is about."""

    def check(value: object) -> None:
        for position, item in enumerate(items(value), start=1):
            try:
                read(item)
            except Refusal as problem:
                raise Refusal(f"item {position} {problem}") from None

    return check


def _url(value: object) -> None:
    text = parse_text(value)
    try:
        parts = urlsplit(text)
        host, user = parts.hostname or "", parts.username
    except ValueError:
        host, user = "", None
    if user is not None:
        raise Refusal("has a user name or password in the address; leave them out.")
    named = any(map(str.isalnum, host)) and not any(map(str.isspace, text))
    if not named or not text.lower().startswith(("http:", "https:")):
        wanted = "write an address such as https://docs.example.com/api."
        raise Refusal(f"is {shown(text)}, which is no address; {wanted}")


def _number(value: object) -> None:
    try:
        parse_whole_number(value)
    except Refusal:
        raise Refusal(
            f"is {shown(value)}, which is no number; write 100, or 0 when nobody knows."
        ) from None


def _phase(value: object) -> None:
    try:
        number = parse_whole_number(value)
    except Refusal:
        number = None
    if not number:
        raise Refusal(f"is {shown(value)}; write the number of the phase, such as 2.")


def _out_of_scope(value: object) -> None:
    pairs = read_out_of_scope(value)
    for position, (what, _) in enumerate(pairs, start=1):
        if not what:
            raise Refusal(f"item {position} has nothing before its reason; write what - reason.")


CHECKS: dict[str, Check] = {
    **READERS,
    **dict.fromkeys(TEXT_LISTS, _one_by_one(lambda item: parse_list([item]), text_items)),
    **dict.fromkeys((*TABLE_LISTS, "shipped_tables"), _one_by_one(parse_table_name)),
    **{question: _one_by_one(READERS[question]) for question in VOCABULARY_LISTS},
    **dict.fromkeys(NUMBERS, _number),
    "connector": parse_connector_name,
    "docs_url": _url,
    "tables": read_entries,
    "table_details": read_table_details,
    "out_of_scope": _out_of_scope,
    "table_options": _one_by_one(parse_option_name),
    "phase": _phase,
}
"""Question -> its check. Whatever has no rules of its own only has to be readable."""
