"""A chapter that one mail can't hold, from the drop to its readers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from tests.support.world import KEYS, SERIES_YAML, SETTINGS, World

from cliffhanger import keys, links, positions
from cliffhanger.clock import HOUR, MINUTE, as_datetime
from cliffhanger.mailbody import LIMIT, MailBody, Place, fill, size
from cliffhanger.publishing import chapters, ingest
from cliffhanger.publishing.chapters import Stage
from cliffhanger.web import releasing

DAILY = SERIES_YAML + "long_chapters: split-daily\n"
WEEKLY = 'release: {weekdays: [tuesday, friday], at: "18:30", zone: UTC}\n'
SCENES = 48
"""Of about 2,300 bytes each: two parts, with the seam after the 24th."""


def scene(number: int, told: str = "She counted the steps.") -> str:
    return f"Scene {number} begins. {told}\n\n" + ("The lamp burned, and nobody counted it. " * 54).strip() + "\n\n"


def long_chapter(number: int = 1, *, scenes: int = SCENES, **told: str) -> str:
    """`told`: what a scene says instead ("s7" is the seventh's)."""
    story = "* * *\n\n".join(scene(at, told.get(f"s{at}", "She counted the steps.")) for at in range(1, scenes + 1))
    return f"# Chapter {number}: Night {number}\n\n{story}"


def drop_long(world: World, number: int = 1, **more: Any) -> None:
    world.drop(f"lantern/{number:02}.md", long_chapter(number, **more))


@pytest.fixture
def followed(world: World) -> World:
    world.series()
    world.join("ada")
    world.work()
    return world


def subjects(world: World, name: str = "ada") -> list[str]:
    return [mail.subject.removeprefix("The Lantern Road · ") for mail in world.issues(name)]


def read(world: World, name: str = "ada") -> list[int]:
    """The scenes that a reader's inbox holds, in the order of arrival."""
    texts = " ".join(mail.text for mail in world.issues(name))
    return [int(word.split()[0]) for word in texts.split("Scene ")[1:]]


def last_word(world: World) -> str:
    world.post_letters()
    return world.words()[-1].text


def days(world: World, count: int) -> None:
    for _ in range(count * 24):
        world.time += HOUR - 2 * MINUTE
        world.minutes(2)


BOTH = ["Chapter 1, part 1 of 2: Night 1", "Chapter 1, part 2 of 2: Night 1"]
ALL = list(range(1, SCENES + 1))


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


def test_spacing_does_not_part_what_is_sent_together() -> None:
    world = World(replace(SETTINGS, spacing=10 * MINUTE))
    world.series()
    world.join("ada")
    drop_long(world)
    world.chapter(2)
    world.minutes(12)
    assert subjects(world) == BOTH
    world.minutes(12)
    assert subjects(world)[2:] == ["Chapter 2: Night 2"]


def test_who_catches_up_gets_what_was_sent_together_on_one_day(followed: World) -> None:
    drop_long(followed)
    followed.chapter(2)
    followed.minutes(15)
    followed.join("ben", start="first")
    followed.minutes(10)
    assert subjects(followed, "ben") == BOTH
    days(followed, 1)
    assert subjects(followed, "ben") == [*BOTH, "Chapter 2: Night 2"]
    assert followed.subscription("ben").is_live


def test_who_catches_up_with_a_chapter_sent_a_day_apart_gets_a_part_a_day(followed: World) -> None:
    followed.series(yaml=DAILY)
    drop_long(followed)
    days(followed, 3)
    followed.join("ben", start="first")
    followed.minutes(10)
    assert subjects(followed, "ben") == BOTH[:1]
    days(followed, 1)
    assert subjects(followed, "ben") == BOTH


def test_who_begins_with_the_newest_chapter_begins_with_its_first_part(followed: World) -> None:
    followed.chapter(1)
    followed.minutes(12)
    drop_long(followed, 2)
    followed.minutes(12)
    followed.join("ben", start="newest")
    followed.minutes(10)
    assert read(followed, "ben") == ALL
    assert positions.chapters(followed.table, "lantern", 3) == [1, 2]  # as a reader counts them


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


# Corrections -------------------------------------------------------------------------------------------


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


# At the same time, and crashes ---------------------------------------------------------------------------


class Meanwhile:
    """Something happens right before the n-th write to the table."""

    def __init__(self, world: World, before: int, happens: Callable[[], None]) -> None:
        self.left = before
        update = world.table.update

        def interrupted(*args: Any, **kwargs: Any) -> Any:
            self.left -= 1
            if self.left == 0:
                happens()
            return update(*args, **kwargs)

        world.table.update = interrupted  # type: ignore[method-assign]


class Died(Exception):
    pass


@pytest.mark.parametrize("before", range(1, 3))
def test_a_worker_that_dies_half_way_leaves_nothing_to_go_out_in_halves(followed: World, before: int) -> None:
    update = followed.table.update

    def die() -> None:
        raise Died

    followed.chapter(2)
    Meanwhile(followed, before, die)
    with pytest.raises(Died):
        drop_long(followed, 1)
    followed.table.update = update  # type: ignore[method-assign]
    followed.minutes(15)
    assert followed.got("ada") in ([], [1, 2, 3])
    ingest.take(followed.desk, "lantern/01.md")
    followed.minutes(30)
    assert subjects(followed) == [*BOTH, "Chapter 2: Night 2"]
    assert read(followed) == ALL


@pytest.mark.parametrize("before", range(1, 5))
def test_a_first_part_that_goes_out_while_its_correction_is_written_loses_no_scene(
    followed: World, before: int
) -> None:
    followed.series(yaml=DAILY)
    drop_long(followed)
    followed.minutes(9)

    def release() -> None:
        followed.table.update = update  # type: ignore[method-assign]
        followed.time += 2 * MINUTE
        followed.tick()
        followed.work()

    update = followed.table.update
    meanwhile = Meanwhile(followed, before, release)
    drop_long(followed, s40="It was late. " * 300)
    assert meanwhile.left <= 0
    followed.table.update = update  # type: ignore[method-assign]
    days(followed, 2)
    assert list(dict.fromkeys(read(followed))) == ALL
    assert subjects(followed) == BOTH
