"""Risks from what the connector is tested against."""

from __future__ import annotations

from ..figures import counted, share
from ..model import Facts
from .look import HALF, caused_by, few, largest_first, names, read_as, with_rows
from .rule import Cause, rules_on, texts

rule = rules_on("testing")

NOT_REAL = {"none": "There is nothing to test against", "simulator": "Only a simulator answers"}


@rule("no-real-test-environment", "Nothing real to test against", "tests")
@texts(
    what="Limits, types and rights of the real source are met by the first customer.",
    mitigation="Get a trial or developer account now, or a customer who lets the team read; record "
    "real answers for the simulator.",
    check="Has one real record of each table been read before release?",
    moves="Up one step where there is not even a simulator.",
    impact_reason="High with nothing, since no criterion can be proved; Medium with a simulator.",
    false_positives="A simulator that the vendor keeps in step with the source.",
)
def no_real_test_environment(facts: Facts) -> Cause | None:
    """`test_environment` is `none` or `simulator`."""
    environment = facts.answers.test_environment
    if environment not in NOT_REAL:
        return None
    nothing = environment == "none"
    tables = counted(len(facts.answers.in_work), "table")
    why = f"{NOT_REAL[environment]} (test_environment: {environment}), for {tables}."
    return Cause(why, "High" if nothing else "Medium", steps=int(nothing))


@rule("test-environment-unknown", "Test environment unknown", "tests")
@texts(
    what="The connector is finished and nobody can show that it works; accounts take weeks to get.",
    mitigation="Ask the vendor and the first customer for a sandbox before the first line of code.",
    check="Has somebody signed in to the environment the tests will use?",
    moves="Up one step where an administrator must approve the access.",
    impact_reason="Medium: the release waits.",
    false_positives="None: the answer is needed for the acceptance criteria.",
)
def test_environment_unknown(facts: Facts) -> Cause | None:
    """`test_environment` is unknown."""
    if facts.answers.test_environment != "unknown":
        return None
    waits = "admin_approval" in facts.answers.auth_traits
    approval = ", and an administrator must approve every access" if waits else ""
    why = f"Nobody knows what to test {facts.answers.source_name} against{approval}."
    return Cause(why, "Medium", steps=int(waits))


@rule("tests-touch-production", "Tests run against production", "tests")
@texts(
    what="Tests use up the quota that people work with, read personal data, and cannot make or "
    "delete the records that cursors and deletions need.",
    mitigation="Use read-only credentials and a small slice, at night; record answers and replay "
    "them; agree on a few records that may be changed.",
    check="Which records may the tests change, and who has agreed?",
    moves="Up one step where syncs need more than half the rate limit, or a table is read as "
    "cdc_with_deletes, which cannot be tried without deleting.",
    impact_reason="Medium: people are disturbed, and incremental reads stay unproved.",
    false_positives="A production account that belongs to the team alone: call it a sandbox.",
)
def tests_touch_production(facts: Facts) -> Cause | None:
    """`test_environment` is `production`."""
    answers, used = facts.answers, facts.capacity.share
    if answers.test_environment != "production":
        return None
    deleting = names(read_as(facts, "cdc_with_deletes"))
    crowded = used is not None and used > HALF
    why = f"Tests read the production system of {answers.source_name}"
    if crowded:
        why += f", where syncs already take {share(used)}"
    if deleting:
        why += f"; nobody may delete there what {few(deleting)} should notice"
    return Cause(f"{why}.", "Medium", steps=int(crowded or bool(deleting)), tables=deleting)


@rule("sandbox-is-small", "The sandbox is smaller than the source", "tests", "pagination")
@texts(
    what="Page caps, slow pages and custom fields show only at customers.",
    mitigation="Fill one sandbox table with more records than a page cap, and add custom fields; "
    "test the largest table once with a customer.",
    check="Does one sandbox table have more records than the page cap?",
    impact_reason="Medium: what lies beyond the cap is missing at customers only.",
    false_positives="The sandbox is a full copy of production.",
)
def sandbox_is_small(facts: Facts) -> Cause | None:
    """`test_environment` is `sandbox` and a table has more rows than `pagination_limit`."""
    answers, cap = facts.answers, facts.answers.pagination_limit
    if answers.test_environment != "sandbox" or not cap:
        return None
    beyond = largest_first(one for one in answers.in_work if (one.rows or 0) > cap)
    why = f"A sandbox will hardly hold {{}}, yet the page cap of {cap:,} shows only beyond it."
    return caused_by(beyond, why, "Medium", shown=with_rows)
