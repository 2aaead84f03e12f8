"""Plain text -> draft: paragraphs from lines, whatever the editor made of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from cliffhanger.manuscripts.draft import GAP, Draft, FrontMatter
from cliffhanger.manuscripts.emphasis import with_emphasis
from cliffhanger.manuscripts.inlines import Container
from cliffhanger.manuscripts.layout import Group, groups_of, indent_of, is_full, is_wrapped
from cliffhanger.manuscripts.model import Block, Inline, Inlines, LineBreak, Paragraph, Quote, Text, Verse

_SHORT = 60
_NARROW = 45
_SPEECH = '"“”‘«„–—-'
_QUOTED = re.compile(r"[ \t]*>[ \t]?")


def read_text(text: str, front: FrontMatter) -> Draft:
    groups = groups_of(text)
    wrapped = is_wrapped([lines for _, lines in groups])
    page = _Page(wrapped, *_indents([lines for _, lines in groups], wrapped), _is_spaced(groups))
    usual = _usual_gap(groups)
    blocks: list[Block] = []
    for empty, lines in groups:
        if blocks and empty > usual:
            blocks.append(GAP)
        blocks.extend(page.blocks_of(lines))
    return Draft(tuple(blocks), front=front)


def _usual_gap(groups: list[tuple[int, Group]]) -> int:
    """The count of empty lines that most paragraphs have between them; more of them are a gap."""
    counts = sorted(empty for empty, _ in groups[1:])
    return counts[len(counts) // 2] if counts else 1


def _is_spaced(groups: list[tuple[int, Group]]) -> bool:
    """Whether empty lines part the paragraphs, so that lines without one between them belong together."""
    singles = sum(len(lines) == 1 for _, lines in groups)
    return singles * 2 > len(groups) > 3


def _indents(groups: list[Group], wrapped: bool) -> tuple[int, bool]:
    """The indent that all lines share, and whether paragraphs begin with an indent of their own."""
    indents = [[indent_of(line) for line in lines] for lines in groups]
    base = min((indent for group in indents for indent in group), default=0)
    if wrapped:
        begun = [group[0] > base == min(group) for group in indents if len(group) > 1]
        return base, sum(begun) * 3 > len(begun)
    flat = [indent > base for group in indents for indent in group]
    return base, sum(flat) * 2 > len(flat)


@dataclass(frozen=True, slots=True)
class _Page:
    """The layout of one file: `base` is the indent of all its lines, `spaced` says empty lines part paragraphs."""

    wrapped: bool
    base: int
    indents_paragraphs: bool
    spaced: bool

    def blocks_of(self, lines: Group) -> Iterator[Block]:
        if all(_QUOTED.match(line) for line in lines):
            inner = [_QUOTED.sub("", line, count=1) for line in lines]
            yield Quote(tuple(b for _, group in groups_of("\n".join(inner)) for b in self._plain(group)))
        elif self._is_set_in(lines):
            yield from self._set_in(lines)
        else:
            yield from self._plain(lines)

    def _is_set_in(self, lines: Group) -> bool:
        """A letter or a poem: every line has an indent, and more than one line has."""
        if any(indent_of(line) < self.base + 2 for line in lines):
            return False
        return not self.indents_paragraphs if len(lines) > 1 else self._is_long_alone(lines[0])

    def _is_long_alone(self, line: str) -> bool:
        return not self.indents_paragraphs and len(line.strip()) > _SHORT

    def _set_in(self, lines: Group) -> Iterator[Block]:
        if self._is_verse(lines):
            first = min(indent_of(line) for line in lines)
            yield Verse(tuple(map(_inlines, lines)), tuple(indent_of(line) - first for line in lines))
        else:
            yield Quote(tuple(self._plain(lines)))

    def _is_verse(self, lines: Group) -> bool:
        """Short lines, and none that a margin has broken."""
        longest = max(len(line.strip()) for line in lines)
        if len(lines) < 2 or longest > _SHORT + 10:
            return False
        width = max(len(line) for line in lines)
        full = sum(is_full(line, following, width) for line, following in pairwise(lines))
        return longest <= _NARROW or full * 2 <= len(lines) - 1 or not self.wrapped

    def _plain(self, lines: Group) -> Iterator[Block]:
        if self.wrapped:
            yield from (Paragraph(_joined(run)) for run in self._runs(lines))
        elif self.spaced and self._is_block_of_lines(lines):
            yield Paragraph(_broken(lines))
        else:
            yield from (Paragraph(_inlines(line)) for line in lines)

    def _is_block_of_lines(self, lines: Group) -> bool:
        """Short lines kept together in a file that parts its paragraphs: an address, a poem; not talk."""
        speeches = sum(line.strip()[:1] in _SPEECH for line in lines)
        return len(lines) > 1 and speeches < 2 and all(len(line.strip()) <= _SHORT for line in lines)

    def _runs(self, lines: Group) -> Iterator[Group]:
        """Wrapped lines into paragraphs: a new one begins at an indent after a line that had none."""
        run: Group = []
        for line in lines:
            if run and self.indents_paragraphs and indent_of(line) > self.base + 1:
                yield run
                run = []
            run.append(line)
        yield run


def _inlines(line: str) -> Inlines:
    return with_emphasis(line.strip())


def _joined(lines: Group) -> Inlines:
    return with_emphasis("\n".join(line.strip() for line in lines))


def _broken(lines: Group) -> Inlines:
    """Emphasis may go over several lines, so it is read first and the lines are broken after."""
    return tuple(piece for inline in _joined(lines) for piece in _break(inline))


def _break(inline: Inline) -> Iterator[Inline]:
    if isinstance(inline, Container):
        yield replace(inline, children=tuple(piece for child in inline.children for piece in _break(child)))
    if not isinstance(inline, Text):
        return
    for at, line in enumerate(inline.text.split("\n")):
        if at:
            yield LineBreak()
        if line:
            yield Text(line)
