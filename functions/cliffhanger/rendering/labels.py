"""What a chapter is called, and how such names are kept to one harmless line."""

from __future__ import annotations

import re
import unicodedata

from cliffhanger.manuscripts.model import Chapter, Kind
from cliffhanger.rendering.strings import Say, speaker

LONGEST = 200

SUBJECT_FIELDS = ("series", "author", "heading", "label", "number", "title")
"""What the pattern of a subject may hold, in braces."""

# Embeddings, overrides and isolates turn the text after them around, ours too; the plain marks (LRM, RLM) may stay.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_NOT_IN_A_LINE = {"Cc", "Cs", "Zl", "Zp"}


def one_line(text: str, *, longest: int = LONGEST) -> str:
    """`text` without line ends, control characters and bidi overrides, of at most `longest` characters."""
    kept = (" " if unicodedata.category(c) in _NOT_IN_A_LINE else c for c in _TURNING.sub("", text))
    line = " ".join("".join(kept).split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def chapter_label(chapter: Chapter, *, language: str) -> str:
    """ "Part Two, Chapter 7", "Prologue", "Chapter 7 of 12", "Chapter 7, part 1 of 2"; empty where the chapter has
    neither kind nor number, and is no part of one.
    """
    say = speaker(language)
    label = ", ".join(one_line(part) for part in (chapter.part, _kind_and_number(chapter, say)) if part)
    if not chapter.portion:
        return label
    number, total = chapter.portion
    if not label:
        return say("portion_alone", number=number, total=total)
    return say("portion", label=label, number=number, total=total)


def heading(chapter: Chapter, *, language: str) -> str:
    """ "Chapter 7: The Lamp", or the one of the two that there is; perhaps empty."""
    return named(chapter_label(chapter, language=language), one_line(chapter.title or ""), language=language)


def named(label: str, title: str, *, language: str) -> str:
    colon = speaker(language)("colon") + " "
    return colon.join(part for part in (label, title) if part)


def number(chapter: Chapter) -> str:
    """ "7", "3.5"; empty where there is none."""
    return "" if chapter.number is None else f"{chapter.number:g}"


def _kind_and_number(chapter: Chapter, say: Say) -> str:
    if chapter.kind is not Kind.CHAPTER:
        return say(chapter.kind)
    if chapter.number is None:
        return ""
    told = number(chapter)
    return say("chapter_of", number=told, total=chapter.total) if chapter.total else say("chapter", number=told)
