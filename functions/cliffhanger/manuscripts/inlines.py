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
    """Pieces between the offsets, each stripped, none empty."""
    length = len(plain_text(inlines))
    edges = [0, *offsets, length]
    pieces = [strip(cut(inlines, a, b)) for a, b in pairwise(edges)]
    return [piece for piece in pieces if piece]


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
