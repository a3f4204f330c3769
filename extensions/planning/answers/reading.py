"""Reads the raw answers of a session into typed, normalised `Answers`.

Raw answers are what Copier hands over: from a terminal, a data file, or a form that gives every
answer as one text. Each question has one reader; reading the same answers twice gives the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..terms import vocabulary as words
from ..terms.values import (
    OneOf,
    Refusal,
    SomeOf,
    is_empty,
    looks_structured,
    parse_date,
    parse_interval,
    parse_list,
    parse_text,
    parse_whole_number,
    parse_yaml,
    read_flag,
    shown,
)
from .answer_types import FIELDS, Answers, ConnectionParameter, Decision, ExtraRisk, OAuth
from .identifiers import parse_option_name, parse_option_names
from .limits import parse_limits
from .mappings import Readers, as_mapping, read_keys, read_mappings
from .naming import id_from_text
from .requirements import parse_requirements
from .tables import read_tables, read_unconfirmed

LEVELS_ANSWER = "risk_levels"
"""Written into the answers file beside the answers: the level each risk was decided at."""

DATE_ANSWER, PLAN_ANSWER = "approved_on", "approved_plan"
"""Beside the answers as well: when the plan was approved, and what the approval covers."""

PACKAGE_ANSWER = "existing_package"
"""Beside them too: the code of the connector was there before any plan, and stays its authors'."""

PACKAGE_ORIGIN = "package"
"""Origin of what the code says, until somebody confirms it."""

PHASE_AFTER_A_PACKAGE = 2
AFTER_A_PACKAGE = {"recommendation": "extend", "phase": PHASE_AFTER_A_PACKAGE}
"""What is proposed where such a package stands: the phase that follows it, as far as code tells."""

BESIDE = (LEVELS_ANSWER, DATE_ANSWER, PLAN_ANSWER, PACKAGE_ANSWER)
"""What the answers file holds beside answers; none of it is a question."""


def read_out_of_scope(value: object) -> tuple[tuple[str, str], ...]:
    """What is left out and why, from a mapping or from texts such as `Audit logs - later`."""
    # A text such as `Audit logs: later` is YAML; one with commas is a list.
    if isinstance(value, str) and (looks_structured(value) or (": " in value and "," not in value)):
        value = parse_yaml(value)
    if isinstance(value, Mapping):
        return tuple((parse_text(what), parse_text(why)) for what, why in value.items())
    pairs = []
    for text in parse_list(value):
        what, _, why = text.partition(" - ") if " - " in text else text.partition(": ")
        pairs.append((what.strip(), why.strip()))
    return tuple(pairs)


def _oauth_url(value: object) -> str:
    text = parse_text(value)
    if not _OAUTH_URL.fullmatch(text):
        raise Refusal(f"is {shown(text)}, no https address; write https://acme.example.com/token.")
    return text


def _parameters_of_oauth(value: object) -> dict[str, str]:
    if not isinstance(value, Mapping):
        raise Refusal(f"is {shown(value)}, no mapping; write {{access_type: offline}}.")
    return {parse_text(name): parse_text(given) for name, given in value.items()}


_OAUTH_URL = re.compile(r"https://[^\s/?#@]+([/?#]\S*)?|\{\w+\}[^\s]*")
"""An address, or one that begins with a parameter of the connection."""

# The keys of structured answers, and how the value of each is read.
PARAMETER_KEYS: Readers = {
    "name": parse_option_name,
    "required": read_flag,
    "secret": read_flag,
    "description": parse_text,
    "auth_method": OneOf(words.AUTH_METHODS),
}
OAUTH_KEYS: Readers = {
    "authorization_url": _oauth_url,
    "token_url": _oauth_url,
    "scopes": parse_list,
    "pkce": read_flag,
    "client_in": OneOf(words.CLIENT_IN),
    "extra_parameters": _parameters_of_oauth,
    "flow": OneOf(words.OAUTH_FLOWS),
}
EXTRA_RISK_KEYS: Readers = {
    "risk": parse_text,
    "likelihood": OneOf(words.LEVELS),
    "impact": OneOf(words.LEVELS),
    "mitigation": parse_text,
}
DECISION_KEYS: Readers = {
    "status": OneOf(words.DECISION_STATUSES),
    "mitigation": parse_text,
    "owner": parse_text,
    "note": parse_text,
}
PHASE_KEYS: Readers = {"name": parse_text, "deliverables": parse_list}


def read_parameters(value: object) -> tuple[ConnectionParameter, ...]:
    """The parameters a connection needs beside those of its authentication methods."""
    items = read_mappings(value, PARAMETER_KEYS, required="name")
    return tuple(ConnectionParameter(**item) for item in items)


def read_oauth(value: object) -> OAuth:
    """What is known of the OAuth flow."""
    said = as_mapping(value, "{token_url: https://acme.example.com/token}")
    return OAuth(**read_keys(said, OAUTH_KEYS))


def read_extra_risks(value: object) -> tuple[ExtraRisk, ...]:
    """The risks a user adds by hand."""
    items = read_mappings(value, EXTRA_RISK_KEYS, required="risk")
    return tuple(ExtraRisk(id=f"extra-{id_from_text(item['risk'])}", **item) for item in items)


def read_decisions(value: object, levels: object = None) -> dict[str, Decision]:
    """Decisions by risk id. `levels` is what an earlier session recorded about them.

    The recorded level counts only while the decision is the same: whoever decides anew decides
    about the risk as it is today.
    """
    said = as_mapping(value, "risk id: decision, such as x: {status: accepted}")
    recorded = levels if isinstance(levels, Mapping) else {}
    decisions = {}
    for risk, given in said.items():
        if not isinstance(given, Mapping):
            raise Refusal(
                f'item "{risk}" is {shown(given)}; write a mapping such as {{status: accepted}}.'
            )
        try:
            decision = Decision(**read_keys(given, DECISION_KEYS))
        except Refusal as refusal:
            raise Refusal(f'item "{risk}" {refusal}') from None
        before = recorded.get(risk)
        if isinstance(before, Mapping) and all(
            parse_text(before.get(key)) == getattr(decision, key) for key in DECISION_KEYS
        ):
            decision = decision._replace(severity=parse_text(before.get("severity")))
        decisions[str(risk)] = decision
    return decisions


def read_phases(value: object) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Phases as the user wrote them: name and deliverables."""
    items = read_mappings(value, PHASE_KEYS, required="name")
    return tuple((item["name"], item.get("deliverables", ())) for item in items)


READERS: Readers = {
    "connector": parse_text,
    "purpose": OneOf(words.PURPOSES),
    "depth": OneOf(words.DEPTHS),
    "layout": OneOf(words.LAYOUTS),
    "source_name": parse_text,
    "source_type": OneOf(words.SOURCE_TYPES),
    "docs_url": parse_text,
    "problem": parse_text,
    "target_users": parse_list,
    "use_cases": parse_list,
    "analytics": parse_text,
    "change_frequency": OneOf(words.CHANGE_FREQUENCIES),
    "managed_connector": OneOf(words.KNOWLEDGE),
    "community_connector": OneOf(words.KNOWLEDGE),
    "third_party_connectors": parse_list,
    "federation_fit": OneOf(words.KNOWLEDGE),
    "alternatives_considered": parse_text,
    "recommendation": OneOf(words.RECOMMENDATIONS),
    "adopts": parse_text,
    "recommendation_reason": parse_text,
    "out_of_scope": read_out_of_scope,
    "auth_methods": SomeOf(words.AUTH_METHODS),
    "future_auth_methods": SomeOf(words.AUTH_METHODS),
    "auth_environments": parse_text,
    "connection_parameters": read_parameters,
    "table_options": parse_option_names,
    "oauth": read_oauth,
    "earliest": parse_date,
    "rate_limit": parse_limits,
    "page_size": parse_whole_number,
    "pagination": OneOf(words.PAGINATIONS),
    "page_end": OneOf(words.PAGE_ENDS),
    "answer_traits": SomeOf(words.ANSWER_TRAITS),
    "pagination_limit": parse_whole_number,
    "request_timeout_seconds": parse_whole_number,
    "api_version": parse_text,
    "api_end_of_life": parse_date,
    "auth_traits": SomeOf(words.AUTH_TRAITS),
    "schema_kind": OneOf(words.SCHEMA_KINDS),
    "schema_changes": OneOf(words.SCHEMA_CHANGES),
    "sync_interval": parse_interval,
    "features": SomeOf(words.FEATURES),
    "test_environment": OneOf(words.TEST_ENVIRONMENTS),
    "test_environment_name": parse_text,
    "dependencies": parse_requirements,
    "extra_risks": read_extra_risks,
    "risk_decisions": read_decisions,
    "must_have": parse_list,
    "should_have": parse_list,
    "wont_have": parse_list,
    "phases": read_phases,
    "phase": lambda value: parse_whole_number(value) or 1,
    "shipped_tables": parse_list,
    "created": parse_date,
    "owner": parse_text,
    "approved": read_flag,
    "approved_by": parse_text,
    "unconfirmed": read_unconfirmed,
}
"""Question -> its reader. The six questions about tables are read together, in `tables.py`."""


def as_read(question: str, value: object) -> dict[str, Any]:
    """The fields of `Answers` that an answer to one question fills."""
    read = READERS[question](value)
    if question == "rate_limit":
        return {"rate_limits": read.rates, "concurrency_limits": read.at_once} if read else {}
    return {FIELDS.get(question, question): read}


def read_answers(raw: Mapping[str, object]) -> Answers:
    """All answers, typed. Empty ones keep the default of `Answers`.

    Raises `Refusal`, naming the question, when one cannot be read.
    """
    read: dict[str, Any] = {}
    for question in READERS:
        value = raw.get(question)
        if is_empty(value) and question != "connector":
            continue
        try:
            read |= as_read(question, value)
        except Refusal as refusal:
            raise Refusal(f"{question}: {refusal}") from None
    if "risk_decisions" in read:
        read["risk_decisions"] = read_decisions(raw["risk_decisions"], raw.get(LEVELS_ANSWER))
    try:
        read["tables"] = read_tables(raw)
    except Refusal as refusal:
        raise Refusal(f"tables: {refusal}") from None
    origins = read.get("unconfirmed", {})
    read["given"] = frozenset(name for name in READERS if raw.get(name) is not None)
    read["known"] = {name: origins[name] for name in READERS if name in raw and name in origins}
    read["approved_on"] = parse_date(raw.get(DATE_ANSWER))
    read["sync_interval_text"] = parse_text(raw.get("sync_interval"))
    covered = raw.get(PLAN_ANSWER)
    read["approved_plan"] = dict(covered) if isinstance(covered, Mapping) else None
    if raw.get(PACKAGE_ANSWER) is True:
        read = {"existing_package": True, **AFTER_A_PACKAGE, **read}
    return Answers(**read)
