"""What the author tells of the chapters before."""

from tests.unit.manuscripts.prose import STORY, read_markdown, read_text, texts

from cliffhanger.manuscripts.document import blocks_text
from cliffhanger.manuscripts.english import ENGLISH
from cliffhanger.manuscripts.recaps import with_recap


def test_a_note_that_begins_with_previously_is_the_recap() -> None:
    chapter = with_recap(
        read_text(f"Chapter 3\n\nPreviously on The Harbour: Ada waited.\n\nA/N: Hello!\n\n{STORY}"), ENGLISH
    )

    assert blocks_text(chapter.recap) == "Ada waited."
    assert texts(chapter.notes_before) == ["Hello!"]


def test_a_recap_loses_its_label_and_the_dress_around_it() -> None:
    chapter = with_recap(read_markdown(f"# Chapter 3\n\n**Last time:** *Ada waited.*\n\n***\n\n{STORY}"), ENGLISH)

    assert blocks_text(chapter.recap) == "Ada waited."
    assert chapter.notes_before == ()


def test_the_front_matter_may_hold_it() -> None:
    chapter = read_markdown(f"---\nchapter: 3\npreviously: Ada *waited*.\nnote: Hello!\n---\n\n{STORY}")

    assert with_recap(chapter, ENGLISH) == chapter
    assert blocks_text(chapter.recap) == "Ada waited."
    assert texts(chapter.notes_before) == ["Hello!"]


def test_the_front_matter_may_say_where_the_notes_stand() -> None:
    chapter = read_markdown(f"---\nchapter: 3\nnotes: Before\nnote: Hello!\n---\n\n{STORY}")

    assert chapter.tags["notes"] == "before"
    assert texts(chapter.notes_before) == ["Hello!"]


def test_a_chapter_without_one_stays_as_it_is() -> None:
    chapter = read_text(f"Chapter 3\n\nA/N: Previously I wrote more.\n\n{STORY}")

    assert with_recap(chapter, ENGLISH) == chapter
