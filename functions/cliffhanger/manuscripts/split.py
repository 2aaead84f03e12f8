"""Several chapters in one file: cut where each has its own heading, in their order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cliffhanger.manuscripts.draft import Draft, FrontMatter
from cliffhanger.manuscripts.footnotes import lift_footnotes, reached
from cliffhanger.manuscripts.headings import Headline, parse_heading
from cliffhanger.manuscripts.inlines import plain_text
from cliffhanger.manuscripts.limits import refuse_endless
from cliffhanger.manuscripts.model import Blocks, Heading, Kind, Paragraph
from cliffhanger.manuscripts.words import Words

_FEWEST_WORDS = 20
"""Between two headings. A table of contents has fewer, and so has a chapter named in passing."""


def split(draft: Draft, words: Words) -> tuple[Draft, ...]:
    """A draft per chapter; the draft itself where the numbers do not follow each other, or there is only one.

    Front matter belongs to the first. What stands between a story and the next heading goes with that story.
    """
    refuse_endless(draft)
    draft = lift_footnotes(draft)
    cuts = _cuts(draft.blocks, words)
    if len(cuts) < 2:
        return (draft,)
    starts, ends = (0, *cuts[1:]), (*cuts[1:], len(draft.blocks))
    pieces = [draft.blocks[start:end] for start, end in zip(starts, ends, strict=True)]
    return tuple(_part(draft, piece, first=at == 0) for at, piece in enumerate(pieces))


def _cuts(blocks: Blocks, words: Words) -> list[int]:
    """Where the headings of consecutive chapters stand, each with a story under it."""
    cuts: list[int] = []
    expected: float | None = None
    for at, headline in _headlines(blocks, words):
        if headline.number is None or (expected is not None and headline.number != expected):
            continue
        if cuts and not _is_story(blocks[cuts[-1] : at]):
            return []
        cuts.append(at)
        expected = headline.number + 1
    return cuts if cuts and _is_story(blocks[cuts[-1] :]) else []


def _headlines(blocks: Blocks, words: Words) -> Iterator[tuple[int, Headline]]:
    for at, block in enumerate(blocks):
        if isinstance(block, Paragraph | Heading):
            headline = parse_heading(plain_text(block.inlines), words)
            if headline and headline.kind is Kind.CHAPTER and not headline.only_part:
                yield at, headline


def _is_story(blocks: Blocks) -> bool:
    return sum(len(plain_text(b.inlines).split()) for b in blocks if isinstance(b, Paragraph)) >= _FEWEST_WORDS


def _part(draft: Draft, blocks: Blocks, *, first: bool) -> Draft:
    used = reached(blocks, draft.footnotes)
    footnotes = tuple(note for note in draft.footnotes if note.label in used)
    front = draft.front if first else FrontMatter(tags=draft.front.tags)
    return replace(draft, blocks=blocks, footnotes=footnotes, front=front)
