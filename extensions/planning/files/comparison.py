"""What a new edition of a plan changes: verdict, tables, risks, capacity, questions.

One function a topic; each returns sentences, none where nothing has changed. A plan is compared
with nothing where it is new.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from ..plan.figures import at_least, duration, every, requests, share, time_at_least
from ..plan.model import Capacity, Plan, Risk
from ..plan.wording import listed

Sections = Mapping[str, tuple[str, ...]]
"""Topic -> what has changed there, one sentence each."""


def compare(old: Plan | None, new: Plan) -> Sections:
    """The topics in which the plans differ. Empty where a reader sees no difference."""
    found = {topic: tuple(changes(old, new)) for topic, changes in TOPICS.items()}
    return {topic: sentences for topic, sentences in found.items() if sentences}


def _verdict(old: Plan | None, new: Plan) -> Iterable[str]:
    before = old and old.answers.recommendation
    yield from _change("Recommendation", before, new.answers.recommendation)
    yield from _change("Status", old and old.status, new.status)
    known = old.fit.evidence if old else ()
    yield from (f"New evidence: {one}" for one in new.fit.evidence if one not in known)


def _tables(old: Plan | None, new: Plan) -> Iterable[str]:
    before = {one.name: one for one in old.answers.tables} if old else {}
    after = {one.name: one for one in new.answers.tables}
    if added := [name for name in after if name not in before]:
        yield f"In scope now: {listed(added)}."
    if gone := [name for name in before if name not in after]:
        yield f"Out of scope now: {listed(gone)}."
    for name, table in after.items():
        if name in before:
            for what in ("ingestion", "priority"):
                one, other = getattr(before[name], what), getattr(table, what)
                yield from _change(f"{name}, {what}", one, other)


def _risks(old: Plan | None, new: Plan) -> Iterable[str]:
    before = {one.id: one for one in old.risks} if old else {}
    after = {one.id: one for one in new.risks}
    for risk in new.risks:
        if risk.id not in before:
            yield f"Appears, {risk.severity}: {_titled(risk)}. {risk.why}"
    for risk in before.values():
        if risk.id not in after:
            yield f"Is gone, was {risk.severity}: {_titled(risk)}."
    for risk in new.risks:
        if was := before.get(risk.id):
            title, status = _titled(risk), risk.decision.status
            yield from _change(f"{title}, severity", was.severity, risk.severity)
            yield from _change(f"{title}, status", was.decision.status, status)


def _capacity(old: Plan | None, new: Plan) -> Iterable[str]:
    before, after = (_figures(old) if old else {}), _figures(new)
    for figure, value in after.items():
        yield from _change(figure, before.get(figure), value)


def _figures(plan: Plan) -> dict[str, str]:
    capacity, interval = plan.capacity, plan.answers.sync_interval
    limit = capacity.governing_limit
    unknown_load, unknown_sync = len(capacity.unknown_first_load), len(capacity.unknown_sync)
    none = "none" if capacity.unlimited else "unknown"
    return {
        "Rate limit": limit.text if limit else none,
        "Sync": every(interval) if interval else "unknown",
        "First full load, requests": at_least(requests(capacity.first_load_requests), unknown_load),
        "First full load, time": time_at_least(capacity.first_load_hours, unknown_load),
        "One sync, requests": at_least(requests(capacity.sync_requests), unknown_sync),
        "One sync, time": time_at_least(capacity.sync_hours, unknown_sync),
        "Share of the limit": "unknown" if capacity.share is None else share(capacity.share),
        "Shortest interval": _shortest(capacity),
        "Too slow for the interval": listed(capacity.too_slow) or "none",
    }


def _shortest(capacity: Capacity) -> str:
    if capacity.never_catches_up:
        return "none is long enough"
    seconds = capacity.shortest_interval_seconds
    if seconds is None:
        return "unknown"
    return at_least(duration(seconds), len(capacity.unknown_shortest))


def _questions(old: Plan | None, new: Plan) -> Iterable[str]:
    before = {one.id: one for one in old.open_questions} if old else {}
    after = {one.id: one for one in new.open_questions}
    for one in new.open_questions:
        if one.id not in before:
            yield f"Opened{', blocking' if one.blocking else ''}: {one.text}"
    settled = [one.answer for one in before.values() if one.id not in after]
    if settled:
        yield f"Settled: {listed(list(dict.fromkeys(settled)), len(settled))}."


def _titled(risk: Risk) -> str:
    return f"{risk.title} ({risk.id})"


def _change(what: str, before: str | None, after: str) -> Iterable[str]:
    if before is None:
        yield f"{what}: {after}"
    elif before != after:
        yield f"{what}: {before} before, {after} now"


TOPICS: Mapping[str, Callable[[Plan | None, Plan], Iterable[str]]] = {
    "Verdict": _verdict,
    "Tables": _tables,
    "Risks": _risks,
    "Capacity": _capacity,
    "Open questions": _questions,
}
"""Topic -> what has changed in it, in the order of a report."""
