"""A series of any number of chapters, with every kind of content, told and released by the real code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import cycle

from tests.support import prose
from tests.support.kinds import ENGLISH, KINDS, LONG, begin, manuscript, publish
from tests.support.world import SETTINGS, World

CHAPTERS = 60
WORDS = 1_200
EVERY = 3
"""One chapter in so many has the content of a kind, the others are made prose."""


def tell(chapters: int = CHAPTERS, *, words: int = WORDS) -> World:
    world = World(SETTINGS)
    begin(world, ENGLISH)
    for name, data in manuscripts(chapters, words):
        publish(world, f"{ENGLISH}/{name}", data)
    return world


def manuscripts(chapters: int, words: int) -> Iterator[tuple[str, bytes]]:
    """Names and bytes: each kind as it is, and then, numbered on, kinds and made prose in turn."""
    kinds = [file for file in KINDS.values() if file.startswith(ENGLISH)]
    first = [(file.partition("/")[2], manuscript(file)) for file in kinds if manuscript(file)][:chapters]
    yield from first
    numbered = cycle(data.decode() for name, data in first if name.endswith(".md") and _heading(data.decode()))
    for number in range(len(first) + 1, chapters + 1):
        text = next(numbered) if number % EVERY == 0 else prose.chapter("en", words, number=number)
        yield f"{number:03}.md", _renumbered(text, number).encode()


def _heading(text: str) -> bool:
    return len(text.split()) < LONG and bool(re.search(r"(?m)^(?:chapter: |# Chapter )\d", text))


def _renumbered(text: str, number: int) -> str:
    without_total = re.sub(r"(?m)^total: \d+\n", "", text)
    return re.sub(r"(?m)^(chapter: |# Chapter )\d+", rf"\g<1>{number}", without_total, count=1)
