"""What YAML reads otherwise than it is written is found wherever it stands, and nothing else."""

from __future__ import annotations

import pytest
import yaml
from planning.terms.misread import Twice, keys_given_twice, numbers_read_otherwise
from planning.terms.values import Refusal, parse_yaml


def twice(text: str) -> list[Twice]:
    return keys_given_twice(yaml.compose(text, Loader=yaml.SafeLoader))


def test_keys_are_told_with_both_lines_from_the_top_down() -> None:
    text = "a: 1\nb:\n  - {c: 1, d: 2}\n  - e:\n      f: 1\n      f: 2\na: 2\n"
    assert twice(text) == [Twice("f", 6, 5), Twice("a", 7, 1)]


def test_the_third_time_points_to_the_first() -> None:
    assert twice("a: 1\na: 2\na: 3\n") == [Twice("a", 2, 1), Twice("a", 3, 1)]


def test_the_same_key_in_two_mappings_is_fine() -> None:
    assert twice("- {a: 1}\n- {a: 1}\n") == []


def test_two_merges_into_one_mapping_are_fine() -> None:
    assert twice("x: &x {a: 1}\ny: &y {b: 1}\nz:\n  <<: *x\n  <<: *y\n") == []


def test_what_an_alias_repeats_is_told_once_and_may_stand_in_itself() -> None:
    assert twice("x: &x {a: 1, a: 2}\ny: *x\n") == [Twice("a", 1, 1)]
    assert twice("x: &x\n  - *x\n  - {b: 1, b: 2}\n") == [Twice("b", 3, 3)]


def test_what_stands_beside_lists_mappings_and_aliases_is_looked_at_too() -> None:
    assert twice("a: {b: 1, b: 2}\nc: [1, {d: 1, d: 2}]\n") == [Twice("b", 1, 1), Twice("d", 2, 2)]
    assert twice("a: {b: 1, b: 2}\nc: {d: {e: 1}}\n") == [Twice("b", 1, 1)]
    aliased = "a: {b: 1, b: 2}\nx: &x {c: 1}\ny: *x\nz: *x\n"
    assert twice(aliased) == [Twice("b", 1, 1)]


def test_an_empty_text_has_none() -> None:
    assert twice("") == []


def otherwise(text: str) -> list[tuple[str, str]]:
    found = numbers_read_otherwise(yaml.compose(text, Loader=yaml.SafeLoader))
    return [(one.key, one.written) for one in found]


@pytest.mark.parametrize("written", ["007", "010", "0x10", "0b11", "24:30", "2026_10", "1_0"])
def test_a_number_is_found_in_values_lists_and_keys(written: str) -> None:
    for text in (f"a: {written}", f"a: [x, {{b: {written}}}]", f"a: {{{written}: x}}"):
        assert otherwise(text) == [("a", written)]
    with pytest.raises(Refusal, match=f"{written} is another number to YAML"):
        parse_yaml(f"{{rows: {written}}}")


@pytest.mark.parametrize("written", ["0", "7", "-1", "1.5", "2_000_000", "'007'", "2026-11-01"])
def test_numbers_that_say_what_they_seem_to_are_fine(written: str) -> None:
    assert otherwise(f"a: {written}") == []


def test_a_number_that_aliases_repeat_is_told_once_where_it_stands() -> None:
    tenfold = "".join(f"x{n}: &x{n} [{', '.join([f'*x{n - 1}'] * 10)}]\n" for n in range(1, 30))
    assert otherwise(f"x0: &x0 [007, 010]\n{tenfold}") == [("x0", "007"), ("x0", "010")]
