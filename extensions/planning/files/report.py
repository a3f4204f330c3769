"""A plan as a terminal shows it: verdict, open questions, risks and capacity."""

from __future__ import annotations

from collections.abc import Iterator

from ..plan.figures import at_least, duration, every, requests, share, time_at_least
from ..plan.model import Capacity, Plan, Risk
from ..plan.wording import listed
from .summary import questions_in_words, risks_in_words


def report(plan: Plan) -> str:
    """The plan in plain text, one fact a line, without control characters; ends with a line end."""
    lines = [
        f"Verdict: {plan.answers.recommendation} - {plan.status}",
        f"  {plan.fit.summary}",
        *(f"  - {sentence}" for sentence in plan.fit.evidence),
        _sentence(questions_in_words(plan)),
        *(
            f"  {'!' if one.blocking else '-'} {one.answer}: {one.text}"
            for one in plan.open_questions
        ),
        _sentence(risks_in_words(plan)),
        *(
            f"  {one.severity:<6}  {one.id}{_status(one)}: {one.title}. {one.why}"
            for one in plan.risks
        ),
        f"Capacity: {_headline(plan)}",
        *(f"  {line}" for line in _capacity(plan.capacity)),
    ]
    return "".join(f"{_printable(line)}\n" for line in lines)


def _status(risk: Risk) -> str:
    status = risk.decision.status
    return "" if status == "open" else f" ({status})"


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _headline(plan: Plan) -> str:
    limit, interval = plan.capacity.governing_limit, plan.answers.sync_interval
    if plan.capacity.unlimited:
        at = "no rate limit"
    else:
        at = f"at {listed(plan.capacity.limits)}" if limit else "rate limit unknown"
    often = f"a sync {every(interval)}" if interval else "sync interval unknown"
    return f"{at}, {often}"


def _capacity(capacity: Capacity) -> Iterator[str]:
    unknown_load, unknown_sync = len(capacity.unknown_first_load), len(capacity.unknown_sync)
    first = at_least(requests(capacity.first_load_requests), unknown_load)
    sync = at_least(requests(capacity.sync_requests), unknown_sync)
    load_time = time_at_least(capacity.first_load_hours, unknown_load)
    yield f"First full load: {_cost(first, load_time, capacity)}"
    part = f", {share(capacity.share)}" if capacity.share is not None else ""
    sync_time = time_at_least(capacity.sync_hours, unknown_sync)
    yield f"One sync: {_cost(sync, sync_time, capacity)}{part}"
    if capacity.never_catches_up:
        yield "Shortest interval: none, more changes than the limit lets one read"
    elif capacity.shortest_interval_seconds is not None:
        shortest = duration(capacity.shortest_interval_seconds)
        yield f"Shortest interval: {at_least(shortest, len(capacity.unknown_shortest))}"
    if capacity.too_slow:
        yield f"Too slow for the interval: {listed(capacity.too_slow)}"
    if capacity.missing:
        yield f"For more figures answer {listed(capacity.missing)}"


def _cost(requests_shown: str, hours_shown: str, capacity: Capacity) -> str:
    if requests_shown == "unknown":
        return requests_shown
    timed = capacity.governing_limit is not None
    return f"{requests_shown} requests" + (f", {hours_shown}" if timed else "")


def _printable(text: str) -> str:
    """A terminal obeys control characters, and answers may hold any."""
    return "".join(char if char.isprintable() else "\ufffd" for char in text)
