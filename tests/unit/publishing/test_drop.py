"""Promises 7 and 10: what a drop does, whatever order, number or shape it comes in."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.support.world import SERIES_YAML, SETTINGS, World

from cliffhanger import keys
from cliffhanger.clock import MINUTE
from cliffhanger.publishing import ingest
from cliffhanger.publishing.release import let_go

FIRST = "# Chapter 1: Night 1\n\nThe lamp burned. It was night 1.\n"


def subjects(world: World, recipient: str = "mara@example.org") -> list[str]:
    world.post_letters()
    return [mail.subject for mail in world.words(recipient)]


def test_each_drop_is_answered_with_what_was_understood_and_when_it_goes_out(world: World) -> None:
    world.series()
    world.drop("lantern/01.md", "---\nsummary: A lamp.\n---\n" + FIRST)
    world.post_letters()
    word = world.words()[-1]
    assert "Chapter 1: Night 1" in word.subject
    assert "The lamp burned." in word.text
    assert "The lamp burned." in word.html
    assert "It goes out on " in word.text
    assert "delete" in word.text
    assert word.headers["Auto-Submitted"] == "auto-generated"


def test_a_chapter_waits_for_its_grace(world: World) -> None:
    world.series()
    world.chapter(1)
    world.minutes(9)
    assert "newest" not in world.meta()
    world.minutes(1)
    assert world.meta()["newest"] == 1


def test_the_same_event_again_changes_nothing(world: World) -> None:
    world.series()
    world.chapter(1)
    before = len(subjects(world))
    for _ in range(3):
        ingest.take(world.desk, "lantern/01.md")
        ingest.take(world.desk, "lantern/series.yaml")
    assert len(subjects(world)) == before


def test_the_same_text_dropped_again_changes_nothing(world: World) -> None:
    world.series()
    world.release(1)
    before = len(subjects(world))
    world.chapter(1)
    assert len(subjects(world)) == before


def test_chapters_dropped_in_the_wrong_order_go_out_in_the_right_one(world: World) -> None:
    world.series()
    world.join("ada")
    for number in (3, 1, 2):
        world.chapter(number)
        world.time += MINUTE
    world.minutes(12)
    labels = [mail.subject for mail in world.issues("ada")]
    assert [f"Night {n}" in label for n, label in enumerate(labels, start=1)] == [True] * 3


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("colour: #ffd000", "Colour: ours; one of your own needs quotes"),
        ('colour: "#ffd000"', "Colour: #ffd000, made darker so that it can be read: #806800"),
    ],
)
def test_the_author_is_told_how_the_settings_were_understood(world: World, line: str, told: str) -> None:
    world.series(yaml=f"{SERIES_YAML}{line}\n")
    world.post_letters()
    assert told in world.words()[-1].text


def test_series_yaml_may_come_after_its_chapters(world: World) -> None:
    world.chapter(1)
    world.post_letters()
    assert [mail for mail in world.words("operator@example.org") if "series.yaml" in mail.text]
    world.series()
    assert any("Chapter 1: Night 1" in subject for subject in subjects(world))
    world.join("ada")
    world.minutes(11)
    mail = world.issues("ada")[0]
    assert "The Lantern Road" in mail.subject
    assert "Mara Quill" in mail.text


def test_deleting_the_file_before_it_goes_out_takes_it_back(world: World) -> None:
    world.series()
    world.join("ada")
    world.chapter(1)
    world.time += MINUTE
    world.delete("lantern/01.md")
    world.minutes(20)
    assert world.got("ada") == []
    assert world.words()[-1].subject != world.words()[-2].subject
    assert "01.md" in world.words()[-1].text


def test_a_file_taken_back_may_be_dropped_again(world: World) -> None:
    world.series()
    world.join("ada")
    world.chapter(1)
    world.delete("lantern/01.md")
    world.chapter(1)
    world.minutes(11)
    assert world.got("ada") == [1]


def test_deleting_it_later_is_answered_once_and_takes_it_from_who_has_not_had_it(world: World) -> None:
    world.series()
    world.release(1, 2)
    answered = len(subjects(world))
    world.delete("lantern/01.md")
    ingest.take(world.desk, "lantern/01.md")
    assert subjects(world)[answered:] == ["Withdrawn: The Lantern Road · Chapter 1: Night 1"]
    world.join("ada", start="first")
    world.minutes(2)
    assert world.got("ada") == [2]


def test_a_chapter_taken_back_and_dropped_again_goes_to_who_comes_to_it_from_then_on(world: World) -> None:
    world.series()
    world.release(1)
    world.delete("lantern/01.md")
    world.join("ada")
    world.minutes(2)
    world.chapter(1)
    world.minutes(2)
    assert subjects(world)[-1] == "Shown again: The Lantern Road · Chapter 1: Night 1"
    world.join("ben", start="first")
    world.release(2)
    world.minutes(2)
    assert (world.got("ada"), world.got("ben")[0]) == ([2], 1)


def test_a_chapter_taken_back_goes_to_everybody_once_more_if_it_asks_for_it(world: World) -> None:
    world.series()
    world.release(1)
    world.join("ada")
    world.minutes(2)
    world.delete("lantern/01.md")
    world.drop("lantern/01.md", "---\nresend: true\n---\n# Chapter 1: Night 1\n\nThe lamp burned again.\n")
    world.minutes(15)
    assert world.got("ada") == [1, 2]


def test_each_taking_back_is_answered(world: World) -> None:
    world.series()
    world.release(1)
    for _ in range(2):
        world.time += 60_000
        world.delete("lantern/01.md")
        world.chapter(1)
    told = [subject.partition(":")[0] for subject in subjects(world)]
    assert told[-4:] == ["Withdrawn", "Shown again"] * 2


def test_a_correction_reaches_later_readers_and_nobody_twice(world: World) -> None:
    world.series()
    world.release(1)
    world.join("ada")
    world.work()
    world.drop("lantern/01.md", FIRST.replace("burned", "glowed"))
    world.minutes(20)
    world.join("ben")
    world.minutes(2)
    assert world.got("ada") == [1]
    assert "burned" in world.issues("ada")[0].text
    assert world.got("ben") == [1]
    assert "glowed" in world.issues("ben")[0].text


@pytest.mark.parametrize("data", [b"", b"   \n", bytes(range(256)) * 40])
def test_a_file_that_cannot_be_read_stays_and_the_author_hears_why(world: World, data: bytes) -> None:
    world.series()
    world.drop("lantern/01.txt", data)
    world.chapter(1)
    assert world.tallied["ManuscriptRefused"] == 1
    assert "lantern/01.txt" in world.manuscripts.objects
    world.post_letters()
    assert any("01.txt" in mail.text for mail in world.words())
    world.join("ada")
    world.minutes(11)
    assert len(world.got("ada")) == 1


def test_a_refused_file_is_answered_once(world: World) -> None:
    world.series()
    world.drop("lantern/01.txt", b"")
    answered = len(subjects(world))
    ingest.take(world.desk, "lantern/01.txt")
    assert len(subjects(world)) == answered


def test_a_refused_file_mended_under_its_name_goes_out(world: World) -> None:
    world.series()
    world.join("ada")
    world.drop("lantern/01.md", b"")
    world.chapter(1)
    world.minutes(11)
    assert world.got("ada") == [1]


def test_a_notice_without_a_story_is_never_mailed(world: World) -> None:
    world.series()
    world.join("ada")
    world.drop(
        "lantern/02.txt", "Chapter 9: Author’s Note\n\nA/N: I am on holiday until spring. No chapter this time!\n"
    )
    world.minutes(20)
    assert world.got("ada") == []
    assert any("02.txt" in mail.text for mail in world.words())


def test_more_than_three_at_once_wait_for_the_authors_word(world: World) -> None:
    world.series()
    world.join("ada")
    world.release(1, 2, 3, 4)
    world.minutes(5)
    assert world.got("ada") == []
    held = [mail for mail in world.words() if "/release/lantern/" in mail.text]
    assert len(held) == 1
    let_go(world.table, "lantern", world.time)
    world.minutes(2)
    assert world.got("ada") == [1, 2, 3, 4]


def test_a_second_file_for_the_same_chapter_is_told_apart_and_the_author_warned(world: World) -> None:
    world.series()
    world.chapter(1)
    world.drop("lantern/one-again.md", FIRST.replace("burned", "glowed"))
    world.post_letters()
    assert "01.md" in world.words()[-1].text
    assert world.table.get(keys.chapter("lantern", "chapter-1-2"))


@pytest.mark.parametrize("key", ["loose.md", "Bad Name/01.md", "lantern/drafts/01.md"])
def test_a_file_in_no_series_is_counted_and_left_alone(world: World, key: str) -> None:
    world.drop(key, FIRST)
    assert world.tallied["MisplacedFile"] == (0 if "/" not in key else 1)
    assert world.table.get(keys.chapter("lantern", "chapter-1")) is None


@pytest.mark.parametrize("name", [".DS_Store", "~$chapter.docx", "Thumbs.db", ".01.md.swp", ""])
def test_what_desktops_leave_behind_is_passed_over(world: World, name: str) -> None:
    world.drop(f"lantern/{name}", b"\x00\x01")
    assert not world.tallied


def test_without_any_address_a_word_is_only_counted() -> None:
    world = World(replace(SETTINGS, operator_address=None))
    world.chapter(1)
    assert world.tallied["WordWithoutAddress"]
