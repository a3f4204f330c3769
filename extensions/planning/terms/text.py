"""Any text, made safe for the place it is printed in.

Free-text answers may hold anything. Each function here turns a text into something that the
place around it cannot take for structure: a table stays a table, a literal a literal. What a
reader sees is the text as it was given, with one exception: inline code and web addresses keep
their Markdown meaning, since people write them on purpose.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence, Set

WIDTH = 100
"""Longest line of generated code; the upstream repository formats with the same figure."""

_ROWS = -1
"""Width that stands for: the outermost container in rows, everything inside it flat."""

_LINE_ENDS = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f-\x9f\ud800-\udfff]")
_AS_WRITTEN = re.compile(
    r"`(?<!``)(?!\s)(?:[^`|<\\]|<(?!!))+(?<!\s)`(?!`)|https?://[^\s<>`|\\\[\]*]+"
)
"""Inline code, or a web address; neither may hold what breaks a cell, nor begin a comment."""
_TRAILING_PUNCTUATION = ".,;:!?)'\""
_INLINE = re.compile(
    r"\\|`|\*|~|\||\[|\]|\$"
    r"|_(?<![^\W_]_)|_(?![^\W_])"  # inside a word an underscore means nothing
    r"|&(?=#?\w+;)"
    r"|<"
    r"|#(?<!\S#)(?=#*(?:\s|$))"  # begins or closes a heading
)
"""Each choice of these two patterns begins with the character it is about, and looks back after
it. So Python skips what begins none: half of the time, at 1,000 tables a tenth of a second."""
_ENTITIES = {"<": "&lt;", "&": "&amp;"}
_YAML_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_YAML_WORDS = frozenset("true false null yes no on off y n".split())
_LIST_MARKER = re.compile(r"([-+]|\d{1,9}[.)])(\s+)(?=\S)")
_BLOCK_START = re.compile(
    r"[-+](?=\s|$)|-(?=[-:\s]*$)|=(?=[=\s]*$)|>|:(?=-)|\d{1,9}(?=[.)](?:\s|$))"
)


def cell(text: object) -> str:
    """Text for one cell of a Markdown table; line ends become `<br>`."""
    return "<br>".join(_inline(part) for part in _lines(text) if part)


def line(text: object) -> str:
    """Text on one line that starts no heading, list or quotation, whatever it begins with."""
    return _guard_start(_inline(" ".join(_lines(text)).strip()))


def prose(text: object) -> str:
    """Paragraphs and lists as they were written; no heading, rule, table, fence or HTML.

    Indentation and more than one empty line in a row are dropped.
    """
    written = "\n".join(_guard_block(_inline(part)) for part in _lines(text))
    return re.sub(r"\n{3,}", "\n\n", written).strip("\n")


def py(value: object, *, rows: bool = False) -> str:
    """A Python literal in ASCII: a string, number, boolean, None, sequence, set or mapping.

    A container that does not fit the line is written one item a line; with `rows`, so is the
    outermost container in any case, each item on a single line however long it is. A string never
    spans lines. Raises TypeError for anything else.
    """
    return _literal(value, 0, _ROWS if rows else WIDTH)


def yaml(value: object) -> str:
    """A YAML scalar on one line that loads to the same value: text, number, boolean or None.

    A plain word stays plain; any other text is quoted.
    """
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    text = str(value)
    if _YAML_PLAIN.fullmatch(text) and text.lower() not in _YAML_WORDS:
        return text
    return _quoted(text, lambda char: char.encode("unicode_escape").decode("ascii"))


def toml(text: object) -> str:
    """A TOML string on one line that loads to the same text."""
    return _quoted(str(text), lambda char: f"\\U{ord(char):08X}")


def imports(module: str, *names: str) -> str:
    """`from module import names`, wrapped as formatters wrap it where it is too long for a line."""
    flat = f"from {module} import {', '.join(names)}"
    if len(flat) <= WIDTH:
        return flat
    listed = "".join(f"    {name},\n" for name in names)
    return f"from {module} import (\n{listed})"


def _lines(text: object) -> list[str]:
    visible = _UNPRINTABLE.sub(_visible, _LINE_ENDS.sub("\n", str(text)))
    return [" ".join(part.split()) for part in visible.strip().split("\n")]


def _visible(found: re.Match[str]) -> str:
    code = ord(found.group())
    if code < 0x20:
        return chr(0x2400 + code)  # Unicode's pictures of the control characters
    return "\u2421" if code == 0x7F else "\ufffd"


def _inline(text: str) -> str:
    written: list[str] = []
    end = 0
    for found in _AS_WRITTEN.finditer(text):
        kept = found.group()
        if kept[0] != "`":
            kept = kept.rstrip(_TRAILING_PUNCTUATION)
        written.append(_INLINE.sub(_escaped, text[end : found.start()]))
        written.append(kept if kept[0] == "`" else f"<{kept}>")
        end = found.start() + len(kept)
    written.append(_INLINE.sub(_escaped, text[end:]))
    return "".join(written)


def _escaped(found: re.Match[str]) -> str:
    return _ENTITIES.get(found.group(), "\\" + found.group())


def _guard_block(text: str) -> str:
    marker = _LIST_MARKER.match(text)
    if marker:
        return marker.group() + _guard_block(text[marker.end() :])
    return _guard_start(text)


def _guard_start(text: str) -> str:
    found = _BLOCK_START.match(text)
    if not found:
        return text
    if found.group().isdigit():
        return f"{found.group()}\\{text[found.end() :]}"
    return "\\" + text


def _py_string(text: str) -> str:
    if text.isascii() and text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'  # nothing to escape: nearly all of the 50,000 texts of 1,000 tables
    escaped = text.encode("unicode_escape").decode("ascii")
    # The quote that needs fewer escapes, a double one when in doubt: what formatters choose.
    quote = "'" if escaped.count('"') > escaped.count("'") else '"'
    return quote + escaped.replace(quote, "\\" + quote) + quote


def _literal(value: object, indent: int, width: float) -> str:
    if isinstance(value, str):
        return _py_string(value)
    if value is None or isinstance(value, (bool, int, float)):
        return repr(value)
    inner, inner_width = indent + 4, math.inf if width == _ROWS else width
    if isinstance(value, Mapping):
        items = [
            f"{_literal(key, inner, inner_width)}: {_literal(item, inner, inner_width)}"
            for key, item in value.items()
        ]
        return _bracketed("{", items, "}", indent, width)
    if not isinstance(value, (Sequence, Set)):
        raise TypeError(f"no literal for {type(value).__name__}")
    items = [_literal(item, inner, inner_width) for item in value]
    if isinstance(value, Set):
        return _bracketed("{", sorted(items), "}", indent, width) if items else "set()"
    if isinstance(value, tuple):
        return _bracketed("(", items, ")", indent, width)
    return _bracketed("[", items, "]", indent, width)


def _bracketed(opening: str, items: list[str], closing: str, indent: int, width: float) -> str:
    trailing = "," if opening == "(" and len(items) == 1 else ""
    flat = f"{opening}{', '.join(items)}{trailing}{closing}"
    if not items or (len(flat) + indent <= width and "\n" not in flat):
        return flat
    pad = " " * (indent + 4)
    body = "".join(f"{pad}{item},\n" for item in items)
    return f"{opening}\n{body}{' ' * indent}{closing}"


def _quoted(text: str, unprintable: Callable[[str], str]) -> str:
    plain = re.sub(r'["\\]', r"\\\g<0>", text)
    return f'"{"".join(char if char.isprintable() else unprintable(char) for char in plain)}"'
