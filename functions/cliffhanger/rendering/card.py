"""A chapter as the templates show it: in the mail, in the author's preview and on its page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cliffhanger.manuscripts.model import Chapter
from cliffhanger.rendering.html import HtmlWriter
from cliffhanger.rendering.labels import chapter_label, heading, one_line
from cliffhanger.rendering.strings import Say, direction, speaker
from cliffhanger.rendering.text import TextWriter
from cliffhanger.series import LongChapters, Series

SHOWN_TAGS = ("rating", "warnings", "fandom", "pairing", "genre")


@dataclass(frozen=True, slots=True)
class Card:
    """`notes_before`, `story`, `notes_after` and `footnotes` are as the writer made them: Markup or plain text.

    All else is text. `matter` is what stands before the story, each with its name. `heading` joins `label` and
    `title`; any of the three may be empty. `links` is for plain text only.
    """

    series: str
    author: str
    language: str
    direction: str
    label: str
    title: str
    heading: str
    minutes: int
    matter: tuple[tuple[str, str], ...]
    notes_before: tuple[str, ...]
    story: str
    closing: str | None
    notes_after: tuple[str, ...]
    footnotes: tuple[str, ...]
    links: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Showing:
    """What one document shows of a chapter, and who speaks around it, whatever language the document is in.

    `read_on` is the page with the rest, None if this is all of it. `goes_on` says when the next part of the chapter
    comes; empty if there is none.
    """

    say: Say
    html: Card
    text: Card
    read_on: str | None = None
    goes_on: str = ""


def showing(chapter: Chapter, *, series: Series, minutes: int, read_on: str | None = None) -> Showing:
    """`minutes` is how long the whole chapter takes to read, `chapter` perhaps only its beginning."""
    say = speaker(series.language)
    html = _card(chapter, series, minutes, HtmlWriter(chapter.footnotes, say=say))
    text = _card(chapter, series, minutes, TextWriter(chapter.footnotes, say=say))
    return Showing(say, html, text, read_on, _goes_on(chapter, series, say))


def _card(chapter: Chapter, series: Series, minutes: int, writer: HtmlWriter | TextWriter) -> Card:
    say = speaker(series.language)
    notes_before = tuple(writer.blocks(note) for note in chapter.notes_before)
    story = writer.blocks(chapter.blocks)
    notes_after = tuple(writer.blocks(note) for note in chapter.notes_after)
    footnotes = writer.footnotes()
    return Card(
        series=one_line(series.title),
        author=one_line(series.author),
        language=series.language,
        direction=direction(series.language),
        label=chapter_label(chapter, language=series.language),
        title=one_line(chapter.title or ""),
        heading=heading(chapter, language=series.language),
        minutes=minutes,
        matter=tuple((name, text) for name, text in _matter(chapter, say) if text),
        notes_before=notes_before,
        story=story,
        closing=chapter.closing,
        notes_after=notes_after,
        footnotes=footnotes,
        links=tuple(writer.links) if isinstance(writer, TextWriter) else (),
    )


def _goes_on(chapter: Chapter, series: Series, say: Say) -> str:
    number, total = chapter.portion or (1, 1)
    if number == total:
        return ""
    if series.long_chapters is LongChapters.SPLIT_DAILY:
        return say("goes_on_tomorrow", number=number + 1, total=total)
    return say("goes_on", number=number + 1, total=total)


def _matter(chapter: Chapter, say: Say) -> Iterator[tuple[str, str | None]]:
    for tag in SHOWN_TAGS:
        yield say(f"tag_{tag}"), chapter.tags.get(tag)
    yield say("summary"), chapter.summary
    yield say("disclaimer"), chapter.disclaimer
