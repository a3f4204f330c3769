"""What YAML 1.1 reads otherwise than people count is found; what both read alike is not."""

from __future__ import annotations

import pytest
import yaml
from planning.terms.numbers_as_read import numbers_read_otherwise
from planning.terms.values import Refusal, parse_count, parse_yaml


@pytest.mark.parametrize("written", ["007", "010", "0x10", "0b11", "24:30", "2026_10", "1_0"])
def test_a_number_is_found_in_values_lists_and_keys(written: str) -> None:
    for text in (f"a: {written}", f"a: [x, {{b: {written}}}]", f"a: {{{written}: x}}"):
        (found,) = numbers_read_otherwise(yaml.compose(text, Loader=yaml.SafeLoader))
        assert (found.key, found.written) == ("a", written)
    with pytest.raises(Refusal, match=f"{written} is another number to YAML"):
        parse_yaml(f"{{rows: {written}}}")


@pytest.mark.parametrize("written", ["0", "7", "-1", "1.5", "2_000_000", "'007'", "2026-11-01"])
def test_numbers_that_say_what_they_seem_to_are_fine(written: str) -> None:
    assert not list(numbers_read_otherwise(yaml.compose(f"a: {written}", Loader=yaml.SafeLoader)))


def test_digits_in_other_groups_than_thousands_are_no_count() -> None:
    assert parse_count("2_000_000") == 2_000_000
    with pytest.raises(Refusal, match="no count"):
        parse_count("2026_10")
