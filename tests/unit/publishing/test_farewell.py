"""The last letter of a complete series."""

from __future__ import annotations

import pytest
from tests.support.world import SERIES_YAML, World

from cliffhanger import keys
from cliffhanger.clock import DAY
from cliffhanger.positions import NOTICE


@pytest.fixture
def world() -> World:
    world = World()
    world.series()
    world.release(1, 2)
    world.join("ada")
    world.minutes(2)
    return world


def settle(world: World, status: str) -> None:
    world.series(yaml=f"{SERIES_YAML}status: {status}\n")
    world.minutes(15)


def subjects(world: World, name: str) -> list[str]:
    return [mail.subject.rpartition(" · ")[2] for mail in world.issues(name)]


def test_when_the_story_is_complete_everybody_is_told_once_and_then_is_silence(world: World) -> None:
    settle(world, "complete")
    settle(world, "complete")
    world.time += 30 * DAY
    world.minutes(5)
    assert subjects(world, "ada") == ["Chapter 2: Night 2", "The End"]
    assert "last chapter of “The Lantern Road”" in world.issues("ada")[-1].text
    assert world.meta()["closed"] == 3


def test_the_last_letter_offers_the_whole_story_as_a_book(world: World) -> None:
    settle(world, "complete")

    html = world.issues("ada")[-1].html
    assert 'href="https://read.example.org/lantern/lantern.epub"' in html
    assert "whole story as an e-book" in html
    assert "https://read.example.org/lantern/lantern.epub" in world.issues("ada")[-1].text


def test_who_comes_later_is_told_when_he_has_read_it_all(world: World) -> None:
    settle(world, "complete")
    world.join("ben", start="first")
    for _ in range(4):
        world.time += DAY
        world.minutes(3)
    assert subjects(world, "ben") == ["Chapter 1: Night 1", "Chapter 2: Night 2", "The End"]


def test_who_begins_with_the_newest_gets_the_last_chapter_before_the_farewell(world: World) -> None:
    settle(world, "complete")
    world.join("ben")
    world.minutes(3)
    assert subjects(world, "ben") == ["Chapter 2: Night 2", "The End"]


def test_who_begins_with_the_newest_gets_the_last_chapter_before_a_notice(world: World) -> None:
    world.table.update(keys.position("lantern", 2), set={"kind": NOTICE})
    world.join("ben")
    world.minutes(3)
    assert subjects(world, "ben") == ["Chapter 1: Night 1", "Chapter 2: Night 2"]


def test_chapters_that_still_wait_go_out_before_the_farewell(world: World) -> None:
    weekly = "release: {weekdays: [monday], at: '07:00', zone: UTC}\n"
    world.series(yaml=SERIES_YAML + weekly)
    world.chapter(3)
    world.chapter(4)
    world.series(yaml=f"{SERIES_YAML}{weekly}status: complete\n")
    world.post_letters()
    for _ in range(15):
        world.time += DAY
        world.minutes(3)
    assert subjects(world, "ada") == ["Chapter 2: Night 2", "Chapter 3: Night 3", "Chapter 4: Night 4", "The End"]


def test_a_series_without_chapters_has_nothing_to_take_leave_of() -> None:
    world = World()
    settle(world, "complete")
    assert "newest" not in world.meta()
    world.release(1)
    world.minutes(15)
    assert world.meta()["newest"] == 2


def test_an_author_who_changes_his_mind_in_time_takes_no_leave(world: World) -> None:
    world.series(yaml=f"{SERIES_YAML}status: complete\n")
    settle(world, "ongoing")
    assert world.meta()["newest"] == 2


def test_a_story_that_goes_on_after_all_spares_late_readers_the_first_farewell(world: World) -> None:
    settle(world, "complete")
    settle(world, "ongoing")
    world.release(3)
    world.minutes(3)
    settle(world, "complete")
    assert subjects(world, "ada") == ["Chapter 2: Night 2", "The End", "Chapter 3: Night 3", "The End"]
    world.join("ben", start="first")
    for _ in range(5):
        world.time += DAY
        world.minutes(3)
    assert subjects(world, "ben") == ["Chapter 1: Night 1", "Chapter 2: Night 2", "Chapter 3: Night 3", "The End"]
