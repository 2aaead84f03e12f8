"""A chapter's section of the book."""

import re
from dataclasses import replace

import pytest
from tests.support.chapters import LANTERN_ROAD, everything, paragraph, placed, prologue, recalled
from tests.support.library import Shelf, opened, shelf

from cliffhanger.manuscripts.model import Chapter, Footnote, Kind, Link, NoteReference, Text
from cliffhanger.rendering.book.section import strict_url
from cliffhanger.series import Notes

SECTION = "EPUB/text/chapter-1.xhtml"
NO_NOTES = replace(LANTERN_ROAD, book_notes=False)


def set_section(chapter: Chapter, series: object = LANTERN_ROAD) -> str:
    made = Shelf(series)  # type: ignore[arg-type]
    made.add(chapter, "chapter-1")
    return opened(made.new_book())[SECTION]


def two_notes() -> Chapter:
    """The author's note points at the first footnote, the story at the second, and both at the third."""
    return Chapter(
        kind=Kind.CHAPTER,
        number=1,
        title="The Two Bells",
        notes_before=((paragraph("See", NoteReference("a"), " and", NoteReference("c")),),),
        blocks=(paragraph("A bell", NoteReference("b"), " rang", NoteReference("c"), "."),),
        footnotes=tuple(Footnote(label, (paragraph(f"Footnote {label}."),)) for label in "abc"),
    )


def links_of(section: str) -> set[str]:
    return set(re.findall(r'href="#([^"]+)"', section))


def anchors_of(section: str) -> list[str]:
    return re.findall(r'\sid="([^"]+)"', section)


@pytest.mark.parametrize("series", [LANTERN_ROAD, NO_NOTES])
@pytest.mark.parametrize("chapter", [everything(), prologue(), two_notes(), recalled()])
def test_every_link_within_a_section_leads_somewhere(chapter: Chapter, series: object) -> None:
    section = set_section(chapter, series)

    assert links_of(section) <= set(anchors_of(section))
    assert len(anchors_of(section)) == len(set(anchors_of(section)))


def test_a_footnote_is_an_endnote_that_opens_beside_the_text_and_leads_back() -> None:
    section = set_section(two_notes())

    assert '<a epub:type="noteref" role="doc-noteref" href="#note-2" id="ref-2">2</a>' in section
    assert (
        '<li id="note-2" epub:type="endnote" value="2"><p>Footnote b. <a role="doc-backlink" href="#ref-2"' in section
    )


def test_without_the_authors_notes_their_footnotes_go_too_and_the_others_keep_their_numbers() -> None:
    section = set_section(two_notes(), NO_NOTES)

    assert "Author’s note" not in section
    assert "Footnote a." not in section
    assert re.findall(r'<li [^>]*value="(\d)"', section) == ["2", "3"]
    assert 'href="#note-3" id="ref-3"' in section, "the story's reference is now the first, so the way back leads to it"


def test_a_book_has_no_recap_nor_its_footnotes() -> None:
    section = set_section(recalled())

    assert "Nell" not in section
    assert re.findall(r'<li [^>]*value="(\d)"', section) == ["2", "3"]


def test_warnings_stay_where_the_authors_notes_go() -> None:
    section = set_section(everything(), NO_NOTES)

    assert "Cold water, one ghost" in section
    assert "Teen" in section
    assert "The river belongs to itself" not in section


@pytest.mark.parametrize(
    ("notes", "own", "before"),
    [(Notes.AFTER, None, False), (Notes.BEFORE, None, True), (Notes.AFTER, "before", True)],
)
def test_the_authors_notes_stand_where_chapter_or_series_wants_them(
    notes: Notes, own: str | None, before: bool
) -> None:
    section = set_section(placed(everything(), own), replace(LANTERN_ROAD, notes=notes))

    assert (section.index("Sorry for the wait") < section.index("The road ended")) is before
    assert section.index("Cold water") < section.index("The road ended")


def test_a_chapter_speaks_its_language_in_its_direction() -> None:
    section = set_section(everything(), replace(LANTERN_ROAD, language="ar"))

    assert 'lang="ar" xml:lang="ar" dir="rtl"' in section


@pytest.mark.parametrize(
    ("kind", "told"),
    [(Kind.PROLOGUE, "prologue"), (Kind.EPILOGUE, "epilogue"), (Kind.INTERLUDE, "chapter"), (Kind.CHAPTER, "chapter")],
)
def test_a_section_says_what_it_is(kind: Kind, told: str) -> None:
    section = set_section(replace(everything(), kind=kind))

    assert f'<section epub:type="{told}" role="doc-{told}"' in section


@pytest.mark.parametrize(
    ("url", "strict"),
    [
        ("https://example.org", "https://example.org"),
        ("https://example.org/a b?q=[1]#x#y", "https://example.org/a%20b?q=%5B1%5D#x%23y"),
        ("https://example.org/100%/%41", "https://example.org/100%25/%41"),
        ("https://example.org:8080/#top", "https://example.org:8080/#top"),
        ("mailto:ada@example.org", "mailto:ada@example.org"),
        ("http://exa%20mple.org/", None),
        ("http://[::1/", None),
        ("https://", None),
    ],
)
def test_a_link_is_strict_or_no_link(url: str, strict: str | None) -> None:
    assert strict_url(url) == strict


def test_the_words_of_a_link_that_leads_nowhere_stay() -> None:
    section = set_section(replace(prologue(), blocks=(paragraph(Link("http://exa mple/", (Text("the map"),))),)))

    assert "<a>the map</a>" in section


def test_a_picture_is_in_the_book_and_one_that_is_gone_is_told_in_words() -> None:
    made = shelf(prologue())
    (sheet,) = made.sheets.values()
    pictures = (
        '<p class="picture"><img src="https://x/a1.png" alt="a &lt;map&gt;"></p><img src="../b2.jpg" alt="a lamp">'
    )
    made.add_sheet(replace(sheet, story=pictures), "chapter-1")
    made.pictures["a1.png"] = b"a picture"

    book = made.new_book()

    assert '<img src="../pictures/a1.png" alt="a &lt;map&gt;"/></p>[a lamp]' in opened(book)[SECTION]
    assert 'href="pictures/a1.png" media-type="image/png"' in opened(book)["EPUB/package.opf"]
    assert "b2.jpg" not in opened(book)["EPUB/package.opf"]
