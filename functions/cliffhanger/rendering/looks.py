"""How a mail looks: the colour of its series, and the setting of its script."""

from __future__ import annotations

from dataclasses import dataclass

from cliffhanger.rendering.colours import OURS, Accent, accent
from cliffhanger.rendering.faces import BOOK, Face, face
from cliffhanger.rendering.strings import direction
from cliffhanger.series import Series


@dataclass(frozen=True, slots=True)
class Look:
    """What the style sheets of templates/mail are written with. `start` and `end` are "left" or "right"."""

    accent: Accent = OURS
    face: Face = BOOK
    start: str = "left"
    end: str = "right"


PLAIN = Look()


def letter_look(series: Series) -> Look:
    """Of our own words, in English, about a series."""
    return Look(accent(series.colour))


def look(series: Series) -> Look:
    ends = ("right", "left") if direction(series.language) == "rtl" else ("left", "right")
    return Look(accent(series.colour), face(series.language), *ends)
