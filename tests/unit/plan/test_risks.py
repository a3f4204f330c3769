"""Every rule fires where it should and only there, at the level it says."""

from __future__ import annotations

import re
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest
from factories import UNKNOWN_SOURCE, answers, facts, table
from planning.answers.answer_types import Decision, ExtraRisk, OAuth, RateLimit
from planning.plan import risks
from planning.plan.alternatives import alternatives_for
from planning.plan.model import Risk
from planning.plan.risks import RULES, SHARES, assess
from planning.plan.risks.base_rates import CONNECTORS, COUNTED_UNTIL, FIXES, KINDS, MET_BY, share_of
from planning.terms.vocabulary import LEVELS as WORDS
from planning.terms.vocabulary import RISK_CATEGORIES
from risk_levels import LEVELS
from risk_pairs import DAY, HOUR, LIMITED, PAIRS, PER_MINUTE, cdc, fan_out, known, one

ROOT = Path(__file__).resolve().parents[3]
sys.path.append(str(ROOT / "scripts"))

from reference import risks as document  # noqa: E402


def found(**changes: Any) -> dict[str, Risk]:
    """The risks of a plan by id."""
    return {risk.id: risk for risk in assess(facts(**changes))[0]}


def why(id: str, **changes: Any) -> str:
    return found(**changes)[id].why


def test_every_rule_has_a_plan_that_fires_it_and_one_that_does_not() -> None:
    assert set(PAIRS) == {rule.id for rule in RULES}


@pytest.mark.parametrize("id", PAIRS)
def test_a_rule_fires_for_its_plan(id: str) -> None:
    assert id in found(**PAIRS[id].fires)


@pytest.mark.parametrize("id", PAIRS)
def test_a_rule_is_silent_after_one_change(id: str) -> None:
    pair = PAIRS[id]
    assert len(pair.silent) == 1
    assert id not in found(**{**pair.fires, **pair.silent})


@pytest.mark.parametrize(
    ("id", "plan", "likelihood", "impact"),
    [(id, *case) for id, cases in LEVELS.items() for case in cases],
)
def test_the_answers_move_the_level(
    id: str, plan: dict[str, Any], likelihood: str, impact: str
) -> None:
    risk = found(**plan)[id]
    assert (risk.likelihood, risk.impact) == (likelihood, impact)


def test_every_rule_whose_level_moves_is_tried_at_several_levels() -> None:
    moving = {rule.id for rule in RULES if rule.moves.startswith(("Up one", "Down one"))}
    # Moved the same way wherever they fire.
    always = {rule.id for rule in RULES if re.match(r"(Up|Down) one step:", rule.moves)}
    assert moving - always <= {id for id, cases in LEVELS.items() if len(cases) > 1}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_is_complete(rule: risks.Rule) -> None:
    texts = (rule.what, rule.mitigation, rule.fires_when, rule.moves, rule.impact_reason)
    assert rule.category in RISK_CATEGORIES
    assert set(rule.kinds) <= set(KINDS)
    assert all(text[0].isupper() or text[0] == "`" for text in texts)
    assert all(text.endswith(".") for text in (*texts, rule.false_positives))
    assert rule.check.endswith("?")
    assert not rule.title.endswith(".")


def test_ids_are_words_and_never_numbers_and_none_comes_twice() -> None:
    ids = [rule.id for rule in RULES]
    assert len(set(ids)) == len(ids)
    assert all(word.isalpha() or word == "p0" for id in ids for word in id.split("-"))


# What the reader sees


def test_a_full_reload_names_the_table_its_requests_and_the_limit() -> None:
    plan = {**LIMITED, **one("ticket_comments", rows=40_000_000)}
    assert why("full-reload-of-large-table", **plan) == (
        "ticket_comments (40M rows) reloads in full every hour: 400,000 requests, "
        "9.5 times the limit."
    )


def test_a_sync_over_the_limit_names_what_is_allowed_and_the_interval_that_fits() -> None:
    big = table("big", ingestion="cdc", filter="none", rows=40_000_000)
    plan = {**LIMITED, "tables": (big, table("small", rows=100))}
    assert why("sync-over-rate-limit", **plan) == (
        "A sync every hour makes 400,001 requests, and 700/minute allows 42,000: 9.5 times the "
        "limit. Most goes to big (9.5 times the limit). The shortest interval that fits is "
        "9 h 32 min."
    )


def test_one_cause_makes_one_risk() -> None:
    reload = found(**LIMITED, tables=(table("big", rows=40_000_000),))
    assert reload["full-reload-of-large-table"].severity == "High"
    assert not {"sync-over-rate-limit", "backfill-takes-days"} & set(reload)
    tables = (table("tickets", rows=900_000), table("comments", parent="tickets"))
    by_parent = found(**LIMITED, tables=tables)
    assert by_parent["one-request-per-parent"].severity == "High"
    assert not {"sync-over-rate-limit", "backfill-takes-days"} & set(by_parent)


def test_a_guess_of_the_plan_makes_no_high_risk_about_the_source() -> None:
    guess = {"assumed": frozenset({"ingestion", "cursor_field", "primary_keys"})}
    reload = found(**LIMITED, tables=(table("big", rows=40_000_000, **guess),))
    assert reload["full-reload-of-large-table"].severity != "High"
    changing = table("orders", ingestion="cdc", cursor_field="created_at", **guess)
    blaming = {"cursor-misses-updates", "cursor-state", "append-rows-change"}
    assert not blaming & set(found(tables=(changing,)))


def test_what_nobody_answered_is_at_most_one_risk_a_category() -> None:
    unanswered = [risk for risk in found().values() if risk.id.endswith(("unknown", "unchecked"))]
    assert unanswered
    categories = [risk.category for risk in unanswered]
    assert len(set(categories)) == len(categories)


def test_of_many_tables_the_worst_three_are_named_and_the_rest_counted() -> None:
    tables = tuple(table(f"t{n}", rows=n * 1_000_000) for n in range(1, 16))
    risk = found(tables=tables)["full-reload-of-large-table"]
    assert risk.why == (
        "t15 (15M rows) reloads in full at every sync. So do t14 (14M rows), t13 (13M rows), "
        "t12 (12M rows) and 11 more."
    )
    assert risk.tables == tuple(f"t{n}" for n in range(15, 0, -1))


def test_a_load_of_many_tables_alike_is_said_to_be_spread() -> None:
    known = {"ingestion": "cdc", "filter": "none", "rows": 10_000_000}
    tables = tuple(table(f"t{n}", **known) for n in range(20))
    plan = {**LIMITED, "tables": tables, "sync_interval": 86_400}
    assert "198% of the limit. It is spread over many tables." in why(
        "sync-over-rate-limit", **plan
    )
    assert why("backfill-takes-days", **plan).endswith("spread over many tables.")


def test_an_interval_is_printed_as_it_was_given() -> None:
    plan = {**LIMITED, **cdc(rows=40_000_000, filter="none")}
    for seconds, words in (
        (5400, "every 90 minutes"),
        (90, "every 90 seconds"),
        (60, "every minute"),
    ):
        assert f"A sync {words} makes" in why(
            "sync-over-rate-limit", **plan | {"sync_interval": seconds}
        )


def test_limits_of_one_window_are_tiers_and_others_hold_beside_them() -> None:
    def tiers(*limits: tuple[int, int], **more: Any) -> str:
        rates = tuple(RateLimit(n, s, f"{n} in {s}") for n, s in limits)
        risk = found(rate_limits=rates, **more).get("tiered-rate-limit")
        return risk.why if risk else ""

    assert tiers((700, 60), (700, 60)) == ""
    assert tiers((10, 1), (1000, 60)) == ""
    load = {"page_size": 1, "sync_interval": 86_400, **one(rows=10_000)}
    held_up = tiers((10, 1), (100, 1), (1_000, 86_400), **load)
    assert held_up.startswith("10 in 1 and 100 in 1 stand over the same window")
    assert held_up.endswith("This plan reckons with 10 in 1.")
    eased = tiers((1_000, 86_400), (20_000, 86_400), (10, 1), **load)
    assert "exceed (10.0 times the limit) while 20000 in 86400 carries them" in eased


def test_several_limits_stay_a_risk_while_a_table_is_unknown() -> None:
    limits = (RateLimit(10, 1, "10/s"), RateLimit(100_000, 86_400, "100000/day"))
    plan = {"rate_limits": limits, "page_size": 100, "sync_interval": 3_600}
    plan["features"] = ("rate_limiting",)
    small = table("small", rows=100)
    assert "several-rate-limits" not in found(**plan, tables=(small,))
    assert found(**plan, tables=(small, table("big")))["several-rate-limits"].severity == "Medium"


def test_a_first_load_without_a_limit_is_measured_by_one_reader() -> None:
    plan = {"rate_limits": (), "page_size": 100, **cdc("events", rows=5_000_000)}
    assert why("backfill-takes-days", **plan) == (
        "50,000 requests take 13.9 h for one reader, assuming one request a second, most of them "
        "for events (50,000)."
    )
    assert "backfill-takes-days" not in found(**plan, features=("partitioned_reads",))


def test_deletions_are_a_high_risk_where_the_purpose_counts_records() -> None:
    risk = found(**cdc("employees"), use_cases=("Headcount by month",))["deletes-unseen"]
    assert risk.severity == "High"
    assert '"Headcount"' in risk.why


def test_figures_quoted_beside_the_rules_are_those_that_were_counted() -> None:
    managed = next(alternatives_for(answers(managed_connector="yes"), UNKNOWN_SOURCE))
    counted = f"{CONNECTORS} connectors studied needed {FIXES:,} fixes up to {COUNTED_UNTIL}."
    assert counted in " ".join(managed.speaks_for)


def test_contradictory_requirements_are_quoted() -> None:
    text = why("dependency-conflict", dependencies=("requests>=2.31", "requests<2", "httpx>1,<1"))
    first, second = text.split("; ")
    assert first == "dependencies: no version fits requests>=2.31 and requests<2"
    assert second == "no version fits httpx<1,>1."


@pytest.mark.parametrize(
    "wanted",
    [
        ("requests>1.0", "requests<1.0.1"),
        ("requests~=2.31", "requests!=2.31.0"),
        ("requests<3", "requests!=2.*"),
        ("requests==2.*",),
        ('requests<2; python_version < "3.10"', 'requests>2; python_version >= "3.10"'),
    ],
)
def test_requirements_that_some_version_fits_are_no_conflict(wanted: tuple[str, ...]) -> None:
    assert "dependency-conflict" not in found(dependencies=wanted)


@pytest.mark.parametrize(
    ("column", "fires"),
    [
        ("created_at", True),
        ("createdAt", True),
        ("date_created", True),
        ("id", True),
        ("invoiceNumber", True),
        ("meta.created", True),
        ("updated_at", False),
        ("hs_lastmodifieddate", False),
        ("SystemModstamp", False),
        ("historyId", False),
        ("last_seen", False),
        ("processed_at", False),
        ("sequence_number", False),
    ],
)
def test_a_cursor_of_creation_or_identity_misses_updates(column: str, fires: bool) -> None:
    assert ("cursor-misses-updates" in found(**cdc(cursor_field=column))) is fires


def test_the_connector_the_answers_deny_is_quoted_from_the_catalogue() -> None:
    text = why("connector-exists-after-all", managed_connector="no", existing=known("managed"))
    assert text == "managed_connector is no, but: A managed connector, as of 2026-08-18."


def test_a_connector_for_a_part_of_the_source_denies_nothing() -> None:
    part = known("managed", partial=True)
    assert "connector-exists-after-all" not in found(managed_connector="no", existing=part)


def test_tables_of_earlier_phases_are_no_risk_of_keys_and_cursors() -> None:
    plan = cdc(cursor_field="created_at", primary_keys=(), shipped=True)
    assert not {"cursor-misses-updates", "key-not-confirmed", "cursor-state"} & set(found(**plan))


def test_where_nothing_is_built_only_that_choice_is_a_risk() -> None:
    plan = {"recommendation": "adopt", "managed_connector": "no", "community_connector": "no"}
    assert {risk.category for risk in found(**plan).values()} == {"fit"}


# The list


def test_risks_come_by_severity_then_by_how_much_went_wrong_and_then_by_id() -> None:
    listed = assess(facts(**cdc("orders", rows=40_000_000), dependencies=("requests>=2",)))[0]
    keys = [
        (WORDS.index(risk.severity), -share_of(risk.category), -SHARES[risk.id], risk.id)
        for risk in listed
    ]
    assert keys == sorted(keys)
    assert {risk.severity for risk in listed} == set(WORDS)


def test_a_risk_added_by_hand_stands_among_the_others_by_its_severity() -> None:
    sale = ExtraRisk("extra-vendor-for-sale", "The vendor is for sale", "High", "High", "Ask.")
    listed = assess(facts(extra_risks=(sale,)))[0]
    mine = next(risk for risk in listed if risk.id == "extra-vendor-for-sale")
    assert (mine.severity, mine.title, mine.mitigation) == ("High", sale.risk, "Ask.")
    assert listed.index(mine) < next(i for i, r in enumerate(listed) if r.severity == "Medium")


def test_a_plan_that_is_well_answered_has_no_high_risk() -> None:
    plan = {
        **cdc("invoices", rows=200_000, rows_per_day=1_000),
        "docs_url": "https://docs.example",
        "problem": "Revenue by region",
        "target_users": ("Finance",),
        "use_cases": ("Revenue report",),
        "managed_connector": "no",
        "community_connector": "no",
        "auth_methods": ("api_key",),
        "features": ("rate_limiting", "retry_backoff", "incremental_sync"),
        "rate_limits": (PER_MINUTE,),
        "page_size": 100,
        "pagination": "cursor",
        "request_timeout_seconds": 60,
        "sync_interval": DAY,
        "test_environment": "sandbox",
        "schema_kind": "static",
        "schema_changes": "yearly",
        "api_version": "v2",
        "api_end_of_life": "2031-01-01",
        "created": "2026-11-24",
        "owner": "Ada",
    }
    listed = found(**plan).values()
    assert [risk.id for risk in listed if risk.severity == "High"] == []
    assert len(listed) <= 8


def test_a_plan_of_names_alone_is_not_all_high() -> None:
    listed = found().values()
    high = [risk for risk in listed if risk.severity == "High"]
    assert 0 < len(high) < len(listed) / 2


# Decisions


def decide(id: str, **decision: Any) -> dict[str, Any]:
    return {"risk_decisions": {id: Decision(**decision)}}


@pytest.mark.parametrize("status", ["accepted", "mitigated", "closed"])
def test_a_risk_that_was_decided_on_stays_in_the_list(status: str) -> None:
    plan = decide("rate-limit-unknown", status=status, owner="Ada", note="Asked the vendor.")
    risk = found(**plan)["rate-limit-unknown"]
    assert (risk.decision.status, risk.decision.owner) == (status, "Ada")
    assert risk.decision.note == "Asked the vendor."


def test_the_mitigation_that_was_decided_takes_the_place_of_the_proposed_one() -> None:
    plan = decide("rate-limit-unknown", status="mitigated", mitigation="Ten requests a minute.")
    assert found(**plan)["rate-limit-unknown"].mitigation == "Ten requests a minute."


def test_a_decision_whose_risk_no_longer_applies_is_kept_apart() -> None:
    plan = decide("rate-limit-unknown", status="accepted")
    _, unused = assess(facts(rate_limits=(PER_MINUTE,), **plan))
    assert unused == (("rate-limit-unknown", Decision(status="accepted")),)


@pytest.mark.parametrize(
    ("decided_at", "status", "worse"),
    [
        ("Medium", "accepted", True),
        ("Low", "closed", True),
        ("High", "accepted", False),
        ("", "accepted", False),
        ("Medium", "open", False),
    ],
)
def test_a_risk_that_grew_since_its_decision_says_so(
    decided_at: str, status: str, worse: bool
) -> None:
    plan = decide("rate-limit-unknown", status=status, severity=decided_at)
    risk = found(sync_interval=HOUR, **plan)["rate-limit-unknown"]
    assert (risk.severity, risk.worse) == ("High", worse)


def test_a_decision_on_a_risk_added_by_hand_is_applied() -> None:
    sale = ExtraRisk("extra-sale", "The vendor is for sale", "Low", "High", "Ask.")
    plan = decide("extra-sale", status="accepted")
    assert found(extra_risks=(sale,), **plan)["extra-sale"].decision.status == "accepted"


# Base rates and documents


def test_the_base_rates_hold_the_kinds_of_one_percent_and_more() -> None:
    assert min(kind.share for kind in KINDS.values()) >= 0.01
    assert round(sum(kind.share for kind in KINDS.values()), 2) == 0.99


def test_frequent_kinds_start_high_rare_ones_low_and_understated_ones_never_low() -> None:
    starts = {level: {n for n, k in KINDS.items() if k.start == level} for level in WORDS}
    assert starts["High"] == {"type_format", "state_cursor", "fields"}
    assert {"timeout_5xx", "pagination", "slow_large"} <= starts["Medium"]
    assert {"token_oauth", "tests"} <= starts["Medium"]
    assert {"memory", "library", "primary_key"} <= starts["Low"]


def test_every_counted_kind_is_met_by_a_rule_or_a_criterion() -> None:
    by_rule = {kind for rule in RULES for kind in rule.kinds}
    unmet = [name for name in KINDS if name not in by_rule | set(MET_BY)]
    assert unmet == ["other"]


def test_the_criteria_that_meet_a_kind_exist() -> None:
    there = document.tests_by_criterion()
    missing = {one for ids in MET_BY.values() for one in ids.split() if one not in there}
    assert missing == set()


def test_the_rule_that_the_guide_shows_is_a_rule_as_it_stands() -> None:
    guide = (ROOT / "docs" / "contributing" / "add-a-risk-rule.md").read_text(encoding="utf-8")
    [shown] = re.findall(r"^    ```python\n(.*?)^    ```", guide, re.S | re.M)
    folder = ROOT / "extensions" / "planning" / "plan" / "risks"
    rules = (file.read_text(encoding="utf-8") for file in folder.glob("*.py"))
    assert any(textwrap.dedent(shown) in rule for rule in rules)


def test_the_document_changes_with_a_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    first, *others = RULES
    changed = (first._replace(what="Something else happens."), *others)
    before = document.page()
    monkeypatch.setattr(document, "RULES", changed)
    assert document.page() != before


def test_what_lies_beyond_the_cap_is_counted() -> None:
    beyond = {"pagination_limit": 10_000, "pagination": "offset", "rate_limits": (PER_MINUTE,)}
    alone = why("page-cap-below-table", **beyond, tables=(table("orders", rows=30_000),))
    assert "has more: 20k rows lie beyond it" in alone
    both = why(
        "page-cap-below-table",
        **beyond,
        tables=(table("orders", rows=30_000), table("users", rows=15_000)),
    )
    assert "have more: 25k rows lie beyond it" in both


@pytest.mark.parametrize(
    ("name", "keys"), [("lines", ("order_number",)), ("lines", ("id",)), ("members", ("uuid",))]
)
def test_a_key_that_names_its_parent_or_is_unique_everywhere_is_no_risk(
    name: str, keys: tuple[str, ...]
) -> None:
    below = one(name, parent="orders", primary_keys=keys)
    assert "key-without-namespace" not in found(**below)


def test_the_state_of_a_read_says_what_makes_it_more_than_one_value() -> None:
    orders = table("orders", ingestion="cdc", cursor_field="updated_at", parent="shops")
    events = table("events", ingestion="append", cursor_field="happened")
    said = why("cursor-state", tables=(orders, events))
    assert said.startswith("2 tables are read by 2 kinds of cursor (")
    assert "one state for all skips some: orders" in said
    assert "filter or order is unsaid: orders and events" in said


def test_a_managed_connector_that_the_answers_deny_is_one_risk() -> None:
    preview = known("managed", preview=True)
    assert "managed-connector-in-preview" in found(existing=preview, managed_connector="yes")
    denied = found(existing=preview, managed_connector="no")
    assert "connector-exists-after-all" in denied
    assert "managed-connector-in-preview" not in denied


@pytest.mark.parametrize(("cursor", "fires"), [("join_time", True), ("joined_at", False)])
def test_who_joins_a_meeting_appears_when_it_is_over(cursor: str, fires: bool) -> None:
    plan = one("participants", ingestion="append", cursor_field=cursor)
    assert ("cursor-is-a-start" in found(**plan)) is fires


def test_nobody_is_told_to_renew_a_token_that_the_platform_renews() -> None:
    plan = {**LIMITED, **one(rows=9_000_000), "auth_methods": ("oauth2_client_credentials",)}
    by_platform = found(**plan)
    assert "platform-token-ends" in by_platform
    assert not {"token-expires", "backfill-outlives-token"} & set(by_platform)
    by_connector = found(**plan, oauth=OAuth(flow="connector"))
    assert "backfill-outlives-token" in by_connector
    assert "platform-token-ends" not in by_connector


def test_a_method_nobody_described_is_not_said_to_need_a_person() -> None:
    plan = {"auth_methods": ("api_key", "other"), "test_environment": "production"}
    assert "without a person" not in found(**plan)["untested-auth-method"].why


# Sentences that would be wrong for their source


def mitigation(id: str, **changes: Any) -> str:
    return found(**changes)[id].mitigation


def test_without_parents_nobody_is_told_to_ask_fewer_parents() -> None:
    below = fan_out(parent="tickets")
    single = one("messages", rows=300_000, request_per_record=True)
    assert "parents" in mitigation("one-request-per-parent", **LIMITED, **below)
    assert "parent" not in mitigation("one-request-per-parent", **LIMITED, **single)


def test_a_feed_and_a_database_are_not_asked_for_filter_and_order() -> None:
    assert "cursor-state" in found(**cdc())
    assert "cursor-state" not in found(**cdc(read_by="changes"))
    assert "cursor-state" not in found(**cdc(), source_type="database")


def test_kinds_of_cursor_are_shown_by_one_table_each() -> None:
    cursors = {"a": "updated_at", "b": "updated_at", "c": "created_on", "d": "updated_at"}
    tables = [table(n, ingestion="append", cursor_field=c) for n, c in cursors.items()]
    told = why("cursor-state", tables=tuple(tables))
    assert "4 tables are read by 2 kinds of cursor (a (updated_at) and c (created_on))" in told


def test_an_append_table_is_not_told_to_merge_only() -> None:
    late = one(ingestion="append", cursor_field="sent_at", lookback=DAY)
    assert "append table leave out" in mitigation("figures-are-restated", **late)


def test_a_feed_forgets_changes_and_a_list_loses_records() -> None:
    feed, log = cdc(read_by="changes", retention=7 * DAY), cdc(retention=7 * DAY)
    assert why("history-expires", **feed).startswith("Changes are remembered")
    assert "begin the feed anew" in mitigation("history-expires", **feed)
    assert why("history-expires", **log).startswith("Records are kept")
    # What the list has dropped comes with no full read.
    assert "read the table in full" not in mitigation("history-expires", **log)


def test_a_cursor_that_nobody_confirmed_makes_no_high_risk() -> None:
    known_cursor = {"known": {"cursor_field": "the community connector acme, 2026-08-18"}}
    changing = one("comments", ingestion="append", cursor_field="updated_at", **known_cursor)
    assert found(**changing)["append-rows-change"].severity == "Medium"
    said = one("comments", ingestion="append", cursor_field="updated_at")
    assert found(**said)["append-rows-change"].severity == "High"


def test_nobody_knows_how_often_only_where_no_table_says_so() -> None:
    paged = {"pagination": "offset"}
    assert "nobody knows how often" in why("offset-over-moving-data", **paged, **cdc(rows=5_000))
    moving = cdc("invoices", rows=5_000, rows_per_day=400)
    told = why("offset-over-moving-data", **paged, **moving)
    assert "400 records of invoices are new or changed a day" in told
    assert "nobody knows" not in told


def test_reports_are_told_by_their_key_too_and_not_by_a_path() -> None:
    keyed = cdc("landing_pages", primary_keys=("date", "landingPage"), cursor_field="date")
    assert "fields-that-exclude-each-other" in found(**keyed)
    people = one("report_meeting_participants", parent="meetings")
    assert "fields-that-exclude-each-other" not in found(**people)
    insights = one("media_insights", parent="media")
    assert "fields-that-exclude-each-other" in found(**insights)


def test_nobody_is_told_to_set_the_start_that_is_set() -> None:
    grows = one("audit_logs", rows=2_000_000)
    assert "earliest" in mitigation("history-gets-slow", **grows)
    assert "earliest" not in mitigation("history-gets-slow", **grows, earliest="2024-01-01")
