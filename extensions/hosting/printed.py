"""What templates and paths ask for."""

from __future__ import annotations

import sys
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context

from .. import planning
from .recorded import Recorded
from .run import copier_command, is_replay, names_of


def _name(of: str) -> Any:
    @pass_context
    def name(self: Any, context: Context) -> str:
        return str(getattr(names_of(context), of))

    return name


class Printed(Recorded):
    """Names, facts and texts for templates."""

    _dumped: tuple[dict[str, Any], str] | None = None

    package, tests = _name("package"), _name("tests")
    """Folders of the connector and of its tests, relative to the destination."""

    package_name, answers_file = _name("connector"), _name("answers_file")
    """Name of the connector's folder and modules, and the path of its answers file, for which
    Copier also asks before anything is answered."""

    @pass_context
    def makes_package(self, context: Context) -> bool:
        """Whether the code of the connector comes out, and not only tests beside code that is."""
        return self.builds(context) and not self._has_package(context)

    @pass_context
    def beside_package(self, context: Context) -> bool:
        """Whether tests come out beside code that was there before any plan."""
        return self.builds(context) and self._has_package(context)

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
        answers.update(
            {**planning.record.levels_of(plan), **planning.approval.beside_answers(plan)}
        )
        if self._dumped is None or self._dumped[0] != answers:
            self._dumped = (answers, str(planning.answers_file.dumped(answers)))
            if not is_replay(context):
                self._say_what_left()
                self._say_what_cannot_be_updated(context)
        return self._dumped[1]

    @pass_context
    def change_command(self, context: Context) -> str:
        """The command that changes this plan, as it works for how Copier was run and from where."""
        verb = "recopy --trust" if self._place_remark(context) else "update --trust -r :current:"
        return f"{copier_command()} {verb} -a {context['_copier_conf']['answers_file'].as_posix()}"

    def _place_remark(self, context: Context) -> str:
        copiers = context["_copier_answers"]
        source, commit = copiers.get("_src_path") or "", copiers.get("_commit") or ""
        return str(planning.template_place.remark(str(source), str(commit)))

    def _say_what_cannot_be_updated(self, context: Context) -> None:
        """Says at copy time why `copier update` will fail, and what works."""
        remark = self._place_remark(context)
        if remark and self.new_plan(context):
            print(f"    {remark}\n      {self.change_command(context)}", file=sys.stderr)
