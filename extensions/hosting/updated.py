"""What an update may touch, and what it carries over: docs/decisions/0001-updates.md."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from copier.errors import UserMessageError
from jinja2 import pass_context
from jinja2.runtime import Context

from .. import planning
from .recorded import Recorded
from .run import REPLAYS, heard_by, is_replay, live_answers, names_of

BY_HAND: dict[str, frozenset[str]] = {}
"""Package -> files of the plan's names that people wrote; replays run in the same process."""


class Updated(Recorded):
    """Which files Copier leaves alone, and what becomes of ticks and notes."""

    @pass_context
    def held_back(self, context: Context) -> str:
        """Patterns Copier leaves out. In its replays: all but the plan's own files.

        Copier deletes files that only its replay of the old plan has, even changed ones. It also
        looks up those that only people and its replay of the new plan have, and fails where a
        folder has letters that Git writes in quotes.
        """
        if not is_replay(context):
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
        name = f"{names_of(context).package}/DESIGN.md"
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
        before = heard_by(live_answers(context)).recorded
        said = (before.get("purpose") or "new", before.get("recommendation") or "build")
        if not planning.builds_code(*said):
            return  # said when the plan stopped building
        root, names = Path(context["_copier_conf"]["dst_path"]), names_of(context)
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
        connector = names_of(context).connector
        return tuple(planning.ownership.plan_files(connector, self._by_hand(context)))

    def _by_hand(self, context: Context) -> frozenset[str]:
        """Files with the names of the plan's that somebody else wrote; they stay as they are."""
        if is_replay(context):  # which sees none; `_kept` keeps Copier from deleting them
            return frozenset()
        names, root = names_of(context), Path(context["_copier_conf"]["dst_path"])
        folders = (root / names.package, root / names.tests)
        found: frozenset[str] = planning.ownership.written_by_hand(names.connector, *folders)
        BY_HAND[names.package] = found  # the replay of the new plan is in the same process
        return found

    def _kept(self, context: Context, name: str) -> bool:
        """Whether the replay of the new plan writes a file only because people have one.

        Copier deletes what its replay of the new plan lacks.
        """
        by_hand = BY_HAND.get(self.package(context), ())
        return name in by_hand and is_replay(context, REPLAYS[1:])
