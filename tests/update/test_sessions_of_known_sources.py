"""Known sources in a real session: taken, shown, confirmed, and refused where nobody knows them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import copier
import copier.errors
import pytest


def test_a_known_source_from_its_name_to_a_confirmed_plan(make_project: Any) -> None:
    details = {"tags": {"rows": 10}}
    project = make_project(connector="intercom", tables="known", table_details=details)
    project.package = "sources/intercom"
    recorded = project.answers()
    # Names, what was said, and nothing else: what is known is looked up anew.
    assert "conversations" in recorded["tables"]
    said = [one for one in recorded["tables"] if not isinstance(one, str)]
    assert said == [{"name": "tags", "rows": 10}]
    assert not {"auth_methods", "page_size"} & set(recorded)
    page = project.read("DESIGN.md")
    assert "| conversations | cdc (known) | P0 |" in page
    assert "at most 150 records a page (known)" in page
    assert "- Airbyte's source-intercom, 2025-11-11: " in page
    assert "`-d 'unconfirmed={}'`" in page

    project.update(unconfirmed={})
    recorded, page = project.answers(), project.read("DESIGN.md")
    assert recorded["page_size"] == 150
    (one,) = [one for one in recorded["tables"] if one["name"] == "conversations"]
    assert one["cursor_field"] == "updated_at"
    assert "(known)" not in page and "unconfirmed" not in recorded


@pytest.mark.parametrize("said", [{}, {"table_details": {"orders": {"rows": 10}}}])
def test_known_is_refused_of_a_source_that_nobody_knows(
    said: dict[str, Any], template: Path, tmp_path: Path
) -> None:
    with pytest.raises(copier.errors.UserMessageError, match="nobody knows the tables of Acme"):
        copier.run_copy(
            str(template),
            tmp_path / "out",
            {"connector": "acme", "tables": "known", **said},
            defaults=True,
            unsafe=True,
            quiet=True,
        )
    assert not (tmp_path / "out" / "sources").exists()


def test_a_tick_counts_for_more_than_what_is_known(make_project: Any) -> None:
    project = make_project(
        connector="acme",
        source_name="Stripe",
        tables=["events", "logs"],
        cdc_with_deletes_tables=["events"],
    )
    assert "| events | cdc_with_deletes | P0 |" in project.read("DESIGN.md")
    project.update(cdc_with_deletes_tables=[], append_tables=["events"])
    assert "| events | append | P0 |" in project.read("DESIGN.md")
    assert project.answers()["append_tables"] == ["events"]
