"""The mail of a chapter, as its readers get it."""

import re
from dataclasses import replace

import pytest
from tests.support.chapters import LANTERN_ROAD, everything, long, paragraph, prologue
from tests.support.golden import assert_golden
from tests.support.rendered import CHAPTER_URL, Outline, filled, issue

from cliffhanger.mailbody import LIMIT, MailBody, Part, Place, bundle, fill
from cliffhanger.manuscripts.model import Chapter, Footnote, Heading, NoteReference, Text
from cliffhanger.rendering.outline import DEEPEST, HIGHEST

LIMITS = {"cut": 16_000}


@pytest.mark.parametrize(
    ("name", "chapter"), [("everything", everything()), ("prologue", prologue()), ("cut", long(scenes=6, paragraphs=2))]
)
def test_the_whole_mail_is_as_it_was_once_found_right(name: str, chapter: Chapter) -> None:
    body = issue(chapter, limit=LIMITS.get(name, LIMIT))

    assert_golden(body.subject + "\n", f"issue/{name}.subject.txt")
    assert_golden(filled(body.html), f"issue/{name}.html")
    assert_golden(filled(body.text), f"issue/{name}.txt")


def test_the_subject_names_series_number_and_title() -> None:
    assert issue(everything()).subject == "The Lantern Road · Chapter 7 of 23: The Lamp at the Ford"
    assert issue(prologue()).subject == "The Lantern Road · Prologue"


def test_the_personal_places_are_boundaries_in_both_parts() -> None:
    body = issue(everything())

    assert [piece for piece in body.html if isinstance(piece, Place)] == [Place.PREFERENCES, Place.UNSUBSCRIBE]
    assert [piece for piece in body.text if isinstance(piece, Place)] == [Place.PREFERENCES, Place.UNSUBSCRIBE]


def test_two_renderings_are_the_same_so_nothing_of_the_random_word_is_left() -> None:
    assert issue(everything()) == issue(everything())


def test_a_text_that_names_a_place_is_not_taken_for_one() -> None:
    body = issue(replace(prologue(), blocks=(paragraph("places.unsubscribe {{ places.unsubscribe }} unsubscribe"),)))

    assert "places.unsubscribe {{ places.unsubscribe }} unsubscribe" in Outline(filled(body.html)).text
    assert "places.unsubscribe {{ places.unsubscribe }} unsubscribe" in filled(body.text)


def test_a_stored_mail_comes_back_as_it_was() -> None:
    body = issue(everything())

    assert MailBody.from_json(body.to_json()) == body


def test_the_document_says_its_language_and_direction_and_has_one_h1() -> None:
    outline = Outline(filled(issue(everything(), series=replace(LANTERN_ROAD, language="ar-EG")).html))

    assert outline.all("html") == [{"lang": "ar-EG", "dir": "rtl"}]
    assert len(outline.all("h1")) == 1
    assert outline.all("title") == [{}]


def test_the_footer_speaks_the_language_of_the_series() -> None:
    german = replace(LANTERN_ROAD, title="Laternenweg", language="de")

    text = filled(issue(everything(), series=german).text)

    assert "Du bekommst diese Mail, weil du „Laternenweg“ folgst." in text
    assert "Kapitel 7 von 23: The Lamp at the Ford" in text


def test_every_table_is_for_looks_alone() -> None:
    tables = Outline(filled(issue(everything()).html)).all("table")

    assert tables
    assert all(table["role"] == "presentation" for table in tables)


def test_nothing_is_fetched_from_anywhere() -> None:
    outline = Outline(filled(issue(everything()).html))

    assert not {tag for tag, _ in outline.elements} & {"img", "link", "script", "iframe", "object", "form"}
    assert not [attributes for _, attributes in outline.elements if "src" in attributes or "background" in attributes]
    assert "url(" not in filled(issue(everything()).html)


def test_the_preview_in_the_inbox_shows_no_story() -> None:
    html = filled(issue(everything()).html)
    preheader = html[html.index('class="preheader"') : html.index("</div>")]

    assert "Chapter 7 of 23 &#183; by Mina Quill &#183; about a minute" in preheader
    assert "Tamsin" not in preheader


def anchors(outline: Outline) -> tuple[list[str], list[str], set[str]]:
    """The ids, the names and the goals of the links within a mail."""
    goals = [attributes["id"] or "" for _, attributes in outline.elements if "id" in attributes]
    names = [attributes["name"] or "" for tag, attributes in outline.elements if tag == "a" and "name" in attributes]
    links = [link["href"] or "" for link in outline.all("a")]
    return goals, names, {link.removeprefix("#") for link in links if link.startswith("#")}


def test_footnotes_stand_at_the_end_and_every_link_within_the_mail_has_its_goal() -> None:
    outline = Outline(filled(issue(everything()).html))
    goals, names, links = anchors(outline)

    assert {goal.rpartition("-")[0] for goal in links} == {"note-1", "note-2", "ref-1", "ref-2"}
    assert sorted(goals) == sorted(names) == sorted(links)
    assert outline.text.index("four feet") < outline.text.index("agree to differ")


def test_a_footnote_may_lead_to_another_and_back() -> None:
    notes = (
        Footnote("1", (paragraph("See", NoteReference("2"), "."),)),
        Footnote("2", (paragraph("So", NoteReference("1"), "."),)),
    )
    body = issue(replace(prologue(), blocks=(paragraph("A bell", NoteReference("1"), "."),), footnotes=notes))
    goals, _, links = anchors(Outline(filled(body.html)))

    assert {link.rpartition("-")[0] for link in links} == {"note-1", "note-2", "ref-1", "ref-2"}
    assert links == set(goals)
    assert "[1] See[2].\n\n[2] So[1]." in filled(body.text)


def test_the_footnotes_of_chapters_in_one_mail_are_told_apart() -> None:
    chapters = [issue(everything(), chapter_url=f"{CHAPTER_URL}{number}") for number in range(3)]
    goals, names, links = anchors(Outline(filled(bundle(chapters).html)))

    assert len(goals) == len(set(goals)) == 3 * 4
    assert sorted(goals) == sorted(names) == sorted(links)


def test_a_reference_without_a_footnote_stays_as_it_was_written() -> None:
    chapter = replace(everything(), footnotes=())

    assert "The ford[ford] was" in Outline(filled(issue(chapter).html)).text


@pytest.mark.parametrize("letters", ["提灯街道", "Дорога", "طريق المصابيح", "caf\u00e9 \U0001f56f\ufe0f"])
def test_any_script_arrives_though_the_mail_is_ascii_in_short_lines(letters: str) -> None:
    body = issue(replace(prologue(), title=letters, blocks=(paragraph(letters * 500),)))

    html = filled(body.html)
    assert html.isascii()
    assert max(map(len, html.split("\n"))) <= 998
    assert letters * 500 in Outline(html).text
    assert letters * 500 in filled(body.text)


def test_no_line_is_too_long_for_a_mail_though_all_titles_are_those_of_a_light_novel() -> None:
    series = replace(LANTERN_ROAD, title="提灯街道" * 50, author="灯" * 100, language="ja")
    longest = dict.fromkeys(Place, "https://stories.example/" + "a" * 176)

    html = fill(issue(replace(everything(), title="灯台守は今日も眠れない" * 18), series=series).html, longest, Part)
    assert max(map(len, html.split("\n"))) <= 998


def test_a_mail_of_plain_prose_is_hardly_larger_than_its_text() -> None:
    body = issue(long(scenes=10))

    assert len(filled(body.html)) < len(filled(body.text)) + 9_000


def test_a_series_whose_author_nobody_knows_names_none() -> None:
    body = issue(prologue(), series=replace(LANTERN_ROAD, author=""))

    assert "by" not in filled(body.text).splitlines()[1]
    assert "masthead-author" not in filled(body.html)


def test_no_paragraph_after_a_heading_is_indented_and_the_deeper_headings_are_smaller() -> None:
    levels = (Heading(1, (Text("The ford"),)), Heading(2, (Text("The far side"),)))
    html = filled(issue(replace(prologue(), blocks=levels)).html)

    assert all(f".story h{level} + p" in html for level in range(HIGHEST, DEEPEST + 1))
    sizes = [re.findall(r"font-size: (\d+)px", Outline(html).all(f"h{level}")[0]["style"] or "") for level in (2, 3)]
    assert sizes == [["20"], ["18"]]
