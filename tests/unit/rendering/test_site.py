"""The pages of the public archive."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from tests.support.chapters import LANTERN_ROAD, everything, long, placed, recalled
from tests.support.golden import assert_golden
from tests.support.rendered import HOUSE, TEMPLATES, Outline

from cliffhanger.manuscripts.model import Chapter
from cliffhanger.rendering.leaves import assets
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
from cliffhanger.series import Notes, Series

FIRST = ChapterLink("Prologue", "", "/lantern-road/prologue", date(2026, 9, 1))
HERE = ChapterLink("Chapter 7 of 23", "The Lamp at the Ford", "/lantern-road/chapter-7", date(2026, 11, 3))
LAST = ChapterLink("Chapter 8", "The <Road>", "/lantern-road/chapter-8", date(2026, 12, 24))
HEAVIEST = 30_000  # bytes, without the text


def chapter(
    of: Chapter, series: Series = LANTERN_ROAD, before: ChapterLink | None = FIRST, after: ChapterLink | None = LAST
) -> str:
    sheet = render_sheet(of, series=series)
    start = "https://stories.example/join/lantern-road?start=chapter-7"
    return render_chapter(sheet, HERE, frame=Frame(series, HOUSE), before=before, after=after, start=start)


def contents(*chapters: ChapterLink, series: Series = LANTERN_ROAD) -> str:
    return render_contents(Frame(series, HOUSE), chapters)


def shelf(*titles: str, language: str = "en") -> str:
    entry = SeriesLink("", "Mina", "/a", language, "A lamplighter walks.", None, HERE)
    return render_list(HOUSE, [replace(entry, title=title) for title in titles])


PAGES = {
    "chapter": chapter(everything()),
    "series": contents(FIRST, HERE, LAST),
    "stories": shelf("The Lantern Road", "The Quay"),
    "not_found": render_not_found(HOUSE, ["en"]),
}


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_as_it_was_once_found_right(name: str) -> None:
    assert_golden(PAGES[name], f"site/{name}.html")


@pytest.mark.parametrize("name", PAGES)
def test_every_page_asks_nobody_else_and_has_nothing_inline(name: str) -> None:
    outline = Outline(PAGES[name])
    told = [
        attributes[at] or ""
        for tag in ("script", "link", "img")
        for attributes in outline.all(tag)
        for at in ("src", "href")
        if at in attributes
    ]
    assert told
    assert all(re.match(r"/|https://read\.example/", url) for url in told)
    assert not outline.all("style")
    names = {name for _, attributes in outline.elements for name in attributes}
    assert not [name for name in names if name.startswith(("style", "on"))]
    assert all("src" in script for script in outline.all("script"))
    assert len(outline.all("h1")) == len(outline.all("main")) == 1


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_light(name: str) -> None:
    shared = sum(len(leaf.data) for leaf in assets(TEMPLATES, replace(LANTERN_ROAD, colour="#336699")).leaves)
    assert len(PAGES[name].encode()) + shared < HEAVIEST


def test_one_turns_the_pages_from_chapter_to_chapter() -> None:
    outline = Outline(PAGES["chapter"])
    links = {link["rel"]: link["href"] for link in outline.all("link") + outline.all("a") if "rel" in link}

    assert (links["prev"], links["next"]) == (FIRST.path, LAST.path)
    assert "Previous Prologue Next Chapter 8: The <Road>" in outline.text
    assert 'rel="prev"' not in chapter(everything(), before=None)
    assert 'rel="next"' not in chapter(everything(), after=None)


def test_a_page_tells_where_it_truly_lies_and_what_to_show_of_it_elsewhere() -> None:
    outline = Outline(PAGES["chapter"])
    told = {meta["property"]: meta["content"] for meta in outline.all("meta") if "property" in meta}
    canonical = [link["href"] for link in outline.all("link") if link["rel"] == "canonical"]

    assert canonical == [told["og:url"]] == ["https://read.example/lantern-road/chapter-7"]
    assert told["og:title"] == "Chapter 7 of 23: The Lamp at the Ford · The Lantern Road"
    assert told["og:description"] == "A lamplighter walks a road that nobody else can see."
    assert "opinion" not in " ".join(told.values())  # the summary may tell too much


def test_a_series_that_is_not_to_be_found_says_so_on_each_page() -> None:
    hidden = replace(LANTERN_ROAD, indexed=False)
    assert all('content="noindex"' in page for page in (chapter(everything(), hidden), contents(series=hidden)))
    assert "noindex" not in PAGES["chapter"] + PAGES["series"] + PAGES["stories"]


def test_the_page_of_a_chapter_holds_all_of_it_however_long() -> None:
    html = chapter(long(scenes=60))

    assert "Scene 60." in html
    assert "That was long." in html


def test_the_authors_notes_stand_after_the_story_unless_the_author_wants_them_before() -> None:
    def order(notes: Notes, own: str | None = None) -> bool:
        html = chapter(placed(everything(), own), replace(LANTERN_ROAD, notes=notes))
        return html.index("Sorry for the wait") < html.index('class="story"')

    assert not order(Notes.AFTER)
    assert order(Notes.BEFORE)
    assert order(Notes.AFTER, own="before")
    assert not order(Notes.BEFORE, own="after")


def test_the_authors_own_recap_stands_before_the_story_and_its_footnotes_lead_back() -> None:
    outline = Outline(html := chapter(recalled()))
    goals = {f"#{attributes['id']}" for _, attributes in outline.elements if "id" in attributes}

    assert "Previously Nell1 rang2." in outline.text
    assert html.index("Previously") < html.index('class="story"')
    assert {link["href"] for link in outline.all("a") if (link["href"] or "").startswith("#")} <= goals | {"#main"}


def test_a_series_has_its_own_colour_in_a_style_of_its_own() -> None:
    found = assets(TEMPLATES, replace(LANTERN_ROAD, colour="#336699")).colours
    assert found
    assert found.data.decode() == ":root { --accent-day: #336699; --accent-night: #558ec6; }"
    assert f'href="/{found.path}"' in contents(series=replace(LANTERN_ROAD, colour="#336699"))


def test_the_contents_list_the_chapters_with_their_days() -> None:
    text = Outline(PAGES["series"]).text

    assert "Prologue 1 September 2026 Chapter 7 of 23: The Lamp at the Ford 3 November 2026" in text
    assert "The first chapter is still to come." in Outline(contents()).text


def test_the_form_of_a_series_asks_for_an_address_and_a_beginning_and_lays_a_trap_for_robots() -> None:
    outline = Outline(PAGES["series"])
    fields = [(field["name"], field.get("value")) for field in outline.all("input")][:5]

    assert fields == [("form", "archive"), ("email", None), ("start", "newest"), ("start", "first"), ("website", None)]
    assert [form["action"] for form in outline.all("form")] == ["https://stories.example/subscribe/lantern-road"]


def test_the_list_speaks_the_language_that_all_series_have() -> None:
    assert "Alle Geschichten" in shelf("Laternenweg", "Der Kai", language="de")
    assert "All stories" in render_list(HOUSE, [])


def test_an_arabic_chapter_reads_from_right_to_left() -> None:
    html = chapter(everything(), replace(LANTERN_ROAD, language="ar", title="طريق"))
    assert Outline(html).all("html") == [{"lang": "ar", "dir": "rtl"}]


def test_each_story_in_the_list_is_set_from_the_side_of_its_language() -> None:
    listed = Outline(shelf("The Lantern Road", language="he"))
    assert [one["dir"] for one in listed.all("li")] == ["rtl"]
    assert [one["dir"] for one in Outline(shelf("The Quay")).all("li")] == ["ltr"]
