"""Rate limits with numbers in the prose of a description."""

from __future__ import annotations

import re

_UNIT = r"(second|sec|minute|min|hour|day|month)s?"
_LIMIT = re.compile(
    r"(\d[\d,]*)\s*(?:api\s+|http\s+)?(?:requests?|calls?|queries|reqs?)"
    r"(?:\s+(?:may be|are|is|can be|allowed|made|permitted|sent))*"
    rf"\s*(?:/|\bper\b|\ban?\b|\bevery\b|\bin\b)\s*(?:an?\s+)?(?:(\d+)\s*)?{_UNIT}\b",
    re.IGNORECASE,
)
_AT_ONCE = re.compile(
    r"(\d[\d,]*)\s*(?:concurrent|simultaneous|parallel)\s+(?:api\s+)?"
    r"(?:requests?|calls?|queries|connections?)",
    re.IGNORECASE,
)
_SHORT = {"sec": "second", "min": "minute"}
_ABOUT_LIMITS = re.compile(r"limit|throttl|quota|allow|maximum|exceed", re.IGNORECASE)

MOST_LIMITS = 3
"""With more numbers than these a text lists limits by plan or by endpoint: none is the source's."""


def limits_in(text: str) -> str:
    """The limits that a text states, such as `60/hour, 3/second, 5 at once`; '' where unclear.

    The sentence must speak of limits. Two limits for the same span contradict each other.
    """
    found: dict[str, str] = {}
    for sentence in re.split(r"(?<=[.!?])\s+|\n\s*\n", text):
        if not _ABOUT_LIMITS.search(sentence):
            continue
        for count, number, unit in _LIMIT.findall(sentence):
            span = _SHORT.get(unit.lower(), unit.lower())
            span = f"{number} {span}s" if number and number != "1" else span
            said = f"{count.replace(',', '')}/{span}"
            if found.setdefault(span, said) != said:
                return ""
        for count in _AT_ONCE.findall(sentence):
            said = f"{count.replace(',', '')} at once"
            if found.setdefault("at once", said) != said:
                return ""
    return ", ".join(found.values()) if len(found) <= MOST_LIMITS else ""
