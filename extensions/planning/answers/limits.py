"""Limits of a source, as people write them, and which of them hold for a table.

`700/minute`, `100 per 10 seconds` and `10/s, 100000/day` are rates; `15 at once` limits how many
requests are under way together. A name before a limit ties it to the tables that refer to it:
`heavy 40/s, light 80/s`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ..terms.values import Refusal, parse_count, parse_text, shown, unit_seconds
from .answer_types import Answers, ConcurrencyLimit, RateLimit, Table


class Limits(NamedTuple):
    """The limits of a source, or those that hold for one table."""

    rates: tuple[RateLimit, ...] = ()
    at_once: tuple[ConcurrencyLimit, ...] = ()


_BETWEEN = re.compile(r"\s*,(?!(?<=\d,)\d{3}(?!\d))\s*")
"""A comma, but not the one in 10,000."""

_COUNT = r"(?P<count>\d[\d_,]*(?:\.\d+)?\s*[kmb]?)\s*(?:requests?|calls?|reqs?)?"
_NAME = r"(?:(?P<name>[a-z][\w.-]*(?: [\w.-]+)*?)\s*[: ]\s*)?"
_RATE = re.compile(
    rf"{_NAME}{_COUNT}\s*(?:/|\bper\b)\s*(?P<number>\d+)?\s*(?P<unit>[a-z]+)", re.IGNORECASE
)
_AT_ONCE = re.compile(rf"{_NAME}{_COUNT}\s+at\s+once", re.IGNORECASE)

NO_NAMES = frozenset("about approx around at ca circa limit max maximum roughly up".split())
"""Words that people put before a number and that name nothing."""


def parse_limits(value: object) -> Limits | None:
    """The limits of a source; None when unknown, empty ones for `none`."""
    text = parse_text(value)
    if not text or text.lower() == "unknown":
        return None
    if text.lower() == "none":
        return Limits()
    limits = [_parse_limit(part) for part in _BETWEEN.split(text) if part]
    return Limits(
        tuple(one for one in limits if isinstance(one, RateLimit)),
        tuple(one for one in limits if isinstance(one, ConcurrencyLimit)),
    )


def _parse_limit(text: str) -> RateLimit | ConcurrencyLimit:
    match = _RATE.fullmatch(text) or _AT_ONCE.fullmatch(text)
    name = (match["name"] or "").lower() if match else ""
    if not match or name.split(" ")[0].rstrip(".") in NO_NAMES:
        raise Refusal(
            f"is {shown(text)}, which is no rate limit; write 700/minute, 10/s, 5000 per hour, "
            "100 per 10 seconds, 15 at once or none, and a comma between several."
        )
    requests = parse_count(match["count"])
    unit = match.groupdict().get("unit")
    seconds = int(match["number"] or 1) * unit_seconds(unit) if unit else 1
    if not requests or not seconds:
        raise Refusal(f"is {shown(text)}, which allows nothing; write none if there is no limit.")
    if unit:
        return RateLimit(requests, seconds, text, name)
    return ConcurrencyLimit(requests, text, name)


def parse_limit_of_table(value: object) -> str:
    """What a table says of its limit: the name of one, or limits of its own, as text."""
    text = parse_text(value)
    if not refers(text):
        parse_limits(text)
    return text


def refers(text: str) -> bool:
    """Whether a table's limit is the name of a limit, not a limit of its own."""
    return _NAMED.fullmatch(text) is not None and text.lower() not in ("none", "unknown")


_NAMED = re.compile(r"[a-z][\w.-]*(?: [\w.-]+)*", re.IGNORECASE)


def names(limits: Limits | None) -> frozenset[str]:
    """The names of limits, in small letters."""
    found = (limits.rates + limits.at_once) if limits else ()
    return frozenset(limit.name for limit in found if limit.name)


def name_for(table: Table) -> str:
    """The name of the limits that a table has beside those without a name, or ''.

    Limits of its own have no name that people gave: they go by the name of the table.
    """
    if refers(table.rate_limit):
        return table.rate_limit.lower()
    return f"table {table.name}" if parse_limits(table.rate_limit) else ""


def of_all(answers: Answers) -> Limits | None:
    """Every limit of the source and of its tables; None while none is known."""
    own = [_own(table) for table in answers.tables]
    if answers.rate_limits is None and not any(map(any, own)):
        return None
    return Limits(
        (*(answers.rate_limits or ()), *(one for limits in own for one in limits.rates)),
        (*answers.concurrency_limits, *(one for limits in own for one in limits.at_once)),
    )


def of_table(answers: Answers, table: Table) -> Limits | None:
    """The limits that hold for one table; None where they are not known.

    Limits without a name hold for every table; a limit of its own comes on top of them.
    """
    own = _own(table)
    if answers.rate_limits is None and not any(own):
        return None
    named = ("", name_for(table))
    rates = tuple(one for one in answers.rate_limits or () if one.name in named) + own.rates
    at_once = tuple(one for one in answers.concurrency_limits if one.name in named) + own.at_once
    # All limits have a name, and nobody said which of them this table has.
    nothing_said = not table.rate_limit and answers.rate_limits and not rates
    return None if nothing_said else Limits(rates, at_once)


def _own(table: Table) -> Limits:
    """The limits that a table has for itself, named after it."""
    read = None if refers(table.rate_limit) else parse_limits(table.rate_limit)
    name = name_for(table)
    rates, at_once = read or Limits()
    return Limits(
        tuple(one._replace(name=name) for one in rates),
        tuple(one._replace(name=name) for one in at_once),
    )
