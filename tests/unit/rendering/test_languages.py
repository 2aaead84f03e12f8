"""What readers of each language see, in one file a language: for somebody who speaks it to read through."""

from dataclasses import replace
from datetime import date

import pytest
from tests.support.chapters import LANTERN_ROAD, everything
from tests.support.golden import assert_golden
from tests.support.rendered import HOUSE, SERIES_URL, TEMPLATES, Outline, filled, issue

from cliffhanger.clock import DAY
from cliffhanger.mailbody import MailBody
from cliffhanger.pace import ASKED, Kind, Pace, every_days
from cliffhanger.readers.addresses import Fault
from cliffhanger.rendering.labels import chapter_label
from cliffhanger.rendering.letters import render_letter
from cliffhanger.rendering.pages import (
    Beginning,
    JoinForm,
    render_join_page,
    render_page,
)
from cliffhanger.rendering.sheet import render_sheet
from cliffhanger.rendering.site import (
    ChapterLink,
    Frame,
    SeriesLink,
    render_chapter,
    render_contents,
    render_list,
    render_not_found,
)
from cliffhanger.rendering.strings import speaker
from cliffhanger.series import Series
from cliffhanger.subscription import State, Subscription
from cliffhanger.web.asking import BUTTONS
from cliffhanger.web.leaving import REASONS
from cliffhanger.web.mine import Notice, Story
from cliffhanger.web.once import Once
from cliffhanger.web.paces import WEEK
from cliffhanger.web.standing import words

NOW = 1_800_000_000_000
FORM = JoinForm("/subscribe", "sealed", WEEK, (), Beginning("chapter-1", "X"))
DAILY = every_days("1", at="07:00", zone="Europe/Berlin")
BEHIND = Subscription("lantern", "ada", State.ACTIVE, "a", 7, 1, DAILY, due_at=NOW + DAY)
STANDING = [
    BEHIND,
    replace(BEHIND, pace=replace(DAILY, every=3), bookmark=0, due_at=NOW),
    replace(BEHIND, pace=Pace(Kind.WEEKDAYS, weekdays=frozenset({0, 3}))),
    replace(BEHIND, pace=ASKED, due_at=None),
    replace(BEHIND, due_at=None),
    replace(BEHIND, state=State.PAUSED, due_at=None),
    replace(BEHIND, state=State.PAUSED, paused_until=NOW + DAY),
    replace(BEHIND, state=State.LEFT),
    replace(BEHIND, state=State.SUPPRESSED),
]
CAN = frozenset({"next", "pace", "pause", "move", "newest", "leave", "resume", "back"})
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
    once = [
        render_letter("once", environment=TEMPLATES, language=series.language, kind=kind.key, minutes=30)
        for kind in Once
    ]
    return [confirmation, *once, issue(CHAPTER, series=series)]


def pages(series: Series) -> list[str]:
    language = series.language
    label = chapter_label(CHAPTER, language=language)
    contents = [ChapterLink(label, "The Lamp", f"{SERIES_URL}{day}", date(2026, 8, day)) for day in (1, 24)]
    story = {"series": series.title, "series_url": SERIES_URL}
    small: dict[str, dict[str, object]] = {
        "subscribed": {"series_url": SERIES_URL},
        **{name: {"series_url": SERIES_URL} for name in ("wrong", "too_many")},
        "once_more": {"action": "/subscribe", "kept": {}, "sealed": "", "series_url": SERIES_URL},
        "confirm": {"series": series.title, "action": "/confirm"},
        "confirmed": {**story},
        "already_confirmed": {**story},
        **{f"once_{kind}": {"action": "/confirm"} for kind in ("change", "change_new", "download", "erase")},
        "unsubscribe": {"series": series.title, "action": "/leave"},
        "unsubscribed": {**story, "action": "/leave", "sealed": "", "reasons": REASONS, "longest": 400},
        "not_found": {},
        "link_invalid": {},
        "sorry": {},
    }
    sheet, frame = render_sheet(CHAPTER, series=series), Frame(series, HOUSE)
    listed = SeriesLink(series.title, series.author, SERIES_URL, language, "", None, contents[0])
    return [
        render_contents(frame, contents),
        render_chapter(sheet, contents[0], frame=frame, before=contents[1], after=contents[1], start="/join"),
        render_list(HOUSE, [listed]),
        render_not_found(HOUSE, [language]),
        render_join_page(series, form=FORM, series_url=SERIES_URL, environment=TEMPLATES),
        *(told(series, "bad_address", fault=fault, part="ä", series_url=SERIES_URL) for fault in Fault),
        *(told(series, "ask", wish=wish, button=BUTTONS[wish], series=series.title, action="/") for wish in BUTTONS),
        *(
            told(series, "said", title=f"{what}_title", words=what)
            for what in ("change_sent", "changed", "taken", "erased")
        ),
        *my_pages(series),
        *(told(series, name, **fields) for name, fields in small.items()),
    ]


def told(where: Series, name: str, /, **fields: object) -> str:
    return render_page(name, environment=TEMPLATES, language=where.language, **fields)


def my_pages(series: Series) -> list[str]:
    """A page for each way that a reader may stand with the story, and each notice."""
    say, chapters = speaker(series.language), range(1, 24)
    place = Story(series.slug, series.title, series.language, "ltr", SERIES_URL, [], CAN, 23, DAILY, 1)
    stories = [replace(place, words=words(say, chapters, found, NOW)) for found in STANDING]
    same = {"address": "a***@example.org", "action": "/me", "seal": lambda do, slug="": "", "week": WEEK, "zones": ()}
    found = [told(series, "me", stories=stories, opened=stories[0], said="", **same)]
    return found + [told(series, "me", stories=[], opened=None, said=notice.value, **same) for notice in Notice]


@pytest.mark.parametrize("language", SERIES)
def test_mails_and_pages_are_as_somebody_once_read_them_through(language: str) -> None:
    series = SERIES[language]
    seen = [f"{body.subject}\n\n{filled(body.text)}" for body in mails(series)]
    seen += [Outline(page).text + "\n" for page in pages(series)]

    assert_golden("\n\n".join(seen), f"languages/{language}.txt")
