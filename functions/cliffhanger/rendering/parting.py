"""A chapter that one mail can't hold, as several chapters, each of which is one part of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import ceil

from jinja2 import Environment

from cliffhanger.mailbody import LIMIT, size, weight
from cliffhanger.manuscripts.model import Blocks, Chapter, Footnote
from cliffhanger.rendering.card import SHOWN_TAGS
from cliffhanger.rendering.giants import divide
from cliffhanger.rendering.html import HtmlWriter
from cliffhanger.rendering.issue import Sender, Whole, whole_issue
from cliffhanger.rendering.keeping import Mark, find, mark
from cliffhanger.rendering.mail import as_mail
from cliffhanger.rendering.placing import set_out
from cliffhanger.rendering.splitting import Rooms, Seam, split
from cliffhanger.rendering.strings import speaker
from cliffhanger.rendering.walking import references
from cliffhanger.series import LongChapters, Series

SEAM = "<!--seam-->"
"""No text of an author's can hold it: every angle bracket of his is escaped."""

FURTHER = "-part-22"
"""What the address of a further part has behind that of the first."""

LIST_ITEM = 50
"""What stands around each footnote."""

TRIES = 3
"""Weights are added up; the mail is measured as it is. Where they differ, the parts get less room."""


@dataclass(frozen=True, slots=True)
class Parted:
    """`marks` are between the parts: one fewer than they are. `largest` is the size of the largest mail.

    `issue` is the mail of a chapter that is not split, as large as it is.
    """

    parts: tuple[Chapter, ...]
    marks: tuple[Mark, ...]
    largest: int
    issue: Whole | None = None


def part(
    chapter: Chapter,
    *,
    series: Series,
    series_url: str,
    chapter_url: str,
    sender: Sender,
    environment: Environment,
    kept: Sequence[Mark] | None = None,
    limit: int = LIMIT,
) -> Parted:
    """The chapter itself if a mail can hold it, or the series asks to cut it; else its parts, each as large as a mail
    at most, where that can be done. `kept`: it is out already, and split just there, or not at all.
    """
    render = partial(whole_issue, series=series, series_url=series_url, sender=sender, environment=environment)
    issue = render(chapter, chapter_url=chapter_url)
    whole = Parted((chapter,), (), size(issue.body.html), issue)
    may_split = series.long_chapters is not LongChapters.CUT and whole.largest > limit
    if not kept and (kept is not None or not may_split):
        return whole
    chapter = set_out(chapter, series)

    def measure(one: Chapter) -> int:
        return size(render(one, chapter_url=f"{chapter_url}{FURTHER}").body.html)

    weigh = partial(_weigh, chapter, series=series, environment=environment)
    rooms = _rooms(chapter, measure, limit)
    blocks, weights = _without_giants(chapter.blocks, weigh, rooms)
    if kept:
        return _parted(chapter, blocks, find(blocks, kept), measure)
    for _ in range(TRIES):
        if (seams := split(blocks, weights, rooms)) is None:
            return whole
        parted = _parted(chapter, blocks, seams, measure)
        if parted.largest <= limit:
            return parted
        rooms = rooms.smaller_by(parted.largest - limit)
    return whole


def _parted(chapter: Chapter, blocks: Blocks, seams: Sequence[Seam], measure: Callable[[Chapter], int]) -> Parted:
    starts = (0, *(seam.start for seam in seams))
    ends = (*(seam.end for seam in seams), len(blocks))
    parts = portions(chapter, [blocks[start:end] for start, end in zip(starts, ends, strict=True)])
    return Parted(parts, tuple(mark(blocks, seam) for seam in seams), max(map(measure, parts)))


def portions(chapter: Chapter, pieces: Sequence[Blocks]) -> tuple[Chapter, ...]:
    """What stands before the story goes with the first piece, what stands after it with the last."""
    return tuple(_portion(chapter, blocks, number, len(pieces)) for number, blocks in enumerate(pieces, start=1))


def _portion(chapter: Chapter, blocks: Blocks, number: int, total: int) -> Chapter:
    one = replace(chapter, blocks=blocks, portion=(number, total))
    if number > 1:
        tags = {name: text for name, text in chapter.tags.items() if name not in SHOWN_TAGS}
        one = replace(one, summary=None, disclaimer=None, recap=(), notes_before=(), tags=tags)
    if number < total:
        one = replace(one, closing=None, notes_after=())
    return replace(one, footnotes=_footnotes(chapter, one, is_last=number == total))


def _footnotes(chapter: Chapter, one: Chapter, *, is_last: bool) -> tuple[Footnote, ...]:
    """Those that this part points at; a note that nothing points at stands at the end of the last."""
    everywhere = references((*chapter.notes_before, chapter.blocks, *chapter.notes_after))
    here = references((*one.notes_before, one.blocks, *one.notes_after))
    return tuple(note for note in chapter.footnotes if note.label in here or (is_last and note.label not in everywhere))


def _rooms(chapter: Chapter, measure: Callable[[Chapter], int], limit: int) -> Rooms:
    """What is left beside all that stands around the story. However much that is, a quarter is the story's: a mail
    that then is too large is cut.
    """
    notes = (Footnote("", ()),) if chapter.footnotes else ()
    around = [replace(empty, footnotes=notes) for empty in portions(chapter, [(), (), ()])]
    first, middle, last = (max(limit - measure(empty), limit // 4) for empty in around)
    return Rooms(first, middle, last)


def _without_giants(blocks: Blocks, weigh: Callable[[Blocks], list[int]], rooms: Rooms) -> tuple[Blocks, list[int]]:
    """A block that no part has room for is divided, where it can be."""
    weights, most = weigh(blocks), min(rooms.first, rooms.middle, rooms.last)
    if max(weights, default=0) <= most:
        return blocks, weights
    pieces = tuple(
        piece
        for block, heavy in zip(blocks, weights, strict=True)
        for piece in (divide(block, ceil(2 * heavy / most)) if heavy > most else (block,))
    )
    return pieces, weigh(pieces)


def _weigh(chapter: Chapter, blocks: Blocks, *, series: Series, environment: Environment) -> list[int]:
    """What each block adds to the size of its mail, with the footnotes that it points at: all from one rendering."""
    writer = HtmlWriter(chapter.footnotes, say=speaker(series.language))
    story = [writer.blocks((block,)) for block in blocks]
    html = "".join(f"{SEAM}{piece}\n" for piece in (*story, *writer.footnotes()))
    weights = [weight((piece,)) for piece in as_mail(html, environment).split(SEAM)[1:]]
    if not chapter.footnotes:
        return weights
    labels = (note.label for note in chapter.footnotes)
    notes = {label: heavy + LIST_ITEM for label, heavy in zip(labels, weights[len(story) :], strict=True)}
    return [
        heavy + sum(notes.get(label, 0) for label in references(((block,),)))
        for block, heavy in zip(blocks, weights, strict=False)
    ]
