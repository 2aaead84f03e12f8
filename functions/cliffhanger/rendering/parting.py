"""A chapter that one mail can't hold, as several chapters, each of which is one part of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import ceil

from jinja2 import Environment

from cliffhanger.mailbody import LIMIT, size, weight
from cliffhanger.manuscripts.model import Blocks, Chapter, Footnote
from cliffhanger.rendering.asides import lighter
from cliffhanger.rendering.card import SHOWN_TAGS
from cliffhanger.rendering.giants import divide
from cliffhanger.rendering.html import HtmlWriter
from cliffhanger.rendering.issue import Sender, Whole, whole_issue
from cliffhanger.rendering.keeping import Mark, find, mark
from cliffhanger.rendering.mail import as_mail
from cliffhanger.rendering.pieces import Pieces
from cliffhanger.rendering.placing import set_out
from cliffhanger.rendering.splitting import Rooms, Seam, split
from cliffhanger.rendering.strings import speaker
from cliffhanger.rendering.walking import references, referred_to
from cliffhanger.series import LongChapters, Series

SEAM = "<!--seam-->"
"""No text of an author's can hold it: every angle bracket of his is escaped."""

FURTHER = "-part-22"
"""What the address of a further part has behind that of the first."""

LIST_ITEM = 50
"""What stands around each footnote."""

PIECES = 8
"""Of a block that no part has room for, in each part: with fewer the parts would be far from even."""

TRIES = 3
"""Weights are added up; the mail is measured as it is. Where they differ, the parts get less room."""


@dataclass(frozen=True, slots=True)
class Parted:
    """`marks` are between the parts: one fewer than they are. `largest` is the size of the largest mail.

    `issue` is the mail of a chapter that is not split, as large as it is. `aside`: notes that no mail can hold are only
    on the page. They still are in `parts`, of which the pages are made.
    """

    parts: tuple[Chapter, ...]
    marks: tuple[Mark, ...]
    largest: int
    issue: Whole | None = None
    aside: bool = False


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
    address = f"{chapter_url}{FURTHER}"
    lights = lighter(chapter, series=series, chapter_url=address, limit=limit)
    cutter = _Cutter(
        chapter,
        weigh=partial(_weigh, series=series, environment=environment),
        measure=lambda one: size(render(one, chapter_url=address).body.html),
        limit=limit,
    )
    if kept:
        return cutter.at(kept, lights[0])
    for light in lights:
        if light != chapter and cutter.measure(light) <= limit:
            return replace(whole, aside=True)
        if parted := cutter.best(light):
            return parted
    return whole


@dataclass(frozen=True, slots=True)
class _Cutter:
    """Splits `chapter`; what is measured is a lighter one, which leaves to the page what no mail can hold."""

    chapter: Chapter
    weigh: Callable[[Chapter, Blocks], list[int]]
    measure: Callable[[Chapter], int]
    limit: int

    def at(self, marks: Sequence[Mark], light: Chapter) -> Parted:
        pieces, _ = self._without_giants(light, _rooms(light, self.measure, self.limit))
        return self._parted(light, pieces, find(pieces.all, marks))

    def best(self, light: Chapter) -> Parted | None:
        rooms = _rooms(light, self.measure, self.limit)
        pieces, weights = self._without_giants(light, rooms)
        for _ in range(TRIES):
            if (seams := split(pieces.all, weights, rooms)) is None:
                return None
            parted = self._parted(light, pieces, seams)
            if parted.largest <= self.limit:
                return parted
            rooms = rooms.smaller_by(parted.largest - self.limit)
        return None

    def _without_giants(self, light: Chapter, rooms: Rooms) -> tuple[Pieces, list[int]]:
        """A block that no part has room for is divided, where it can be."""
        blocks, weights = light.blocks, self.weigh(light, light.blocks)
        most = min(rooms.first, rooms.middle, rooms.last)
        counts = [ceil(PIECES * heavy / most) if heavy > most else 1 for heavy in weights]
        pieces = Pieces(blocks, tuple(divide(block, count) for block, count in zip(blocks, counts, strict=True)))
        return pieces, weights if max(counts, default=1) == 1 else self.weigh(light, pieces.all)

    def _parted(self, light: Chapter, pieces: Pieces, seams: Sequence[Seam]) -> Parted:
        blocks = pieces.all
        starts = (0, *(seam.start for seam in seams))
        ends = (*(seam.end for seam in seams), len(blocks))
        stories = [pieces.between(start, end) for start, end in zip(starts, ends, strict=True)]
        marks = tuple(mark(blocks, seam) for seam in seams)
        largest = max(map(self.measure, portions(light, stories)))
        return Parted(portions(self.chapter, stories), marks, largest, aside=light != self.chapter)


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
    everywhere, here = (_pointed_at(part, chapter.footnotes) for part in (chapter, one))
    return tuple(note for note in chapter.footnotes if note.label in here or (is_last and note.label not in everywhere))


def _pointed_at(part: Chapter, footnotes: tuple[Footnote, ...]) -> set[str]:
    return referred_to((part.recap, *part.notes_before, part.blocks, *part.notes_after), footnotes)


def _rooms(chapter: Chapter, measure: Callable[[Chapter], int], limit: int) -> Rooms:
    """What is left beside all that stands around the story. However much that is, a quarter is the story's: a mail
    that then is too large is cut.
    """
    notes = (Footnote("", ()),) if chapter.footnotes else ()
    around = [replace(empty, footnotes=notes) for empty in portions(chapter, [(), (), ()])]
    first, middle, last = (max(limit - measure(empty), limit // 4) for empty in around)
    return Rooms(first, middle, last)


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
