"""The risks, and what the plan costs in requests and hours, as tables of the page."""

from __future__ import annotations

from collections.abc import Iterable

from ...plan import figures
from ...plan.model import Plan, Risk
from ...plan.wording import code
from ...terms.text import cell
from .markdown import LEFT, RIGHT, grid


def risk_grid(risks: Iterable[Risk]) -> str:
    """The risks in their order, each with its way out and the answers that caused it."""
    headings = ("Risk", "Likelihood", "Impact", "Mitigation", "Why here")
    rows = [
        [
            f"**{cell(risk.title)}**<br>{code(risk.id)}",
            risk.likelihood,
            risk.impact,
            "<br>".join(filter(None, (_decided(risk), cell(way_out(risk))))) or "None yet.",
            cell(risk.why),
        ]
        for risk in risks
    ]
    return grid([(heading, LEFT) for heading in headings], rows)


def _decided(risk: Risk) -> str:
    """What somebody decided about a risk, in front of its mitigation."""
    decision = risk.decision
    owner, note = cell(decision.owner), cell(decision.note)
    if decision.status == "open":
        return ": ".join(filter(None, (owner, note)))
    text = f"**{decision.status.capitalize()}**"
    if owner:
        text += f" ({owner})"
    if risk.worse:
        text += f", **worse since**: {decision.severity} then, {risk.severity} now"
    return f"{text}: {note}" if note else text


def way_out(risk: Risk) -> str:
    """The mitigation to print: the decided one, else that of the rule while it is still of use.

    An accepted or closed risk asks for nothing more, and a note says what was done about a
    mitigated one, unless the risk has grown since.
    """
    decision = risk.decision
    done = decision.status in ("accepted", "closed") or (
        decision.status == "mitigated" and bool(decision.note)
    )
    return decision.mitigation if done and not risk.worse else risk.mitigation


def explained(plan: Plan) -> list[tuple[str, str]]:
    """Id of each unsettled risk, what it means, and how to tell that it cannot happen.

    One added by hand says all in its title. A phase that tries a risk asks how to tell.
    """
    tried = {one.id for phase in plan.phases for one in phase.deliverables}
    return [
        (risk.id, risk.what if f"try-{risk.id}" in tried else f"{risk.what} {risk.check}")
        for risk in plan.risks
        if risk.what != risk.title and not risk.settled
    ]


def totals_grid(plan: Plan) -> str:
    """What a first load and one sync cost in all; hours and share where there is a limit."""
    capacity, interval = plan.capacity, plan.answers.sync_interval
    limit = capacity.governing_limit
    first_load = figures.requests(capacity.first_load_requests)
    sync = figures.requests(capacity.sync_requests)
    often = f", interval {figures.interval(interval)}" if interval else ""
    rows = [
        ["First full load", figures.at_least(first_load, len(capacity.unknown_first_load))],
        [f"One sync{often}", figures.at_least(sync, len(capacity.unknown_sync))],
    ]
    columns = [("", LEFT), ("Requests", RIGHT)]
    if limit:
        several = len(capacity.limits) > 1
        share_of = cell(limit.text) if several else "the limit"
        columns += [
            ("Time" if several else f"Time at {cell(limit.text)}", RIGHT),
            (f"Share of {share_of}", RIGHT),
        ]
        time = figures.time_at_least(capacity.first_load_hours, len(capacity.unknown_first_load))
        rows[0] += [time, ""]
        time = figures.time_at_least(capacity.sync_hours, len(capacity.unknown_sync))
        rows[1] += [time, figures.share_figure(capacity.share)]
    return grid(columns, rows)


def costs_grid(plan: Plan) -> str:
    """What each table costs; hours and share where there is a limit and they say something."""
    limited = plan.capacity.governing_limit is not None
    timed = limited and not plan.capacity.is_small
    columns = [
        *(("Table", LEFT), ("First load, requests", RIGHT)),
        *([("Time", RIGHT)] if limited else []),
        ("One sync, requests", RIGHT),
        *([("Time", RIGHT), ("Share of the limit", RIGHT)] if timed else []),
    ]
    rows = []
    for one in plan.capacity.tables:
        first_load = [figures.requests(one.first_load_requests)]
        sync = [figures.requests(one.sync_requests)]
        if limited:
            first_load.append(figures.hours(one.first_load_hours))
        if timed:
            sync += [figures.hours(one.sync_hours), figures.share_figure(one.share)]
        rows.append([cell(one.table), *first_load, *sync])
    return grid(columns, rows)
