"""The author's own "Previously": of the front matter, or a note before the story that begins with such a word."""

from __future__ import annotations

from dataclasses import replace

from cliffhanger.manuscripts.inlines import cut, plain_text, strip, unwrap_emphasis
from cliffhanger.manuscripts.labels import after_kept
from cliffhanger.manuscripts.model import Blocks, Chapter, Paragraph
from cliffhanger.manuscripts.words import Words


def with_recap(chapter: Chapter, words: Words) -> Chapter:
    """The chapter with its recap out of its notes, and without the label: who shows it has a heading for it."""
    if chapter.recap:
        return chapter
    for at, note in enumerate(chapter.notes_before):
        if recap := _told(note, words):
            notes = (*chapter.notes_before[:at], *chapter.notes_before[at + 1 :])
            return replace(chapter, recap=recap, notes_before=notes)
    return chapter


def _told(note: Blocks, words: Words) -> Blocks:
    match note:
        case (Paragraph(inlines), *rest):
            text = plain_text(inlines)
            start = after_kept(text, words.recaps)
            if start is None:
                return ()
            told = unwrap_emphasis(strip(cut(inlines, start, len(text))))
            return (Paragraph(told), *rest) if told else tuple(rest)
        case _:
            return ()
