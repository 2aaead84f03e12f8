"""The layout that matters most comes out exactly, on one page of our own."""

from tests.unit.manuscripts.prose import STORY, read_text, texts

from cliffhanger.manuscripts.document import as_document, blocks_text
from cliffhanger.manuscripts.model import Kind
from cliffhanger.manuscripts.read import read

PAGE = f"""Disclaimer: The sea belongs to nobody. The harbour master is mine; the gulls aren't.

Summary: It picks up where the ferry left. Ada waits… and Ben does not say why.

A/N: Hello again! This one is short, I know.

Chapter 1: Low Tide: A Beginning

{STORY}

To be continued…

A/N: Thank you for waiting. A/N: The "ferry" is real—look it up.

Please review. It keeps the lamp burning."""


def test_every_part_of_the_layout_comes_out() -> None:
    chapter = read_text(PAGE)

    assert (chapter.kind, chapter.number, chapter.title) == (Kind.CHAPTER, 1, "Low Tide: A Beginning")
    assert chapter.disclaimer == "The sea belongs to nobody. The harbour master is mine; the gulls aren't."
    assert chapter.summary == "It picks up where the ferry left. Ada waits… and Ben does not say why."
    assert texts(chapter.notes_before) == ["Hello again! This one is short, I know."]
    assert chapter.closing == "To be continued…"
    assert texts(chapter.notes_after) == [
        "Thank you for waiting.",
        'The "ferry" is real—look it up.',
        "Please review. It keeps the lamp burning.",
    ]
    assert chapter.warnings == ()


def test_the_body_keeps_its_exact_punctuation() -> None:
    assert blocks_text(read_text(PAGE).blocks) == STORY


def test_it_reads_the_same_whatever_the_line_ends_and_the_encoding() -> None:
    expected = as_document(read_text(PAGE))
    for data in (
        PAGE.encode("utf-8-sig"),
        PAGE.replace("\n", "\r\n").encode("utf-16"),
        PAGE.encode("cp1252"),
        PAGE.replace("\n", "\r").encode("mac_roman"),
    ):
        assert as_document(read("draft.txt", data)) == expected


def test_it_reads_the_same_in_a_markdown_file() -> None:
    assert as_document(read("one.md", PAGE.encode())) == as_document(read_text(PAGE, "one.txt"))


def test_no_part_is_needed_but_the_story() -> None:
    chapter = read_text(STORY, "07.txt")

    assert blocks_text(chapter.blocks) == STORY
    assert (chapter.number, chapter.title, chapter.notes_before, chapter.closing) == (7, None, (), None)
