"""What one block is that may stand outside the story."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from cliffhanger.manuscripts.breaks import as_break
from cliffhanger.manuscripts.headings import Headline, parse_heading, parse_number_heading
from cliffhanger.manuscripts.inlines import cut, plain_text, strip, unwrap_emphasis
from cliffhanger.manuscripts.labels import Label, match_alone, match_kept, match_label
from cliffhanger.manuscripts.model import Block, Heading, Inlines, Paragraph
from cliffhanger.manuscripts.phrases import is_furniture
from cliffhanger.manuscripts.words import Words


class What(Enum):
    BREAK = auto()
    FURNITURE = auto()
    LABEL = auto()
    HEADLINE = auto()
    TITLE = auto()
    PROSE = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """One block seen as a line around the story. `text` is its plain text, "" for blocks that have none."""

    block: Block
    what: What
    text: str = ""
    label: Label | None = None
    headline: Headline | None = None

    @property
    def inlines(self) -> Inlines:
        return self.block.inlines if isinstance(self.block, Paragraph | Heading) else ()

    def after_label(self) -> Inlines:
        """What the label labels, undressed."""
        if self.label is None:
            return self.inlines
        return unwrap_emphasis(strip(cut(self.inlines, self.label.start, self.label.stop)))


def sort_line(  # noqa: PLR0911 (a line a kind)
    block: Block, words: Words, phrases: tuple[str, ...] = ()
) -> Line:
    """`phrases` are the recaps or the teasers, whichever can stand here."""
    if as_break(block, words):
        return Line(block, What.BREAK)
    if not isinstance(block, Paragraph | Heading):
        return Line(block, What.PROSE)
    text = plain_text(block.inlines)
    if is_furniture(text, words):
        return Line(block, What.FURNITURE, text)
    if headline := parse_heading(text, words):
        return Line(block, What.HEADLINE, text, headline=headline)
    label = match_label(text, words) or match_kept(text, phrases) or match_alone(text, words)
    if label:
        return Line(block, What.LABEL, text, label=label)
    if isinstance(block, Heading):
        headline = parse_number_heading(text, words)
        return Line(block, What.HEADLINE if headline else What.TITLE, text, headline=headline)
    return Line(block, What.PROSE, text)
