"""The pictures of a plan, as far as their text tells how they look."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from factories import answers, table
from hypothesis import given
from hypothesis import strategies as st
from planning.answers.answer_types import Answers, RateLimit
from planning.files.charts import label, quota_chart, risk_chart
from planning.plan.capacity import estimate
from planning.plan.model import Risk

POINT = re.compile(r'    "([^"]*)": \[([\d.]+), ([\d.]+)\] color: (#\w+)')


def plan(*rows: int | None) -> Answers:
    tables = tuple(table(f"table_{number}", rows=count) for number, count in enumerate(rows))
    return answers(
        tables=tables,
        rate_limits=(RateLimit(700, 60, "700/minute"),),
        page_size=100,
        sync_interval=3_600,
    )


def quota(*rows: int | None) -> str:
    given_answers = plan(*rows)
    return quota_chart(estimate(given_answers), given_answers)


def names_of_bars(chart: str) -> list[str]:
    (axis,) = re.findall(r"x-axis \[(.*)\]", chart)
    return re.findall(r'"([^"]*)"', axis)


def risk(id: str, likelihood: str = "High", impact: str = "High", severity: str = "High") -> Risk:
    return Risk(id, "schema", "", "", "", likelihood, impact, severity, "", "")


def points(chart: str) -> list[tuple[str, float, float]]:
    return [(name, float(x), float(y)) for name, x, y, _ in POINT.findall(chart)]


def test_the_table_that_eats_the_quota_stands_first_with_its_requests() -> None:
    chart = quota(1_000, 40_000_000, 50_000)
    assert names_of_bars(chart) == ["table_1: 400,000", "table_2: 500", "table_0: 10"]
    assert "bar [400000, 500, 10]" in chart
    assert '"Requests of one sync; 700/minute allows 42,000 an hour"' in chart.replace("#59;", ";")


def test_small_tables_of_a_large_plan_share_one_bar() -> None:
    chart = quota(*([40_000_000] + [1_000] * 249))
    bars = names_of_bars(chart)
    assert len(bars) == 9
    assert bars[-1] == "242 others: 2,420"
    assert chart.count("\n") < 30


def test_no_bar_stands_for_one_other_table() -> None:
    bars = names_of_bars(quota(*([40_000] * 9)))
    assert len(bars) == 9
    assert not any("others" in bar for bar in bars)
    assert names_of_bars(quota(*([40_000] * 10)))[-1].startswith("2 others")


def test_a_picture_grows_with_its_bars() -> None:
    few, many = (int(re.findall(r"height: (\d+)", quota(*[40_000] * n))[0]) for n in (2, 8))
    assert many - few >= 6 * 20


def test_unknown_tables_have_no_bar_and_one_bar_alone_is_no_picture() -> None:
    assert names_of_bars(quota(100, None, 200)) == ["table_2: 2", "table_0: 1"]
    assert quota(100, None) == ""


def test_a_sync_that_asks_for_next_to_nothing_is_no_picture() -> None:
    assert quota(100, 200) == ""
    assert quota(100, 200, 400_000) != ""


@pytest.mark.parametrize("rows", [(40_000, 40_000, 1), tuple(range(1, 25_001, 100))])
def test_every_bar_has_a_name(rows: tuple[int, ...]) -> None:
    chart = quota(*rows)
    (bars,) = re.findall(r"bar \[(.*)\]", chart)
    assert len(bars.split(", ")) == len(names_of_bars(chart))


def test_a_risk_lies_where_its_likelihood_and_impact_say() -> None:
    chart = risk_chart(
        (risk("often-harmless", "High", "Low"), risk("rare-fatal", "Low"), risk("both"))
    )
    places = {name: (x, y) for name, x, y in points(chart)}
    assert places["often-harmless"][0] == places["both"][0] > 2 / 3
    assert places["rare-fatal"][0] < 1 / 3
    assert places["often-harmless"][1] < 1 / 3
    assert places["rare-fatal"][1] == places["both"][1] > 2 / 3


@pytest.mark.parametrize("in_each_cell", [1, 3, 9])
def test_risks_that_share_a_cell_stay_inside_it_and_apart(in_each_cell: int) -> None:
    levels = ("High", "Medium", "Low")
    risks = [
        risk(f"{likelihood}-{impact}-{number}", likelihood, impact)
        for likelihood in levels
        for impact in levels
        for number in range(in_each_cell)
    ]
    chart = risk_chart(risks)
    (height,) = re.findall(r"chartHeight: (\d+)", chart)
    found = points(chart)
    assert len(found) == len(risks)
    for name, x, y in found:
        likelihood, impact, _ = name.split("-")
        assert int(x * 3) == 2 - levels.index(likelihood)
        assert int(y * 3) == 2 - levels.index(impact)
    for column in {x for _, x, _ in found}:
        heights = sorted(y * int(height) for _, x, y in found if x == column)
        # A point of 10 pixels and a label of 12, one below the other.
        assert all(b - a >= 22 for a, b in pairwise(heights))


def test_the_gap_between_two_cells_is_wider_than_that_between_their_risks() -> None:
    risks = [risk(f"{impact}-{n}", "High", impact) for impact in ("High", "Medium") for n in (1, 2)]
    heights = sorted(y for _, _, y in points(risk_chart(risks)))
    within, between, _ = (b - a for a, b in pairwise(heights))
    assert between > 1.4 * within


def test_a_cell_with_too_many_risks_counts_the_rest() -> None:
    names = [name for name, _, _ in points(risk_chart([risk(f"r{n}") for n in range(25)]))]
    assert names == [*(f"r{n}" for n in range(9)), "16 more"]


def test_severities_differ_in_colour() -> None:
    chart = risk_chart(
        [risk("a"), risk("b", "Medium", "Medium", "Medium"), risk("c", "Low", "Low", "Low")]
    )
    assert len({colour for *_, colour in POINT.findall(chart)}) == 3


def test_one_risk_is_no_picture() -> None:
    assert risk_chart(()) == ""
    assert risk_chart((risk("a"),)) == ""


@given(st.text(max_size=200))
def test_no_text_can_end_its_label_or_speak_to_mermaid(text: str) -> None:
    shown = label(text, 40)
    assert "\n" not in shown
    without_codes = re.sub(r"#\d+;", "", shown)
    assert not set(without_codes) & set('"#;:<>`[]{}|&%$\\~^@')
    assert len(re.sub(r"#\d+;\u200b?", "x", shown)) <= 40


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ticket_comments", "ticket_comments"),
        ('a "b" #1', "a #34;b#34; #35;1"),
        ("two\nlines\t\x00here", "two lines here"),
        ("Größe 😀", "Größe 😀"),
        ("👩\u200d💻", "👩\u200d💻"),
        ("a lone \ud800 half", "a lone half"),
        ("$$x$$", "#36;\u200b#36;\u200bx#36;\u200b#36;\u200b"),
    ],
)
def test_a_label_reads_as_it_was_written(text: str, expected: str) -> None:
    assert label(text, 40) == expected


@pytest.mark.parametrize(
    ("text", "shown"),
    [("a" * 10, "a" * 10), ("a" * 11, "a" * 9 + "…"), ("aaaaaaaa bbbb", "aaaaaaaa…")],
)
def test_a_label_is_cut_at_its_length_with_a_sign_in_it(text: str, shown: str) -> None:
    assert label(text, 10) == shown
