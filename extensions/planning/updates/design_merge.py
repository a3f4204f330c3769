"""Carries what people did to a DESIGN.md over into a freshly rendered one.

Two things belong to people: ticked boxes and the Notes blocks. All else is taken from the fresh
document. The old rendering is not needed, and the edited document may come from an older version
of the template, a formatter or a checkout with CRLF, as long as these two forms are kept:

*A box* is a list item that begins with a box and an id in a comment:

    - [ ] <!-- id: criterion/rate-limit --> Stays under 700 requests a minute.
    - [x] <!-- id: checklist/scope, plan --> Scope clearly defined

Ids name one thing in the whole document, whatever section it stands in. `plan` says that the plan
itself ticks the line, `plan and you` that a person did so first: that line stays ticked when the
plan takes its tick back. A line that the plan ticks cannot be unticked by hand.

*A Notes block* is what stands between two comments that name its section, at its end:

    <!-- notes: risks -->
    any text
    <!-- end of notes: risks -->

The text is kept to the letter, line ends included, and may itself hold what looks like a box or a
marker. Where a marker is missing, the text up to the next section, or back to what the plan wrote,
is taken for the notes. Notes of a section that is gone stand at the end, until it comes back.

Knows nothing else of this package.
"""

from __future__ import annotations

import re
from bisect import bisect, bisect_left
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

_BOX = re.compile(
    r"^(?P<before>[ \t>]*[-*+][ \t]+\\?\[)(?P<mark>[ xX]?)"
    r"(?P<after>\\?\](?:\s+|[ \t][^\n]*?)<!--\s*id:\s*(?P<id>[^\s,]+?)"
    r"(?P<plan>,\s*plan(?P<you>\s+and\s+you)?)?)(?P<end>\s*-->)",
    re.MULTILINE,
)
_ITEM_TEXT = re.compile(r".*(?:\n(?![ \t>]*(?:[-*+][ \t]|\n|\Z)).*)*")
_MARKER = re.compile(r"<!--\s*(?P<end>end of\s+)?notes:\s*(?P<section>[\w-]+)\s*-->")
_HEADING = re.compile(r"^## .*$", re.MULTILINE)
FOREIGN = (
    "DESIGN.md has no notes block of a plan, so it stays as it is; rename it to get the plan's"
)
_MOVED = "Notes of a section that this document no longer has"
_GENERATED = re.compile(r"\s*(?:#|\||<|[-*+][ \t]+\\?\[[ xX]\\?\]\s+<!--)")


class Merged(NamedTuple):
    """The new document, and sentences about all that changed."""

    text: str
    fates: tuple[str, ...]


def merge(fresh: str, edited: str) -> Merged:
    """The fresh document with the ticks and notes of the edited one, in its line ends.

    Both are whole texts of a DESIGN.md. An edited document with text but without any
    marker of a Notes block is none of the plan's: it is kept as it is, to the letter.
    """
    if edited.strip() and not _MARKER.search(edited):
        return Merged(edited, (FOREIGN,))
    fresh = fresh.replace("\r\n", "\n")
    original, edited = edited, edited.replace("\r\n", "\n")
    fresh_blocks = _blocks(fresh, fresh)
    edited_blocks = _blocks(edited, fresh)
    written = _as_written(original, edited_blocks)
    line_end = _line_end(original, written)
    ours = {box["id"]: box for box in _boxes(fresh, fresh_blocks)}
    ticks: dict[str, str] = {}
    fates: list[str] = []
    for box in _boxes(edited, edited_blocks):
        mark, name = box["mark"], box["id"]
        if mark not in ("x", "X") or (box["plan"] and not box["you"]) or name in ticks:
            continue
        ticks[name] = mark
        if name not in ours:
            fates.append(f"`{name}` was ticked and is no longer in the plan")
        elif _wording(box) != _wording(ours[name]):
            fates.append(f"`{name}` stays ticked; its wording changed, so check that it holds")
    notes = _by_section(edited_blocks, written)
    present = {block.section for block in fresh_blocks}
    damaged = {block.section for block in edited_blocks if not block.paired}
    damaged |= _unmarked(fresh, fresh_blocks, edited)
    fates += [
        f"a marker of the notes of `{section}` was missing; git diff shows whether they are whole"
        for section in sorted(damaged & present)
    ]
    gone = [section for section in notes if section not in present]
    fates += [f"the notes of `{one}` stand at the end: their section is gone" for one in gone]
    text = _rewritten(fresh, fresh_blocks, ticks, notes, line_end)
    text += "".join(_moved(section, notes[section], line_end) for section in gone)
    return Merged(text, tuple(fates))


class _Block(NamedTuple):
    """The notes of a section, as a part of a text."""

    section: str
    start: int
    stop: int
    paired: bool = True
    """Whether both of its markers are there."""


class _Reading(NamedTuple):
    """One way to read the markers from some point on; the cheapest is the right one."""

    unpaired: int = 0
    oddities: int = 0
    length: int = 0
    blocks: tuple[_Block, ...] = ()


def _blocks(text: str, fresh: str) -> tuple[_Block, ...]:
    """The Notes blocks of a text, in order.

    Notes may hold marker-like text, so several readings are possible. The right one has the
    fewest markers without a partner, then the fewest oddities (a section out of order, a heading
    of the plan within notes), and among equals it takes the least text for notes.
    """
    order: dict[str, int] = {}
    for marker in _MARKER.finditer(fresh):
        order.setdefault(marker["section"], len(order))
    planned = set(fresh.splitlines())
    headings = [found.start() for found in _HEADING.finditer(text) if found.group() in planned]
    markers = list(_MARKER.finditer(text))
    readings = [_Reading()] * (len(markers) + 1)
    for index in range(len(markers) - 1, -1, -1):
        section = markers[index]["section"]
        readings[index] = min(
            (
                _Reading(
                    readings[after].unpaired + unpaired,
                    readings[after].oddities
                    + _misplaced(markers, section, after, order)
                    + bisect(headings, block.stop)
                    - bisect(headings, block.start),
                    readings[after].length + block.stop - block.start,
                    (block, *readings[after].blocks),
                )
                for block, after, unpaired in _candidates(text, markers, index, headings, planned)
            ),
            key=lambda reading: reading[:3],
        )
    return readings[0].blocks


def _candidates(
    text: str, markers: list[re.Match[str]], index: int, headings: list[int], planned: set[str]
) -> list[tuple[_Block, int, int]]:
    """The blocks that may begin at a marker, the number of the marker behind, and 1 if unpaired."""
    marker = markers[index]
    if marker["end"]:
        return [(_before(text, markers, index, planned), index + 1, 1)]
    section = marker["section"]
    closed = [
        (_Block(section, marker.end(), end.start()), later + 1, 0)
        for later, end in enumerate(markers[index + 1 :], index + 1)
        if end["end"] and end["section"] == section
    ]
    return closed or [(_unclosed(text, markers, index, headings), index + 1, 1)]


def _misplaced(
    markers: list[re.Match[str]], section: str, after: int, order: Mapping[str, int]
) -> int:
    """1 where the next block belongs to a section that does not stand after this one, else 0."""
    if after >= len(markers) or markers[after]["section"] not in order or section not in order:
        return 0
    return int(order[markers[after]["section"]] <= order[section])


def _unclosed(text: str, markers: list[re.Match[str]], index: int, headings: list[int]) -> _Block:
    """The block whose closing marker is missing: up to the next section or marker."""
    start = markers[index].end()
    stop = markers[index + 1].start() if index + 1 < len(markers) else len(text)
    behind = headings[bisect(headings, start) :]
    return _Block(markers[index]["section"], start, min([stop, *behind[:1]]), paired=False)


def _before(text: str, markers: list[re.Match[str]], index: int, planned: set[str]) -> _Block:
    """The block whose opening marker is missing: back to what the plan wrote."""
    floor = markers[index - 1].end() if index else 0
    stop = start = markers[index].start()
    for line in reversed(text[floor:stop].splitlines(keepends=True)):
        bare = line.rstrip("\r\n")
        if bare.strip() and (bare in planned or _GENERATED.match(bare)):
            break
        start -= len(line)
    return _Block(markers[index]["section"], start, stop, paired=False)


def _as_written(original: str, blocks: Iterable[_Block]) -> list[str]:
    """The texts of blocks with the line ends they have in `original`.

    The blocks count as in the same text with line feeds alone.
    """
    # Where a line feed was once two characters, all that stands behind it has moved up by one.
    moved = [found.start() - count for count, found in enumerate(re.finditer("\r\n", original))]

    def place(at: int) -> int:
        return at + bisect_left(moved, at)

    return [original[place(block.start) : place(block.stop)] for block in blocks]


def _line_end(original: str, notes: Iterable[str]) -> str:
    """The line end that most lines outside of the notes have."""
    long, every = original.count("\r\n"), original.count("\n")
    for note in notes:
        long, every = long - note.count("\r\n"), every - note.count("\n")
    return "\r\n" if long * 2 > every else "\n"


def _unmarked(fresh: str, blocks: Iterable[_Block], edited: str) -> set[str]:
    """The sections that stand in the edited document without any marker of their notes."""
    marked = {marker["section"] for marker in _MARKER.finditer(edited)}
    lines = set(edited.splitlines())
    headings = list(_HEADING.finditer(fresh))
    found = set()
    for block in blocks:
        above = [heading.group() for heading in headings if heading.start() < block.start]
        if block.section not in marked and above and above[-1] in lines:
            found.add(block.section)
    return found


def _by_section(blocks: Iterable[_Block], notes: Iterable[str]) -> dict[str, str]:
    """The notes of each section that has any; where one stands there twice, both notes."""
    found: dict[str, dict[str, str]] = {}
    for block, written in zip(blocks, notes, strict=True):
        said = written.strip(" \t\r\n")
        if said:
            found.setdefault(block.section, {}).setdefault(said, written)
    return {
        section: next(iter(notes.values())) if len(notes) == 1 else "\n" + "\n\n".join(notes) + "\n"
        for section, notes in found.items()
    }


def _boxes(text: str, blocks: Iterable[_Block]) -> Iterator[re.Match[str]]:
    """The boxes of the plan: those that stand in no Notes block."""
    position = 0
    for block in (*blocks, _Block("", len(text), len(text))):
        yield from _BOX.finditer(text, position, block.start)
        position = max(position, block.stop)


def _wording(box: re.Match[str]) -> str:
    """The words and numbers of an item, which no formatter changes: `meta.at`, but not `*at*`."""
    item = _ITEM_TEXT.match(box.string, box.end())
    text = re.sub(r"\\(?=[\W_])", "", item.group() if item else "")
    return "".join(re.findall(r"[^\W_]+(?:[._][^\W_]+)*", text))


def _rewritten(
    fresh: str,
    blocks: Iterable[_Block],
    ticks: Mapping[str, str],
    notes: Mapping[str, str],
    line_end: str,
) -> str:
    """The fresh document with these ticks and notes, and with this line end beside the notes."""

    def ticked(box: re.Match[str]) -> str:
        mark = ticks.get(box["id"], "")
        too = " and you" if mark and box["plan"] else ""
        return f"{box['before']}{mark or box['mark']}{box['after']}{too}{box['end']}"

    def planned(text: str) -> str:
        return _BOX.sub(ticked, text).replace("\n", line_end)

    written: list[str] = []
    position = 0
    for block in blocks:
        written.append(planned(fresh[position : block.start]))
        empty = fresh[block.start : block.stop].replace("\n", line_end)
        written.append(notes.get(block.section, empty))
        position = block.stop
    written.append(planned(fresh[position:]))
    return "".join(written)


def _moved(section: str, written: str, line_end: str) -> str:
    """Notes that lost their section, as they stand at the end of the document."""
    heading = f"\n{_MOVED} (`{section}`):\n\n".replace("\n", line_end)
    block = f"<!-- notes: {section} -->{written}<!-- end of notes: {section} -->"
    return f"{heading}{block}{line_end}"
