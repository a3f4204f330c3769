# Owned by the plan: every `copier update` writes this file anew. Change the answers, not this file.
# fmt: off
# ruff: noqa
# isort: skip_file
"""How records become batches that lose nothing, repeat nothing, and come to an end.

`reads_from` says from where on a batch is read, `batch_of` cuts it. Between the two stands what
only the connector knows: the request, and the record. Cursors are compared as instants or numbers,
never as text. A record without a cursor has no place in an order, and is left out.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from typing import Any

MOST_RECORDS = 10_000  # of a usual batch: at 1 KB a record about 10 MB
MOST_ALLOWED = 1_000_000  # above it, a batch may not fit the memory of the driver

_ISO = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(?:[.,](\d+))?)?\s*(Z|[+-]\d\d:?\d\d)?", re.I
)
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_UNITS = ((10**14, 10**6), (10**11, 10**3), (10**8, 1))  # numbers from here on -> a second
_NO_TIMES = 10**17  # from here on numbers are identifiers that grow, such as Snowflake's
_FURTHEST_AHEAD = 30 * 86_400  # seconds: no run takes that long; numbers beyond are identifiers
_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)

Record = dict[str, Any]
Offset = dict[str, Any]


def reads_from(table: Mapping[str, Any], offset: Mapping[str, Any] | None, until: datetime) -> Any:
    """Return the cursor from which on a batch is read, itself left out; None for everything.

    `until` is the moment the connector was made: it tells this run from the one before. A table
    that records reach late is read from further back once a run. What it has read already merges by
    its key, and is left out of an append table: `batch_of` sees to that.
    """
    known = offset or {}
    if "since" not in known:
        return None
    lookback = table["lookback_seconds"] or 0
    if not lookback:
        return known["since"]
    if known.get("run") == until.isoformat():
        return known["at"]
    return moved_back(known["since"], lookback)


def batch_of(
    records: Iterable[Record],
    table: Mapping[str, Any],
    offset: Mapping[str, Any] | None,
    *,
    until: datetime,
    cap: int | None = None,
) -> tuple[list[Record], Offset]:
    """Return one batch of the records after an offset, and the offset where it ends.

    `records` may come in any order, and may hold older ones. Records of equal cursor are never cut
    apart, so a batch may hold more than `cap`, that of `usual_cap` unless said. Where the plan says
    that records come by the cursor, no more are taken than a batch needs; else all are taken, and
    those kept that come first. An offset that stays where it was comes without records.
    """
    cap = cap or usual_cap(table)
    start, path = dict(offset or {}), table["cursor_field"]
    since, lookback = reads_from(table, start, until), table["lookback_seconds"] or 0
    after = None if since is None else place_of(since)
    appends = table["ingestion_type"] == "append"
    seen: dict[str, int] = start.get("seen", {}) if appends else {}
    in_order = table["order"] == "cursor"
    fresh: list[tuple[Fraction, Record]] = []
    room = 2 * cap
    for record in records:
        value = value_at(record, path)
        if value in (None, "") or is_after(value, until):
            continue
        place = place_of(value)
        if in_order and fresh and place < fresh[-1][0]:
            raise ValueError(
                f"records do not come by {path}: {value} comes after a later one. Say so in the "
                "plan: the order of this table is `other`."
            )
        if (after is not None and place <= after) or (seen and _digest(record, table) in seen):
            continue
        if in_order and len(fresh) >= cap and place != fresh[-1][0]:
            break
        fresh.append((place, record))
        if len(fresh) > room:  # what is left to a later batch takes no memory
            fresh = _first_of(fresh, cap)
            room = 2 * max(cap, len(fresh))
    batch = _first_of(fresh, cap)
    taken = [record for _, record in batch]
    if not taken:
        return [], start
    at = value_at(taken[-1], path)
    since = at if "since" not in start else later(start["since"], at)
    end: Offset = {"since": since}
    if lookback:
        end |= {"at": at, "run": until.isoformat()}
        if appends:
            reach = place_of(moved_back(since, lookback))
            marks = {**seen, **{_digest(one, table): int(place) for place, one in batch}}
            end["seen"] = {mark: second for mark, second in marks.items() if second >= int(reach)}
    return taken, end


def usual_cap(table: Mapping[str, Any]) -> int:
    """Return how many records a batch of a table holds unless a user says so.

    A table in no order is read to its end for each batch: few batches read it less often.
    """
    return MOST_RECORDS if table["order"] == "cursor" else MOST_ALLOWED


def later(one: Any, other: Any) -> Any:
    """Return the later of two cursors, as it is written."""
    return one if place_of(one) >= place_of(other) else other


def place_of(value: Any) -> Fraction:
    """Return where a cursor stands in the order: seconds since 1970, or the number it is.

    Zones and fractions of any length count. Raises ValueError for what is neither.
    """
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        return Fraction(value)
    text = str(value).strip()
    found = _ISO.fullmatch(text)
    if found:
        day, clock, fraction, zone = found.groups()
        clock = clock or "00:00"
        moment = datetime.fromisoformat(f"{day}T{clock}")
        shift = 0
        if zone and zone.upper() != "Z":
            hours, minutes = int(zone[1:3]), int(zone[-2:])
            shift = (hours * 60 + minutes) * (60 if zone[0] == "+" else -60)
        seconds = (moment.replace(tzinfo=timezone.utc) - _EPOCH) // timedelta(seconds=1)
        part = Fraction(int(fraction), 10 ** len(fraction)) if fraction else 0
        return Fraction(seconds - shift) + part
    if _NUMBER.fullmatch(text):
        return Fraction(text)
    raise ValueError(f"the cursor {value!r} is no time and no number")


def is_after(value: Any, until: datetime) -> bool:
    """Say whether a cursor is a time after a moment; False for a number that is no time.

    Nothing tells the time 5000000000 from an identifier. A number counts as a time where it lies
    near the moment: records that come while a run lasts do.
    """
    place = place_of(value)
    if _is_number(value):
        unit = _unit(place)
        return unit is not None and 0 < place / unit - _seconds(until) <= _FURTHEST_AHEAD
    return place > _seconds(until)


def moved_back(value: Any, seconds: int) -> Any:
    """Return a cursor so many seconds earlier, written the same way."""
    if _is_number(value):
        unit = _unit(place_of(value))
        if unit is None:
            return value
        moved = place_of(value) - seconds * unit
        if isinstance(value, (int, float)):
            return type(value)(moved)
        return str(moved.numerator) if moved.denominator == 1 else f"{float(moved):f}"
    text = str(value).strip()
    moment = _EPOCH + timedelta(seconds=int(place_of(value)) - seconds)
    if len(text) == len("2026-11-28"):
        return moment.date().isoformat()
    zone = "Z" if text[-1] in "zZ" else "+00:00" if text[-6] in "+-" else ""
    return moment.strftime("%Y-%m-%dT%H:%M:%S") + zone


def value_at(record: Any, path: str) -> Any:
    """Return the value at a dotted path, None where there is none."""
    for name in path.split("."):
        record = record.get(name) if isinstance(record, dict) else None
    return record


# Options of a table


def number_option(
    options: Mapping[str, str], name: str, least: int, most: int, default: int
) -> int:
    """Return an option that is a whole number; a ValueError says what would be right."""
    text = str(options.get(name) or "").strip()
    if not text:
        return default
    if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
        raise ValueError(f"{name} is {text!r}; write a whole number from {least} to {most}.")
    return int(text)


def moment_option(options: Mapping[str, str], name: str, default: str = "") -> str:
    """Return an option that is a time in ISO 8601; a ValueError says what would be right."""
    text = str(options.get(name) or "").strip()
    if text and not _ISO.fullmatch(text):
        raise ValueError(f"{name} is {text!r}; write a date or time such as 2026-11-28T08:00:00Z.")
    return text or default


def _first_of(records: list[tuple[Fraction, Record]], cap: int) -> list[tuple[Fraction, Record]]:
    """Return the first records by their place, `cap` of them and those that share the last place."""
    ranked = sorted(records, key=lambda one: one[0])
    return ranked[:cap] + [one for one in ranked[cap:] if one[0] == ranked[cap - 1][0]]


def _is_number(value: Any) -> bool:
    return not isinstance(value, str) or _NUMBER.fullmatch(value.strip()) is not None


def _unit(place: Fraction) -> int | None:
    return next((unit for least, unit in _UNITS if least <= place < _NO_TIMES), None)


def _seconds(moment: datetime) -> Fraction:
    return Fraction((moment - _EPOCH) // timedelta(microseconds=1), 10**6)


def _digest(record: Record, table: Mapping[str, Any]) -> str:
    """Return 16 characters that tell a record apart: by its key, or by all of it without one."""
    key = [value_at(record, path) for path in table["primary_keys"]]
    told = record if not key or None in key else key
    text = json.dumps(told, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
