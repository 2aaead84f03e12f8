"""What a manuscript says, whatever file it came in: blocks of inlines, and the matter around the story.

Every reader of a format makes these values, the grammar sorts them, and the renderers see nothing else.
All text is Unicode as the author wrote it (NFC is not forced), without NUL, lone surrogates or other
control characters than the tab.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from cliffhanger.pictures import Shown


class Kind(StrEnum):
    CHAPTER = "chapter"
    PROLOGUE = "prologue"
    EPILOGUE = "epilogue"
    INTERLUDE = "interlude"
    NOTICE = "notice"


# Inlines -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    text: str


@dataclass(frozen=True, slots=True)
class Emphasis:
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Strong:
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class SmallCaps:
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Foreign:
    """Words in another language. `language` is a BCP 47 tag."""

    language: str
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """`url` is absolute, http, https or mailto; a reader drops any other link and keeps its words."""

    url: str
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class NoteReference:
    """Points at the Footnote of the chapter with the same label."""

    label: str


@dataclass(frozen=True, slots=True)
class LineBreak:
    pass


Inline = Text | Emphasis | Strong | SmallCaps | Foreign | Link | NoteReference | LineBreak
Inlines = tuple[Inline, ...]

# Blocks ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Paragraph:
    inlines: Inlines


@dataclass(frozen=True, slots=True)
class SceneBreak:
    """`ornament` is the mark as the author typed it, "" for a rule or a gap."""

    ornament: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """A block quote, a letter, a telegram."""

    children: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Verse:
    """Lines that must stay lines; an empty line parts stanzas. `indents` counts leading spaces, one per line."""

    lines: tuple[Inlines, ...]
    indents: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside the story; the chapter's own heading is `Chapter.title`. `level` 2-6."""

    level: int
    inlines: Inlines


@dataclass(frozen=True, slots=True)
class ItemList:
    """`start` is the number of its first item: a list that is split between two mails counts on."""

    ordered: bool
    items: tuple[tuple[Block, ...], ...]
    start: int = 1


@dataclass(frozen=True, slots=True)
class Image:
    """`source` is a file name beside the manuscript or in its container, never a remote address.

    No reader of a format sets `shown`; publishing does, once the archive serves the picture.
    """

    source: str
    alt: str
    shown: Shown | None = None


Block = Paragraph | SceneBreak | Quote | Verse | Heading | ItemList | Image
Blocks = tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Footnote:
    label: str
    blocks: Blocks


# The chapter -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Chapter:
    """One manuscript, understood.

    `series` is the series' title where the file names it. `number` is the label's number (3, 3.5, or
    None); `total` is the 7 of "3 of 7". `title` is without its label. `part` is what the author calls a
    part of the book; `portion` is (1, 2) for the first half of a chapter that one mail can't hold. `recap` is
    what the front matter says of the chapters before; under a label of the text ("Previously: …") it is a note
    (recaps.py). Notes are each on their own, in order, as blocks. `closing` is the closing line ("To be
    continued…"), None if there is none. `tags` holds lower-case labels (rating, fandom, pairing, genre, author,
    status, warnings …) with their text. `warnings` are sentences for the author: what was doubtful and what to do.
    """

    kind: Kind
    title: str | None
    number: float | int | None
    blocks: Blocks
    series: str | None = None
    part: str | None = None
    portion: tuple[int, int] | None = None
    total: int | None = None
    summary: str | None = None
    disclaimer: str | None = None
    recap: Blocks = ()
    notes_before: tuple[Blocks, ...] = ()
    notes_after: tuple[Blocks, ...] = ()
    closing: str | None = None
    footnotes: tuple[Footnote, ...] = ()
    tags: dict[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
