"""What the self-review of the community connectors repository asks of a person's judgement.

Ids in brackets are those of its checks, `self-review-connector` among the skills of the repository
(f9c88869, 2026-08-18).
"""

from __future__ import annotations

from collections.abc import Iterator

from ...answers.answer_types import Answers
from ..model import Criterion


def review_criteria(answers: Answers) -> Iterator[Criterion]:
    """Criteria on schemas and documents that pass there once the reads are built."""
    if answers.layout != "upstream":
        return
    yield Criterion(
        "nested-fields",
        "A field inside another stays inside: it is a column of a struct, and no column of its own "
        "(self-review A9).",
        group="should",
    )
    yield Criterion(
        "documents-agree",
        f"README and `{answers.connector}_api_doc.md` name every column that is read, and say the "
        "same of limits, paging and signing in (self-review E3, E7).",
        group="should",
    )
