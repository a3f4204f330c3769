"""docs/risks.md, from the risk rules.

Which test proves a criterion is read off the criteria of one plan that has all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from planning import build, read_answers
from planning.plan.risks import RULES
from planning.plan.risks import base_rates as rates
from planning.plan.risks.matrix import severity
from planning.plan.risks.rule import Rule
from planning.plan_of_file import CATALOGUE
from planning.sources import catalogue
from planning.terms.vocabulary import LEVELS, RISK_CATEGORIES

from . import GENERATED, table

EVERY_CRITERION = {
    "connector": "acme",
    "tables": "[{name: TABLE, ingestion: cdc_with_deletes, rows: 1M, rows_per_day: 1k}]",
    "table_details": "TABLE: {primary_keys: [id], cursor_field: updated_at}",
    "auth_methods": ["oauth2_client_credentials"],
    "rate_limit": "700/minute",
    "page_size": 100,
    "pagination_limit": 10_000,
    "api_version": "v2",
    "sync_interval": "1h",
    "dependencies": ["requests>=2.31,<3"],
}
"""Answers of a plan that has every criterion the base rates name."""


def page() -> str:
    """docs/risks.md."""
    parts = ("# Risks", *_levels(), *_base_rates(), *_foreseen(), *_coverage(), *_rules())
    return GENERATED + "\n\n".join(part.strip() for part in parts) + "\n"


def tests_by_criterion() -> Mapping[str, str]:
    """Criterion id, with `<table>` for the name of a table -> the acceptance test, or ''."""
    connectors = catalogue.Catalogue(CATALOGUE)
    found = {}
    for schema_kind in ("static", "dynamic"):  # each brings a criterion that the other lacks
        answers = read_answers({**EVERY_CRITERION, "schema_kind": schema_kind})
        for one in build(answers, connectors).criteria:
            found[one.id.replace("TABLE", "<table>")] = one.test.partition("[")[0]
    return found


def _levels() -> Iterator[str]:
    yield (
        f"A plan is looked at by {len(RULES)} rules. Each is a function of the answers, the "
        "catalogue of existing connectors, the fit and the capacity. It says nothing, or names a "
        "risk with a likelihood and an impact and quotes the answers that caused it."
    )
    yield "## Levels"
    yield (
        "Severity follows from likelihood and impact by one matrix. A risk is listed by severity, "
        "then by how many of all fixes were of its category and of its kind, then by id. What "
        "nobody answered stands among the open questions, with what depends on it, and is at most "
        "one risk for each category. A key or an ingestion type that the plan only assumes makes "
        "no High risk."
    )
    yield table(
        ("likelihood", *(f"impact {level}" for level in LEVELS)),
        [(level, *(severity(level, impact) for impact in LEVELS)) for level in LEVELS],
    )
    yield (
        "A likelihood starts from how often its kind of trouble happened to real connectors, and "
        "the answers move it up or down by steps. It stops at High and at Low. A rule of several "
        "kinds starts from the most frequent one."
    )
    yield (
        f"- **High** from a share of {rates.HIGH_FROM:.1%}: twice the even share of "
        f"{rates.EVEN_SHARE:.1%}.\n"
        f"- **Medium** from a share of {rates.MEDIUM_FROM:.1%}: half the even share.\n"
        "- **Low** below that.\n"
        f"- **{rates.UNCOUNTED_START}** for rules of no counted kind, and at least that for the "
        "kinds marked *understated*: setting up authentication, tests and trouble with quotas "
        "leave few traces in changelogs, so a low count is no proof of a low risk."
    )


def _base_rates() -> Iterator[str]:
    yield "## Base rates"
    yield (
        f"{rates.FIXES:,} fixes and forced changes in the change histories of {rates.CONNECTORS} "
        "connectors (Airbyte to 2025-11, Singer taps and Lakeflow community connectors to "
        f"{rates.COUNTED_UNTIL}), without routine releases, each put in one kind by one rater. "
        f"5 to 10 % of the labels are debatable. These are the {len(rates.KINDS)} kinds with a "
        "share of 1 % or more."
    )
    rows = []
    for name, kind in rates.KINDS.items():
        found = f"{kind.connectors} of {rates.CONNECTORS}"
        start = f"{kind.start}, understated" if kind.understated else kind.start
        rows.append((f"`{name}`", kind.what, str(kind.entries), f"{kind.share:.1%}", found, start))
    yield table(("kind", "what happened", "fixes", "share", "connectors", "start"), rows)


def _foreseen() -> Iterator[str]:
    """For each category of the histories the share of fixes and the rules that foresee them."""
    yield "## What each category would have foreseen"
    yield (
        "The fixes of the base rates by category of risk, and the rules that would have named them "
        "beforehand, the most frequent first. `make backtest` holds these rules against connectors "
        "for other sources (`backtest/`): it prints how many of the three categories a plan puts "
        "first are among the true three, beside what the constant answer schema, API limits and "
        "cursors reaches, and the rank correlation of data volume and dependencies."
    )
    rows = []
    for category, name in RISK_CATEGORIES.items():
        rules = [rule for rule in RULES if rule.category == category]
        kinds = rates.OF_CATEGORY.get(category, ())
        named = sorted(rules, key=lambda rule: (-rule.share, rule.id))
        links = ", ".join(f"[{rule.id}](#{rule.id})" for rule in named)
        what = ", ".join(f"`{kind}`" for kind in kinds) or "no counted kind"
        share = f"{rates.share_of(category):.1%}" if kinds else "not counted"
        rows.append((name, what, share, links))
    yield table(("category", "kinds", "share of fixes", "rules"), rows)


def _coverage() -> Iterator[str]:
    yield "## What meets each kind"
    yield (
        "Every kind is met in each plan that it can concern: by a rule where the answers tell, and "
        "by an acceptance criterion in any case. Criteria with a test are proved by it; the others "
        "are checked by a person."
    )
    tests = tests_by_criterion()
    rows = []
    for name, ids in rates.MET_BY.items():
        rules = [f"[{rule.id}](#{rule.id})" for rule in RULES if name in rule.kinds]
        proofs = dict.fromkeys(f"`{tests[one]}`" for one in ids.split() if tests[one])
        named = ", ".join(f"`{one}`" for one in ids.split())
        rows.append((f"`{name}`", ", ".join(rules) or "-", named, ", ".join(proofs) or "-"))
    yield table(("kind", "rules", "criteria", "tests"), rows)


def _rules() -> Iterator[str]:
    yield "## Rules"
    for category, name in RISK_CATEGORIES.items():
        yield f"### {name}"
        for one in RULES:
            if one.category == category:
                yield from _rule(one)


def _rule(one: Rule) -> Iterator[str]:
    yield f"#### {one.id}"
    yield f"**{one.title}.** {one.what}"
    yield (
        f"- Fires when: {one.fires_when}\n"
        f"- Likelihood: starts at {one.start} ({_reason(one)}). {one.moves}\n"
        f"- Impact: {one.impact_reason}\n"
        f"- What to do: {one.mitigation}\n"
        f"- Check: {one.check}\n"
        f"- False positive: {one.false_positives}"
    )


def _reason(one: Rule) -> str:
    return ", ".join(map(_share, one.kinds)) or "changelogs do not show it"


def _share(name: str) -> str:
    kind = rates.KINDS[name]
    return f"`{name}` {kind.share:.1%}{', understated' if kind.understated else ''}"
