"""Scene breaks: a line of ornament, or a break written out in words."""

from __future__ import annotations

import re
from functools import cache

from cliffhanger.manuscripts.inlines import plain_text
from cliffhanger.manuscripts.model import Block, Paragraph, SceneBreak
from cliffhanger.manuscripts.words import Words, alternatives

_MAX_BREAK = 80
# Marks that prose makes alone on a line too: an answer of dots, "?!", a lone dash.
_SPOKEN = set(".…!?,;:'\"“”‘’()–—- ¿¡«»")
_DASHES = re.compile(r"-{3,}|[–—]{2,}|(?:[-–—.] +){2,}[-–—.]")
# o0o, .oOo., xXx, 0000, -x-x-: letters that draw a line. "xoxo" and "XX" say something else.
_DRAWN = re.compile(
    r"[\W_]*(?:[o0]{3,}|(?:[o0][\W_]+){2,}[o0]|x{3,}|(?:x[\W_]+){2,}x|[-~*=•]+ ?[xo0] ?[-~*=•]+)[\W_]*", re.I
)


def as_break(block: Block, words: Words) -> SceneBreak | None:
    """The scene break that a paragraph draws, or None."""
    if isinstance(block, SceneBreak):
        return block
    if not isinstance(block, Paragraph):
        return None
    text = plain_text(block.inlines).strip()
    return SceneBreak(" ".join(text.split())) if is_break(text, words) else None


def is_break(text: str, words: Words) -> bool:
    if not text or len(text) > _MAX_BREAK:
        return False
    if not any(character.isalnum() for character in text):
        drawn = not _SPOKEN.issuperset(text) and not _is_emoji(text)
        return drawn or _DASHES.fullmatch(text) is not None
    return _DRAWN.fullmatch(text) is not None or _written(words).fullmatch(text) is not None


def _is_emoji(text: str) -> bool:
    """A message of one emoji is an answer, not an ornament; a row of the same sign is one."""
    return len(set(text.split())) == 1 and ord(text[0]) >= 0x1F000 and len(text) <= 2


@cache
def _written(words: Words) -> re.Pattern[str]:
    return re.compile(rf"[\W_]+(?:{alternatives(words.break_words)})[\W_]*", re.I)
