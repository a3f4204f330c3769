"""Keeps what Jinja compiles: Copier asks for the same again and again."""

from __future__ import annotations

import re
from functools import partial
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment

from .. import planning
from .run import is_replay, live_answers

COMPILED: dict[Any, Any] = {}
"""What was compiled, for all runs with this version of the extension: it has the same filters."""

JINJA = ("{{", "{%", "{#", "\r")
"""A text without any of these comes out of Jinja as it went in, given the `_envops` of copier.yml:
its own delimiters, trailing line ends kept. Jinja rewrites other line ends than its own."""


VALIDATOR = re.compile(r"\{\{ (?P<name>\w+) \| refusal\('(?P=name)'\) \}\}")


def validated(question: str, *variables: Any, **more: Any) -> str:
    """What the validator `{{ page_size | refusal('page_size') }}` says; '' if nothing is wrong.

    Most questions have one of this form, and each would be compiled for a single use: a tenth of
    the time that compiling takes in a copy. `variables` and `more` are the context of Jinja.
    """
    context = dict(*variables, **more)
    value = context[question]
    wrong = planning.terminal.refusal(value, question)
    if wrong or question not in planning.terminal.CONTRADICTIONS or is_replay(context):
        return str(wrong)
    answers = live_answers(context)
    # What was given as data was looked at before. What is on record stays: Copier would put the
    # default in its place.
    if question in answers.init or answers.last.get(question) == value:
        return ""
    typed = {**answers.init, **answers.user, question: value}
    return str(planning.terminal.contradiction(question, typed, answers.last, planning.risk_ids))


def compile_once(environment: Environment) -> None:
    """Keeps what Jinja compiles, and leaves plain text uncompiled.

    Copier compiles every type, choice, help, condition and path part again at each use, and an
    update compiles all templates three times. It also renders the type of a question for each pair
    of ticked boxes: at 300 tables that took five seconds, and takes a tenth of one.
    The same package comes with the same filters, so what was compiled is kept beside it.
    """
    compile_, from_string = environment.compile, environment.from_string

    def prepare(source: str) -> None:
        # Copier's tag `yield` leaves word when a path is rendered, and forgets it when the next
        # template is parsed, which a kept one is not.
        for extension in environment.iter_extensions():
            extension.preprocess(source, None)

    def compiled(source: Any, name: str | None = None, *others: Any) -> Any:
        if not isinstance(source, str):
            return compile_(source, name, *others)
        key = (environment.lexer, source, name)
        if key not in COMPILED:
            COMPILED[key] = compile_(source, name, *others)
        prepare(source)
        return COMPILED[key]

    texts: dict[Any, Any] = {}

    def from_text(source: Any, *others: Any) -> Any:
        if others or not isinstance(source, str):
            return from_string(source, *others)
        prepare(source)
        if source not in texts:
            if not any(mark in source for mark in JINJA):
                texts[source] = SimpleNamespace(render=lambda *_, **__: source)
            elif validator := VALIDATOR.fullmatch(source):
                texts[source] = SimpleNamespace(render=partial(validated, validator["name"]))
            else:
                texts[source] = from_string(source)
        return texts[source]

    environment.compile = compiled  # type: ignore[method-assign]
    environment.from_string = from_text  # type: ignore[method-assign]
