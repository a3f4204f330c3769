"""Criteria where nothing gets built: what makes the decision a sound one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..model import Criterion, Facts, Risk
from ..wording import code, source_of
from .proof import risk_criteria


def decision_criteria(facts: Facts, risks: Sequence[Risk]) -> Iterator[Criterion]:
    """Criteria for an evaluation, for using what exists, and for not building at all."""
    answers = facts.answers
    source = source_of(answers)
    by = f"{answers.owner} has decided" if answers.owner else "Somebody with a name has decided"
    yield Criterion(
        "decision", f"{by} whether to build a connector for {source}, and section 2 says why."
    )
    if answers.recommendation == "stop":
        return
    if answers.recommendation == "adopt":
        for table in answers.tables:
            yield Criterion(
                f"covers-{table.name}",
                f"{code(table.name)} has arrived in Databricks through "
                f"{answers.adopts or 'the existing connector'}, "
                "with all the columns that the use cases need.",
                group="should" if table.priority == "P2" else "must",
                tables=(table.name,),
            )
        return
    yield Criterion(
        "api-coverage",
        f"One record of every table in question has been read from {source} by hand.",
    )
    yield from risk_criteria(risks)
