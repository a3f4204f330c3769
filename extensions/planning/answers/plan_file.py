"""Reads a plan file more strictly than YAML does, and remembers on which line each answer stands.

YAML keeps the last of two equal keys and says nothing. Copier reads data files that way, so only
a check of the file itself can tell. PyYAML makes a traceback of some values, such as a 13th month.
"""

from __future__ import annotations

from typing import NamedTuple

import yaml

from ..terms.misread import keys_given_twice, numbers_read_otherwise
from ..terms.values import reason, shown


class Problem(NamedTuple):
    """One sentence about a plan file and the line it is about, from 1; 0 for the whole file."""

    line: int
    text: str


class PlanFile(NamedTuple):
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
        text = f"the file is not YAML ({reason(error)}); put texts with : or # in quotes."
        return PlanFile({}, {}, (Problem(_line(getattr(error, "problem_mark", None)), text),))
    except RecursionError:
        return PlanFile({}, {}, (Problem(0, "is nested too deeply to be read; flatten it."),))
    if root is None or (isinstance(root, yaml.ScalarNode) and root.tag.endswith(":null")):
        return PlanFile({}, {}, ())
    if not isinstance(root, yaml.MappingNode):
        kind = "a list" if isinstance(root, yaml.SequenceNode) else "one text"
        wanted = "write one line for each answer, such as connector: acme_crm."
        return PlanFile({}, {}, (Problem(_line(root.start_mark), f"the file is {kind}; {wanted}"),))
    return _answers(loader, root)


def _answers(loader: yaml.SafeLoader, root: yaml.MappingNode) -> PlanFile:
    answers: dict[str, object] = {}
    lines: dict[str, int] = {}
    problems = [
        Problem(line, f"{key}: stands in line {first} already; keep one of the two.")
        for key, line, first in keys_given_twice(root)
    ]
    problems += [
        Problem(number.line, f"{number.key}: {number.refusal}")
        for number in numbers_read_otherwise(root)
    ]
    loader.flatten_mapping(root)
    for key, value in root.value:
        # As it is written: YAML would make a boolean of the key `on`.
        question = key.value if isinstance(key, yaml.ScalarNode) else shown(key.value)
        lines[question] = _line(key.start_mark)
        try:
            answers[question] = loader.construct_object(value, deep=True)
        except (yaml.YAMLError, ValueError, OverflowError) as error:
            text = f"{question}: cannot be read ({reason(error)}); put the value in quotes."
            mark = getattr(error, "problem_mark", None) or value.start_mark
            problems.append(Problem(_line(mark), text))
    return PlanFile(answers, lines, tuple(problems))


def numbers_of(text: str) -> dict[str, str]:
    """Answer -> what YAML makes of a number in it, for a file that Copier has taken already."""
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError):
        return {}
    return {number.key: number.refusal for number in numbers_read_otherwise(root)}


def _line(mark: yaml.Mark | None) -> int:
    return mark.line + 1 if mark else 0
