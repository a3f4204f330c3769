"""Risks of getting the work done and accepted."""

from __future__ import annotations

from ..figures import counted
from ..model import Facts
from ..phases.built import tables_per_phase
from .look import few, names
from .rule import Cause, rule

WAITS_FOR_PEOPLE = ("admin_approval", "interactive_consent")
"""Traits of authentication for which somebody has to be asked."""


@rule(
    "too-many-p0-tables",
    "delivery",
    "More P0 tables than one phase carries",
    what="Nothing is of use before all of it is done, so the first users see nothing for long.",
    mitigation="Ask which tables the first use case cannot do without; make the others P1.",
    check="Can the first use case be shown with one phase of tables?",
    fires_when="More tables of P0 are to be delivered than one phase holds.",
    moves="Up one step where they fill more than two phases.",
    impact_reason="Medium: the first version comes late.",
    false_positives="Tables that share all their code, such as one endpoint with a parameter.",
)
def too_many_p0_tables(facts: Facts) -> Cause | None:
    """Fires for more P0 tables than a phase carries."""
    most = tables_per_phase(facts.answers)
    tables = [table for table in facts.answers.in_work if table.priority == "P0"]
    if len(tables) <= most:
        return None
    number = counted(len(tables), "table")
    why = f"{number} are P0, and one phase carries {most}: {few(names(tables))}."
    return Cause(why, "Medium", steps=int(len(tables) > 2 * most))


@rule(
    "nobody-waits-for-it",
    "delivery",
    "Nobody is named who will use or accept it",
    what="Nobody can say which tables matter, and nobody accepts the result.",
    mitigation="Name one person who will look at the first table, and what they do with it.",
    check="Who looks at the first table on the day it is there?",
    fires_when="`target_users` or `use_cases` is empty.",
    moves="Never moves.",
    impact_reason="Medium where `problem` is empty as well; else Low.",
    false_positives="A connector made for its own sake, such as an example.",
)
def nobody_waits_for_it(facts: Facts) -> Cause | None:
    """Fires without users or use cases."""
    answers = facts.answers
    missing = [name for name in ("target_users", "use_cases") if not getattr(answers, name)]
    if not missing:
        return None
    nothing = len(missing) == 2 and not answers.problem
    verb = "are" if len(missing) > 1 else "is"
    why = f"{' and '.join(missing)} of {answers.source_name} {verb} empty"
    why += ", and so is problem." if nothing else "."
    return Cause(why, "Medium" if nothing else "Low")


@rule(
    "nobody-owns-the-plan",
    "delivery",
    "Nobody owns the plan",
    what="Open questions stay open, nobody chases the access, and nobody may approve.",
    mitigation="Name one `owner` who answers the open questions and asks for the approval.",
    check="Who approves this plan, and by when?",
    fires_when="`owner` is empty.",
    moves="Never moves.",
    impact_reason="Medium where somebody must be chased: an administrator who approves the access, "
    "or a person who consents; else Low.",
    false_positives="The one who answers the session owns the plan.",
)
def nobody_owns_the_plan(facts: Facts) -> Cause | None:
    """Fires without an owner."""
    answers = facts.answers
    if answers.owner:
        return None
    waits = [trait for trait in answers.auth_traits if trait in WAITS_FOR_PEOPLE]
    why = "owner is empty"
    if waits:
        why += f", and the access waits for people ({few(waits)})"
    return Cause(f"{why}.", "Medium" if waits else "Low")


RULES = (
    too_many_p0_tables,
    nobody_waits_for_it,
    nobody_owns_the_plan,
)
