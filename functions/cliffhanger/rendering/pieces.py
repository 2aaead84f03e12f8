"""Blocks divided for a split, and joined again where they stay in one mail: a paragraph there is one paragraph."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import chain

from cliffhanger.manuscripts.document import blocks_text
from cliffhanger.manuscripts.inlines import cut, plain_text, strip
from cliffhanger.manuscripts.model import Block, Blocks, ItemList, Paragraph, Quote, Verse

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Pieces:
    """The blocks of a story as they may be parted. `pieces[n]` are what the n-th block is divided into."""

    story: Blocks
    pieces: tuple[Blocks, ...]

    @property
    def all(self) -> Blocks:
        return tuple(chain.from_iterable(self.pieces))

    def between(self, start: int, end: int) -> Blocks:
        """What stands between two pieces, each block as whole as it is there."""
        found: list[Block] = []
        at = 0
        for block, pieces in zip(self.story, self.pieces, strict=True):
            found += join(block, pieces, max(start - at, 0), max(min(end - at, len(pieces)), 0))
            at += len(pieces)
        return tuple(found)


def join(block: Block, pieces: Blocks, start: int, end: int) -> Blocks:
    """Those pieces that `block` was divided into, from one to before another, in as few blocks as may be."""
    some = pieces[start:end]
    if len(some) < 2:
        return some
    match block:
        case Paragraph(inlines):
            edges = _edges(plain_text(inlines), pieces)
            return (Paragraph(strip(cut(inlines, edges[start], edges[end]))),)
        case Verse():
            verses = [piece for piece in some if isinstance(piece, Verse)]
            lines = chain.from_iterable(verse.lines for verse in verses)
            return (Verse(tuple(lines), tuple(chain.from_iterable(verse.indents for verse in verses))),)
        case Quote():
            return (Quote(tuple(child for piece in some if isinstance(piece, Quote) for child in piece.children)),)
        case _:
            return _joined_lists(some)


def _edges(text: str, pieces: Blocks) -> list[int]:
    """Where each piece of a paragraph begins in its text, and where the last one ends."""
    edges = [0]
    for piece in pieces:
        end = edges[-1] + len(blocks_text((piece,)))
        space = _SPACE.match(text, end)
        edges.append(space.end() if space else end)
    return edges


def _joined_lists(pieces: Blocks) -> Blocks:
    """A list that goes on where the one before it ends is the same list."""
    joined: list[Block] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if isinstance(last, ItemList) and isinstance(piece, ItemList) and last.start + len(last.items) == piece.start:
            joined[-1] = replace(last, items=(*last.items, *piece.items))
        else:
            joined.append(piece)
    return tuple(joined)
