"""What the simulator serves until somebody describes the real source: endpoints and a corpus.

Every table has an endpoint and a corpus of its own. The corpus shows what reviewers find wrong:
more than one page with a full last one, equal cursors, an order other than the cursor's, a null
cursor, and records that come after the connector was made.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from typing import NamedTuple

from ..answers.answer_types import Answers, Table
from ..plan.model import Plan

MOMENTS: tuple[int | None, ...] = (4, 1, 3, 3, 3, None)
"""The day of each record: not in order, three of them equal, one null. At three records a page, the
fewest that let a page cut equal ones apart, these are two full pages."""

BEFORE_THE_SESSION = timedelta(days=8)
"""How long before the plan was made the corpus begins: its six days are over at any run, so a
connector that reads up to now reads all of them, and are recent for one that looks back a week."""

FIRST_DAY = datetime(2026, 1, 1, tzinfo=timezone.utc)
"""Where it begins while nobody has said when the plan was made."""

ENVELOPE = "data"
"""Where an answer holds its records that says more beside them, until somebody looks."""

PAGE = 3
"""Records of a page: see MOMENTS."""

ALL_AT_ONCE = 100
"""Records of a page that nobody asked a size for, while nobody knows how the source pages: a read
that asks for pages sees pages, any other sees all, as from a source without them."""

COLUMN_OF_THE_UNKNOWN = "record"
"""The one column of a table without key and cursor, as in the generated schemas."""

_NUMBERS = re.compile(
    r"(^|[._])(ts|epoch|timestamp_ms|seq|version|offset)$|(^|\.)(created|updated)$"
)
"""Cursors that sources give as seconds since 1970: Stripe's `created`, Slack's `ts`. Where more
stands before it, as in Mailchimp's `date_created`, it is text."""

_DAYS = re.compile(r"(^|[._])(date|day)$|_date$")
"""Cursors that hold whole days."""

_STYLES = {
    "page_number": "page_number",
    "link": "page_number_with_link_header",
    "offset": "offset_limit",
    "cursor": "offset_limit",
    "unknown": "page_number",
}
"""How the source pages -> the simulator's name for it. It knows no tokens: offsets stand in."""

_ASKED = {
    "offset": (("offset", "offset"), ("limit", "limit")),
    "cursor": (("cursor", "offset"), ("per_page", "limit")),
    "none": (),
}
_NUMBERED = (("page", "page"), ("per_page", "per_page"))
"""How the source pages -> the parameters that ask for a page, with their roles."""

_SIGNALS = {"flag": ("has_more", "{more}"), "count": ("total", "{total}")}
"""What shows the last page -> where an answer says it, as `Paging` of the client has it, and the
mark that the handler of the tests replaces."""

_OPERATIONS = {"after": "gt", "from": "gte"}
"""What the source can filter by the cursor -> the simulator's name for it."""


class Endpoint(NamedTuple):
    """One entry of endpoints.yaml.

    `pages` maps the parameters that ask for a page to their roles; `unasked` is how many records
    one holds that nobody asked a size for. `envelope` is where an answer holds its records, or '',
    and `leads_on` what it says beside them of the next page. `cursor` is the column that the
    parameter `since` filters by `operation`, or ''. `in_order` says that records come by it, `text`
    that it is a time to the second written as text, which the simulator can carry on after now.
    """

    table: str
    path: str
    style: str
    pages: tuple[tuple[str, str], ...]
    unasked: int
    envelope: str
    leads_on: dict[str, str]
    cursor: str
    operation: str
    in_order: bool
    text: bool


def endpoints(plan: Plan) -> tuple[Endpoint, ...]:
    """One endpoint for each table, paged the way the source pages."""
    around = envelope(plan)
    return tuple(_endpoint(plan, table, around) for table in plan.answers.answered_for)


def envelope(plan: Plan) -> str:
    """Where the answers of the simulator hold their records: '' where they are the list itself."""
    tables = plan.answers.answered_for
    return ENVELOPE if any(_leads_on(plan.answers, table) for table in tables) else ""


def _endpoint(plan: Plan, table: Table, around: str) -> Endpoint:
    how = table.pagination or plan.answers.pagination
    cursor = (table.cursor_field or "") if table.incremental else ""
    return Endpoint(
        table=table.name,
        path="/" + (table.path or table.name).strip("/"),
        style=_STYLES.get(how, "none"),
        pages=_ASKED.get(how, _NUMBERED),
        unasked=ALL_AT_ONCE if how == "unknown" else PAGE,
        envelope=around,
        leads_on=_leads_on(plan.answers, table),
        cursor=cursor,
        operation=_OPERATIONS.get(table.filter, "" if table.filter == "none" else "gt"),
        in_order=table.order == "cursor",
        text=bool(cursor) and not _NUMBERS.search(cursor) and not _DAYS.search(cursor),
    )


def _leads_on(answers: Answers, table: Table) -> dict[str, str]:
    how, end = table.pagination or answers.pagination, answers.page_end
    if how in ("none", "unknown"):
        return {}
    said = {"next_cursor": "{token}"} if how == "cursor" else {}
    if end == "no_next" and how in ("page_number", "offset"):
        said["next"] = "{url}"
    if end in _SIGNALS:
        name, mark = _SIGNALS[end]
        said[name] = mark
    return said


def example_records(plan: Plan, table: Table) -> list[dict[str, object]]:
    """The corpus of one table: its key and cursor columns; a dotted path becomes an object."""
    begin = _begin(plan.answers)
    return [_record(table, begin, number, day) for number, day in enumerate(MOMENTS, start=1)]


def _begin(answers: Answers) -> datetime:
    """The day before the first records: near the session, and not before what is to be loaded."""
    begin = _day(answers.created) - BEFORE_THE_SESSION if answers.created else FIRST_DAY
    return max(begin, _day(answers.earliest)) if answers.earliest else begin


def _day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=timezone.utc)


def _record(table: Table, begin: datetime, number: int, day: int | None) -> dict[str, object]:
    record: dict[str, object] = {}
    cursor = table.cursor_field or ""
    if not table.primary_keys:
        day = day or number  # a record of nothing but a null is none
    for path in dict.fromkeys((*table.primary_keys, *([cursor] if cursor else []))):
        value = _moment(cursor, begin, day) if path == cursor else str(number)
        if path == cursor and path in table.primary_keys:
            value = _moment(cursor, begin, number)  # a key tells records apart, and is never null
        _put(record, path, value)
    return record or {COLUMN_OF_THE_UNKNOWN: str(number)}


def _put(record: dict[str, object], path: str, value: object) -> None:
    *parents, last = path.split(".")
    level = record
    for parent in parents:
        inner = level.setdefault(parent, {})
        if not isinstance(inner, dict):
            return  # a column that holds others and is one itself: the first that says so counts
        level = inner
    level.setdefault(last, value)


def _moment(cursor: str, begin: datetime, day: int | None) -> object:
    if day is None:
        return None
    moment = begin + timedelta(days=day)
    if _NUMBERS.search(cursor):
        return int(moment.timestamp())
    return moment.strftime("%Y-%m-%d" if _DAYS.search(cursor) else "%Y-%m-%dT%H:%M:%SZ")
