"""Risks of getting the work done and accepted."""

from __future__ import annotations

from ..figures import counted
from ..model import Facts
from ..phases.built import tables_per_phase
from .look import few, names
from .rule import Cause, rules_on, texts

rule = rules_on("delivery")


@rule("too-many-p0-tables", "More P0 tables than one phase carries")
@texts(
    what="Nothing is of use before all of it is done, so the first users see nothing for long.",
    mitigation="Ask which tables the first use case cannot do without; make the others P1.",
    check="Can the first use case be shown with one phase of tables?",
    moves="Up one step where they fill more than two phases.",
    impact_reason="Medium: the first version comes late.",
    false_positives="Tables that share all their code, such as one endpoint with a parameter.",
)
def too_many_p0_tables(facts: Facts) -> Cause | None:
    """More tables of P0 are to be delivered than one phase holds."""
    most = tables_per_phase(facts.answers)
    tables = [table for table in facts.answers.in_work if table.priority == "P0"]
    if len(tables) <= most:
        return None
    number = counted(len(tables), "table")
    why = f"{number} are P0, and one phase carries {most}: {few(names(tables))}."
    return Cause(why, "Medium", steps=int(len(tables) > 2 * most))
