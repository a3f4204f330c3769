"""A source that pages in every way, and its reads as a person writes them after the session."""

from __future__ import annotations

from typing import Any

WAYS = ("cursor", "page_number", "offset", "link")

PLAN: dict[str, Any] = {
    "connector": "paged",
    "tables": [
        {
            "name": f"by_{way}",
            "ingestion": "cdc",
            "primary_keys": ["id"],
            "cursor_field": "changed",
            "pagination": way,
        }
        for way in WAYS
    ],
    "auth_methods": ["none"],
    "rate_limit": "none",
    "created": "2025-11-01",
}

UNREAD = '        raise self._not_built(table_name, "reading")\n'
"""What stands in the stub for the reads."""

OF_THREE_WEEKS = """
        earliest = (self._init_time - timedelta(days=21)).isoformat()
        asked = {"since": since or earliest}
        pages = self.client.pages(f"/{table_name}", asked, table=table_name)
        return (record for page in pages for record in page)
"""
"""What a person writes instead, for a source that forgets what is older."""


def built(module: str) -> str:
    """The connector's module with its reads."""
    needed = "from datetime import datetime, timedelta"
    return module.replace("from datetime import datetime", needed).replace(UNREAD, OF_THREE_WEEKS)


def at(address: str, client: str) -> str:
    """The client with the address of the source."""
    return client.replace('BASE_URL = ""', f'BASE_URL = "{address}"')
