"""Names and ids that follow from what a user wrote: classes, paths, and ids for texts."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import NamedTuple

from .answer_types import Answers


class Names(NamedTuple):
    """Names and paths that follow from the connector's name and the layout.

    For `acme_crm`, standalone: `stem` AcmeCrm, `connector_class` AcmeCrmLakeflowConnect,
    `data_source_class` AcmeCrmDataSource, `package` sources/acme_crm, `tests`
    sources/acme_crm/tests, `module` sources.acme_crm, `answers_file`
    sources/acme_crm/.copier-answers.yml. Paths are relative to the destination, with slashes.
    """

    connector: str
    stem: str
    connector_class: str
    data_source_class: str
    package: str
    tests: str
    module: str
    answers_file: str


UPSTREAM_ROOT = "src/databricks/labs/community_connector"

ID_WORDS = 6
"""Words of a text that its id repeats: enough to recognise it in a list of twenty."""

ID_LENGTH = 53
"""Characters of these words, so that an id with its digest stays within 60."""

DIGITS = 6
"""Hexadecimal digits that tell texts with the same words apart. Texts in other than Latin letters
have nothing else: among a hundred of them, two share an id in 3 of 10,000 plans."""

LITTLE_WORDS = frozenset(
    "a an and are as at be by for from has have in is it its of on or that the to with".split()
)
"""Words that take up room in an id and tell nothing apart."""


def names_for(connector: str, layout: str) -> Names:
    """Every name and path that follows from the connector's name and the layout."""
    stem = "".join(part[:1].upper() + part[1:] for part in connector.split("_"))
    upstream = layout == "upstream"
    package = f"{UPSTREAM_ROOT}/sources/{connector}" if upstream else f"sources/{connector}"
    return Names(
        connector=connector,
        stem=stem,
        connector_class=f"{stem}LakeflowConnect",
        data_source_class=f"{stem}DataSource",
        package=package,
        tests=f"tests/unit/sources/{connector}" if upstream else f"{package}/tests",
        module=package.removeprefix("src/").replace("/", "."),
        answers_file=f"{package}/.copier-answers.yml",
    )


def names_of(answers: Answers) -> Names:
    """The names of a plan."""
    return names_for(answers.connector, answers.layout)


def title_of(connector: str) -> str:
    """A name for people: `acme_crm` becomes `Acme Crm`."""
    return " ".join(word[:1].upper() + word[1:] for word in connector.split("_") if word)


def id_from_text(text: str) -> str:
    """An id that repeats the first words of a text and stays the same as long as the text does.

    Little words are left out, and words beyond the length of an id as a whole. The digits of a
    digest keep two texts with the same first words apart, whatever else is in the list.
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    telling = [word for word in re.findall(r"[a-z0-9]+", plain) if word not in LITTLE_WORDS]
    words = "-".join(telling[:ID_WORDS])
    if len(words) > ID_LENGTH:
        words = words[: ID_LENGTH + 1].rpartition("-")[0] or words[:ID_LENGTH]
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:DIGITS]
    return "-".join(filter(None, (words, digest)))
