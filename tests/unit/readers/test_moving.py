"""A reader's new address, and what is kept of the former one."""

from __future__ import annotations

from tests.support.world import KEYS, World
from tests.unit.test_crashes import every_cut

from cliffhanger import keys, links
from cliffhanger.clock import MINUTE
from cliffhanger.readers import erasing, leaving
from cliffhanger.readers.moving import change_address

OLD, NEW = "ada@example.org", "new@example.org"
FORMER = keys.address(links.address_digest(OLD, KEYS))


def followed() -> World:
    world = World()
    world.series()
    world.join("ada")
    return world


def test_nothing_is_left_of_a_former_address_also_when_the_reader_is_erased() -> None:
    world = followed()
    assert change_address(world.table, world.reader("ada"), NEW, KEYS, world.time)
    assert world.table.get(FORMER) is None
    erasing.erase(world.table, NEW, KEYS)
    assert not [pk for pk in world.table._partitions if pk.startswith("ADDRESS#") and world.table._partitions[pk]]


def test_a_former_address_that_is_suppressed_says_so_and_nothing_else() -> None:
    world = followed()
    reader = world.reader("ada")
    world.time += MINUTE
    leaving.suppress(world.table, OLD, reason="bounce", since=world.time, keys_=KEYS)
    assert change_address(world.table, reader, NEW, KEYS, world.time)
    assert world.table.get(FORMER) == {"suppressed": "bounce", "suppressed_at": world.time, **FORMER._asdict()}


def test_a_change_cut_anywhere_is_finished_by_doing_it_again() -> None:
    def prepare() -> World:
        world = followed()
        readers.append(world.reader("ada"))
        return world

    def change(world: World) -> None:
        assert change_address(world.table, readers[-1], NEW, KEYS, world.time)

    def finish(world: World) -> None:
        change(world)
        assert world.reader("new") == readers[-1]
        assert world.subscription("new").address == NEW
        assert world.table.get(FORMER) is None

    readers: list[str] = []
    assert every_cut(prepare, change, finish) >= 5
