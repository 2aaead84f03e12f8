"""A series: one story, and the rule by which its chapters go out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from enum import StrEnum


class Status(StrEnum):
    ONGOING = "ongoing"
    HIATUS = "hiatus"
    COMPLETE = "complete"


@dataclass(frozen=True, slots=True)
class Immediately:
    """Each chapter goes out when its grace is over."""


@dataclass(frozen=True, slots=True)
class Weekly:
    """Each chapter takes the next free slot. `weekdays`: Monday is 0, as for `date.weekday()`. `zone`: an IANA name."""

    weekdays: frozenset[int]
    at: time
    zone: str


Rule = Immediately | Weekly


class InDoubt(StrEnum):
    """What to do with a letter of which nobody can say whether SES accepted it (promise 3)."""

    RESEND = "resend"
    HOLD = "hold"


class Notes(StrEnum):
    """Where the author's own notes stand: readers ask for them after the story. Warnings always stand before it."""

    AFTER = "after"
    BEFORE = "before"


class LongChapters(StrEnum):
    """What becomes of a chapter that one mail can't hold."""

    SPLIT = "split"
    """Two issues or more, sent together."""
    SPLIT_DAILY = "split-daily"
    """The same, each a day after the last."""
    CUT = "cut"
    """One issue, which ends with a link to read on."""


class Feed(StrEnum):
    """What the feed holds of each chapter."""

    FULL = "full"
    SUMMARY = "summary"


SUBJECT = "{series} · {heading}"


@dataclass(frozen=True, slots=True)
class Series:
    """`slug` is the folder's name, [a-z0-9-]{1,40}. `author_address` is where words to the author go.

    `typographic_quotes` asks for curly quotes where the author typed straight ones. `embed_origins` are the author's
    own sites ("https://mara.example"), whose forms readers may join by. `colour` is "#rrggbb", as the author chose it
    (rendering/colours.py makes it readable). `cover` is a picture's file name beside `series.yaml`. `subject` is a
    pattern with the fields of `labels.SUBJECT_FIELDS` in braces. `threaded` asks mail programs to show the chapters as
    one conversation. `indexed`: search engines may list its pages. `book_notes`: the EPUB keeps the author's notes.
    """

    slug: str
    title: str
    author: str
    author_address: str | None = None
    language: str = "en"
    blurb: str = ""
    status: Status = Status.ONGOING
    rule: Rule = Immediately()
    in_doubt: InDoubt = InDoubt.RESEND
    typographic_quotes: bool = False
    embed_origins: frozenset[str] = frozenset()
    colour: str | None = None
    cover: str | None = None
    subject: str = SUBJECT
    notes: Notes = Notes.AFTER
    long_chapters: LongChapters = LongChapters.SPLIT
    threaded: bool = False
    feed: Feed = Feed.FULL
    indexed: bool = True
    book_notes: bool = True
