"""Straight quotes made typographic, where a series asks for it. The only thing that ever changes an author's text."""

from __future__ import annotations

import re
from dataclasses import replace

from cliffhanger.manuscripts.inlines import Container
from cliffhanger.manuscripts.model import Blocks, Chapter, Footnote, Inline, Inlines, LineBreak, Text
from cliffhanger.manuscripts.story import map_inlines

_LANGUAGES = {"en"}
_STRAIGHT = re.compile("['\"]")
_OPENS_AFTER = re.compile(r"[\s(\[{“‘]")
_DASH = re.compile("[-–—/]")
# 'Twas, 'em, the '90s: an apostrophe where a quote would open.
_ELISION = re.compile(r"'(?:twas|tis|twere|twill|twould|em|til|cause|bout|round|n|\d0s)\b", re.I)


def curl(chapter: Chapter, language: str) -> Chapter:
    """The chapter with “these” for "these". `language` is a BCP 47 tag; English is known, any other text stays."""
    if language.partition("-")[0].lower() not in _LANGUAGES:
        return chapter
    return replace(
        chapter,
        title=_line(chapter.title),
        series=_line(chapter.series),
        part=_line(chapter.part),
        summary=_line(chapter.summary),
        disclaimer=_line(chapter.disclaimer),
        closing=_line(chapter.closing),
        blocks=_blocks(chapter.blocks),
        recap=_blocks(chapter.recap),
        notes_before=tuple(map(_blocks, chapter.notes_before)),
        notes_after=tuple(map(_blocks, chapter.notes_after)),
        footnotes=tuple(Footnote(note.label, _blocks(note.blocks)) for note in chapter.footnotes),
    )


def _line(text: str | None) -> str | None:
    return _curled(text, "\n") if text else text


def _blocks(blocks: Blocks) -> Blocks:
    return tuple(map_inlines(block, lambda inlines: _inlines(inlines, "\n")[0]) for block in blocks)


def _inlines(inlines: Inlines, before: str) -> tuple[Inlines, str]:
    """The inlines, and the last character of their text. `before` is the one in front: a quote may hold emphasis."""
    curled: list[Inline] = []
    for inline in inlines:
        match inline:
            case Text(text):
                curled.append(Text(_curled(text, before)))
                before = text[-1:] or before
            case LineBreak():
                curled.append(inline)
                before = "\n"
            case _ if isinstance(inline, Container):
                children, before = _inlines(inline.children, before)
                curled.append(replace(inline, children=children))
            case _:
                curled.append(inline)
    return tuple(curled), before


def _curled(text: str, before: str) -> str:
    if not _STRAIGHT.search(text):
        return text
    made = list(text)
    for found in _STRAIGHT.finditer(text):
        at = found.start()
        opens = _opens(made[at - 1] if at else before, text[at + 1 : at + 2])
        if found[0] == '"':
            made[at] = "“" if opens else "”"
        else:
            made[at] = "‘" if opens and not _ELISION.match(text, at) else "’"
    return "".join(made)


def _opens(before: str, after: str) -> bool:
    """After a space a quote opens; after a dash only before a word: "No—" ends there, and —"Yes" begins."""
    if _DASH.match(before):
        return after.isalnum()
    return _OPENS_AFTER.match(before) is not None and not after.isspace()
