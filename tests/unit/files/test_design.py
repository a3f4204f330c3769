"""DESIGN.md as people read it: what stands where, what is marked, what folds, what cannot break."""

from __future__ import annotations

import importlib.util
import re
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from factories import CATALOGUE
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from markdown_it import MarkdownIt
from planning import FILTERS, build, read_answers
from planning.updates.design_merge import merge

ROOT = Path(__file__).resolve().parents[3]

SMALL: dict[str, Any] = {"connector": "acme", "tables": ["orders"], "created": "2026-11-24"}
FULL: dict[str, Any] = {
    **SMALL,
    "source_name": "Acme",
    "docs_url": "https://acme.example/docs",
    "problem": "Sales copies numbers by hand.",
    "target_users": ["Analysts"],
    "use_cases": ["Monthly report"],
    "managed_connector": "no",
    "community_connector": "no",
    "tables": [
        {"name": "orders", "ingestion": "cdc", "rows": "2M", "rows_per_day": "10k"},
        {
            "name": "customers",
            "ingestion": "snapshot",
            "priority": "P1",
            "primary_keys": ["number"],
            "rows": 4000,
            "notes": "Without the deleted ones",
        },
    ],
    "out_of_scope": {"invoices": "no API"},
    "auth_methods": ["api_key"],
    "features": ["rate_limiting", "retry_backoff", "incremental_sync"],
    "rate_limit": "700/minute",
    "page_size": 100,
    "sync_interval": "1 hour",
    "test_environment": "sandbox",
    "schema_kind": "static",
    "must_have": ["Totals agree with the bill"],
    "wont_have": ["Attachments"],
}
PLANS: dict[str, dict[str, Any]] = {
    "next to nothing": SMALL,
    "all that matters": FULL,
    "a second phase": {**FULL, "purpose": "phase", "phase": 2, "shipped_tables": ["customers"]},
    "an evaluation": {**FULL, "purpose": "evaluate"},
    "an evaluation without tables": {**SMALL, "tables": [], "purpose": "evaluate"},
    "do not build": {**FULL, "recommendation": "stop", "source_type": "files"},
    "use what exists": {**FULL, "recommendation": "adopt", "source_type": "database"},
    "60 tables": {
        **FULL,
        "tables": [
            {
                "name": f"table_{number}",
                "ingestion": ("snapshot", "append", "cdc")[number % 3],
                "priority": f"P{number % 3}",
                "rows": number * 1000,
            }
            for number in range(60)
        ],
    },
}

HEADINGS = [
    "# {name} Connector - Design Document",
    "## 1. Overview",
    "### Executive Summary",
    "### Problem Statement",
    "### Target Users",
    "### Use Cases",
    "## 2. Source Analysis",
    "### Source System",
    "### Existing Solutions",
    "### Recommendation",
    "## 3. Scope",
    "### In Scope ({version})",
    "### Out of Scope ({version})",
    "### Authentication",
    "### Features",
    "## 4. Risks",
    "### Capacity",
    "## 5. Acceptance Criteria",
    "### Must Have",
    "### Should Have",
    "### Won't Have ({version})",
    "### Testing",
    "## 6. Build Phases",
    "## Checklist Before Proceeding",
    "## Open Questions",
]
SECTIONS = (
    "overview",
    "source-analysis",
    "scope",
    "risks",
    "acceptance-criteria",
    "build-phases",
    "checklist",
    "open-questions",
)


@cache
def environment() -> SandboxedEnvironment:
    found = SandboxedEnvironment(
        loader=FileSystemLoader([ROOT, ROOT / "template"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    found.filters.update(FILTERS)
    found.filters["with_ticks_and_notes"] = str  # there is no earlier document
    return found


def design(**answers: Any) -> str:
    """The design document for raw answers."""
    plan = build(read_answers(answers), CATALOGUE)
    template = environment().get_template("{{ package() }}/DESIGN.md.jinja")
    return template.render(make_plan=lambda: plan)


def section(text: str, heading: str) -> str:
    """What stands under a heading, up to the next one, without comments."""
    found = re.search(rf"^{re.escape(heading)}$(.*?)(?=^#|\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, f"{heading} is missing"
    return re.sub(r"<!--.*?-->", "", found[1]).strip()


def headings(text: str) -> list[str]:
    tokens = MarkdownIt("commonmark", {"html": True}).parse(text)
    return [
        f"{one.markup} {tokens[place + 1].content}"
        for place, one in enumerate(tokens)
        if one.type == "heading_open"
    ]


def tables(text: str) -> list[list[list[str]]]:
    """The cells of all tables, as Markdown reads them."""
    found: list[list[list[str]]] = []
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(text)
    for place, token in enumerate(tokens):
        if token.type == "table_open":
            found.append([])
        elif token.type == "tr_open":
            found[-1].append([])
        elif token.type in ("th_open", "td_open"):
            found[-1][-1].append(tokens[place + 1].content)
    return found


def boxes(text: str) -> list[str]:
    return re.findall(r"^- \[[ x]\] <!-- id: ([^\s,]+)(?:, plan)? --> .", text, re.MULTILINE)


def notes(text: str) -> list[str]:
    return re.findall(r"^<!-- notes: (\S+) -->\n\n<!-- end of notes: \1 -->$", text, re.MULTILINE)


@pytest.mark.parametrize("name", PLANS)
def test_the_headings_are_those_of_the_planning_session(name: str) -> None:
    version = "phase 2" if name == "a second phase" else "v1"
    phases = r"### Phase \d+: .+"
    expected = [one.format(name="Acme", version=version) for one in HEADINGS]
    found = headings(design(**PLANS[name]))
    assert [one for one in found if not re.fullmatch(phases, one)] == expected
    build_phases = found[found.index("## 6. Build Phases") + 1 : -2]
    assert build_phases
    assert all(re.fullmatch(phases, one) for one in build_phases)


@pytest.mark.parametrize("name", PLANS)
def test_no_section_is_empty_and_nothing_is_left_to_fill_in(name: str) -> None:
    text = design(**PLANS[name])
    for heading in headings(text):
        if heading.startswith("###"):
            assert section(text, heading), heading
    # A Mermaid picture may hold braces, and so may the commands that answer an open question.
    prose = re.sub(r"```.*?```|`[^`]*`", "code", text, flags=re.DOTALL)
    assert not re.search(r"[{}]|\bNone(?! )|\(\)|TODO", prose)


@pytest.mark.parametrize("name", PLANS)
def test_the_markdown_is_as_formatters_leave_it(name: str) -> None:
    text = design(**PLANS[name])
    assert "\n\n\n" not in text
    assert not re.search(r"[ \t]$", text, re.MULTILINE)
    assert text.endswith("-->\n")


@pytest.mark.parametrize("name", PLANS)
def test_every_box_has_an_id_of_its_own_and_every_section_its_notes(name: str) -> None:
    text = design(**PLANS[name])
    found = boxes(text)
    assert len(found) == len(set(found)) == len(re.findall(r"^\s*- \[", text, re.MULTILINE))
    assert len(found) > 7
    assert notes(text) == list(SECTIONS)


@pytest.mark.parametrize("name", PLANS)
def test_every_row_has_as_many_cells_as_its_table_has_columns(name: str) -> None:
    for table in tables(design(**PLANS[name])):
        assert len({len(row) for row in table}) == 1


def test_tables_begin_with_the_columns_of_the_planning_session() -> None:
    text = design(**FULL)
    assert section(text, "### In Scope (v1)").startswith("| Table | Ingestion Type | Priority |")
    risks = text[text.index("## 4. Risks") : text.index("### Capacity")]
    assert "\n| Risk | Likelihood | Impact | Mitigation |" in risks


def test_the_verdict_stands_before_everything_else() -> None:
    summary = section(design(**FULL), "### Executive Summary")
    assert summary.startswith("**Build this connector.**")
    assert "20,040 requests, 29 min with 700/minute" in summary
    for what in ("2 in v1", "2M records", "Medium", "open questions", "phase 1"):
        assert what in summary


def test_what_nobody_has_decided_is_not_called_a_recommendation() -> None:
    plan = {"source_name": "Stripe", "managed_connector": "yes"}
    asked = design(**{**FULL, **plan, "recommendation_reason": ""})
    assert section(asked, "### Executive Summary").startswith(
        "**Undecided, so far: Build this connector.**"
    )
    evaluated = design(**{**FULL, "purpose": "evaluate"})
    assert section(evaluated, "### Executive Summary").startswith("**Recommended: Build this")


def test_a_plan_that_says_no_says_it_first_and_plans_no_work() -> None:
    text = design(**PLANS["do not build"])
    assert section(text, "### Executive Summary").startswith("**Do not build.**")
    assert "Nothing gets built" in section(text, "### Testing")
    assert "→" not in text


def test_what_is_assumed_is_marked_and_what_is_given_is_not() -> None:
    scope = section(design(**FULL), "### In Scope (v1)")
    assert "| orders | cdc | P0 | `id` (assumed) | `updated_at` (assumed) |" in scope
    assert "| customers | snapshot | P1 | `number` | none |" in scope


def test_an_assumed_ingestion_type_is_named_beside_it() -> None:
    assert "| orders | snapshot | P0 | type |" in section(design(**SMALL), "### In Scope (v1)")


def test_what_is_unknown_names_the_question_that_settles_it() -> None:
    text = design(**SMALL)
    source = section(text, "### Source System")
    open_questions = section(text, "## Open Questions")
    for question in ("docs_url", "rate_limit", "page_size", "schema_kind", "test_environment"):
        assert f"unknown ([`{question}`](#open-questions))" in source
        assert f"`{question}`: " in open_questions
    assert "sources/acme/.copier-answers.yml" in open_questions
    assert not re.search(r"\d", section(text, "### Capacity"))


def test_what_blocks_the_plan_is_named_in_the_summary_and_in_the_questions() -> None:
    text = design(**SMALL)
    assert "9 of them blocking: `docs_url`, `problem`" in section(text, "### Executive Summary")
    assert "**Blocks the plan.** `auth_methods`" in section(text, "## Open Questions")


def test_the_status_and_who_approved_stand_at_the_top() -> None:
    assert re.search(r"^> \*\*Status\*\*: Draft - \d+ open questions$", design(**SMALL), re.M)
    accepted = {
        risk.id: {"status": "accepted"} for risk in build(read_answers(FULL), CATALOGUE).risks
    }
    approved = design(**FULL, approved=True, approved_by="Ada *Lovelace*", risk_decisions=accepted)
    assert r"> **Status**: Approved by Ada \*Lovelace\*" in approved.splitlines()


def test_the_checklist_is_ticked_where_the_plan_can_tell() -> None:
    checklist = design(**SMALL).split("## Checklist Before Proceeding")[1]
    assert "- [x] <!-- id: checklist/design-doc, plan --> Design doc created\n" in checklist
    assert "- [ ] <!-- id: checklist/approved --> User has approved the plan - " in checklist


def test_shipped_tables_are_told_from_those_to_build() -> None:
    text = design(**PLANS["a second phase"])
    scope = section(text, "### In Scope (phase 2)")
    assert re.search(r"^\| customers .* shipped \|$", scope, re.MULTILINE)
    assert re.search(r"^\| orders .* 2 \|$", scope, re.MULTILINE)
    assert "### Phase 2: " in text


def test_a_decision_shows_with_its_owner_and_note() -> None:
    decision = {"status": "accepted", "owner": "Ada", "note": "asked the vendor"}
    text = design(**SMALL, risk_decisions={"rate-limit-unknown": decision})
    row = next(line for line in text.splitlines() if "`rate-limit-unknown`" in line)
    assert "| **Accepted** (Ada): asked the vendor |" in row


def test_the_summary_counts_the_requests_for_each_parent() -> None:
    tables = [{"name": "orders", "rows": 5_000}, {"name": "refunds", "parent": "orders"}]
    summary = section(
        design(**{**FULL, "tables": tables, "p0_tables": None}), "### Executive Summary"
    )
    assert "5,050 requests" in summary


def test_a_closed_risk_shows_why_and_no_longer_what_to_do() -> None:
    closed = {"status": "closed", "note": "there is no limit"}
    text = design(**SMALL, risk_decisions={"rate-limit-unknown": closed})
    row = next(line for line in text.splitlines() if "`rate-limit-unknown`" in line)
    assert "| **Closed**: there is no limit |" in row


def test_where_nothing_gets_built_no_feature_is_listed() -> None:
    for recommendation in ("stop", "adopt"):
        text = design(**{**FULL, "recommendation": recommendation})
        assert "`incremental_sync`" not in section(text, "### Features")
    assert "`incremental_sync`" in section(design(**FULL), "### Features")


def test_the_document_names_what_the_evidence_suggests() -> None:
    files = {**FULL, "source_type": "files", "recommendation": "stop"}
    shown = section(design(**files), "### Recommendation")
    assert "The evidence suggests using what exists (Auto Loader)." in shown
    phase = {**FULL, "purpose": "phase", "phase": 2, "shipped_tables": ["customers"]}
    shown = section(design(**phase), "### Recommendation")
    assert "The evidence suggests extending the community connector that exists." in shown


def test_no_is_said_once_of_what_does_not_exist() -> None:
    shown = section(design(**FULL), "### Existing Solutions")
    assert "- Databricks managed: No - none in the catalogue of " in shown
    assert "No - No" not in shown


def test_a_decision_without_its_risk_is_kept_in_sight() -> None:
    text = design(**FULL, risk_decisions={"rate-limit-unknown": {"status": "accepted"}})
    assert "Decisions on risks that the plan no longer has:\n\n- `rate-limit-unknown`" in text


def test_tables_that_are_too_slow_are_named() -> None:
    slow = design(**{**FULL, "rate_limit": "30/hour"})
    assert "Too slow for an interval of 1 hour: `customers`." in slow
    assert "**Too slow for that**: `customers`." in section(slow, "### Executive Summary")


def test_long_tables_and_the_criteria_of_many_tables_are_folded() -> None:
    text = design(**PLANS["60 tables"])
    open_lines = re.sub(r"<details>.*</details>", "", text, flags=re.DOTALL)
    assert "table_59" in text
    assert "| table_59 |" not in open_lines
    assert text.count("<details>") == text.count("</details>")
    assert re.search(r"^- schema, unique keys: .*`table_0`, ", text, re.MULTILINE)
    assert text.count("→ `test_schema_has_keys_and_cursor`") == 1
    assert "<details>" not in section(design(**FULL), "### In Scope (v1)")


def test_ticks_and_notes_survive_a_change_of_the_plan() -> None:
    ticked = "[ ] <!-- id: criterion/rate-limit -->"
    before = design(**FULL)
    assert ticked in before
    edited = before.replace(ticked, ticked.replace("[ ]", "[x]")).replace(
        "<!-- notes: risks -->\n", "<!-- notes: risks -->\nAsked the vendor.\n"
    )
    more = [{"name": "aaa", "rows": 10}, *FULL["tables"]]
    after = merge(design(**{**FULL, "tables": more, "rate_limit": "5/hour"}), edited)
    assert ticked.replace("[ ]", "[x]") in after.text
    assert "\nAsked the vendor.\n\n<!-- end of notes: risks -->" in after.text


HOSTILE = st.lists(
    st.text()
    | st.sampled_from(
        [
            "# heading",
            "| a | b |",
            "- [x] <!-- id: criterion/rate-limit --> done",
            "<!-- end of notes: overview -->",
            "<details>",
            "```",
            "---",
            "{{ 7 * 7 }}",
            "{% raw %}",
            "<!--",
            "`",
            "](",
            "\\",
        ]
    ),
    min_size=1,
    max_size=4,
).map("\n".join)


@settings(max_examples=50, deadline=None)
@given(HOSTILE)
def test_any_text_leaves_headings_tables_boxes_and_notes_as_they_are(text: str) -> None:
    words = {
        "problem": text,
        "target_users": [f"a{text}"],
        "analytics": text,
        "alternatives_considered": text,
        "recommendation_reason": text,
        "out_of_scope": {f"a{text}": text},
        "auth_environments": text,
        "connection_parameters": [{"name": "tenant", "description": text}],
        "api_version": text,
        "test_environment_name": text,
        "extra_risks": [{"risk": f"a{text}", "mitigation": text}],
        "must_have": [f"a{text}"],
        "wont_have": [f"a{text}"],
        "owner": text,
    }
    rendered, tame = design(**{**FULL, **words}), design(**FULL)
    assert headings(rendered) == headings(tame)
    assert notes(rendered) == list(SECTIONS)
    assert len(boxes(rendered)) == len(set(boxes(rendered)))
    assert rendered.count("<details>") == tame.count("<details>")
    source = [line for line in rendered.splitlines() if line.startswith("|")]
    assert sum(len(table) + 1 for table in tables(rendered)) == len(source)
    assert merge(rendered, rendered).text == rendered


def _renderer() -> Any:
    spec = importlib.util.spec_from_file_location(
        "render_design", ROOT / "scripts" / "render_design.py"
    )
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["render_design"] = module
    spec.loader.exec_module(module)
    return module


def test_the_page_has_boxes_pictures_and_the_anchors_that_links_point_to() -> None:
    text = design(**FULL)
    page = _renderer().as_page(text, "// Mermaid", "dark")
    assert page.count('<input type="checkbox"') == len(boxes(text))
    assert page.count("disabled checked>") == text.count("- [x] ")
    assert '<pre class="mermaid">' in page
    for anchor in set(re.findall(r"\]\(#([\w-]+)\)", text)):
        assert f'id="{anchor}"' in page
