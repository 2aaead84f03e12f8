"""Labels count at the top and at the end of a file, in all their forms; never in the middle of the story."""

import pytest
from tests.unit.manuscripts.prose import SENTENCE, STORY, read_markdown, read_text, texts

from cliffhanger.manuscripts.document import blocks_text

NOTE_LABELS = [
    "A/N: Hello all.",
    "A/N Hello all.",
    "a/n: Hello all.",
    "AN: Hello all.",
    "A/N 2: Hello all.",
    "Author's Note: Hello all.",
    "Author’s note - Hello all.",
    "AUTHOR’S NOTES: Hello all.",
    "[A/N: Hello all.]",
    "(A/N: Hello all.)",
    "Notes: Hello all.",
    "**A/N:** Hello all.",
    "*A/N: Hello all.*",
    "_Author’s Note:_ Hello all.",
    "Author's Note\n\nHello all.",
    "Auther's Note: Hello all.",
]


@pytest.mark.parametrize("note", NOTE_LABELS)
def test_a_note_before_and_a_note_after_lose_their_label(note: str) -> None:
    chapter = read_text(f"Chapter 3: Rain\n\n{note}\n\n{STORY}\n\n{note}")

    assert texts(chapter.notes_before) == texts(chapter.notes_after) == ["Hello all."]
    assert blocks_text(chapter.blocks) == STORY


@pytest.mark.parametrize("note", NOTE_LABELS[:-1])
def test_a_note_may_stand_above_the_heading_and_in_markdown(note: str) -> None:
    chapter = read_markdown(f"{note}\n\n# Chapter 3: Rain\n\n{STORY}")

    assert texts(chapter.notes_before) == ["Hello all."]
    assert (chapter.number, blocks_text(chapter.blocks)) == (3, STORY)


def test_a_note_above_the_heading_goes_on_until_the_heading() -> None:
    chapter = read_text(f"A/N: One thing.\n\nAnother thing.\n\nChapter 3: Rain\n\n{STORY}")

    assert texts(chapter.notes_before) == ["One thing.\n\nAnother thing."]


def test_misspelt_labels_are_understood() -> None:
    chapter = read_text(f"Disclamer: Not mine.\nSumary: She waits.\n\nChapter 3\n\n{STORY}")

    assert (chapter.disclaimer, chapter.summary) == ("Not mine.", "She waits.")


def test_tags_stand_one_a_line_or_between_bars() -> None:
    lines = read_text(f"Rating: T\nPairing: Ada/Ben\nCW: storms\nBeta: Cleo\n\nChapter 3\n\n{STORY}")
    bars = read_text(f"Rating: T | Pairing: Ada/Ben | Genre: Drama\n\nChapter 3\n\n{STORY}")

    assert lines.tags == {"rating": "T", "pairing": "Ada/Ben", "warnings": "storms", "beta": "Cleo"}
    assert bars.tags == {"rating": "T", "pairing": "Ada/Ben", "genre": "Drama"}


def test_a_words_to_the_readers_above_the_heading_needs_no_label() -> None:
    chapter = read_text(f"Hi everyone! Sorry for the late update.\n\nChapter 3: Rain\n\n{STORY}")

    assert texts(chapter.notes_before) == ["Hi everyone! Sorry for the late update."]


def test_a_recap_is_a_note_that_keeps_its_label() -> None:
    chapter = read_text(f"Chapter 3\n\nPreviously on The Harbour: Ada waited.\n\n{STORY}")

    assert texts(chapter.notes_before) == ["Previously on The Harbour: Ada waited."]


@pytest.mark.parametrize(
    "line",
    [
        "“A/N,” said Ada, “is a label.”",
        "“Summary: we drown,” said Ben.",
        "Status: missing. That was all the board said.",
        "An hour later the ferry came.",
        "Noted: one lamp, one chair, one cat.",
    ],
)
def test_a_story_that_begins_like_a_label_stays_story(line: str) -> None:
    chapter = read_text(f"Chapter 3\n\n{line}\n\n{STORY}")

    assert blocks_text(chapter.blocks) == f"{line}\n\n{STORY}"


def test_a_summary_is_said_once_and_the_second_is_story() -> None:
    chapter = read_text(f"Summary: Rain.\n\nChapter 3\n\nSummary: the roof leaked, and so did Ben.\n\n{STORY}")

    assert chapter.summary == "Rain."
    assert blocks_text(chapter.blocks).startswith("Summary: the roof leaked")


def test_a_label_in_the_middle_of_the_story_stays_and_is_told() -> None:
    chapter = read_text(f"Chapter 3\n\n{SENTENCE * 8}A/N: I cried here.\n\n{SENTENCE * 20}")

    assert "A/N: I cried here." in blocks_text(chapter.blocks)
    assert "inside the story" in chapter.warnings[0]


def test_a_site_puts_furniture_around_the_story() -> None:
    page = f"Chapter 3\n\n(See the end of the chapter for notes.)\n\nChapter Text\n\n{STORY}\n\n<< Previous | Next >>"
    chapter = read_text(f"{page}\n\nPosted originally on the Archive at some address.")

    assert blocks_text(chapter.blocks) == STORY
    assert (chapter.notes_before, chapter.notes_after) == ((), ())
