"""What a decision on a risk does to sums, pictures, phases and the mitigation that is printed."""

from __future__ import annotations

from typing import Any

import pytest
from factories import answers, risk, table
from planning.answers.answer_types import Decision
from planning.files import charts
from planning.files.document.cuts import worst
from planning.files.document.risks import way_out
from planning.files.summary import risks_in_words
from planning.plan.model import Plan, Risk
from planning.plan.phases.built import build_phases
from planning.plan.phases.order import riskiest


def decided(status: str, **more: Any) -> Risk:
    decision = Decision(status, **{"severity": "High", **more})
    return risk("pages", title="Pages end", mitigation="Cut windows.", decision=decision)


class Drawn:
    """The only part of a plan that sums and lists of risks look at."""

    def __init__(self, *risks: Risk) -> None:
        self.risks = risks


def plan(*risks: Risk) -> Plan:
    return Drawn(*risks)  # type: ignore[return-value]


OTHER = risk("other", "Medium", title="Other")


@pytest.mark.parametrize("status", ["mitigated", "closed"])
def test_a_settled_risk_is_counted_apart_and_is_not_the_worst(status: str) -> None:
    risks = (decided(status), OTHER)
    assert risks_in_words(plan(*risks)) == "2 risks (1 Medium, 1 mitigated or closed)"
    assert worst(plan(*risks)) == "Other"
    assert worst(plan(decided(status))) == ""


def test_an_accepted_risk_still_counts_and_says_so() -> None:
    risks = (decided("accepted"), OTHER)
    assert risks_in_words(plan(*risks)) == "2 risks (1 High, 1 Medium)"
    assert worst(plan(*risks)) == "Pages end (accepted)"


def test_a_settled_risk_that_has_grown_counts_again() -> None:
    grown = risk(
        "pages", title="Pages end", decision=Decision("closed", severity="Low"), worse=True
    )
    assert risks_in_words(plan(grown)) == "1 risk (1 High)"
    assert worst(plan(grown)) == "Pages end"


def test_the_picture_shows_the_risks_that_nobody_has_settled() -> None:
    one, another = risk("one"), risk("another")
    picture = charts.risk_chart([one, another, decided("closed")])
    assert picture == charts.risk_chart([one, another])
    assert charts.risk_chart([one, another, decided("accepted")]) != picture


@pytest.mark.parametrize(
    ("shown", "one"),
    [
        ("Cut windows.", decided("open")),
        ("Cut windows.", decided("mitigated")),
        ("", decided("mitigated", note="Windows of a day.")),
        ("", decided("closed", note="Paging has no end.")),
        ("", decided("accepted")),
        ("Ask monthly.", decided("accepted", mitigation="Ask monthly.")),
    ],
)
def test_the_proposed_mitigation_is_printed_while_it_is_of_use(shown: str, one: Risk) -> None:
    assert way_out(one) == shown


def test_a_settled_risk_makes_no_table_the_first() -> None:
    tables = (table("orders", rows=9), table("refunds", rows=1))
    given = answers(tables=tables)
    named = {"tables": ("refunds",)}
    settled = risk("a", decision=Decision("mitigated", severity="High"), **named)
    assert riskiest(given, [risk("a", **named)]).name == "refunds"  # type: ignore[union-attr]
    assert riskiest(given, [settled]).name == "orders"  # type: ignore[union-attr]


def test_the_first_phase_says_how_many_risks_it_tries() -> None:
    goal = build_phases(answers(), [risk("a")], ())[0].goal
    assert goal.startswith("Tries the worst undecided risk before anything is built.")
    settled = risk("a", decision=Decision("closed", severity="High"))
    assert "Tries" not in build_phases(answers(), [settled], ())[0].goal
