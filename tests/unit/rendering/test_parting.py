"""A chapter that one mail can't hold, as the mails that it needs."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.chapters import LANTERN_ROAD, everything, long, paragraph
from tests.support.rendered import CHAPTER_URL, SENDER, SERIES_URL, TEMPLATES, Outline, filled, issue

from cliffhanger.mailbody import LIMIT, size
from cliffhanger.manuscripts.document import blocks_text
from cliffhanger.manuscripts.model import (
    Block,
    Chapter,
    Emphasis,
    Footnote,
    ItemList,
    NoteReference,
    Paragraph,
    Quote,
    SceneBreak,
    Text,
    Verse,
)
from cliffhanger.rendering.figures import figures
from cliffhanger.rendering.giants import divide
from cliffhanger.rendering.parting import Parted, part
from cliffhanger.rendering.pieces import join
from cliffhanger.rendering.sheet import render_sheet
from cliffhanger.rendering.walking import references
from cliffhanger.series import LongChapters, Notes, Series

WORDS = {
    "en": "She counted the steps again for the stair had one more in the dark than it had by day",
    "ru": "Она снова пересчитала ступени потому что в темноте их было на одну больше чем днём",
    "ja": "彼女はもう一度階段を数えた暗闇では昼より一段多く灯りは膝に揺れて次の段だけを照らしていた",
    "ar": "عدت الدرجات مرة أخرى لأن السلم في الظلام كان له درجة زائدة عما في النهار",
}


def parts_of(chapter: Chapter, *, series: Series = LANTERN_ROAD, limit: int = LIMIT) -> Parted:
    return part(
        chapter,
        series=series,
        series_url=SERIES_URL,
        chapter_url=CHAPTER_URL,
        sender=SENDER,
        environment=TEMPLATES,
        limit=limit,
    )


def novel(language: str, words: int) -> Chapter:
    """Paragraphs of all lengths, a scene break about every thousand words; always the same."""
    chance = Random(words)
    space = "" if language == "ja" else " "
    vocabulary = WORDS[language].split(space) if space else list(WORDS[language])
    blocks: list[Block] = []
    told = since = 0
    while told < words:
        count = chance.choice([4, 12, 40, 80, 120])
        text = space.join(chance.choice(vocabulary) for _ in range(count))
        blocks.append(paragraph(f"“{text}.”" if count < 40 else f"{text}."))
        told, since = told + count, since + count
        if since > 1000:
            blocks.append(SceneBreak())
            since = 0
    return replace(long(1), blocks=tuple(blocks))


def prose(chapters: tuple[Chapter, ...]) -> list[Block]:
    return [block for chapter in chapters for block in chapter.blocks if not isinstance(block, SceneBreak)]


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("words", [500, 3_000, 12_000, 40_000])
def test_in_every_script_nothing_is_lost_no_mail_is_clipped_and_no_part_is_a_stub(language: str, words: int) -> None:
    chapter, series = novel(language, words), replace(LANTERN_ROAD, language=language)
    found = parts_of(chapter, series=series)
    sizes = [size(issue(one, series=series).html) for one in found.parts]
    assert max(sizes) <= LIMIT
    assert max(sizes) <= found.largest <= LIMIT, "as if each part had the longest address"
    assert min(sizes) >= 0.4 * max(sizes)
    assert prose(found.parts) == prose((chapter,))
    assert sum(figures(one).words for one in found.parts) == figures(chapter).words


def test_forty_thousand_words_are_four_mails() -> None:
    assert len(parts_of(novel("en", 40_000)).parts) == 4


def test_a_chapter_that_fits_is_left_alone() -> None:
    assert parts_of(everything()).parts == (everything(),)


def test_a_series_that_cuts_its_chapters_has_them_whole() -> None:
    chapter = novel("en", 20_000)
    assert parts_of(chapter, series=replace(LANTERN_ROAD, long_chapters=LongChapters.CUT)).parts == (chapter,)


def test_what_stands_around_the_story_goes_with_its_first_and_its_last_part() -> None:
    noted = replace(everything(), blocks=(*everything().blocks, *novel("en", 30_000).blocks))
    first, middle, last = parts_of(noted).parts
    assert (first.summary, first.notes_before, first.tags) == (noted.summary, (), noted.tags)
    assert (first.closing, first.notes_after) == (None, ())
    assert (middle.summary, middle.notes_before, middle.notes_after, middle.closing) == (None, (), (), None)
    assert middle.tags == {"author": "Mina Quill"}
    assert (last.closing, last.notes_after) == (noted.closing, (*noted.notes_before, *noted.notes_after))
    assert [one.portion for one in (first, middle, last)] == [(1, 3), (2, 3), (3, 3)]


def test_a_footnote_goes_with_each_part_that_points_at_it_and_one_that_nobody_points_at_with_the_last() -> None:
    story = long(36)
    blocks = (paragraph("a", NoteReference("one")), *story.blocks, paragraph("b", NoteReference("two")))
    notes = tuple(Footnote(label, (paragraph(f"Note {label}."),)) for label in ("one", "two", "lost"))
    found = parts_of(replace(story, blocks=blocks, footnotes=notes)).parts
    assert [[note.label for note in one.footnotes] for one in found] == [["one"], ["two", "lost"]]


def test_a_footnote_goes_with_the_recap_and_with_the_footnote_that_leads_to_it() -> None:
    story = long(scenes=20)
    notes = tuple(
        Footnote(label, (paragraph("A note.", *(NoteReference(one) for one in more)),))
        for label, more in (("recap", ()), ("one", ("two",)), ("two", ()))
    )
    blocks = (paragraph("Early.", NoteReference("one")), *story.blocks)
    recap = (paragraph("Before.", NoteReference("recap")),)
    found = parts_of(replace(story, recap=recap, blocks=blocks, footnotes=notes), limit=40_000).parts
    assert len(found) > 1
    assert [note.label for note in found[0].footnotes] == ["recap", "one", "two"]
    assert not any(part.footnotes for part in found[1:])


def test_a_chapter_that_is_nearly_all_footnotes_is_weighed_with_all_that_stands_at_each() -> None:
    labels = [str(number) for number in range(150)]
    blocks = tuple(paragraph("The lamp burned low.", NoteReference(label)) for label in labels)
    notes = tuple(Footnote(label, (paragraph("See there."),)) for label in labels)
    found = parts_of(replace(long(1), blocks=blocks, footnotes=notes), limit=30_000)
    assert len(found.parts) == 4
    assert found.largest <= 30_000


def test_the_end_of_a_part_says_that_the_next_follows_and_the_next_begins_with_its_label() -> None:
    together = parts_of(long(30)).parts
    first, second = (issue(one) for one in together)
    assert first.subject == "The Lantern Road · Chapter 8, part 1 of 2: The Stair"
    assert "Part 2 of 2 follows in the next mail." in filled(first.text)
    assert "Part 2 of 2 follows in the next mail." in Outline(filled(first.html)).text
    assert "Chapter 8, part 2 of 2: The Stair" in filled(second.text)
    assert "follows" not in filled(second.text)
    daily = issue(together[0], series=replace(LANTERN_ROAD, long_chapters=LongChapters.SPLIT_DAILY))
    assert "Part 2 of 2 follows tomorrow" in filled(daily.text)


@pytest.mark.parametrize(
    "giant",
    [
        paragraph("The lamp burned. " * 9_000),
        paragraph("lamp " * 30_000),
        paragraph("x" * 150_000),
        paragraph("灯りが揺れた。" * 4_000),
        Verse(((Text("Light me a lamp for the going"),), (Text("light me a lamp"),), ()) * 2_000, (0, 2, 0) * 2_000),
        Quote(tuple(paragraph("The lamp burned. " * 20) for _ in range(400))),
        Quote((Quote((paragraph("The lamp burned. " * 9_000),)),)),
    ],
)
def test_a_single_giant_block_is_split_inside(giant: Block) -> None:
    found = parts_of(replace(long(1), blocks=(giant,)))
    assert len(found.parts) > 1
    assert found.largest <= LIMIT
    words = " ".join(blocks_text(one.blocks) for one in found.parts).split()
    assert "".join(words) == "".join(blocks_text((giant,)).split())


def test_a_verse_is_split_between_two_stanzas() -> None:
    giant = Verse(((Text("Light me a lamp"),), (Text("for the ford"),), ()) * 2_000, (0, 2, 0) * 2_000)
    for one in parts_of(replace(long(1), blocks=(giant,))).parts[1:]:
        assert isinstance(one.blocks[0], Verse)
        assert one.blocks[0].lines[0] == (Text("Light me a lamp"),)


LINES = tuple((paragraph(f"{number} said something that was long and mild."),) for number in range(1, 1_501))


def test_a_list_is_split_between_its_items_and_counts_on() -> None:
    first, second, *more = parts_of(replace(long(1), blocks=(ItemList(True, LINES),))).parts
    assert more == []
    (begun,), (gone_on,) = first.blocks, second.blocks
    assert isinstance(begun, ItemList)
    assert isinstance(gone_on, ItemList)
    assert (*begun.items, *gone_on.items) == LINES
    assert (begun.start, gone_on.start) == (1, len(begun.items) + 1)
    assert f'<ol start="{gone_on.start}">' in filled(issue(second).html)
    assert f"\n{gone_on.start}. {gone_on.start} said" in filled(issue(second).text)


def test_an_item_that_holds_the_whole_story_is_split_inside() -> None:
    story = novel("en", 20_000).blocks
    found = parts_of(replace(long(1), blocks=(ItemList(False, (story,)),)))
    assert len(found.parts) == 2
    assert prose(found.parts) == [block for block in story if not isinstance(block, SceneBreak)]
    listed = ItemList(True, ((paragraph("One."),), story, (paragraph("Three."),)))
    first, *_, last = parts_of(replace(long(1), blocks=(listed,))).parts
    assert first.blocks[0] == ItemList(True, ((paragraph("One."),),))
    assert last.blocks[-1] == ItemList(True, ((paragraph("Three."),),), start=3)


def test_what_is_split_inside_leaves_even_parts_and_is_one_block_in_each() -> None:
    for block in (
        paragraph("The lamp burned. " * 20_000),
        Quote(novel("en", 40_000).blocks),
        ItemList(False, LINES * 2),
    ):
        parts = parts_of(replace(long(1), blocks=(block,))).parts
        sizes = [size(issue(one).html) for one in parts]
        assert min(sizes) > 0.8 * max(sizes)
        assert [len(one.blocks) for one in parts] == [1] * len(parts)


def test_pieces_that_stay_together_are_the_block_as_it_was() -> None:
    run = tuple(
        inline
        for at in range(200)
        for inline in (Text("A lamp. It "), Emphasis((Text("burned. And"),)), Text(" on."), NoteReference(str(at)))
    )
    for block in (
        Paragraph(run),
        paragraph("灯りが揺れた。" * 900),
        Verse(((Text("Light me"),), (Text("a lamp"),), ()) * 200, (0, 2, 0) * 200),
        Quote(tuple(paragraph(str(at)) for at in range(300))),
        ItemList(True, LINES),
    ):
        pieces = divide(block, 40)
        assert len(pieces) > 20
        assert join(block, pieces, 0, len(pieces)) == (block,)
        halves = (*join(block, pieces, 0, 17), *join(block, pieces, 17, len(pieces)))
        assert len(halves) == 2
        assert references((halves,)) == references(((block,),))
        assert "".join(blocks_text(halves).split()) == "".join(blocks_text((block,)).split())


NOTES_WORDS = "Thanks to all who wrote of the lamp. " * 3_500


@pytest.mark.parametrize("where", ["before", "after"])
def test_notes_that_no_mail_can_hold_are_on_the_page_and_the_story_goes_out_in_parts(where: str) -> None:
    series = replace(LANTERN_ROAD, notes=Notes(where))
    chapter = replace(novel("en", 28_000), notes_before=(), notes_after=((paragraph(NOTES_WORDS),),))
    if where == "before":
        chapter = replace(chapter, notes_before=chapter.notes_after, notes_after=())
    found = parts_of(chapter, series=series)
    assert len(found.parts) == 3
    assert found.aside
    assert prose(found.parts) == prose((chapter,))
    mails = [issue(one, series=series) for one in found.parts]
    assert max(size(mail.html) for mail in mails) <= found.largest <= LIMIT
    led = ["Too long for a mail: read it" in filled(mail.text) for mail in mails]
    assert led == ([True, False, False] if where == "before" else [False, False, True])
    assert not any("Read on" in filled(mail.text) for mail in mails)
    pages = [render_sheet(one, series=series) for one in found.parts]
    assert NOTES_WORDS.strip() in "".join(note for page in pages for note in (*page.notes_before, *page.notes_after))


def test_a_footnote_that_no_mail_can_hold_keeps_its_number_and_leads_to_the_page() -> None:
    story = (paragraph("Word", NoteReference("a"), " and word", NoteReference("b")), *novel("en", 4_000).blocks)
    notes = (Footnote("a", (paragraph(NOTES_WORDS),)), Footnote("b", (paragraph("A short one."),)))
    chapter = replace(long(1), blocks=story, footnotes=notes)
    found = parts_of(chapter)
    assert (found.parts, found.aside) == ((chapter,), True)
    mail = issue(chapter)
    assert size(mail.html) <= LIMIT
    assert blocks_text(story[-1:]) in filled(mail.text)
    assert [link["href"] for link in Outline(filled(mail.html)).all("a")].count(CHAPTER_URL) == 2
    assert "[1] Too long for a mail: read it on the page of this chapter. [→" in filled(mail.text)
    assert "[2] A short one." in filled(mail.text)


def test_a_summary_that_no_mail_can_hold_leaves_the_story_whole() -> None:
    chapter = replace(novel("en", 20_000), summary=NOTES_WORDS)
    first, second = parts_of(chapter).parts
    assert prose((first, second)) == prose((chapter,))
    assert first.summary == NOTES_WORDS
    assert "Summary: Too long for a mail: read it on the page of this chapter." in filled(issue(first).text)
    assert "Read on" not in filled(issue(first).text)


def test_many_notes_of_a_middling_length_are_left_to_the_page_too() -> None:
    notes = tuple(Footnote(str(at), (paragraph("The lamp is old. " * 400),)) for at in range(30))
    blocks = (paragraph("Word", *(NoteReference(note.label) for note in notes)), *novel("en", 20_000).blocks)
    found = parts_of(replace(long(1), blocks=blocks, footnotes=notes))
    assert len(found.parts) == 2
    assert found.largest <= LIMIT
    assert sum(figures(one).words for one in found.parts) >= 20_000
    assert not any("Read on" in filled(issue(one).text) for one in found.parts)


def test_in_a_language_that_we_do_not_speak_the_line_to_the_page_is_marked_as_english() -> None:
    chapter = replace(novel("ru", 500), notes_after=((paragraph(NOTES_WORDS),),))
    assert '<i lang="en">Too long' in filled(issue(chapter, series=replace(LANTERN_ROAD, language="ru")).html)


def test_a_chapter_longer_than_any_is_cut() -> None:
    chapter = novel("ru", 100_000)
    assert parts_of(chapter).parts == (chapter,)
    assert size(issue(chapter).html) <= LIMIT


@given(st.integers(0, 10_000), st.sampled_from(sorted(WORDS)), st.integers(45_000, 90_000))
@settings(max_examples=15, deadline=None)
def test_whatever_the_text_its_parts_fit_and_are_the_text(seed: int, language: str, limit: int) -> None:
    chapter = novel(language, 2_000 + seed)
    found = parts_of(chapter, series=replace(LANTERN_ROAD, language=language), limit=limit)
    assert prose(found.parts) == prose((chapter,))
    if len(found.parts) > 1:
        assert found.largest <= limit
