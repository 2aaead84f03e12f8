"""The story's own blocks: scene breaks found, verse told from prose, what belongs to a draft taken away."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from cliffhanger.manuscripts.breaks import as_break
from cliffhanger.manuscripts.draft import GAP
from cliffhanger.manuscripts.inlines import Container, join_lines, plain_text, split_lines, strip
from cliffhanger.manuscripts.model import (
    Block,
    Blocks,
    Heading,
    Inlines,
    ItemList,
    LineBreak,
    Paragraph,
    Quote,
    SceneBreak,
    Verse,
)
from cliffhanger.manuscripts.words import Words

_MAX_VERSE_LINE = 90
_LAYOUT_BLOCKS = 2


def finish_story(blocks: Blocks, words: Words) -> Blocks:
    """A draft's story as a chapter's: one break between two scenes, none at the ends."""
    marked = [as_break(block, words) or block for block in _finished(blocks)]
    has_marks = any(isinstance(block, SceneBreak) and block != GAP for block in marked)
    return tuple(_join_stanzas(_between_scenes(marked, keep_gaps=not has_marks)))


def finish_blocks(blocks: Iterable[Block]) -> Blocks:
    """Blocks of a story, a note or a footnote in their final form."""
    return tuple(_join_stanzas(_finished(block for block in blocks if block != GAP)))


def _finished(blocks: Iterable[Block]) -> Iterator[Block]:
    return (block for block in map(_finish, blocks) if not _is_empty(block))


def _between_scenes(blocks: list[Block], *, keep_gaps: bool) -> Iterator[Block]:
    """Breaks only between blocks. A gap counts where nothing else is used, but not in the chapter's head."""
    waiting: SceneBreak | None = None
    told = 0
    for block in blocks:
        if isinstance(block, SceneBreak):
            counts = block != GAP or (keep_gaps and told >= _LAYOUT_BLOCKS)
            waiting = waiting or (block if counts and told else None)
            continue
        if waiting:
            yield SceneBreak() if waiting == GAP else waiting
        waiting = None
        told += 1
        yield block


def _finish(block: Block) -> Block:
    match block:
        case Paragraph(inlines):
            return _verse(inlines) or Paragraph(strip(join_lines(inlines)))
        case Heading(level, inlines):
            return Heading(min(max(level, 2), 6), strip(join_lines(inlines)))
        case Quote(children):
            return Quote(finish_blocks(children))
        case ItemList(ordered, items):
            return ItemList(ordered, tuple(finish_blocks(item) for item in items))
        case _:
            return block


def _verse(inlines: Inlines) -> Verse | None:
    """Three short lines or more, each ended by the author's own line break, are verse."""
    breaks = _line_breaks(inlines)
    if breaks < 2 or plain_text(inlines).strip("\n").count("\n") > breaks:
        return None
    lines = split_lines(inlines)
    if len(lines) < 3 or any(len(plain_text(line)) > _MAX_VERSE_LINE for line in lines):
        return None
    return Verse(tuple(lines), (0,) * len(lines))


def _line_breaks(inlines: Inlines) -> int:
    return sum(
        _line_breaks(inline.children) if isinstance(inline, Container) else isinstance(inline, LineBreak)
        for inline in inlines
    )


def _join_stanzas(blocks: Iterable[Block]) -> Iterator[Block]:
    """Stanzas that follow each other are one poem, parted by an empty line."""
    for is_verse, run in groupby(blocks, key=lambda block: isinstance(block, Verse)):
        if not is_verse:
            yield from run
            continue
        stanzas = [stanza for stanza in run if isinstance(stanza, Verse)]
        lines = [line for stanza in stanzas for line in ((), *stanza.lines)]
        indents = [indent for stanza in stanzas for indent in (0, *stanza.indents)]
        yield Verse(tuple(lines[1:]), tuple(indents[1:]))


def _is_empty(block: Block) -> bool:
    match block:
        case Paragraph(inlines) | Heading(_, inlines):
            return not inlines
        case Quote(children):
            return not children
        case Verse(lines):
            return not lines
        case ItemList(_, items):
            return not items
        case _:
            return False


def paragraphs_of(block: Block) -> Iterator[Inlines]:
    """The inlines of a block, whatever it is, in order."""
    match block:
        case Paragraph(inlines) | Heading(_, inlines):
            yield inlines
        case Verse(lines):
            yield from lines
        case Quote(children):
            for child in children:
                yield from paragraphs_of(child)
        case ItemList(_, items):
            for item in items:
                for child in item:
                    yield from paragraphs_of(child)
        case _:
            return


Change = Callable[[Inlines], Inlines]


def map_inlines(block: Block, change: Change) -> Block:
    """The same block with every run of inlines changed."""
    match block:
        case Paragraph(inlines):
            return Paragraph(change(inlines))
        case Heading(level, inlines):
            return Heading(level, change(inlines))
        case Verse(lines, indents):
            return Verse(tuple(change(line) for line in lines), indents)
        case Quote(children):
            return Quote(tuple(map_inlines(child, change) for child in children))
        case ItemList(ordered, items):
            return ItemList(ordered, tuple(tuple(map_inlines(b, change) for b in item) for item in items))
        case _:
            return block
