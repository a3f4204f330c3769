"""The pages that are written from the code say what the code says."""

from __future__ import annotations

import sys

import pytest
from projects import ROOT

sys.path.append(str(ROOT / "scripts"))

import write_reference
from reference import Undescribed, files, questions


def test_no_page_has_drifted_from_what_it_describes() -> None:
    stale = write_reference.out_of_date()
    assert not stale, f"run python scripts/write_reference.py: {stale}"


def test_a_new_file_without_words_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(files.CONTENT, "<package>/DESIGN.md")
    with pytest.raises(Undescribed, match=r"<package>/DESIGN\.md: say in scripts/reference"):
        files.page()


def test_words_for_a_file_that_is_gone_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(files.CONTENT, "<package>/notes.md", "Notes.")
    with pytest.raises(Undescribed, match=r"describes what is gone: \['<package>/notes\.md'\]"):
        files.page()


def test_a_computed_default_without_words_is_named() -> None:
    new = questions.Question("owner", "6_plan", {"default": "{{ somebody() }}"})
    with pytest.raises(Undescribed, match=r"`default` of owner is \{\{ somebody\(\) \}\}"):
        _ = new.default
