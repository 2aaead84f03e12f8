"""Erasing a reader."""

from __future__ import annotations

import pytest
from tests.support.world import KEYS, World, refuse
from tests.unit.test_crashes import every_cut

from cliffhanger import keys, links
from cliffhanger.clock import MINUTE
from cliffhanger.ports import Key, Mail
from cliffhanger.readers import leaving
from cliffhanger.readers.erasing import erase

ADA = "ada@example.org"
ADDRESS = keys.address(links.address_digest(ADA, KEYS))


def followed() -> World:
    """Ada and Ben follow two series; chapter 1 of the lantern was rejected for Ada."""
    world = World()
    world.minutes(1)
    for slug in ("lantern", "harbour"):
        world.series(slug)
        for name in ("ada", "ben"):
            world.join(name, slug=slug)
        world.time += 16 * MINUTE
    world.mailer.always = lambda mail: refuse(400, "BadRequestException")(mail) if mail.recipient == ADA else None
    world.release(1)
    world.minutes(1)
    world.mailer.always = None
    return world


def traces(world: World, *texts: str) -> list[Key]:
    """Every item with the reader's id or address in it; a confirmation that was used holds the id, and expires."""
    return [
        Key(pk, sk)
        for pk, items in world.table._partitions.items()
        for sk, item in items.items()
        if any(text in repr(item) for text in texts) and "CONFIRM#" not in pk
    ]


def test_nothing_of_an_erased_reader_is_left_and_others_stay() -> None:
    world = followed()
    ada, ben = world.reader("ada"), world.reader("ben")
    others = traces(world, ben)
    assert keys.missed("lantern", 1, ada) in traces(world, ada, ADA)
    assert erase(world.table, ADA, KEYS)
    assert traces(world, ada, ADA) == []
    assert traces(world, ben) == others
    assert not erase(world.table, ADA, KEYS)
    world.release(2)
    world.minutes(2)
    assert (world.got("ada"), world.got("ben")) == ([], [1, 2])


def test_a_suppressed_address_leaves_its_hash_which_says_so() -> None:
    world = followed()
    world.time += MINUTE
    leaving.suppress(world.table, ADA, reason="complained", since=world.time, keys_=KEYS)
    ada = world.reader("ada")
    assert erase(world.table, ADA, KEYS)
    assert traces(world, ada, ADA) == []
    assert world.table.get(ADDRESS) == {"suppressed": "complained", "suppressed_at": world.time, **ADDRESS._asdict()}
    assert leaving.is_suppressed(world.table, ADA, KEYS)
    assert not erase(world.table, ADA, KEYS)


def test_an_erased_reader_can_come_back() -> None:
    world = followed()
    before = world.reader("ada")
    erase(world.table, ADA, KEYS)
    world.time += 16 * MINUTE
    world.join("ada")
    world.minutes(2)
    assert world.reader("ada") != before
    assert world.got("ada") == [1]


def test_a_letter_under_way_of_somebody_who_is_erased_is_decided_by_nobody() -> None:
    world = followed()
    ada = world.reader("ada")
    world.release(2)
    world.mailer.always = lambda mail: mail.recipient == ADA and erase(world.table, ADA, KEYS) and None
    world.minutes(1)
    world.mailer.always = None
    for mail in list(world.mailer.accepted):
        world.event(mail)
    assert traces(world, ada, ADA) == []


def test_a_letter_that_is_rejected_while_its_reader_is_erased_leaves_no_record_of_a_miss() -> None:
    world = followed()
    ada = world.reader("ada")
    world.release(2)

    def rejected(mail: Mail) -> None:
        if mail.recipient == ADA:
            erase(world.table, ADA, KEYS)
            refuse(400, "BadRequestException")(mail)

    world.mailer.always = rejected
    world.minutes(1)
    assert traces(world, ada, ADA) == []


def test_a_confirmation_that_was_used_keeps_neither_address_nor_network() -> None:
    world = followed()
    used = [item for pk, items in world.table._partitions.items() if "CONFIRM#" in pk for item in items.values()]
    assert used
    assert all("reader" in item and "expires" in item for item in used)
    assert not any({"address", "proof"} & item.keys() for item in used)


@pytest.mark.parametrize("suppressed", [False, True])
def test_an_erasure_cut_anywhere_is_finished_by_doing_it_again(suppressed: bool) -> None:
    def prepare() -> World:
        world = followed()
        if suppressed:
            world.time += MINUTE
            leaving.suppress(world.table, ADA, reason="bounced", since=world.time, keys_=KEYS)
        return world

    def recover(world: World) -> None:
        erase(world.table, ADA, KEYS)
        assert [key for key in traces(world, ADA) if key.sk != "ADDRESS"] == []
        assert leaving.is_suppressed(world.table, ADA, KEYS) is suppressed
        assert not erase(world.table, ADA, KEYS)

    assert every_cut(prepare, lambda world: erase(world.table, ADA, KEYS) and None, recover) >= 5
