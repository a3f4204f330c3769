from __future__ import annotations

import pytest
from planning.answers.requirements import parse_requirements
from planning.terms.values import Refusal


@pytest.mark.parametrize(
    ("given", "read"),
    [
        (None, ()),
        ("requests", ("requests",)),
        ("requests>=2.31,<3, httpx", ("requests>=2.31,<3", "httpx")),
        ("requests[security,socks] >=2 , <3,httpx", ("requests[security,socks] >=2,<3", "httpx")),
        ("[requests, 'httpx>=0.27,<1']", ("requests", "httpx>=0.27,<1")),
        (["tenacity; python_version < '3.12'"], ("tenacity; python_version < '3.12'",)),
    ],
)
def test_requirements_come_as_a_list_or_as_one_text(given: object, read: tuple[str, ...]) -> None:
    assert parse_requirements(given) == read


@pytest.mark.parametrize("given", ["requests=2", "../evil", "a b", "requests>=", "-r other.txt"])
def test_what_pip_does_not_take_is_refused(given: str) -> None:
    with pytest.raises(Refusal, match=r"item 1 is .*no requirement"):
        parse_requirements(given)
