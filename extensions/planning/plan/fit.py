"""Whether the connector should be built, judged by the kind of source and by what exists already.

The answers count; the catalogue is quoted beside them, also where it says otherwise.
"""

from __future__ import annotations

from ..answers.answer_types import Answers
from ..sources.catalogue import finding
from ..sources.existing import Existing, Finding
from ..terms.states import State
from .alternatives import alternatives_for, dated, said_none
from .model import Fit

BETTER_READ_BY = {
    "database": "a managed connector or Lakehouse Federation",
    "files": "Auto Loader",
    "streaming": "Structured Streaming",
}
"""Kind of source that suits a community connector badly -> what to consider first, as the planning
session says in step 2. Every other kind that has a name suits well."""

_KINDS = {
    "rest_api": "is a REST API",
    "graphql_api": "is a GraphQL API",
    "soap_api": "is a SOAP API",
    "database": "is a database",
    "files": "comes as files",
    "streaming": "is a streaming source",
}

_WHERE_TO_CHECK = {"managed": "Databricks documentation", "community": "upstream repository"}


def assess(answers: Answers, existing: Existing) -> Fit:
    """The verdict, what speaks against building, and what could be done instead.

    The verdict is about the kind of source alone; what exists already shows in the evidence, the
    suggestion and `needs_reason`.
    """
    kind = answers.source_type
    verdict = "poor" if kind in BETTER_READ_BY else "good" if kind in _KINDS else "doubtful"
    needs_reason = goes_against_evidence(answers)
    return Fit(
        kind=_KINDS.get(kind, ""),
        verdict=verdict,
        summary=f"{_pattern_sentence(answers)} {_existing_sentence(answers, existing)}",
        evidence=_evidence(answers, existing),
        alternatives=tuple(alternatives_for(answers, existing)),
        suggestion=suggest(answers, existing),
        needs_reason=needs_reason,
        reason_missing=needs_reason and not answers.recommendation_reason.strip(),
    )


def goes_against_evidence(answers: Answers) -> bool:
    """Whether the recommendation goes on against the answers, so that it needs a reason.

    `build`: against a poor fit, a managed or a community connector. `extend`: against a poor fit
    or a managed connector, or where there is no community connector to extend. `adopt`: where
    every answer says that there is nothing to adopt. `stop` never: it builds nothing. A new phase
    builds on the community connector that exists, so that one does not speak against it.
    """
    poor = answers.source_type in BETTER_READ_BY
    managed = answers.managed_connector == "yes"
    community = answers.community_connector
    if answers.recommendation == "build":
        return poor or managed or (community == "yes" and answers.purpose != "phase")
    if answers.recommendation == "extend":
        return poor or managed or (community == "no" and answers.purpose != "phase")
    return answers.recommendation == "adopt" and not _something_to_adopt(answers)


def suggest(answers: Answers, existing: Existing) -> str:
    """What the evidence suggests, one of the recommendations. Never `stop`: that is for people."""
    managed = _counts(answers.managed_connector, existing, "managed")
    if managed or answers.federation_fit == "yes" or answers.source_type in ("files", "streaming"):
        return "adopt"
    if answers.purpose == "phase" or _counts(answers.community_connector, existing, "community"):
        return "extend"
    if answers.source_type == "database" and _something_to_adopt(answers):
        return "adopt"
    return "build"


def _counts(answer: str, existing: Existing, ecosystem: str) -> bool:
    """Whether a connector is there: by the answer, or by the catalogue where nobody answered."""
    found = finding(existing, ecosystem)
    known = found is not None and not found.partial
    return answer == "yes" or (answer == "unknown" and known)


def _something_to_adopt(answers: Answers) -> bool:
    """Whether something could be used instead, or at least nobody has ruled it out."""
    return (
        answers.source_type in ("files", "streaming")
        or answers.managed_connector != "no"
        or answers.community_connector != "no"
        or (answers.source_type == "database" and answers.federation_fit != "no")
        or answers.federation_fit == "yes"
        or bool(answers.third_party_connectors and not said_none(answers))
    )


def _evidence(answers: Answers, existing: Existing) -> tuple[str, ...]:
    kind = answers.source_type
    evidence = []
    if kind in BETTER_READ_BY:
        evidence.append(
            f"{answers.source_name} {_KINDS[kind]} (source_type), which is better read by "
            f"{_better_read_by(answers)}."
        )
    elif kind == "other":
        evidence.append(
            "Whether a community connector suits this kind of source is open: source_type is other."
        )
    for ecosystem in asked(answers):
        # To extend what is there is no building against it.
        if ecosystem != "community" or answers.recommendation != "extend":
            evidence += _about(existing, ecosystem, answers)
    federation = finding(existing, "federation")
    if answers.federation_fit == "yes":
        evidence.append("Lakehouse Federation would do: the answer to federation_fit is yes.")
    elif federation and answers.federation_fit == "unknown":
        evidence.append(dated(federation))
    return tuple(evidence)


def asked(answers: Answers) -> dict[str, str]:
    """Ecosystem -> whether a connector exists there. A phase is about the community connector."""
    managed = {"managed": answers.managed_connector}
    if answers.purpose == "phase":
        return managed
    return managed | {"community": answers.community_connector}


def denied(answers: Answers, existing: Existing) -> list[Finding]:
    """Connectors for the whole source that the catalogue knows and the answers deny."""
    no = (finding(existing, one) for one, answer in asked(answers).items() if answer == "no")
    return [one for one in no if one and not one.partial]


def _about(existing: Existing, ecosystem: str, answers: Answers) -> list[str]:
    """What speaks against building in one ecosystem, by the answer and by the catalogue."""
    question = f"{ecosystem}_connector"
    answer, said_so = asked(answers)[ecosystem], answers.state_of(question) is State.GIVEN
    found = finding(existing, ecosystem)
    planned = finding(existing, "managed_api_only") if ecosystem == "managed" else None
    quoted = [dated(one) for one in (found, planned) if one]
    said = ""
    if answer == "yes" and (said_so or not quoted):
        doubt = "" if found else f", though the catalogue of {existing.as_of} knows none"
        said = f"A {ecosystem} connector exists: the answer to {question} is yes{doubt}."
    elif answer == "no" and found and not found.partial:
        said = f"The answer to {question} is no, but the catalogue of {existing.as_of} knows one."
    return [said, *quoted] if said else quoted


def _pattern_sentence(answers: Answers) -> str:
    kind = answers.source_type
    source = f"{answers.source_name} {_KINDS.get(kind, 'is a source of another kind')}"
    if answers.recommendation == "stop":
        return f"{source}, and gets no connector."
    if answers.recommendation == "adopt" and (answers.adopts or kind not in BETTER_READ_BY):
        return f"{source}. In place of a build: {answers.adopts or 'not named yet'}."
    if kind in BETTER_READ_BY:
        return f"{source}: consider {_better_read_by(answers)} first."
    if kind == "other":
        return f"Whether {answers.source_name} suits a community connector is doubtful."
    return f"{source}, which suits a community connector."


def _better_read_by(answers: Answers) -> str:
    """What to consider first, without what the answers rule out."""
    if answers.source_type != "database":
        return BETTER_READ_BY[answers.source_type]
    left = {
        "a managed connector": answers.managed_connector,
        "Lakehouse Federation": answers.federation_fit,
    }
    possible = [name for name, answer in left.items() if answer != "no"]
    return " or ".join(possible) or "files that it exports and Auto Loader reads"


def _existing_sentence(answers: Answers, existing: Existing) -> str:
    answered = asked(answers)
    if there := [one for one, answer in answered.items() if _counts(answer, existing, one)]:
        known = " and ".join(f"a {one} connector" for one in there)
        verb = "exist" if len(there) > 1 else f"exists{_limits(existing, there[0])}"
        return f"{known[0].upper()}{known[1:]} {verb}."
    found = [one for one in existing.findings if one.ecosystem in answered]
    if whole := [one.ecosystem for one in found if not one.partial]:
        return (
            f"The catalogue of {existing.as_of} knows a {' and a '.join(whole)} connector that "
            "the answers deny."
        )
    if found:
        return dated(found[0])
    unknown = [one for one, answer in answered.items() if answer == "unknown"]
    if not unknown:
        given = all(answers.state_of(f"{one}_connector") is State.GIVEN for one in answered)
        verb = "exists, say the answers" if given else "is known"
        return f"No {' or '.join(answered)} connector {verb}."
    where = " and the ".join(_WHERE_TO_CHECK[one] for one in unknown)
    what = f"No {' or '.join(unknown)} connector was" if existing.match else "The source was not"
    return f"{what} found in the catalogue of {existing.as_of}; check the {where}."


def _limits(existing: Existing, ecosystem: str) -> str:
    found = finding(existing, ecosystem)
    if not found:
        return ""
    part = ", for a part of the source" if found.partial else ""
    return f"{part}, in beta or preview as of {found.as_of}" if found.preview else part
