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
from cliffhanger.manuscripts.model import Block, Chapter, Footnote, NoteReference, Quote, SceneBreak, Text, Verse
from cliffhanger.rendering.figures import figures
from cliffhanger.rendering.parting import Parted, part
from cliffhanger.series import LongChapters, Series

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


def test_notes_that_fill_a_mail_leave_the_chapter_to_be_cut() -> None:
    chapter = replace(long(3), notes_before=((paragraph("Much to say. " * 9_000),),))
    found = parts_of(chapter)
    for one in found.parts:
        assert size(issue(one).html) <= LIMIT


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
