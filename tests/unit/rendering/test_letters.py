"""The letters that are no issue."""

from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest
from jinja2 import UndefinedError
from tests.support.chapters import LANTERN_ROAD, everything, long
from tests.support.golden import assert_golden
from tests.support.rendered import CHAPTER_URL, SENDER, SERIES_URL, TEMPLATES, Outline, filled

from cliffhanger.mailbody import MailBody, Place
from cliffhanger.manuscripts.model import Chapter
from cliffhanger.rendering.figures import figures
from cliffhanger.rendering.issue import LIMIT, preview_issue
from cliffhanger.rendering.letters import render_letter
from cliffhanger.rendering.rules import rule_words
from cliffhanger.series import Immediately, Series, Weekly


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


CHAPTER = {"file": "lantern-road/07.md", "series": "The Lantern Road", "heading": "Chapter 7: <The Lamp>"}
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
    "word-correction": CHAPTER | {"chapter_url": CHAPTER_URL},
    "word-withdrawn": CHAPTER,
    "word-recalled": CHAPTER,
    "word-shown-again": CHAPTER | {"chapter_url": CHAPTER_URL},
    "word-refused": REFUSED | {"file": "lantern-road/<07>.md"},
    "word-held": {
        "series": "The Lantern Road",
        "reason": "More than three chapters would go out at once.",
        "chapters": ["Chapter 7: <The Lamp>", "Chapter 8"],
        "release_url": "https://stories.example/release/abc",
    },
    "word-series": {
        "series": LANTERN_ROAD,
        "rule": rule_words(Immediately()),
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


def test_no_letter_is_left_out_of_these_tests() -> None:
    folders = {Path(name).parts[1] for name in TEMPLATES.list_templates() if name.count("/") == 2}

    assert folders == LETTERS.keys()


@pytest.mark.parametrize("name", LETTERS)
def test_every_letter_is_as_it_was_once_found_right(name: str) -> None:
    body = letter(name)

    assert_golden(f"{body.subject}\n\n{filled(body.text)}", f"letters/{name}.txt")


@pytest.mark.parametrize("name", LETTERS)
def test_every_letter_says_the_same_in_html(name: str) -> None:
    body = letter(name)
    outline = Outline(filled(body.html))

    assert len(outline.all("h1")) == 1
    assert filled(body.html).isascii()
    assert not {tag for tag, _ in outline.elements} & {"script", "img", "link", "lantern", "the", "07"}
    for field in LETTERS[name].values():
        if isinstance(field, str) and not field.startswith("https:"):
            assert field in outline.text


@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_that_lacks_a_field_is_an_error(name: str) -> None:
    with pytest.raises(UndefinedError):
        render_letter(name, environment=TEMPLATES, language="en")


def test_only_letters_with_a_link_to_confirm_have_a_personal_place() -> None:
    places = {
        name: {piece for part in (letter(name).html, letter(name).text) for piece in part if isinstance(piece, Place)}
        for name in LETTERS
    }

    assert places.pop("confirmation") == places.pop("once") == {Place.CONFIRM}
    assert not any(places.values())


def test_a_confirmation_speaks_the_language_of_the_series() -> None:
    body = letter("confirmation", "de", series="Laternenweg")

    assert body.subject == "Bitte bestätigen: Laternenweg"
    assert Outline(filled(body.html)).all("html") == [{"lang": "de", "dir": "ltr"}]


@pytest.mark.parametrize("name", ["reply", "relay"])
def test_a_letter_handed_on_says_only_what_is_so(name: str) -> None:
    body = letter(name, cut=False, attachments=False)

    for text in (filled(body.text), filled(body.html)):
        assert "that was cruel." in text
        assert "This is its beginning" not in text
        assert "left out" not in text


def test_a_refusal_without_a_line_names_none() -> None:
    assert "(line 3)" in filled(letter("word-refused").text)
    assert "(line" not in filled(letter("word-refused", line=None).text)


def test_the_author_sees_what_was_understood_and_the_issue_as_it_will_look() -> None:
    body = letter("word-understood")

    for text in (filled(body.text), Outline(filled(body.html)).text):
        assert "Scene breaks: 1" in text
        assert "Your notes: 3" in text
        assert "put a # before it" in text
        assert "told it what she thought of it" in text


def test_the_authors_preview_of_a_long_chapter_is_cut_as_the_issue_is() -> None:
    body = letter("word-understood", **understood(long(scenes=60)))

    assert len(filled(body.html)) <= LIMIT
    assert f"Read on: {CHAPTER_URL}" in filled(body.text)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ({0}, "Monday at 18:00 (Europe/Berlin), one at a time"),
        ({6, 0, 3}, "Monday, Thursday and Sunday at 18:00 (Europe/Berlin), one at a time"),
        (set(range(7)), "every day at 18:00 (Europe/Berlin), one at a time"),
    ],
)
def test_a_rule_is_told_in_words(days: set[int], words: str) -> None:
    assert rule_words(Weekly(frozenset(days), time(18), "Europe/Berlin")) == words


def test_the_preview_speaks_the_language_of_its_series_within_an_english_letter() -> None:
    german = replace(LANTERN_ROAD, language="de")

    body = letter("word-understood", **understood(everything(), german))

    assert "Anmerkung des Autors: Sorry for the wait!" in filled(body.text)
    assert Outline(filled(body.html)).all("html") == [{"lang": "en", "dir": "ltr"}]
