"""What stands beside a story and is too long for a mail: a line leads to the chapter's page instead, which has all."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cliffhanger.mailbody import weight
from cliffhanger.manuscripts.model import Blocks, Chapter, Foreign, Inlines, Link, Paragraph, Text
from cliffhanger.rendering.ascii import as_ascii
from cliffhanger.rendering.html import HtmlWriter
from cliffhanger.rendering.strings import Say, primary, speaker
from cliffhanger.series import Series

LONG = 0.75
"""Of a mail: what leaves less than a quarter to the story."""
SHORT = 0.02
"""Of a mail: some 200 words of English. They stay, for the line to the page would hardly be shorter."""


def lighter(chapter: Chapter, *, series: Series, chapter_url: str, limit: int) -> list[Chapter]:
    """The chapter without what no mail has room for beside the story, then without all but short asides.

    A chapter as `set_out` has it. The second is left out where it is no lighter.
    """
    say = speaker(series.language)
    shelf = _Shelf(say, _pointer(say, series, chapter_url))
    lights = [shelf.put_aside(chapter, int(share * limit)) for share in (LONG, SHORT)]
    return lights[: 1 if lights[0] == lights[1] else 2]


def _pointer(say: Say, series: Series, chapter_url: str) -> Blocks:
    words: Inlines = (Text(say("aside")),)
    if say.language != primary(series.language):
        words = (Foreign(say.language, words),)
    return (Paragraph((Link(chapter_url, words),)),)


@dataclass(frozen=True, slots=True)
class _Shelf:
    """`pointer` stands for what is put aside."""

    say: Say
    pointer: Blocks

    def put_aside(self, chapter: Chapter, longest: int) -> Chapter:
        """The author's notes on one side of the story go together, each footnote alone: its number stays.

        A summary is text without links: the way to the page is at the foot of each mail.
        """

        def short(blocks: Blocks) -> Blocks:
            return self.pointer if self._weight(blocks) > longest else blocks

        def few(notes: tuple[Blocks, ...]) -> tuple[Blocks, ...]:
            return (self.pointer,) if sum(map(self._weight, notes)) > longest else notes

        def brief(text: str | None) -> str | None:
            return self.say("aside") if text and weight((as_ascii(text),)) > longest else text

        return replace(
            chapter,
            summary=brief(chapter.summary),
            disclaimer=brief(chapter.disclaimer),
            recap=short(chapter.recap),
            notes_before=few(chapter.notes_before),
            notes_after=few(chapter.notes_after),
            footnotes=tuple(replace(note, blocks=short(note.blocks)) for note in chapter.footnotes),
        )

    def _weight(self, blocks: Blocks) -> int:
        """A little less than in the mail, where elements have styles."""
        return weight((as_ascii(HtmlWriter((), say=self.say).blocks(blocks)),))
