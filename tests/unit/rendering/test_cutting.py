"""A chapter that is too long for one mail."""

from dataclasses import replace

from tests.support.chapters import long, paragraph
from tests.support.rendered import CHAPTER_URL, Outline, filled, issue

from cliffhanger.mailbody import size
from cliffhanger.manuscripts.model import Chapter, Footnote, NoteReference, SceneBreak
from cliffhanger.rendering.cutting import cut


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


def test_where_not_even_the_first_paragraph_fits_beside_the_notes_the_notes_go_too() -> None:
    chapter = replace(story("p"), notes_before=((paragraph("Much to say."),),), summary="Long.", disclaimer="Longer.")

    part = cut(chapter, lambda chapter: not chapter.notes_before)

    assert (part.blocks, part.notes_before, part.summary, part.disclaimer) == ((), (), None, None)


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


def test_one_endless_paragraph_leaves_a_mail_that_leads_to_its_page() -> None:
    body = issue(replace(long(scenes=1), blocks=(paragraph("word " * 100_000),)))

    assert len(filled(body.html)) < 20_000
    assert f"Read on: {CHAPTER_URL}" in filled(body.text)
