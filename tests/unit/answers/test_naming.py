"""Ids that follow from what a user wrote."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from planning.answers.naming import id_from_text


def test_an_id_repeats_the_words_that_tell_something() -> None:
    text = "The totals of a month are the same as in the bill"
    assert id_from_text(text).rpartition("-")[0] == "totals-month-same-bill"


def test_long_words_are_left_out_as_a_whole() -> None:
    text = "Incremental synchronisation organisation memberships notwithstanding interruptions"
    assert id_from_text(text).startswith("incremental-synchronisation-organisation-memberships-")
    assert id_from_text(text)[-7] == "-"


@pytest.mark.parametrize("beginning", ["x" * 90, "many words " * 20, "the of a", "über"])
def test_texts_that_begin_alike_have_different_ids(beginning: str) -> None:
    assert id_from_text(f"{beginning} one") != id_from_text(f"{beginning} two")


@given(st.text(max_size=300))
def test_an_id_is_short_and_plain_whatever_the_text(text: str) -> None:
    found = id_from_text(text)
    assert 4 <= len(found) <= 60
    assert all(part.isascii() and part.isalnum() for part in found.split("-"))


def test_texts_that_differ_in_signs_alone_have_different_ids() -> None:
    """The first four digits of these two are the same."""
    assert id_from_text("The totals agree !;,!!") != id_from_text("The totals agree --!?!")
