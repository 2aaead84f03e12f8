"""A book grows with its series."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.chapters import LANTERN_ROAD, everything, long, paragraph, prologue
from tests.support.golden import assert_golden
from tests.support.library import NOW, Shelf, opened, shelf

from cliffhanger.manuscripts.model import Chapter, Footnote, Foreign, Kind, Link, NoteReference, Text
from cliffhanger.rendering.book.container import unbind
from cliffhanger.series import Series, Status

LATER = NOW + timedelta(days=7)


@pytest.mark.parametrize(
    "name", ["package.opf", "nav.xhtml", "toc.ncx", "title.xhtml", "text/chapter-1.xhtml", "text/chapter-2.xhtml"]
)
def test_a_book_looks_as_we_wrote_it(name: str) -> None:
    book = opened(shelf(prologue(), everything()).new_book())

    assert_golden(book[f"EPUB/{name}"], f"book/{name.rpartition('/')[2]}")


def test_the_same_book_has_the_same_bytes() -> None:
    assert shelf(prologue(), everything()).book() == shelf(prologue(), everything()).book()


def test_a_book_that_would_say_the_same_is_not_made_again() -> None:
    made = shelf(prologue(), everything())
    book = made.new_book()
    made.read.clear()

    assert made.book(book, now=LATER) is None
    assert made.read == []


def test_only_a_new_chapter_is_read_and_the_others_are_taken_over_as_they_are_packed() -> None:
    made = shelf(prologue(), everything())
    book = made.new_book()
    made.read.clear()
    made.add(long(3), "chapter-3")

    grown = made.book(book, now=LATER)

    assert grown
    assert made.read == [made.sections[-1].sheet]
    for chapter in ("chapter-1", "chapter-2"):
        name = f"EPUB/text/{chapter}.xhtml"
        assert unbind(grown)[name].packed == unbind(book)[name].packed
    assert "2026-12-03T10:00:00Z" in opened(grown)["EPUB/package.opf"]


def test_a_book_that_grew_is_the_book_that_is_made_at_once() -> None:
    made, old = Shelf(), None
    for number, chapter in enumerate((prologue(), everything(), long(3)), start=1):
        made.add(chapter, f"chapter-{number}")
        old = made.book(old)

    assert old == made.book()


def test_a_corrected_chapter_is_set_anew() -> None:
    made = shelf(prologue(), everything())
    book = made.new_book()
    made.read.clear()
    made.add(replace(everything(), title="The Lamp at the Bridge"), "chapter-2")

    grown = made.book(book, now=LATER)

    assert grown
    assert made.read == [made.sections[1].sheet]
    texts = opened(grown)
    for name in ("text/chapter-2.xhtml", "nav.xhtml", "toc.ncx"):
        assert "The Lamp at the Bridge" in texts[f"EPUB/{name}"]
        assert "The Lamp at the Ford" not in texts[f"EPUB/{name}"]


def test_a_withdrawn_chapter_is_gone() -> None:
    made = shelf(prologue(), everything())
    book = made.new_book()
    del made.sections[0]

    grown = made.book(book, now=LATER)

    assert grown
    assert "EPUB/text/chapter-1.xhtml" not in opened(grown)
    assert "chapter-1" not in opened(grown)["EPUB/package.opf"]


def test_what_the_series_says_of_itself_is_in_the_book_at_once() -> None:
    made = shelf(prologue(), everything())
    book = made.new_book()
    made.read.clear()
    made.series = replace(made.series, status=Status.COMPLETE, colour="#123456", blurb="It is told.")

    grown = made.book(book, now=LATER)

    assert grown
    assert made.read == []
    assert "The story is complete." in opened(grown)["EPUB/title.xhtml"]
    assert "It is told." in opened(grown)["EPUB/title.xhtml"]
    assert "#123456" in opened(grown)["EPUB/style.css"]


def test_where_the_authors_notes_are_left_out_all_chapters_are_set_anew() -> None:
    made = shelf(prologue(), everything())
    book = made.new_book()
    made.series = replace(made.series, book_notes=False)

    grown = made.book(book, now=LATER)

    assert grown
    assert "Sorry for the wait" not in opened(grown)["EPUB/text/chapter-2.xhtml"]


def test_a_damaged_book_is_made_anew() -> None:
    made = shelf(prologue())

    assert made.book(made.new_book()[:-1]) == made.book()


def test_pictures_are_taken_over_and_go_with_their_chapter() -> None:
    made = shelf(prologue(), everything())
    sheet = made.sheets[made.sections[0].sheet]
    made.add_sheet(replace(sheet, story='<img src="https://x/a1.png" alt="a map">'), "chapter-1")
    made.pictures["a1.png"] = b"a picture"
    book = made.new_book()
    made.pictures.clear()
    made.add(long(3), "chapter-3")

    grown = made.book(book)
    assert grown
    assert bytes(unbind(grown)["EPUB/pictures/a1.png"].packed) == b"a picture"

    del made.sections[0]
    without = made.book(grown)
    assert without
    assert "EPUB/pictures/a1.png" not in unbind(without)


def test_a_series_with_a_cover_shows_it_first() -> None:
    made = shelf(prologue())
    made.cover, made.pictures["c0.jpg"] = "lantern-road/pictures/c0.jpg", b"a cover"

    texts = opened(made.new_book())

    assert (
        '<item id="cover-picture" href="pictures/c0.jpg" media-type="image/jpeg" properties="cover-image"/>'
        in (texts["EPUB/package.opf"])
    )
    assert '<img src="pictures/c0.jpg" alt="The Lantern Road" role="doc-cover"/>' in texts["EPUB/cover.xhtml"]


def test_a_book_that_is_read_from_right_to_left_is_turned_that_way() -> None:
    package = opened(shelf(prologue(), series=replace(LANTERN_ROAD, language="he")).new_book())["EPUB/package.opf"]

    assert '<spine toc="ncx" page-progression-direction="rtl">' in package


WICKED = st.text(min_size=1) | st.sampled_from(
    ["]]>", "<!--", "{{ 7*7 }}", "&nbsp;", "</title><script>", "\ufffe\uffff"]
)


@settings(max_examples=60, deadline=None)
@given(title=WICKED, text=WICKED, blurb=WICKED, language=st.sampled_from(["en", "fr", "ar", "ja", "x-a"]))
def test_no_words_of_anybody_break_a_book(title: str, text: str, blurb: str, language: str) -> None:
    series = Series("s", title=title, author=text, blurb=blurb, language=language)
    made = Shelf(series)
    made.add(_wicked(title, text), "chapter-1")

    opened(made.new_book())
    made.feed()


def _wicked(title: str, text: str) -> Chapter:
    said = Text(text)
    return Chapter(
        kind=Kind.CHAPTER,
        number=1,
        part=title,
        title=title,
        summary=text,
        disclaimer=text,
        closing=text,
        tags={"warnings": text},
        notes_after=((paragraph(text, NoteReference("n")),),),
        footnotes=(Footnote("n", (paragraph(text),)),),
        blocks=(paragraph(Foreign(text, (said,)), Link(f"https://e.org/{text}", (said,)), NoteReference("n")),),
    )
