"""What people do to a DESIGN.md survives every new rendering of it."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from planning.updates.design_merge import merge

SECTIONS = ("overview", "scope", "risks", "acceptance-criteria", "checklist")

Boxes = dict[str, bool | None]
"""Id to tick: by nobody (False), by the plan (True), or a person's to tick (None)."""


def design(boxes: Boxes | None = None, sections: Iterable[str] = SECTIONS, limit: int = 700) -> str:
    """A document in the form that the template renders."""
    lines = ["# Acme Connector - Design Document", ""]
    for number, section in enumerate(sections, 1):
        lines += [f"## {number}. The {section}", "", f"At most {limit} requests a minute.", ""]
        if section == "risks":
            lines += ["| Risk | Likelihood |", "| --- | --- |", f"| Over {limit} | High |", ""]
        for name, planned in (boxes or {}).items():
            if name.split("/")[0] == section:
                mark, plan = ("x", ", plan") if planned else (" ", "")
                lines.append(f"- [{mark}] <!-- id: {name}{plan} --> Holds for {name}.")
        lines += ["", f"<!-- notes: {section} -->", "", f"<!-- end of notes: {section} -->", ""]
    return "\n".join(lines)


def ticked(text: str, name: str, mark: str = "x") -> str:
    done, count = re.subn(rf"\[[ xX]\](?= <!-- id: {re.escape(name)}[ ,])", f"[{mark}]", text)
    assert count, f"{name} has no box"
    return done


def is_ticked(text: str, name: str) -> bool:
    found = re.search(rf"\[([ xX])\] <!-- id: {re.escape(name)}[ ,]", text)
    assert found, f"{name} has no box"
    return found[1] in "xX"


def noted(text: str, section: str, note: str) -> str:
    empty = f"<!-- notes: {section} -->\n\n<!-- end"
    assert empty in text
    return text.replace(empty, f"<!-- notes: {section} -->\n{note}\n<!-- end")


def note_of(text: str, section: str) -> str:
    """What stands between the first opening and the last closing marker of a section."""
    start = text.index(f"<!-- notes: {section} -->") + len(f"<!-- notes: {section} -->")
    return text[start : text.rindex(f"<!-- end of notes: {section} -->")].strip("\n")


CRITERIA: Boxes = {f"acceptance-criteria/{name}": None for name in ("rate-limit", "keys", "schema")}


@pytest.mark.parametrize(
    "before",
    [
        "~~Waits.~~ ",
        "\N{WHITE HEAVY CHECK MARK} ",
        "(#123) ",
        "**done** by Ada, ",
        "[#7](../pull/7) ",
    ],
)
def test_a_tick_stays_where_people_write_between_it_and_its_id(before: str) -> None:
    boxes: Boxes = {**CRITERIA, "acceptance-criteria/resumes": None}
    edited = design(CRITERIA).replace(
        "- [ ] <!-- id: acceptance-criteria/keys",
        f"- [x] {before}<!-- id: acceptance-criteria/keys",
    )
    merged = merge(design(boxes, limit=500), edited)
    assert is_ticked(merged.text, "acceptance-criteria/keys")
    assert not is_ticked(merged.text, "acceptance-criteria/rate-limit")
    assert merged.fates == ()


def test_ticks_stay_where_lines_come_and_go_around_them() -> None:
    edited = ticked(design(CRITERIA), "acceptance-criteria/keys")
    grown: Boxes = {
        "acceptance-criteria/before": None,
        "acceptance-criteria/keys": None,
        "acceptance-criteria/after": None,
    }
    merged = merge(design(grown), edited)
    assert merged.text == ticked(design(grown), "acceptance-criteria/keys")
    assert merged.fates == ()


def test_a_tick_follows_its_line_to_another_section() -> None:
    edited = design(CRITERIA).replace("[ ]", "[x]", 1)
    fresh = design({"checklist/x": None}).replace("checklist/x", "acceptance-criteria/rate-limit")
    assert is_ticked(merge(fresh, edited).text, "acceptance-criteria/rate-limit")


def test_the_fate_of_a_tick_without_a_line_is_told() -> None:
    edited = ticked(design(CRITERIA), "acceptance-criteria/keys")
    merged = merge(design({}), edited)
    assert merged.text == design({})
    assert merged.fates == ("`acceptance-criteria/keys` was ticked and is no longer in the plan",)


def test_a_ticked_line_that_says_something_else_now_is_told() -> None:
    edited = ticked(design(CRITERIA), "acceptance-criteria/keys")
    merged = merge(design(CRITERIA).replace("Holds for", "Holds twice for"), edited)
    assert is_ticked(merged.text, "acceptance-criteria/keys")
    assert len(merged.fates) == 1
    assert "its wording changed" in merged.fates[0]


def test_another_column_is_another_wording_and_another_emphasis_is_not() -> None:
    name = "acceptance-criteria/keys"
    edited = ticked(design({name: None}), name).replace("Holds for", "Has `meta.at` and *is* in")
    for now, told in (("Has `metaat` and *is* in", 1), ("Has `meta.at` and _is_ in", 0)):
        fresh = design({name: None}).replace("Holds for", now)
        assert len(merge(fresh, edited).fates) == told


def test_a_tick_of_the_plan_goes_when_the_plan_takes_it_back() -> None:
    fresh = design({"checklist/scope": False})
    assert merge(fresh, design({"checklist/scope": True})).text == fresh


def test_a_line_the_plan_ticks_cannot_be_unticked() -> None:
    fresh = design({"checklist/scope": True})
    assert merge(fresh, ticked(fresh, "checklist/scope", " ")).text == fresh


@pytest.mark.parametrize("formatted", [("[x]", "[X]"), ("[X]", "[x]"), ("- [", "* [")])
def test_a_tick_by_hand_outlives_one_by_the_plan_and_a_formatter(
    formatted: tuple[str, str],
) -> None:
    by_hand = ticked(design({"checklist/scope": False}), "checklist/scope")
    by_both = merge(design({"checklist/scope": True}), by_hand.replace(*formatted)).text
    again = merge(design({"checklist/scope": True}), by_both.replace(*formatted)).text
    assert is_ticked(merge(design({"checklist/scope": False}), again).text, "checklist/scope")


def test_a_tick_by_hand_outlives_one_by_the_plan() -> None:
    by_hand = ticked(design({"checklist/scope": False}), "checklist/scope")
    by_both = merge(design({"checklist/scope": True}), by_hand).text
    again = merge(design({"checklist/scope": True}), by_both).text
    assert again == by_both
    assert is_ticked(merge(design({"checklist/scope": False}), again).text, "checklist/scope")


def test_notes_stay_where_the_section_around_them_changes() -> None:
    note = "We asked the vendor.\n\n- 2026-01-03: *no answer*\n\n| a | b |\n| - | - |"
    merged = merge(design(CRITERIA, limit=10), noted(design(limit=700), "risks", note))
    assert merged.text == noted(design(CRITERIA, limit=10), "risks", note)


def test_notes_of_a_vanished_section_stand_at_the_end_until_it_is_back() -> None:
    edited = noted(design(), "scope", "No attachments.")
    short = design(sections=("overview", "risks"))
    gone = merge(short, edited)
    assert gone.text.startswith(short)
    assert note_of(gone.text, "scope") == "No attachments."
    assert "`scope`" in gone.fates[0]
    assert merge(short, gone.text).text == gone.text
    assert merge(design(), gone.text).text == edited


def test_a_lost_closing_marker_costs_no_note_and_takes_nothing_of_the_plan() -> None:
    edited = noted(design(CRITERIA), "scope", "No attachments.")
    edited = edited.replace("<!-- end of notes: scope -->\n", "")
    fresh = design(CRITERIA, limit=10)
    assert note_of(merge(fresh, edited).text, "scope") == "No attachments."
    assert merge(fresh, edited).text.count("\n## ") == fresh.count("\n## ")


def test_a_block_that_is_left_open_ends_at_the_next_marker_or_with_the_text() -> None:
    start = "<!-- notes: scope -->\nmine\n"
    followed = f"{start}<!-- notes: risks -->\nours\n<!-- end of notes: risks -->\n"
    merged = merge(design(), followed).text
    assert note_of(merged, "scope") == "mine"
    assert note_of(merged, "risks") == "ours"
    assert note_of(merge(design(), start).text, "scope") == "mine"
    closed = f"{start}<!-- end of notes: scope -->\n<!-- notes: risks -->\nlast\n"
    assert note_of(merge(design(), closed).text, "risks") == "last"


def test_a_block_that_is_left_open_ends_before_the_next_section_of_the_plan() -> None:
    edited = noted(design(), "overview", "mine").replace("<!-- end of notes: overview -->\n", "")
    assert note_of(merge(design(), edited).text, "overview").strip() == "mine"


def test_notes_that_lost_their_section_have_the_line_ends_of_the_document() -> None:
    edited = noted(design(), "scope", "mine").replace("\n", "\r\n")
    text = merge(design(sections=SECTIONS[:1]), edited).text
    assert "at the end" not in text
    assert "\r\nNotes of a section that this document no longer has (`scope`):\r\n\r\n" in text
    assert "\n" not in text.replace("\r\n", "")


def test_a_lost_opening_marker_costs_no_note_and_takes_no_table() -> None:
    edited = noted(design(CRITERIA), "risks", "Ask the vendor.\n\nAnd again.")
    edited = edited.replace("<!-- notes: risks -->\n", "")
    text = merge(design(CRITERIA, limit=10), edited).text
    assert note_of(text, "risks") == "Ask the vendor.\n\nAnd again."
    assert "Over 700" not in text


def test_a_lost_opening_marker_takes_no_sentence_of_the_plan() -> None:
    edited = noted(design(), "scope", "No attachments.").replace("<!-- notes: scope -->\n", "")
    assert note_of(merge(design(), edited).text, "scope") == "No attachments."


@pytest.mark.parametrize(
    "lost",
    [
        ("<!-- notes: risks -->\n",),
        ("<!-- end of notes: risks -->\n",),
        ("<!-- notes: risks -->\n", "<!-- end of notes: risks -->\n"),
    ],
)
def test_a_lost_marker_is_told(lost: tuple[str, ...]) -> None:
    whole = noted(design(), "risks", "Ask the vendor.")
    edited = whole
    for marker in lost:
        edited = edited.replace(marker, "")
    (said,) = merge(design(limit=10), edited).fates
    assert said.startswith("a marker of the notes of `risks` was missing")
    assert merge(design(limit=10), whole).fates == ()


def test_a_section_that_is_new_has_lost_no_marker() -> None:
    assert merge(design(), design(sections=SECTIONS[:2])).fates == ()


def test_a_document_that_stands_there_twice_keeps_both_notes_and_nothing_else() -> None:
    twice = noted(design(), "scope", "one") + noted(noted(design(), "scope", "two"), "risks", "r")
    assert merge(design(), twice).text == noted(
        noted(design(), "scope", "one\n\ntwo"), "risks", "r"
    )
    assert merge(design(), twice + twice).text == merge(design(), twice).text


def test_a_line_that_stands_there_twice_is_told_of_once() -> None:
    edited = design(CRITERIA).replace("[ ]", "[x]", 1)
    assert len(merge(design({}), edited + edited).fates) == 1


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize(
    "note",
    [
        "<!-- end of notes: {section} -->\nmore",
        "<!-- end of notes: {section} -->\n\n## Not a section\n\nmore",
        "<!-- notes: risks -->\n\n## Not a section\n\n<!-- end of notes: {section} -->",
        "<!-- end of notes: {section} -->\n\n{heading}\n\n<!-- notes: risks -->",
        "{heading}\n\n<!-- end of notes: {section} -->\n\n{heading}",
        "<!-- notes: checklist -->\nx\n<!-- end of notes: checklist -->\n\n## Not a section",
        "<!-- end of notes: {section} -->\n## x\n<!-- notes: {section} -->",
    ],
)
def test_notes_may_speak_of_markers_and_headings(section: str, note: str) -> None:
    [heading] = re.findall(r"^## 3.*$", design(), re.MULTILINE)
    note = note.format(section=section, heading=heading)
    if note.startswith("<!-- end of notes: risks") and note.endswith("<!-- notes: risks -->"):
        return  # cannot be told from a section that stands there twice
    fresh = design(CRITERIA, limit=10)
    assert merge(fresh, noted(design(CRITERIA), section, note)).text == noted(fresh, section, note)


def test_a_single_line_end_of_another_kind_stays_as_it_is() -> None:
    edited = noted(design(), "risks", "pasted from elsewhere\r\nby hand")
    assert merge(design(), edited).text == edited


def test_many_line_ends_in_the_notes_turn_nothing_else() -> None:
    pasted = "\r\n".join(f"line {number}" for number in range(500))
    edited = noted(design(), "risks", pasted)
    assert merge(design(), edited).text == edited
    long = design().replace("\n", "\r\n")
    marker = "<!-- notes: risks -->\r\n"
    mixed = long.replace(marker, f"{marker}one\ntwo\r\n")
    assert merge(design(), mixed).text == mixed


@pytest.mark.parametrize(
    ("written", "reformatted"),
    [
        ("- [x] <!--", "* [X] <!--"),
        ("- [x] <!--", "- \\[x\\] <!--"),
        ("- [x] <!--", "-   [x]\n    <!--"),
        ("- [x] <!-- id: acceptance-criteria/keys -->", "- [x] <!--id:acceptance-criteria/keys-->"),
        ("| Risk | Likelihood |", "| Risk     | Likelihood |"),
        ("<!-- notes: risks -->\nOurs.\n", "<!-- notes: risks -->\n\nOurs.\n\n"),
        ("Holds for acceptance-criteria/keys.", "Holds for\n  acceptance-criteria/keys."),
    ],
)
def test_a_formatter_in_between_changes_nothing(written: str, reformatted: str) -> None:
    edited = ticked(noted(design(CRITERIA), "risks", "Ours."), "acceptance-criteria/keys")
    assert written in edited
    merged = merge(design(CRITERIA), edited.replace(written, reformatted))
    assert is_ticked(merged.text, "acceptance-criteria/keys")
    assert note_of(merged.text, "risks") == "Ours."
    assert merged.fates == ()
    assert merge(design(CRITERIA), merged.text) == merged


@pytest.mark.parametrize("fresh_ends", ["\n", "\r\n"])
@pytest.mark.parametrize("edited_ends", ["\n", "\r\n"])
def test_the_line_ends_stay_those_of_the_edited_file(fresh_ends: str, edited_ends: str) -> None:
    edited = ticked(noted(design(CRITERIA), "risks", "a\nb"), "acceptance-criteria/keys")
    fresh = design(CRITERIA).replace("\n", fresh_ends)
    assert merge(fresh, edited.replace("\n", edited_ends)).text == edited.replace("\n", edited_ends)


def test_an_empty_document_or_a_marker_alone_leaves_the_fresh_one() -> None:
    for edited in ("", " \n", "<!-- end of notes: scope -->"):
        assert merge(design(CRITERIA), edited).text == design(CRITERIA)


def test_a_document_that_no_plan_wrote_stays_as_it_is() -> None:
    theirs = "# Acme\r\n\n- [ ] <!-- id: criterion/rate-limit --> as we did it before\n"
    merged = merge(design(CRITERIA), theirs)
    assert merged.text == theirs
    assert "stays as it is" in merged.fates[0]


# Any history

names = st.sampled_from(
    [f"{section}/{name}" for section in SECTIONS for name in ("a", "a-b", "orders_2", "b")]
)
documents = st.builds(
    design,
    st.dictionaries(names, st.sampled_from([None, True, False])),
    st.just(SECTIONS),
    st.integers(1, 999),
)
markers = st.sampled_from(
    [
        *(f"<!-- notes: {section} -->" for section in SECTIONS),
        *(f"<!-- end of notes: {section} -->" for section in SECTIONS),
        "<!--",
        "-->",
        "- [x] <!-- id: scope/a --> done",
        "- [ ] <!-- id: risks/b -->",
        "## A heading",
        "```",
    ]
)
safe_text = st.text(st.characters(exclude_categories=["Cs"]))
note_texts = st.lists(safe_text | markers, max_size=6).map("\n".join)
notes = st.dictionaries(st.sampled_from(SECTIONS), note_texts)


@given(documents)
def test_without_an_edit_nothing_changes(document: str) -> None:
    assert merge(document, document).text == document


@given(documents, documents, notes, st.sets(names))
def test_ticks_and_notes_survive_any_change(
    old: str, fresh: str, written: dict[str, str], chosen: set[str]
) -> None:
    edited, expected = old, fresh
    for name in chosen:
        if f"[ ] <!-- id: {name} " not in old:
            continue
        edited = ticked(edited, name)
        if f"id: {name} " in fresh:
            expected = ticked(expected, name)
        elif f"id: {name}, plan " in fresh:
            expected = expected.replace(f"id: {name}, plan -->", f"id: {name}, plan and you -->")
    for section, note in written.items():
        if note.strip():
            edited, expected = noted(edited, section, note), noted(expected, section, note)
    merged = merge(fresh, edited)
    assert merged.text == expected
    assert merge(fresh, merged.text).text == expected


@given(documents, st.text())
def test_no_text_at_all_stops_a_merge(fresh: str, edited: str) -> None:
    assert merge(fresh, merge(fresh, edited).text).text == merge(fresh, edited).text
