"""What is refused: answers given as data before the first question, and all of them at the end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from copier.errors import UserMessageError
from jinja2 import pass_context
from jinja2.runtime import Context

from .. import planning
from . import run
from .recorded import Recorded


class Checked(Recorded):
    """Conditions of a run, and what the terminal says to what cannot be."""

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
        if run.is_replay(context) or run.live_answers(context).last or not connector:
            return ""
        path = self._plan_of(context, str(connector))
        return path and f"has a plan here already; run copier update -a {path}."

    @pass_context
    def given_answers_hold(self, context: Context) -> bool:
        """Checks all answers given as data, before the first question; refuses them in one go.

        Always true. It stands in the `when` of the first question because that is the first thing
        Copier renders in every kind of run, and because Copier prints a traceback where a
        validator refuses an answer that came by `--data`. Brings the given answers into the shape
        that Copier expects on the way.
        """
        answers = run.live_answers(context)
        # Copier asks for the condition of a question several times.
        heard = run.heard_by(answers)
        if answers.init is heard.given:
            return True
        if run.is_replay(context):
            if run.is_replay(context, run.REPLAYS[:1]):
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
                f"change it with {run.copier_command()} update --trust -r :current: -a {path}, "
                "or plan another connector."
            )
        self._keep_what_is_delivered(recorded, given, heard)
        said = {**self._of_settings(context, recorded), **answers.user_defaults, **given}
        checked = self._with_known_tables(recorded, said)
        asked = not context["_copier_conf"]["defaults"] and "purpose" not in checked
        if not recorded and not asked:
            self._refuse_to_replace(context, checked)
        taken = self._of_package(context, recorded, checked)
        problems = planning.problems(
            {**checked, **taken.answers} if taken else checked,
            recorded,
            complete=bool(context["_copier_conf"]["defaults"]),
            answers_file=run.answers_read_from(context) if recorded else "",
        )
        self._refuse(problems, self._numbers_of_data_files(given), checked)
        self._edited_design(context)  # refused, if need be, before anything is written
        given.update(planning.record.ticks_with_boxes(recorded, given))
        # Copier drops a recorded answer that it cannot take any more, such as a tick whose table
        # has gone, and says nothing.
        heard.given, heard.recorded = given, dict(recorded)
        if not context["_copier_conf"]["defaults"]:
            answers.last = planning.record.to_prompt(recorded)
        return True

    def _of_settings(self, context: Context, recorded: Mapping[str, Any]) -> dict[str, Any]:
        """Defaults of the settings file of Copier that are answers, where nothing is on record."""
        named = run.worker_of(context).settings.defaults.items()
        answers = {name: value for name, value in named if name in planning.QUESTIONS}
        found = {name: value for name, value in answers.items() if name not in recorded}
        planning.normalise(found)
        return found

    def _refuse(
        self, problems: Iterable[str], numbers: Mapping[str, str], checked: Mapping[str, Any]
    ) -> None:
        """Ends the run with all that is wrong in what was given, if anything is."""
        others = [one for one in problems if one.partition(":")[0] not in numbers]
        if numbers or others:
            nobody = self._nobody_knows(checked, checked.get("tables"))
            lines = [f"{name}: {sentence}" for name, sentence in numbers.items()] + others
            raise UserMessageError("\n".join([*lines, *([f"tables: {nobody}"] if nobody else [])]))

    def _numbers_of_data_files(self, given: Mapping[str, Any]) -> dict[str, str]:
        """What YAML has changed in numbers of a data file, of which Copier hands on the values."""
        texts = [file.read_text(encoding="utf-8", errors="replace") for file in run.data_files()]
        read = planning.plan_file.numbers_of
        found = {name: sentence for text in texts for name, sentence in read(text).items()}
        return {name: sentence for name, sentence in found.items() if name in given}

    def _keep_what_is_delivered(
        self, recorded: Mapping[str, Any], given: dict[str, Any], heard: run.Heard
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
        if problem and not run.is_replay(context):
            raise UserMessageError(f"tables: {problem}")
        if not run.is_replay(context) and "approved_on" not in run.live_answers(context).init:
            plan = self.make_plan(context)
            new = plan.answers.approved_on and plan.answers.approved_plan is None
            problem = planning.approval.approval_problem(plan.answers, plan.blockers)
            if new and problem:  # one on record lapses on the page instead
                raise UserMessageError(problem)
        return False

    @pass_context
    def needs_tables(self, context: Context) -> bool:
        """Whether a plan without tables is refused. Copier's replays refuse nothing."""
        return self.makes_package(context) and not run.is_replay(context)

    @pass_context
    def reason_needed(self, context: Context) -> bool:
        """Whether somebody at a terminal goes on against the evidence without a reason so far."""
        if context["_copier_conf"]["defaults"]:
            return False
        return bool(planning.fit.goes_against_evidence(self._so_far(context)[0]))

    @pass_context
    def reason_refusal(self, context: Context, reason: str) -> str:
        """What the terminal says to an empty reason where one is needed."""
        if str(reason).strip() or not self.reason_needed(context):
            return ""
        return "say in one sentence why, since the evidence speaks against this."

    @pass_context
    def known_refusal(self, context: Context, tables: Any) -> str:
        """What the terminal says to `known` where nobody knows any table.

        Where it came as data, a validator would end in a traceback: `answers_hold` refuses it.
        """
        if "tables" in run.live_answers(context).init or run.is_replay(context):
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
