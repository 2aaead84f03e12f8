"""A chapter in parts that its author changes, takes back, renames or corrects."""

from __future__ import annotations

from tests.support.long_chapters import (
    ALL,
    BOTH,
    DAILY,
    SCENES,
    days,
    drop_long,
    last_word,
    long_chapter,
    read,
    subjects,
)
from tests.support.world import SERIES_YAML, World

from cliffhanger import keys
from cliffhanger.mailbody import MailBody, Place, fill
from cliffhanger.publishing import chapters
from cliffhanger.publishing.chapters import Stage


def test_a_chapter_that_has_grown_before_it_is_out_is_split_anew(followed: World) -> None:
    drop_long(followed)
    drop_long(followed, scenes=3 * SCENES)
    followed.minutes(15)
    assert read(followed) == list(range(1, 3 * SCENES + 1))


def test_a_chapter_that_has_shrunk_before_it_is_out_is_whole_again(followed: World) -> None:
    drop_long(followed)
    drop_long(followed, scenes=5)
    followed.minutes(15)
    assert subjects(followed) == ["Chapter 1: Night 1"]
    assert read(followed) == [1, 2, 3, 4, 5]


def test_another_setting_before_it_is_out_makes_it_anew(followed: World) -> None:
    drop_long(followed)
    followed.series(yaml=SERIES_YAML + "long_chapters: cut\n")
    followed.minutes(15)
    assert subjects(followed) == ["Chapter 1: Night 1"]


def test_it_may_be_taken_back(followed: World) -> None:
    drop_long(followed)
    followed.delete("lantern/01.md")
    followed.minutes(15)
    assert followed.got("ada") == []
    assert "Chapter 1, part 1 of 2: Night 1 (with 1 more)" in last_word(followed)
    drop_long(followed)
    followed.minutes(15)
    assert read(followed) == ALL


def test_taken_back_between_its_parts_what_is_out_is_shown_no_more_and_the_rest_does_not_come(followed: World) -> None:
    followed.series(yaml=DAILY)
    drop_long(followed)
    followed.minutes(15)
    followed.delete("lantern/01.md")
    days(followed, 2)
    assert subjects(followed) == BOTH[:1]
    heads = [mail.text for mail in followed.words()[-2:]]
    assert ["part 2 of 2" in text for text in heads] == [True, False]
    assert ["part 1 of 2" in text for text in heads] == [False, True]
    drop_long(followed)
    days(followed, 1)
    assert subjects(followed) == BOTH
    assert read(followed) == ALL


def test_a_renamed_file_is_the_same_chapter_in_the_same_parts(followed: World) -> None:
    drop_long(followed)
    followed.minutes(15)
    followed.drop("lantern/one.md", long_chapter())
    followed.delete("lantern/01.md")
    followed.minutes(15)
    assert subjects(followed) == BOTH


def test_two_long_chapters_of_one_file_go_out_in_their_parts(followed: World) -> None:
    followed.drop("lantern/both.md", long_chapter(1) + "\n\n" + long_chapter(2))
    followed.minutes(15)
    assert subjects(followed) == [*BOTH, "Chapter 2, part 1 of 2: Night 2", "Chapter 2, part 2 of 2: Night 2"]


def text_of(world: World, number: int) -> str:
    """What a late reader gets at a position."""
    item = world.table.get(keys.position("lantern", number))
    assert item
    data = world.content.get(item["issue"])
    assert data
    return fill(MailBody.from_json(data).text, dict.fromkeys(Place, ""))


def test_a_correction_of_a_chapter_that_is_out_keeps_its_parts_and_where_they_end(followed: World) -> None:
    drop_long(followed)
    followed.minutes(15)
    drop_long(followed, s3="She lost count.", s40="She lost it again.")
    followed.minutes(15)
    assert subjects(followed) == BOTH
    assert "She lost count." in text_of(followed, 1)
    assert "She lost it again." in text_of(followed, 2)
    assert "Scene 24 begins." in text_of(followed, 1)
    assert "Scene 25 begins." in text_of(followed, 2)


def test_a_correction_between_two_parts_loses_nothing_for_who_has_the_first(followed: World) -> None:
    followed.series(yaml=DAILY)
    drop_long(followed)
    followed.minutes(15)
    drop_long(followed, s2="It was late. " * 300, s48="The end was near.")  # alone it would be split elsewhere
    days(followed, 1)
    assert subjects(followed) == BOTH
    assert read(followed) == ALL
    assert "The end was near." in followed.issues("ada")[1].text


def test_a_chapter_that_went_out_whole_and_has_grown_since_is_cut(followed: World) -> None:
    drop_long(followed, scenes=20)
    followed.minutes(15)
    drop_long(followed)
    followed.minutes(15)
    assert subjects(followed) == ["Chapter 1: Night 1"]
    assert "Read on: " in text_of(followed, 1)


def test_a_chapter_that_has_shrunk_since_keeps_its_parts(followed: World) -> None:
    drop_long(followed)
    followed.minutes(15)
    drop_long(followed, scenes=26)
    followed.minutes(15)
    assert "Scene 24 begins." in text_of(followed, 1)
    assert "Scene 26 begins." in text_of(followed, 2)
    assert subjects(followed) == BOTH


def test_a_part_that_is_empty_now_and_not_out_yet_is_withdrawn(followed: World) -> None:
    followed.series(yaml=DAILY)
    drop_long(followed)
    followed.minutes(15)
    followed.drop("lantern/01.md", "# Chapter 1: Night 1\n\nThe lamp burned.\n")
    days(followed, 2)
    assert subjects(followed) == BOTH[:1]
    record = chapters.find(followed.table, "lantern", "chapter-1-part-2")
    assert record
    assert record.stage is Stage.WITHDRAWN


def test_resend_sends_the_parts_that_say_something_new(followed: World) -> None:
    drop_long(followed)
    followed.minutes(15)
    changed = long_chapter(s3="She lost count.", s40="She lost it again.")
    followed.drop("lantern/01.md", "---\nresend: true\n---\n" + changed)
    followed.minutes(15)
    assert subjects(followed) == BOTH * 2
    assert read(followed) == ALL * 2
