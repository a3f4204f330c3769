"""How tables are read and people sign in, as far as somebody said it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...answers.answer_types import OAuth, Table
from ...plan import figures
from ...plan.wording import code, listed
from ...terms.text import cell
from ...terms.vocabulary import CLIENT_IN, FILTERS, OAUTH_FLOWS, ORDERS, PAGINATIONS, READ_BY
from .markdown import LEFT, grid


def reading_grid(tables: Sequence[Table]) -> str:
    """One row for each table of which more is said than a path of its own name; '' for none."""
    rows = [
        [cell(table.name), "<br>".join(cell(fact) for fact in facts)]
        for table in tables
        if (facts := list(how_read(table._replace(path=_remarkable(table)))))
    ]
    return grid([("Table", LEFT), ("How it is read", LEFT)], rows) if rows else ""


def _remarkable(table: Table) -> str:
    """The path of a table; '' where it is the table's own name."""
    return "" if table.path.strip("/") == table.name else table.path


def how_read(table: Table) -> Iterator[str]:
    """What is known of how a table is read, one short sentence each."""
    if table.path:
        yield f"At /{table.path.removeprefix('/')}."
    if table.read_by:
        yield READ_BY[table.read_by]
    if table.parent:
        each = figures.counted(table.requests_per_parent or 1, "request")
        yield f"{each[:1].upper()}{each[1:]} for each record of {table.parent}."
    if table.request_per_record:
        yield "A request for each record."
    if table.order:
        yield ORDERS[table.order]
    if table.filter:
        yield FILTERS[table.filter]
    if table.lookback is not None:
        late = f"up to {figures.duration(table.lookback)} late" if table.lookback else "in time"
        yield f"Records arrive {late}."
    if table.retention:
        remembered = "Changes are remembered" if table.read_by == "changes" else "Records are kept"
        yield f"{remembered} for {figures.duration(table.retention)}."
    if table.pagination and table.pagination != "unknown":
        yield PAGINATIONS[table.pagination]
    if table.page_size:
        yield f"At most {figures.whole(table.page_size)} records a page."
    if table.rate_limit:
        yield f"Limit: {table.rate_limit}."
    if "primary_keys" in table.without:
        yield "It has no key."
    if "cursor_field" in table.without:
        yield "It has no cursor."


def oauth_facts(oauth: OAuth) -> Iterator[str]:
    """What is known of the OAuth flow, one line each."""
    if oauth.flow:
        yield f"Flow: {OAUTH_FLOWS[oauth.flow]}"
    if oauth.authorization_url:
        yield f"Consent is asked for at {code(oauth.authorization_url)}"
    if oauth.token_url:
        yield f"Tokens are issued at {code(oauth.token_url)}"
    if oauth.scopes:
        yield f"Scopes: {listed([code(one) for one in oauth.scopes], len(oauth.scopes))}"
    if oauth.pkce is not None:
        yield f"PKCE: {'yes' if oauth.pkce else 'no'}"
    if oauth.client_in:
        yield f"The client identifies itself: {CLIENT_IN[oauth.client_in]}"
    if oauth.extra_parameters:
        pairs = [code(f"{name}={value}") for name, value in oauth.extra_parameters.items()]
        asked = "consent" if oauth.authorization_url else "a token"
        yield f"The request for {asked} carries {listed(pairs, len(pairs))}"
