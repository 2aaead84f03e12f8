"""What a file's name says of its chapter: "03 - The Storm.md", "chapter-twelve.txt", "tale_ch04.md"."""

from __future__ import annotations

import re
from functools import cache
from pathlib import PurePosixPath

from cliffhanger.manuscripts.model import Kind
from cliffhanger.manuscripts.numbers import number, number_pattern
from cliffhanger.manuscripts.words import Words, alternatives

_DATE = re.compile(r"\d{4}[-_. ]\d{1,2}[-_. ]\d{1,2}")
_LEADING = re.compile(r"0*(\d{1,3})(?:[.](\d))?(?=[\s_.-]|$)")
_TRAILING = re.compile(r"[\s_-]0*(\d{1,3})$")


def number_in_name(filename: str, words: Words) -> float | int | None:
    stem = _DATE.sub("", PurePosixPath(filename).stem).replace("_", " ")
    labelled = _labelled(words).search(stem)
    if labelled:
        return number(labelled[1].replace("-", " ").lstrip("0") or "0", words)
    match = _LEADING.match(stem.strip(" -.")) or _TRAILING.search(stem)
    return int(match[1]) if match else None


def kind_in_name(filename: str, words: Words) -> Kind:
    stem = PurePosixPath(filename).stem.lower()
    return next((kind for word, kind in words.kinds.items() if word in stem), Kind.CHAPTER)


@cache
def _labelled(words: Words) -> re.Pattern[str]:
    labels = alternatives((*words.chapter_words, *words.part_words))
    return re.compile(rf"(?:^|[^a-z])(?:{labels})[\s.-]*({number_pattern(words)})", re.I)
