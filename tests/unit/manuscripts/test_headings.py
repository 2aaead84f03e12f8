"""Headings in all their forms, and what only looks like one."""

import pytest
from tests.unit.manuscripts.prose import STORY, read_markdown, read_text

from cliffhanger.manuscripts.document import blocks_text
from cliffhanger.manuscripts.model import Kind

FORMS = [
    ("Chapter 1: Low Tide", 1, "Low Tide"),
    ("Chapter One", 1, None),
    ("CHAPTER XII.", 12, None),
    ("Chapter 12 – Low Tide", 12, "Low Tide"),
    ("Chapter 3. Low Tide", 3, "Low Tide"),
    ("Chapter 3 Low Tide", 3, "Low Tide"),
    ("Chapter Twenty-One: Low Tide", 21, "Low Tide"),
    ("Chapter the First", 1, None),
    ("Chapter 3.5: Low Tide", 3.5, "Low Tide"),
    ("Ch. 4 - low tide", 4, "low tide"),
    ("Ch31: Low Tide", 31, "Low Tide"),
    ("~ Chapter 5 ~", 5, None),
    ("12. Low Tide", 12, "Low Tide"),
    ("VII", 7, None),
    ("Seven", 7, None),
    ("Part 3: Low Tide", 3, "Low Tide"),
    ("Low Tide (3/7)", 3, "Low Tide"),
    ("Chapter 3 of 7: Low Tide", 3, "Low Tide"),
    ("Chapter 3: “Yes!” – a reply", 3, "“Yes!” – a reply"),
    ("Chapter 8\n\nLow Tide", 8, "Low Tide"),
    ("CHAPTER VIII\nLOW TIDE, ETC.", 8, "LOW TIDE, ETC."),
    ("Chapter 8\n\nThe tide", 8, "The tide"),
    ("LOW TIDE", None, "LOW TIDE"),
]


@pytest.mark.parametrize(("heading", "number", "title"), FORMS)
def test_a_heading_says_number_and_title(heading: str, number: float | None, title: str | None) -> None:
    chapter = read_text(f"{heading}\n\n{STORY}")

    assert (chapter.kind, chapter.number, chapter.title) == (Kind.CHAPTER, number, title)
    assert blocks_text(chapter.blocks) == STORY


@pytest.mark.parametrize(
    ("heading", "kind", "title"),
    [
        ("Prologue", Kind.PROLOGUE, None),
        ("EPILOGUE.", Kind.EPILOGUE, None),
        ("Interlude: The Log", Kind.INTERLUDE, "The Log"),
        ("Prologue – Before the Flood", Kind.PROLOGUE, "Before the Flood"),
    ],
)
def test_a_heading_can_make_another_kind(heading: str, kind: Kind, title: str | None) -> None:
    chapter = read_text(f"{heading}\n\n{STORY}", "09.txt")

    assert (chapter.kind, chapter.number, chapter.title) == (kind, None, title)


@pytest.mark.parametrize("heading", ["Part Two, Chapter 3: Home", "Part Two\n\nChapter 3\n\nHome"])
def test_a_part_stands_beside_the_chapter(heading: str) -> None:
    chapter = read_text(f"{heading}\n\n{STORY}")

    assert (chapter.part, chapter.number, chapter.title) == ("Part Two", 3, "Home")


def test_three_of_seven_gives_the_total() -> None:
    assert read_text(f"Low Tide (3/7)\n\n{STORY}").total == 7


@pytest.mark.parametrize(
    "head", ["The Harbour Files\nby Mary Sue\n\nChapter 3: Home", "The Harbour Files\n\nby Mary Sue\n\nChapter 3: Home"]
)
def test_lines_above_the_heading_name_series_and_author(head: str) -> None:
    chapter = read_text(f"{head}\n\n{STORY}")

    assert (chapter.series, chapter.title, chapter.tags) == ("The Harbour Files", "Home", {"author": "Mary Sue"})


def test_the_series_may_stand_on_the_heading_line() -> None:
    chapter = read_text(f"The Harbour Files - Chapter 3: Home\n\n{STORY}")

    assert (chapter.series, chapter.number, chapter.title) == ("The Harbour Files", 3, "Home")


def test_a_labelled_title_above_a_numbered_heading_is_the_series() -> None:
    chapter = read_text(f"Title: The Harbour Files\nAuthor: Mary Sue\nRating: T\n\nChapter 2: Rain\n\n{STORY}")

    assert (chapter.series, chapter.title) == ("The Harbour Files", "Rain")
    assert chapter.tags == {"author": "Mary Sue", "rating": "T"}


@pytest.mark.parametrize(
    "first",
    [
        "4 September.",
        "4 September. The gulls are back on the roof.",
        "Monday, 3 May, and no ferry yet.",
        "Chapter 1 of the log was missing, and Ada said so.",
        "Chapter 1 was named in the log.",
        "1887. It was a hard winter for the boats.",
        "“Chapter 1: Lies,” read Ada.",
    ],
)
def test_the_first_words_of_a_story_are_no_heading(first: str) -> None:
    chapter = read_text(f"{first}\n\n{STORY}", "tale.txt")

    assert (chapter.number, chapter.title) == (None, None)
    assert blocks_text(chapter.blocks) == f"{first}\n\n{STORY}"
    assert any("No chapter number" in warning for warning in chapter.warnings)


def test_a_dateline_under_the_heading_is_story() -> None:
    chapter = read_text(f"Chapter One\n\n4 September.\n\n{STORY}")

    assert chapter.title is None
    assert blocks_text(chapter.blocks).startswith("4 September.\n\n")


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("03 - The Rain.txt", 3),
        ("chapter-twelve.txt", 12),
        ("2024-05-01 tale_ch04.txt", 4),
        ("tale 7.txt", 7),
        ("tale.txt", None),
        ("2024-05-01.txt", None),
    ],
)
def test_the_file_name_gives_a_number_where_the_text_has_none(name: str, number: int | None) -> None:
    assert read_text(STORY, name).number == number


def test_a_file_name_that_disagrees_is_told_to_the_author() -> None:
    chapter = read_text(f"Chapter 3\n\n{STORY}", "04.txt")

    assert chapter.number == 3
    assert chapter.warnings == ("The text says chapter 3, the file’s name says 4: mend the one that is wrong.",)


def test_a_second_chapter_in_the_file_is_told_to_the_author() -> None:
    chapter = read_text(f"Chapter 1: A\n\n{STORY}\n\nChapter 2: B\n\n{STORY}")

    assert chapter.number == 1
    assert "Chapter 2: B" in chapter.warnings[0]


def test_markdown_headings_name_series_chapter_and_title() -> None:
    above = read_markdown(f"# The Harbour Files\n\n## Chapter 3: Rain\n\n{STORY}")
    below = read_markdown(f"# Chapter 3\n\n## Rain\n\n{STORY}")

    assert (above.series, above.number, above.title) == ("The Harbour Files", 3, "Rain")
    assert (below.series, below.number, below.title) == (None, 3, "Rain")


def test_section_headings_stay_in_the_story() -> None:
    chapter = read_markdown(f"# Rain\n\n## Morning\n\n{STORY}\n\n## Evening\n\n{STORY}")

    assert chapter.title == "Rain"
    assert blocks_text(chapter.blocks).startswith("Morning\n\n")
