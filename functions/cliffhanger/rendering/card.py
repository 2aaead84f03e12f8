"""A chapter as the templates show it: in the mail, in the author's preview and on its page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cliffhanger.manuscripts.model import Chapter, Kind
from cliffhanger.rendering.faces import Face, face
from cliffhanger.rendering.html import HtmlWriter
from cliffhanger.rendering.labels import chapter_label, heading, number, one_line
from cliffhanger.rendering.placing import set_out
from cliffhanger.rendering.strings import Say, direction, speaker
from cliffhanger.rendering.text import TextWriter
from cliffhanger.series import LongChapters, Series

FACTS = ("rating", "fandom", "pairing", "genre")
SHOWN_TAGS = ("warnings", *FACTS)


@dataclass(frozen=True, slots=True)
class Card:
    """`recap`, the notes, `story` and `footnotes` are as the writer made them: Markup or plain text.

    All else is text, perhaps empty. `heading` joins `label` and `title`. `counted`: a complete series can say "7 of
    23" of it, and the label does not yet. `facts` are rating, fandom and the like, each with its
    name; `matter` is all of it that stands before the story. `links` is for plain text only.
    """

    series: str
    author: str
    language: str
    direction: str
    face: Face
    label: str
    title: str
    heading: str
    number: str
    portion: tuple[int, int] | None
    counted: bool
    minutes: int
    warnings: str
    facts: tuple[tuple[str, str], ...]
    summary: str
    disclaimer: str
    matter: tuple[tuple[str, str], ...]
    recap: str
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
    comes; empty if there is none. `looks_back`: a "Previously" makes sense. `stops`: this is a preview, shorter than
    the mail.
    """

    say: Say
    html: Card
    text: Card
    read_on: str | None = None
    goes_on: str = ""
    looks_back: bool = True
    stops: bool = False


def showing(chapter: Chapter, *, series: Series, minutes: int, read_on: str | None = None) -> Showing:
    """`minutes` is how long the whole chapter takes to read, `chapter` perhaps only its beginning."""
    say, looks = speaker(series.language), face(series.language)
    html = html_card(chapter, series=series, minutes=minutes)
    chapter = set_out(chapter, series)
    text = _card(chapter, series, minutes, TextWriter(chapter.footnotes, say=say, face=looks))
    return Showing(say, html, text, read_on, _goes_on(chapter, series, say), looks_back=_looks_back(chapter))


def html_card(chapter: Chapter, *, series: Series, minutes: int) -> Card:
    say, looks = speaker(series.language), face(series.language)
    chapter = set_out(chapter, series)
    writer = HtmlWriter(chapter.footnotes, say=say, face=looks, way=direction(series.language))
    return _card(chapter, series, minutes, writer)


def _card(chapter: Chapter, series: Series, minutes: int, writer: HtmlWriter | TextWriter) -> Card:
    say, language = speaker(series.language), series.language
    recap = writer.blocks(chapter.recap)
    notes_before = tuple(writer.blocks(note) for note in chapter.notes_before)
    story = writer.story(chapter.blocks)
    notes_after = tuple(writer.blocks(note) for note in chapter.notes_after)
    footnotes = writer.footnotes()
    return Card(
        series=one_line(series.title),
        author=one_line(series.author),
        language=language,
        direction=direction(language),
        face=face(language),
        label=chapter_label(chapter, language=language),
        title=one_line(chapter.title or ""),
        heading=heading(chapter, language=language),
        number=number(chapter),
        portion=chapter.portion,
        counted=chapter.kind is Kind.CHAPTER and number(chapter).isdigit() and not chapter.total,
        minutes=minutes,
        warnings=chapter.tags.get("warnings", ""),
        facts=tuple((say(f"tag_{tag}"), chapter.tags[tag]) for tag in FACTS if chapter.tags.get(tag)),
        summary=chapter.summary or "",
        disclaimer=chapter.disclaimer or "",
        matter=tuple((name, text) for name, text in _matter(chapter, say) if text),
        recap=recap,
        notes_before=notes_before,
        story=story,
        closing=chapter.closing,
        notes_after=notes_after,
        footnotes=footnotes,
        links=tuple(writer.links) if isinstance(writer, TextWriter) else (),
    )


def _looks_back(chapter: Chapter) -> bool:
    return chapter.kind not in (Kind.NOTICE, Kind.PROLOGUE) and (not chapter.portion or chapter.portion[0] == 1)


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
