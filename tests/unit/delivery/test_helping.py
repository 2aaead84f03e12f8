"""A large shard is walked by one worker from its beginning, and helped by another from its middle."""

from __future__ import annotations

from tests.support.world import World

from cliffhanger import catalogue, keys
from cliffhanger.delivery import breaker
from cliffhanger.delivery.rounds import MIDDLE
from cliffhanger.ports import Item

SHARD = keys.SHARDS[0]


def crowd() -> World:
    """Twenty readers who wait for chapter one."""
    world = World()
    world.series()
    for number in range(20):
        world.join(f"reader{number}")
    world.release(1)
    world.hints.waiting_issues.clear()
    return world


def readers_of(world: World) -> dict[str, Item]:
    """By their ids."""
    found = [item for shard in keys.SHARDS for item in world.table.query(keys.shard_pk("lantern", shard))]
    return {item["sk"].removeprefix("READER#"): item for item in found}


def test_a_helper_serves_the_second_half_and_leaves_place_and_marks_to_who_walks() -> None:
    world = crowd()
    marks = {shard: world.table.get(keys.shard("lantern", shard)) for shard in keys.SHARDS}

    world.take({"series": "lantern", "help": list(keys.SHARDS)})

    half = MIDDLE.removeprefix("READER#")
    assert {reader for reader, item in readers_of(world).items() if item["bookmark"] == 1} == {
        reader for reader in readers_of(world) if reader > half
    }
    assert {shard: world.table.get(keys.shard("lantern", shard)) for shard in keys.SHARDS} == marks


def test_who_walks_after_a_helper_sends_nobody_a_second_letter_and_finds_the_shard_clean() -> None:
    world = crowd()
    world.take({"series": "lantern", "help": list(keys.SHARDS)})

    world.work()
    world.minutes(2)

    issues = [mail.recipient for mail in world.mailer.accepted if "epoch" in mail.tags]
    assert len(issues) == len(set(issues)) == 20
    shelf = catalogue.find(world.table, "lantern")
    assert shelf
    assert shelf.closed == 1


def test_nobody_helps_where_the_series_is_halted() -> None:
    world = crowd()
    breaker.halt(world.table, "lantern", 1)

    world.take({"series": "lantern", "help": list(keys.SHARDS)})

    assert not [mail for mail in world.mailer.accepted if "epoch" in mail.tags]
