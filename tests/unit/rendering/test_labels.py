"""What a chapter is called, and how long it is."""

from dataclasses import replace

import pytest
from tests.support.chapters import everything, paragraph, prologue

from cliffhanger.manuscripts.model import Chapter, Emphasis, Kind, LineBreak, Text
from cliffhanger.rendering.figures import figures
from cliffhanger.rendering.labels import chapter_label, heading, one_line


def chapter(kind: Kind = Kind.CHAPTER, number: float | None = None, **more: object) -> Chapter:
    return replace(prologue(), kind=kind, number=number, **more)


@pytest.mark.parametrize(
    ("one", "label"),
    [
        (chapter(number=7), "Chapter 7"),
        (chapter(number=3.5), "Chapter 3.5"),
        (chapter(number=3.0), "Chapter 3"),
        (chapter(number=0), "Chapter 0"),
        (chapter(number=3, total=7), "Chapter 3 of 7"),
        (chapter(number=3, part="Part Two"), "Part Two, Chapter 3"),
        (chapter(part="Part Two"), "Part Two"),
        (chapter(), ""),
        (chapter(Kind.PROLOGUE), "Prologue"),
        (chapter(Kind.INTERLUDE, number=2), "Interlude"),
        (chapter(number=7, portion=(1, 2)), "Chapter 7, part 1 of 2"),
        (chapter(number=7, part="Part Two", portion=(2, 3)), "Part Two, Chapter 7, part 2 of 3"),
        (chapter(Kind.EPILOGUE, portion=(1, 2)), "Epilogue, part 1 of 2"),
        (chapter(portion=(1, 2)), "Part 1 of 2"),
    ],
)
def test_a_label_says_kind_and_number(one: Chapter, label: str) -> None:
    assert chapter_label(one, language="en") == label


def test_a_heading_joins_label_and_title_where_there_are_both() -> None:
    assert (
        heading(chapter(number=7, title="The Lamp: a Beginning"), language="en") == "Chapter 7: The Lamp: a Beginning"
    )
    assert heading(chapter(title="The Lamp"), language="en") == "The Lamp"
    assert heading(chapter(number=7), language="de") == "Kapitel 7"
    assert heading(chapter(), language="en") == ""


def test_one_line_keeps_what_scripts_and_emoji_need() -> None:
    assert one_line("نیم\u200cفاصله 👩\u200d🚀 \u200fעברית") == "نیم\u200cفاصله 👩\u200d🚀 \u200fעברית"


def test_one_line_ends_with_an_ellipsis_where_it_is_cut() -> None:
    assert one_line("a road that goes on", longest=8) == "a road…"


def test_figures_count_the_story_alone() -> None:
    counted = figures(everything())

    assert (counted.scene_breaks, counted.notes, counted.footnotes, counted.minutes) == (1, 3, 2, 1)


@pytest.mark.parametrize(
    ("block", "words"),
    [
        (paragraph("one two", LineBreak(), "three"), 3),
        (paragraph("un", Emphasis((Text("believ"),)), "able"), 1),
        (paragraph("道は水の"), 4),
        (paragraph("— well,"), 2),
    ],
)
def test_words_are_counted_as_readers_see_them(block: object, words: int) -> None:
    assert figures(chapter(blocks=(block,))).words == words


def test_words_of_neighbouring_paragraphs_stay_apart() -> None:
    assert figures(chapter(blocks=(paragraph("one"), paragraph("two")))).words == 2


def test_reading_takes_its_time() -> None:
    assert figures(chapter(blocks=(paragraph("word " * 2600),))).minutes == 10
    assert figures(chapter(blocks=(paragraph("字" * 4000),))).minutes == 10
