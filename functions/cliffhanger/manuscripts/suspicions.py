"""What looks wrong in a chapter that was understood, as sentences for its author."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cliffhanger.manuscripts.headings import parse_heading
from cliffhanger.manuscripts.inlines import plain_text
from cliffhanger.manuscripts.model import Chapter, Heading, Kind, Paragraph
from cliffhanger.manuscripts.names import number_in_name
from cliffhanger.manuscripts.words import Words

_NOTE_IN_STORY = re.compile(r"[\[(*]*(?:a/n|AN)\s*\d?\s*:", re.I)
_MAX_HEADING = 60


def suspicions(chapter: Chapter, filename: str, words: Words) -> Iterator[str]:
    named = number_in_name(filename, words)
    if chapter.number is None and chapter.kind is Kind.CHAPTER and chapter.title is None:
        yield "No chapter number was found: begin the file with a line like “Chapter 3: The Storm”."
    if None not in (named, chapter.number) and named != chapter.number:
        yield f"The text says chapter {chapter.number}, the file’s name says {named}: mend the one that is wrong."
    yield from _in_story(chapter, words)


def _in_story(chapter: Chapter, words: Words) -> Iterator[str]:
    starts = tuple(words.chapter_words)
    for block in chapter.blocks:
        if not isinstance(block, Paragraph | Heading):
            continue
        text = plain_text(block.inlines)
        if _NOTE_IN_STORY.match(text):
            yield f"A note stands inside the story and was left there: “{text[:40]}…”."
        elif len(text) < _MAX_HEADING and text.lower().startswith(starts) and parse_heading(text, words):
            yield f"A second chapter seems to begin at “{text}”: drop each chapter as a file of its own."
