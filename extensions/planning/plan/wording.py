"""Words that criteria, phases and open questions share: how they name things of a plan."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Sequence

from ..answers.answer_types import Answers, Table
from .model import Risk

HTTP_TYPES = ("rest_api", "graphql_api", "soap_api", "other")
"""Source types that a connector reads by HTTP requests; `other` counts until somebody says more."""

LISTED = 8
"""Names a sentence lists before it counts the rest: more do not fit a line of a table."""


def speaks_http(answers: Answers) -> bool:
    """Whether rate limits, pages and API versions are a matter of this source."""
    return answers.source_type in HTTP_TYPES


def may_build(answers: Answers) -> bool:
    """Whether a connector gets built, or may be after an evaluation."""
    return answers.recommendation in ("build", "extend")


def source_of(answers: Answers) -> str:
    """The source as people write it."""
    return answers.source_name or answers.connector


def tested_on(answers: Answers) -> str:
    """What the connector is tested against, or that it has still to be found."""
    usual = {
        "sandbox": f"the {source_of(answers)} sandbox",
        "production": f"the production system of {source_of(answers)}",
        "simulator": f"the {source_of(answers)} simulator",
    }
    return (
        answers.test_environment_name
        or usual.get(answers.test_environment)
        or "a test environment still to be found"
    )


def singular(noun: str) -> str:
    """A noun in the singular and in lower case, as far as its end tells: `Companies`, `orders`."""
    noun = noun.lower()
    if noun.endswith("ies"):
        return f"{noun[:-3]}y"
    if noun.endswith(("sses", "shes", "ches", "xes", "zes")):
        return noun.removesuffix("es")
    return noun if noun.endswith(("ss", "us")) else noun.removesuffix("s")


def code(name: str) -> str:
    """A name as inline code, which the page keeps as it is."""
    return f"`{name}`"


def codes(names: Iterable[str]) -> str:
    """All names as inline code: `a`, `b`, `c`."""
    return ", ".join(code(name) for name in names)


def how(answer: str, example: str) -> str:
    """What to put behind the update command to answer a question, as code."""
    return code("-d " + shlex.quote(f"{answer}={example}"))


def detail(table: Table, more: str) -> str:
    """What to put behind the update command to say more of one table, as code."""
    return how("table_details", f"{{{table.name}: {{{more}}}}}")


def answer_in(text: str) -> str:
    """What `how` put into a text, without its marks of code; '' where it put nothing."""
    found = re.search(r"(`+) ?(-d .+?) ?\1(?!`)", text)
    return found[2] if found else ""


def listed(items: Sequence[str], most: int = LISTED) -> str:
    """`a`, `a and b`, `a, b and c`; from `most` on `a, b and 12 more`."""
    if len(items) > most:
        return f"{', '.join(items[:most])} and {len(items) - most} more"
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def named(names: Iterable[str], most: int = LISTED) -> str:
    """Names in a sentence, as code; from `most` on the rest is counted."""
    return listed([code(name) for name in names], most)


def subject_of(risk: Risk) -> str:
    """The title of a risk, with the first of the tables it is about."""
    tables = named(risk.tables, 3)
    return f"{risk.title} ({tables})" if tables else risk.title


def key_of(table: Table) -> str:
    """The key columns, marked where nobody said them; '' where there is no key."""
    return _marked(table, "primary_keys", named(table.primary_keys, 99))


def cursor_of(table: Table) -> str:
    """The cursor column, marked where nobody said it; '' where there is none."""
    return _marked(table, "cursor_field", code(table.cursor_field) if table.cursor_field else "")


def lacks_cursor(table: Table) -> bool:
    """Whether nobody said by which column new records of an append table are told."""
    named = bool(table.cursor_field) or "cursor_field" in table.without
    return table.ingestion == "append" and not named and table.read_by != "changes"


def ingestion_of(table: Table) -> str:
    """The ingestion type, marked where nobody said it but others know it."""
    return f"{table.ingestion} (known)" if "ingestion" in table.known else table.ingestion


def _marked(table: Table, field: str, text: str) -> str:
    state = "assumed" if field in table.assumed else "known" if field in table.known else ""
    return f"{text} ({state})" if text and state else text


def is_known(answers: Answers, question: str) -> bool:
    """Whether others know the answer and nobody has confirmed it; the catalogue marks its own."""
    return not answers.known.get(question, FROM_CATALOGUE).startswith(FROM_CATALOGUE)


FROM_CATALOGUE = "catalogue of "
"""How the origin of an answer begins that the catalogue of existing connectors gives."""
