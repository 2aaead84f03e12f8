"""What we say ourselves when a series is complete, as a chapter like any other."""

from __future__ import annotations

from cliffhanger.manuscripts.model import Chapter, Kind, Link, Paragraph, Text
from cliffhanger.rendering.strings import speaker
from cliffhanger.series import Series


def farewell(series: Series, *, book_url: str, series_url: str) -> Chapter:
    say = speaker(series.language)
    return Chapter(
        kind=Kind.CHAPTER,
        title=say("farewell_title"),
        number=None,
        blocks=(
            Paragraph((Text(say("farewell_thanks", series=series.title)),)),
            _leading(say("farewell_book"), book_url, f"{series.title} (EPUB)"),
            _leading(say("farewell_contents"), series_url, say("farewell_contents_link")),
            Paragraph((Text(say("farewell_silence")),)),
        ),
    )


def _leading(words: str, url: str, name: str) -> Paragraph:
    return Paragraph((Text(f"{words} "), Link(url, (Text(name),))))
