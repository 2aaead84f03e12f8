"""A series' own colour, made so that it can be read on our paper by day and by night (WCAG 2.2, 1.4.3)."""

from __future__ import annotations

from collections.abc import Iterable
from colorsys import hls_to_rgb, rgb_to_hls
from dataclasses import dataclass

LEAST_CONTRAST = 4.5
STEPS = 100

# The papers of templates/mail and templates/pages: the page itself, its boxes, and the words on a button.
DAY_PAPERS = ("#faf6ee", "#f2eadb", "#ffffff")
NIGHT_PAPERS = ("#1b1815", "#27221d")


@dataclass(frozen=True, slots=True)
class Accent:
    """The colour of links and buttons, "#rrggbb". `adjusted`: what the author chose can't be read by day."""

    day: str = "#86381c"
    night: str = "#e7a982"
    adjusted: bool = False


OURS = Accent()


def accent(colour: str | None) -> Accent:
    """The chosen colour, as much darker by day and lighter by night as it takes; ours where none was chosen."""
    if colour is None:
        return OURS
    day = _readable(colour, DAY_PAPERS, towards=0.0)
    return Accent(day, _readable(colour, NIGHT_PAPERS, towards=1.0), adjusted=day != colour)


def contrast(one: str, other: str) -> float:
    """From 1 to 21 (WCAG 2.2, "contrast ratio")."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _readable(colour: str, papers: Iterable[str], *, towards: float) -> str:
    """The first of the same hue, from the colour's own lightness on `towards` black or white, that can be read."""
    hue, lightness, saturation = rgb_to_hls(*_channels(colour))
    for step in range(STEPS + 1):
        light = lightness + (towards - lightness) * step / STEPS
        shade = colour if step == 0 else _named(hls_to_rgb(hue, light, saturation))
        if all(contrast(shade, paper) >= LEAST_CONTRAST for paper in papers):
            return shade
    raise AssertionError("unreachable: black and white can be read on their papers")


def _luminance(colour: str) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _channels(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue


def _named(channels: Iterable[float]) -> str:
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in channels)
