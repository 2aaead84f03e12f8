"""A chapter in parts, for readers who space their mails, catch up or begin late."""

from __future__ import annotations

from dataclasses import replace

from tests.support.long_chapters import (
    ALL,
    BOTH,
    DAILY,
    days,
    drop_long,
    read,
    subjects,
)
from tests.support.world import SETTINGS, World

from cliffhanger import positions
from cliffhanger.clock import MINUTE


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
