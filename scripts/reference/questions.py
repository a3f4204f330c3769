"""docs/reference/questions.md and the table in README.md, from questions/*.yml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import jinja2
import planning
import yaml
from planning.answers.checks import shapes
from planning.plan import known_tables

from . import GENERATED, ROOT, Undescribed, table

STEPS = {
    "0_session": "The session",
    "1_request": "Understand the request",
    "2_challenge": "Challenge assumptions",
    "3_scope": "Define the scope",
    "4_risks": "Identify risks",
    "5_acceptance": "Define acceptance criteria",
    "6_plan": "The plan",
}
"""File in questions/ -> name of its step."""

FORMS = {
    "one of the choices": shapes.CHOICES,
    "any of the choices": shapes.VOCABULARY_LISTS,
    "any of the tables": shapes.TICKS - shapes.VOCABULARY_LISTS,
    "whole number": shapes.NUMBERS,
    "yes or no": shapes.FLAGS,
    "date, such as `2026-11-24`": shapes.DATES,
    "list of texts": shapes.TEXT_LISTS | {"dependencies"},
    "list of names or mappings": frozenset({"tables"}),
    "mapping": shapes.MAPPINGS,
    "list of mappings": shapes.STRUCTURES - shapes.MAPPINGS,
    "text": shapes.TEXTS,
}
"""What an answer looks like -> the questions of that shape; the first that holds counts."""

FULL = "in full sessions"
ASKED = {
    "to_ask(NAME)": "always",
    "new_plan()": "always, for a new plan: a plan keeps its name and place",
    "to_ask(NAME, depth='full')": FULL,
    "'oauth2' in auth_methods | string and to_ask(NAME, depth='full')": f"{FULL}, for OAuth",
    "test_environment not in ('unknown', 'none') and to_ask(NAME, depth='full')": (
        f"{FULL}, where there is one"
    ),
    "worth_asking(NAME) and to_ask(NAME)": "where tables leave it unsaid, and few enough to tick",
    "purpose == 'phase' and to_ask(NAME)": "for a new phase",
    "purpose == 'phase' and worth_asking(NAME) and to_ask(NAME)": (
        "for a new phase, where tables are few enough to tick"
    ),
    "recommendation in ('adopt', 'extend') and purpose != 'phase' and to_ask(NAME)": (
        "where the recommendation is `extend` or `adopt`, but for a new phase"
    ),
    "approvable()": "once there is a DESIGN.md that nothing blocks",
    "approved and to_ask(NAME)": "once approved",
    "answers_hold()": "never: a draft brings it",
}
"""The `ask` of a question -> the same in words; NAME is the name of the question. In an update a
question is asked again only while it is open."""

CATALOGUE = "what the catalogue of existing connectors says"
KNOWN = "what is known of the source, else empty"
DEFAULTS = {
    "'phase' if package_here() else 'new'": (
        "`new`; at a prompt `phase` where the connector stands there without a plan"
    ),
    "in_force(NAME)": (
        "`build`; `extend` for a phase of a connector that stood there without a plan"
    ),
    "default_layout()": "`upstream` where its tree is found, else `standalone`",
    "proposed('source_name')": "made from `connector`",
    "proposed('managed_connector')": CATALOGUE,
    "proposed('community_connector')": CATALOGUE,
    "proposed('third_party_connectors') or ''": CATALOGUE,
    "proposed('federation_fit')": "`unknown` for a database, else `no`",
    "UNSET if reason_needed() else ''": "empty; none against the evidence",
    "ticked_known_tables() or (UNSET if needs_tables() else '')": (
        "known tables that were ticked; else none, and empty where nothing gets built"
    ),
    "proposed('connection_parameters') or ''": (
        "what the address of the source is known to need, else empty"
    ),
    "proposed('table_options') or ''": "`max_records_per_batch` where a table is incremental",
    "proposed('features')": (
        "what follows from tables, volumes, limits, fields and the type of source"
    ),
    "proposed(NAME) or ''": KNOWN,
    "proposed(NAME) or []": KNOWN,
    "proposed(NAME) or 'unknown'": "what is known of the source, else `unknown`",
    "surviving(NAME, UNSET)": "all of them",
    "surviving(NAME)": "none of them",
    "today()": "the day of the session",
}
"""A computed `default` -> the same in words, those that name a question first. It is a proposal:
nothing is recorded of it."""

NOT_SHOWN = {"page_size": KNOWN, "phase": "the next phase, as far as that is known; else `1`"}
"""Question -> its default, of numbers that a prompt shows beside where they are typed."""


@dataclass(frozen=True)
class Question:
    """One question as it stands in its file."""

    name: str
    step: str
    settings: dict[str, Any]

    @property
    def example(self) -> str:
        """The example that stands in a line of its own in its help, '' where there is none."""
        found = re.search(r"^Such as: (.+)$", self.help, re.MULTILINE)
        return found[1] if found else ""

    @property
    def asked(self) -> str:
        """When it is asked, in words."""
        return _in_words(ASKED, self, "ask")

    @property
    def default(self) -> str:
        """Its default, in words."""
        if "default" not in self.settings:
            return "none: it must be answered"
        if self.name in NOT_SHOWN:
            return NOT_SHOWN[self.name]
        value = self.settings["default"]
        if isinstance(value, str) and "{{" in value:
            return _in_words(DEFAULTS, self, "default")
        if value in ("", []):
            return "empty"
        return f"`{str(value).lower() if isinstance(value, bool) else value}`"

    @property
    def form(self) -> str:
        """What an answer looks like."""
        for form, names in FORMS.items():
            if self.name in names:
                return form
        raise Undescribed(f"{self.name} has no shape: extensions/planning/answers/checks/shapes.py")

    @property
    def help(self) -> str:
        """The help without its first line, which names the step."""
        environment = jinja2.Environment(
            trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
        )
        environment.filters.update(planning.FILTERS)
        text = environment.from_string(self.settings["help"]).render(
            source_name="the source",
            evidence=tuple,
            reason_needed=lambda: False,
            known_of=lambda: True,
            ticked_known_tables=str,
            step=lambda number, question: "",
            proposed_by=lambda question: "",
            standing=lambda question: planning.proposals.standing(question, None, None),
            delivered=str,
        )
        return text.partition("\n")[2].strip()

    @property
    def choices(self) -> dict[str, str]:
        """The value that is recorded -> what the session shows."""
        choices = self.settings.get("choices", {})
        if not isinstance(choices, dict):
            return {}
        return {  # one that is not always offered has more to it than its value
            one["value"] if isinstance(one, dict) else one: label for label, one in choices.items()
        }


def questions() -> Iterator[Question]:
    """Every question in the order of the session."""
    for step in STEPS:
        text = (ROOT / "questions" / f"{step}.yml").read_text(encoding="utf-8")
        for name, settings in yaml.safe_load(text).items():
            if name != known_tables.QUESTION:  # which ticks names for another question
                yield Question(name, step, settings)


def page() -> str:
    """docs/reference/questions.md."""
    parts = [
        f"{GENERATED}# Questions\n\n"
        "Every question of the session, with the name it has in a plan file and in\n"
        "`.copier-answers.yml`. A list may be given as a YAML list or as one text with commas.\n"
        "An empty answer means *not known yet*.\n"
    ]
    for step, title in STEPS.items():
        parts.append(f"\n## Step {step[0]} · {title}\n")
        parts += [_section(one) for one in questions() if one.step == step]
    return "".join(parts)


def at_a_glance() -> str:
    """The table of README.md: the names of a step, those of full sessions apart."""
    rows = []
    for step, title in STEPS.items():
        own = [one for one in questions() if one.step == step]
        full = [f"`{one.name}`" for one in own if one.asked.startswith(FULL)]
        always = [f"`{one.name}`" for one in own if not one.asked.startswith(FULL)]
        rows.append((f"{step[0]} · {title}", ", ".join(always), ", ".join(full)))
    return table(("Step", "Always asked, where it applies", "Asked with `depth: full`"), rows)


def _section(one: Question) -> str:
    lines = [
        f"\n### `{one.name}`\n\n```text\n{one.help}\n```\n\n",
        f"- Answer: {one.form}\n- Asked: {one.asked}\n- Default: {one.default}\n",
    ]
    if one.choices:
        rows = [(f"`{value}`", label) for value, label in one.choices.items()]
        lines.append("\n" + table(("Choice", "Meaning"), rows))
    return "".join(lines)


def _in_words(words: dict[str, str], question: Question, setting: str) -> str:
    """A setting that is computed, in words: those of this question, else those of any."""
    expression = str(question.settings.get(setting, ""))
    own = expression.removeprefix("{{ ").removesuffix(" }}")
    meaning = words.get(own) or words.get(own.replace(f"('{question.name}'", "(NAME"))
    if meaning:
        return meaning
    raise Undescribed(
        f"`{setting}` of {question.name} is {expression}: put it into words in "
        "scripts/reference/questions.py"
    )
