"""The letters that are no issue."""

from dataclasses import replace
from datetime import time
from pathlib import Path
from typing import Any

import pytest
from jinja2 import UndefinedError
from tests.support.chapters import LANTERN_ROAD, everything, long, paragraph
from tests.support.golden import assert_golden
from tests.support.rendered import TEMPLATES, Outline, filled
from tests.support.showroom import LETTERS, letter, understood

from cliffhanger.mailbody import Place
from cliffhanger.rendering.issue import LIMIT
from cliffhanger.rendering.letters import render_letter
from cliffhanger.rendering.looks_told import LONG_CHAPTERS, NO_COLOUR, THREADED, looks_told
from cliffhanger.rendering.rules import rule_words
from cliffhanger.series import LongChapters, Notes, Weekly


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


@pytest.mark.parametrize("scenes", [18, 60])
def test_the_authors_preview_of_a_long_chapter_says_that_it_stops_and_blames_no_mail(scenes: int) -> None:
    body = letter("word-understood", **understood(long(scenes=scenes)))

    assert len(filled(body.html)) <= LIMIT
    for text in (filled(body.text), Outline(filled(body.html)).text):
        assert "Scene 12." in text
        assert "The preview stops here, for this letter has no room for more. The mail goes on." in text
        assert "Read on" not in text
        assert "This chapter is too long" not in text


def test_the_authors_preview_of_one_giant_paragraph_shows_it() -> None:
    chapter = replace(long(scenes=1), blocks=(paragraph("The lamp burned. " * 5_000),))

    assert filled(letter("word-understood", **understood(chapter)).text).count("The lamp burned.") > 2_500


def test_the_authors_preview_shows_the_line_to_the_page_that_readers_get_for_a_note() -> None:
    chapter = replace(long(scenes=3), notes_after=((paragraph("Much to say. " * 9_000),),))
    text = filled(letter("word-understood", **understood(chapter)).text)

    assert "Too long for a mail: read it on the page of this chapter." in text
    assert "The preview stops here" not in text


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


@pytest.mark.parametrize(
    ("settings", "name", "words"),
    [
        ({"colour": "#86381c"}, "Colour", "#86381c"),
        ({"colour": "#ffff00"}, "Colour", "#ffff00, made darker so that it can be read: #6e6e00"),
        ({"colour": None}, "Colour", NO_COLOUR),
        ({"cover": None}, "Cover", "none"),
        ({"subject": "{series} #{number}"}, "Subject of the mails", "{series} #{number}"),
        ({"threaded": True}, "Subject of the mails", THREADED),
        ({"notes": Notes.BEFORE}, "Your notes stand", "before the story"),
        ({"long_chapters": LongChapters.CUT}, "Chapters too long for one mail", LONG_CHAPTERS[LongChapters.CUT]),
    ],
)
def test_the_looks_of_a_series_are_told_in_words(settings: dict[str, Any], name: str, words: str) -> None:
    assert dict(looks_told(replace(LANTERN_ROAD, **settings)))[name] == words


def test_the_preview_speaks_the_language_of_its_series_within_an_english_letter() -> None:
    german = replace(LANTERN_ROAD, language="de")

    body = letter("word-understood", **understood(everything(), german))

    assert "Anmerkung des Autors: Sorry for the wait!" in filled(body.text)
    assert Outline(filled(body.html)).all("html") == [{"lang": "en", "dir": "ltr"}]
