"""schemas/plan.schema.json: what an editor, a portal or a script knows of a plan file.

Titles, descriptions, choices and defaults come from questions/; the keys of structured answers,
the names of risks and what is reserved come from extensions/planning/. The schema knows each
answer by itself; what is wrong because of another answer, scripts/check_plan.py knows.
"""

from __future__ import annotations

import keyword
from pathlib import Path
from typing import Any

import yaml
from planning.answers.checks import connector_name, shapes
from planning.answers.identifiers import MAX_NAME_LENGTH
from planning.answers.table_facts import FACTS
from planning.plan.risks import RULES
from planning.terms import vocabulary as words
from planning.terms.values import OneOf, parse_duration, parse_whole_number, read_flag

from . import as_json
from .questions import Question, questions

TABLE_NAME = "^[A-Za-z_][A-Za-z0-9_]*$"

ACRONYMS = {"api", "cdc", "p0", "p1", "url"}

Schema = dict[str, Any]

WORDS: Schema = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text(encoding="utf-8"))

TEXT: Schema = {"type": ["string", "null"]}
FLAG: Schema = {"type": ["boolean", "string", "null"]}
COUNT: Schema = {
    "type": ["integer", "string", "null"],
    "minimum": 0,
    "pattern": r"^\s*\d[\d_,]*(\.\d+)?\s*[kKmMbB]?\s*$",
}


def schema() -> Schema:
    """The whole schema, draft 2020-12."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Plan of a Lakeflow Community Connector",
        "description": (
            "Answers to the planning session, for copier copy --data-file. Every answer may be "
            "left out or empty: not known yet. Lists and mappings may be given as one text, too."
        ),
        "type": "object",
        "additionalProperties": False,
        "properties": {one.name: _property(one) for one in questions()},
        "$defs": {name: _object(name) for name in WORDS["structures"]}
        | {"decision_on_risk": _decisions()},
    }


def _property(question: Question) -> Schema:
    known: Schema = {"title": _title(question.name), "description": question.help}
    if (default := _fixed_default(question)) is not None:
        known["default"] = default
    else:
        known["description"] += f"\nDefault: {question.default}."
    if question.name in WORDS["examples"]:
        known["examples"] = WORDS["examples"][question.name]
    elif question.example:
        known["examples"] = [question.example]
    return known | _shape(question)


def _title(name: str) -> str:
    first, *rest = (part.upper() if part in ACRONYMS else part for part in name.split("_"))
    return " ".join((first[:1].upper() + first[1:], *rest))


def _fixed_default(question: Question) -> Any:
    """The default that is the same for every plan; None where there is none or it is worked out."""
    default = question.settings.get("default")
    if isinstance(default, str) and "{{" in default:
        return None
    if default == "" and question.name in shapes.NUMBERS:
        return None  # nothing is typed before: what is typed would go on from it
    if default == "" and question.name not in shapes.TEXTS:
        return {} if question.name in shapes.MAPPINGS else []
    return default


def _shape(question: Question) -> Schema:
    """The types of an answer. Each lists them in one `type`: editors explain that best."""
    name = question.name
    if name in SHAPES:
        return SHAPES[name]
    if name in shapes.STRUCTURES:
        return _list({"$ref": f"#/$defs/{name}"})
    if name in shapes.CHOICES:
        return _enum(question.choices, nothing=True)
    if name in shapes.VOCABULARY_LISTS:
        return _list(_enum(question.choices))
    if name in shapes.TICKS:
        return _list({"type": "string", "pattern": TABLE_NAME})
    if name in shapes.NUMBERS:
        return COUNT
    if name in shapes.FLAGS:
        return FLAG
    if name in shapes.DATES:
        return {**TEXT, "pattern": r"^(\d{4}-\d{2}-\d{2})?$"}
    return _list({"type": ["string", "number"]}) if name in shapes.LISTS else TEXT


def _enum(choices: dict[str, str], *, nothing: bool = False) -> Schema:
    """Choices with what each means. `nothing` says that an empty answer is one, too."""
    said = {**choices, None: "Not answered."} if nothing else choices
    kind = TEXT["type"] if nothing else "string"
    return {"type": kind, "enum": [*said], "enumDescriptions": [*said.values()]}


def _list(items: Schema) -> Schema:
    return {"type": ["array", "string", "null"], "items": items}


def _mapping(values: Schema) -> Schema:
    return {"type": ["object", "string", "null"], "additionalProperties": values}


def _taken_by(read: Any) -> Schema:
    """What a reader of a table's facts takes."""
    if isinstance(read, OneOf):
        return _enum(read.words, nothing=True)
    duration = {"type": ["string", "integer", "null"]}
    kinds = {parse_whole_number: COUNT, read_flag: FLAG, parse_duration: duration}
    return kinds.get(read, TEXT)


RESERVED = {*keyword.kwlist, *connector_name.UPSTREAM_NAMES, *connector_name.WINDOWS_DEVICES}

SHAPES: dict[str, Schema] = {
    "connector": {
        "type": "string",
        "pattern": "^[a-z][a-z0-9_]*$",
        "maxLength": connector_name.LONGEST,
        "not": {"enum": sorted(filter(str.islower, RESERVED))},
    },
    "docs_url": {**TEXT, "pattern": r"^(https?://\S+)?$"},
    "tables": _list({"$ref": "#/$defs/table"}),
    "table_details": {
        **_mapping({"$ref": "#/$defs/table_details"}),
        "propertyNames": {"pattern": TABLE_NAME},
    },
    "oauth": {"$ref": "#/$defs/oauth"},
    "unconfirmed": _mapping({"type": "string"}),
    "risk_decisions": {"$ref": "#/$defs/decision_on_risk"},
    "out_of_scope": {
        "type": ["object", "array", "string", "null"],
        "additionalProperties": TEXT,
        "items": {"type": ["string", "object"], "additionalProperties": TEXT, "maxProperties": 1},
    },
}
"""Answers of a shape of their own."""

KEY_SHAPES: dict[str, Schema] = {
    "ingestion": _enum(words.INGESTION_TYPES, nothing=True),
    "priority": _enum(words.PRIORITIES, nothing=True),
    "rows": COUNT,
    "rows_per_day": COUNT,
    "primary_keys": _list({"type": "string"}),
    "options": _list({"type": "string"}),
    "deliverables": _list({"type": ["string", "number"]}),
    "required": FLAG,
    "secret": FLAG,
    "likelihood": _enum(WORDS["likelihoods"], nothing=True),
    "impact": _enum(WORDS["impacts"], nothing=True),
    "status": _enum(words.DECISION_STATUSES, nothing=True),
    **{key: _taken_by(one.read) for key, one in FACTS.items()},
    "scopes": _list({"type": "string"}),
    "pkce": FLAG,
    "client_in": _enum(words.CLIENT_IN, nothing=True),
    "extra_parameters": {"type": ["object", "null"]},
    "flow": _enum(words.OAUTH_FLOWS, nothing=True),
}
"""Keys of structured answers that are more than a text."""


def _object(name: str) -> Schema:
    """The mapping that one item of a structured answer is."""
    described = WORDS["structures"][name]
    keys = described["keys"]
    if name in ("table", "table_details"):
        facts = {key: (one.about, one.example) for key, one in FACTS.items()}
        keys = {**keys, **WORDS["structures"]["table_details"]["keys"], **facts}
    properties = {
        key: {
            "title": _title(key),
            "description": meaning,
            "examples": [example],
            **KEY_SHAPES.get(key, TEXT),
        }
        for key, (meaning, example) in keys.items()
    }
    found: Schema = {
        "type": "object",
        "title": described["title"],
        "properties": properties,
        "additionalProperties": False,
    }
    if needed := described.get("required"):
        found["required"] = [needed]
        properties[needed]["type"] = "string"
    if name == "oauth":
        found["type"] = ["object", "string", "null"]
    if name == "table":
        # An item is a name or a mapping.
        found |= {"type": ["object", "string"], "pattern": TABLE_NAME, "maxLength": MAX_NAME_LENGTH}
        properties["name"] |= {"pattern": TABLE_NAME, "maxLength": MAX_NAME_LENGTH}
    return found


def _decisions() -> Schema:
    """Decisions by risk: every risk a rule can find, and those people add by hand."""
    decision = {"$ref": "#/$defs/risk_decisions"}
    rules = sorted(RULES, key=lambda rule: rule.id)
    return {
        "type": ["object", "string", "null"],
        "properties": {rule.id: {"title": rule.title, **decision} for rule in rules},
        "patternProperties": {"^extra-": decision},
        "additionalProperties": False,
    }


def page() -> str:
    """schemas/plan.schema.json."""
    return as_json(schema()) + "\n"
