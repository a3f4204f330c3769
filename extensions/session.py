"""The planning session as Copier sees it: the only module that knows Jinja and Copier.

Templates and questions call the globals and filters registered here. All planning is done by the
package beside this file. `copier update` renders the old and the new template in one process, and
neither may get the modules of the other.

It is one module because Copier loads it by its path: before the loader below it has no neighbours
that it could import.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import re
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from fnmatch import fnmatchcase
from importlib.abc import ExecutionLoader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import decode_source, spec_from_loader
from pathlib import Path, PurePath, PurePosixPath
from types import ModuleType
from typing import Any

from copier.errors import UserMessageError
from jinja2 import Environment, UndefinedError, pass_context
from jinja2.ext import Extension
from jinja2.runtime import Context

PACKAGE = Path(__file__).resolve().parent / "planning"


class _Modules(ExecutionLoader, MetaPathFinder):
    """Loads the modules of one version of the package from what was read of it, by full name.

    Copier deletes a clone while the package read from it serves on, and the rules of a plan are
    loaded no sooner than the first plan is made. Writes no bytecode: that would go with the clone,
    and takes a fifth of the time to load.
    """

    def __init__(self, name: str, sources: Mapping[str, bytes]) -> None:
        self._files = {
            f"{name}.{file[:-3].replace('/', '.')}".removesuffix(".__init__"): file
            for file in sources
        }
        self._sources = sources

    def find_spec(self, fullname: str, *_: object) -> ModuleSpec | None:
        return spec_from_loader(fullname, self) if fullname in self._files else None

    def is_package(self, fullname: str) -> bool:
        return self._files[fullname].endswith("__init__.py")

    def get_filename(self, fullname: str) -> str:
        return str(PACKAGE / self._files[fullname])

    def get_source(self, fullname: str) -> str:
        return decode_source(self._sources[self._files[fullname]])


def _load_planning() -> ModuleType:
    """Loads the package under a name that is unique to its content.

    Copier clones the template for every run, three times for an update. The same code is loaded
    once, however often it is cloned; other code never gets its modules.
    """
    files = sorted(PACKAGE.rglob("*.py"))
    sources = {file.relative_to(PACKAGE).as_posix(): file.read_bytes() for file in files}
    digest = hashlib.sha256()
    for file, source in sources.items():
        digest.update(file.encode() + b"\0" + source)
    name = f"planning_{digest.hexdigest()[:16]}"
    if name not in sys.modules:
        sys.meta_path.insert(0, _Modules(name, sources))
        module: Any = importlib.import_module(name)
        module.compiled = {}
        module.by_hand = {}
    return sys.modules[name]


planning: Any = _load_planning()

REPLAYS = ("copier._main.old_copy.", "copier._main.new_copy.")
"""Prefixes of the folders in which `copier update` renders the old and the new plan once more.

tests/update/test_copier_internals.py says what changes if Copier renames them.
"""

JINJA = ("{{", "{%", "{#", "\r")
"""A text without any of these comes out of Jinja as it went in, given the `_envops` of copier.yml:
its own delimiters, trailing line ends kept. Jinja rewrites other line ends than its own."""


class _Text:
    """A template that is only text."""

    def __init__(self, text: str) -> None:
        self._text = text

    def render(self, *_: object, **__: object) -> str:
        """The text, whatever the context."""
        return self._text


VALIDATOR = re.compile(r"\{\{ (?P<name>\w+) \| refusal\('(?P=name)'\) \}\}")


class _Validator:
    """The validator of a question, such as `{{ page_size | refusal('page_size') }}`.

    Most questions have one of this form, and each would be compiled for a single use: a tenth of
    the time that compiling takes in a copy.
    """

    def __init__(self, question: str) -> None:
        self._question = question

    def render(self, *variables: Any, **more: Any) -> str:
        """What is wrong with the answer, '' if nothing is."""
        context, question = dict(*variables, **more), self._question
        value = context[question]
        wrong = planning.terminal.refusal(value, question)
        if wrong or question not in planning.terminal.CONTRADICTIONS or _is_replay(context):
            return str(wrong)
        answers = _live_answers(context)
        # What was given as data was looked at before. What is on record stays: Copier would put
        # the default in its place.
        if question in answers.init or answers.last.get(question) == value:
            return ""
        typed = {**answers.init, **answers.user, question: value}
        return str(
            planning.terminal.contradiction(question, typed, answers.last, planning.risk_ids)
        )


def _compile_once(environment: Environment) -> None:
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
        if key not in planning.compiled:
            planning.compiled[key] = compile_(source, name, *others)
        prepare(source)
        return planning.compiled[key]

    texts: dict[Any, Any] = {}

    def from_text(source: Any, *others: Any) -> Any:
        if others or not isinstance(source, str):
            return from_string(source, *others)
        prepare(source)
        if source not in texts:
            if not any(mark in source for mark in JINJA):
                texts[source] = _Text(source)
            elif validator := VALIDATOR.fullmatch(source):
                texts[source] = _Validator(validator["name"])
            else:
                texts[source] = from_string(source)
        return texts[source]

    environment.compile = compiled  # type: ignore[method-assign]
    environment.from_string = from_text  # type: ignore[method-assign]


class _Heard:
    """What a run was told before its questions, and what it proposed at them.

    Kept with Copier's map of the answers: an update asks in one worker, which has an extension of
    its own, and prints its last message in another.
    """

    def __init__(self, answers: Any) -> None:
        self.given: Mapping[str, Any] = {}
        self.recorded: Mapping[str, Any] = dict(answers.last)
        self.proposed: dict[str, Any] = {}
        self.asked: list[str] = []
        self.packages: dict[Path, Any] = {}
        self.origins: Mapping[str, str] = {}


def _heard(answers: Any) -> _Heard:
    if not hasattr(answers, "heard"):
        answers.heard = _Heard(answers)
    heard: _Heard = answers.heard
    return heard


class PlanningSession(Extension):
    """One session: remembers what was on record and works the plan out once per set of answers."""

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        self._catalogue: Any = None
        self._answers: Any = None
        self._record: Any = None
        self._completed_of: Any = None
        self._complete: Any = None
        self._planned: Any = None
        self._plan: Any = None
        self._dumped: tuple[dict[str, Any], str] | None = None
        self._to_say: list[str] = []
        for name, function in vars(PlanningSession).items():
            if hasattr(function, "jinja_pass_arg"):
                environment.globals[name] = getattr(self, name)
        environment.globals["today"] = lambda: date.today().isoformat()
        environment.filters.update(planning.FILTERS)
        environment.filters["with_ticks_and_notes"] = self.with_ticks_and_notes
        _compile_once(environment)

    # What templates print

    @pass_context
    def make_plan(self, context: Context) -> Any:
        """The plan for the answers so far."""
        # Templates, paths and messages ask some forty times a run for the plan of one set of
        # answers; the record of unchanged answers is the same object.
        record = self._on_record(context)
        if self._planned is not record:
            self._plan = planning.build(self._completed(record)[0], self._known_connectors())
            self._planned = record
        # Whoever gives Copier an answers file of their own choice finds it in every command.
        chosen = context["_copier_conf"]["answers_file"].as_posix()
        if chosen == self._plan.names.answers_file:
            return self._plan
        return self._plan._replace(names=self._plan.names._replace(answers_file=chosen))

    @pass_context
    def package(self, context: Context) -> str:
        """Folder of the connector, relative to the destination."""
        return str(_names(context).package)

    @pass_context
    def tests(self, context: Context) -> str:
        """Folder of the connector's tests, relative to the destination."""
        return str(_names(context).tests)

    @pass_context
    def package_name(self, context: Context) -> str:
        """Name of the connector's folder and modules."""
        return str(_names(context).connector)

    @pass_context
    def answers_file(self, context: Context) -> str:
        """Path of the answers file; Copier also asks for it before anything is answered."""
        return str(_names(context).answers_file)

    @pass_context
    def builds(self, context: Context) -> bool:
        """Whether code comes out."""
        purpose, recommendation = context.get("purpose"), context.get("recommendation")
        return bool(planning.builds_code(purpose, recommendation))

    @pass_context
    def makes_package(self, context: Context) -> bool:
        """Whether the code of the connector comes out, and not only tests beside code that is."""
        return self.builds(context) and not self._has_package(context)

    @pass_context
    def beside_package(self, context: Context) -> bool:
        """Whether tests come out beside code that was there before any plan."""
        return self.builds(context) and self._has_package(context)

    def _has_package(self, context: Context) -> bool:
        """Whether the connector's code was there before any plan, and stays its authors'."""
        return bool(self._on_record(context).get(planning.PACKAGE_ANSWER))

    @pass_context
    def has_spec(self, context: Context) -> bool:
        """Whether a connector spec comes out."""
        return self.makes_package(context) or self._kept(context, planning.ownership.SPEC)

    @pass_context
    def has_interface(self, context: Context) -> bool:
        """Whether the interface that the pipeline of upstream gives comes out."""
        by_plan = self.makes_package(context) and self.standalone(context)
        return by_plan or self._kept(context, planning.ownership.INTERFACE)

    @pass_context
    def standalone(self, context: Context) -> bool:
        """Whether the plan stands in a folder of its own."""
        return not self.upstream(context)

    @pass_context
    def upstream(self, context: Context) -> bool:
        """Whether the plan stands in the community-connectors repository."""
        return bool(context.get("layout") == "upstream")

    @pass_context
    def answers_yaml(self, context: Context) -> str:
        """What the answers file keeps: the answers that were given, and what stands beside them.

        Two files need the text. Dumping the answers of 1,000 tables takes longer than rendering
        all files, so it is done once.
        """
        copiers = {name: one for name, one in context["_copier_answers"].items() if name[0] == "_"}
        answers = {**copiers, "_edition": planning.record.EDITION, **self._on_record(context)}
        plan = self.make_plan(context)
        answers.update({**planning.levels_of(plan), **planning.approval.beside_answers(plan)})
        if self._dumped is None or self._dumped[0] != answers:
            self._dumped = (answers, str(planning.answers_file.dumped(answers)))
            if not _is_replay(context):
                self._say_what_left()
                self._say_what_cannot_be_updated(context)
        return self._dumped[1]

    @pass_context
    def corpus_tables(self, context: Context) -> list[str]:
        """The tables that get a corpus of their own."""
        return [one.name for one in self.make_plan(context).answers.answered_for]

    @pass_context
    def change_command(self, context: Context) -> str:
        """The command that changes this plan, as it works for how Copier was run and from where."""
        verb = "recopy --trust" if self._place_remark(context) else "update --trust -r :current:"
        return f"{_copier()} {verb} -a {context['_copier_conf']['answers_file'].as_posix()}"

    def _place_remark(self, context: Context) -> str:
        copiers = context["_copier_answers"]
        source, commit = copiers.get("_src_path") or "", copiers.get("_commit") or ""
        return str(planning.template_place.remark(str(source), str(commit)))

    def _say_what_cannot_be_updated(self, context: Context) -> None:
        """Says at copy time why `copier update` will fail, and what works."""
        remark = self._place_remark(context)
        if remark and self.new_plan(context):
            path = context["_copier_conf"]["answers_file"].as_posix()
            print(f"    {remark}\n      {_copier()} recopy --trust -a {path}", file=sys.stderr)

    # What questions ask

    @pass_context
    def new_plan(self, context: Context) -> bool:
        """Whether nothing is on record yet."""
        return not _live_answers(context).last

    @pass_context
    def package_here(self, context: Context) -> bool:
        """Whether people wrote a connector of this name here, which has no plan yet."""
        answers = _live_answers(context)
        if _is_replay(context) or answers.last:
            return False
        return bool(self._without_plan(context, {**_raw_answers(context), **answers.init}))

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
        if _is_replay(context) or _live_answers(context).last or not connector:
            return ""
        path = self._plan_of(context, str(connector))
        return path and f"has a plan here already; run copier update -a {path}."

    def _plan_of(self, context: Context, connector: str) -> str:
        """The answers file of a connector that is planned at the destination; '' for none."""
        root = Path(context["_copier_conf"]["dst_path"])
        # Renovate runs Copier where the answers file is, so people move it to the root.
        at_root = sorted(file.name for file in root.glob(".copier-answers*.yml"))
        usual = [
            str(planning.names_for(connector, layout).answers_file) for layout in planning.LAYOUTS
        ]
        line = re.compile(rf"""^connector:\s*["']?{re.escape(connector)}\b""", re.MULTILINE)
        for path in (*usual, *at_root):
            if (root / path).is_file() and line.search((root / path).read_text("utf-8")):
                return path
        return ""

    @pass_context
    def to_ask(self, context: Context, question: str, depth: str = "") -> bool:
        """Whether to put a question, `depth` being that of a session that always asks it.

        A plan on record is asked only what is open in it, and what it was never asked once the
        depth is raised. Copier's own `--ask` asks for anything.
        """
        recorded = _live_answers(context).last
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
        before = _heard(_live_answers(context)).recorded
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
        worker = _worker(context)
        questions, asked = worker.template.questions_data, _heard(worker.answers).asked
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
        worker = _worker(context)
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
        _heard(_live_answers(context)).proposed[question] = proposed
        return proposed

    @pass_context
    def standing(self, context: Context, question: str) -> str:
        """Which number an empty answer leaves standing, in a sentence.

        It is not put where the answer is typed: 200 after 150 would be 150200.
        """
        recorded = _heard(_live_answers(context)).recorded.get(question)
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
        _heard(_live_answers(context)).proposed[question] = getattr(answers, question)
        return getattr(answers, question)

    @pass_context
    def given_answers_hold(self, context: Context) -> bool:
        """Checks all answers given as data, before the first question; refuses them in one go.

        Always true. It stands in the `when` of the first question because that is the first thing
        Copier renders in every kind of run, and because Copier prints a traceback where a
        validator refuses an answer that came by `--data`. Brings the given answers into the shape
        that Copier expects on the way.
        """
        answers = _live_answers(context)
        # Copier asks for the condition of a question several times.
        heard = _heard(answers)
        if answers.init is heard.given:
            return True
        if _is_replay(context):
            if _is_replay(context, REPLAYS[:1]):
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
                f"change it with {_copier()} update --trust -r :current: -a {path}, "
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
            answers_file=_answers_read_from(context) if recorded else "",
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
        self, recorded: Mapping[str, Any], given: dict[str, Any], heard: _Heard
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
        if problem and not _is_replay(context):
            raise UserMessageError(f"tables: {problem}")
        if not _is_replay(context) and "approved_on" not in _live_answers(context).init:
            plan = self.make_plan(context)
            new = plan.answers.approved_on and plan.answers.approved_plan is None
            problem = planning.approval.approval_problem(plan.answers, plan.blockers)
            if new and problem:  # one on record lapses on the page instead
                raise UserMessageError(problem)
        return False

    @pass_context
    def needs_tables(self, context: Context) -> bool:
        """Whether a plan without tables is refused. Copier's replays refuse nothing."""
        return self.makes_package(context) and not _is_replay(context)

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
            planning.ticks.boxes(question, self._with_tables(context), _live_answers(context).init)
        )

    @pass_context
    def worth_asking(self, context: Context, question: str) -> bool:
        """Whether a list of checkboxes has boxes, and few enough to tick."""
        answers = self._with_tables(context)
        given = _live_answers(context).init
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
        return "tables" not in _live_answers(context).init and planning.known_tables.offered(
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
        if "tables" in _live_answers(context).init or _is_replay(context):
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
            question, self._with_tables(context), _live_answers(context).init
        )
        _heard(_live_answers(context)).proposed[question] = left or []
        return otherwise if left is None else left

    @pass_context
    def default_layout(self, context: Context) -> str:
        """`upstream` inside a checkout of the community-connectors repository."""
        root = Path(context["_copier_conf"]["dst_path"]) / planning.UPSTREAM_ROOT
        return "upstream" if root.is_dir() else "standalone"

    # What an update may touch: docs/decisions/0001-updates.md

    @pass_context
    def held_back(self, context: Context) -> str:
        """Patterns Copier leaves out. In its replays: all but the plan's own files.

        Copier deletes files that only its replay of the old plan has, even changed ones. It also
        looks up those that only people and its replay of the new plan have, and fails where a
        folder has letters that Git writes in quotes.
        """
        if not _is_replay(context):
            return ""
        return "\n".join(["*", *(f"!{name}" for name in self._plan_files(context))])

    @pass_context
    def plans_own(self, context: Context, number: int) -> str:
        """The pattern that takes a file of the plan out of those that belong to people.

        Copier takes one pattern from each entry of a list, so the files are counted from 0.
        """
        files = self._plan_files(context)
        return f"!{files[number]}" if number < len(files) else ""

    @pass_context
    def shielded(self, context: Context, folder: str) -> str:
        """What Copier must not touch in a folder beside people's own files.

        While it re-applies people's changes that is everything: the plan's files and the design
        document were just rendered.
        """
        # Copier applies people's changes outside all of its phases: ADR 1, "What we do". There it
        # counts paths from the root of the repository, which may be above the destination.
        return f"**/{folder}/**" if str(context["_copier_phase"]) == "undefined" else ""

    @pass_context
    def with_ticks_and_notes(self, context: Context, fresh: str) -> str:
        """The freshly rendered DESIGN.md, with what people did to the one that stands there.

        Says on standard error what became of ticks without a line, and what is left over.
        """
        edited = self._edited_design(context)
        if not edited:
            return fresh
        merged = planning.design_merge.merge(fresh, edited)
        for line in (*merged.fates, *self._left_over(context), *self._taken_names(context)):
            print(f"    {line}", file=sys.stderr)
        return str(merged.text)

    def _edited_design(self, context: Context) -> str:
        """The DESIGN.md at the destination; '' where there is none, as in every replay."""
        name = f"{_names(context).package}/DESIGN.md"
        path = Path(context["_copier_conf"]["dst_path"]) / name
        if not path.is_file():
            return ""
        try:
            return path.read_bytes().decode()  # bytes: line ends stay as they are
        except UnicodeDecodeError as error:
            line = error.object.count(b"\n", 0, error.start) + 1
            raise UserMessageError(f"{name}: line {line} is not UTF-8; save it as UTF-8.") from None

    def _left_over(self, context: Context) -> Iterator[str]:
        """Sentences about files that an earlier plan wanted and this one does not."""
        if self.builds(context) or self.new_plan(context):
            return
        before = _heard(_live_answers(context)).recorded
        said = (before.get("purpose") or "new", before.get("recommendation") or "build")
        if not planning.builds_code(*said):
            return  # said when the plan stopped building
        root, names = Path(context["_copier_conf"]["dst_path"]), _names(context)
        kept = {f"{names.package}/{name}" for name in ("DESIGN.md", *self._plan_files(context))}
        kept.add(f"{names.tests}/test_{names.connector}_plan.py")
        if self._has_package(context):  # all but one file is its authors'
            acceptance = f"{names.tests}/test_{names.connector}_acceptance.py"
            if (root / acceptance).is_file():
                yield f"{acceptance} is left over"
            return
        for folder in planning.ownership.homes(names.connector, context.get("layout")):
            for file in sorted((root / folder).rglob("*")):
                name = file.relative_to(root).as_posix()
                if file.is_file() and name not in kept and "__pycache__" not in file.parts:
                    yield f"{name} is left over"

    def _taken_names(self, context: Context) -> Iterator[str]:
        """Sentences about people's files that have a name which the plan has come to need."""
        for name in sorted(self._by_hand(context) - set(planning.ownership.OFTEN_BY_HAND)):
            yield (
                f"{name} is yours and stays: it does not begin with {planning.ownership.HEADER!r}. "
                "The plan has a file of this name; rename yours, and update again, to get it"
            )

    def _plan_files(self, context: Context) -> tuple[str, ...]:
        connector = _names(context).connector
        return tuple(planning.ownership.plan_files(connector, self._by_hand(context)))

    def _by_hand(self, context: Context) -> frozenset[str]:
        """Files with the names of the plan's that somebody else wrote; they stay as they are."""
        if _is_replay(context):  # which sees none; `_kept` keeps Copier from deleting them
            return frozenset()
        names, root = _names(context), Path(context["_copier_conf"]["dst_path"])
        folders = (root / names.package, root / names.tests)
        found: frozenset[str] = planning.ownership.written_by_hand(names.connector, *folders)
        planning.by_hand[names.package] = found  # the replay of the new plan is in the same process
        return found

    def _kept(self, context: Context, name: str) -> bool:
        """Whether the replay of the new plan writes a file only because people have one.

        Copier deletes what its replay of the new plan lacks.
        """
        by_hand = planning.by_hand.get(self.package(context), ())
        return name in by_hand and _is_replay(context, REPLAYS[1:])

    def _known_connectors(self) -> Any:
        if self._catalogue is None:
            self._catalogue = planning.catalogue.load(
                PACKAGE / "data" / planning.catalogue.FILE_NAME
            )
        return self._catalogue

    # What is on record: docs/decisions/0002-states-of-facts.md

    def _on_record(self, context: Context) -> dict[str, Any]:
        """The answers that were given, now or before: what a plan is made of, and its file keeps.

        The same object as long as the answers are the same.
        """
        answers = _live_answers(context)
        recorded = _heard(answers).recorded
        now = (recorded, answers.init, answers.user, answers.user_defaults)
        # Comparing the answers costs microseconds: unchanged values are the same objects.
        if self._answers != now:
            said = self._with_known_tables(recorded, _said(answers))
            taken = self._of_package(context, recorded, said)
            origins = _heard(answers).origins
            if taken:
                said, origins = {**said, **taken.answers}, taken.origins
            record = planning.record.merged(
                recorded,
                said,
                proposes=lambda question: self._proposes(question, recorded, said),
                today=date.today().isoformat(),
            )
            record = planning.record.with_origins(record, said, origins)
            if said.get("unconfirmed") == {}:
                plan, existing = self._completed(record.answers)
                confirmed = planning.record.confirmed(record.answers, plan, existing)
                record = record._replace(answers=confirmed)
            if record.answers.get("approved"):
                plan, existing = self._completed(record.answers)
                fixed = planning.record.fixed(record.answers, plan, existing)
                record = record._replace(answers=fixed)
            self._answers = tuple(map(dict, now))
            if self._record is None or record != self._record:
                self._record = record
        kept: dict[str, Any] = self._record.answers
        return kept

    def _with_known_tables(self, last: Mapping[str, Any], said: dict[str, Any]) -> dict[str, Any]:
        """The answers with the names of all known tables where they ask for them."""
        if not planning.known_tables.asks_for_all(said.get("tables")):
            return said
        try:
            names = planning.known_tables.taken({**last, **said}, self._known_connectors())
        except planning.Refusal:
            return said  # its name may still follow; `answers_hold` refuses it otherwise
        return {**said, "tables": names}

    def _of_package(
        self, context: Context, recorded: Mapping[str, Any], said: Mapping[str, Any]
    ) -> Any:
        """What a first plan takes from a connector that has none; None where there is nothing."""
        if said.get("purpose") != "phase" or recorded or _is_replay(context):
            return None
        package = self._package_there(context, said)
        if package is None or planning.PACKAGE_ANSWER in said:  # the answers of a plan, as data
            return None
        return planning.existing_package.from_package(package, said)

    def _package_there(self, context: Context, said: Mapping[str, Any]) -> Any:
        """What the connector says that stands at the destination without a plan; None for none."""
        name = self._without_plan(context, said)
        if not name:
            return None
        folder = Path(context["_copier_conf"]["dst_path"]) / name
        heard = _heard(_live_answers(context))
        if folder not in heard.packages:
            try:
                heard.packages[folder] = planning.existing_package.read(folder)
            except planning.Refusal as refusal:
                raise UserMessageError(f"connector: {refusal}") from None
        return heard.packages[folder]

    def _without_plan(self, context: Context, said: Mapping[str, Any]) -> str:
        """The folder of a connector that people wrote without a plan; '' where there is none."""
        connector = str(said.get("connector") or "")
        layout = str(said.get("layout") or self.default_layout(context))
        if planning.refusal(connector, "connector") or self._plan_of(context, connector):
            return ""
        folder = str(planning.names_for(connector, layout).package)
        module = Path(context["_copier_conf"]["dst_path"]) / folder / f"{connector}.py"
        return folder if module.is_file() else ""

    def _proposes(self, question: str, recorded: Mapping[str, Any], said: dict[str, Any]) -> bool:
        """Whether the plan proposes something where a question has no answer."""
        others = {name: value for name, value in said.items() if name != question}
        before = {name: value for name, value in recorded.items() if name != question}
        plan, existing = self._completed(planning.record.merged(before, others).answers)
        return bool(planning.proposals.stands(question, plan, existing))

    def _completed(self, record: Mapping[str, Any]) -> Any:
        """The typed answers with what the plan proposes, and the connectors that exist."""
        if self._completed_of is not record:
            self._complete = planning.completed(_read(record), self._known_connectors())
            self._completed_of = record
        return self._complete

    def _existing(self, context: Context) -> Any:
        """What exists for the source, and what is known of it."""
        return self._completed(self._on_record(context))[1]

    def _with_tables(self, context: Context) -> dict[str, Any]:
        """All answers so far, with what is on record and what is known of the tables."""
        record = self._on_record(context)
        tables = planning.known_tables.with_known(record.get("tables"), self._existing(context))
        answers = {**_raw_answers(context), "tables": tables}
        if record.get(planning.PACKAGE_ANSWER):
            answers |= {
                name: record.get(name) for name in (planning.PACKAGE_ANSWER, "shipped_tables")
            }
        return answers

    def _take_up_first_edition(self, context: Context, answers: Any) -> None:
        """Leaves of the answers of a first-edition plan those that somebody gave."""
        recorded = answers.last or answers.init
        if answers.last:
            file = Path(context["_copier_conf"]["dst_path"]) / _answers_read_from(context)
            first = planning.first_edition.is_first_edition(file.read_text(encoding="utf-8"))
        else:  # the answers file of another plan, given as data
            first = "_src_path" in recorded and "_edition" not in recorded
        if not first:
            return
        try:
            taken = planning.first_edition.taken_up(recorded, self._known_connectors())
        except planning.Refusal:
            return  # said in full, question by question, by the checks that follow
        copiers = {name: value for name, value in recorded.items() if name.startswith("_")}
        self._to_say += taken.lost
        if answers.last:
            answers.last = {**copiers, **taken.answers}
        else:
            answers.init = {**copiers, **taken.answers}

    def _say_what_left(self) -> None:
        """Says on standard error what has left the record, so that it can be given again."""
        for line in (*self._to_say, *self._record.lost):
            print(f"    {line}", file=sys.stderr)


def _said(answers: Any) -> dict[str, Any]:
    """The answers of this run, without proposals that were left standing."""
    record, heard = planning.record, _heard(answers)
    last = heard.recorded
    said = {name: value for name, value in answers.user_defaults.items() if name not in last}
    for question, value in answers.user.items():
        if record.leaves_standing(question, value):
            continue
        proposed = heard.proposed.get(question)
        if question in last:
            if not record.same(question, value, last[question]):
                said[question] = record.as_a_whole(question, value, last[question])
        elif question in said or not record.is_accepted(question, value, proposed):
            said[question] = value
    return {**said, **answers.init}


def _read(record: Mapping[str, Any]) -> Any:
    try:
        return planning.read_answers(record)
    except planning.Refusal as refusal:
        raise UserMessageError(str(refusal)) from None


def _copier() -> str:
    """The command that is Copier, as this run was started.

    uvx keeps an environment for one run in an archive of its cache; others are on the PATH.
    """
    by_uvx = "archive-v0" in Path(sys.prefix).parts
    return f"{'uvx --with copier-template-extensions ' if by_uvx else ''}copier"


def _live_answers(context: Context) -> Any:
    """Copier's own map of the answers of this run: `init` as given, `last` as on record.

    Templates see copies only, and Copier fails on an answer such as `cdc_tables=orders,customers`
    before any validator runs. Reached through the closure of a value that Copier fills on demand;
    tests/data/test_data_alone.py tells when Copier changes that.
    """
    return _worker(context).answers


def _worker(context: Context) -> Any:
    """Copier's worker, which makes this copy."""
    return context["_copier_conf"]._pending["data"].__closure__[0].cell_contents


def _raw_answers(context: Context) -> dict[str, Any]:
    return {name: context.parent[name] for name in planning.ANSWERS if name in context.parent}


def _answers_read_from(context: Context) -> str:
    """Where the answers on record stand, seen from the destination.

    Where nobody names a file, Copier reads the default one first, and asks for its name after that.
    """
    conf = context["_copier_conf"]
    named = PurePath(conf["answers_file"])
    return named.as_posix() if (Path(conf["dst_path"]) / named).is_file() else ".copier-answers.yml"


def _names(context: Context) -> Any:
    connector, layout = context.get("connector"), context.get("layout")
    if not connector:
        # Copier compares files before it has read the answers; the answers file tells whose.
        folder = PurePosixPath(PurePath(context["_copier_conf"]["answers_file"]).as_posix()).parent
        connector = folder.name
        layout = "upstream" if planning.UPSTREAM_ROOT in str(folder) else "standalone"
    return planning.names_for(connector, layout or "")


def _is_replay(context: Context, replays: tuple[str, ...] = REPLAYS) -> bool:
    path = str(context["_copier_conf"]["dst_path"])
    return any(prefix in path for prefix in replays)
