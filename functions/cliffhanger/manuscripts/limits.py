"""How much a text may hold, and how deep it may be nested, whatever file it came from."""

from __future__ import annotations

from collections.abc import Iterator

from cliffhanger.errors import Refusal
from cliffhanger.manuscripts.draft import Draft
from cliffhanger.manuscripts.inlines import Container
from cliffhanger.manuscripts.model import Block, Heading, Inlines, ItemList, Paragraph, Quote, Verse

_MAX_DEPTH = 64
_MAX_BLOCKS = 50_000


def refuse_endless(draft: Draft) -> None:
    """Before anything walks it by recursion: level by level, so that no depth can break this itself."""
    if len(draft.blocks) > _MAX_BLOCKS:
        raise Refusal(f"The file has {len(draft.blocks):,} paragraphs; a chapter may have up to {_MAX_BLOCKS:,}.")
    level: list[Block | Container] = [*draft.blocks, *(block for note in draft.footnotes for block in note.blocks)]
    for _ in range(_MAX_DEPTH):
        level = [inner for node in level for inner in _inside(node)]
        if not level:
            return
    raise Refusal("The text is nested too deeply (quotes in quotes, lists in lists, emphasis in emphasis).")


def _inside(node: Block | Container) -> Iterator[Block | Container]:
    match node:
        case Paragraph(inlines) | Heading(_, inlines):
            yield from _containers(inlines)
        case Verse(lines):
            for line in lines:
                yield from _containers(line)
        case Quote(children):
            yield from children
        case ItemList(_, items):
            for item in items:
                yield from item
        case _ if isinstance(node, Container):
            yield from _containers(node.children)


def _containers(inlines: Inlines) -> Iterator[Container]:
    return (inline for inline in inlines if isinstance(inline, Container))
