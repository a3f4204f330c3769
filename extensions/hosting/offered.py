"""Tables to tick: those that are known of a source, and the boxes of those that are named."""

from __future__ import annotations

import json
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context

from .. import planning
from .recorded import Recorded
from .run import heard_by, live_answers


class Offered(Recorded):
    """Choices of the questions about tables."""

    @pass_context
    def table_choices(self, context: Context, question: str) -> list[str]:
        """The tables that a list of checkboxes offers."""
        answers, given = self._with_tables(context), live_answers(context).init
        return list(planning.ticks.boxes(question, answers, given))

    @pass_context
    def worth_asking(self, context: Context, question: str) -> bool:
        """Whether a list of checkboxes has boxes, and few enough to tick."""
        answers, given = self._with_tables(context), live_answers(context).init
        return bool(planning.ticks.worth_asking(question, answers, given))

    @pass_context
    def known_of(self, context: Context) -> str:
        """Who knows the tables of the source, in a sentence; '' where nobody does."""
        return str(planning.known_tables.introduced(self._worth_offering(context)))

    def _worth_offering(self, context: Context) -> Any:
        """What is known of the source, without the tables that a package delivers already."""
        existing = self._so_far(context)[1]
        if not self._has_package(context):
            return existing
        shipped = self._on_record(context).get("shipped_tables")
        return planning.known_tables.without(existing, shipped)

    @pass_context
    def delivered(self, context: Context) -> str:
        """What a package at the destination delivers, in a sentence; '' where there is none."""
        if not self._has_package(context):
            return ""
        shipped = self._on_record(context).get("shipped_tables")
        return str(planning.existing_package.in_words(shipped))

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
    def surviving(self, context: Context, question: str, otherwise: Any = "[]") -> Any:
        """What is left of an earlier selection once tables have come and gone."""
        answers, given = self._with_tables(context), live_answers(context).init
        left = planning.ticks.still_ticked(question, answers, given)
        heard_by(live_answers(context)).proposed[question] = left or []
        return otherwise if left is None else left
