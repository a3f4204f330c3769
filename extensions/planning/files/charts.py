"""Pictures of a plan as Mermaid text, without the fence around it; '' where a picture says nothing.

Colours that are set here stand out on a white and on a dark page; all others are left to the
theme of the page. Checked with Mermaid 11.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..answers.answer_types import Answers
from ..plan.figures import allowance, whole
from ..plan.model import Capacity, Risk
from ..terms.vocabulary import LEVELS

WIDTH = 900
"""Pixels: about the width of a file's text on GitHub."""

BARS = 8
"""Tables with a bar of their own. In most plans a few tables make nearly all the requests."""

BAR_HEIGHT, TITLE_HEIGHT = 34, 70
"""Pixels of a bar with its gap, and of title and axis, at Mermaid's own sizes of text."""

ROW_HEIGHT = 26
"""A point, its label below it, and a gap."""

MOST_IN_CELL = 10
"""Risks a cell of the matrix shows before it counts the rest; three such cells fill a screen."""

POINT_LENGTH = 40
"""Characters of a risk's id that fit a third of the width at Mermaid's 12 pixels."""

BAR_LENGTH = 32
"""Characters of a table's name that fit beside its bar even where all are capitals; Mermaid leaves
all names out when one of them is too long."""

TITLE_LENGTH = 80
"""Characters of a title that fit the width at Mermaid's 20 pixels."""

LEAST_MATRIX, AXES = 320, 40
"""Pixels: a matrix with room for the names of its axes, and what they take of its height."""

BLUE = "#4493f8"
SEVERITY_COLOURS = {"High": "#e5484d", "Medium": "#d29922", "Low": "#4493f8"}
"""Red, amber and blue, which people who do not tell red from green can tell apart."""

_SPECIAL = re.compile(r"[^\w\s.,'()/+!?=*-]", re.ASCII)


def label(text: str, most: int) -> str:
    """Any text as Mermaid takes it between double quotes, on one line, cut after `most`."""
    shown = " ".join(
        "".join(char if char.isprintable() or char == "\u200d" else " " for char in text).split()
    )
    if len(shown) > most:
        shown = shown[: most - 1].rstrip() + "…"
    return _SPECIAL.sub(_entity, shown)


def _entity(found: re.Match[str]) -> str:
    char = found.group()
    if not char.isascii():
        return char
    # Two dollars begin a formula and a backslash with an n a line, even written as entities.
    return f"#{ord(char)};" + ("\u200b" if char in "$\\" else "")


def quota_chart(capacity: Capacity, answers: Answers) -> str:
    """Bars: the requests of one average sync by table; '' for fewer than two known tables, and for
    a sync so small that nobody has to look where its requests go."""
    if capacity.is_small:
        return ""
    tables = capacity.tables
    known = [(one.table, int(one.sync_requests.low)) for one in tables if one.sync_requests]
    if len(known) < 2:
        return ""
    known.sort(key=lambda one: -one[1])
    # One more bar takes no more room than a bar that counts one other.
    shown = BARS if len(known) > BARS + 1 else len(known)
    bars, rest = known[:shown], known[shown:]
    if rest:
        bars.append((f"{len(rest)} others", sum(requests for _, requests in rest)))
    names = ", ".join(f'"{label(name, BAR_LENGTH)}: {whole(requests)}"' for name, requests in bars)
    return f"""\
---
config:
  themeVariables:
    xyChart:
      backgroundColor: transparent
      plotColorPalette: "{BLUE}"
  xyChart:
    width: {WIDTH}
    height: {TITLE_HEIGHT + BAR_HEIGHT * len(bars)}
    plotReservedSpacePercent: 40
    xAxis:
      labelPadding: 8
      showTick: false
    yAxis:
      showLabel: false
      showTick: false
      showAxisLine: false
---
xychart-beta horizontal
    title "{_quota_title(capacity, answers)}"
    x-axis [{names}]
    y-axis 0 --> {max(requests for _, requests in bars)}
    bar [{", ".join(str(requests) for _, requests in bars)}]"""


def _quota_title(capacity: Capacity, answers: Answers) -> str:
    title = "Requests of one sync"
    if capacity.governing_limit and capacity.allowed_requests is not None:
        allowed = allowance(capacity.allowed_requests, answers.sync_interval)
        title += f"; {capacity.governing_limit.text} allows {allowed}"
    return label(title, TITLE_LENGTH)


def risk_chart(risks: Sequence[Risk]) -> str:
    """Points: every risk that is not settled, named by its id, by likelihood and impact; '' for
    fewer than two.

    Risks of one cell stand below one another in the order they come in.
    """
    unsettled = [risk for risk in risks if not risk.settled]
    if len(unsettled) < 2:
        return ""
    cells: dict[tuple[str, str], list[Risk]] = {}
    for risk in unsettled:
        cells.setdefault((risk.likelihood, risk.impact), []).append(risk)
    # One row more than the fullest cell needs keeps the cells apart.
    rows = 1 + min(MOST_IN_CELL, max(len(cell) for cell in cells.values()))
    points = [point for cell in cells.values() for point in _points_of_cell(cell, rows)]
    return "\n".join(
        [
            "---",
            "config:",
            "  quadrantChart:",
            f"    chartWidth: {WIDTH}",
            f"    chartHeight: {max(LEAST_MATRIX, 3 * rows * ROW_HEIGHT + AXES)}",
            "    pointTextPadding: 8",
            # Medium lies in the middle, where this line would strike through its labels.
            "    quadrantInternalBorderStrokeWidth: 0",
            "---",
            "quadrantChart",
            "    x-axis Low likelihood --> High likelihood",
            "    y-axis Low impact --> High impact",
            *points,
        ]
    )


def _points_of_cell(risks: list[Risk], rows: int) -> list[str]:
    shown = [(label(risk.id, POINT_LENGTH), SEVERITY_COLOURS[risk.severity]) for risk in risks]
    if len(shown) > MOST_IN_CELL:
        kept = shown[: MOST_IN_CELL - 1]
        shown = [*kept, (f"{len(shown) - len(kept)} more", SEVERITY_COLOURS[risks[-1].severity])]
    column, row = (
        len(LEVELS) - 1 - LEVELS.index(level) for level in (risks[0].likelihood, risks[0].impact)
    )
    across = (column + 0.5) / len(LEVELS)
    top = (rows + len(shown)) / 2
    points = []
    for place, (name, colour) in enumerate(shown):
        # A point stands at the top of its row, and its label below it.
        up = (row + (top - place) / rows) / len(LEVELS)
        points.append(f'    "{name}": [{across:.3f}, {up:.3f}] color: {colour}')
    return points
