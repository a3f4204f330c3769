"""What is on record, and the plan that follows from it: docs/decisions/0002-states-of-facts.md."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from copier.errors import UserMessageError
from jinja2 import pass_context
from jinja2.ext import Extension
from jinja2.runtime import Context

from .. import planning
from .run import answers_read_from, heard_by, is_replay, live_answers, raw_answers, read, said_in


class Recorded(Extension):
    """Remembers what was on record, and works the plan out once per set of answers."""

    data: Path
    """Folder of what is known of sources, in the clone that Copier reads."""

    _catalogue: Any = None
    _answers: Any = None
    _record: Any = None
    _completed_of: Any = None
    _complete: Any = None
    _planned: Any = None
    _plan: Any = None
    _to_say: tuple[str, ...] = ()

    @pass_context
    def make_plan(self, context: Context) -> Any:
        """The plan for the answers so far."""
        # Templates, paths and messages ask some forty times a run for the plan of one set of
        # answers; the record of unchanged answers is the same object.
        record = self._on_record(context)
        if self._planned is not record:
            plan = planning.build(self._completed(record)[0], self._known_connectors())
            # Whoever gives Copier an answers file of their own choice finds it in every command.
            chosen = context["_copier_conf"]["answers_file"].as_posix()
            self._plan = plan._replace(names=plan.names._replace(answers_file=chosen))
            self._planned = record
        return self._plan

    @pass_context
    def builds(self, context: Context) -> bool:
        """Whether code comes out."""
        purpose, recommendation = context.get("purpose"), context.get("recommendation")
        return bool(planning.builds_code(purpose, recommendation))

    @pass_context
    def new_plan(self, context: Context) -> bool:
        """Whether nothing is on record yet."""
        return not live_answers(context).last

    def _plan_of(self, context: Context, connector: str) -> str:
        """The answers file of a connector that is planned at the destination; '' for none."""
        root = Path(context["_copier_conf"]["dst_path"])
        # Renovate runs Copier where the answers file is, so people move it to the root.
        at_root = sorted(file.name for file in root.glob(".copier-answers*.yml"))
        usual = [planning.names_for(connector, one).answers_file for one in planning.LAYOUTS]
        line = re.compile(rf"""^connector:\s*["']?{re.escape(connector)}\b""", re.MULTILINE)
        for path in (*usual, *at_root):
            if (root / path).is_file() and line.search((root / path).read_text("utf-8")):
                return str(path)
        return ""

    def _known_connectors(self) -> Any:
        if self._catalogue is None:
            self._catalogue = planning.catalogue.Catalogue(self.data / planning.catalogue.FILE_NAME)
        return self._catalogue

    def _on_record(self, context: Context) -> dict[str, Any]:
        """The answers that were given, now or before: what a plan is made of, and its file keeps.

        The same object as long as the answers are the same.
        """
        answers = live_answers(context)
        recorded = heard_by(answers).recorded
        now = (recorded, answers.init, answers.user, answers.user_defaults)
        # Comparing the answers costs microseconds: unchanged values are the same objects.
        if self._answers != now:
            said = self._with_known_tables(recorded, said_in(answers))
            taken = self._of_package(context, recorded, said)
            origins = heard_by(answers).origins
            if taken:
                said, origins = {**said, **taken.answers}, taken.origins
            today, proposes = date.today().isoformat(), self._proposing(recorded, said)
            record = planning.record.merged(recorded, said, proposes=proposes, today=today)
            record = planning.origins.settled(record, said, origins, self._completed)
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
        if said.get("purpose") != "phase" or recorded or is_replay(context):
            return None
        name = self._without_plan(context, said)
        if not name:
            return None
        folder = Path(context["_copier_conf"]["dst_path"]) / name
        heard = heard_by(live_answers(context))
        if folder not in heard.packages:
            try:
                heard.packages[folder] = planning.existing_package.read(folder)
            except planning.Refusal as refusal:
                raise UserMessageError(f"connector: {refusal}") from None
        if planning.PACKAGE_ANSWER in said:  # the answers of a plan, as data
            return None
        return planning.existing_package.from_package(heard.packages[folder], said)

    def _without_plan(self, context: Context, said: Mapping[str, Any]) -> str:
        """The folder of a connector that people wrote without a plan; '' where there is none."""
        connector = str(said.get("connector") or "")
        layout = str(said.get("layout") or self.default_layout(context))
        if planning.refusal(connector, "connector") or self._plan_of(context, connector):
            return ""
        folder = str(planning.names_for(connector, layout).package)
        module = Path(context["_copier_conf"]["dst_path"]) / folder / f"{connector}.py"
        return folder if module.is_file() else ""

    def _proposing(self, recorded: Mapping[str, Any], said: dict[str, Any]) -> Any:
        """Tells of a question whether the plan proposes something where nobody answers it."""

        @cache
        def unanswered() -> Any:
            # Without the empty answers, and so the same plan whichever of them is asked about.
            return self._completed(planning.record.merged(recorded, said).answers)

        return lambda question: planning.proposals.stands(question, unanswered)

    def _completed(self, record: Mapping[str, Any]) -> Any:
        """The typed answers with what the plan proposes, and the connectors that exist."""
        if self._completed_of is not record:
            self._complete = planning.completed(read(record), self._known_connectors())
            self._completed_of = record
        return self._complete

    def _so_far(self, context: Context) -> Any:
        """The typed answers so far, and what exists and is known of the source, as `_completed`."""
        return self._completed(self._on_record(context))

    def _with_tables(self, context: Context) -> dict[str, Any]:
        """All answers so far, with what is on record and what is known of the tables."""
        record = self._on_record(context)
        tables = planning.known_tables.with_known(record, self._so_far(context)[1])
        answers = {**raw_answers(context), "tables": tables}
        if self._has_package(context):
            shipped = record.get("shipped_tables")
            answers |= {planning.PACKAGE_ANSWER: True, "shipped_tables": shipped}
        return answers

    def _has_package(self, context: Context) -> bool:
        """Whether the connector's code was there before any plan, and stays its authors'."""
        return bool(self._on_record(context).get(planning.PACKAGE_ANSWER))

    def _take_up_first_edition(self, context: Context, answers: Any) -> None:
        """Leaves of the answers of a first-edition plan those that somebody gave."""
        recorded = answers.last or answers.init
        if answers.last:
            file = Path(context["_copier_conf"]["dst_path"]) / answers_read_from(context)
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
