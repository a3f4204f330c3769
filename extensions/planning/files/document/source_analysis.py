"""What is known of the source, and of the connectors that exist for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...answers.answer_types import Answers
from ...plan import figures
from ...plan.model import Plan
from ...plan.wording import is_known, listed, may_build, speaks_http
from ...sources.catalogue import finding
from ...sources.existing import Finding
from ...sources.findings import THIRD_PARTIES
from ...terms import vocabulary
from ...terms.states import State
from ...terms.text import line
from .cuts import in_sentence
from .markdown import unknown


def source_facts(plan: Plan) -> Iterator[tuple[str, str]]:
    """What the session knows of the source, each with its label; what it does not know says so.

    Where nothing gets built, nobody needs to know the rest.
    """
    for label, fact in _source_facts(plan):
        asked = may_build(plan.answers) or label == "Documentation"
        if asked or not fact.startswith("unknown"):
            yield label, fact


def _source_facts(plan: Plan) -> Iterator[tuple[str, str]]:
    answers = plan.answers
    yield "Name", line(answers.source_name)
    yield "Type", vocabulary.SOURCE_TYPES[answers.source_type]
    yield "Documentation", _known(answers, "docs_url", line(answers.docs_url))
    if answers.change_frequency != "unknown":
        yield "Data changes", in_sentence(vocabulary.CHANGE_FREQUENCIES[answers.change_frequency])
    if speaks_http(answers):
        yield from _of_the_api(answers)
    yield "Fields", _fields(answers)
    yield "To test against", _test_environment(answers)
    if answers.dependencies:
        yield "Libraries", line(", ".join(answers.dependencies))


def _of_the_api(answers: Answers) -> Iterator[tuple[str, str]]:
    version = _known(answers, "api_version", line(answers.api_version))
    end = answers.api_end_of_life
    yield "API version", f"{version}, switched off on {end}" if end else version
    if answers.rate_limits is None:
        yield "Rate limit", unknown("rate_limit")
    else:
        texts = [limit.text for limit in answers.rate_limits]
        texts += [limit.text for limit in answers.concurrency_limits]
        shown = line(listed(texts, len(texts))) or "none"
        yield "Rate limit", _known(answers, "rate_limit", shown)
    yield "Paging", _paging(answers)
    if answers.answer_traits:
        traits = [in_sentence(vocabulary.ANSWER_TRAITS[one]) for one in answers.answer_traits]
        yield "Answers", "; ".join(traits)
    timeout = answers.request_timeout_seconds
    seconds = figures.counted(timeout, "second") if timeout else ""
    yield "Timeout of a request", seconds or unknown("request_timeout_seconds")


def _known(answers: Answers, question: str, text: str) -> str:
    """What is known, marked where nobody has confirmed it, or with its question if nothing is."""
    if not text:
        return unknown(question)
    return f"{text} (known)" if is_known(answers, question) else text


def _paging(answers: Answers) -> str:
    kind = _chosen("pagination", answers.pagination, vocabulary.PAGINATIONS)
    parts = [_known(answers, "pagination", kind)]
    if answers.page_size:
        size = f"at most {figures.whole(answers.page_size)} records a page"
        parts.append(_known(answers, "page_size", size))
    elif answers.pagination != "none" and may_build(answers):
        parts.append(f"page size {unknown('page_size')}")
    if answers.pagination_limit:
        parts.append(f"{figures.whole(answers.pagination_limit)} records can be reached")
    if answers.page_end != "unknown":
        parts.append(f"the last page shows: {in_sentence(vocabulary.PAGE_ENDS[answers.page_end])}")
    return "; ".join(parts)


def _chosen(question: str, value: str, meanings: Mapping[str, str]) -> str:
    return unknown(question) if value == "unknown" else in_sentence(meanings[value])


def _fields(answers: Answers) -> str:
    text = _chosen("schema_kind", answers.schema_kind, vocabulary.SCHEMA_KINDS)
    if answers.schema_changes == "unknown":
        return text
    changes = in_sentence(vocabulary.SCHEMA_CHANGES[answers.schema_changes])
    return f"{text}; they change: {changes}"


def _test_environment(answers: Answers) -> str:
    kinds = vocabulary.TEST_ENVIRONMENTS
    text = _chosen("test_environment", answers.test_environment, kinds)
    name = line(answers.test_environment_name)
    return f"{text} ({name})" if name else text


def existing_solutions(plan: Plan) -> Iterator[tuple[str, str]]:
    """What exists already: the answer and how it got there, then what the catalogue knows."""
    yield "Databricks managed", _answered(plan, "managed", "managed_connector")
    yield "Community connector", _answered(plan, "community", "community_connector")
    yield "Third-party", _third_party(plan)
    yield "Lakehouse Federation", _answered(plan, "federation", "federation_fit")


def _answered(plan: Plan, ecosystem: str, question: str) -> str:
    answer = f"{getattr(plan.answers, question).capitalize()}{_mark(plan, question)}"
    details = " ".join(_detail(found) for found in _known_of(plan, ecosystem))
    return f"{answer} - {details}" if details else answer


def _mark(plan: Plan, question: str) -> str:
    state = plan.answers.state_of(question)
    return f" ({state.value})" if state in (State.KNOWN, State.ASSUMED) else ""


def _detail(found: Finding) -> str:
    if found.names:
        return line(found.detail)
    return f"none in the catalogue of {found.as_of}; check <{found.url}>."


def _third_party(plan: Plan) -> str:
    text = line(listed(plan.answers.third_party_connectors)) or "None named"
    text += _mark(plan, "third_party_connectors")
    found = ((label, finding(plan.existing, one)) for one, label in THIRD_PARTIES.items())
    links = [f"[{label}]({one.url}) ({one.as_of})" for label, one in found if one]
    return f"{text} - listed by {', '.join(links)}" if links else text


def _known_of(plan: Plan, ecosystem: str) -> list[Finding]:
    """What the catalogue knows in an ecosystem, or that it knows nothing."""
    if ecosystem == "managed" and (planned := finding(plan.existing, "managed_api_only")):
        return [planned]
    known = (*plan.existing.findings, *plan.existing.absent)
    return [one for one in known if one.ecosystem == ecosystem]
