"""Pages of a list, as the generated client walks through them."""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from answering import Session, response
from hypothesis import given
from hypothesis import strategies as st
from planning.terms.vocabulary import PAGINATIONS
from projects import new_project

RECORDS = [{"id": number} for number in range(7)]


class Source(Session):
    """Answers each request by a function of its address and parameters."""

    def __init__(self, answer: Callable[[str, dict[str, Any]], Any]) -> None:
        super().__init__()
        self._answer = answer

    def request(self, method: str, url: str, **arguments: Any) -> Any:
        given = {**dict(parse_qsl(urlsplit(url).query)), **(arguments.get("params") or {})}
        self.answers = [self._answer(url.partition("?")[0], given)]
        answer = super().request(method, url, **arguments)
        answer.url = url
        return answer


@pytest.fixture
def ends(client_module: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Sets the signal of the last page that the plan knows."""
    return lambda signal: monkeypatch.setitem(client_module.LIMITS, "page_end", signal)


def read(client: Any, answer: Callable[[str, dict[str, Any]], Any], how: str, **more: Any) -> Any:
    pages = client(Source(answer)).pages("/orders", table="orders", pagination=how, **more)
    return [record for page in pages for record in page]


def numbered(size: int) -> Callable[[str, dict[str, Any]], Any]:
    def answer(url: str, asked: dict[str, Any]) -> Any:
        start = (int(asked["page"]) - 1) * size if "page" in asked else int(asked["offset"])
        page = RECORDS[start : start + size]
        more = start + size < len(RECORDS)
        return response(
            content={
                "data": {"items": page},
                "has_more": more,
                "total": len(RECORDS),
                "next": "/v1/orders?page=9" if more else None,
            }
        )

    return answer


@pytest.mark.parametrize("how", [one for one in PAGINATIONS if one != "unknown"])
def test_every_way_of_paging_that_a_plan_may_name_is_walked(client: Any, how: str) -> None:
    assert read(client, lambda *_: response(content=[]), how) == []


@pytest.mark.parametrize(
    "signal", ["unknown", "empty_page", "short_page", "no_next", "flag", "count"]
)
@pytest.mark.parametrize("how", ["page_number", "offset"])
@pytest.mark.parametrize("size", [1, 3, 7, 100])
def test_every_page_is_read_up_to_the_planned_signal(
    client: Any, client_module: ModuleType, ends: Any, how: str, signal: str, size: int
) -> None:
    ends(signal)
    paging = client_module.Paging(records_at="data.items")
    assert read(client, numbered(size), how, paging=paging) == RECORDS


def test_a_source_that_gives_fewer_than_it_was_asked_for_is_read_to_the_end(
    client: Any, client_module: ModuleType, ends: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends("short_page")
    monkeypatch.setitem(client_module.TABLES["orders"], "page_size", 100)
    paging = client_module.Paging(records_at="data.items")
    assert read(client, numbered(3), "offset", paging=paging) == RECORDS


@pytest.mark.parametrize(
    "link",
    ["https://acme.example/v1/orders?page={}", "/v1/orders?page={}", "orders?page={}", "?page={}"],
)
@pytest.mark.parametrize("in_header", [True, False])
def test_relative_and_absolute_links_are_followed(client: Any, link: str, in_header: bool) -> None:
    asked_for = []

    def answer(url: str, asked: dict[str, Any]) -> Any:
        number = int(asked.get("page", 1))
        asked_for.append((url, number))
        upcoming = link.format(number + 1) if number < 3 else ""
        if in_header:
            return response(
                content=[number], **({"Link": f'<{upcoming}>; rel="next"'} if upcoming else {})
            )
        return response(content={"data": [number], "next": upcoming or None})

    paging = {} if in_header else {"records_at": "data"}
    found = read(client, answer, "link", paging=_paging(client, **paging))
    assert found == [1, 2, 3]
    assert {url for url, _ in asked_for} == {"https://acme.example/v1/orders"}


def _paging(client: Any, **names: Any) -> Any:
    made = client(Session())
    return sys.modules[type(made).__module__].Paging(**names)


def test_a_token_is_handed_on_until_there_is_none(client: Any) -> None:
    def answer(url: str, asked: dict[str, Any]) -> Any:
        start = int(asked.get("cursor", 0))
        # An empty page in between is no end.
        page = [] if start == 2 else RECORDS[start : start + 2]
        return response(content={"rows": page, "next_cursor": start + 2 if start < 6 else ""})

    found = read(client, answer, "cursor", paging=_paging(client, records_at="rows"))
    assert found == RECORDS[:2] + RECORDS[4:]


@pytest.mark.parametrize(
    ("how", "content"),
    [
        ("cursor", {"rows": [1], "next_cursor": "same"}),
        ("link", {"rows": [1], "next": "/v1/orders?page=2"}),
        ("page_number", {"rows": [1]}),
        ("offset", {"rows": [1]}),
    ],
)
def test_a_source_that_leads_in_a_circle_is_an_error_of_the_table(
    client: Any, client_module: ModuleType, how: str, content: Any
) -> None:
    with pytest.raises(client_module.SourceError, match=r"^orders: .*(repeats|same page again)"):
        read(
            client,
            lambda url, asked: response(content=content),
            how,
            paging=_paging(client, records_at="rows"),
        )


@pytest.mark.parametrize("content", [{"error": "no"}, "text", 3, {"data": {"id": 1}}])
def test_an_answer_without_its_list_is_an_error_not_an_empty_table(
    client: Any, client_module: ModuleType, content: Any
) -> None:
    with pytest.raises(client_module.SourceError, match=r"orders: .* holds no list at data"):
        read(
            client,
            lambda url, asked: response(content=content),
            "none",
            paging=_paging(client, records_at="data"),
        )


@pytest.mark.parametrize(
    ("content", "may_be_absent"), [({"data": None}, False), ({"kind": "list"}, True)]
)
def test_what_sources_write_for_no_records_is_an_empty_page(
    client: Any, content: Any, may_be_absent: bool
) -> None:
    paging = _paging(client, records_at="data", may_be_absent=may_be_absent)
    found = read(client, lambda url, asked: response(content=content), "none", paging=paging)
    assert found == []


def test_the_end_of_what_paging_reaches_is_no_end_of_the_table(
    client: Any, client_module: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(client_module.LIMITS, "pagination_limit", 6)
    paging = client_module.Paging(records_at="data.items")
    with pytest.raises(client_module.SourceError, match="no further than 6 records"):
        read(client, numbered(3), "offset", paging=paging)


def test_a_way_of_paging_that_nobody_knows_asks_for_the_answer(
    client: Any, client_module: ModuleType
) -> None:
    with pytest.raises(client_module.SourceError, match="Answer `pagination` in the plan"):
        list(client(Session()).pages("/orders", table="orders"))


@given(content=st.recursive(st.none() | st.booleans() | st.text(), lambda inner: st.lists(inner)))
def test_any_json_ends_in_records_or_in_an_error_of_the_table(
    client_module: ModuleType, content: Any
) -> None:
    session = Source(lambda url, asked: response(content=json.loads(json.dumps(content))))
    made = client_module.SourceClient(
        {"base_url": "https://acme.example"}, session=session, limits=(), sleep=session.sleep
    )
    try:
        list(made.pages("/orders", table="orders", pagination="page_number"))
    except client_module.SourceError as problem:
        assert str(problem).startswith("orders: ")


def test_traits_of_the_source_shape_the_client(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new_project(
        template,
        tmp_path / "project",
        connector="with_traits",
        tables=["orders"],
        pagination="cursor",
        answer_traits=["errors_with_200", "not_found_when_empty", "repeats_tokens"],
        connection_parameters=[{"name": "base_url"}],
    )
    monkeypatch.syspath_prepend(str(tmp_path / "project"))
    module = importlib.import_module("sources.with_traits.with_traits_client")
    paging = module.Paging(records_at="rows")

    def found(*answers: Any) -> list[Any]:
        options = {"base_url": "https://acme.example"}
        made = module.SourceClient(options, session=Session(*answers))
        return [one for page in made.pages("/o", table="orders", paging=paging) for one in page]

    assert found(response(404)) == []
    same = [response(content={"rows": [number], "next_cursor": "same"}) for number in (1, 2)]
    assert found(*same) == [1, 2]
    with pytest.raises(module.SourceError, match="orders: GET /o answered 200 and says: no"):
        found(response(content={"rows": [], "error": "no"}))
