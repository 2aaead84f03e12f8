"""How much of a chapter one mail can hold."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from cliffhanger.manuscripts.document import blocks_text
from cliffhanger.manuscripts.model import Block, Blocks, Chapter, Heading, SceneBreak
from cliffhanger.rendering.ascii import as_ascii
from cliffhanger.rendering.giants import divide
from cliffhanger.rendering.pieces import join
from cliffhanger.rendering.walking import referred_to

PIECES = 64
"""Of a block that the mail ends in: a paragraph of ten mails still fills most of one."""
PIECE = 1_000
"""Bytes at least: so that most end with a sentence."""

Fits = Callable[[Chapter], bool]


def cut(chapter: Chapter, fits: Fits) -> Chapter:
    """The chapter itself if it fits, else as much of its beginning as does.

    It ends at the last scene break that fits, but a break in the first half of what fits would leave a stub:
    then it ends after the last paragraph. Where not one block fits, what stands before the story goes too, but for
    the warnings, which nobody may miss: they go only where they alone would fill the mail.
    """
    if fits(chapter):
        return chapter
    warnings = {name: text for name, text in chapter.tags.items() if name == "warnings"}
    bare = replace(chapter, summary=None, disclaimer=None, recap=(), notes_before=(), tags=warnings)
    unwarned = replace(bare, tags={})
    begun = (_beginning(one, _as_much(one, fits)) for one in (chapter, bare, unwarned))
    return next((one for one in begun if one.blocks), _beginning(bare if fits(_beginning(bare, ())) else unwarned, ()))


def _as_much(chapter: Chapter, fits: Fits) -> Blocks:
    blocks = chapter.blocks
    most = _most(chapter, fits, len(blocks), lambda count: blocks[:count])
    if 0 <= most < len(blocks) and _length(blocks[most : most + 1]) > max(_length(blocks[:most]), 2 * PIECE):
        return _into_giant(chapter, most, fits)
    return blocks[: _good_end(blocks, most)]


def _most(chapter: Chapter, fits: Fits, count: int, begun: Callable[[int], Blocks]) -> int:
    """How many of `count` pieces the mail can hold; -1 if it can't even hold none."""
    return bisect_left(range(count + 1), True, key=lambda some: not fits(_beginning(chapter, begun(some)))) - 1


def _into_giant(chapter: Chapter, at: int, fits: Fits) -> Blocks:
    """The blocks before that one and as much of it as fits: without it more than half of the mail would be empty."""
    before, giant = chapter.blocks[:at], chapter.blocks[at]
    while len(pieces := divide(giant, min(PIECES, _length((giant,)) // PIECE))) > 1:
        begun = partial(_begun, before, giant, pieces)
        if (taken := _most(chapter, fits, len(pieces), begun)) > 0:
            return begun(taken)
        giant = pieces[0]
    return before


def _begun(before: Blocks, giant: Block, pieces: Blocks, count: int) -> Blocks:
    return (*before, *join(giant, pieces, 0, count))


def _length(blocks: Blocks) -> int:
    """Bytes, without any markup."""
    return len(as_ascii(blocks_text(blocks)))


def _good_end(blocks: Blocks, most: int) -> int:
    """Where to end, at `most` or before."""
    if most == len(blocks):
        return most
    breaks = (i for i in range(most, most // 2, -1) if isinstance(blocks[i], SceneBreak))
    end = next(breaks, max(most, 0))
    while end and isinstance(blocks[end - 1], SceneBreak | Heading):  # neither may be the last thing one sees
        end -= 1
    return end


def _beginning(chapter: Chapter, blocks: Blocks) -> Chapter:
    """These first blocks and what goes before them, with the footnotes that they point at."""
    labels = referred_to((chapter.recap, *chapter.notes_before, blocks), chapter.footnotes)
    footnotes = tuple(note for note in chapter.footnotes if note.label in labels)
    return replace(chapter, blocks=blocks, closing=None, notes_after=(), footnotes=footnotes)
