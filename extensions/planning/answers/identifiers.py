"""Names that the pipeline puts into SQL as they are: of tables, columns and table options."""

from __future__ import annotations

import re

from ..terms.values import Refusal, parse_list, parse_text, shown

MAX_NAME_LENGTH = 128
"""Unity Catalog takes 255 characters; the pipeline's views put a prefix and a suffix around."""

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_COLUMN_PATH = re.compile(r"[\w$@#-]+(\.[\w$@#-]+)*")
_OPTION = re.compile(r"[A-Za-z_][\w.-]*")


def parse_table_name(value: object) -> str:
    """A table name that is safe as a SQL identifier: the pipeline puts it into view names as is."""
    if not isinstance(value, str):
        raise Refusal(f"is {shown(value)}, which is no table name; write a text such as orders.")
    name = value.strip()
    if not _NAME.fullmatch(name):
        like = _as_name(name.partition("(")[0]) or "order_items"
        raise Refusal(
            f"is {shown(value)}, which is no table name; write {like[:60]}: only the letters a to "
            "z, digits and underscores."
        )
    if len(name) > MAX_NAME_LENGTH:
        raise Refusal(f"is {shown(name)}; use at most {MAX_NAME_LENGTH} characters.")
    if name.lower().startswith("_community_"):
        raise Refusal(f"is {shown(name)}; the prefix _community_ belongs to the pipeline itself.")
    return name


def _as_name(text: str) -> str:
    """The nearest name to a text that is none; '' where none is near."""
    name = re.sub(r"\W+", "_", text, flags=re.ASCII).strip("_")
    return name if _NAME.fullmatch(name) else ""


def parse_column_path(value: object) -> str:
    """A column, or a path into a struct with dots: `id`, `properties.time`, `$insert_id`."""
    text = parse_text(value)
    if not _COLUMN_PATH.fullmatch(text):
        raise Refusal(f"is {shown(text)}, which is no column path; write id or properties.time.")
    return text


def parse_option_name(value: object) -> str:
    """The name of a table option."""
    text = parse_text(value)
    if not _OPTION.fullmatch(text):
        like = _as_name(text) or "max_records_per_batch"
        raise Refusal(f"is {shown(text)}, which is no option name; write {like[:60]}.")
    return text


def parse_option_names(value: object) -> tuple[str, ...]:
    """The names of table options, from a list or one text with commas."""
    return tuple(parse_option_name(item) for item in parse_list(value))
