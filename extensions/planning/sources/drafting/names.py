"""Names of tables and columns out of the words of a description."""

from __future__ import annotations

import re
import unicodedata

from ...answers.identifiers import MAX_NAME_LENGTH

_COLUMN = re.compile(r"[\w$@#-]+(\.[\w$@#-]+)*")


def words_of(text: str) -> list[str]:
    """The words of a name in any style, lower case: `InvoiceItems`, `invoice-items.json`."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    plain = re.sub(r"([a-z0-9])([A-Z])", r"\1 \2", plain)
    plain = re.sub(r"([A-Z]+)([A-Z][a-z])", r"\1 \2", plain)
    return re.findall(r"[a-z0-9]+", plain.lower())


def table_name(text: str) -> str:
    """A name that is safe in SQL and Python, '' where none is left: `0-3` has no letter."""
    name = "_".join(words_of(text))
    if not re.search("[a-z]", name):
        return ""
    if name[0].isdigit() or name.startswith("community_"):
        name = f"t_{name}"
    return name[:MAX_NAME_LENGTH].rstrip("_")


def kept_or_made(text: str) -> str:
    """A stated name as it is where a plan takes it, else the nearest that it takes, else ''."""
    safe = re.fullmatch(r"(?!_community_)[a-z_][a-z0-9_]*", text, re.ASCII | re.IGNORECASE)
    return text if safe and len(text) <= MAX_NAME_LENGTH else table_name(text)


def column(text: object) -> str:
    """A column path as a plan takes it, '' for everything else, Jinja among it."""
    return text if isinstance(text, str) and _COLUMN.fullmatch(text) else ""


def singular(word: str) -> str:
    """`entries` -> `entry`, `statuses` -> `status`, `tickets` -> `ticket`."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes", "uses")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def plain(text: str) -> str:
    """What spellings of one name have in common: letters and digits of its singular words."""
    return "".join(singular(word) for word in words_of(text))


def is_plural(text: str) -> bool:
    """Whether a name is one of several: `orders`, and `entriesSearch` as well."""
    return plain(text) != "".join(words_of(text))


def letters(text: str) -> str:
    """The letters and digits of a name, lower case."""
    return re.sub(r"[^a-z0-9]", "", text.lower())
