"""Holds plans against what went wrong in real connectors, and prints where the rules stand.

    python scripts/run_backtest.py

`backtest/plans.yml` holds plans as they could have been made before the first line of code,
`backtest/histories.yml` how many fixes of each category connectors for the same sources needed.
Printed are, beside what the constant answer "schema, API limits, incremental" reaches:

- worst three: how many of the three categories that a plan puts first are among the true three
- data volume, dependencies: rank correlation, across sources, of how heavily a plan rates the
  category with its true share of the fixes
"""

from __future__ import annotations

import statistics
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "extensions"))

from planning.answers.reading import read_answers  # noqa: E402
from planning.plan import capacity, fit  # noqa: E402
from planning.plan.features import default_features  # noqa: E402
from planning.plan.model import Facts, Risk  # noqa: E402
from planning.plan.risks import RULES, assess  # noqa: E402
from planning.sources.existing import Existing  # noqa: E402

CATEGORIES = {
    "schema": "schema",
    "api_limits": "api_limits",
    "cursors": "incremental",
    "deletes": "incremental",
    "data_volume": "data_volume",
    "auth_complexity": "auth",
    "dependencies": "dependencies",
}
"""Category of a risk -> category of a fix. Of the others histories tell nothing."""

CONSTANT = ("schema", "api_limits", "incremental")
"""The most frequent categories of docs/risks.md: the answer for a source nobody has looked at."""

WEIGHTS = {"High": 4, "Medium": 2, "Low": 1}
"""How heavily a risk counts for its category."""

EVERY_PLAN = {
    "docs_url": "https://docs.example",
    "problem": "The data is needed beside that of other systems.",
    "target_users": ["Analysts"],
    "use_cases": ["Monthly report"],
    "managed_connector": "no",
    "community_connector": "no",
    "created": "2026-11-24",
    "owner": "Ada",
}

UNKNOWN = Existing(match="", findings=(), near=(), as_of="")


def risks_of(source: str, said: Mapping[str, Any]) -> tuple[Risk, ...]:
    """The risks of a plan, with the features that a session would propose."""
    raw = {"connector": source.replace("-", "_"), **EVERY_PLAN, **said}
    raw["features"] = list(default_features(read_answers(raw)))
    answers = read_answers(raw)
    known = fit.assess(answers, UNKNOWN)
    return assess(Facts(answers, UNKNOWN, known, capacity.estimate(answers)))[0]


def worst(risks: Sequence[Risk]) -> list[str]:
    """The categories in the order in which a reader of the list meets them."""
    met = [CATEGORIES[risk.category] for risk in risks if risk.category in CATEGORIES]
    return list(dict.fromkeys(met))


def ratings(risks: Sequence[Risk]) -> Counter[str]:
    """How heavily the risks rate each category."""
    rated: Counter[str] = Counter()
    for risk in risks:
        if risk.category in CATEGORIES:
            rated[CATEGORIES[risk.category]] += WEIGHTS[risk.severity]
    return rated


def among_true(named: Sequence[str], fixes: Mapping[str, int]) -> float:
    """How many of three categories are among the three with most fixes; ties count in part."""
    ranked = sorted(fixes.values(), reverse=True)
    third = ranked[2] if len(ranked) > 2 else 1
    sure = [one for one, count in fixes.items() if count > third]
    tied = [one for one, count in fixes.items() if count == third]
    part = (3 - len(sure)) / len(tied) if tied else 0.0
    return sum(1.0 if one in sure else part if one in tied else 0.0 for one in named)


def correlation(rated: Sequence[float], true: Sequence[float]) -> float:
    """Spearman's rank correlation; 0 where one side does not vary."""
    first, second = _ranks(rated), _ranks(true)
    if len(set(first)) < 2 or len(set(second)) < 2:
        return 0.0
    return statistics.correlation(first, second)


def _ranks(values: Sequence[float]) -> list[float]:
    ordered = sorted(values)
    return [ordered.index(one) + (ordered.count(one) - 1) / 2 for one in values]


def main() -> int:
    plans = yaml.safe_load((ROOT / "backtest" / "plans.yml").read_text(encoding="utf-8"))
    histories = yaml.safe_load((ROOT / "backtest" / "histories.yml").read_text(encoding="utf-8"))
    found = {source: risks_of(source, plans[source]) for source in histories}
    hits, constant = [], []
    print(f"{'source':22} risks  high  worst three of the plan")
    for source, risks in found.items():
        named = worst(risks)[:3]
        hits.append(among_true(named, histories[source]))
        constant.append(among_true(CONSTANT, histories[source]))
        high = sum(risk.severity == "High" for risk in risks)
        print(f"{source:22} {len(risks):5} {high:5}  {', '.join(named)} ({hits[-1]:.2f})")
    print(
        f"\nworst three   {statistics.mean(hits):.2f} of 3, "
        f"the constant {statistics.mean(constant):.2f}"
    )
    for category in ("data_volume", "dependencies", "auth"):
        rated = [ratings(risks)[category] for risks in found.values()]
        true = [one.get(category, 0) / sum(one.values()) for one in histories.values()]
        print(f"{category:13} {correlation(rated, true):+.2f} rank correlation")
    fired = Counter(risk.id for risks in found.values() for risk in risks)
    always = [id for id, times in fired.items() if times == len(found)]
    print(f"risks a plan  {statistics.median(map(len, found.values())):.0f} (median)")
    print(f"levels        {dict(Counter(r.severity for one in found.values() for r in one))}")
    print(f"in every plan {', '.join(always) or 'none'}")
    silent = sorted({rule.id for rule in RULES} - set(fired))
    print(f"in no plan    {', '.join(silent) or 'none'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
