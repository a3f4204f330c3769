"""What names of columns and tables suggest about the records behind them."""

from __future__ import annotations

from ..wording import singular
from .look import last_word, words_of

CHANGE_ANYWHERE = ("updat", "modif", "modstamp")
"""Parts of column names that tell when a record changed, also inside `hs_lastmodifieddate`."""

CHANGE_WORDS = tuple(
    "chang edit revis version rowver touch seen activity seq lsn scn history sync watermark".split()
)
"""Beginnings of words in column names that tell when, or in which order, a record changed."""

MAKING_WORDS = (
    *("creat", "insert", "added", "submit", "regist", "post", "publish", "open", "receiv", "sent"),
    *("start", "begin", "join", "signup", "signed", "issued", "placed", "ordered"),
)
"""Beginnings of words in column names that tell when a record was made or its event began."""

IDENTITIES = {"id", "uuid", "guid", "key", "number", "no", "num", "code", "name"}
"""Last words of columns that name a record and never move when it changes."""

WHOLE_DAYS = {"date", "day", "month", "week"}
"""Last words of columns that hold no time of day."""

REPORT_WORDS = {
    *("insight", "insights", "report", "reports", "stats", "statistics", "metrics", "usage"),
    *("performance", "analytics", "attribution", "conversions", "spend", "costs"),
}
"""Words in names of tables whose figures sources work out again for days that are over."""

STARTS = ("start", "begin", "began", "schedul", "commenc", "opened", "placed")
"""Beginnings of words in column names that tell when something began that ends later."""

ENTRIES = {"join", "enter", "login", "checkin"}
"""Words that tell the same where they stand alone, as in `join_time` of those in a meeting;
`joined_at` of a member tells when the record was made."""

COUNTERS = {"id", "seq", "sequence", "number", "no", "offset", "version", "serial"}
"""Last words of columns that count up and hold no time."""

HISTORY_WORDS = {
    *("event", "activity", "history", "log", "audit", "message", "email", "click", "visit"),
    *("session", "view", "insight", "report", "metric", "change", "changelog", "comment"),
    *("transaction", "entry", "record", "response", "statistic", "impression", "note", "call"),
    *("worklog", "job", "run", "delivery", "recipient", "timeline", "track", "snapshot"),
}
"""Last words of tables that grow with whatever happens, and not with the business."""

THINGS = set(
    """
    order invoice quote contract charge refund subscription product ticket issue task case
    conversation project booking reservation contact customer user account member company
    organization profile deal opportunity lead campaign employee candidate application shipment
    """.split()
)
"""Things whose records change over their life: they have a status, an owner or an amount."""

LABELS = {"email", "mail", "name", "title", "phone", "url", "username", "label", "description"}
"""Last words of columns that people may change or use twice."""

LOCAL_KEYS = set("name number no num code key slug position index line email".split())
"""Last words of columns that count or name records within their parent: the number of an issue in
its repository, the position of a line in its order."""

SHARED = {
    *("member", "user", "collaborator", "follower", "assignee", "attendee", "subscriber"),
    *("contributor", "watcher", "participant", "tag", "label", "role", "permission"),
}
"""Last words of tables whose records come under several parents."""

SPACES = {
    *("account", "tenant", "customer", "org", "organization", "workspace", "site", "shop"),
    *("project", "namespace", "property", "profile", "database", "realm", "company", "team"),
    "region",
}
"""Words in a key column that tell which namespace a record belongs to."""


def tells_change(column: str) -> bool:
    """Whether the column seems to move whenever a record changes."""
    anywhere = any(part in column.lower() for part in CHANGE_ANYWHERE)
    return anywhere or any(word.startswith(CHANGE_WORDS) for word in words_of(column))


def never_moves(column: str) -> bool:
    """Whether the column seems to stay as it is when a record changes."""
    if tells_change(column):
        return False
    made = any(word.startswith(MAKING_WORDS) for word in words_of(column))
    return made or last_word(column) in IDENTITIES


def whole_days(column: str) -> bool:
    """Whether the column seems to hold a day without a time.

    Dates of creation and change mostly have a time, whatever their name.
    """
    created = any(word.startswith("creat") for word in words_of(column))
    return last_word(column) in WHOLE_DAYS and not created and not tells_change(column)


def is_report(table: str) -> bool:
    """Whether the table seems to hold figures that are worked out again."""
    return not REPORT_WORDS.isdisjoint(words_of(table))


def tells_start(column: str) -> bool:
    """Whether the column seems to tell when something began that ends later."""
    words = words_of(column)
    started = any(word.startswith(STARTS) or word in ENTRIES for word in words)
    return started and not tells_change(column)


def counts_up(column: str) -> bool:
    """Whether the column seems to count up and to hold no time."""
    return last_word(column) in COUNTERS


def is_history(table: str) -> bool:
    """Whether the table seems to hold events or a history, which outgrow all other tables."""
    return singular(last_word(table)) in HISTORY_WORDS or is_report(table)


def is_label(column: str) -> bool:
    """Whether the column seems to hold what people may change or use twice.

    Not a `resource_name`: so APIs call a path that holds the identifiers.
    """
    return last_word(column) in LABELS and "resource" not in words_of(column)


def names_space(column: str) -> bool:
    """Whether the column seems to tell the namespace of a record."""
    return not SPACES.isdisjoint(words_of(column))
