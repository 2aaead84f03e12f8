"""What files say of each other: numbers twice, numbers left out, new names, second thoughts."""

from __future__ import annotations

import pytest
from tests.support.world import KEYS, SERIES_YAML, World

from cliffhanger import links
from cliffhanger.publishing import ingest
from cliffhanger.web import releasing

FIRST = "# Chapter 1: Night 1\n\nThe lamp burned. It was night 1.\n"
CHANGED = FIRST.replace("burned", "glowed")
NOTICE = "Chapter 9: Author’s Note\n\nA/N: I am on holiday until spring. No chapter this time!\n"


@pytest.fixture
def followed(world: World) -> World:
    world.series()
    world.join("ada")
    world.work()
    return world


def let_go(world: World) -> None:
    assert releasing.go(world.site, "lantern", links.sign("release", "lantern", "0" * 16, KEYS)).status == 200


def last_word(world: World) -> str:
    world.post_letters()
    return world.words()[-1].text


def titles(world: World, name: str = "ada") -> list[str]:
    return [mail.subject.rpartition("Night ")[2] for mail in world.issues(name)]


def test_a_number_that_is_there_already_waits_for_the_authors_word(followed: World) -> None:
    followed.release(1)
    followed.drop("lantern/one-again.md", CHANGED)
    assert "01.md, stands at the same place" in last_word(followed)
    followed.minutes(30)
    assert followed.got("ada") == [1]
    let_go(followed)
    followed.minutes(5)
    assert followed.got("ada") == [1, 2]


def test_a_double_whose_number_is_mended_goes_out(followed: World) -> None:
    followed.release(1)
    followed.drop("lantern/two.md", CHANGED)
    followed.drop("lantern/two.md", CHANGED.replace("Chapter 1: Night 1", "Chapter 2: Night 2"))
    followed.minutes(15)
    assert titles(followed) == ["1", "2"]


def test_a_missing_predecessor_holds_what_follows_until_it_comes(followed: World) -> None:
    followed.release(1)
    followed.chapter(3)
    assert "It waits for chapter 2" in last_word(followed)
    followed.minutes(30)
    assert titles(followed) == ["1"]
    followed.chapter(2)
    followed.minutes(15)
    assert titles(followed) == ["1", "2", "3"]


def test_a_story_may_begin_anywhere_if_the_author_says_so(followed: World) -> None:
    followed.chapter(12)
    followed.minutes(15)
    assert followed.got("ada") == []
    let_go(followed)
    followed.chapter(13)
    followed.minutes(15)
    assert titles(followed) == ["12", "13"]


@pytest.mark.parametrize("number", ["1.5", "2"])
def test_a_number_between_two_needs_only_the_one_before(followed: World, number: str) -> None:
    followed.chapter(1)
    followed.drop("lantern/next.md", FIRST.replace("Chapter 1: Night 1", f"Chapter {number}: Night {number}"))
    followed.minutes(15)
    assert titles(followed) == ["1", number]


def test_numbers_may_begin_again_in_a_new_part(followed: World) -> None:
    for part, number, night in (("One", 1, 1), ("One", 2, 2), ("Two", 1, 3)):
        followed.drop(
            f"lantern/{night}.txt", f"Part {part}, Chapter {number}: Night {night}\n\nThe lamp {night} burned.\n"
        )
    followed.minutes(15)
    assert titles(followed) == ["1", "2", "3"]


def test_an_interlude_follows_the_chapter_that_was_there_when_it_came(followed: World) -> None:
    followed.chapter(1)
    followed.pass_seconds(1)
    followed.drop("lantern/inter.md", "# Interlude: Night 1b\n\nThe lamp slept.\n")
    followed.pass_seconds(1)
    followed.chapter(2)
    followed.minutes(15)
    assert titles(followed) == ["1", "1b", "2"]


def test_a_renamed_file_is_the_same_chapter_in_whatever_order_the_events_come(followed: World) -> None:
    followed.release(1)
    words = len(followed.words())
    followed.drop("lantern/chapter-one.md", FIRST)
    followed.delete("lantern/01.md")
    followed.minutes(20)
    assert titles(followed) == ["1"]
    assert len(followed.words()) == words
    followed.delete("lantern/chapter-one.md")
    followed.drop("lantern/first.md", FIRST)
    followed.minutes(20)
    assert titles(followed) == ["1"]


@pytest.mark.parametrize("delete_first", [False, True])
def test_a_file_renamed_before_it_is_out_goes_out_once(followed: World, delete_first: bool) -> None:
    followed.chapter(1)
    if delete_first:
        followed.delete("lantern/01.md")
    followed.drop("lantern/chapter-one.md", FIRST)
    if not delete_first:
        followed.delete("lantern/01.md")
    followed.minutes(20)
    assert titles(followed) == ["1"]


def test_a_file_renamed_and_changed_is_a_correction(followed: World) -> None:
    followed.release(1)
    followed.delete("lantern/01.md")
    followed.drop("lantern/chapter-one.md", CHANGED)
    followed.minutes(20)
    followed.join("ben")
    followed.minutes(2)
    assert titles(followed) == ["1"]
    assert "glowed" in followed.issues("ben")[0].text


def test_a_file_changed_back_is_a_correction_too(followed: World) -> None:
    followed.release(1)
    followed.drop("lantern/01.md", CHANGED)
    followed.drop("lantern/01.md", FIRST)
    followed.join("ben")
    followed.minutes(2)
    assert "burned" in followed.issues("ben")[0].text


def test_resend_makes_a_new_issue_and_late_readers_get_it_once(followed: World) -> None:
    followed.release(1)
    followed.work()
    followed.drop("lantern/01.md", "---\nresend: true\n---\n" + CHANGED)
    ingest.take(followed.desk, "lantern/01.md")
    followed.minutes(15)
    assert followed.got("ada") == [1, 2]
    assert "glowed" in followed.issues("ada")[1].text
    followed.join("ben", start="first")
    followed.minutes(5)
    assert followed.got("ben") == [2]


def test_straight_quotes_become_typographic_only_if_the_series_asks_for_it(followed: World) -> None:
    spoken = '# Chapter 1: Night 1\n\n"It\'s late," she said to the lamp.\n'
    followed.drop("lantern/01.md", spoken)
    followed.minutes(15)
    assert '"It\'s late," she said' in followed.issues("ada")[0].text
    followed.series(yaml=SERIES_YAML + "typographic_quotes: true\n")
    followed.drop("lantern/02.md", spoken.replace("1", "2"))
    followed.minutes(15)
    assert "“It’s late,” she said" in followed.issues("ada")[1].text


def test_a_notice_goes_out_only_by_the_authors_word(followed: World) -> None:
    followed.release(1)
    followed.drop("lantern/holiday.txt", NOTICE)
    assert "holds notes and no story" in last_word(followed)
    followed.minutes(30)
    assert followed.got("ada") == [1]
    let_go(followed)
    followed.minutes(15)
    assert followed.got("ada") == [1, 2]
    assert "I am on holiday until spring." in followed.issues("ada")[1].text


LONG = "The lamp burned, and nobody counted it; the mist came up at nineteen, and the geese said what geese say."


def test_two_chapters_in_one_file_go_out_as_two(followed: World) -> None:
    both = f"# Chapter 1: Night 1\n\n{LONG}\n\n# Chapter 2: Night 2\n\n{LONG}\n"
    followed.drop("lantern/both.md", both)
    followed.minutes(15)
    assert titles(followed) == ["1", "2"]
    ingest.take(followed.desk, "lantern/both.md")
    followed.minutes(15)
    assert titles(followed) == ["1", "2"]


def test_a_chapter_cut_out_of_such_a_file_in_time_is_withdrawn(followed: World) -> None:
    both = f"# Chapter 1: Night 1\n\n{LONG}\n\n# Chapter 2: Night 2\n\n{LONG}\n"
    followed.drop("lantern/both.md", both)
    followed.drop("lantern/both.md", both.partition("# Chapter 2")[0])
    followed.minutes(30)
    assert titles(followed) == ["1"]
