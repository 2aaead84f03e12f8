"""The end of a file: closing lines, notes after, appeals, teasers; and stories that only sound like an end."""

import pytest
from tests.unit.manuscripts.prose import STORY, read_text, texts

from cliffhanger.manuscripts.document import blocks_text

HEAD = f"Chapter 3: Rain\n\n{STORY}"


@pytest.mark.parametrize(
    ("line", "closing"),
    [
        ("To be continued…", "To be continued…"),
        ("TO BE CONTINUED...", "TO BE CONTINUED..."),
        ("*To be continued.*", "To be continued."),
        ("TBC", "TBC"),
        ("TBC? You tell me!", "TBC? You tell me!"),
        ("The End", "The End"),
        ("~ Fin ~", "Fin"),
        ("-END-", "END"),
        ("End of Chapter 3", "End of Chapter 3"),
        ("[End Chapter Three]", "End Chapter Three"),
    ],
)
def test_a_closing_line_is_taken_from_the_story(line: str, closing: str) -> None:
    chapter = read_text(f"{HEAD}\n\n{line}\n\n")

    assert (chapter.closing, blocks_text(chapter.blocks)) == (closing, STORY)


@pytest.mark.parametrize(
    "end",
    [
        "“The End,” said Ada.",
        "The End.\n\nBen closed the book and looked at the sea.\n\n“Is that all?” said Ada.",
        "To be continued, she thought, was what cowards wrote.",
        "It was the end.",
        "Please God, let the boats come in.",
    ],
)
def test_a_story_may_speak_of_ends(end: str) -> None:
    chapter = read_text(f"{HEAD}\n\n{end}")

    assert chapter.closing is None
    assert blocks_text(chapter.blocks) == f"{STORY}\n\n{end}"


@pytest.mark.parametrize(
    "appeal",
    [
        "Please review.",
        "Please R&R!!",
        "Reviews are love.",
        "Let me know what you think!",
        "Thanks for reading, everyone.",
        "Hope you enjoyed it!",
    ],
)
def test_an_appeal_without_a_label_is_a_note(appeal: str) -> None:
    chapter = read_text(f"{HEAD}\n\n{appeal}")

    assert texts(chapter.notes_after) == [appeal]
    assert blocks_text(chapter.blocks) == STORY


def test_notes_on_one_line_come_apart() -> None:
    chapter = read_text(f"{HEAD}\n\nTo be continued... A/N: one. A/N: two.")

    assert chapter.closing == "To be continued..."
    assert texts(chapter.notes_after) == ["one.", "two."]


def test_unlabelled_lines_under_the_closing_are_notes() -> None:
    chapter = read_text(f"{HEAD}\n\n~~~\n\nTBC...\n\n~~~\n\nBe gentle, it is my first.\n\nxoxo Mary")

    assert texts(chapter.notes_after) == ["Be gentle, it is my first.", "xoxo Mary"]
    assert blocks_text(chapter.blocks) == STORY


def test_a_label_alone_holds_all_that_follows_it() -> None:
    chapter = read_text(f"{HEAD}\n\nAuthor's Notes:\n\nThis took long.\n\nIt was worth it.")

    assert texts(chapter.notes_after) == ["This took long.\n\nIt was worth it."]


def test_a_teaser_is_a_note_that_keeps_its_label() -> None:
    assert texts(read_text(f"{HEAD}\n\nTBC\n\nNext up: the storm.").notes_after) == ["Next up: the storm."]


def test_no_blank_lines_are_needed() -> None:
    chapter = read_text(f"{HEAD}\n\nTo be continued…\nA/N: no blank line\n".replace("\n\n", "\n"))

    assert (chapter.closing, texts(chapter.notes_after)) == ("To be continued…", ["no blank line"])
    assert len(chapter.blocks) == 3


def test_a_phones_signature_is_no_story() -> None:
    assert blocks_text(read_text(f"{HEAD}\n\nSent from my iPhone").blocks) == STORY
