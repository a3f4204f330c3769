"""What questions ask for: whether they are put, with which choices, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from copier.errors import UserMessageError
from jinja2 import UndefinedError, pass_context
from jinja2.runtime import Context

from .. import planning
from .recorded import Recorded
from .run import (
    REPLAYS,
    Heard,
    answers_read_from,
    copier_command,
    heard_by,
    is_replay,
    live_answers,
    raw_answers,
    worker_of,
)


class Asked(Recorded):
    """Conditions, choices, defaults and refusals of questions."""

    @pass_context
    def package_here(self, context: Context) -> bool:
        """Whether people wrote a connector of this name here, which has no plan yet."""
        answers = live_answers(context)
        if is_replay(context) or answers.last:
            return False
        return bool(self._without_plan(context, {**raw_answers(context), **answers.init}))

    def _refuse_to_replace(self, context: Context, said: Mapping[str, Any]) -> None:
        """Refuses to plan a new connector in the place of one that people wrote."""
        folder = self._without_plan(context, said)
        if said.get("purpose", "new") == "new" and folder:
            raise UserMessageError(
                f"purpose: new would replace {folder}/{said['connector']}.py; plan what comes next "
                "of that connector with -d purpose=phase, or give the new one another name."
            )

    @pass_context
    def plan_here(self, context: Context, connector: Any) -> str:
        """What the terminal says to a connector that has a plan already: a copy would reset it."""
        if is_replay(context) or live_answers(context).last or not connector:
            return ""
        path = self._plan_of(context, str(connector))
        return path and f"has a plan here already; run copier update -a {path}."

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
        record = self._on_record(context)
        if question == "auth_methods" and record.get(planning.PACKAGE_ANSWER):
            return True  # also where it is not plain how: it signs in already
        origins = record.get("unconfirmed") or {}
        return bool(origins.get(question) == planning.existing_package.PACKAGE_ORIGIN)

    @pass_context
    def progress(self, context: Context, question: str) -> str:
        """How far the session is at a question, as its first line ends: ` · 12 of about 30`.

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
        return f" · {len(asked)} of about {len(asked) + left}"

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
        answers = self._completed(self._on_record(context))
        proposed = planning.proposals.propose(question, *answers).value
        heard_by(live_answers(context)).proposed[question] = proposed
        return proposed

    @pass_context
    def standing(self, context: Context, question: str) -> str:
        """Which number an empty answer leaves standing, in a sentence.

        It is not put where the answer is typed: 200 after 150 would be 150200.
        """
        recorded = heard_by(live_answers(context)).recorded.get(question)
        known = question in planning.proposals.PROPOSALS and self.proposed(context, question)
        if question == "phase":
            known = self._completed(self._on_record(context))[0].phase
        return str(planning.proposals.standing(question, recorded, known))

    @pass_context
    def in_force(self, context: Context, question: str) -> Any:
        """What holds as long as nobody answers a question that has a default of its own.

        Remembered, as what is `proposed`.
        """
        answers = self._completed(self._on_record(context))[0]
        heard_by(live_answers(context)).proposed[question] = getattr(answers, question)
        return getattr(answers, question)

    @pass_context
    def given_answers_hold(self, context: Context) -> bool:
        """Checks all answers given as data, before the first question; refuses them in one go.

        Always true. It stands in the `when` of the first question because that is the first thing
        Copier renders in every kind of run, and because Copier prints a traceback where a
        validator refuses an answer that came by `--data`. Brings the given answers into the shape
        that Copier expects on the way.
        """
        answers = live_answers(context)
        # Copier asks for the condition of a question several times.
        heard = heard_by(answers)
        if answers.init is heard.given:
            return True
        if is_replay(context):
            if is_replay(context, REPLAYS[:1]):
                answers.init = planning.readable(answers.init)
            heard.given = answers.init
            return True
        if "connector" not in answers.last:
            # Without -a Copier reads .copier-answers.yml at the root: another template's.
            answers.last = {}
        self._take_up_first_edition(context, answers)
        given, recorded = answers.init, answers.last
        gone = planning.taken_back(given)
        answers.last = recorded = {name: one for name, one in recorded.items() if name not in gone}
        planning.normalise(given)
        answers.user_defaults = dict(answers.user_defaults)  # settings of a person, not of the run
        planning.normalise(answers.user_defaults)
        if self.plan_here(context, given.get("connector")):
            path = self._plan_of(context, str(given["connector"]))
            raise UserMessageError(
                f"connector: {given['connector']} has a plan already, with its answers in {path}; "
                f"change it with {copier_command()} update --trust -r :current: -a {path}, "
                "or plan another connector."
            )
        self._keep_what_is_delivered(recorded, given, heard)
        checked = {**answers.user_defaults, **given}
        asked = not context["_copier_conf"]["defaults"] and "purpose" not in checked
        if not recorded and not asked:
            self._refuse_to_replace(context, checked)
        taken = self._of_package(context, recorded, checked)
        problems = planning.problems(
            {**checked, **taken.answers} if taken else checked,
            recorded,
            complete=bool(context["_copier_conf"]["defaults"]),
            answers_file=answers_read_from(context) if recorded else "",
        )
        if problems:
            raise UserMessageError("\n".join(problems))
        self._edited_design(context)  # refused, if need be, before anything is written
        given.update(planning.record.ticks_with_boxes(recorded, given))
        # Copier drops a recorded answer that it cannot take any more, such as a tick whose table
        # has gone, and says nothing.
        heard.given, heard.recorded = given, dict(recorded)
        if not context["_copier_conf"]["defaults"]:
            answers.last = planning.record.to_prompt(recorded)
        return True

    def _keep_what_is_delivered(
        self, recorded: Mapping[str, Any], given: dict[str, Any], heard: Heard
    ) -> None:
        """Adds to what is given what earlier phases deliver, so that nobody has to type it.

        Given, and not only recorded: Copier's replays see what it was given.
        """
        beside = recorded.get(planning.PACKAGE_ANSWER) and "tables" in given
        may_begin = recorded and not given.keys().isdisjoint(("purpose", "phase"))
        if not (beside or may_begin):
            return  # without loading what it takes
        existing = planning.existing_package
        given.update(self._with_known_tables(recorded, given))
        if beside:
            given["tables"] = existing.with_delivered(recorded, given)
        if existing.begins_a_phase(recorded, given):
            taken = existing.from_earlier_phase(recorded, given)
            given.update(taken.answers)
            heard.origins = taken.origins
        planning.normalise(given)

    @pass_context
    def answers_hold(self, context: Context) -> bool:
        """Checks what only all answers together tell, after the last question and before any file.

        Always false: it stands in the `ask` of an answer that nobody is ever asked for.
        """
        record = self._on_record(context)
        problem = self._nobody_knows(record, record.get("tables"))
        if problem and not is_replay(context):
            raise UserMessageError(f"tables: {problem}")
        if not is_replay(context) and "approved_on" not in live_answers(context).init:
            plan = self.make_plan(context)
            new = plan.answers.approved_on and plan.answers.approved_plan is None
            problem = planning.approval.approval_problem(plan.answers, plan.blockers)
            if new and problem:  # one on record lapses on the page instead
                raise UserMessageError(problem)
        return False

    @pass_context
    def needs_tables(self, context: Context) -> bool:
        """Whether a plan without tables is refused. Copier's replays refuse nothing."""
        return self.makes_package(context) and not is_replay(context)

    @pass_context
    def evidence(self, context: Context) -> list[str]:
        """What speaks against building, as far as the answers and the catalogue tell."""
        return list(planning.fit.assess(*self._completed(self._on_record(context))).evidence)

    @pass_context
    def reason_needed(self, context: Context) -> bool:
        """Whether somebody at a terminal goes on against the evidence without a reason so far."""
        if context["_copier_conf"]["defaults"]:
            return False
        return bool(
            planning.fit.goes_against_evidence(self._completed(self._on_record(context))[0])
        )

    @pass_context
    def reason_refusal(self, context: Context, reason: str) -> str:
        """What the terminal says to an empty reason where one is needed."""
        if str(reason).strip() or not self.reason_needed(context):
            return ""
        return "say in one sentence why, since the evidence speaks against this."

    @pass_context
    def approvable(self, context: Context) -> bool:
        """Whether to ask for approval: there is a document to approve, and nothing blocks it."""
        if context["_copier_conf"]["defaults"] or not self._edited_design(context):
            return False
        plan = self.make_plan(context)
        return plan.approval is None and not plan.blockers

    @pass_context
    def table_choices(self, context: Context, question: str) -> list[str]:
        """The tables that a list of checkboxes offers."""
        return list(
            planning.ticks.boxes(question, self._with_tables(context), live_answers(context).init)
        )

    @pass_context
    def worth_asking(self, context: Context, question: str) -> bool:
        """Whether a list of checkboxes has boxes, and few enough to tick."""
        answers = self._with_tables(context)
        given = live_answers(context).init
        return bool(planning.ticks.worth_asking(question, answers, given))

    @pass_context
    def known_of(self, context: Context) -> str:
        """Who knows the tables of the source, in a sentence; '' where nobody does."""
        return str(planning.known_tables.introduced(self._worth_offering(context)))

    def _worth_offering(self, context: Context) -> Any:
        """What is known of the source, without the tables that a package delivers already."""
        record, existing = self._on_record(context), self._existing(context)
        if not record.get(planning.PACKAGE_ANSWER):
            return existing
        return planning.known_tables.without(existing, record.get("shipped_tables"))

    @pass_context
    def delivered(self, context: Context) -> str:
        """What a package at the destination delivers, in a sentence; '' where there is none."""
        record = self._on_record(context)
        if not record.get(planning.PACKAGE_ANSWER):
            return ""
        return str(planning.existing_package.in_words(record.get("shipped_tables")))

    @pass_context
    def known_tables_offered(self, context: Context) -> bool:
        """Whether known tables can be ticked, and nobody has named tables as data."""
        return "tables" not in live_answers(context).init and planning.known_tables.offered(
            self._worth_offering(context)
        )

    @pass_context
    def known_table_choices(self, context: Context) -> str:
        """The known tables, each with what is known of it, as YAML."""
        return json.dumps(planning.known_tables.choices(self._worth_offering(context)))

    @pass_context
    def ticked_known_tables(self, context: Context) -> str:
        """The known tables that were ticked, as the answer to the next question; '' for none.

        As YAML: behind a text, Copier would print YAML's end mark `...`.
        """
        ticked = context.get(planning.known_tables.QUESTION)
        return json.dumps(ticked) if ticked else ""

    @pass_context
    def known_refusal(self, context: Context, tables: Any) -> str:
        """What the terminal says to `known` where nobody knows any table.

        Where it came as data, a validator would end in a traceback: `answers_hold` refuses it.
        """
        if "tables" in live_answers(context).init or is_replay(context):
            return ""
        return self._nobody_knows(self._on_record(context), tables)

    def _nobody_knows(self, record: Mapping[str, Any], tables: Any) -> str:
        """Why `known` is refused as an answer to `tables`, '' where it is fine."""
        if not planning.known_tables.asks_for_all(tables):
            return ""
        try:
            planning.known_tables.taken(record, self._known_connectors())
        except planning.Refusal as refusal:
            return str(refusal)
        return ""

    @pass_context
    def surviving(self, context: Context, question: str, otherwise: Any = "[]") -> Any:
        """What is left of an earlier selection once tables have come and gone."""
        left = planning.ticks.still_ticked(
            question, self._with_tables(context), live_answers(context).init
        )
        heard_by(live_answers(context)).proposed[question] = left or []
        return otherwise if left is None else left

    @pass_context
    def default_layout(self, context: Context) -> str:
        """`upstream` inside a checkout of the community-connectors repository."""
        root = Path(context["_copier_conf"]["dst_path"]) / planning.UPSTREAM_ROOT
        return "upstream" if root.is_dir() else "standalone"
