"""Any text in any place: what people wrote arrives, and structure stays what it was."""

from __future__ import annotations

import ast
import re

import pytest
import yaml as pyyaml
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from planning.terms import text

MARKUP = (
    *"|`*_~<>#$[]\\!&{}%-=+:.()\"' \n\t",
    *("{{ x }}", "{% raw %}", "%}", "---", "===", "```", "~~~", "<!--", "-->", "<b>", "</td>"),
    *("# ", "> ", "- ", "1. ", "- [ ] ", "\r\n", "\x00", "\x85", "\u2028", "\ud800", "&lt;"),
    *("[x]: y", "![a](b)", "`code`", "https://example.org/a_b?c=d&e=f.", "🦜", "é", "a", "B_c"),
)
texts = st.one_of(
    st.lists(st.sampled_from(MARKUP), max_size=30).map("".join),
    st.text(alphabet=st.characters(codec=None)),
)


def markdown() -> MarkdownIt:
    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


def shown(source: str) -> str:
    """The text a reader sees, with white space as single spaces."""
    words: list[str] = []
    for token in markdown().parse(source):
        for child in token.children or ():
            words.append(" " if child.type.endswith("break") else child.content)
        words.append(" ")
    return " ".join("".join(words).split())


def comparable(written: str) -> str:
    """A text without white space, backticks and what cannot be printed."""
    return re.sub(r"[`\s\u2400-\u2421\ufffd\x00-\x1f\x7f-\x9f\ud800-\udfff]+", "", written)


@given(texts)
def test_any_text_is_one_cell_and_shows_as_written(written: str) -> None:
    tokens = markdown().parse(f"| a | b |\n|---|---|\n| {text.cell(written)} | end |\n| 1 | 2 |\n")
    assert [token.type for token in tokens].count("td_open") == 4
    row = [token for token in tokens if token.type == "inline"][2]
    seen = "".join(c.content for c in row.children or () if c.type != "html_inline")
    assert comparable(seen) == comparable(written)


@given(texts)
def test_any_text_on_a_line_is_one_paragraph(written: str) -> None:
    source = text.line(written)
    assert "\n" not in source
    kinds = [token.type for token in markdown().parse(source)]
    assert kinds in ([], ["paragraph_open", "inline", "paragraph_close"])
    assert comparable(shown(source)) == comparable(written)


@given(texts)
def test_any_text_on_a_line_fits_a_heading_a_list_item_and_a_quotation(written: str) -> None:
    source = text.line(written)
    for before, expected_blocks in (("# ", 1), ("- ", 3), ("> ", 2), ("- [ ] ", 3)):
        opened = [
            token.type for token in markdown().parse(f"{before}x {source}") if token.nesting == 1
        ]
        assert len(opened) == expected_blocks, (before, opened)
        if before != "- [ ] ":
            opened = [t.type for t in markdown().parse(before + source) if t.nesting == 1]
            assert len(opened) <= expected_blocks, (before, opened)


@given(texts)
def test_prose_holds_paragraphs_and_lists_and_nothing_else(written: str) -> None:
    source = text.prose(written)
    allowed = {"paragraph", "bullet_list", "ordered_list", "list_item"}
    opened = {t.type.removesuffix("_open") for t in markdown().parse(source) if t.nesting == 1}
    assert opened <= allowed
    blocks = {t.type for t in markdown().parse(source) if t.nesting == 0}
    assert blocks <= {"inline"}


@given(texts)
def test_no_comment_begins_and_nothing_follows_a_text_into_it(written: str) -> None:
    for made in (text.cell(written), text.line(written), text.prose(written)):
        assert "<!--" not in made
        assert shown(f"{made}\n\n## After\n").endswith("After")


@given(texts)
def test_a_text_in_prose_leaves_no_conflict_marker_at_the_start_of_a_line(written: str) -> None:
    for begin in text.prose("<<<<<<< a\n=======\n>>>>>>> b\n" + written).split("\n")[:3]:
        assert not begin.startswith(("<<<<", "====", ">>>>"))


def test_a_list_and_a_paragraph_keep_their_shape_in_prose() -> None:
    assert text.prose("Two things:\n\n- one\n- two\n\n\n\nDone.") == (
        "Two things:\n\n- one\n- two\n\nDone."
    )


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("order_items and __init__", r"order_items and \_\_init\_\_"),
        ("reads `updated_at` only", "reads `updated_at` only"),
        ("see https://example.org/a_b.", "see <https://example.org/a_b>."),
        ("C# and #1, -5 degrees", "C# and #1, -5 degrees"),
        ("costs $5", r"costs \$5"),
        ("AT&T", "AT&T"),
        ("a | b", r"a \| b"),
        ("# not a heading", r"\# not a heading"),
        ("1. not a list", r"1\. not a list"),
        ("first\nsecond", "first second"),
    ],
)
def test_a_line_is_escaped_no_more_than_needed(written: str, printed: str) -> None:
    assert text.line(written) == printed


def test_a_cell_keeps_line_ends_as_breaks() -> None:
    assert text.cell("first\n\nsecond\r\nthird") == "first<br>second<br>third"


def test_ten_thousand_characters_stay_whole() -> None:
    long = "`a|" * 3334
    assert comparable(shown(text.line(long))) == comparable(long)


values = st.recursive(
    st.one_of(texts, st.integers(), st.booleans(), st.none()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.lists(inner, max_size=4).map(tuple),
        st.dictionaries(texts, inner, max_size=4),
    ),
    max_leaves=20,
)


@given(values, st.booleans())
def test_any_value_is_a_python_literal_in_ascii(value: object, rows: bool) -> None:
    literal = text.py(value, rows=rows)
    assert literal.isascii()
    assert ast.literal_eval(literal) == value


@given(texts)
def test_a_python_string_never_spans_lines(written: str) -> None:
    assert len(text.py(written).splitlines()) == 1


def test_a_long_list_is_written_one_item_a_line_and_a_short_one_is_not() -> None:
    assert text.py(["a", "b"]) == '["a", "b"]'
    names = ["a" * 40, "b" * 40, "c" * 40]
    assert text.py({"names": names}).split("\n") == [
        "{",
        '    "names": [',
        *(f'        "{name}",' for name in names),
        "    ],",
        "}",
    ]


def test_rows_are_one_line_each_however_long() -> None:
    assert text.py({"a": [], "b": ["x" * 200]}, rows=True).split("\n") == [
        "{",
        '    "a": [],',
        f'    "b": ["{"x" * 200}"],',
        "}",
    ]
    assert text.py({}, rows=True) == "{}"


def test_a_tuple_of_one_stays_a_tuple() -> None:
    assert text.py(("a" * 120,)) == f'(\n    "{"a" * 120}",\n)'
    assert text.py(("a",)) == '("a",)'


def test_sets_come_in_a_fixed_order() -> None:
    assert text.py(frozenset({"b", "a"})) == '{"a", "b"}'
    assert text.py(set()) == "set()"


def test_a_value_without_a_literal_is_refused() -> None:
    with pytest.raises(TypeError, match="object"):
        text.py(object())


@given(st.one_of(texts, st.integers(), st.booleans(), st.none()))
def test_any_scalar_loads_from_yaml_as_it_was(value: object) -> None:
    assert pyyaml.safe_load(f"key: {text.yaml(value)}\nnext: 1\n") == {"key": value, "next": 1}


@pytest.mark.parametrize("word", ["true", "No", "null", "~", "1e3", "", "a: b", "api key"])
def test_what_yaml_could_mistake_is_quoted(word: str) -> None:
    assert text.yaml(word) == f'"{word}"'


def test_a_plain_word_stays_plain_in_yaml() -> None:
    assert text.yaml("api_key") == "api_key"


def test_yaml_keeps_letters_readable() -> None:
    assert text.yaml("Kürzel 🦜\n") == '"Kürzel 🦜\\n"'


@pytest.mark.parametrize("spare", [0, 1])
def test_an_import_is_wrapped_only_where_it_is_too_long_for_a_line(spare: int) -> None:
    name = "n" * (text.WIDTH - len("from m import ") + spare)
    flat = f"from m import {name}"
    assert text.imports("m", name) == (f"from m import (\n    {name},\n)" if spare else flat)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("\x01", "\u2401"),
        ("\x1f", "\u241f"),
        ("\x7f", "\u2421"),
        ("\x80", "\ufffd"),
        ("a b", "a b"),
    ],
)
def test_a_control_character_shows_as_its_picture(written: str, shown: str) -> None:
    assert text.cell(f"a{written}b") == f"a{shown}b"


def test_code_may_compare_and_begins_no_comment() -> None:
    assert text.line("needs `requests>=2,<3`") == "needs `requests>=2,<3`"
    assert "<!--" not in text.line("say `<!-- notes: risks -->` here")


def test_a_literal_takes_the_quotes_that_need_fewer_escapes() -> None:
    assert text.py('say "x"') == "'say \"x\"'"
    assert text.py("it's") == '"it\'s"'
