"""Paragraphs cut where a label, a heading or a closing begins inside, and made whole again where that was in vain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from cliffhanger.manuscripts.draft import Field
from cliffhanger.manuscripts.headings import parse_heading
from cliffhanger.manuscripts.inlines import merge, plain_text, split_at
from cliffhanger.manuscripts.labels import later_notes, match_kept, match_label
from cliffhanger.manuscripts.model import Block, Paragraph, Text
from cliffhanger.manuscripts.phrases import begins_with_closing, byline, is_closing
from cliffhanger.manuscripts.words import Words

_FIELD_BAR = re.compile(r"\s(?:\||//|•)\s")


def split_block(block: Block, words: Words, phrases: tuple[str, ...] = ()) -> list[Block]:
    """A paragraph cut before each label, heading or closing that begins a line, or a further note within it."""
    if not isinstance(block, Paragraph):
        return [block]
    text = plain_text(block.inlines)
    offsets = sorted({*_line_offsets(text, words, phrases), *_inner_offsets(text, words)})
    return [Paragraph(piece) for piece in split_at(block.inlines, offsets)] if offsets else [block]


def rejoin(split: list[list[Block]], kept: slice) -> Iterator[Block]:
    """The blocks of the kept pieces: a story's paragraph that was cut in vain becomes whole again."""
    numbered = [at for at, pieces in enumerate(split) for _ in pieces]
    flat = [piece for pieces in split for piece in pieces]
    for _, run in groupby(zip(numbered[kept], flat[kept], strict=True), key=itemgetter(0)):
        first, *more = (piece for _, piece in run)
        inlines = [inline for piece in more if isinstance(piece, Paragraph) for inline in (Text("\n"), *piece.inlines)]
        yield Paragraph(merge((*first.inlines, *inlines))) if isinstance(first, Paragraph) else first


def _line_offsets(text: str, words: Words, phrases: tuple[str, ...]) -> Iterator[int]:
    at, cuts_next = 0, False
    for line in text.split("\n"):
        starts = _is_opener(line, words, phrases)
        if at and (starts or cuts_next):
            yield at
        cuts_next = starts and (parse_heading(line, words) is not None or is_closing(line, words))
        at += len(line) + 1


def _is_opener(line: str, words: Words, phrases: tuple[str, ...]) -> bool:
    """Whether a line says by itself that something new begins."""
    line = line.strip()
    labelled = match_label(line, words) or match_kept(line, phrases)
    return bool(labelled or parse_heading(line, words) or is_closing(line, words) or byline(line, words))


def _inner_offsets(text: str, words: Words) -> Iterator[int]:
    label = match_label(text, words)
    if label is None and not begins_with_closing(text, words):
        return
    if label is None or label.what == Field.NOTE:
        yield from later_notes(text, label.start if label else 1, words)
    elif not isinstance(label.what, Field):
        bars = (bar.end() for bar in _FIELD_BAR.finditer(text))
        yield from (at - 2 for at in bars if match_label(text[at:], words))
