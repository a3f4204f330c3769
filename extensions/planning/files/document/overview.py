"""The points of the executive summary: what to know first, each in a line or two."""

from __future__ import annotations

from collections.abc import Callable

from ...plan import figures
from ...plan.model import Plan
from ...plan.wording import listed, may_build, named
from ...terms.text import line
from ..summary import questions_in_words, risks_in_words
from .cuts import kinds, priorities, shortest_interval, worst
from .markdown import unknown


def points(plan: Plan) -> dict[str, list[str]]:
    """Label -> the lines behind it, for all that has something to say, in the order of reading."""
    return {label: lines for label, find in _POINTS.items() if (lines := find(plan))}


def _tables(plan: Plan) -> list[str]:
    answers = plan.answers
    if not answers.tables:
        return ["none is named yet."]
    new, shipped = answers.in_work, len(answers.tables) - len(answers.in_work)
    ranked, read = priorities(new), kinds(new)
    if not may_build(answers):
        return [f"{len(new)} in question ({ranked})."]
    lines = [f"{len(new)} in {answers.version} ({ranked}), read as {read}."] if new else []
    if shipped:
        there = figures.counted(shipped, "other") if new else f"{shipped}, and none is new"
        lines.append(f"Earlier phases deliver {there}.")
    return lines


def _size(plan: Plan) -> list[str]:
    tables = plan.answers.tables
    if not tables:
        return []
    unsized = sum(table.rows is None for table in tables)
    if unsized == len(tables):
        return [f"{unknown('table_details')}."] if may_build(plan.answers) else []
    rows = figures.count(sum(table.rows or 0 for table in tables))
    changes = figures.count(sum(table.rows_per_day or 0 for table in tables))
    # Nobody asks for the changes of a snapshot, which is read whole.
    unpaced = sum(table.incremental and table.rows_per_day is None for table in tables)
    today = figures.at_least(f"{rows} records today", unsized)
    return [f"{today}, {figures.at_least(f'{changes} new or changed a day', unpaced)}."]


def _first_load(plan: Plan) -> list[str]:
    capacity = plan.capacity
    if not capacity.first_load_requests or not capacity.first_load_requests.high:
        return []
    cost = f"{figures.requests(capacity.first_load_requests)} requests"
    text = figures.at_least(cost, len(capacity.unknown_first_load))
    if capacity.first_load_hours and capacity.governing_limit:
        time = figures.time_at_least(capacity.first_load_hours, len(capacity.unknown_first_load))
        text += f", {time} with {line(listed(capacity.limits))} used to the full"
    return [f"{text}."]


def _limit(plan: Plan) -> str:
    """What a share is of, where several limits hold."""
    limit = plan.capacity.governing_limit
    return line(limit.text) if limit and len(plan.capacity.limits) > 1 else ""


def _one_sync(plan: Plan) -> list[str]:
    capacity, interval = plan.capacity, plan.answers.sync_interval
    shortest = shortest_interval(capacity)
    if not capacity.sync_requests:
        return [shortest] if shortest else []
    cost = f"{figures.requests(capacity.sync_requests)} requests"
    text = figures.at_least(cost, len(capacity.unknown_sync))
    if interval:
        text += f" with an interval of {figures.interval(interval)}"
    if capacity.share is not None:
        text += f", {figures.share(capacity.share, _limit(plan))}"
    lines = [f"{text}."]
    if capacity.too_slow:
        lines.append(f"**Too slow for that**: {named(capacity.too_slow)}.")
    elif capacity.share is not None and capacity.share > 1:
        lines.append("**Too slow for that**: all tables together.")
    elif capacity.allowed_requests and capacity.governed_sync_requests:
        busiest = capacity.governed_sync_requests.high / capacity.allowed_requests
        if busiest > 1:
            times = figures.share(busiest, _limit(plan))
            lines.append(f"The busiest sync asks for {times}; those after it catch up.")
    return [*lines, shortest] if shortest else lines


def _capacity(plan: Plan) -> list[str]:
    missing = plan.capacity.missing
    if not missing or not plan.answers.builds:
        return []
    return [f"complete once {named(missing)} {'is' if len(missing) == 1 else 'are'} known."]


def _risks(plan: Plan) -> list[str]:
    if not plan.risks:
        return []
    heaviest = line(worst(plan))
    return [f"{risks_in_words(plan)}.", *([f"The worst: {heaviest}."] if heaviest else [])]


def _undecided(plan: Plan) -> list[str]:
    if plan.blockers:
        names = dict.fromkeys(one.answer for one in plan.open_questions if one.blocking)
        return [f"{questions_in_words(plan)}: {named(list(names))}."]
    return [f"{questions_in_words(plan)}." if plan.open_questions else "nothing."]


def _next(plan: Plan) -> list[str]:
    first = plan.phases[0]
    before = "settle what blocks the plan, then " if plan.blockers else ""
    begins = f" It begins with {named(first.tables)}." if first.tables else ""
    return [f"{before}phase {first.number}, {line(first.name)}.{begins}"]


_POINTS: dict[str, Callable[[Plan], list[str]]] = {
    "Tables": _tables,
    "Size": _size,
    "First full load": _first_load,
    "One sync": _one_sync,
    "Capacity": _capacity,
    "Risks": _risks,
    "Undecided": _undecided,
    "Next": _next,
}
