"""What readers of each language see, in one file a language: for somebody who speaks it to read through."""

from dataclasses import replace
from datetime import date

import pytest
from tests.support.chapters import LANTERN_ROAD, everything
from tests.support.golden import assert_golden
from tests.support.rendered import SERIES_URL, TEMPLATES, Outline, filled, issue

from cliffhanger.mailbody import MailBody
from cliffhanger.rendering.labels import chapter_label
from cliffhanger.rendering.letters import render_letter
from cliffhanger.rendering.pages import ChapterLink, render_chapter_page, render_page, render_series_page
from cliffhanger.series import Series

SERIES = {
    language: replace(LANTERN_ROAD, title=title, language=language)
    for language, title in {
        "de": "Laternenweg",
        "fr": "La Route aux lanternes",
        "es": "El camino de los faroles",
        "pt": "A estrada das lanternas",
    }.items()
}
# Little of the story, which is in English, and all of our words around it.
CHAPTER = replace(everything(), blocks=everything().blocks[-2:])


def mails(series: Series) -> list[MailBody]:
    confirmation = render_letter(
        "confirmation", environment=TEMPLATES, language=series.language, series=series.title, days=7
    )
    return [confirmation, issue(CHAPTER, series=series)]


def pages(series: Series) -> list[str]:
    language = series.language
    label = chapter_label(CHAPTER, language=language)
    contents = [ChapterLink(label, "The Lamp", f"{SERIES_URL}{day}", date(2026, 8, day)) for day in (1, 24)]
    story = {"series": series.title, "series_url": SERIES_URL}
    place = story | {"address": "a…@example.org", "position": 7, "total": 23, "unsubscribe_url": "/leave"}
    small: dict[str, dict[str, object]] = {
        "subscribed": {"series_url": SERIES_URL},
        "bad_address": {"series_url": SERIES_URL},
        "confirm": {"series": series.title, "action": "/confirm"},
        "confirmed": {**story},
        "already_confirmed": {**story},
        "preferences": {**place, "state": "active"},
        "unsubscribe": {"series": series.title, "action": "/leave"},
        "unsubscribed": {**story},
        "not_found": {},
        "link_invalid": {},
        "sorry": {},
    }
    return [
        render_series_page(series, chapters=contents, subscribe_url="/subscribe", environment=TEMPLATES),
        render_chapter_page(CHAPTER, series=series, series_url=SERIES_URL, environment=TEMPLATES),
        *(render_page(name, environment=TEMPLATES, language=language, **fields) for name, fields in small.items()),
    ]


@pytest.mark.parametrize("language", SERIES)
def test_mails_and_pages_are_as_somebody_once_read_them_through(language: str) -> None:
    series = SERIES[language]
    seen = [f"{body.subject}\n\n{filled(body.text)}" for body in mails(series)]
    seen += [Outline(page).text + "\n" for page in pages(series)]

    assert_golden("\n\n".join(seen), f"languages/{language}.txt")
