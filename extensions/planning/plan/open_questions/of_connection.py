"""Open questions about what a connection asks for: a method without a name, and an address."""

from __future__ import annotations

from collections.abc import Iterator

from ...answers.answer_types import Answers
from ..auth import takes_address
from ..model import OpenQuestion
from ..wording import how, may_build, source_of, speaks_http


def connection_questions(answers: Answers) -> Iterator[OpenQuestion]:
    """What people fill in that no answer names; a connector that stands asks for its own."""
    if not may_build(answers) or answers.existing_package:
        return
    parameters = answers.connection_parameters
    named = any(one.auth_method == "other" for one in parameters)
    if "other" in answers.auth_methods and not named:
        key = "{name: private_key, required: true, secret: true, auth_method: other}"
        yield OpenQuestion(
            "auth-method-without-a-name",
            f"What is the other method of signing in to {source_of(answers)}, and what does it ask "
            f"for? Answer with {how('connection_parameters', f'[{key}]')}.",
            "connection_parameters",
        )
    if not speaks_http(answers) and not any(takes_address(one.name) for one in parameters):
        yield OpenQuestion(
            "connection-address",
            f"Where does a connection find {source_of(answers)}? No parameter asks for an address. "
            f"Answer with {how('connection_parameters', '[{name: host, required: true}]')}.",
            "connection_parameters",
        )
