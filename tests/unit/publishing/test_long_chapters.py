"""A chapter that one mail can't hold, from the drop to its readers."""

from __future__ import annotations

from typing import Any

import pytest
from tests.support.long_chapters import (
    ALL,
    BOTH,
    DAILY,
    SCENES,
    WEEKLY,
    days,
    drop_long,
    last_word,
    long_chapter,
    read,
    subjects,
)
from tests.support.world import KEYS, SERIES_YAML, World

from cliffhanger import keys, links
from cliffhanger.clock import as_datetime
from cliffhanger.mailbody import LIMIT, size
from cliffhanger.publishing import ingest
from cliffhanger.web import releasing


def test_it_comes_in_two_mails_at_once_and_nothing_of_it_is_lost(followed: World) -> None:
    drop_long(followed)
    followed.minutes(12)
    assert subjects(followed) == BOTH
    assert read(followed) == ALL
    assert "Part 2 of 2 follows in the next mail." in followed.issues("ada")[0].text
    for mail in followed.issues("ada"):
        assert size((mail.html,)) <= LIMIT


def test_its_author_is_told_in_how_many_parts_it_goes_out_and_where_each_ends(followed: World) -> None:
    drop_long(followed)
    word = last_word(followed)
    assert "it goes out in 2 parts, sent together." in word
    assert "- Part 1, " in word
    assert "ends with: …" in word
    assert "Chapter 1, part 1 of 2" in word
    followed.series(yaml=DAILY)
    followed.post_letters()
    assert "it goes out in 2 parts, a day apart." in followed.words()[-2].text


def test_the_chapter_after_its_parts_tells_what_happened_in_it_and_what_its_author_says_later(followed: World) -> None:
    long = "Summary: She counts.\n\n" + long_chapter()
    followed.drop("lantern/01.md", long)
    followed.minutes(12)
    followed.drop("lantern/02.md", "# Chapter 2: Day\n\nIt was light.\n")
    followed.minutes(12)
    part, after = followed.issues("ada")[1:]
    assert "Previously: She counts." in after.text
    assert "Previously" not in part.text

    followed.drop("lantern/01.md", long.replace("She counts.", "She counts lamps."))
    followed.join("ben", "first")
    days(followed, 5)
    assert "Previously: She counts lamps." in followed.issues("ben")[2].text


def test_its_parts_have_subjects_of_their_own_in_the_authors_own_pattern_too(followed: World) -> None:
    followed.series(yaml=SERIES_YAML + 'subject: "{series} #{number}: {title}"\n')
    drop_long(followed)
    followed.minutes(12)
    assert [mail.subject for mail in followed.issues("ada")] == [
        "The Lantern Road #1, part 1 of 2: Night 1",
        "The Lantern Road #1, part 2 of 2: Night 1",
    ]


def test_one_word_for_one_drop(followed: World) -> None:
    drop_long(followed)
    followed.post_letters()
    words = len(followed.words())
    ingest.take(followed.desk, "lantern/01.md")
    followed.minutes(20)
    assert len(followed.words()) == words == 2


def test_an_author_near_the_limit_hears_of_it(followed: World) -> None:
    drop_long(followed, scenes=26)
    assert "% of what Gmail shows; a longer chapter goes out in parts, sent together." in last_word(followed)
    assert "parts" not in _answered(followed, scenes=3)


def _answered(world: World, **more: Any) -> str:
    drop_long(world, 2, **more)
    return last_word(world)


def test_a_day_apart_the_second_part_comes_the_next_day(followed: World) -> None:
    followed.series(yaml=DAILY)
    drop_long(followed)
    followed.chapter(2)
    followed.minutes(20)
    assert subjects(followed) == BOTH[:1]
    assert "follows tomorrow" in followed.issues("ada")[0].text
    days(followed, 1)
    assert subjects(followed) == [*BOTH, "Chapter 2: Night 2"]
    assert read(followed) == ALL


def test_cut_ends_its_mail_with_a_link_to_read_on(followed: World) -> None:
    followed.series(yaml=SERIES_YAML + "long_chapters: cut\n")
    drop_long(followed)
    assert "its mail ends with a link to read on." in last_word(followed)
    followed.minutes(12)
    assert subjects(followed) == ["Chapter 1: Night 1"]
    assert "Read on: " in followed.issues("ada")[0].text


NOTE = "\n\n---\n\nA/N: " + "Thanks to all who wrote. " * 5_000


@pytest.mark.parametrize(("scenes", "expected"), [(SCENES, BOTH), (3, ["Chapter 1: Night 1"])])
def test_a_note_that_no_mail_can_hold_is_on_its_page_and_all_of_the_story_in_the_mails(
    followed: World, scenes: int, expected: list[str]
) -> None:
    followed.drop("lantern/01.md", long_chapter(scenes=scenes) + NOTE)
    assert "Notes of it are too long for a mail, which leads to its page for them." in last_word(followed)
    followed.minutes(12)
    assert subjects(followed) == expected
    assert read(followed) == list(range(1, scenes + 1))
    last = followed.issues("ada")[-1]
    assert "Author’s note: Too long for a mail: read it on the page of this chapter." in last.text
    assert size((last.html,)) <= LIMIT
    page = f"lantern/chapter-1{'-part-2' if len(expected) > 1 else ''}"
    assert followed.archive.objects[page].count(b"Thanks to all who wrote.") == 5_000


def test_parts_share_the_slot_of_the_first_and_the_next_chapter_takes_its_own(followed: World) -> None:
    followed.series(yaml=SERIES_YAML + WEEKLY)
    drop_long(followed)
    followed.chapter(2)
    days(followed, 7)
    assert [when(followed, n) for n in (1, 2, 3)] == ["Fri 18:30", "Fri 18:30", "Tue 18:30"]


def test_a_day_apart_the_next_chapter_waits_for_the_slot_after_the_last_part(followed: World) -> None:
    followed.series(yaml=DAILY + WEEKLY)
    drop_long(followed, scenes=130)
    followed.chapter(2)
    days(followed, 8)
    expected = [f"{day} 18:30" for day in ("Fri", "Sat", "Sun", "Mon", "Tue", "Fri")]
    assert [when(followed, n) for n in range(1, 7)] == expected
    assert subjects(followed)[-1] == "Chapter 2: Night 2"
    assert len(subjects(followed)) == 6


def when(world: World, number: int) -> str:
    item = world.table.get(keys.position("lantern", number))
    assert item
    return f"{as_datetime(item['slot']):%a %H:%M}"


def test_after_a_hiatus_parts_that_are_to_come_a_day_apart_still_do(followed: World) -> None:
    followed.series(yaml=DAILY + "status: hiatus\n")
    drop_long(followed, scenes=2 * SCENES)
    days(followed, 5)
    assert subjects(followed) == []
    followed.series(yaml=DAILY)
    followed.minutes(20)
    assert len(subjects(followed)) == 1
    days(followed, 1)
    assert len(subjects(followed)) == 2


def test_a_hiatus_between_two_parts_moves_the_others_on(followed: World) -> None:
    followed.series(yaml=DAILY)
    drop_long(followed, scenes=3 * SCENES)
    followed.minutes(15)
    followed.series(yaml=DAILY + "status: hiatus\n")
    days(followed, 4)
    assert len(subjects(followed)) == 1
    followed.series(yaml=DAILY)
    followed.minutes(15)
    assert len(subjects(followed)) == 2
    days(followed, 1)
    assert len(subjects(followed)) == 3


def test_its_parts_are_one_chapter_where_more_than_three_at_once_would_wait(followed: World) -> None:
    drop_long(followed, 1)
    followed.chapter(2)
    followed.chapter(3)
    followed.minutes(15)
    assert len(followed.got("ada")) == 4


def test_of_too_many_chapters_each_is_named_once_and_goes_out_whole_when_it_is_let_go(followed: World) -> None:
    drop_long(followed, 1)
    for number in (2, 3, 4):
        followed.chapter(number)
    followed.minutes(15)
    assert followed.got("ada") == []
    assert last_word(followed).count("Night 1") == 1
    let_go(followed)
    followed.minutes(5)
    assert len(followed.got("ada")) == 5
    assert read(followed) == ALL


def let_go(world: World) -> None:
    assert releasing.go(world.site, "lantern", links.sign("release", "lantern", "0" * 16, KEYS)).status == 200


def test_it_waits_for_its_predecessor_as_a_whole(followed: World) -> None:
    drop_long(followed, 2)
    followed.minutes(15)
    assert followed.got("ada") == []
    followed.chapter(1)
    followed.minutes(15)
    assert subjects(followed)[0] == "Chapter 1: Night 1"
    assert read(followed) == ALL


def test_a_second_file_of_that_number_waits_in_all_its_parts(followed: World) -> None:
    drop_long(followed)
    followed.drop("lantern/again.md", long_chapter(scenes=50))
    assert "01.md, stands at the same place" in last_word(followed)
    followed.minutes(15)
    assert subjects(followed) == BOTH
