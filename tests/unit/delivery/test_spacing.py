"""Chapters that come out together don't flood a reader: at most one issue in ten minutes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.support.world import SETTINGS, World

from cliffhanger import keys
from cliffhanger.clock import MINUTE
from cliffhanger.delivery import breaker
from cliffhanger.ports import Item, Mail

SPACING = 10 * MINUTE


@pytest.fixture
def world() -> World:
    return World(replace(SETTINGS, spacing=SPACING))


@pytest.fixture
def live(world: World) -> World:
    """Ada and Ben have chapter 1 and wait for more."""
    world.series()
    world.release(1)
    world.join("ada")
    world.join("ben")
    world.work()
    world.minutes(20)
    return world


def times(world: World) -> dict[str, list[int]]:
    """When each reader's issues go out, filled as they do."""
    arrivals: dict[str, list[int]] = {"ada": [], "ben": []}

    def note(mail: Mail) -> None:
        if mail.tags["kind"] == "issue":
            arrivals[mail.recipient.partition("@")[0]].append(world.time)

    world.mailer.always = note
    return arrivals


def shard(world: World, name: str) -> Item:
    item = world.table.get(keys.shard("lantern", keys.shard_of(world.reader(name))))
    assert item
    return item


def test_three_chapters_at_once_reach_a_live_reader_ten_minutes_apart(live: World) -> None:
    arrivals = times(live)
    live.release(2, 3, 4)
    live.minutes(40)
    assert live.got("ada") == live.got("ben") == [1, 2, 3, 4]
    for name in ("ada", "ben"):
        gaps = [later - earlier for earlier, later in zip(arrivals[name], arrivals[name][1:], strict=False)]
        assert all(SPACING <= gap <= SPACING + 3 * MINUTE for gap in gaps)
    assert live.meta()["closed"] == 4


def test_a_shard_where_all_must_wait_is_left_alone_until_then(live: World) -> None:
    live.release(2, 3)
    live.minutes(1)
    until = min(shard(live, name)["wait_until"] for name in ("ada", "ben"))
    assert until == min(live.subscription(name).sent_at or 0 for name in ("ada", "ben")) + SPACING
    hinted = []
    while live.time + MINUTE < until:
        live.time += MINUTE
        live.tick()
        hinted += live.hints.waiting_issues
    assert hinted == []
    live.minutes(3)
    assert live.got("ada") == [1, 2, 3]


def test_a_new_release_does_not_wait_for_who_waits_for_the_last_one() -> None:
    world = World(replace(SETTINGS, spacing=SPACING, grace=MINUTE))
    world.series()
    world.release(1)
    world.join("ada")
    world.work()
    world.release(2)
    world.minutes(1)
    waiting = shard(world, "ada")
    assert waiting["wait_for"] == 2
    world.release(3)
    assert world.time < waiting["wait_until"]
    assert world.hints.waiting_issues
    world.work()
    assert shard(world, "ada")["wait_for"] == 3
    world.tick()
    assert world.hints.waiting_issues == []
    world.minutes(30)
    assert world.got("ada") == [1, 2, 3]


def test_the_end_of_waiting_is_forgotten_when_the_shard_is_clean(live: World) -> None:
    live.release(2, 3)
    live.minutes(15)
    assert "wait_until" not in shard(live, "ada")
    assert shard(live, "ada")["clean_at"] == 3


def test_a_chapter_that_comes_just_after_another_waits_and_is_not_forgotten(live: World) -> None:
    live.release(2)
    live.minutes(1)
    live.settings = replace(live.settings, grace=MINUTE)
    live.release(3)
    live.minutes(30)
    assert live.got("ada") == live.got("ben") == [1, 2, 3]


def test_who_begins_at_the_newest_and_is_behind_at_once_comes_on_by_himself(world: World) -> None:
    world.series()
    world.release(1)
    world.join("ada")
    world.release(2, 3)
    world.minutes(40)
    assert world.got("ada") == [1, 2, 3]
    assert world.subscription("ada").due_at is None


def test_an_owed_letter_keeps_its_distance_too(live: World) -> None:
    live.release(2)
    live.minutes(1)
    arrivals = times(live)
    sent_at = live.subscription("ada").sent_at
    assert sent_at
    record = keys.missed("lantern", 1, live.reader("ada"))
    live.table.put(record, {"reason": "rejected", "at": live.time, "epoch": live.subscription("ada").epoch})
    breaker.owe_missed(live.table, "lantern", 1, live.time)
    live.minutes(15)
    assert live.got("ada") == [1, 2, 1]
    assert arrivals["ada"][0] >= sent_at + SPACING


def test_a_rejected_letter_lets_the_next_one_go_at_once(live: World) -> None:
    seen = live.subscription("ada").sent_at
    live.table.update(live.subscription("ada").key, set={"bookmark": 2})
    live.release(2, 3)
    live.minutes(1)
    assert live.got("ada") == [1, 3]
    assert seen
    assert live.subscription("ada").sent_at != seen


def test_a_letter_is_spaced_by_the_time_it_went_out_not_by_its_claim(live: World) -> None:
    arrivals = times(live)
    live.table.update(keys.PACE, add={"tat": 1_500 * 1000})
    live.release(2, 3)
    live.minutes(15)
    first, second = arrivals["ada"]
    assert second - first >= SPACING
    assert live.subscription("ada").sent_at == second
