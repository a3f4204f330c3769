"""Reads a plan file more strictly than YAML does, and remembers on which line each answer stands.

YAML keeps the last of two equal keys and says nothing. Copier reads data files that way, so only
a check of the file itself can tell. PyYAML makes a traceback of some values, such as a 13th month.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from ..terms.duplicates import keys_given_twice
from ..terms.numbers_as_read import numbers_read_otherwise
from ..terms.values import shown


@dataclass(frozen=True)
class Problem:
    """One sentence about a plan file and the line it is about, from 1; 0 for the whole file."""

    line: int
    text: str


@dataclass(frozen=True)
class PlanFile:
    """What a plan file says: answers by question, the line of each, and what cannot be read."""

    answers: dict[str, object]
    lines: dict[str, int]
    problems: tuple[Problem, ...]


def read_plan_file(text: str) -> PlanFile:
    """The answers in the text of a plan file. Never raises for what the text holds."""
    try:
        loader = yaml.SafeLoader(text)
        root = loader.get_single_node()
    except yaml.YAMLError as error:
        return PlanFile({}, {}, (_no_yaml(error),))
    except RecursionError:
        return PlanFile({}, {}, (Problem(0, "is nested too deeply to be read; flatten it."),))
    if root is None or (isinstance(root, yaml.ScalarNode) and root.tag.endswith(":null")):
        return PlanFile({}, {}, ())
    if not isinstance(root, yaml.MappingNode):
        kind = "a list" if isinstance(root, yaml.SequenceNode) else "one text"
        wanted = "write one line for each answer, such as connector: acme_crm."
        return PlanFile({}, {}, (Problem(_line(root), f"the file is {kind}; {wanted}"),))
    return _answers(loader, root, (*_twice(root), *_otherwise(root)))


def _answers(
    loader: yaml.SafeLoader, root: yaml.MappingNode, hidden: tuple[Problem, ...]
) -> PlanFile:
    answers: dict[str, object] = {}
    lines: dict[str, int] = {}
    unreadable: list[Problem] = []
    loader.flatten_mapping(root)
    for key, value in root.value:
        # As it is written: YAML would make a boolean of the key `on`.
        question = key.value if isinstance(key, yaml.ScalarNode) else shown(key.value)
        lines[question] = _line(key)
        try:
            answers[question] = loader.construct_object(value, deep=True)
        except (yaml.YAMLError, ValueError, OverflowError) as error:
            line, reason = _line(value), _reason(error)
            if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
                line = error.problem_mark.line + 1
            text = f"{question}: cannot be read ({reason}); put the value in quotes."
            unreadable.append(Problem(line, text))
    return PlanFile(answers, lines, (*hidden, *unreadable))


def _twice(root: yaml.Node) -> Iterator[Problem]:
    for key, line, first in keys_given_twice(root):
        yield Problem(line, f"{key}: stands in line {first} already; keep one of the two.")


def _otherwise(root: yaml.Node) -> Iterator[Problem]:
    for number in numbers_read_otherwise(root):
        yield Problem(number.line, f"{number.key}: {number.refusal}")


def numbers_of(text: str) -> dict[str, str]:
    """Answer -> what YAML makes of a number in it, for a file that Copier has taken already."""
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError):
        return {}
    return {number.key: number.refusal for number in numbers_read_otherwise(root)}


def _no_yaml(error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark else 0
    return Problem(
        line, f"the file is not YAML ({_reason(error)}); put texts with : or # in quotes."
    )


def _reason(error: Exception) -> str:
    """What the library says is wrong, on one line."""
    return " ".join(str(getattr(error, "problem", None) or error).split())


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
