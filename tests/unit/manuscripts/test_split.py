from __future__ import annotations

import pytest

from cliffhanger.manuscripts.document import blocks_text
from cliffhanger.manuscripts.read import read, read_all

STORY = "The rain had found the one loose slate, and Nell lay awake and counted what it said to the bucket until day."
OTHER = "In the morning the bucket was dry. Nell looked at the slate, at the sky, and then for a long time at the cat."


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("1.md", f"# Chapter 1: Rain\n\n{STORY}\n\n# Chapter 2: The Cat\n\n{OTHER}\n"),
        ("1.txt", f"Chapter 1: Rain\n\n{STORY}\n\nTo be continued…\n\n***\n\nChapter 2: The Cat\n\n{OTHER}\n"),
        ("1.txt", f"CHAPTER ONE\nRAIN\n\n{STORY}\n\nCHAPTER TWO\nTHE CAT\n\n{OTHER}\n"),
    ],
)
def test_two_chapters_with_headings_are_two_chapters(name: str, text: str) -> None:
    first, second = read_all(name, text.encode())
    assert (first.number, second.number) == (1, 2)
    assert ((first.title or "").lower(), (second.title or "").lower()) == ("rain", "the cat")
    assert blocks_text(first.blocks) == STORY
    assert blocks_text(second.blocks) == OTHER
    assert not first.warnings
    assert not second.warnings


def test_front_matter_belongs_to_the_first_and_its_tags_to_all() -> None:
    text = f"---\nsummary: Wet.\nrating: T\n---\n\n# Chapter 1\n\n{STORY}\n\n# Chapter 2\n\n{OTHER}\n"
    first, second = read_all("1.md", text.encode())
    assert (first.summary, second.summary) == ("Wet.", None)
    assert first.tags["rating"] == second.tags["rating"] == "T"


def test_footnotes_go_with_their_references() -> None:
    text = (
        f"# Chapter 1\n\n{STORY}[^a]\n\n# Chapter 2\n\n{OTHER}[^b]\n\n[^a]: The first note.\n\n[^b]: The second note.\n"
    )
    first, second = read_all("1.md", text.encode())
    assert [blocks_text(note.blocks) for note in first.footnotes] == ["The first note."]
    assert [blocks_text(note.blocks) for note in second.footnotes] == ["The second note."]


def test_a_footnote_goes_with_the_footnote_that_refers_to_it() -> None:
    notes = "[^a]: The first note[^c].\n\n[^b]: The second note.\n\n[^c]: The third note."
    first, second = read_all("1.md", f"# Chapter 1\n\n{STORY}[^a]\n\n# Chapter 2\n\n{OTHER}[^b]\n\n{notes}\n".encode())
    assert [blocks_text(note.blocks) for note in first.footnotes] == ["The first note.", "The third note."]
    assert [blocks_text(note.blocks) for note in second.footnotes] == ["The second note."]


@pytest.mark.parametrize(
    "text",
    [
        f"# Chapter 1\n\n{STORY}\n\n{OTHER}\n",
        f"# Chapter 1\n\n{STORY}\n\nChapter 7\n\n{OTHER}\n",
        f"Chapter 1\n\nChapter 2\n\nChapter 3\n\n{STORY}\n",
        f"# Chapter 2\n\n{STORY}\n\n# Chapter 1\n\n{OTHER}\n",
        f"# Chapter 1\n\n{STORY}\n\n# Chapter 2\n",
    ],
)
def test_what_does_not_count_on_is_one_chapter(text: str) -> None:
    assert read_all("1.md", text.encode()) == (read("1.md", text.encode()),)


def test_a_second_heading_out_of_order_is_flagged() -> None:
    (chapter,) = read_all("1.md", f"# Chapter 1\n\n{STORY}\n\n# Chapter 7\n\n{OTHER}\n".encode())
    assert any("second chapter" in warning for warning in chapter.warnings)
