"""How long a chapter is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cliffhanger.manuscripts.model import Chapter, Inline, Inlines, LineBreak, SceneBreak, Text
from cliffhanger.rendering.walking import deep, runs

# Silent reading: Brysbaert 2019 (fiction, 260 words a minute), Trauzettel-Klosinski 2012 (Japanese and Chinese).
WORDS_A_MINUTE = 260
CHARACTERS_A_MINUTE = 400

# Scripts written without spaces: kana and Han are counted by the character.
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Figures:
    """Words and scene breaks of the story; `notes` counts the author's. `minutes` is never 0."""

    words: int
    scene_breaks: int
    notes: int
    footnotes: int
    minutes: int


def figures(chapter: Chapter) -> Figures:
    prose = "\n".join(_plain(run) for run in runs(chapter.blocks))
    unspaced = len(_UNSPACED.findall(prose))
    words = len(_UNSPACED.sub(" ", prose).split())
    return Figures(
        words=words + unspaced,
        scene_breaks=sum(isinstance(block, SceneBreak) for block in chapter.blocks),
        notes=len(chapter.notes_before) + len(chapter.notes_after),
        footnotes=len(chapter.footnotes),
        minutes=max(1, round(words / WORDS_A_MINUTE + unspaced / CHARACTERS_A_MINUTE)),
    )


def _plain(run: Inlines) -> str:
    return "".join(_text(inline) for inline in deep(run))


def _text(inline: Inline) -> str:
    match inline:
        case Text(text):
            return text
        case LineBreak():
            return " "
        case _:
            return ""
