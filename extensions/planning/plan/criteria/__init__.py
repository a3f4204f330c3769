"""The acceptance criteria: what is true when the connector is done.

They follow from the tables, the limits, the risks and the test environment, and end with those
the user wrote. Ids say what a criterion is about and depend on nothing but that: adding a table
or reordering a list leaves the ids of all others alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...answers.naming import id_from_text
from ..model import Criterion, Facts, Risk
from .decision import decision_criteria
from .of_review import review_criteria
from .of_source import source_criteria
from .of_tables import table_criteria
from .proof import risk_criteria, testing_criteria

GROUPS = ("must", "should", "testing")
"""The order in which the design document prints them."""

TESTS_BESIDE_A_PACKAGE = {
    *("test_lists_exactly_the_planned_tables", "test_metadata_is_as_planned"),
    *("test_schema_has_keys_and_cursor", "test_reads_records_that_match_the_schema"),
    *("test_keys_are_unique", "test_reads_only_newer_records"),
    *("test_second_run_without_changes_returns_nothing", "test_deletions_arrive"),
    "test_reads_the_last_page",
}
"""Tests that come out where the code was there before the plan. The others look into a client that
a plan has made, and prove nothing of another."""


def derive(facts: Facts, risks: Sequence[Risk]) -> tuple[Criterion, ...]:
    """All criteria of a plan, by group: what the user wrote, then what follows from the plan.

    `test` of a criterion is the full name of one test case, such as `test_keys_are_unique[orders]`;
    a name without brackets stands for all cases of that test.
    """
    found = [*_as_written(facts), *_worked_out(facts, risks)]
    if facts.answers.existing_package:
        found = [
            one if one.test.partition("[")[0] in TESTS_BESIDE_A_PACKAGE else one._replace(test="")
            for one in found
        ]
    return tuple(one for group in GROUPS for one in found if one.group == group)


def _worked_out(facts: Facts, risks: Sequence[Risk]) -> Iterator[Criterion]:
    if not facts.answers.builds:
        yield from decision_criteria(facts, risks)
        return
    answers = facts.answers
    found = [*table_criteria(answers), *source_criteria(facts), *review_criteria(answers)]
    testing = list(testing_criteria(answers, risks))
    yield from found
    yield from risk_criteria(risks, {one.id for one in (*found, *testing)})
    yield from testing


def _as_written(facts: Facts) -> Iterator[Criterion]:
    wanted = {"must": facts.answers.must_have, "should": facts.answers.should_have}
    for group, texts in wanted.items():
        for text in dict.fromkeys(texts):  # said twice is said once
            yield Criterion(f"{group}-{id_from_text(text)}", text, group=group)
