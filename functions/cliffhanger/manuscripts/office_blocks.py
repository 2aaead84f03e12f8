"""Passages -> blocks: headings, quotes, verse, lists and breaks, by their styles or by their look on the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cliffhanger.manuscripts.draft import GAP
from cliffhanger.manuscripts.inlines import merge, plain_text
from cliffhanger.manuscripts.model import (
    Block,
    Blocks,
    Heading,
    Image,
    Inlines,
    Paragraph,
    Quote,
    SceneBreak,
    Text,
    Verse,
)
from cliffhanger.manuscripts.office_entries import Entry, entries_of, usual_gap, within_reason
from cliffhanger.manuscripts.office_inlines import inlines_of
from cliffhanger.manuscripts.office_lists import list_blocks
from cliffhanger.manuscripts.office_page import Page, Role, has_picture, level_of, page_of, role_by_style
from cliffhanger.manuscripts.office_passages import Look, Passage, lines_of

_SHORT_LINE = 60
_POINTS_A_SPACE = 9
_SENTENCE_ENDS = (".", "!", "?", "…", "”", '"', "’")


def blocks_of(passages: Sequence[Passage]) -> Blocks:
    """The blocks of a text or a note. A Refusal if it is far longer than a chapter."""
    whole = within_reason(passages)
    page = page_of(whole)
    entries = list(entries_of(page, whole))
    return tuple(_Writer(page, usual_gap(entries), _ornaments(entries)).write(entries))


def _ornaments(entries: list[Entry]) -> set[str]:
    """Pictures that stand alone more than once: drawn scene breaks."""
    alone = [entry.passage for entry in entries if not entry.passage.text.strip()]
    sources = Counter(image.source for passage in alone for image in _pictures(passage))
    return {source for source, count in sources.items() if count > 1}


@dataclass(frozen=True, slots=True)
class _Writer:
    page: Page
    usual_gap: int
    ornaments: set[str]

    def write(self, entries: list[Entry]) -> Iterator[Block]:
        for first, run in self._runs(entries):
            if first.ruled:
                yield SceneBreak()
            elif first.gap > self.usual_gap:
                yield GAP
            yield from self._group(run)

    def _runs(self, entries: list[Entry]) -> Iterator[tuple[Entry, list[Entry]]]:
        """What belongs together: a quote, a poem, a list, or one passage."""
        run: list[Entry] = []
        for entry in entries:
            if run and not self._goes_on(run[-1], entry):
                yield run[0], run
                run = []
            run.append(entry)
        if run:
            yield run[0], run

    def _goes_on(self, before: Entry, entry: Entry) -> bool:
        if entry.ruled or entry.role is not before.role or entry.role in {Role.HEADING, Role.BREAK}:
            return False
        if entry.role is Role.BODY and not (entry.passage.item and before.passage.item):
            return False
        return entry.role is Role.VERSE or entry.gap <= self.usual_gap

    def _group(self, entries: list[Entry]) -> Iterator[Block]:
        passages = [entry.passage for entry in entries]
        match entries[0].role:
            case Role.HEADING:
                yield from (block for passage in passages for block in self._heading(passage))
            case Role.BREAK:
                yield SceneBreak(passages[0].text.strip())
            case Role.VERSE:
                yield self._verse(entries)
            case Role.QUOTE if self._is_set_in_verse(passages):
                yield self._verse(entries)
            case Role.QUOTE:
                yield Quote(tuple(block for passage in passages for block in self._paragraph(passage, quoted=True)))
            case _:
                yield from self._body(passages)

    def _body(self, passages: list[Passage]) -> Iterator[Block]:
        if passages[0].item:
            yield from list_blocks(passages, lambda passage: tuple(self._paragraph(passage)))
        else:
            yield from (block for passage in passages for block in self._paragraph(passage))

    def _heading(self, passage: Passage) -> Iterator[Block]:
        dress = replace(self.page.dress, bold=True, italic=passage.base.italic, language=None)
        inlines = inlines_of(passage.runs, dress)
        if passage.item and passage.item.ordered:
            inlines = merge((Text(passage.item.marker), *inlines))
        if "\n" in plain_text(inlines):
            yield Paragraph(inlines)
        elif inlines:
            yield Heading(level_of(passage), inlines)
        yield from self._images(passage)

    def _paragraph(self, passage: Passage, *, quoted: bool = False) -> Iterator[Block]:
        inlines = self._inlines(passage, quoted=quoted)
        if inlines:
            yield Paragraph(inlines)
        yield from self._images(passage)

    def _inlines(self, passage: Passage, *, quoted: bool = False) -> Inlines:
        return inlines_of(passage.runs, replace(self._dress(passage) if quoted else self.page.dress, size=0))

    def _dress(self, passage: Passage) -> Look:
        """Quotes and verse may wear italics by their style."""
        return replace(self.page.dress, italic=passage.base.italic, bold=passage.base.bold)

    def _images(self, passage: Passage) -> Iterator[Block]:
        alone = not passage.text.strip()
        for image in _pictures(passage):
            yield SceneBreak() if alone and image.source in self.ornaments else image

    def _is_set_in_verse(self, passages: list[Passage]) -> bool:
        """Set in by hand, not by a quote's style: three short lines or more, most of them no sentence."""
        if any(map(has_picture, passages)) or any(role_by_style(passage) or passage.boxed for passage in passages):
            return False
        lines = [line for passage in passages for line in passage.text.strip().split("\n")]
        sentences = sum(line.rstrip().endswith(_SENTENCE_ENDS) for line in lines)
        return len(lines) >= 3 and sentences * 2 <= len(lines) and max(map(len, lines)) <= _SHORT_LINE

    def _verse(self, entries: list[Entry]) -> Verse:
        """A passage a line, or a stanza a passage; an empty passage parts stanzas."""
        margin = min(entry.passage.left for entry in entries)
        lines: list[Inlines] = []
        indents: list[int] = []
        for entry in entries:
            parts = lines_of(entry.passage)
            if lines and (entry.gap or len(parts) > 1):
                lines.append(())
                indents.append(0)
            for line in parts:
                lines.append(self._inlines(line, quoted=True))
                indents.append(_leading_spaces(line.text) + int((line.left - margin) // _POINTS_A_SPACE))
        return Verse(tuple(lines), tuple(indents))


def _leading_spaces(text: str) -> int:
    return len(text) - len(text.lstrip(" \xa0"))


def _pictures(passage: Passage) -> list[Image]:
    return [run.content for run in passage.runs if isinstance(run.content, Image)]
