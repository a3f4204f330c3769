"""integrations/cookiecutter/cookiecutter.json: the questions, for tools without Copier.

Every answer is one text: Cookiecutter would take a list for choices, and a mapping for a form of
its own. An empty text leaves the answer to the session.
"""

from __future__ import annotations

import re
from typing import Any

from planning.answers.checks import shapes

from . import as_json
from .questions import Question, questions

YES_OR_NO = {"no": "No.", "yes": "Yes."}


def context() -> dict[str, Any]:
    """The variables with their defaults, and what Cookiecutter says when it asks for them."""
    asked = list(questions())
    return {
        **{one.name: _default(one) for one in asked},
        "_defaults": {one.name: _stands(one) for one in asked if _stands(one)},
        "__prompts__": {one.name: _prompt(one) for one in asked},
    }


def _choices(question: Question) -> dict[str, str]:
    """Value -> meaning, the default first; nothing where any text may be written."""
    if question.name in shapes.FLAGS:
        return YES_OR_NO
    if question.name not in shapes.CHOICES:
        return {}
    known = question.choices
    default = question.settings["default"]
    if default not in known:
        return {"": f"Left to the session: {question.default}.", **known}
    return {default: known[default], **known}


def _default(question: Question) -> str | list[str]:
    choices = _choices(question)
    if choices:
        return list(choices)
    default = question.settings.get("default", "")
    fixed = question.name in shapes.NUMBERS and "{{" not in str(default)
    return str(default) if fixed else ""


def _stands(question: Question) -> str:
    """What Cookiecutter gives for a question that nobody touched; nothing was said then."""
    default = _default(question)
    return default[0] if isinstance(default, list) else default


def _prompt(question: Question) -> str | dict[str, str]:
    # The first sentence: a form has one line for each question.
    sentence = re.split(r"(?<=[.?])\s|:\n", question.help, maxsplit=1)[0]
    asked = " ".join(sentence.split())
    if choices := _choices(question):
        return {"__prompt__": asked, **choices}
    if question.name in shapes.VOCABULARY_LISTS:
        return f"{asked} Commas between several of: {', '.join(question.choices)}."
    return f"{asked} Such as: {question.example}" if question.example else asked


def page() -> str:
    """integrations/cookiecutter/cookiecutter.json."""
    return as_json(context()) + "\n"
