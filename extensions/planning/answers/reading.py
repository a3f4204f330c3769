"""Reads the raw answers of a session into typed, normalised `Answers`.

Raw answers are what Copier hands over: from a terminal, a data file, or a form that gives every
answer as one text. Each question has one reader; reading the same answers twice gives the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from ..terms import vocabulary as words
from ..terms.near import unknown_key
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
from .identifiers import parse_option_name
from .limits import parse_limits
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

PARAMETER_KEYS = ("name", "required", "secret", "description", "auth_method")
EXTRA_RISK_KEYS = ("risk", "likelihood", "impact", "mitigation")
DECISION_KEYS = ("status", "mitigation", "owner", "note")
OAUTH_KEYS = OAuth._fields
PHASE_KEYS = ("name", "deliverables")


def read_out_of_scope(value: object) -> tuple[tuple[str, str], ...]:
    """What is left out and why, from a mapping or from texts such as `Audit logs - later`."""
    value = _structured(value)
    if isinstance(value, Mapping):
        return tuple((parse_text(what), parse_text(why)) for what, why in value.items())
    pairs = []
    for text in parse_list(value):
        what, _, why = text.partition(" - ") if " - " in text else text.partition(": ")
        pairs.append((what.strip(), why.strip()))
    return tuple(pairs)


def read_parameters(value: object) -> tuple[ConnectionParameter, ...]:
    """The parameters a connection needs beside those of its authentication methods."""
    return tuple(
        ConnectionParameter(
            name=parse_option_name(item["name"]),
            required=read_flag(item.get("required", True)),
            secret=read_flag(item.get("secret", False)),
            description=parse_text(item.get("description")),
            auth_method=_auth_method(item.get("auth_method")),
        )
        for item in _mappings(value, PARAMETER_KEYS, required="name")
    )


def _auth_method(value: object) -> str:
    return "" if is_empty(value) else str(OneOf(words.AUTH_METHODS)(value))


def read_oauth(value: object) -> OAuth:
    """What is known of the OAuth flow; keys with an empty value count as unsaid."""
    value = _structured(value)
    if is_empty(value):
        return OAuth()
    if not isinstance(value, Mapping):
        raise Refusal("is no mapping; write {token_url: https://acme.example.com/token}.")
    _known_keys(value, OAUTH_KEYS)
    read = {}
    for key, given in value.items():
        try:
            if not is_empty(given):
                read[key] = OAUTH_READERS[key](given)
        except Refusal as refusal:
            raise Refusal(f"{key} {refusal}") from None
    return OAuth(**read)


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

OAUTH_READERS: dict[str, Callable[[object], Any]] = {
    "authorization_url": _oauth_url,
    "token_url": _oauth_url,
    "scopes": parse_list,
    "pkce": read_flag,
    "client_in": OneOf(words.CLIENT_IN),
    "extra_parameters": _parameters_of_oauth,
    "flow": OneOf(words.OAUTH_FLOWS),
}


def read_extra_risks(value: object) -> tuple[ExtraRisk, ...]:
    """The risks a user adds by hand. A level that is not given counts as Medium."""
    level = OneOf(words.LEVELS)
    risks = []
    for item in _mappings(value, EXTRA_RISK_KEYS, required="risk"):
        text = parse_text(item["risk"])
        risks.append(
            ExtraRisk(
                id=f"extra-{id_from_text(text)}",
                risk=text,
                likelihood=level(item.get("likelihood") or "Medium"),
                impact=level(item.get("impact") or "Medium"),
                mitigation=parse_text(item.get("mitigation")),
            )
        )
    return tuple(risks)


def read_decisions(value: object, levels: object = None) -> dict[str, Decision]:
    """Decisions by risk id. `levels` is what an earlier session recorded about them.

    The recorded level counts only while the decision is the same: whoever decides anew decides
    about the risk as it is today.
    """
    value = _structured(value)
    if is_empty(value):
        return {}
    if not isinstance(value, Mapping):
        raise Refusal("is no mapping; write risk id: decision, such as x: {status: accepted}.")
    recorded = levels if isinstance(levels, Mapping) else {}
    status = OneOf(words.DECISION_STATUSES)
    decisions = {}
    for risk, given in value.items():
        if not isinstance(given, Mapping):
            raise Refusal(
                f'item "{risk}" is {shown(given)}; write a mapping such as {{status: accepted}}.'
            )
        try:
            _known_keys(given, DECISION_KEYS)
            read = {key: parse_text(given.get(key)) for key in DECISION_KEYS}
            read["status"] = status(given.get("status") or "open")
        except Refusal as refusal:
            raise Refusal(f'item "{risk}" {refusal}') from None
        before = recorded.get(risk)
        same = isinstance(before, Mapping) and all(
            parse_text(before.get(key)) == read[key] for key in DECISION_KEYS
        )
        level = parse_text(before.get("severity")) if same and before else ""
        decisions[str(risk)] = Decision(**read, severity=level)
    return decisions


def read_phases(value: object) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Phases as the user wrote them: name and deliverables."""
    return tuple(
        (parse_text(item["name"]), parse_list(item.get("deliverables")))
        for item in _mappings(value, PHASE_KEYS, required="name")
    )


def _structured(value: object) -> object:
    """A structured answer that came as one text, as forms give it, parsed; others as they are."""
    if not isinstance(value, str):
        return value
    one_pair = ": " in value and "," not in value
    return parse_yaml(value) if looks_structured(value) or one_pair else value


def _known_keys(item: Mapping[Any, Any], keys: tuple[str, ...]) -> None:
    for key in item:
        if key not in keys:
            raise Refusal(unknown_key(key, keys))


def _mappings(value: object, keys: tuple[str, ...], *, required: str) -> list[Mapping[str, Any]]:
    value = _structured(value)
    if is_empty(value):
        return []
    if not isinstance(value, (list, tuple)):
        raise Refusal(f"is no list; write a list of mappings with {', '.join(keys)}.")
    for position, item in enumerate(value, start=1):
        if not isinstance(item, Mapping):
            raise Refusal(
                f"item {position} is {shown(item)}; write a mapping with {', '.join(keys)}."
            )
        try:
            _known_keys(item, keys)
        except Refusal as refusal:
            raise Refusal(f"item {position} {refusal}") from None
        if is_empty(item.get(required)):
            raise Refusal(f"item {position} has no {required}; give one.")
    return list(value)


READERS: dict[str, Callable[[object], Any]] = {
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
    "table_options": lambda value: tuple(parse_option_name(item) for item in parse_list(value)),
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
