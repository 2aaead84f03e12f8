"""The pages of stories and of readers."""

import base64
import hashlib
import re
from datetime import date
from pathlib import Path

import pytest
from jinja2 import UndefinedError
from tests.support.chapters import LANTERN_ROAD, everything, long
from tests.support.golden import assert_golden
from tests.support.rendered import SERIES_URL, TEMPLATES, Outline

from cliffhanger.rendering.pages import (
    ChapterLink,
    render_chapter_page,
    render_page,
    render_series_page,
    style_source,
)

STORY = {"series": "The Lantern Road", "series_url": SERIES_URL}
PLACE = {"address": "a…@example.org", "position": 7, "total": 23, "unsubscribe_url": "/leave"}
SMALL = {
    "subscribed": {"series_url": SERIES_URL},
    "bad_address": {"series_url": SERIES_URL},
    "confirm": {"series": "The Lantern Road", "action": "/confirm"},
    "confirmed": STORY,
    "already_confirmed": STORY,
    "unsubscribe": {"series": "The Lantern Road", "action": "/leave"},
    "unsubscribed": STORY,
    "preferences": STORY | PLACE | {"state": "active"},
    "release": {"series": "The Lantern Road", "chapters": ["Chapter 4", "Chapter 5"], "action": "/release"},
    "released": {"series": "The Lantern Road"},
    "series_list": {"series": [{"title": "A Road", "author": "Mina", "url": "/a", "language": "en"}]},
    "link_invalid": {},
    "not_found": {},
    "sorry": {},
}
BY_FUNCTION = {"chapter", "series"}
SKELETONS = {"base", "small"}


def page(name: str, language: str = "en", **more: object) -> Outline:
    return Outline(render_page(name, environment=TEMPLATES, language=language, **SMALL[name] | more))


def series_page(chapters: list[ChapterLink]) -> str:
    return render_series_page(LANTERN_ROAD, chapters=chapters, subscribe_url="/subscribe", environment=TEMPLATES)


CONTENTS = [
    ChapterLink("Prologue", "", "https://stories.example/lantern-road/1", date(2026, 9, 1)),
    ChapterLink("Chapter 1", "The <Road>", "https://stories.example/lantern-road/2", date(2026, 12, 24)),
]


def test_no_page_is_left_out_of_these_tests() -> None:
    templates = {Path(name).stem for name in TEMPLATES.list_templates() if re.fullmatch(r"pages/\w+\.html", name)}

    assert templates == SMALL.keys() | BY_FUNCTION | SKELETONS


@pytest.mark.parametrize("language", ["en", "de", "fa"])
@pytest.mark.parametrize("name", SMALL)
def test_every_page_is_one_quiet_document_without_script_or_anything_from_elsewhere(name: str, language: str) -> None:
    outline = page(name, language)

    assert len(outline.all("h1")) == len(outline.all("title")) == len(outline.all("main")) == 1
    assert outline.all("html")[0]["lang"] in {language, "en"}
    assert not {tag for tag, _ in outline.elements} & {"script", "img", "link", "iframe"}
    assert not [attributes for _, attributes in outline.elements if "style" in attributes]


@pytest.mark.parametrize("name", ["confirm", "unsubscribe", "preferences", "release"])
def test_what_changes_something_is_a_button_that_posts(name: str) -> None:
    outline = page(name)

    assert [form["method"] for form in outline.all("form")] == ["post"]
    assert len(outline.all("button")) == 1


def test_one_who_has_left_finds_no_button_to_leave() -> None:
    assert page("preferences", state="left").all("form") == []


def test_preferences_tell_the_place_in_the_story() -> None:
    assert "chapter 7 of 23" in page("preferences").text
    assert "before the first chapter" in page("preferences", position=0).text


def test_the_author_sees_which_chapters_wait() -> None:
    assert "Chapter 4 Chapter 5" in page("release").text
    assert page("release", chapters=[]).all("form") == []


def test_a_page_that_lacks_a_field_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        render_page("confirm", environment=TEMPLATES, language="en", series="The Lantern Road")


def test_the_page_of_a_chapter_holds_all_of_it_however_long() -> None:
    html = render_chapter_page(long(scenes=60), series=LANTERN_ROAD, series_url=SERIES_URL, environment=TEMPLATES)

    assert "Scene 60." in html
    assert "That was long." in html


def test_the_page_of_a_chapter_is_as_it_was_once_found_right() -> None:
    html = render_chapter_page(everything(), series=LANTERN_ROAD, series_url=SERIES_URL, environment=TEMPLATES)

    assert_golden(html, "pages/chapter.html")


def test_the_page_of_a_series_is_as_it_was_once_found_right() -> None:
    assert_golden(series_page(CONTENTS), "pages/series.html")


def test_the_page_of_a_series_lists_its_chapters_with_their_days() -> None:
    text = Outline(series_page(CONTENTS)).text

    assert "Prologue 1 September 2026 Chapter 1: The <Road> 24 December 2026" in text
    assert "The first chapter is still to come." in Outline(series_page([])).text


def test_the_form_asks_for_an_address_and_a_beginning_and_lays_a_trap_for_robots() -> None:
    outline = Outline(series_page(CONTENTS))
    fields = [(field["name"], field.get("value")) for field in outline.all("input")]

    assert fields == [("email", None), ("start", "newest"), ("start", "first"), ("website", None)]
    assert {field["id"] for field in outline.all("input") if "id" in field} == {
        label["for"] for label in outline.all("label") if "for" in label
    }


def test_the_policy_allows_the_style_that_the_pages_carry() -> None:
    html = render_page("not_found", environment=TEMPLATES, language="en")
    style = html.split("<style>")[1].split("</style>")[0]

    assert style_source(TEMPLATES) == f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'"
