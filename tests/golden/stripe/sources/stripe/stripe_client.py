"""The HTTP side of the connector: signing in, limits, retries and timeouts.

Requests go through the `requests` library, which test simulators can answer. It is imported when
the first request is sent, so that everything else works without it.
"""

from __future__ import annotations

import random
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from .stripe_plan import CONNECTOR, LIMITS

if TYPE_CHECKING:  # under names of their own, since upstream merges all modules into one scope
    from requests import Response as HttpResponse
    from requests import Session as HttpSession

BASE_URL = ""  # root of the API, such as "https://api.example.com/v1"; an option base_url wins

TIMEOUT_SECONDS = LIMITS["request_timeout_seconds"] or 60
MOST_TRIES = 6  # waits of 16 to 31 seconds in all: longer outages are left to the next sync
FIRST_WAIT_SECONDS = 1.0
LONGEST_RETRY_AFTER_SECONDS = 3600  # hourly quotas are waited out, daily ones are not
RETRIED = frozenset({429, 500, 502, 503, 504})
SHOWN_CHARACTERS = 300  # of a response in an error: enough for its message


class SourceError(RuntimeError):
    """The source refused, or did not answer. Says which table, which request, what it said."""


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
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Take the options of the connection. Limits are those of the plan unless given."""
        self.options = dict(options)
        self.auth_method = auth_method
        self._session = session
        self._signed_in = False
        self._limiter = RateLimiter(planned_limits() if limits is None else limits, clock, sleep)
        self._sleep = sleep

    def get_json(
        self, path: str, params: Mapping[str, Any] | None = None, *, table: str = ""
    ) -> Any:
        """Return the JSON content at a path; `table` is named in errors."""
        response = self.request("GET", path, params=params, table=table)
        try:
            return response.json()
        except ValueError as problem:
            raise SourceError(f"{_named('GET', path, table)} answered no JSON.") from problem

    def request(self, method: str, path: str, *, table: str = "", **arguments: Any) -> HttpResponse:
        """Send a request, again after 429, 5xx and timeouts, and return its response.

        `path` is below the base URL, or a URL itself, such as that of a next page. `arguments` go
        to `requests`. Raises SourceError for any other status from 400 on, and after the last try.
        """
        from requests import ConnectionError as Unreachable
        from requests import Timeout

        named = _named(method, path, table)
        arguments.setdefault("timeout", TIMEOUT_SECONDS)
        for attempt in range(1, MOST_TRIES + 1):
            wanted = 0.0
            try:
                response = self._send(method, path, arguments)
            except (Timeout, Unreachable) as problem:
                outcome = f"got no answer ({type(problem).__name__})"
            else:
                if response.status_code < 400:
                    return response
                outcome = f"answered {response.status_code}"
                if response.status_code not in RETRIED:
                    raise SourceError(f"{named} {outcome}: {response.text[:SHOWN_CHARACTERS]}")
                wanted = seconds_to_wait(response.headers.get("Retry-After"))
                if wanted > LONGEST_RETRY_AFTER_SECONDS:
                    raise SourceError(f"{named} {outcome} and asks to wait {wanted:.0f} seconds.")
            if attempt < MOST_TRIES:
                self._sleep(max(wanted, backoff(attempt)))
        raise SourceError(f"{named} {outcome} at the last of {MOST_TRIES} tries.")

    def _send(self, method: str, path: str, arguments: Mapping[str, Any]) -> HttpResponse:
        session = self._ready_session()
        self._limiter.wait()
        return session.request(method, self._url(path), **arguments)

    def _ready_session(self) -> HttpSession:
        if self._session is None:
            import requests

            self._session = requests.Session()
        if self.auth_method and not self._signed_in:
            hook = f"authenticate_{self.auth_method}"
            if not hasattr(self, hook):
                raise SourceError(f"{CONNECTOR}: write {hook} first.")
            getattr(self, hook)(self._session)
            self._signed_in = True
        return self._session

    def _url(self, path: str) -> str:
        if path.startswith(("https://", "http://")):
            return path
        root = self.options.get("base_url") or BASE_URL
        if not root:
            raise SourceError(f"{CONNECTOR}: set BASE_URL, or the option base_url, to read {path}.")
        return f"{root.rstrip('/')}/{path.lstrip('/')}"

    def authenticate_bearer_token(self, session: HttpSession) -> None:
        """Send the token of the connection."""
        session.headers["Authorization"] = f"Bearer {self.options['token']}"


def planned_limits() -> list[tuple[int, float]]:
    """Return the rate limits of the plan, none while they are unknown."""
    return [(limit["requests"], limit["seconds"]) for limit in LIMITS["rate_limits"] or ()]


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
    except (TypeError, ValueError):
        return 0.0
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=timezone.utc)
    return max(0.0, (moment - (now or datetime.now(timezone.utc))).total_seconds())


def _until_free(times: deque[float], seconds: float, now: float) -> float:
    if len(times) < (times.maxlen or 0):
        return 0.0
    # No more than the whole period: on another machine the clock counts from another zero.
    return min(max(times[0] + seconds - now, 0.0), seconds)


def _named(method: str, path: str, table: str) -> str:
    request = f"{method} {path.partition('?')[0]}"  # a query may hold secrets
    return f"{table}: {request}" if table else request
