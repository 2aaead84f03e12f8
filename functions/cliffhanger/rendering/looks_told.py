"""How a series looks in words, for its author: whoever sees what was understood sees what was not."""

from __future__ import annotations

from cliffhanger.rendering.colours import accent
from cliffhanger.series import LongChapters, Notes, Series

NO_COLOUR = "ours; one of your own needs quotes, for after a bare # YAML reads no further: colour: “#86381c”"
THREADED = "the title of the series alone, which makes the mails one conversation"
NOTES = {Notes.AFTER: "after the story", Notes.BEFORE: "before the story"}
LONG_CHAPTERS = {
    LongChapters.SPLIT: "in parts, sent together",
    LongChapters.SPLIT_DAILY: "in parts, a day apart",
    LongChapters.CUT: "one mail each, which ends with a link to read on",
}


def looks_told(series: Series) -> tuple[tuple[str, str], ...]:
    """Each setting's name, and what it is."""
    return (
        ("Colour", _colour(series.colour)),
        ("Cover", series.cover or "none"),
        ("Subject of the mails", THREADED if series.threaded else series.subject),
        ("Your notes stand", NOTES[series.notes]),
        ("Chapters too long for one mail", LONG_CHAPTERS[series.long_chapters]),
    )


def _colour(chosen: str | None) -> str:
    if chosen is None:
        return NO_COLOUR
    shown = accent(chosen)
    return f"{chosen}, made darker so that it can be read: {shown.day}" if shown.adjusted else chosen
