"""Every page of accounts and every letter that is no issue, with something in each of their fields."""

from __future__ import annotations

from dataclasses import replace

from cliffhanger.mailbody import MailBody
from cliffhanger.manuscripts.model import Chapter
from cliffhanger.pace import every_days
from cliffhanger.rendering.figures import figures
from cliffhanger.rendering.issue import preview_issue
from cliffhanger.rendering.letters import render_letter
from cliffhanger.rendering.looks_told import looks_told
from cliffhanger.rendering.pages import Beginning, JoinForm, render_join_page, render_page
from cliffhanger.rendering.rules import rule_words
from cliffhanger.rendering.strings import direction, speaker
from cliffhanger.series import Immediately, Series
from cliffhanger.subscription import State, Subscription
from cliffhanger.web.leaving import REASONS
from cliffhanger.web.mine import Story
from cliffhanger.web.paces import WEEK, ZONES
from cliffhanger.web.standing import words
from tests.support.chapters import LANTERN_ROAD, everything
from tests.support.rendered import CHAPTER_URL, SENDER, SERIES_URL, TEMPLATES, filled

TITLE = "The Lantern Road"
NOW = 1_800_000_000_000
TO_READERS = ("confirmation", "once", "reply", "relay")

STORY_TOLD = Story(
    slug="lantern",
    title=TITLE,
    language="en",
    direction="ltr",
    url=SERIES_URL,
    words=["You are catching up.", "Your place: chapter 7 of 23."],
    can=frozenset({"next", "pace", "pause", "move", "newest", "leave", "resume"}),
    chapters=23,
    pace=every_days("2", at="18:30", zone="Europe/Berlin"),
    bundle=3,
)
STORY = {"series": TITLE, "series_url": SERIES_URL}
ME = {
    "address": "a***@example.org",
    "stories": [STORY_TOLD, replace(STORY_TOLD, slug="quay", title="The Quay", can=frozenset({"back"}))],
    "opened": STORY_TOLD,
    "said": "pace",
    "action": "/me",
    "seal": lambda do, slug="": f"sealed-{do}-{slug}",
    "week": WEEK,
    "zones": ZONES,
}
SMALL = {
    "subscribed": {"series_url": SERIES_URL},
    "bad_address": {"fault": "local", "part": "a<da", "series_url": SERIES_URL},
    "wrong": {"series_url": SERIES_URL},
    "too_many": {"series_url": SERIES_URL},
    "once_more": {"action": "/subscribe", "kept": {"email": "ada@<b>"}, "sealed": "s", "series_url": SERIES_URL},
    "confirm": {"series": TITLE, "action": "/confirm"},
    "confirmed": STORY,
    "already_confirmed": STORY,
    "unsubscribe": {"series": TITLE, "action": "/leave"},
    "unsubscribed": STORY | {"action": "/leave", "sealed": "s", "reasons": REASONS, "longest": 400},
    "me": ME,
    "ask": {"wish": "next", "button": "next_now", "series": TITLE, "action": "/next"},
    "said": {"title": "erased_title", "words": "erased"},
    "once_change": {"action": "/confirm"},
    "once_change_new": {"action": "/confirm"},
    "once_download": {"action": "/confirm"},
    "once_erase": {"action": "/confirm"},
    "embed": {"series": TITLE, "snippet": "<form>", "origins": ["https://mara.example"]},
    "release": {"series": TITLE, "chapters": ["Chapter 4", "Chapter 5"], "action": "/release"},
    "released": {"series": TITLE},
    "link_invalid": {},
    "not_found": {},
    "sorry": {},
}


def understood(chapter: Chapter, series: Series = LANTERN_ROAD) -> dict[str, object]:
    shown = preview_issue(
        chapter,
        series=series,
        series_url=SERIES_URL,
        chapter_url=CHAPTER_URL,
        sender=SENDER,
        environment=TEMPLATES,
    )
    return {
        "file": "lantern-road/07.md",
        "shown": shown,
        "figures": figures(chapter),
        "warnings": ("Line 12 looks like a heading. If it is one, put a # before it.",),
        "length": "It is too long for one mail, so it goes out in 2 parts, sent together.",
        "parts": [
            "Part 1, 9,240 words, ends with: …and the <lamp> went out.",
            "Part 2, 8,812 words, ends with: Ah.",
        ],
        "first": 1,
        "goes_out": "It goes out on Monday, 7 September 2026, at 18:00 (Europe/Berlin).",
        "release_url": None,
    }


CHAPTER = {"file": "lantern-road/07.md", "series": TITLE, "heading": "Chapter 7: <The Lamp>"}
REFUSED = {"reason": "The text is not in any encoding that we know.", "line": 3}
READERS_LETTER: dict[str, object] = {
    "series": "The <Lantern> Road",
    "heading": "Chapter 7: <The Lamp>",
    "paragraphs": (("Dear <b>Mara</b>,",), ("the lamp & the oil:", "that was cruel.")),
    "cut": True,
    "attachments": True,
}
LETTERS: dict[str, dict[str, object]] = {
    "confirmation": {"series": "The <Lantern> Road", "days": 7},
    "once": {"kind": "erase", "minutes": 30},
    "word-understood": understood(everything()),
    "word-correction": CHAPTER
    | {"chapter_url": CHAPTER_URL, "warnings": ["The picture “<lamp>.png” is not there yet."]},
    "word-withdrawn": CHAPTER,
    "word-recalled": CHAPTER,
    "word-shown-again": CHAPTER | {"chapter_url": CHAPTER_URL, "warnings": []},
    "word-refused": REFUSED | {"file": "lantern-road/<07>.md"},
    "word-held": {
        "series": TITLE,
        "reason": "More than three chapters would go out at once.",
        "chapters": ["Chapter 7: <The Lamp>", "Chapter 8"],
        "release_url": "https://stories.example/release/abc",
    },
    "word-series": {
        "series": LANTERN_ROAD,
        "rule": rule_words(Immediately()),
        "looks": looks_told(replace(LANTERN_ROAD, colour="#ffd000", cover="cover.jpg")),
        "warnings": ("There is no author_address.",),
        "series_url": SERIES_URL,
    },
    "word-series-refused": REFUSED | {"series": "lantern-road"},
    "reply": READERS_LETTER,
    "relay": READERS_LETTER | {"author": "Mara <Quill>"},
    "operator-note": {"folder": "lantern-road", "series": LANTERN_ROAD, "rule": rule_words(Immediately())},
}


def letter(name: str, language: str = "en", **more: object) -> MailBody:
    return render_letter(name, environment=TEMPLATES, language=language, **LETTERS[name] | more)


def letters(language: str) -> dict[str, str]:
    """The HTML of each letter to a reader; in English also of those to authors and operators."""
    ours = LETTERS if language == "en" else TO_READERS
    return {f"{name} {language}": filled(letter(name, language).html) for name in ours}


def pages(series: Series) -> dict[str, str]:
    """Each page, the join page and a reader's own page with all its folds open among them."""
    language = series.language
    form = JoinForm("/subscribe", "sealed", WEEK, ZONES, Beginning("chapter-1", "7"))
    named = {"series": series.title}
    fields = {name: given | (named if given.get("series") == TITLE else {}) for name, given in SMALL.items()}
    fields["me"] = ME | {"stories": (found := _standing(series)), "opened": found[0]}
    shown = {name: render_page(name, environment=TEMPLATES, language=language, **fields[name]) for name in fields}
    shown["join"] = render_join_page(series, form=form, series_url=SERIES_URL, environment=TEMPLATES)
    return {f"{name} {language}": html.replace("<details", "<details open") for name, html in shown.items()}


def _standing(series: Series) -> list[Story]:
    """She catches up with one story, pauses a second, and has left a third."""
    behind = Subscription("lantern", "ada", State.ACTIVE, "a", 7, 1, STORY_TOLD.pace, due_at=NOW)
    places = [behind, replace(behind, state=State.PAUSED, due_at=None), replace(behind, state=State.LEFT, due_at=None)]
    can = [STORY_TOLD.can, frozenset({"resume"}), frozenset({"back"})]
    say, language = speaker(series.language), series.language
    return [
        replace(
            STORY_TOLD,
            slug=f"{series.slug}-{number}",
            title=series.title,
            language=language,
            direction=direction(language),
            words=words(say, range(1, 24), place, NOW),
            can=can[number],
        )
        for number, place in enumerate(places)
    ]
