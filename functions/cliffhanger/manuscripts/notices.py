"""Whether a file only speaks to the readers: a hiatus notice is no chapter, and never mailed as an empty one."""

from __future__ import annotations

import re

from cliffhanger.manuscripts.document import blocks_text
from cliffhanger.manuscripts.labels import fold
from cliffhanger.manuscripts.model import Chapter, Kind
from cliffhanger.manuscripts.phrases import speaks_to_readers
from cliffhanger.manuscripts.words import Words

_MAX_NOTICE_WORDS = 400
_MIN_STORY_WORDS = 20  # under a note and no title, fewer are the leave that the author takes


def is_notice(chapter: Chapter, words: Words) -> bool:
    """Notes without a story; or a short text to the readers, more so under a title like "Author's Note"."""
    if chapter.kind is Kind.NOTICE:
        return False
    if not chapter.blocks:
        return bool(chapter.notes_before or chapter.notes_after)
    text = blocks_text(chapter.blocks)
    length = len(text.split())
    if length > _MAX_NOTICE_WORDS or any(mark in text for mark in '“"'):
        return False
    if chapter.notes_before and chapter.title is None and length < _MIN_STORY_WORDS:
        return True
    titled = re.fullmatch("|".join(words.notice_titles), fold(chapter.title or "")) is not None
    return speaks_to_readers(text, words, times=1 if titled else 3)
