"""Promise 5: what SES will never take."""

from __future__ import annotations

import pytest
from tests.support.world import World, refuse

from cliffhanger import keys
from cliffhanger.clock import DAY, MINUTE, SECOND
from cliffhanger.delivery import breaker, ledger
from cliffhanger.ports import Mail, MailError

BAD = refuse(400, "BadRequestException", "the address is bad")


def test_a_rejected_letter_decides_its_position_and_leaves_a_record(world: World) -> None:
    world.series()
    world.release(1)
    world.join("ada")
    world.work()
    world.release(2)
    world.mailer.next = [BAD]
    world.minutes(2)
    world.release(3)
    world.minutes(2)
    assert world.got("ada") == [1, 3]
    record = world.table.get(keys.missed("lantern", 2, world.reader("ada")))
    assert record
    assert record["reason"] == "rejected"
    assert "halted" not in world.meta()


@pytest.mark.parametrize(
    ("sent", "rejected", "halts"),
    [
        (0, 1, False),
        (0, 19, False),
        (0, 20, True),
        (1000, 19, False),
        (1000, 20, True),
        (2000, 20, False),
        (1980, 21, True),
    ],
)
def test_the_first_twenty_or_more_than_one_percent_halt_the_send(sent: int, rejected: int, halts: bool) -> None:
    assert breaker.trips(sent, rejected) is halts


def test_one_bad_header_does_not_reject_everybody_and_all_get_their_letter_in_the_end(world: World) -> None:
    world.series()
    world.release(1)
    names = [f"reader{n}" for n in range(40)]
    for n, name in enumerate(names):
        world.time += 61 * 60_000 if n % 15 == 0 else 0  # their network may sign up so many an hour
        world.join(name)
    world.work()
    world.release(2)

    def reject_issues(mail: Mail) -> None:
        if mail.tags["kind"] == "issue":
            raise MailError(400, "BadRequestException", "a header is bad")

    world.mailer.always = reject_issues
    world.minutes(10)
    assert world.meta()["halted"] == "rejected"
    decided = [name for name in names if world.subscription(name).bookmark == 2]
    assert len(decided) == breaker.FIRST
    assert world.tallied["SeriesHalted"]
    world.mailer.always = None
    world.minutes(5)
    assert all(world.got(name) == [1] for name in names)
    breaker.resume(world.table, "lantern", world.time)
    world.minutes(15)
    assert all(world.got(name) == [1, 2] for name in names)
    assert all(world.subscription(name).due_at is None for name in names)


def test_a_reject_event_leaves_a_record_too(world: World) -> None:
    world.series()
    world.release(1)
    world.join("ada")
    world.work()
    world.event(world.issues("ada")[0], "Reject", reject={"reason": "Bad content"})
    record = world.table.get(keys.missed("lantern", 1, world.reader("ada")))
    assert record
    assert record["reason"] == "rejected"
    assert record["expires"] * SECOND == pytest.approx(world.time + 365 * DAY, abs=MINUTE)


def test_a_reader_who_was_being_written_to_is_owed_the_letter_all_the_same(world: World) -> None:
    world.series()
    world.release(1)
    world.join("ada")
    world.work()
    world.release(2)
    world.mailer.next = [BAD]
    world.minutes(1)
    world.release(3)
    claimed = ledger.claim(world.table, world.subscription("ada"), start=3, to=3, owed=False, at=world.time)
    assert claimed
    breaker.owe_missed(world.table, "lantern", 2, world.time)
    assert ledger.settle(world.table, claimed, due=lambda _: None)
    breaker.owe_missed(world.table, "lantern", 2, world.time)
    world.minutes(5)
    assert world.got("ada") == [1, 2]  # the fake worker that held 3 never sent it
    assert world.subscription("ada").owed == frozenset()


def test_a_reader_who_is_owed_several_gets_each_in_order(world: World) -> None:
    world.series()
    world.release(1)
    world.join("ada")
    world.work()
    world.release(2, 3)
    world.mailer.next = [BAD, BAD]
    world.minutes(2)
    for position in (2, 3):
        breaker.owe_missed(world.table, "lantern", position, world.time)
    world.minutes(5)
    assert world.got("ada") == [1, 2, 3]
    assert world.subscription("ada").due_at is None


def test_who_has_left_since_is_owed_nothing(world: World) -> None:
    world.series()
    world.release(1)
    world.join("ada")
    world.work()
    world.release(2)
    world.mailer.next = [BAD]
    world.minutes(2)
    world.leave("ada")
    breaker.resume(world.table, "lantern", world.time)
    world.minutes(5)
    assert world.got("ada") == [1]


def test_a_debt_that_a_crash_left_half_noted_is_paid_once(world: World) -> None:
    world.series()
    world.release(1)
    world.join("ada")
    world.work()
    world.release(2)
    world.mailer.next = [BAD]
    world.minutes(2)
    breaker.owe_missed(world.table, "lantern", 2, world.time)
    record = keys.missed("lantern", 2, world.reader("ada"))
    world.table.update(record, set={"reason": "rejected"})  # the crash came before this was written
    world.minutes(5)
    assert world.got("ada") == [1, 2]
    breaker.owe_missed(world.table, "lantern", 2, world.time)
    world.minutes(5)
    assert world.got("ada") == [1, 2]
