"""What one block outside the story is, and paragraphs cut where a label or a heading begins inside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache

from cliffhanger.manuscripts.breaks import as_break
from cliffhanger.manuscripts.draft import Field
from cliffhanger.manuscripts.headings import Headline, parse_heading, parse_number_heading
from cliffhanger.manuscripts.inlines import cut, plain_text, split_at, strip, unwrap_emphasis
from cliffhanger.manuscripts.labels import Label, fold, later_notes, match_alone, match_kept, match_label
from cliffhanger.manuscripts.model import Block, Heading, Inlines, Paragraph
from cliffhanger.manuscripts.words import Words

_MAX_APPEAL_WORDS = 80
_FIELD_BAR = re.compile(r"\s(?:\||//|•)\s")
_QUOTES = '"“”‘«„'


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


def split_block(block: Block, words: Words, phrases: tuple[str, ...] = ()) -> list[Block]:
    """A paragraph cut before each label, heading or closing that begins a line, or a further note within it."""
    if not isinstance(block, Paragraph):
        return [block]
    text = plain_text(block.inlines)
    offsets = sorted({*_line_offsets(text, words, phrases), *_inner_offsets(text, words)})
    return [Paragraph(piece) for piece in split_at(block.inlines, offsets)] if offsets else [block]


def _line_offsets(text: str, words: Words, phrases: tuple[str, ...]) -> Iterator[int]:
    at, cuts_next = 0, False
    for line in text.split("\n"):
        starts = is_opener(line, words, phrases)
        if at and (starts or cuts_next):
            yield at
        cuts_next = starts and (parse_heading(line, words) is not None or is_closing(line, words))
        at += len(line) + 1


def is_opener(line: str, words: Words, phrases: tuple[str, ...]) -> bool:
    """Whether a line says by itself that something new begins."""
    line = line.strip()
    return bool(
        match_label(line, words) or match_kept(line, phrases) or parse_heading(line, words) or is_closing(line, words)
    )


def _inner_offsets(text: str, words: Words) -> Iterator[int]:
    label = match_label(text, words)
    closing = _closing(words).match(text)
    if label is None and closing is None:
        return
    if label is None or label.what == Field.NOTE:
        yield from later_notes(text, label.start if label else 1, words)
    elif not isinstance(label.what, Field):
        bars = (bar.end() for bar in _FIELD_BAR.finditer(text))
        yield from (at - 2 for at in bars if match_label(text[at:], words))


def is_furniture(text: str, words: Words) -> bool:
    return len(text) < 300 and _whole(words.furniture).fullmatch(fold(text).strip()) is not None


def is_closing(text: str, words: Words) -> bool:
    return len(text) < 120 and _closing(words).fullmatch(fold(text).strip()) is not None


def is_soft_closing(text: str, words: Words) -> bool:
    """A closing that a story may also say, "The End"."""
    return _whole(words.soft_closings).fullmatch(bare_closing(fold(text)).rstrip(".…!?: ")) is not None


def bare_closing(text: str) -> str:
    """The closing without the ornament around it; its own dots and marks stay."""
    return text.strip(" \t\n*~=_#<>[](){}|-–—•+")


def is_appeal(text: str, words: Words) -> bool:
    """A short paragraph that begins by asking the readers for something. Nobody in the story says it."""
    if text[:1] in _QUOTES or len(text.split()) > _MAX_APPEAL_WORDS:
        return False
    return _whole(words.appeals).match(fold(text).lstrip(" *_~([")) is not None


def speaks_to_readers(text: str, words: Words, *, times: int = 1) -> bool:
    """Whether a paragraph uses at least `times` phrases of an author to the readers."""
    if text[:1] in _QUOTES:
        return False
    folded = fold(text[:2000])
    return sum(1 for phrase in _phrases(words) if phrase.search(folded)) >= times


def is_signature(text: str, words: Words) -> bool:
    return len(text) < 60 and _whole(words.signatures).fullmatch(fold(text).strip()) is not None


def is_dialogue(text: str) -> bool:
    return text[:1] in _QUOTES


@cache
def _whole(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(patterns)})")


@cache
def _phrases(words: Words) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(phrase) for phrase in words.address)


@cache
def _closing(words: Words) -> re.Pattern[str]:
    whole = "|".join((*words.closings, *words.soft_closings))
    chatty = "|".join(words.chatty_closings)
    ornament = r"[\s*~=_#<>\[\](){}|–—•+-]*"
    return re.compile(
        rf"{ornament}(?:(?:{whole})[\s.…!?:]*{ornament}|(?:{chatty})[.…!?]+ (?:\S+ ?){{1,8}})(?=$|\s[\[(*_]*a/?n\b)"
    )
