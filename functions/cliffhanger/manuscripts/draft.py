"""What a reader of one format hands to the grammar: blocks in order, nothing sorted yet.

Within a draft three things are wider than in a Chapter, and the grammar takes them away:
a Heading may have level 1; a newline inside a Text is a soft line end (the file broke the line there, the
author may not have meant it); and GAP marks an extra empty line, which is a scene break only where the
story has no other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from cliffhanger.manuscripts.model import Block, Blocks, Footnote, SceneBreak

GAP: Block = SceneBreak("\n")


class Field(StrEnum):
    """What a line of front matter or a label can say of a chapter. Anything else is a tag."""

    TITLE = "title"
    SERIES = "series"
    NUMBER = "number"
    TOTAL = "total"
    PART = "part"
    KIND = "kind"
    SUMMARY = "summary"
    DISCLAIMER = "disclaimer"
    RECAP = "recap"
    NOTE = "note"
    NOTE_AFTER = "note after"


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What stands before the text as data.

    `fields` hold a line of text, notes one string each. `title_may_be_series` is true where "Title" names
    the book and the chapter has a heading of its own (MultiMarkdown).
    """

    fields: Mapping[Field, str] = field(default_factory=dict)
    notes_before: tuple[str, ...] = ()
    notes_after: tuple[str, ...] = ()
    tags: Mapping[str, str] = field(default_factory=dict)
    title_may_be_series: bool = False
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    blocks: Blocks
    footnotes: tuple[Footnote, ...] = ()
    front: FrontMatter = FrontMatter()
    warnings: tuple[str, ...] = ()
