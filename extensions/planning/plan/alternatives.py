"""What one could do instead of building a connector, and what speaks for and against each way.

One function an alternative; it returns None where the alternative cannot concern the source.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..answers.answer_types import Answers
from ..sources.catalogue import finding, third_party_default
from ..sources.existing import Existing, Finding
from ..sources.findings import THIRD_PARTIES
from ..terms.states import State
from .figures import every
from .model import Alternative
from .wording import listed

_QUOTED = 4
"""Tables named in a sentence before the rest is counted: more would hide what the sentence says."""

Sides = tuple[list[str], list[str]]
"""What speaks for an alternative, and what against it."""


def alternatives_for(answers: Answers, existing: Existing) -> Iterator[Alternative]:
    """The alternatives that can concern this source, those with the least work first."""
    for id_, name, weigh in _ALTERNATIVES:
        if sides := weigh(answers, existing):
            yield Alternative(id_, name, tuple(sides[0]), tuple(sides[1]))


def said_none(answers: Answers) -> bool:
    """Whether somebody has looked and found no third-party connector: the answer `none`."""
    return [one.lower() for one in answers.third_party_connectors] in (["none"], ["no"])


def dated(found: Finding) -> str:
    """The detail of a finding with the date of its list, as one sentence."""
    return f"{found.detail.removesuffix('.')}, as of {found.as_of}."


def _managed(answers: Answers, existing: Existing) -> Sides | None:
    found = finding(existing, "managed")
    planned = finding(existing, "managed_api_only")
    known = found or planned or answers.managed_connector == "yes"
    if not known and answers.source_type != "database":
        return None
    pros, cons = _answered("managed_connector", answers, found)
    if found or answers.managed_connector == "yes":
        # The figures of risks/base_rates.py, which loads the rules and so is not imported here.
        pros.append(
            "Databricks keeps it working; 25 connectors studied needed 1,604 fixes up to 2026-08."
        )
    if planned:
        cons.append(dated(planned))
    elif not found:
        cons += [one.detail for one in existing.absent if one.ecosystem == "managed"]
    if found and found.partial:
        cons.append(f"It covers a part of the source only; {_wanted(answers)}.")
    elif found and answers.tables:
        cons.append(
            f"The catalogue does not list its tables; {_wanted(answers)}: compare them with its "
            "documentation."
        )
    if found and found.preview:
        cons.append(f"It was in beta or preview on {found.as_of}, so it may still change.")
    return pros, cons


def _community(answers: Answers, existing: Existing) -> Sides | None:
    found = finding(existing, "community")
    # A new phase extends the community connector anyway: there it is no alternative.
    if answers.purpose == "phase" or not (found or answers.community_connector == "yes"):
        return None
    pros, cons = _answered("community_connector", answers, found)
    pros.append("Extending it starts from code that authenticates, pages and has tests.")
    if answers.tables:
        cons.append(
            f"What its list_tables does not return is still to be written; {_wanted(answers)}."
        )
    return pros, cons


def _third_party(answers: Answers, existing: Existing) -> Sides | None:
    if said_none(answers):
        return None
    names = answers.third_party_connectors or tuple(third_party_default(existing))
    if not names:
        return None
    pros = [f"{_some(names)} read{'s' if len(names) == 1 else ''} {answers.source_name}."]
    cons = ["It is one more tool to run and watch beside the Lakeflow pipelines."]
    if any(finding(existing, one) for one in THIRD_PARTIES):
        cons.append("The catalogue knows names, not upkeep.")
    if deleted := _of_type(answers, "cdc_with_deletes"):
        cons.append(f"Whether it passes on deletions in {_some(deleted)} is to be tried.")
    return pros, cons


def _federation(answers: Answers, existing: Existing) -> Sides | None:
    found = finding(existing, "federation")
    if not found and answers.source_type != "database" and answers.federation_fit != "yes":
        return None
    pros, cons = _answered("federation_fit", answers, found)
    if not found:
        cons += [one.detail for one in existing.absent if one.ecosystem == "federation"]
    deleted = _of_type(answers, "cdc_with_deletes")
    # Nothing speaks for it where the catalogue knows the source, and nothing that queries it.
    possible = found or answers.federation_fit == "yes" or not existing.match
    if possible and deleted:
        pros.append(f"Queries see deletions in {_some(deleted)} without any sync.")
    elif possible:
        pros.append("Queries see the data as it is, without a copy to load and refresh.")
    if sized := [table for table in answers.tables if table.rows is not None]:
        largest = max(sized, key=lambda table: table.rows or 0)
        cons.append(
            f"Each query reads from the source itself: {largest.name} holds {largest.rows:,} rows."
        )
    else:
        cons.append("Each query reads from the source itself, and loads it.")
    if appended := _of_type(answers, "append"):
        cons.append(f"It keeps no history: what the source drops from {_some(appended)} is gone.")
    return pros, cons


def _auto_loader(answers: Answers, _: Existing) -> Sides | None:
    if answers.source_type != "files":
        return None
    pros = [
        "It remembers which files it has read, so each sync reads new files only.",
        "It reads JSON, CSV, XML, Parquet, Avro, ORC, text and binary files.",
    ]
    cons = [
        "It reads cloud object storage and Unity Catalog volumes; files elsewhere must get there "
        "first."
    ]
    if changed := (*_of_type(answers, "cdc"), *_of_type(answers, "cdc_with_deletes")):
        cons.append(
            f"It adds what new files hold; changes in {_some(changed)} have to be merged after it."
        )
    return pros, cons


def _structured_streaming(answers: Answers, _: Existing) -> Sides | None:
    if answers.source_type != "streaming":
        return None
    pros = [
        "Databricks has readers for Kafka, Kinesis, Pub/Sub and Pulsar that keep their position."
    ]
    if answers.change_frequency == "continuous":
        interval = answers.sync_interval
        often = f" and syncs run {every(interval)}" if interval else ""
        pros.append(f"The data changes all the time{often}; a stream reads as records arrive.")
    cons = ["Any other broker needs a reader of its own, or a way through one of these."]
    if whole := _of_type(answers, "snapshot"):
        are = "is" if len(whole) == 1 else "are"
        cons.append(
            f"A stream has no whole state to reload, but {_some(whole)} {are} planned as snapshot."
        )
    return pros, cons


def _answered(question: str, answers: Answers, found: Finding | None) -> Sides:
    """What the catalogue, and a yes or no that was given, put on either side; a yes only where the
    catalogue has no more to say."""
    answer = getattr(answers, question)
    given = answers.state_of(question) is State.GIVEN
    pros = [dated(found)] if found else []
    if given and answer == "yes" and not found:
        pros.append(f"The session found it; the catalogue does not know it ({question}: yes).")
    ruled_out = given and answer == "no"
    return pros, [f"The session ruled it out ({question}: no)."] if ruled_out else []


def _of_type(answers: Answers, ingestion: str) -> tuple[str, ...]:
    return tuple(table.name for table in answers.tables if table.ingestion == ingestion)


def _wanted(answers: Answers) -> str:
    names = [table.name for table in answers.tables]
    return f"the plan wants {_some(names)}" if names else "the plan names no tables yet"


def _some(names: Sequence[str]) -> str:
    return listed(names, _QUOTED)


_ALTERNATIVES = (
    ("managed-connector", "Databricks managed connector", _managed),
    ("lakehouse-federation", "Lakehouse Federation", _federation),
    ("auto-loader", "Auto Loader", _auto_loader),
    ("structured-streaming", "Structured Streaming", _structured_streaming),
    ("community-connector", "Existing community connector", _community),
    ("third-party", "Existing third-party tool", _third_party),
)
