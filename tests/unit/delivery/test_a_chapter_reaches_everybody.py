from __future__ import annotations

from tests.support.world import World

from cliffhanger.clock import DAY


def test_a_live_reader_gets_each_chapter_once_and_in_order(world: World) -> None:
    world.series()
    world.release(1)
    world.join("ada")
    world.work()
    world.release(2, 3)
    world.minutes(3)
    assert world.got("ada") == [1, 2, 3]
    assert world.meta()["closed"] == 3


def test_a_reader_who_starts_at_the_newest_gets_it_at_once(world: World) -> None:
    world.series()
    world.release(1, 2)
    world.join("ada", start="newest")
    world.work()
    assert world.got("ada") == [2]
    assert world.subscription("ada").due_at is None


def test_a_reader_who_starts_at_chapter_one_gets_a_chapter_a_day_until_level(world: World) -> None:
    world.series()
    world.release(1, 2, 3)
    world.join("ben", start="first")
    world.minutes(1)
    assert world.got("ben") == [1]
    world.minutes(60)
    assert world.got("ben") == [1]
    world.time += DAY
    world.minutes(1)
    assert world.got("ben") == [1, 2]
    world.time += DAY
    world.minutes(1)
    assert world.got("ben") == [1, 2, 3]
    assert world.subscription("ben").due_at is None
    world.release(4)
    world.minutes(1)
    assert world.got("ben") == [1, 2, 3, 4]


def test_a_reader_who_never_confirmed_gets_nothing(world: World) -> None:
    world.series()
    world.subscribe("eve")
    world.release(1)
    world.minutes(5)
    assert world.got("eve") == []
