"""Paragraphs that read the other way than their story."""

from dataclasses import replace

import pytest
from tests.support.chapters import LANTERN_ROAD, paragraph, prologue
from tests.support.library import opened, shelf
from tests.support.rendered import Outline, filled, issue

from cliffhanger.manuscripts.model import Block, Footnote, Heading, ItemList, NoteReference, Quote, Text, Verse
from cliffhanger.rendering.sheet import render_sheet
from cliffhanger.rendering.turning import turned

ARABIC = replace(LANTERN_ROAD, title="مصابيح الميناء", language="ar")
ENGLISH_WORDS, ARABIC_WORDS = "He said it in English. Right?", "قال: مضى إلى السوق."


@pytest.mark.parametrize(
    ("text", "way", "needed"),
    [
        (ENGLISH_WORDS, "rtl", "ltr"),
        (ENGLISH_WORDS, "ltr", ""),
        (ARABIC_WORDS, "ltr", "rtl"),
        (ARABIC_WORDS, "rtl", ""),
        ("“שלום עולם!”", "ltr", "rtl"),
        ("Leila قالت إنها لن تعود.", "rtl", ""),  # a sentence in Arabic, whatever it begins with
        ("He said سلام and went.", "rtl", "ltr"),
        ("سلام, he said, and went.", "ltr", ""),
        ("10:30 …", "rtl", ""),
        ("", "rtl", ""),
    ],
)
def test_a_text_is_turned_that_begins_and_goes_on_the_other_way(text: str, way: str, needed: str) -> None:
    assert turned(text, way) == needed


def written(*blocks: Block) -> list[tuple[str, str]]:
    """The elements that read their own way."""
    sheet = render_sheet(replace(prologue(), blocks=blocks), series=ARABIC)
    return [(tag, has["dir"] or "") for tag, has in Outline(sheet.story).elements if "dir" in has]


def test_paragraphs_headings_lines_and_items_are_turned_each_for_itself() -> None:
    line, other = ((Text(words),) for words in (ENGLISH_WORDS, ARABIC_WORDS))

    assert written(Heading(1, line), Heading(1, other)) == [("h2", "ltr")]
    assert written(Quote((paragraph(ENGLISH_WORDS), paragraph(ARABIC_WORDS)))) == [("p", "ltr")]
    assert written(Verse((line, other), (0, 2))) == [("div", "ltr")]
    assert written(ItemList(False, ((paragraph(ENGLISH_WORDS),), (paragraph(ARABIC_WORDS),)))) == [("p", "ltr")]


def test_a_footnote_is_turned_too() -> None:
    blocks, notes = (paragraph(ARABIC_WORDS, NoteReference("a")),), (Footnote("a", (paragraph(ENGLISH_WORDS),)),)
    sheet = render_sheet(replace(prologue(), blocks=blocks, footnotes=notes), series=ARABIC)

    assert sheet.footnotes[0].startswith(f'<p dir="ltr">{ENGLISH_WORDS}')


def test_a_turned_paragraph_stands_at_its_own_side_in_the_mail_and_in_a_list_beside_its_mark() -> None:
    items = ItemList(False, ((paragraph(ENGLISH_WORDS),),))
    html = filled(issue(replace(prologue(), blocks=(paragraph(ENGLISH_WORDS), items)), series=ARABIC).html)

    found = [has["style"] for has in Outline(html).all("p") if has.get("dir") == "ltr" and "lang" not in has]
    assert found == ["text-align: left;", "text-align: right;"]


def test_a_turned_paragraph_is_well_formed_in_the_book() -> None:
    book = shelf(replace(prologue(), blocks=(paragraph(ENGLISH_WORDS),)), series=ARABIC)

    assert f'<p dir="ltr">{ENGLISH_WORDS}</p>' in opened(book.new_book())["EPUB/text/chapter-1.xhtml"]
