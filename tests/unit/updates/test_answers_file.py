"""The answers file holds what was answered, written as Copier's own filter writes it."""

from __future__ import annotations

from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st
from jinja2_ansible_filters.core_filters import to_nice_yaml
from planning.updates.answers_file import NEXT_LINE, dumped

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.sampled_from(
    ["cdc", "no", "1.10", "a: b", "# a", "a\nb", f"a{NEXT_LINE}b", "\U0001f600", "a " * 60]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)
ANSWERS = st.dictionaries(st.from_regex(r"[a-z][a-z_]{0,8}", fullmatch=True), VALUES, max_size=5)


@given(ANSWERS)
def test_what_is_written_is_read_back(answers: dict[str, Any]) -> None:
    assert yaml.safe_load(dumped(answers)) == answers


@given(ANSWERS)
def test_reads_as_copier_writes_it(answers: dict[str, Any]) -> None:
    by_question = dict(sorted(answers.items()))
    copiers = to_nice_yaml(by_question, sort_keys=False)
    assert dumped(answers) == copiers or NEXT_LINE in copiers


def test_questions_are_sorted_and_lists_are_not() -> None:
    assert dumped({"b": ["z", "a"], "a": {"z": 1, "a": 2}}) == (
        "a:\n    z: 1\n    a: 2\nb:\n- z\n- a\n"
    )
