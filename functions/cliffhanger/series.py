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


@dataclass(frozen=True, slots=True)
class Series:
    """`slug` is the folder's name, [a-z0-9-]{1,40}. `author_address` is where words to the author go.

    `typographic_quotes` asks for curly quotes where the author typed straight ones. `embed_origins` are the author's
    own sites ("https://mara.example"), whose forms readers may join by.
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
