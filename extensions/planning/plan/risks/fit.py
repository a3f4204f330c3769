"""Risks of building what exists, or what another pattern serves better."""

from __future__ import annotations

from ...sources.catalogue import finding
from ..alternatives import dated
from ..fit import asked, denied
from ..model import Facts
from ..wording import may_build
from .look import few
from .rule import Cause, rules_on, texts

rule = rules_on("fit")


@rule("against-the-evidence", "The recommendation goes against the evidence")
@texts(
    what="Work goes into what another way does better, and is thrown away when somebody notices.",
    mitigation="Try the alternative on one table first; write down what it lacks.",
    check="Has the alternative been tried on one table, and what was missing?",
    moves="Up one step where no reason is given.",
    impact_reason="High without a reason, since all work may be for nothing; Medium with one.",
    false_positives="The alternative cannot be had: no licence, no network path.",
)
def against_the_evidence(facts: Facts) -> Cause | None:
    """The recommendation goes on against a poor fit or an existing connector, or adopts what does
    not exist."""
    fit, answers = facts.fit, facts.answers
    if not fit.needs_reason:
        return None
    why = f"Recommended is {answers.recommendation}. {' '.join(fit.evidence)}".rstrip()
    if fit.reason_missing:
        return Cause(f"{why} No reason is given.", "High", steps=1)
    return Cause(f'{why} The reason given: "{answers.recommendation_reason.strip()}".', "Medium")


@rule("connector-exists-after-all", "A connector exists, though the answers say no")
@texts(
    what="The finished work is not taken: upstream closed a finished connector because a managed "
    "one had appeared meanwhile (its pull request 250).",
    mitigation="Open the page of the existing connector, compare its tables with section 3, and "
    "correct the answer or write down what is missing.",
    check="Has the existing connector been compared with the tables in scope?",
    moves="Always up one step: there is a dated record of it.",
    impact_reason="High: all work may be for nothing.",
    false_positives="The catalogue mistakes another product of that name for the source.",
)
def connector_exists_after_all(facts: Facts) -> Cause | None:
    """The answer is no, and the catalogue knows a connector for the whole source."""
    found = denied(facts.answers, facts.existing)
    if not found or not may_build(facts.answers):
        return None
    found_out = [f"{one.ecosystem}_connector is no, but: {dated(one)}" for one in found]
    return Cause(" ".join(found_out), "High", steps=1)


@rule("managed-connector-in-preview", "A managed connector is on its way")
@texts(
    what="It becomes generally available while this one is built, and upstream prefers it.",
    mitigation="Ask the account team for its date and tables; build only what it will not bring.",
    check="Is the date of general availability known, and are its tables?",
    moves="Down one step where only the API names it.",
    impact_reason="Medium: what is built serves until then.",
    false_positives="The preview covers other objects of the source.",
)
def managed_connector_in_preview(facts: Facts) -> Cause | None:
    """The catalogue knows a managed connector in beta or preview, unless the answers deny it (see
    connector-exists-after-all), or a source type that no page documents yet."""
    if not may_build(facts.answers):
        return None
    managed = finding(facts.existing, "managed")
    planned = finding(facts.existing, "managed_api_only")
    if managed and managed.preview and managed not in denied(facts.answers, facts.existing):
        return Cause(dated(managed), "Medium")
    if planned and not managed:
        return Cause(dated(planned), "Medium", steps=-1)
    return None


@rule("existing-connectors-unchecked", "Nobody has checked what exists")
@texts(
    what="Something is built that others already keep up.",
    mitigation="Look at the managed connectors' documentation and the community repository today, "
    "and answer yes or no.",
    check="Who looked, and on which day?",
    impact_reason="Medium where the catalogue has names that look alike, where it knows a part of "
    "the source, or for a database; else Low, since the catalogue was searched.",
    false_positives="A source that only this company has.",
)
def existing_connectors_unchecked(facts: Facts) -> Cause | None:
    """`managed_connector` or `community_connector` is unknown; for a database also
    `federation_fit`."""
    answers, existing = facts.answers, facts.existing
    unknown = [f"{one}_connector" for one, said in asked(answers).items() if said == "unknown"]
    if answers.source_type == "database" and answers.federation_fit == "unknown":
        unknown.append("federation_fit")
    if not unknown:
        return None
    why = f"Not checked: {few(unknown)}. "
    known = (finding(existing, ecosystem) for ecosystem in asked(answers))
    if part := [one.detail for one in known if one and one.partial]:
        why += f"The catalogue of {existing.as_of} knows a part: {' '.join(part)}"
    elif existing.match:
        why += f"The catalogue of {existing.as_of} lists the source as {existing.match}."
    elif existing.near:
        why += f"The catalogue of {existing.as_of} has similar names: {few(existing.near)}."
    else:
        why += f"The catalogue of {existing.as_of} does not know {answers.source_name}."
    doubt = bool(part) or bool(existing.near and not existing.match)
    return Cause(why, "Medium" if doubt or answers.source_type == "database" else "Low")
