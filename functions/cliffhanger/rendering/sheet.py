"""A chapter as fragments of HTML, made once when it is dropped; its web page, its entry in the feed and its section of
the book are set from it. What belongs to the series (its title, author, colour) is not in it, for that may change.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from cliffhanger.manuscripts.model import Chapter
from cliffhanger.rendering.card import Card, html_card
from cliffhanger.rendering.figures import figures
from cliffhanger.series import Notes, Series


@dataclass(frozen=True, slots=True)
class Sheet:
    """`recap`, `story`, the notes and the footnotes are clean HTML of our own writing; all else is text, perhaps empty.

    `matter` is what stands before the story, each with its name; `summary` is in it too, where there is one.
    `notes_place` is "before" or "after" where the chapter itself says where its notes stand; else its series does.
    Fields with a default are younger than some sheets.
    """

    kind: str
    language: str
    direction: str
    label: str
    title: str
    heading: str
    minutes: int
    words: int
    summary: str
    matter: tuple[tuple[str, str], ...]
    notes_before: tuple[str, ...]
    story: str
    closing: str
    notes_after: tuple[str, ...]
    footnotes: tuple[str, ...]
    notes_place: str = ""
    recap: str = ""

    def notes(self, series: Series) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Those that stand before the story, and those after it."""
        if (self.notes_place or series.notes) == Notes.AFTER:
            return (), (*self.notes_before, *self.notes_after)
        return self.notes_before, self.notes_after

    def to_json(self) -> bytes:
        return json.dumps(asdict(self)).encode()

    @classmethod
    def from_json(cls, data: bytes) -> Sheet:
        found: dict[str, Any] = json.loads(data)
        lists = {name: tuple(value) for name, value in found.items() if isinstance(value, list)}
        matter = tuple((name, text) for name, text in found["matter"])
        return cls(**(found | lists | {"matter": matter}))


def render_sheet(chapter: Chapter, *, series: Series, card: Card | None = None) -> Sheet:
    """`card` is the chapter's in HTML, if that is made already."""
    told = figures(chapter)
    card = card or html_card(chapter, series=series, minutes=told.minutes)
    return Sheet(
        kind=chapter.kind.value,
        language=card.language,
        direction=card.direction,
        label=card.label,
        title=card.title,
        heading=card.heading,
        minutes=told.minutes,
        words=told.words,
        summary=chapter.summary or "",
        matter=card.matter,
        notes_before=tuple(map(str, card.notes_before)),
        story=str(card.story),
        closing=card.closing or "",
        notes_after=tuple(map(str, card.notes_after)),
        footnotes=tuple(map(str, card.footnotes)),
        notes_place=chapter.tags.get("notes", ""),
        recap=str(card.recap),
    )
