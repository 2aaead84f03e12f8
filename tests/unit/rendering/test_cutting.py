"""A chapter that is too long for one mail."""

from dataclasses import replace

import pytest
from tests.support.chapters import LANTERN_ROAD, long, paragraph
from tests.support.rendered import CHAPTER_URL, Outline, filled, issue

from cliffhanger.mailbody import size
from cliffhanger.manuscripts.document import blocks_text
from cliffhanger.manuscripts.model import (
    Block,
    Chapter,
    Footnote,
    ItemList,
    NoteReference,
    Quote,
    SceneBreak,
    Text,
    Verse,
)
from cliffhanger.rendering.cutting import cut
from cliffhanger.series import LongChapters, Notes

CUT = replace(LANTERN_ROAD, long_chapters=LongChapters.CUT)


def story(layout: str) -> Chapter:
    """A chapter of "p" paragraphs and "*" scene breaks."""
    blocks = tuple(SceneBreak() if mark == "*" else paragraph(str(at)) for at, mark in enumerate(layout))
    return replace(long(scenes=1), blocks=blocks, notes_after=((paragraph("Bye."),),), notes_before=())


def blocks_kept(layout: str, *, room: int) -> int:
    return len(cut(story(layout), lambda chapter: len(chapter.blocks) + len(chapter.notes_after) <= room).blocks)


def test_what_fits_is_left_alone() -> None:
    chapter = story("pp*pp")

    assert cut(chapter, lambda _: True) is chapter


def test_it_ends_at_the_last_scene_break_that_fits() -> None:
    assert blocks_kept("pp*ppp*ppppp", room=9) == 6


def test_a_scene_break_too_near_the_beginning_would_leave_a_stub_so_it_ends_after_a_paragraph() -> None:
    assert blocks_kept("p*pppppppppppp", room=9) == 9


def test_a_scene_break_is_never_the_last_thing() -> None:
    assert blocks_kept("pppp**pppppp", room=6) == 4


def test_the_rest_of_the_chapter_is_not_told_by_its_closing_words() -> None:
    part = cut(story("pppp*pppp"), lambda chapter: len(chapter.blocks) <= 5)

    assert part.closing is None
    assert part.notes_after == ()


def test_only_the_footnotes_of_the_part_come_with_it() -> None:
    chapter = replace(
        story("pp"),
        blocks=(paragraph("a", NoteReference("one")), paragraph("b", NoteReference("two"))),
        footnotes=(Footnote("one", (paragraph("1"),)), Footnote("two", (paragraph("2"),))),
    )

    part = cut(chapter, lambda chapter: len(chapter.blocks) <= 1)

    assert [note.label for note in part.footnotes] == ["one"]


def test_where_not_even_the_first_paragraph_fits_beside_the_notes_the_notes_go_too_but_not_the_warnings() -> None:
    noted = replace(story("pppp"), notes_before=((paragraph("Much to say."),),), summary="Long.", disclaimer="Longer.")
    chapter = replace(noted, tags={"warnings": "Blood", "rating": "Teen"})

    part = cut(chapter, lambda chapter: not chapter.notes_before and len(chapter.blocks) <= 3)

    assert (part.notes_before, part.summary, part.disclaimer) == ((), None, None)
    assert part.tags == {"warnings": "Blood"}
    assert part.blocks == chapter.blocks[:3]


def test_warnings_go_only_where_they_fill_the_mail_themselves() -> None:
    part = cut(replace(story("pp"), tags={"warnings": "Blood"}), lambda chapter: not chapter.tags)

    assert (part.blocks, part.tags) == (story("pp").blocks, {})


def test_after_the_longest_notes_there_may_be_the_mail_has_its_warnings_and_the_story() -> None:
    series = replace(LANTERN_ROAD, notes=Notes.BEFORE)
    notes = ((paragraph("Much to say. " * 9_000),),)
    body = issue(replace(long(scenes=3), notes_before=notes, tags={"warnings": "Blood, death"}), series=series)

    assert size(body.html) <= 100_000
    assert "Content warnings: Blood, death" in filled(body.text)
    assert "Scene 3." in filled(body.text)
    assert "Too long for a mail: read it on the page of this chapter." in filled(body.text)
    assert "Read on" not in filled(body.text)


def test_a_long_mail_stays_under_the_limit_and_both_parts_end_at_the_same_scene_with_read_on() -> None:
    body = issue(long(scenes=60))
    html = Outline(filled(body.html))
    last = html.text.count("Scene ")

    assert 80_000 < size(body.html) <= 100_000
    assert f"Scene {last}." in filled(body.text)
    assert f"Scene {last + 1}." not in filled(body.text)
    assert CHAPTER_URL in [link["href"] for link in html.all("a") if "button-link" in (link.get("class") or "")]
    assert f"Read on: {CHAPTER_URL}" in filled(body.text)
    assert "That was long." not in html.text


GIANTS = [
    paragraph("The lamp burned. " * 50_000),
    Quote((paragraph("word " * 100_000),)),
    ItemList(False, ((paragraph("The lamp burned. "),),) * 5_000),
    Verse(((Text("The lamp burned."),),) * 10_000, (0,) * 10_000),
]


@pytest.mark.parametrize("giant", GIANTS)
@pytest.mark.parametrize("before", ["", "p", "pp*pp"])
def test_one_endless_block_fills_the_mail_as_far_as_it_goes(giant: Block, before: str) -> None:
    body = issue(replace(story(before), blocks=(*story(before).blocks, giant)), series=CUT)

    assert 75_000 < size(body.html) <= 100_000
    assert f"Read on: {CHAPTER_URL}" in filled(body.text)


def test_a_paragraph_that_is_cut_is_one_still_and_ends_with_a_sentence() -> None:
    chapter = replace(story("p"), blocks=(paragraph("The lamp burned. " * 50_000),))

    (begun,) = cut(chapter, lambda one: len(blocks_text(one.blocks)) <= 30_000).blocks

    assert 15_000 < len(blocks_text((begun,))) <= 30_000
    assert blocks_text((begun,)).endswith("The lamp burned.")
