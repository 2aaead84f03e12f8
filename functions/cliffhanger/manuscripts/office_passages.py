"""What Word, OpenDocument and RTF files have in common: passages (their paragraphs), made of runs with a look."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from cliffhanger.manuscripts.encoding import without_controls
from cliffhanger.manuscripts.model import Image, LineBreak, NoteReference

_LINE_END = re.compile("[\r\n\x0b\x0c\x85\u2028\u2029]")
Content = str | LineBreak | NoteReference | Image


@dataclass(frozen=True, slots=True)
class Look:
    """How a run is set. `size` is in points, 0 where unknown; `language` is a BCP 47 tag; `link` a web address.

    `foreign` says that the author marked these words' language, and no program guessed it.
    """

    italic: bool = False
    bold: bool = False
    small_caps: bool = False
    size: float = 0
    language: str | None = None
    foreign: bool = False
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Run:
    content: Content
    look: Look = Look()


@dataclass(frozen=True, slots=True)
class Item:
    """A place in a list. `label` is the number as the program shows it ("12."), "" for a bullet.

    `begins` is false for a further paragraph of the same item.
    """

    level: int = 0
    ordered: bool = False
    label: str = ""
    begins: bool = True

    @property
    def marker(self) -> str:
        """The label as text in front of the words; a file may have written anything into it."""
        return f"{without_controls(self.label)} "


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph of the file.

    `styles` are the names of its style and of those that it is based on, nearest first. `outline` is 1-9
    where the file says that it is a heading. `left` and `right` are indents in points. `borders` are the
    sides that have a line: "top", "bottom", "left", "right". `base` is the look that the style alone gives.
    `boxed` is true in a frame of its own. `is_rule` marks a drawn line without text.
    """

    runs: tuple[Run, ...] = ()
    styles: tuple[str, ...] = ()
    outline: int | None = None
    centred: bool = False
    left: float = 0
    right: float = 0
    borders: frozenset[str] = frozenset()
    item: Item | None = None
    base: Look = Look()
    boxed: bool = False
    is_rule: bool = False

    @property
    def text(self) -> str:
        return "".join(_text(run.content) for run in self.runs)

    @property
    def is_empty(self) -> bool:
        return not any(isinstance(run.content, Image | NoteReference) for run in self.runs) and not self.text.strip()


def runs_of(text: str, look: Look) -> Iterator[Run]:
    """Text as runs, without control characters; every kind of line end becomes a LineBreak."""
    for at, line in enumerate(_LINE_END.split(text)):
        if at:
            yield Run(LineBreak(), look)
        if kept := without_controls(line):
            yield Run(kept, look)


def joined(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Neighbours with the same look as one run: programs cut text wherever the cursor once stood."""
    kept: list[Run] = []
    for (look, is_text), same in groupby(runs, key=lambda run: (run.look, isinstance(run.content, str))):
        if is_text:
            kept.append(Run("".join(str(run.content) for run in same), look))
        else:
            kept.extend(same)
    return tuple(kept)


def lines_of(passage: Passage) -> list[Passage]:
    """The passage cut at its line breaks."""
    lines: list[list[Run]] = [[]]
    for run in passage.runs:
        if isinstance(run.content, LineBreak):
            lines.append([])
        else:
            lines[-1].append(run)
    return [replace(passage, runs=tuple(line)) for line in lines]


def _text(content: Content) -> str:
    if isinstance(content, str):
        return content
    return "\n" if isinstance(content, LineBreak) else ""
