"""Reads single values as people write them: counts, rate limits, intervals, dates, lists.

Every reader takes what YAML or a form may deliver, returns None (or an empty tuple) for "not
known", and raises `Refusal` with the rest of a sentence: what is wrong and what would be right.
The caller puts the question and the item in front.
"""

from __future__ import annotations

import difflib
import re
import reprlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from .misread import keys_given_twice, numbers_read_otherwise


class Refusal(ValueError):
    """A value that cannot be taken, and what would be right instead."""


COUNT_SUFFIXES = {"": 1, "k": 10**3, "m": 10**6, "b": 10**9}

LARGEST_COUNT = 10**15
"""A quadrillion records, far beyond any table a connector reads. More is a slip of the key."""

UNIT_SECONDS = {
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), 1),
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes"), 60),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), 3_600),
    **dict.fromkeys(("d", "day", "days"), 86_400),
    **dict.fromkeys(("w", "week", "weeks"), 7 * 86_400),
    # Vendors that grant a quota a month mean a calendar month; 30 days is the usual reckoning.
    **dict.fromkeys(("month", "months"), 30 * 86_400),
    **dict.fromkeys(("year", "years"), 365 * 86_400),
}

INTERVAL_WORDS = {"hourly": 3_600, "daily": 86_400, "weekly": 7 * 86_400}

_COUNT = re.compile(r"((?:\d{1,3}(?:(?:,\d{3})+|(?:_\d{3})+)|\d+)(?:\.\d+)?)\s*([kmb]?)", re.I)
_INTERVAL = re.compile(r"(?:every\s+)?(\d+(?:\.\d+)?)?\s*([a-z]+)", re.IGNORECASE)


def shown(value: object) -> str:
    """The value as a refusal quotes it: on one line, in quotes, cut after 60 characters."""
    try:
        # Aliases make a small text a huge value: lists and mappings are written out in part only.
        whole = isinstance(value, (str, int, float, bool, type(None), date))
        text = " ".join((str(value) if whole else reprlib.repr(value)).split())
    except ValueError:  # Python refuses to write out an integer of more than 4,300 digits
        text = "a number of thousands of digits"
    return f'"{text[:57]}..."' if len(text) > 60 else f'"{text}"'


def is_empty(value: object) -> bool:
    """Whether the value says nothing: null, blank text, an empty list or mapping."""
    if isinstance(value, str):
        return value.strip() in ("", "null")  # as YAML has it, for answers given as text
    return value is None or (isinstance(value, (list, dict, tuple)) and not value)


def parse_text(value: object) -> str:
    """Any scalar as text, trimmed at both ends; '' for null."""
    if value is None:
        return ""
    if isinstance(value, (list, tuple, dict)):
        raise Refusal("is a list or a mapping; write one text.")
    if isinstance(value, (bool, float, datetime)):
        # An unquoted `no` arrives as False and `1.10` as 1.1: what was written is lost.
        raise Refusal(f"is {shown(value)} to YAML, which is no text; put what you wrote in quotes.")
    return str(value).strip()


def read_flag(value: object) -> bool:
    """Yes or no, as YAML or a form writes it."""
    if isinstance(value, bool):
        return value
    text = parse_text(value).lower()
    if text in ("", "false", "no", "n", "off", "0"):
        return False
    if text in ("true", "yes", "y", "on", "1"):
        return True
    raise Refusal(f"is {shown(value)}; write true or false.")


def parse_count(value: object) -> int | None:
    """A number of records: 2000000, `2_000_000`, `2,000,000`, `2M`, `40k`, `1.5B`."""
    if is_empty(value):
        return None
    wanted = "write a count such as 2000000, 2_000_000, 40k, 2M or 1.5B."
    match = _COUNT.fullmatch(value.strip()) if isinstance(value, str) else None
    if match:
        digits, suffix = match.groups()
        if "." in digits and not suffix:
            raise Refusal(f"is {shown(value)}, in which a dot may mean anything; {wanted}")
        exact = Decimal(digits.replace("_", "").replace(",", "")) * COUNT_SUFFIXES[suffix.lower()]
        value = int(exact) if exact == int(exact) else float(exact)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise Refusal(f"is {shown(value)}, which is no count; {wanted}")
    if isinstance(value, float) and not value.is_integer():  # nan and inf are none either
        raise Refusal(f"is {shown(value)}, which is no whole number; {wanted}")
    if not 0 <= value <= LARGEST_COUNT:
        raise Refusal(f"is {shown(value)}, which is out of range; {wanted}")
    return int(value)


def parse_whole_number(value: object) -> int | None:
    """A count for which 0 means "unknown"; None then."""
    return parse_count(value) or None


def unit_seconds(unit: str) -> int:
    """Seconds in a unit of time, such as `minute` or `h`."""
    seconds = UNIT_SECONDS.get(unit.lower())
    if seconds is None:
        # Laxer than difflib's own 0.6: a short word such as `mn` shares few letters with `min`.
        near = difflib.get_close_matches(unit.lower(), UNIT_SECONDS, n=1, cutoff=0.5)
        hint = f"did you mean {near[0]}?" if near else "write second, minute, hour or day."
        raise Refusal(f'has the unknown unit "{unit}"; {hint}')
    return seconds


def parse_interval(value: object) -> int | None:
    """Seconds between two runs: `15 minutes`, `1h`, `1 day`, `hourly`; None when unknown."""
    text = parse_text(value)
    if not text or text.lower() == "unknown":
        return None
    if text.lower() in INTERVAL_WORDS:
        return INTERVAL_WORDS[text.lower()]
    match = _INTERVAL.fullmatch(text)
    if not match or not (match[1] or match[2].lower() in UNIT_SECONDS):
        raise Refusal(f"is {shown(text)}, which is no interval; write 15 minutes, 1h or 1 day.")
    seconds = round(float(match[1] or 1) * unit_seconds(match[2]))
    if not 1 <= seconds <= 366 * 86_400:
        raise Refusal(f"is {shown(text)}; write between 1 second and 1 year.")
    return seconds


def parse_duration(value: object) -> int | None:
    """Seconds that something lasts: `3 hours`, `14 days`, `13 months`, `2y`; 0 for `none`."""
    text = parse_text(value)
    if text.lower() in ("none", "0"):
        return 0
    match = _INTERVAL.fullmatch(text)
    if not match or not match[1]:
        raise Refusal(f"is {shown(text)}, which is no duration; write 3 hours, 14 days or none.")
    return round(float(match[1]) * unit_seconds(match[2]))


def parse_date(value: object) -> str:
    """A date as ISO text, '' when unknown. YAML turns an unquoted date into a date value."""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    text = parse_text(value)
    if not text:
        return ""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise Refusal(f"is {shown(text)}, which is no date; write 2026-11-24.") from None


def parse_list(value: object) -> tuple[str, ...]:
    """Texts from a YAML list or from one text with commas; empty items fall away."""
    return tuple(text for text in map(_list_item, text_items(value)) if text)


def text_items(value: object) -> list[object]:
    """The items of a list of texts. A terminal takes `SLA: reply, solve` for YAML: a text it is."""
    if isinstance(value, Mapping) and len(value) == 1:
        return as_items(_list_item(value))
    return as_items(value)


def as_items(value: object) -> list[object]:
    """The items of a list answer: a list, the YAML text of one, or one text with commas."""
    if is_empty(value):
        return []
    if isinstance(value, str):
        parsed = parse_yaml(value) if looks_structured(value) else None
        if isinstance(parsed, list):
            return parsed
        return [part.strip() for part in value.split(",") if part.strip()]
    if isinstance(value, (list, tuple)):
        return list(value)
    if isinstance(value, Mapping):
        raise Refusal("is a mapping; write a list, or one text with commas.")
    return [value]


def _list_item(item: object) -> str:
    # `- Rate: ok` is a mapping to YAML; whoever wrote it in a list of texts meant the text.
    if isinstance(item, Mapping) and len(item) == 1:
        ((key, value),) = item.items()
        if not isinstance(value, (list, tuple, dict)):
            return f"{key}: {parse_text(value)}".strip()
    if isinstance(item, (list, tuple, dict)):
        raise Refusal(f"is {shown(item)}, which is no text; write one text an item.")
    return parse_text(item)


def looks_structured(text: str) -> bool:
    """Whether a text is meant as YAML: a flow list or mapping, or a block list or mapping."""
    text = text.strip()
    return text.startswith(("[", "{", "- ")) or ("\n" in text and ":" in text)


def parse_yaml(text: str) -> object:
    """YAML text as a value. Import on use: most sessions hand over parsed values."""
    import yaml

    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        for key, *_ in keys_given_twice(root):
            raise Refusal(f'has "{key}" twice in one mapping; keep one of the two.')
        for number in numbers_read_otherwise(root):
            raise Refusal(number.refusal)
        return yaml.safe_load(text)
    except Refusal:
        raise
    except (yaml.YAMLError, ValueError) as error:  # ValueError: a date such as 2026-13-45
        raise Refusal(
            f"is no valid YAML ({reason(error)}); put texts with : or # in quotes."
        ) from None
    except RecursionError:
        raise Refusal("is nested too deeply; write one list or mapping in another.") from None


def reason(error: Exception) -> str:
    """What the library says is wrong with a text of YAML, on one line."""
    return " ".join(str(getattr(error, "problem", None) or error).split())


@dataclass(frozen=True)
class OneOf:
    """A reader for one of `words`, in upper or lower case; `verb` is that of the refusal.

    YAML 1.1 turns an unquoted `no` and `yes` into booleans.
    """

    words: Mapping[str, str] | tuple[str, ...]
    verb: str = "choose"

    def __call__(self, value: object) -> str:
        """The value; raises `Refusal` for another."""
        if isinstance(value, bool):
            value = "yes" if value else "no"
        if value is None and "none" in self.words:
            value = "none"
        if isinstance(value, str) and value in self.words:
            return value
        by_lower = {one.lower(): one for one in self.words}
        text = parse_text(value)
        if text.lower() not in by_lower:
            raise Refusal(f"is {shown(text)}; {self.verb} one of {', '.join(self.words)}.")
        return by_lower[text.lower()]


@dataclass(frozen=True)
class SomeOf:
    """A reader for any number of `words`, in the order of the vocabulary."""

    words: Mapping[str, str]

    def __call__(self, value: object) -> tuple[str, ...]:
        """The values; raises `Refusal` for another."""
        chosen = {OneOf(self.words)(item) for item in as_items(value)}
        return tuple(one for one in self.words if one in chosen)
