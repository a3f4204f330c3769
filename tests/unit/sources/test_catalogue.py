"""What the catalogue says of real sources, and how it is rebuilt."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml
from planning.sources.catalogue import FILE_NAME, Catalogue, default_answer, finding, key_of
from planning.sources.existing import Finding

ROOT = Path(__file__).resolve().parents[3]
DATA = ROOT / "extensions" / "planning" / "data" / FILE_NAME


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue(DATA)


def managed(catalogue: Catalogue, name: str) -> Finding:
    found = finding(catalogue.look_up(name), "managed")
    assert found, f"no managed connector for {name}"
    return found


# Names


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Zendesk Support", "Zendesk"),
        ("zendesk_support", "Zendesk"),
        ("ZENDESK", "Zendesk"),
        ("The Stripe API", "Stripe"),
        ("postgres database", "PostgreSQL"),
        ("Microsoft SharePoint Online", "Microsoft SharePoint"),
        ("SQL Server", "Microsoft SQL Server"),
        ("MS SQL", "Microsoft SQL Server"),
        ("Azure AD", "Microsoft Entra ID"),
        ("Oracle", "Oracle Database"),
        ("GA4", "Google Analytics"),
        ("Pokémon", "Pokeapi"),
        ("Atlassian Trello", "Trello"),
        ("Campaign", "Adobe Campaign"),
    ],
)
def test_a_source_is_found_as_people_write_it(
    catalogue: Catalogue, written: str, meant: str
) -> None:
    assert catalogue.look_up(written).match == meant


@pytest.mark.parametrize(
    "name", ["acme", "Acme Frobnicator", "data", "the API", "", "  ", "Яндекс"]
)
def test_a_name_that_says_nothing_or_is_made_up_is_not_found(
    catalogue: Catalogue, name: str
) -> None:
    existing = catalogue.look_up(name)
    assert (existing.match, existing.findings, existing.near) == ("", (), ())


def test_a_word_that_several_vendors_put_their_name_before_is_not_found(
    catalogue: Catalogue,
) -> None:
    assert catalogue.look_up("Ads").match == ""


def test_the_second_name_counts_where_the_first_is_not_known(catalogue: Catalogue) -> None:
    assert catalogue.look_up("Our help desk", "zendesk").match == "Zendesk"


def test_the_first_known_name_wins(catalogue: Catalogue) -> None:
    assert catalogue.look_up("Notion", "zendesk").match == "Notion"


@pytest.mark.parametrize(
    ("written", "offered"),
    [
        ("Zendeks", "Zendesk"),
        ("Strpe", "Stripe"),
        ("hubspott", "HubSpot"),
        ("Jira Service Management", "Jira"),
        ("zendesk_v2", "Zendesk"),
        ("Azure SQL Managed Instance", "Microsoft SQL Server"),
        ("Zoho", "Zoho Analytics"),
    ],
)
def test_a_near_miss_is_offered_but_not_assumed(
    catalogue: Catalogue, written: str, offered: str
) -> None:
    existing = catalogue.look_up(written)
    assert existing.match == ""
    assert existing.findings == ()
    assert existing.near[0] == offered


def test_at_most_three_names_are_offered_for_all_names_together(catalogue: Catalogue) -> None:
    near = catalogue.look_up("Zoho", "shop").near
    assert len(near) == 3
    assert len(set(near)) == 3


def test_what_is_found_is_not_asked_about(catalogue: Catalogue) -> None:
    assert catalogue.look_up("Salesforce").near == ()


def test_a_name_of_ten_thousand_letters_is_simply_not_found(catalogue: Catalogue) -> None:
    assert catalogue.look_up("zendesk" * 1_500).match == ""
    assert catalogue.look_up("|zendesk|\n" * 1_000).match == ""


# What exists


def test_a_managed_connector_for_audit_logs_says_that_it_covers_nothing_else(
    catalogue: Catalogue,
) -> None:
    box = managed(catalogue, "Box")
    assert box.detail == "Managed connector in beta; it covers audit logs only (box-audit-logs)."
    assert box.partial
    assert box.preview
    assert managed(catalogue, "Okta").partial


def test_a_managed_connector_in_beta_is_a_preview_of_the_whole_source(catalogue: Catalogue) -> None:
    notion = managed(catalogue, "Notion")
    assert notion.detail == "Managed connector in beta (notion)."
    assert notion.preview
    assert not notion.partial


def test_a_generally_available_connector_is_no_preview(catalogue: Catalogue) -> None:
    salesforce = managed(catalogue, "Salesforce")
    assert salesforce.detail == "Managed connector that is generally available (salesforce)."
    assert not salesforce.preview


def test_an_unknown_release_stage_is_said_to_be_unknown(catalogue: Catalogue) -> None:
    assert "release stage is unknown" in managed(catalogue, "Anaplan").detail


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Workday", "for Reports (RaaS), while HCM and Activity Logging are in beta"),
        ("HubSpot", "for Marketing Hub, while CRM Hub is in beta"),
        ("Zendesk", "it covers Zendesk Support"),
        ("Teradata", "no preview banner any more"),
    ],
)
def test_the_limits_of_a_managed_connector_are_said(
    catalogue: Catalogue, name: str, words: str
) -> None:
    assert words in managed(catalogue, name).detail


def test_a_source_that_only_the_api_names_is_not_counted_as_managed(catalogue: Catalogue) -> None:
    gong = catalogue.look_up("Gong")
    assert finding(gong, "managed") is None
    planned = finding(gong, "managed_api_only")
    assert planned
    assert "GONG" in planned.detail
    assert "no page documents it" in planned.detail
    assert default_answer("managed_connector", gong) == "unknown"


def test_each_finding_has_the_date_of_its_own_list(catalogue: Catalogue) -> None:
    dates = {one.ecosystem: one.as_of for one in catalogue.look_up("zendesk").findings}
    assert dates == {
        "managed": "2026-11-23",
        "community": "2026-08-18",
        "airbyte": "2026-05-19",
        "singer": "2026-08-02",
        "dlt": "2026-07-03",
    }
    generic = finding(catalogue.look_up("Teradata"), "dlt")
    assert generic and generic.as_of == "2026-04-30", "sql_database comes with dlt itself"


def test_what_comes_with_dlt_itself_is_told_from_a_source_of_its_own(catalogue: Catalogue) -> None:
    generic = finding(catalogue.look_up("Teradata"), "dlt")
    own = finding(catalogue.look_up("zendesk"), "dlt")
    assert generic and own
    assert generic.detail.endswith("; sql_database is its generic SQL source.")
    assert "generic" not in own.detail
    assert "/dlt-hub/verified-sources/tree/" in own.url and "/tree/" not in generic.url


def test_a_finding_leads_to_the_connector_at_the_commit_of_the_list(catalogue: Catalogue) -> None:
    zendesk = finding(catalogue.look_up("zendesk"), "community")
    assert zendesk
    assert "/tree/f9c888695b4ae6439593241132bada151390b73d/" in zendesk.url
    assert zendesk.url.endswith("/sources/zendesk")


def test_of_several_connectors_a_finding_leads_to_the_list(catalogue: Catalogue) -> None:
    four, one = (finding(catalogue.look_up(name), "airbyte") for name in ("zendesk", "Stripe"))
    assert four and len(four.names) > 1 and four.url.endswith("/integrations/sources/")
    assert one and len(one.names) == 1 and one.url.endswith("/integrations/sources/stripe")


def test_a_database_that_federation_reads_says_so(catalogue: Catalogue) -> None:
    federation = finding(catalogue.look_up("Snowflake"), "federation")
    assert federation
    assert federation.names == ("query federation", "catalog federation")


def test_nothing_found_names_the_date_and_where_to_check(catalogue: Catalogue) -> None:
    details = {one.ecosystem: one.detail for one in catalogue.look_up("Stripe").absent}
    assert set(details) == {"managed", "community", "federation"}
    assert details["managed"].startswith(
        "No managed connector found in the catalogue of 2026-11-23; check https://docs.databricks"
    )


def test_for_an_unknown_source_every_ecosystem_is_to_be_checked(catalogue: Catalogue) -> None:
    existing = catalogue.look_up("acme")
    assert len(existing.absent) == 6
    assert existing.as_of == "2026-11-23"


# Defaults of the questions


@pytest.mark.parametrize(
    ("name", "managed_answer", "community_answer"),
    [
        ("Zendesk", "yes", "yes"),
        ("Notion", "yes", "unknown"),
        ("Workday", "yes", "unknown"),
        ("Box", "unknown", "unknown"),
        ("Stripe", "unknown", "unknown"),
        ("FHIR", "unknown", "yes"),
        ("acme", "unknown", "unknown"),
    ],
)
def test_defaults_say_yes_for_what_is_known_and_never_no(
    catalogue: Catalogue, name: str, managed_answer: str, community_answer: str
) -> None:
    existing = catalogue.look_up(name)
    assert default_answer("managed_connector", existing) == managed_answer
    assert default_answer("community_connector", existing) == community_answer


def test_third_party_connectors_are_listed_one_by_one(catalogue: Catalogue) -> None:
    listed = default_answer("third_party_connectors", catalogue.look_up("Zendesk"))
    assert {"Airbyte (source-zendesk-support)", "Singer (tap-zendesk)", "dlt (zendesk)"} <= set(
        listed
    )
    assert not any("," in one for one in listed), "a comma would split it in a typed answer"
    assert default_answer("third_party_connectors", catalogue.look_up("acme")) == []


# The data file


def test_nothing_is_read_before_the_first_look_up(tmp_path: Path) -> None:
    missing = Catalogue(tmp_path / "missing.txt")
    with pytest.raises(FileNotFoundError):
        missing.look_up("zendesk")


def test_every_line_of_the_data_is_reached_by_each_of_its_keys(catalogue: Catalogue) -> None:
    lines = DATA.read_text(encoding="utf-8").splitlines()[2:]
    keys = [key for line in lines for key in line[1 : line.index("|{")].split("|")]
    assert lines
    assert len(keys) == len(set(keys)), "two sources share a key"
    assert all(key == key_of(key) and catalogue.look_up(key).match for key in keys)


def test_the_documentation_names_every_date_and_commit_of_the_data() -> None:
    documented = (ROOT / "docs" / "catalogue.md").read_text(encoding="utf-8")
    _, header, *lines = DATA.read_text(encoding="utf-8").splitlines()
    assert f"`: {len(lines)} sources, put together on" in documented
    snapshot = json.loads(header)
    facts = [
        snapshot["date"],
        *(f for one in snapshot["ecosystems"].values() for f in one.values()),
    ]
    assert [fact for fact in facts if fact not in documented] == []


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "build_catalogue", ROOT / "scripts" / "build_catalogue.py"
    )
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def rebuild(script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs the script on rows and gives the file it writes."""

    def run(*rows: dict[str, Any]) -> Path:
        listed = {"date": "2027-01-02", "commit": "a" * 40}
        pages = {"date": "pages undated; looked up 2027-01-03", "commit": "docs page"}
        snapshot = {
            "generated": "2027-01-03",
            "managed": pages,
            "managed_api_only": listed,
            "community": listed,
            "airbyte": listed,
            "singer": listed,
            "dlt": {**listed, "dlt_date": "2027-01-01", "dlt_commit": "b" * 40},
            "federation": pages,
        }
        source, output = tmp_path / "existing.yml", tmp_path / "catalogue.txt"
        source.write_text(yaml.safe_dump({"snapshot": snapshot, "sources": list(rows)}))
        monkeypatch.setattr("sys.argv", ["build_catalogue.py", str(source), str(output)])
        script.main()
        return output

    return run


ACME = {"slug": "acme", "name": "Acme CRM", "aliases": ["acme sales"], "airbyte": "source-acme"}


def test_a_rebuilt_catalogue_is_looked_up_with_its_own_dates(rebuild: Any) -> None:
    notion = {
        "slug": "notion",
        "name": "Notion",
        "managed": True,
        "managed_status": "beta",
        "managed_doc": "notion",
    }
    rebuilt = Catalogue(rebuild(notion, ACME))
    assert rebuilt.as_of == "2027-01-03"
    found = managed(rebuilt, "Notion")
    assert (found.as_of, found.preview) == ("2027-01-03", True)
    assert rebuilt.look_up("Acme Sales").findings[0].as_of == "2027-01-02"


def test_a_name_of_noise_words_means_no_vendor_either(rebuild: Any) -> None:
    oracle = {"slug": "oracle", "name": "Oracle", "singer": "tap-oracle"}
    assert Catalogue(rebuild(oracle)).look_up("the API").match == ""


def test_the_order_of_the_input_does_not_matter(rebuild: Any) -> None:
    zip_ = {"slug": "zip", "name": "Zip", "singer": "tap-zip"}
    first = rebuild(zip_, ACME).read_bytes()
    assert rebuild(ACME, zip_).read_bytes() == first


def test_a_spelling_that_two_sources_share_is_refused_and_nothing_is_written(
    rebuild: Any, tmp_path: Path
) -> None:
    twin = {"slug": "acme-sales", "name": "Acme Sales Cloud", "dlt": "acme"}
    with pytest.raises(SystemExit, match="is a spelling of acme and of acme-sales; keep one"):
        rebuild(ACME, twin)
    assert not (tmp_path / "catalogue.txt").exists()


def test_an_unknown_release_stage_in_the_input_is_refused(rebuild: Any) -> None:
    odd = {**ACME, "managed": True, "managed_status": "gamma", "managed_doc": "acme"}
    with pytest.raises(SystemExit, match='managed_status is "gamma"; use one of ga, ga_likely'):
        rebuild(odd)


def test_a_new_connector_for_logs_needs_a_word_on_what_it_covers(rebuild: Any) -> None:
    logs = {**ACME, "managed": True, "managed_status": "beta", "managed_doc": "acme-audit-logs"}
    with pytest.raises(SystemExit, match="say in SCOPES what they cover"):
        rebuild(logs)


def test_a_bar_in_a_name_is_refused(rebuild: Any) -> None:
    with pytest.raises(SystemExit, match="a bar"):
        rebuild({**ACME, "name": "Acme|CRM"})
