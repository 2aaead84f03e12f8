"""What joining leaves in the store for the senders: where the reader begins, and how many there are."""

from __future__ import annotations

import pytest
from tests.support.world import World

from cliffhanger import keys


def first(world: World, name: str) -> int:
    item = world.table.get(keys.subscription("lantern", world.reader(name)))
    assert item
    return int(item["first"])


def readers(world: World) -> int:
    return sum(shard.get("readers", 0) for shard in world.table.query(keys.series_pk("lantern"), prefix="SHARD#"))


@pytest.mark.parametrize(("start", "begins"), [("first", 1), ("newest", 3)])
def test_a_subscription_says_with_which_position_it_begins(world: World, start: str, begins: int) -> None:
    world.series()
    world.release(1, 2, 3)
    world.join("ada", start)
    assert first(world, "ada") == begins


def test_who_comes_back_begins_anew(world: World) -> None:
    world.series()
    world.release(1)
    world.join("ada")
    world.work()
    world.leave("ada")
    world.release(2)
    world.time += 20 * 60_000
    world.join("ada")
    assert first(world, "ada") == 2


def test_a_shard_knows_about_how_many_readers_it_has_and_counts_a_click_once(world: World) -> None:
    world.series()
    world.release(1)
    for name in ("ada", "ben"):
        world.join(name)
    world.click_confirmation("ada")
    assert readers(world) == 2
