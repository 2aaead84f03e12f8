"""The passages of a file that say something, with what stands between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from cliffhanger.errors import Refusal
from cliffhanger.manuscripts.model import LineBreak
from cliffhanger.manuscripts.office_page import Page, Role, role_by_style
from cliffhanger.manuscripts.office_passages import Passage, joined, lines_of

_MAX_PASSAGES = 50_000
_MAX_RUNS = 150_000
_MAX_CHARACTERS = 5_000_000
_LONG_LINE = 90


@dataclass(frozen=True, slots=True)
class Entry:
    """A passage with words or a picture. `gap` counts the empty ones before it; `ruled` says a line is drawn there."""

    passage: Passage
    role: Role
    gap: int
    ruled: bool


def within_reason(passages: Sequence[Passage]) -> list[Passage]:
    """The passages with their runs joined. A Refusal if they are far more than a chapter."""
    whole = [replace(passage, runs=joined(passage.runs)) for passage in passages]
    runs, characters = sum(len(each.runs) for each in whole), sum(len(each.text) for each in whole)
    if len(whole) > _MAX_PASSAGES or runs > _MAX_RUNS or characters > _MAX_CHARACTERS:
        raise Refusal("The file holds far more than one chapter: drop each chapter as a file of its own.")
    return whole


def entries_of(page: Page, passages: Sequence[Passage]) -> Iterator[Entry]:
    gap, ruled, above = 0, False, Passage()
    for passage in chain.from_iterable(map(_unfolded, passages)):
        if passage.is_rule or (passage.is_empty and (passage.borders or role_by_style(passage) is Role.BREAK)):
            ruled = True
        elif passage.is_empty:
            gap += 1
        elif (role := page.role_of(passage)) is not Role.CONTENTS:
            drawn = _draws_line(page, above, passage)
            yield Entry(passage, role, gap, ruled or drawn)
            gap, ruled, above = 0, False, passage


def usual_gap(entries: Sequence[Entry]) -> int:
    """How many empty passages most have before them."""
    counts = sorted(entry.gap for entry in entries[1:])
    return counts[len(counts) // 2] if counts else 0


def _unfolded(passage: Passage) -> list[Passage]:
    """A text pasted with line breaks for paragraphs is cut at them; a stanza is cut at its empty lines."""
    text = passage.text.strip("\n")
    breaks = text.count("\n")
    if breaks >= 2 and len(text) > _LONG_LINE * (breaks + 1):
        return lines_of(passage)
    if "\n\n" not in text:
        return [passage]
    stanzas: list[list[Passage]] = [[]]
    for line in lines_of(passage):
        if line.is_empty:
            stanzas.append([])
        else:
            stanzas[-1].append(line)
    return [_folded(stanza) for stanza in stanzas if stanza]


def _folded(lines: list[Passage]) -> Passage:
    runs = [run for line in lines for run in (replace(line.runs[0], content=LineBreak()), *line.runs)]
    return replace(lines[0], runs=tuple(runs[1:]))


def _draws_line(page: Page, above: Passage, below: Passage) -> bool:
    """Word turns "---" into a border under the line above. A heading's border is only its dress, a box is no line."""
    if above.borders == below.borders:
        return False
    sides = {side for passage, side in ((above, "bottom"), (below, "top")) if side in passage.borders}
    return bool(sides) and all(page.role_of(passage) is Role.BODY for passage in (above, below))
