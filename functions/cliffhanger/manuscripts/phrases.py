"""What an author's phrases outside the story sound like: closings, appeals, signatures, a site's furniture."""

from __future__ import annotations

import re
from functools import cache

from cliffhanger.manuscripts.labels import fold
from cliffhanger.manuscripts.words import Words

_MAX_APPEAL_WORDS = 80
_MAX_CLOSING = 120
_QUOTES = '"“”‘«„'


def is_furniture(text: str, words: Words) -> bool:
    return len(text) < 300 and _whole(words.furniture).fullmatch(fold(text).strip()) is not None


def is_closing(text: str, words: Words) -> bool:
    return len(text) < _MAX_CLOSING and _closing(words).fullmatch(fold(text).strip()) is not None


def begins_with_closing(text: str, words: Words) -> bool:
    """A closing with a note behind it on the same line."""
    return _closing(words).match(fold(text[:_MAX_CLOSING])) is not None


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
    return text.startswith(tuple(_QUOTES))


def byline(line: str, words: Words) -> str | None:
    """The name in a line that is only "by Mary Sue"."""
    first, _, name = line.strip().partition(" ")
    if first.lower() != words.by or not name[:1].isupper() or len(name) > 60 or name.endswith((".", ",")):
        return None
    return name if len(name.split()) <= 5 else None


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
        rf"{ornament}(?:(?:{whole})[\s.…!?:]*{ornament}|(?:{chatty})[.…!?]+ \S+(?: \S+){{0,7}}\s*)"
        r"(?=$|\s[\[(*_]*a/?n\b)"
    )
