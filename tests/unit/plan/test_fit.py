"""Whether to build, for real sources and for one that nobody knows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from factories import UNKNOWN_SOURCE, answers, table
from planning.answers.answer_types import Answers
from planning.plan.fit import assess, goes_against_evidence
from planning.plan.model import Alternative, Fit
from planning.sources.catalogue import FILE_NAME, Catalogue, default_answer
from planning.sources.existing import Finding

DATA = Path(__file__).resolve().parents[3] / "extensions" / "planning" / "data" / FILE_NAME
CATALOGUE = Catalogue(DATA)


def asked(source: str, **changes: Any) -> Answers:
    """Answers about `source` that keep the defaults of the catalogue, except for `changes`."""
    existing = CATALOGUE.look_up(source)
    defaults: dict[str, Any] = {
        "source_name": source,
        "managed_connector": default_answer("managed_connector", existing),
        "community_connector": default_answer("community_connector", existing),
        "third_party_connectors": tuple(default_answer("third_party_connectors", existing)),
        "federation_fit": "unknown" if changes.get("source_type") == "database" else "no",
    }
    return answers(**{**defaults, **changes})


def judge(source: str, catalogue: Catalogue = CATALOGUE, **changes: Any) -> Fit:
    given = asked(source, **changes)
    return assess(given, catalogue.look_up(given.source_name, given.connector))


def alternative(fit: Fit, id_: str) -> Alternative:
    return {one.id: one for one in fit.alternatives}[id_]


def ids(fit: Fit) -> list[str]:
    return [one.id for one in fit.alternatives]


# Verdict


@pytest.mark.parametrize(
    ("source_type", "verdict"),
    [
        ("rest_api", "good"),
        ("graphql_api", "good"),
        ("soap_api", "good"),
        ("database", "poor"),
        ("files", "poor"),
        ("streaming", "poor"),
        ("other", "doubtful"),
    ],
)
def test_the_kind_of_source_makes_the_verdict(source_type: str, verdict: str) -> None:
    assert judge("Acme", source_type=source_type).verdict == verdict


def test_an_unknown_rest_source_may_be_built_without_a_reason() -> None:
    fit = judge("Acme Frobnicator")
    assert fit.evidence == ()
    assert fit.alternatives == ()
    assert fit.suggestion == "build"
    assert not fit.needs_reason
    assert fit.summary == (
        "Acme Frobnicator is a REST API, which suits a community connector. The source was not "
        "found in the catalogue of 2026-11-23; check the Databricks documentation and the upstream "
        "repository."
    )


def test_a_known_source_without_a_connector_says_what_was_not_found() -> None:
    assert "No managed or community connector was found in the catalogue of 2026-11-23" in (
        judge("Stripe").summary
    )


def test_answers_that_rule_connectors_out_are_taken_at_their_word() -> None:
    fit = judge("Stripe", managed_connector="no", community_connector="no")
    assert fit.summary.endswith("No managed or community connector exists, say the answers.")


# What exists


def test_a_managed_connector_in_beta_speaks_against_building() -> None:
    fit = judge("Notion")
    assert fit.verdict == "good"
    assert fit.suggestion == "adopt"
    assert fit.needs_reason
    assert fit.reason_missing
    assert fit.evidence == (
        "A managed connector exists: the answer to managed_connector is yes.",
        "Managed connector in beta (notion), as of 2026-11-23.",
    )
    assert fit.summary.endswith("A managed connector exists, in beta or preview as of 2026-11-23.")


def test_a_managed_and_a_community_connector_are_both_named() -> None:
    fit = judge("Zendesk")
    assert fit.summary.endswith("A managed connector and a community connector exist.")
    assert fit.suggestion == "adopt"


def test_a_preview_speaks_against_the_managed_connector_that_is_one() -> None:
    def warns(source: str) -> bool:
        against = alternative(judge(source), "managed-connector").speaks_against
        return "It was in beta or preview on 2026-11-23, so it may still change." in against

    assert warns("Notion")
    assert not warns("Salesforce")


def test_a_reason_answers_the_evidence() -> None:
    fit = judge("Notion", recommendation_reason="Comments are not covered.")
    assert fit.needs_reason
    assert not fit.reason_missing


def test_a_reason_of_spaces_is_none() -> None:
    assert judge("Notion", recommendation_reason=" \n ").reason_missing


def test_a_newer_catalogue_contradicts_a_denial_without_touching_it() -> None:
    fit = judge("Notion", managed_connector="no")
    assert fit.evidence[0] == (
        "The answer to managed_connector is no, but the catalogue of 2026-11-23 knows one."
    )
    assert "that the answers deny" in fit.summary
    assert not fit.needs_reason, "the answer counts"
    assert "The session ruled it out (managed_connector: no)." in (
        alternative(fit, "managed-connector").speaks_against
    )


def test_denying_a_connector_for_logs_contradicts_nothing() -> None:
    fit = judge("Okta", managed_connector="no")
    assert fit.evidence == (
        "Managed connector in beta; it covers system logs only (okta-system-logs), as of "
        "2026-11-23.",
    )
    assert "deny" not in fit.summary


def test_a_connector_for_logs_does_not_stop_a_plan_for_files_in_box() -> None:
    fit = judge("Box", tables=(table("files"), table("folders")))
    assert not fit.needs_reason
    assert fit.suggestion == "build"
    assert (
        "It covers a part of the source only; the plan wants files and folders."
        in alternative(fit, "managed-connector").speaks_against
    )


def test_a_connector_the_catalogue_does_not_know_counts_when_the_answer_is_yes() -> None:
    fit = judge("Stripe", managed_connector="yes")
    assert fit.needs_reason
    assert "though the catalogue of 2026-11-23 knows none" in fit.evidence[0]


def test_a_source_that_only_the_api_names_is_mentioned_and_no_more() -> None:
    fit = judge("Gong")
    assert "GONG" in fit.evidence[0]
    assert fit.suggestion == "build"
    assert not fit.needs_reason


def test_a_community_connector_suggests_to_extend_it() -> None:
    fit = judge("FHIR")
    assert fit.suggestion == "extend"
    assert fit.needs_reason
    assert "community-connector" in ids(fit)


def test_a_community_connector_speaks_against_building_and_not_against_extending_it() -> None:
    assert any("community connector" in one for one in judge("FHIR").evidence)
    assert judge("FHIR", recommendation="extend").evidence == ()
    assert judge("Zendesk", recommendation="extend").evidence != ()


def test_a_part_of_a_source_and_a_preview_are_limits_that_the_verdict_names() -> None:
    whole = Finding("managed", ("acme",), "Managed connector.", "2026-11-23", "https://x.example")
    given = answers(managed_connector="yes", community_connector="no")
    said = []
    for partial, preview in ((False, False), (True, False), (False, True), (True, True)):
        found = whole._replace(partial=partial, preview=preview)
        said.append(assess(given, UNKNOWN_SOURCE._replace(findings=(found,))).summary)
    part, beta = ", for a part of the source", ", in beta or preview as of 2026-11-23"
    assert [one.partition("A managed connector exists")[2] for one in said] == [
        *(".", f"{part}.", f"{beta}.", f"{part}{beta}.")
    ]


# Recommendations against the evidence


NOTHING_TO_ADOPT = {
    "recommendation": "adopt",
    "managed_connector": "no",
    "community_connector": "no",
}


@pytest.mark.parametrize(
    ("source", "changes", "needed"),
    [
        ("FHIR", {"recommendation": "extend"}, False),
        ("FHIR", {"purpose": "phase"}, False),
        ("Zendesk", {"recommendation": "extend"}, True),
        ("Zendesk", {"purpose": "phase"}, True),
        ("Acme", {"recommendation": "extend"}, False),
        ("Acme", {"recommendation": "extend", "community_connector": "no"}, True),
        (
            "Acme",
            {"recommendation": "extend", "community_connector": "no", "purpose": "phase"},
            False,
        ),
        ("Notion", {"recommendation": "adopt"}, False),
        ("Acme", {"recommendation": "adopt"}, False),
        ("Acme", NOTHING_TO_ADOPT, True),
        ("Acme", {**NOTHING_TO_ADOPT, "third_party_connectors": ("Fivetran",)}, False),
        ("Acme", {**NOTHING_TO_ADOPT, "managed_connector": "unknown"}, False),
        ("Acme", {**NOTHING_TO_ADOPT, "community_connector": "yes"}, False),
        ("Acme", {**NOTHING_TO_ADOPT, "source_type": "files"}, False),
        (
            "Acme",
            {**NOTHING_TO_ADOPT, "source_type": "database", "federation_fit": "unknown"},
            False,
        ),
        ("Acme", {**NOTHING_TO_ADOPT, "federation_fit": "yes"}, False),
        ("Notion", {"recommendation": "stop"}, False),
        ("Acme", {"recommendation": "stop"}, False),
        ("Acme", {"source_type": "files"}, True),
        ("Acme", {"source_type": "files", "recommendation": "extend"}, True),
        ("Acme", {"source_type": "files", "recommendation": "adopt"}, False),
        ("Acme", {"source_type": "other"}, False),
        ("Acme", {"source_type": "database", "purpose": "evaluate"}, True),
    ],
)
def test_a_reason_is_needed_where_the_recommendation_goes_on_against_the_answers(
    source: str, changes: dict[str, Any], needed: bool
) -> None:
    assert judge(source, **changes).needs_reason is needed


# Alternatives


def test_a_database_is_talked_out_of_it() -> None:
    fit = judge(
        "SQL Server",
        source_type="database",
        tables=(
            table("customers", ingestion="cdc", rows=2_000_000),
            table("orders", ingestion="cdc_with_deletes", rows=40_000_000),
        ),
    )
    assert fit.suggestion == "adopt"
    assert fit.evidence[0] == (
        "SQL Server is a database (source_type), which is better read by a managed connector or "
        "Lakehouse Federation."
    )
    assert "Lakehouse Federation queries it in place (query federation), as of 2026-11-23." in (
        fit.evidence
    )
    assert ids(fit) == ["managed-connector", "lakehouse-federation", "third-party"]
    federation = alternative(fit, "lakehouse-federation")
    assert "Queries see deletions in orders without any sync." in federation.speaks_for
    assert any("orders holds 40,000,000 rows" in one for one in federation.speaks_against)


def test_federation_that_would_do_is_evidence() -> None:
    fit = judge("SQL Server", source_type="database", federation_fit="yes")
    assert "Lakehouse Federation would do: the answer to federation_fit is yes." in fit.evidence


def test_federation_that_would_do_is_suggested_for_any_source() -> None:
    assert judge("Acme", federation_fit="yes").suggestion == "adopt"


def test_an_unknown_database_is_first_looked_for_elsewhere() -> None:
    fit = judge("Acme", source_type="database", tables=(table("events", ingestion="append"),))
    assert fit.suggestion == "adopt"
    assert ids(fit) == ["managed-connector", "lakehouse-federation"]
    assert "No managed connector found" in (alternative(fit, "managed-connector").speaks_against[0])
    assert "It keeps no history: what the source drops from events is gone." in (
        alternative(fit, "lakehouse-federation").speaks_against
    )


def test_a_database_nobody_reads_may_be_built_with_a_reason() -> None:
    fit = judge(
        "Acme",
        source_type="database",
        managed_connector="no",
        community_connector="no",
        federation_fit="no",
    )
    assert fit.suggestion == "build"
    assert fit.needs_reason


def test_files_in_cloud_storage_are_for_auto_loader() -> None:
    fit = judge(
        "Acme exports",
        source_type="files",
        tables=(table("events", ingestion="append"), table("accounts", ingestion="cdc")),
    )
    assert ids(fit) == ["auto-loader"]
    assert fit.suggestion == "adopt"
    against = " ".join(alternative(fit, "auto-loader").speaks_against)
    assert "changes in accounts have to be merged" in against
    assert "events" not in against


def test_a_stream_is_for_structured_streaming_and_for_what_else_reads_it() -> None:
    fit = judge(
        "Kafka",
        source_type="streaming",
        change_frequency="continuous",
        sync_interval=900,
        tables=(table("clicks"),),
    )
    assert ids(fit)[:2] == ["managed-connector", "structured-streaming"]
    streaming = alternative(fit, "structured-streaming")
    assert any("syncs run every 15 minutes" in one for one in streaming.speaks_for)
    assert any("clicks is planned as snapshot" in one for one in streaming.speaks_against)


def test_third_party_tools_are_named() -> None:
    fit = judge("Stripe", tables=(table("charges", ingestion="cdc_with_deletes"),))
    third_party = alternative(fit, "third-party")
    assert third_party.speaks_for == (
        "Airbyte (source-stripe), Singer (tap-stripe) and dlt (stripe_analytics) read Stripe.",
    )
    against = " ".join(third_party.speaks_against)
    assert "names, not upkeep" in against
    assert "deletions in charges" in against


def test_many_tables_are_counted_instead_of_listed() -> None:
    tables = tuple(table(f"t{number}") for number in range(1_000))
    compare = alternative(judge("Notion", tables=tables), "managed-connector").speaks_against
    assert any("the plan wants t0, t1, t2, t3 and 996 more" in one for one in compare)


def test_a_phase_of_a_connector_has_itself_as_no_alternative() -> None:
    fit = judge("FHIR", purpose="phase")
    assert "community-connector" not in ids(fit)
    assert fit.evidence == ()
    assert "exists" not in fit.summary
    assert judge("Acme", purpose="phase").suggestion == "extend"


# What somebody has looked for and not found


@pytest.mark.parametrize("answer", [("none",), ("None",), ("no",)])
def test_the_answer_none_is_no_third_party_tool(answer: tuple[str, ...]) -> None:
    fit = assess(answers(third_party_connectors=answer), UNKNOWN_SOURCE)
    assert "third-party" not in {one.id for one in fit.alternatives}


def test_adopting_where_even_third_party_tools_are_none_needs_a_reason() -> None:
    nothing = {"managed_connector": "no", "community_connector": "no"}
    plan = {**nothing, "third_party_connectors": ("none",), "recommendation": "adopt"}
    assert goes_against_evidence(answers(**plan))


def test_a_decision_not_to_build_is_not_told_that_the_source_suits_a_connector() -> None:
    adopted = judge("Unheard Of", recommendation="adopt", adopts="Airbyte's Acme connector")
    assert "In place of a build: Airbyte's Acme connector." in adopted.summary
    for said in (
        adopted,
        judge("Unheard Of", recommendation="adopt"),
        judge("Unheard Of", recommendation="stop"),
    ):
        assert "suits" not in said.summary


def test_nothing_speaks_for_federation_with_a_source_it_is_not_known_to_query() -> None:
    mongodb = judge("MongoDB", source_type="database")
    assert alternative(mongodb, "lakehouse-federation").speaks_for == ()
    assert alternative(judge("Acme", source_type="database"), "lakehouse-federation").speaks_for
    queried = judge("PostgreSQL", source_type="database")
    assert alternative(queried, "lakehouse-federation").speaks_for
