"""The question files: in the order of the session, in the words of the field, and short."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from planning.answers.checks import QUESTIONS, refusal
from planning.answers.reading import READERS
from planning.answers.table_facts import FACTS
from planning.plan import known_tables
from planning.terms.values import OneOf, SomeOf

FOLDER = Path(__file__).resolve().parents[3] / "questions"
STEPS = tuple(file.stem for file in sorted(FOLDER.glob("[0-9]_*.yml")))
FILES: dict[str, dict[str, dict[str, Any]]] = {
    name: yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8")) for name in STEPS
}
ASKED = {
    question: fields
    for file in FILES.values()
    for question, fields in file.items()
    if question != known_tables.QUESTION
}
"""The questions whose answers make a plan; the one left out ticks names for another."""

WORDS = {
    question: reader.words
    for question, reader in READERS.items()
    if isinstance(reader, (OneOf, SomeOf))
}

ONLY_IN_FULL = {
    "analytics",
    "change_frequency",
    "federation_fit",
    "alternatives_considered",
    "future_auth_methods",
    "auth_environments",
    "connection_parameters",
    "table_options",
    "oauth",
    "earliest",
    "features",
    "pagination",
    "page_end",
    "answer_traits",
    "pagination_limit",
    "request_timeout_seconds",
    "api_version",
    "api_end_of_life",
    "auth_traits",
    "schema_changes",
    "test_environment_name",
    "dependencies",
    "extra_risks",
    "risk_decisions",
    "phases",
    "created",
    "owner",
}
"""The questions that a first plan can do without."""


def test_the_questions_are_asked_in_the_order_of_the_session() -> None:
    assert tuple(ASKED) == QUESTIONS


def test_features_are_asked_for_after_all_that_they_follow_from() -> None:
    order = list(ASKED).index
    sources = ("tables", "table_details", "rate_limit", "page_size", "pagination", "schema_kind")
    assert max(map(order, (*sources, "pagination_limit"))) < order("features")


OFFERED = {
    question: {
        choice["value"] if isinstance(choice, dict) else choice: sentence
        for sentence, choice in fields["choices"].items()
    }
    for question, fields in ASKED.items()
    if isinstance(fields.get("choices"), dict)
}


def test_choices_are_offered_in_the_words_of_the_vocabulary() -> None:
    assert OFFERED.keys() == WORDS.keys()
    for question, words in WORDS.items():
        offered = OFFERED[question]
        assert (offered if isinstance(words, dict) else tuple(offered)) == words


def test_the_help_names_every_key_of_a_table() -> None:
    words = re.findall(r"[a-z_]+", ASKED["table_details"]["help"])
    assert set(FACTS) <= set(words)


def test_a_short_session_asks_only_what_is_essential() -> None:
    left_out = {name for name, fields in ASKED.items() if "depth=" in str(fields.get("ask"))}
    assert left_out == ONLY_IN_FULL


def test_no_question_but_the_first_can_lose_its_answer_to_a_condition() -> None:
    assert [name for name, fields in ASKED.items() if "when" in fields] == ["connector"]


@pytest.mark.parametrize("file", STEPS)
def test_every_question_says_where_in_the_session_one_is(file: str) -> None:
    for question, fields in FILES[file].items():
        assert fields["help"].startswith(f"{{{{ step({file[0]}, '{question}') }}}}\n"), question


@pytest.mark.parametrize("question", ASKED)
def test_a_help_text_fits_a_terminal_of_eighty_columns(question: str) -> None:
    lines = [line for line in ASKED[question]["help"].splitlines() if "{%" not in line]
    assert max(map(len, lines)) <= 78
    assert len(lines) <= 12


def test_every_choice_fits_a_terminal_of_eighty_columns() -> None:
    assert all(len(sentence) <= 74 for offered in OFFERED.values() for sentence in offered.values())


@pytest.mark.parametrize("question", ASKED)
def test_whatever_is_typed_is_checked(question: str) -> None:
    fields = ASKED[question]
    chosen = "choices" in fields or fields["type"] == "bool"
    assert chosen or f"refusal('{question}'" in fields["validator"]


@pytest.mark.parametrize("question", ASKED)
def test_a_fixed_default_and_an_example_pass_their_own_check(question: str) -> None:
    fields = ASKED[question]
    default = fields.get("default", "")
    if question != "connector" and not (isinstance(default, str) and "{{" in default):
        assert refusal(default, question) == ""
    if example := re.search(r"^Such as: (.+)$", fields["help"], re.MULTILINE):
        assert refusal(example[1], question) == ""
    assert "placeholder" not in fields, "grey on the screen, it looks like an answer"


@pytest.mark.parametrize(
    "question", [name for name, fields in ASKED.items() if "\n  - " in fields["help"]]
)
def test_the_example_in_a_help_text_is_a_good_answer(question: str) -> None:
    lines = ASKED[question]["help"].splitlines()
    example = "\n".join(line for line in lines if line.startswith("  "))
    if "{{" not in example:
        assert refusal(yaml.safe_load(example), question) == ""


@pytest.mark.parametrize("question", ["table_details", "oauth", "risk_decisions"])
def test_the_example_of_a_mapping_is_a_good_answer(question: str) -> None:
    lines = ASKED[question]["help"].splitlines()
    example = yaml.safe_load("\n".join(line for line in lines if line.startswith("  ")))
    assert isinstance(example, dict)
    assert refusal(example, question) == ""
