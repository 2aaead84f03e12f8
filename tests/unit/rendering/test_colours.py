"""The colours of mails and pages can be read by day and by night (WCAG 2.2, 1.4.3)."""

import re
from itertools import product

import pytest
from tests.support.rendered import TEMPLATES

from cliffhanger.rendering.colours import DAY_PAPERS, LEAST_CONTRAST, NIGHT_PAPERS, Accent, accent, contrast
from cliffhanger.rendering.looks import Look

PAPERS = ("paper", "box")
INKS = ("ink", "muted", "accent")
# The same names for the selectors of the mail's style sheets.
MAIL = {"paper": ".paper", "box": ".box", "ink": ".ink", "muted": ".muted", "accent": "a"}


def page_palettes() -> list[dict[str, str]]:
    css = TEMPLATES.get_template("pages/style.css").render()
    light, dark = css.split("prefers-color-scheme: dark", maxsplit=1)
    return [dict(re.findall(r"--(\w+): (#\w{6})", part)) for part in (light, dark)]


def mail_palette(sheet: str) -> dict[str, str]:
    css = TEMPLATES.get_template(f"mail/{sheet}.css").render(look=Look())

    def colour(selector: str) -> str:
        found = re.search(rf"^\s*{re.escape(selector)}(?:, [^{{]*)? {{[^}}]*?color: (#\w{{6}})", css, re.MULTILINE)
        assert found, f"{selector} has no colour in {sheet}.css"
        return found[1]

    return {name: colour(selector) for name, selector in MAIL.items()}


PALETTES = dict(
    zip(
        ("page by day", "page by night", "mail by day", "mail by night"),
        (*page_palettes(), mail_palette("inline"), mail_palette("night")),
        strict=True,
    )
)


@pytest.mark.parametrize("name", PALETTES)
def test_every_ink_stands_out_from_every_paper(name: str) -> None:
    palette = PALETTES[name]

    assert [pair for pair in product(PAPERS, INKS) if contrast(palette[pair[0]], palette[pair[1]]) < 4.5] == []


def test_mails_and_pages_wear_the_same_colours() -> None:
    colours = {*PAPERS, *INKS}
    page_day, page_night, mail_day, mail_night = ({c: p[c] for c in colours} for p in PALETTES.values())

    assert (page_day, page_night) == (mail_day, mail_night)


def test_the_papers_that_a_colour_is_held_against_are_those_of_the_pages() -> None:
    day, night = page_palettes()

    assert {day["paper"], day["box"]} < set(DAY_PAPERS)
    assert {night["paper"], night["box"]} == set(NIGHT_PAPERS)


def test_a_series_without_a_colour_wears_ours() -> None:
    day, night = page_palettes()

    assert accent(None) == Accent(day["accent"], night["accent"])


@pytest.mark.parametrize("colour", ["#000000", "#ffffff", "#ffcc00", "#0000ff", "#777777", "#86381c", "#00ff00"])
def test_any_colour_can_be_read_by_day_and_by_night(colour: str) -> None:
    chosen = accent(colour)

    assert min(contrast(chosen.day, paper) for paper in DAY_PAPERS) >= LEAST_CONTRAST
    assert min(contrast(chosen.night, paper) for paper in NIGHT_PAPERS) >= LEAST_CONTRAST


def test_a_colour_that_can_be_read_is_left_as_it_is() -> None:
    assert accent("#1d4e89").day == "#1d4e89"
    assert not accent("#1d4e89").adjusted


def test_a_colour_that_is_too_light_is_darkened_and_keeps_its_hue() -> None:
    yellow = accent("#ffcc00")

    assert yellow.adjusted
    assert yellow.day == "#806600"
    assert yellow.night == "#ffcc00"
