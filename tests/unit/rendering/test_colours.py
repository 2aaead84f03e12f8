"""The colours of mails and pages can be read by day and by night (WCAG 2.2, 1.4.3)."""

import re
from itertools import product

import pytest
from tests.support.rendered import TEMPLATES

PAPERS = ("paper", "box")
INKS = ("ink", "muted", "accent")
# The same names for the selectors of the mail's style sheets.
MAIL = {"paper": ".paper", "box": ".box", "ink": ".ink", "muted": ".muted", "accent": "a"}


def luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def page_palettes() -> list[dict[str, str]]:
    css = TEMPLATES.get_template("pages/style.css").render()
    light, dark = css.split("prefers-color-scheme: dark", maxsplit=1)
    return [dict(re.findall(r"--(\w+): (#\w{6})", part)) for part in (light, dark)]


def mail_palette(sheet: str) -> dict[str, str]:
    css = TEMPLATES.get_template(f"mail/{sheet}.css").render()

    def colour(selector: str) -> str:
        found = re.search(rf"^\s*{re.escape(selector)} {{[^}}]*?color: (#\w{{6}})", css, re.MULTILINE)
        assert found, f"{selector} has no colour in {sheet}.css"
        return found[1]

    return {name: colour(selector) for name, selector in MAIL.items()}


PALETTES = dict(
    zip(
        ("page by day", "page by night", "mail by day", "mail by night"),
        (*page_palettes(), mail_palette("inline"), mail_palette("head")),
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
