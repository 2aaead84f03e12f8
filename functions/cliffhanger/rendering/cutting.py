"""How much of a chapter one mail can hold."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import replace

from cliffhanger.manuscripts.model import Blocks, Chapter, Heading, SceneBreak
from cliffhanger.rendering.walking import references


def cut(chapter: Chapter, fits: Callable[[Chapter], bool]) -> Chapter:
    """The chapter itself if it fits, else as much of its beginning as does.

    It ends at the last scene break that fits, but a break in the first half of what fits would leave a stub:
    then it ends after the last paragraph. Where not one block fits, the notes before the story go too.
    """
    if fits(chapter):
        return chapter
    too_many = bisect_left(range(len(chapter.blocks)), True, key=lambda count: not fits(_beginning(chapter, count)))
    if too_many == 0:
        return replace(_beginning(chapter, 0), summary=None, disclaimer=None, recap=(), notes_before=(), tags={})
    return _beginning(chapter, _good_end(chapter.blocks, too_many - 1))


def _good_end(blocks: Blocks, most: int) -> int:
    """Where to end, at `most` or before."""
    breaks = (i for i in range(most, most // 2, -1) if isinstance(blocks[i], SceneBreak))
    end = next(breaks, most)
    while end and isinstance(blocks[end - 1], SceneBreak | Heading):  # neither may be the last thing one sees
        end -= 1
    return end


def _beginning(chapter: Chapter, count: int) -> Chapter:
    """The first `count` blocks and what goes before them, with the footnotes that they point at."""
    blocks = chapter.blocks[:count]
    labels = references((chapter.recap, *chapter.notes_before, blocks))
    footnotes = tuple(note for note in chapter.footnotes if note.label in labels)
    return replace(chapter, blocks=blocks, closing=None, notes_after=(), footnotes=footnotes)
