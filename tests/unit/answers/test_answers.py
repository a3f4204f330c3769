"""Raw answers become typed ones, whatever way they came in."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from planning.answers.answer_types import OAuth
from planning.answers.reading import (
    read_answers,
    read_extra_risks,
    read_out_of_scope,
    read_parameters,
    read_phases,
)
from planning.terms.values import Refusal


def read(**raw: Any) -> Any:
    return read_answers({"connector": "acme", **raw})


def test_a_form_that_gives_texts_gives_the_same_plan_as_a_data_file() -> None:
    structured = read(
        tables=[{"name": "orders", "rows": 5}],
        auth_methods=["basic", "api_key"],
        out_of_scope={"Reports": "no API"},
        connection_parameters=[{"name": "subdomain", "secret": False}],
        risk_decisions={"x": {"status": "accepted", "owner": "Ada"}},
        phases=[{"name": "Orders", "deliverables": ["orders arrive"]}],
        page_size=100,
        approved=True,
        managed_connector=False,
    )
    texts = read(
        tables="[{name: orders, rows: 5}]",
        auth_methods="api_key, basic",
        out_of_scope="{Reports: no API}",
        connection_parameters="[{name: subdomain, secret: 'no'}]",
        risk_decisions="{x: {status: accepted, owner: Ada}}",
        phases="- name: Orders\n  deliverables: [orders arrive]",
        page_size="100",
        approved="yes",
        managed_connector="no",
    )
    assert structured == texts
    assert structured.out_of_scope == (("Reports", "no API"),)
    assert structured.risk_decisions["x"].owner == "Ada"


def test_zero_means_unknown_where_the_question_says_so() -> None:
    answers = read(page_size=0, pagination_limit="0", request_timeout_seconds=0)
    assert (answers.page_size, answers.pagination_limit, answers.request_timeout_seconds) == (
        None,
        None,
        None,
    )


def test_reasons_are_taken_from_what_follows_the_dash() -> None:
    assert read(out_of_scope=["Audit logs - later", "Reports"]).out_of_scope == (
        ("Audit logs", "later"),
        ("Reports", ""),
    )


def test_the_level_of_a_decision_counts_only_while_the_decision_is_the_same() -> None:
    recorded = {"x": {"status": "accepted", "note": "small", "severity": "Medium"}}
    same = read(risk_decisions={"x": {"status": "accepted", "note": "small"}}, risk_levels=recorded)
    anew = read(risk_decisions={"x": {"status": "accepted", "note": "again"}}, risk_levels=recorded)
    assert same.risk_decisions["x"].severity == "Medium"
    assert anew.risk_decisions["x"].severity == ""


def test_extra_risks_have_ids_that_survive_their_neighbours() -> None:
    one = {"risk": "The vendor is for sale", "likelihood": "low"}
    two = {"risk": "The vendor is for sale!"}
    alone = read(extra_risks=[one]).extra_risks
    both = read(extra_risks=[two, one]).extra_risks
    assert alone[0].id == both[1].id != both[0].id
    assert (alone[0].likelihood, alone[0].impact) == ("Low", "Medium")


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        ({"source_type": "api"}, 'source_type: is "api"; choose one of rest_api'),
        ({"rate_limit": "fast"}, 'rate_limit: is "fast", which is no rate limit'),
        ({"extra_risks": [{"likelihood": "Low"}]}, "extra_risks: item 1 has no risk"),
        ({"extra_risks": "later"}, "extra_risks: is no list"),
        ({"risk_decisions": {"x": "accepted"}}, 'item "x" is "accepted"; write a mapping'),
        ({"risk_decisions": {"x": {"state": 1}}}, 'item "x" has the unknown key "state"'),
        ({"approved": "maybe"}, 'approved: is "maybe"; write true or false'),
        ({"tables": {"a": 1}}, "tables: is a mapping"),
    ],
)
def test_what_cannot_be_read_is_refused_by_question_and_item(
    raw: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(Refusal, match=sentence):
        read(**raw)


def test_a_parameter_is_needed_and_shown_unless_somebody_says_otherwise() -> None:
    given = [{"name": "region"}, {"name": "token", "secret": True, "required": "no"}]
    region, token = read_parameters([*given, {"name": "x", "auth_method": ""}])[:2]
    assert (region.required, region.secret, region.description) == (True, False, "")
    assert (token.required, token.secret) == (False, True)


def test_what_is_left_out_ends_at_the_first_dash_or_colon() -> None:
    assert read_out_of_scope(["logs - too large - for now", "Writing: phase 2", "a: b - c"]) == (
        ("logs", "too large - for now"),
        ("Writing", "phase 2"),
        ("a: b", "c"),
    )


def test_a_phase_keeps_its_name_and_its_deliverables() -> None:
    written = [{"name": "Read", "deliverables": ["orders", "users"]}, {"name": "Rest"}]
    assert read_phases(written) == (("Read", ("orders", "users")), ("Rest", ()))


def test_an_extra_risk_keeps_what_was_said_and_is_medium_otherwise() -> None:
    (risk,) = read_extra_risks([{"risk": "Late", "impact": "high", "mitigation": "Ask."}])
    assert (risk.risk, risk.likelihood, risk.impact, risk.mitigation) == (
        *("Late", "Medium", "High", "Ask."),
    )


def test_an_oauth_flow_is_read_from_a_mapping_or_from_its_text() -> None:
    said = {
        "authorization_url": "https://login.example.com/{tenant_id}/authorize",
        "token_url": "{base_url}/oauth/token",
        "scopes": "tickets.read, users.read",
        "pkce": "yes",
        "client_in": "Body",
        "extra_parameters": {"access_type": "offline"},
        "flow": "u2m",
    }
    oauth = read(oauth=said).oauth
    assert oauth == read(oauth=yaml.safe_dump(said)).oauth
    assert oauth.token_url == "{base_url}/oauth/token"
    assert oauth.scopes == ("tickets.read", "users.read")
    assert (oauth.pkce, oauth.client_in, oauth.flow) == (True, "body", "u2m")
    assert oauth.extra_parameters == {"access_type": "offline"}


@pytest.mark.parametrize(
    ("oauth", "sentence"),
    [
        ({"token_url": "http://acme.example.com/token"}, "token_url is .*, no https address"),
        ({"token_url": "https://u:p@acme.example.com"}, "no https address"),
        ({"flow": "device"}, "flow is .*choose one of m2m, u2m, u2m_per_user, connector"),
        ({"scope": "read"}, "did you mean scopes?"),
        ({"extra_parameters": "a=b"}, "write {access_type: offline}"),
        ([1], "is no mapping"),
    ],
)
def test_an_oauth_flow_that_cannot_be_read_is_refused_by_its_key(
    oauth: object, sentence: str
) -> None:
    with pytest.raises(Refusal, match=f"oauth: .*{sentence}"):
        read(oauth=oauth)


def test_limits_on_rates_and_on_concurrency_come_from_one_answer() -> None:
    both = read(rate_limit="700/minute, 15 at once")
    assert [one.text for one in both.rate_limits] == ["700/minute"]
    assert [one.text for one in both.concurrency_limits] == ["15 at once"]
    assert read().rate_limits is None
    assert read(rate_limit="none").rate_limits == ()


def test_what_was_never_asked_for_before_stays_unsaid() -> None:
    silent = read(oauth="", earliest="", page_end=None, answer_traits=[])
    assert (silent.oauth, silent.earliest) == (OAuth(), "")
    assert (silent.page_end, silent.answer_traits) == ("unknown", ())
    said = read(earliest="2024-01-01", page_end="Flag", answer_traits="repeats_tokens")
    assert (said.earliest, said.page_end) == ("2024-01-01", "flag")
    assert said.answer_traits == ("repeats_tokens",)
