"""Small operations on inlines. Offsets count characters of `plain_text`, where a line break counts one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from cliffhanger.manuscripts.model import (
    Emphasis,
    Foreign,
    Inline,
    Inlines,
    LineBreak,
    Link,
    NoteReference,
    SmallCaps,
    Strong,
    Text,
)

Container = Emphasis | Strong | SmallCaps | Foreign | Link
_SOFT = re.compile(r" *\n *")


def plain_text(inlines: Inlines) -> str:
    """The words without their dress. A line break is a newline, a note reference nothing."""
    if len(inlines) == 1 and isinstance(inlines[0], Text):
        return inlines[0].text
    return "".join(_plain(inline) for inline in inlines)


def _plain(inline: Inline) -> str:
    match inline:
        case Text(text):
            return text
        case LineBreak():
            return "\n"
        case NoteReference():
            return ""
        case _:
            return plain_text(inline.children)


def cut(inlines: Inlines, start: int, stop: int) -> Inlines:
    """The inlines between two offsets. A note reference belongs to the text before it."""
    kept: list[Inline] = []
    at = 0
    for inline in inlines:
        length = len(_plain(inline))
        low, high = max(start - at, 0), min(stop - at, length)
        if isinstance(inline, NoteReference):
            if start < at <= stop or at == start == 0:
                kept.append(inline)
        elif low < high:
            kept.append(_cut_one(inline, low, high))
        at += length
    return tuple(kept)


def _cut_one(inline: Inline, low: int, high: int) -> Inline:
    match inline:
        case Text(text):
            return Text(text[low:high])
        case LineBreak() | NoteReference():
            return inline
        case _:
            return replace(inline, children=cut(inline.children, low, high))


def strip(inlines: Inlines) -> Inlines:
    """Without white space at both ends."""
    text = plain_text(inlines)
    bare = text.strip()
    if bare == text:
        return inlines
    start = len(text) - len(text.lstrip())
    return cut(inlines, start, start + len(bare))


def split_at(inlines: Inlines, offsets: Iterable[int]) -> list[Inlines]:
    """Pieces between the ascending offsets, each stripped, none empty."""
    return [piece for piece in map(strip, _split(inlines, list(offsets))) if piece]


def _split(inlines: Inlines, offsets: list[int]) -> list[Inlines]:
    """One walk, however many offsets. A note reference belongs to the text before it."""
    pieces: list[list[Inline]] = [[]]
    at, next_one = 0, 0
    for inline in inlines:
        end = at + len(_plain(inline))
        inside: list[int] = []
        while next_one < len(offsets) and offsets[next_one] < end:
            inside.append(offsets[next_one] - at)
            next_one += 1
        first, *more = _split_one(inline, inside)
        pieces[-1].extend(first)
        pieces.extend([*piece] for piece in more)
        at = end
    return [tuple(piece) for piece in pieces]


def _split_one(inline: Inline, offsets: list[int]) -> list[Inlines]:
    if not offsets:
        return [(inline,)]
    match inline:
        case Text(text):
            edges = pairwise([0, *offsets, len(text)])
            return [(Text(text[low:high]),) if low < high else () for low, high in edges]
        case LineBreak() | NoteReference():
            return [*([()] * len(offsets)), (inline,)]
        case _:
            inner = _split(inline.children, offsets)
            return [(replace(inline, children=children),) if children else () for children in inner]


def split_lines(inlines: Inlines) -> list[Inlines]:
    """One per line, at hard and soft line ends alike; empty lines fall out."""
    text = plain_text(inlines)
    return split_at(inlines, [at for at, character in enumerate(text) if character == "\n"])


def unwrap_emphasis(inlines: Inlines) -> Inlines:
    """A note that is emphasised from end to end loses that dress: it says "note", not "emphasis"."""
    while len(inlines) == 1 and isinstance(inlines[0], Emphasis | Strong):
        inlines = inlines[0].children
    return inlines


def join_lines(inlines: Inlines) -> Inlines:
    """Soft line ends become spaces."""
    return tuple(_join_one(inline) for inline in inlines)


def _join_one(inline: Inline) -> Inline:
    match inline:
        case Text(text):
            return Text(_SOFT.sub(" ", text)) if "\n" in text else inline
        case LineBreak() | NoteReference():
            return inline
        case _:
            return replace(inline, children=join_lines(inline.children))


def merge(inlines: Iterable[Inline]) -> Inlines:
    """Neighbouring texts become one; empty texts and empty containers fall out."""
    kept: list[Inline] = []
    for inline in inlines:
        if isinstance(inline, Text) and kept and isinstance(kept[-1], Text):
            kept[-1] = Text(kept[-1].text + inline.text)
        elif inline != Text("") and not (isinstance(inline, Container) and not inline.children):
            kept.append(inline)
    return tuple(kept)
