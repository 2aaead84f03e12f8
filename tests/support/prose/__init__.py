"""Prose of any length in four languages, the same each time: for sizes and costs, where what it says is no matter."""

from __future__ import annotations

import random
from collections.abc import Iterator

from tests.support.prose.words import LANGUAGES, Words

SCENE = 900
"""Words from one scene break to the next."""
UNSPACED = frozenset({"ja"})
CHARACTERS_A_WORD = 2
"""Of Japanese, which has no spaces to count by."""


def chapter(language: str, words: int, *, number: int = 1, seed: int = 1) -> str:
    """A manuscript in Markdown of about so many words: narration and dialogue, a break after each SCENE."""
    paragraphs = _paragraphs(LANGUAGES[language], random.Random(f"{language} {number} {seed}"))
    lines = [f"# {number}: {LANGUAGES[language].title}"]
    told, scene = 0, 0
    while told < words:
        if scene >= SCENE:
            lines.append("***")
            scene = 0
        paragraph = next(paragraphs)
        lines.append(paragraph)
        told += (length := count(paragraph, language))
        scene += length
    return "\n\n".join(lines) + "\n"


def count(text: str, language: str) -> int:
    return len(text) // CHARACTERS_A_WORD if language in UNSPACED else len(text.split())


def _paragraphs(words: Words, chance: random.Random) -> Iterator[str]:
    told, said = _turns(words.told, words, chance), _turns(words.said, words, chance)
    while True:
        sentences = (next(told) for _ in range(chance.randint(3, 7)))
        yield words.space.join(sentence[0].upper() + sentence[1:] for sentence in sentences)
        for _ in range(chance.choice((0, 0, 2, 4))):
            yield words.speech.format(next(said))


def _turns(patterns: tuple[str, ...], words: Words, chance: random.Random) -> Iterator[str]:
    """All the patterns in a new order, filled, and again."""
    while True:
        for pattern in chance.sample(patterns, len(patterns)):
            kinds = ("who", "what", "where", "also")
            yield pattern.format(**{kind: chance.choice(getattr(words, kind)) for kind in kinds})
