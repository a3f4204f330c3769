"""Whether questions are put, what they propose, and how far the session is."""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from jinja2 import UndefinedError, pass_context
from jinja2.runtime import Context

from .. import planning
from .recorded import Recorded
from .run import heard_by, is_replay, live_answers, raw_answers, worker_of

STEPS = ("The session", "Request", "Challenge", "Scope", "Risks", "Acceptance", "The plan")
"""What the session calls its steps, by their number."""


class Asked(Recorded):
    """Conditions and defaults of questions."""

    @pass_context
    def package_here(self, context: Context) -> bool:
        """Whether people wrote a connector of this name here, which has no plan yet."""
        answers = live_answers(context)
        if is_replay(context) or answers.last:
            return False
        return bool(self._without_plan(context, {**raw_answers(context), **answers.init}))

    @pass_context
    def to_ask(self, context: Context, question: str, depth: str = "") -> bool:
        """Whether to put a question, `depth` being that of a session that always asks it.

        A plan on record is asked only what is open in it, and what it was never asked once the
        depth is raised. Copier's own `--ask` asks for anything.
        """
        recorded = live_answers(context).last
        if context.get("recommendation") in ("adopt", "stop"):
            if question in planning.NOT_ASKED_OF_A_DECISION:
                return False
            if question in planning.ASKED_OF_A_DECISION:
                depth = ""
        deep_enough = context.get("depth") == depth
        if not recorded:
            return (deep_enough or not depth) and not self._delivered(context, question)
        if context["_copier_conf"]["defaults"]:
            return False  # nobody is asked
        before = heard_by(live_answers(context)).recorded
        if depth and deep_enough and before.get("depth") != depth and question not in before:
            return True
        return any(one.answer == question for one in self.make_plan(context).open_questions)

    def _delivered(self, context: Context, question: str) -> bool:
        """Whether the code that stands there answers a question, so that nobody is asked."""
        if context.get("purpose") != "phase" or question == "phase":
            return False
        if question == "auth_methods" and self._has_package(context):
            return True  # also where it is not plain how: it signs in already
        origins = self._on_record(context).get("unconfirmed") or {}
        return bool(origins.get(question) == planning.existing_package.PACKAGE_ORIGIN)

    @pass_context
    def step(self, context: Context, number: int, question: str) -> str:
        """The first line of a help: `Step 3 of 6 · Scope · 12 of about 30`, and an empty one.

        About, for answers bring questions and spare some. Copier renders a help only to show it, so
        whatever is counted here was put to somebody.
        """
        worker = worker_of(context)
        questions, asked = worker.template.questions_data, heard_by(worker.answers).asked
        if question not in asked:
            asked.append(question)
        names = list(questions)
        left = sum(
            self._would_ask(context, name, questions[name].get("ask", True))
            for name in names[names.index(question) + 1 :]
            if name != "unconfirmed"  # never asked; its `ask` checks all answers together
        )
        where = f"Step {number} of {len(STEPS) - 1} · {STEPS[number]}"
        return f"{where} · {len(asked)} of about {len(asked) + left}\n"

    def _would_ask(self, context: Context, question: str, ask: object) -> bool:
        """Whether Copier would ask a later question, as far as the answers so far tell."""
        worker = worker_of(context)
        if any(fnmatchcase(question, pattern) for pattern in worker.ask):
            return True
        answers = worker.answers
        if question in answers.init or (worker.skip_answered and question in answers.last):
            return False
        try:
            return self.environment.from_string(str(ask)).render(context.get_all()) == "True"
        except UndefinedError:  # depends on an answer that is still to come
            return False

    @pass_context
    def proposed(self, context: Context, question: str) -> Any:
        """What the plan proposes for a question that nobody has answered.

        Remembered: an answer that leaves it standing stays a proposal.
        """
        proposed = planning.proposals.propose(question, *self._so_far(context)).value
        heard_by(live_answers(context)).proposed[question] = proposed
        return proposed

    @pass_context
    def proposed_by(self, context: Context, question: str) -> str:
        """Who says what is proposed for a question, as a line of its own; '' where nobody does."""
        if question in heard_by(live_answers(context)).recorded:
            return ""
        origin = planning.proposals.propose(question, *self._so_far(context)).origin
        return f"\nProposed by {origin}." if origin else ""

    @pass_context
    def standing(self, context: Context, question: str) -> str:
        """Which number an empty answer leaves standing, in a sentence.

        It is not put where the answer is typed: 200 after 150 would be 150200.
        """
        recorded = heard_by(live_answers(context)).recorded.get(question)
        known = question in planning.proposals.PROPOSALS and self.proposed(context, question)
        if question == "phase":
            known = self.in_force(context, question)
        return str(planning.proposals.standing(question, recorded, known))

    @pass_context
    def in_force(self, context: Context, question: str) -> Any:
        """What holds as long as nobody answers a question that has a default of its own.

        Remembered, as what is `proposed`.
        """
        value = getattr(self._so_far(context)[0], question)
        heard_by(live_answers(context)).proposed[question] = value
        return value

    @pass_context
    def evidence(self, context: Context) -> list[str]:
        """What speaks against building, as far as the answers and the catalogue tell."""
        return list(planning.fit.assess(*self._so_far(context)).evidence)

    @pass_context
    def approvable(self, context: Context) -> bool:
        """Whether to ask for approval: there is a document to approve, and nothing blocks it."""
        if context["_copier_conf"]["defaults"] or not self._edited_design(context):
            return False
        plan = self.make_plan(context)
        return plan.approval is None and not plan.blockers

    @pass_context
    def default_layout(self, context: Context) -> str:
        """`upstream` inside a checkout of the community-connectors repository."""
        root = Path(context["_copier_conf"]["dst_path"]) / planning.UPSTREAM_ROOT
        return "upstream" if root.is_dir() else "standalone"
