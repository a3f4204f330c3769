"""How to say one thing more about a table or a risk, where one answer holds all that is said.

A new answer replaces the one before as a whole, so what was said before is named again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..text import yaml
from ..wording import code, how

LONGEST = 300
"""Characters of an answer that people still copy from the page: about three lines of it."""


def saying_more(answer: str, said: Mapping[str, Mapping[str, object]], name: str, more: str) -> str:
    """What to answer, as code, to go after `Answer with`.

    `answer` is the question, `said` what it holds now, `more` the text of what is new about
    `name`, such as `rows: 2M`.
    """
    new = ", ".join([*_facts(said.get(name, {}), new=more), more])
    others = [
        f"{other}: {{{', '.join(_facts(facts))}}}" for other, facts in said.items() if other != name
    ]
    whole = how(answer, f"{{{', '.join([*others, f'{name}: {{{new}}}'])}}}")
    if not others or len(whole) <= LONGEST:
        return whole
    return f"{code(f'{name}: {{{new}}}')} beside what {code(answer)} says already"


def _facts(facts: Mapping[str, object], *, new: str = "") -> list[str]:
    told = {part.partition(":")[0].strip() for part in new.split(",")}
    return [
        f"{key}: {_flow(value)}"
        for key, value in facts.items()
        if value not in (None, "", ()) and key not in told
    ]


def _flow(value: object) -> str:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"[{', '.join(yaml(item) for item in value)}]"
    return yaml(value)
