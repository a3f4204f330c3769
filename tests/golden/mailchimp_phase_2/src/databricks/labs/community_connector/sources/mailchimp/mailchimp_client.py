"""The HTTP side of the connector: signing in, limits, retries and timeouts.

Requests go through the `requests` library, which test simulators can answer. It is imported when
the first request is sent, so that everything else works without it.

Nothing is sent unencrypted but to this machine, credentials go to the host of the base URL alone,
and no error shows them.
"""

from __future__ import annotations

import base64
import copy
import json
import random
import re
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote, quote_plus, urljoin, urlsplit

from databricks.labs.community_connector.sources.mailchimp.mailchimp_batches import value_at
from databricks.labs.community_connector.sources.mailchimp.mailchimp_plan import (
    CONNECTION_OPTIONS,
    CONNECTOR,
    LIMITS,
    TABLES,
)

if TYPE_CHECKING:  # under names of their own, since upstream merges all modules into one scope
    from requests import Response as HttpResponse
    from requests import Session as HttpSession

BASE_URL = ""  # root of the API, such as "https://api.example.com/v1"
API_KEY_HEADER = "X-API-Key"  # header that carries the key; look it up in the documentation

TIMEOUT_SECONDS = LIMITS["request_timeout_seconds"] or 60
MOST_TRIES = 6  # waits of 16 to 31 seconds in all: longer outages are left to the next sync
FIRST_WAIT_SECONDS = 1.0
LONGEST_RETRY_AFTER_SECONDS = 3600  # hourly quotas are waited out, daily ones are not
RETRIED = frozenset({429, 500, 502, 503, 504})
EMPTY_FOR = frozenset[int]()  # statuses that say: there are no records
CONTROL = r"[\x00-\x1f]"  # characters that no address holds
REDIRECTS = frozenset({301, 302, 303, 307, 308})
MOST_REDIRECTS = 5  # a source that leads further leads in a circle
SHOWN_CHARACTERS = 300  # of a response in an error: enough for its message
READ_CHARACTERS = 20_000  # of a response, to find those in: secrets in it are blanked out first
ISSUED = frozenset({"access_token", "refresh_token", "id_token"})  # Unity Catalog gives these
CREDENTIALS = ("headers", "auth", "params", "cert")  # what signing in may change of a session


class SourceError(RuntimeError):
    """The source refused, or did not answer. Says which table, which request, what it said."""


class Paging(NamedTuple):
    """What the source calls the parts of paging. A dot leads into an object: "data.items".

    A table that differs is read by `pages(..., paging=PAGING._replace(records_at="orders"))`.
    """

    records_at: str = "data"  # where an answer holds its records; "" where it is a list
    may_be_absent: bool = False  # an answer without `records_at` has no records, and is no error
    size: str = "limit"  # parameter: most records of a page
    page: str = "page"  # parameter: number of the page
    first_page: int = 1
    offset: str = "offset"  # parameter: records to leave out
    token: str = "cursor"  # parameter: where to go on
    token_at: str = "next_cursor"  # where an answer holds that token
    link_at: str = "next"  # where an answer holds the address or number of the next page
    more_at: str = "has_more"  # where an answer says whether more follows
    total_at: str = "total"  # where an answer says how many records there are in all


PAGING = Paging()  # write what the documentation of the source says


class RateLimiter:
    """Keeps the requests of this process under several limits at once, without spreading them.

    Spark workers that read parts of a table each have a limiter of their own.
    """

    def __init__(
        self,
        limits: Iterable[tuple[int, float]],
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Take limits as pairs: so many requests in so many seconds."""
        self._sent = [(deque[float](maxlen=count), seconds) for count, seconds in limits]
        self._clock = clock
        self._sleep = sleep

    def wait(self) -> None:
        """Wait until one more request fits every limit, and count it."""
        now = self._clock()
        pause = max((_until_free(times, seconds, now) for times, seconds in self._sent), default=0)
        if pause > 0:
            self._sleep(pause)
        for times, _ in self._sent:
            times.append(now + pause)


class SourceClient:
    """Sends requests to the source."""

    def __init__(
        self,
        options: Mapping[str, str],
        auth_method: str = "",
        *,
        session: HttpSession | None = None,
        limits: Iterable[tuple[int, float]] | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] | None = None,
    ) -> None:
        """Take the options of the connection. Limits are those of the plan unless given."""
        self.options = dict(options)
        self.auth_method = auth_method
        self._session = session
        self._signed_in = False
        self._bare: dict[str, Any] = {}  # the session before signing in
        secret = ISSUED.union(one["name"] for one in CONNECTION_OPTIONS if one["secret"])
        self._secrets = {value for name, value in options.items() if name in secret and value}
        self._sleep = sleep or pause_for
        kept = planned_limits_by_name() if limits is None else {"": limits}
        self._limiters = {
            name: RateLimiter(pairs, clock, self._sleep) for name, pairs in kept.items()
        }

    def request(self, method: str, path: str, *, table: str = "", **arguments: Any) -> HttpResponse:
        """Send a request, again after 429, 5xx, silence and broken answers; return its response.

        `path` is below the base URL, or a URL itself. `arguments` go to `requests`. Raises
        SourceError for any other status from 400 on, and after the last try.
        """
        return self._answer(method, path, table, arguments)[0]

    def get_json(
        self, path: str, params: Mapping[str, Any] | None = None, *, table: str = ""
    ) -> Any:
        """Return the JSON content at a path; `table` is named in errors.

        What is no JSON is asked for again. An answer without content (204) is None.
        """
        return self._answer("GET", path, table, {"params": params}, _content)[1]

    def pages(
        self,
        path: str,
        params: Mapping[str, Any] | None = None,
        *,
        table: str = "",
        paging: Paging = PAGING,
        pagination: str = "",
    ) -> Iterator[list[Any]]:
        """Yield the records of one page after the other, none of them empty.

        Pages as planned for the table, unless `pagination` says otherwise, and ends by the signal
        of the plan; without one at an empty page, or where no next one is named. A token or page
        that comes again is a SourceError: reading on would never end.
        """
        how = pagination or TABLES.get(table, LIMITS)["pagination"]
        walk = Walk(how, LIMITS["page_end"], paging)
        named = _named("GET", path, table)
        if how not in ("cursor", "page_number", "offset", "link", "none"):
            raise SourceError(f"{named}: how it pages is unknown. Answer `pagination` in the plan.")
        size = TABLES.get(table, LIMITS)["page_size"]
        asked = {**({paging.size: size} if size and how != "none" else {}), **(params or {})}
        while True:
            asked.update(walk.parameters())
            response, content = self._answer("GET", path, table, {"params": asked}, _content)
            try:
                records = walk.took(content, response)
            except ValueError as problem:
                failure = str(problem)
            else:
                if records:
                    yield records
                if walk.ended:
                    return
                if walk.link:
                    # Relative ones are relative to the answer. They hold the whole query.
                    path, asked = urljoin(response.url or self._url(path, named), walk.link), {}
                continue
            raise self._error(f"{named} {failure}")

    def problem_in(self, content: Any) -> str:
        """Return what is wrong with an answer although its status is 200, '' where nothing is."""
        return ""

    def _answer(
        self,
        method: str,
        path: str,
        table: str,
        arguments: Mapping[str, Any],
        read: Callable[[HttpResponse], Any] | None = None,
    ) -> tuple[HttpResponse, Any]:
        """Return a response and what is read from it, tried again while that may help."""
        from requests import RequestException, exceptions

        passing = (
            exceptions.Timeout,
            exceptions.ConnectionError,
            exceptions.ChunkedEncodingError,
            exceptions.ContentDecodingError,
        )
        named = _named(method, path, table)
        arguments = {"timeout": TIMEOUT_SECONDS, **arguments}
        for attempt in range(1, MOST_TRIES + 1):
            wanted = 0.0
            try:
                response = self._send(named, method, path, arguments, table)
            except passing as problem:
                outcome, final = f"got no answer ({type(problem).__name__})", False
            except (RequestException, ValueError) as problem:
                # Never with its text, which may hold the address and the headers.
                outcome, final = f"cannot be sent ({type(problem).__name__})", True
            else:
                status = response.status_code
                outcome, final = f"answered {status}", status not in RETRIED
                if read and status in EMPTY_FOR:
                    return response, None
                if status < 400:
                    try:
                        content = read(response) if read else None
                    except (ValueError, RecursionError):
                        outcome, final = "answered no JSON", False
                    else:
                        wrong = self.problem_in(content) if read else ""
                        if not wrong:
                            return response, content
                        outcome, final = f"{outcome} and says: {wrong[:READ_CHARACTERS]}", True
                elif final:
                    shown = response.content[:READ_CHARACTERS].decode("utf-8", "replace")
                    outcome += f": {' '.join(shown.split())}"
                else:
                    wanted = seconds_to_wait(response.headers.get("Retry-After"))
                    if wanted > LONGEST_RETRY_AFTER_SECONDS:
                        outcome, final = f"{outcome} and asks to wait {wanted:.0f} seconds.", True
            if final:
                raise self._error(f"{named} {outcome}")
            if attempt < MOST_TRIES:
                self._sleep(max(wanted, backoff(attempt)))
        raise self._error(f"{named} {outcome} at the last of {MOST_TRIES} tries.")

    def _send(
        self, named: str, method: str, path: str, arguments: Mapping[str, Any], table: str
    ) -> HttpResponse:
        """Send a request, and follow where it is led: `requests` would take all headers along."""
        url = self._url(path, named)
        arguments = dict(arguments)
        follows = arguments.pop("allow_redirects", True)
        for _ in range(1 + MOST_REDIRECTS):
            response = self._send_once(method, url, arguments, table)
            led_to = response.headers.get("Location")
            if not follows or not led_to or response.status_code not in REDIRECTS:
                return response
            if method not in ("GET", "HEAD") and response.status_code not in (307, 308):
                raise self._error(f"{named} answered {response.status_code} to a {method}.")
            url = self._checked(urljoin(response.url or url, led_to), named)
            kept = arguments if self._is_home(url) else {"timeout": arguments["timeout"]}
            arguments = {name: value for name, value in kept.items() if name != "params"}
        raise self._error(f"{named} is led on more than {MOST_REDIRECTS} times.")

    def _send_once(
        self, method: str, url: str, arguments: Mapping[str, Any], table: str
    ) -> HttpResponse:
        session = self._ready_session()
        self._wait(table)
        if not self._is_home(url):
            signed = {name: getattr(session, name) for name in self._bare}
            try:
                _restore(session, self._bare)
                return session.request(method, url, allow_redirects=False, **arguments)
            finally:
                _restore(session, signed)
        return session.request(method, url, allow_redirects=False, **arguments)

    def _wait(self, table: str) -> None:
        """Wait until the limits allow one more request; all of them, where the table is unknown."""
        own = ("", TABLES[table]["rate_limit"]) if table in TABLES else self._limiters
        for name, limiter in self._limiters.items():
            if name in own:
                limiter.wait()

    def _ready_session(self) -> HttpSession:
        if self._session is None:
            import requests

            self._session = requests.Session()
        if self.auth_method and not self._signed_in:
            hook = f"authenticate_{self.auth_method}"
            if not hasattr(self, hook):
                raise SourceError(f"{CONNECTOR}: write {hook} first.")
            there = [name for name in CREDENTIALS if hasattr(self._session, name)]
            bare = {name: copy.copy(getattr(self._session, name)) for name in there}
            self._bare = self._bare or bare
            getattr(self, hook)(self._session)
            self._signed_in = True
            self._secrets.update(_credentials(self._session, self._bare))
        return self._session

    def _url(self, path: str, named: str) -> str:
        """Return the address of a path below the base URL; a URL stays as it is."""
        root = BASE_URL.strip().rstrip("/")
        if "://" in path.partition("?")[0]:
            if not root and self.auth_method not in ("", "none"):
                raise self._error(f"{named}: set BASE_URL, whose host alone gets credentials.")
            return self._checked(path, named)
        if not root:
            where = path.partition("?")[0]
            raise SourceError(f"{CONNECTOR}: set BASE_URL to read {where}.")
        below, own = "/" + path.lstrip("/"), urlsplit(self._checked(root, named)).path
        if own and re.match(re.escape(own) + r"(?![^/?#])", below):
            below = below[len(own) :]
        return root + below

    def _checked(self, url: str, named: str) -> str:
        """Return a URL; a SourceError where sending credentials there would show them to others."""
        try:
            parts = urlsplit(url)
            host, _ = parts.hostname or "", parts.port
        except ValueError:
            host = ""
        # Programs disagree on the host that a backslash, a user or a control character leads to.
        if not host or not re.fullmatch(r"[\w.:\[\]-]+", parts.netloc) or re.search(CONTROL, url):
            raise self._error(f"{named}: leads to an address that is none; start with https://.")
        if parts.scheme == "https" or (parts.scheme == "http" and _is_this_machine(host)):
            return url
        raise self._error(f"{named}: {parts.scheme}://{host} is not encrypted; use https.")

    def _is_home(self, url: str) -> bool:
        """Say whether credentials may go there: to the very host of the base URL."""
        root = BASE_URL.strip()
        return self.auth_method in ("", "none") or _host(url) == _host(root)

    def _error(self, text: str) -> SourceError:
        """Return an error in which no secret stands, also where the source repeats it."""
        written = {form for secret in self._secrets for form in _ways_to_write(secret)}
        for secret in sorted(written, key=len, reverse=True):
            text = text.replace(secret, "***")
        rest = " ..." if len(text) > SHOWN_CHARACTERS else ""
        return SourceError(text[:SHOWN_CHARACTERS] + rest)

    def _for_header(self, name: str) -> str:
        """Return an option that goes into a header; a line break would begin another one."""
        value = self.options[name]
        if not (value.isascii() and value.isprintable()):
            raise SourceError(
                f"{CONNECTOR}: option {name} holds a line break, or another character that no "
                "header can carry. Enter it again."
            )
        return value

    def authenticate_api_key(self, session: HttpSession) -> None:
        """Send the API key in a header of its own."""
        session.headers[API_KEY_HEADER] = self._for_header("api_key")


class Walk:
    """The way through the pages of one list: what to ask for next, and whether it has ended."""

    def __init__(self, how: str, end: str, paging: Paging) -> None:
        """Take how the source pages, what shows its last page, and what it calls things."""
        self.ended = False
        self.link = ""
        self._how, self._end, self._paging = how, end, paging
        self._token: Any = None
        self._seen: set[str] = set()
        self._last: Any = None
        self._read = self._pages = self._longest = 0

    def parameters(self) -> dict[str, Any]:
        """Return what to ask for, beside what does not change from page to page."""
        if self._how == "page_number":
            return {self._paging.page: self._paging.first_page + self._pages}
        if self._how == "offset":
            return {self._paging.offset: self._read}
        return {} if self._token is None else {self._paging.token: self._token}

    def took(self, content: Any, response: HttpResponse) -> list[Any]:
        """Return the records of an answer, and go on; a ValueError says what is wrong with it."""
        records = _records(content, self._paging)
        if records and self._how in ("page_number", "offset") and content == self._last:
            raise ValueError("answers the same page again: it does not take the number of the page")
        self._last = content
        self._pages += 1
        self._read += len(records)
        self._longest = max(self._longest, len(records))
        self.link, self._token = "", None
        upcoming = self._upcoming(content, response)
        self.ended = self._is_over(records, content, upcoming)
        if not self.ended and self._how in ("cursor", "link"):
            if str(upcoming) in self._seen:
                raise ValueError(f"leads to where it was before: {self._how} that repeats")
            self._seen.add(str(upcoming))
            if self._how == "link":
                self.link = str(upcoming)
            else:
                self._token = upcoming
        reachable = LIMITS["pagination_limit"]
        told = self.ended and self._end in ("flag", "count", "no_next")
        if reachable and self._read >= reachable and not told:
            raise ValueError(f"pages no further than {reachable} records: ask for shorter windows")
        return records

    def _upcoming(self, content: Any, response: HttpResponse) -> Any:
        if self._how == "cursor":
            return value_at(content, self._paging.token_at) or None
        linked = response.links.get("next", {}).get("url")
        return linked or value_at(content, self._paging.link_at) or None

    def _is_over(self, records: list[Any], content: Any, upcoming: Any) -> bool:
        if self._how == "none" or (self._how in ("cursor", "link") and upcoming is None):
            return True
        if not records and (self._end == "empty_page" or self._how in ("page_number", "offset")):
            return True
        if self._end == "flag":
            return not value_at(content, self._paging.more_at)
        if self._end == "count":
            return self._read >= int(value_at(content, self._paging.total_at) or 0)
        if self._end == "no_next":
            return upcoming is None
        # Shorter than those before: a source may give fewer than it was asked for on every page.
        return self._end == "short_page" and len(records) < self._longest


def quoted(part: object) -> str:
    """Return a key as one part of a path, whatever it holds: f"/orders/{quoted(key)}"."""
    return quote(str(part), safe="")


def pause_for(seconds: float) -> None:
    """Sleep; looked up at each call, so that tests need not wait."""
    time.sleep(seconds)


def planned_limits() -> list[tuple[int, float]]:
    """Return the rate limits of the plan, none while they are unknown."""
    return [(limit["requests"], limit["seconds"]) for limit in LIMITS["rate_limits"] or ()]


def planned_limits_by_name() -> dict[str, list[tuple[int, float]]]:
    """Return the rate limits of the plan by name; those of '' hold for all tables."""
    found: dict[str, list[tuple[int, float]]] = {}
    for limit in LIMITS["rate_limits"] or ():
        found.setdefault(limit["name"], []).append((limit["requests"], limit["seconds"]))
    return found


def backoff(attempt: int) -> float:
    """Return the seconds to wait after a failed attempt, the first being 1.

    Random, so that many workers do not come back together, and always longer than the last time.
    """
    longest = FIRST_WAIT_SECONDS * 2 ** (attempt - 1)
    return random.uniform(longest / 2, longest)


def seconds_to_wait(retry_after: str | None, now: datetime | None = None) -> float:
    """Return what a Retry-After header asks for, given in seconds or as a date; 0 without one."""
    text = (retry_after or "").strip()
    if text.replace(".", "", 1).isdecimal():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError, OverflowError):
        return 0.0
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=timezone.utc)
    return max(0.0, (moment - (now or datetime.now(timezone.utc))).total_seconds())


def _until_free(times: deque[float], seconds: float, now: float) -> float:
    if len(times) < (times.maxlen or 0):
        return 0.0
    # No more than the whole period: on another machine the clock counts from another zero.
    return min(max(times[0] + seconds - now, 0.0), seconds)


def _content(response: HttpResponse) -> Any:
    return None if response.status_code == 204 else response.json()


def _records(content: Any, paging: Paging) -> list[Any]:
    records = value_at(content, paging.records_at) if paging.records_at else content
    if content is None or isinstance(records, list):
        return records or []
    holder, _, last = paging.records_at.rpartition(".")
    around = value_at(content, holder) if holder else content
    if isinstance(around, dict) and records is None and (last in around or paging.may_be_absent):
        return []  # some sources write null where there are none
    there = ", ".join(map(str, content)) if isinstance(content, dict) else type(content).__name__
    where = f"at {paging.records_at}" if paging.records_at else "of records"
    raise ValueError(f"holds no list {where}, but {there}: set records_at of PAGING")


def _restore(session: HttpSession, kept: Mapping[str, Any]) -> None:
    for name, value in kept.items():
        setattr(session, name, value)


def _credentials(session: HttpSession, bare: Mapping[str, Any]) -> Iterator[str]:
    """Yield what signing in has put into a session: no error may show it."""
    for part in ("headers", "params"):
        before = bare.get(part) or {}
        for name, value in (getattr(session, part, None) or {}).items():
            if value and before.get(name) != value:
                yield from {str(value), str(value).rpartition(" ")[2]}
    pair = getattr(session, "auth", None)
    if isinstance(pair, tuple):
        yield from (str(pair[1]),) if pair[1] else ()
        yield base64.b64encode(":".join(map(str, pair)).encode()).decode()


def _ways_to_write(secret: str) -> tuple[str, ...]:
    return secret, quote(secret, safe=""), quote_plus(secret), json.dumps(secret)[1:-1]


def _host(url: str) -> tuple[str, int | None]:
    parts = urlsplit(url)
    return parts.hostname or "", parts.port or {"https": 443, "http": 80}.get(parts.scheme)


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _named(method: str, path: str, table: str) -> str:
    shown = re.sub(r"//[^/]*@", "//", path.partition("?")[0])  # they may hold secrets
    return f"{table}: {method} {shown}" if table else f"{method} {shown}"
