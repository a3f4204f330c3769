"""A plan for a shop, and its reads as a person writes them after the planning session."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import copier
from checkout import Checkout

CONNECTOR = "paper_shop"

PLAN: dict[str, Any] = {
    "connector": CONNECTOR,
    "layout": "upstream",
    "source_name": "Paper Shop",
    "docs_url": "https://shop.example/api",
    "tables": [
        {"name": "Customers", "ingestion": "snapshot", "primary_keys": ["region", "profile.id"]},
        {"name": "orders", "ingestion": "cdc", "primary_keys": ["id"], "cursor_field": "changed"},
        {
            "name": "tickets",
            "ingestion": "cdc_with_deletes",
            "primary_keys": ["id"],
            "cursor_field": "changed",
            "options": ["account"],
        },
        {"name": "events", "ingestion": "append", "cursor_field": "$properties.$last_seen"},
    ],
    "auth_methods": ["api_key", "oauth2_client_credentials"],
    "connection_parameters": [{"name": "base_url", "description": "Root of the API."}],
    "table_options": ["max_records_per_batch"],
    "pagination": "page_number",
    "page_size": 2,
    "rate_limit": "none",
    "created": "2026-11-24",
}

SPLIT = ["partitioned_reads", "incremental_sync"]
"""Features of the same shop when its reads are split."""

IN_ONE_PIECE = {
    '        raise self._not_built(table_name, "reading")\n': """
        asked = {"since": since} if since else {}
        params = {**self.needed_options(table_name, table_options), **asked}
        records, page = [], 1
        while batch := self._page(table_name, page, params):
            records += batch
            page += 1
        return records

    def _page(self, table_name, page, params):
        return self.client.get_json(f"/{table_name}", {**params, "page": page}, table=table_name)
""",
    '        raise self._not_built(table_name, "reading deletions")\n': """
        return self._records(table_name, since, table_options)
""",
}
"""What stands in the stub -> what a person writes instead."""

IN_PARTS = {
    "        self._planned(table_name)\n        return False\n": """
        return self._planned(table_name)["ingestion_type"] == "append"
""",
    '        raise self._not_built(table_name, "the newest offset")\n': """
        newest = self._records(table_name, None, table_options)
        table = self._planned(table_name)
        _, end = batch_of(newest, table, start_offset, until=self._init_time, cap=1_000)
        return end
""",
    '        raise self._not_built(table_name, "splitting the reading")\n': """
        if start_offset and start_offset == end_offset:
            return []
        bounds = {**(start_offset or {}), **({"until": end_offset["since"]} if end_offset else {})}
        return [{"page": page, **bounds} for page in (1, 2)]
""",
    '        raise self._not_built(table_name, "reading one part")\n': """
        part = dict(partition)
        page = part.pop("page")
        yield from self._page(table_name, page, {**table_options, **part})
""",
}
"""The same for reads that are split; append tables are."""


def plan_in(checkout: Checkout, template: Path, **changes: Any) -> str:
    """Plans the shop in a clone, except for `changes`; returns the name of the connector."""
    answers = {**PLAN, **changes}
    copier.run_copy(str(template), checkout.folder, answers, defaults=True, unsafe=True, quiet=True)
    return str(answers["connector"])


def build_reads(checkout: Checkout, connector: str, reads: dict[str, str]) -> None:
    """Writes reads of the shop in the place of what the stub has."""
    module = checkout.source(connector) / f"{connector}.py"
    text = module.read_text()
    for stub, written in reads.items():
        assert stub in text, f"{stub!r} is not in the stub"
        text = text.replace(stub, written)
    module.write_text(text)
