"""What a plan file leaves out, filled in as the questions of the session fill it in.

Copier renders these defaults from questions/; a check of a plan file works without Copier. The
test of this module holds the two against each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from .answers import read_answers
from .catalogue import Catalogue, default_answer
from .features import default_features

FROM_CATALOGUE = ("managed_connector", "community_connector", "third_party_connectors")
"""Questions that the catalogue of existing connectors answers first."""


def complete(given: Mapping[str, object], catalogue: Catalogue) -> dict[str, object]:
    """The answers in `given`, and the default of every question whose default is worked out.

    `given` holds `connector`. Raises `Refusal` when an answer cannot be read.
    """
    answers = read_answers(given)
    existing = catalogue.look_up(answers.source_name, answers.connector)
    database = answers.source_type == "database"
    raw: dict[str, object] = {
        "source_name": answers.source_name,
        **{question: default_answer(question, existing) for question in FROM_CATALOGUE},
        "federation_fit": "unknown" if database else "no",
        "created": date.today().isoformat(),
        **given,
    }
    raw.setdefault("features", list(default_features(read_answers(raw))))
    return raw
