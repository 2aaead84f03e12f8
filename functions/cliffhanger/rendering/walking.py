"""Going through a chapter without caring for its shape."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cliffhanger.manuscripts.model import (
    Blocks,
    Emphasis,
    Footnote,
    Foreign,
    Heading,
    Inline,
    Inlines,
    ItemList,
    Link,
    NoteReference,
    Paragraph,
    Quote,
    SmallCaps,
    Strong,
    Verse,
)


def runs(blocks: Blocks) -> Iterator[Inlines]:
    """Each paragraph, heading and line of verse, at any depth, in reading order."""
    for block in blocks:
        match block:
            case Paragraph(inlines) | Heading(_, inlines):
                yield inlines
            case Verse(lines):
                yield from lines
            case Quote(children):
                yield from runs(children)
            case ItemList(_, items):
                for item in items:
                    yield from runs(item)


def deep(inlines: Inlines) -> Iterator[Inline]:
    """Each inline and all within it."""
    for inline in inlines:
        yield inline
        if isinstance(inline, Emphasis | Strong | SmallCaps | Foreign | Link):
            yield from deep(inline.children)


def references(parts: Iterable[Blocks]) -> set[str]:
    """The labels of the footnotes that these parts point at."""
    found = (inline for blocks in parts for run in runs(blocks) for inline in deep(run))
    return {inline.label for inline in found if isinstance(inline, NoteReference)}


def referred_to(parts: Iterable[Blocks], footnotes: Iterable[Footnote]) -> set[str]:
    """The labels of the footnotes that these parts point at, and of those that such a footnote leads to."""
    known = {note.label: note.blocks for note in footnotes}
    found, more = set[str](), references(parts) & known.keys()
    while more:
        found |= more
        more = references(known[label] for label in more) & known.keys() - found
    return found
