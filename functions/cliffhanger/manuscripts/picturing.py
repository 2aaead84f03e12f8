"""The pictures of a chapter, wherever they stand in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from cliffhanger.manuscripts.model import Block, Blocks, Chapter, Footnote, Image, ItemList, Quote

Change = Callable[[Image], Image]


def pictures(chapter: Chapter) -> Iterator[Image]:
    """In the order of the story; the notes come after it."""
    parts = (
        chapter.blocks,
        chapter.recap,
        *chapter.notes_before,
        *chapter.notes_after,
        *(n.blocks for n in chapter.footnotes),
    )
    for blocks in parts:
        yield from _found(blocks)


def with_pictures(chapter: Chapter, change: Change) -> Chapter:
    return replace(
        chapter,
        blocks=_changed(chapter.blocks, change),
        recap=_changed(chapter.recap, change),
        notes_before=tuple(_changed(note, change) for note in chapter.notes_before),
        notes_after=tuple(_changed(note, change) for note in chapter.notes_after),
        footnotes=tuple(Footnote(note.label, _changed(note.blocks, change)) for note in chapter.footnotes),
    )


def _found(blocks: Blocks) -> Iterator[Image]:
    for block in blocks:
        match block:
            case Image():
                yield block
            case Quote(children):
                yield from _found(children)
            case ItemList(_, items):
                for item in items:
                    yield from _found(item)


def _changed(blocks: Blocks, change: Change) -> Blocks:
    return tuple(_block(block, change) for block in blocks)


def _block(block: Block, change: Change) -> Block:
    match block:
        case Image():
            return change(block)
        case Quote(children):
            return Quote(_changed(children, change))
        case ItemList(ordered, items):
            return ItemList(ordered, tuple(_changed(item, change) for item in items))
        case _:
            return block
