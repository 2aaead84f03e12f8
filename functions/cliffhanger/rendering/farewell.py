"""What we say ourselves when a series is complete, as a chapter like any other."""

from __future__ import annotations

from cliffhanger.manuscripts.model import Chapter, Kind, Paragraph, Text
from cliffhanger.rendering.strings import speaker
from cliffhanger.series import Series


def farewell(series: Series) -> Chapter:
    say = speaker(series.language)
    words = (say("farewell_thanks", series=series.title), say("farewell_silence"))
    return Chapter(
        kind=Kind.CHAPTER,
        title=say("farewell_title"),
        number=None,
        blocks=tuple(Paragraph((Text(sentence),)) for sentence in words),
    )
