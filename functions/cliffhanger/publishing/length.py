"""What a chapter's author is told of its length, where one mail hardly holds it or does not."""

from __future__ import annotations

from cliffhanger.mailbody import LIMIT, WARNING
from cliffhanger.manuscripts.document import blocks_text
from cliffhanger.manuscripts.model import Chapter
from cliffhanger.rendering.figures import figures
from cliffhanger.rendering.labels import one_line
from cliffhanger.rendering.parting import Parted
from cliffhanger.series import LongChapters, Series

ASIDE = "Notes of it are too long for a mail, which leads to its page for them."

LAST_WORDS = 60
"""Characters."""

THEN = {
    LongChapters.SPLIT: "a longer chapter goes out in parts, sent together",
    LongChapters.SPLIT_DAILY: "a longer chapter goes out in parts, a day apart",
    LongChapters.CUT: "the mail of a longer chapter ends with a link to read on",
}


def length(parted: Parted, series: Series) -> str:
    """A sentence; empty for a chapter of a common length."""
    if (count := len(parted.parts)) > 1:
        when = "a day apart" if series.long_chapters is LongChapters.SPLIT_DAILY else "sent together"
        said = f"It is too long for one mail, which Gmail would clip, so it goes out in {count} parts, {when}."
        return f"{said} {ASIDE}" if parted.aside else said
    if parted.aside:
        return ASIDE
    if parted.largest > LIMIT:
        return "It is too long for one mail, which Gmail would clip, so its mail ends with a link to read on."
    if parted.largest >= WARNING:
        return f"Its mail has {parted.largest // (LIMIT // 100)} % of what Gmail shows; {THEN[series.long_chapters]}."
    return ""


def part_ends(parted: Parted) -> list[str]:
    """A line for each part of several: how long it is, and with what words it ends."""
    if len(parted.parts) == 1:
        return []
    return [
        f"Part {number}, {figures(part).words:,} words, ends with: {_last_words(part)}"
        for number, part in enumerate(parted.parts, start=1)
    ]


def _last_words(part: Chapter) -> str:
    text = one_line(blocks_text(part.blocks[-1:])[-LAST_WORDS - 1 :])
    if len(text) <= LAST_WORDS:
        return text
    _, space, words = text.partition(" ")
    return f"…{words if space else text[1:]}"
