"""Who is owed a letter that he missed, and who is not: nobody gets it twice, nobody is forgotten."""

from __future__ import annotations

import pytest
from tests.support.doubt import leave_in_doubt
from tests.support.world import World, refuse

from cliffhanger import catalogue, keys
from cliffhanger.clock import DAY, HOUR, MINUTE
from cliffhanger.delivery import breaker
from cliffhanger.delivery.misses import Missed
from cliffhanger.ports import Key, Mail, MailError
from local.memory_table import MemoryTable

ALL = (Missed.REJECTED, Missed.HELD)
BAD = refuse(400, "BadRequestException", "the address is bad")


def reject_issues(mail: Mail) -> None:
    if mail.tags["kind"] == "issue":
        raise MailError(400, "BadRequestException", "a header is bad")


@pytest.fixture
def held(world: World) -> tuple[World, Mail]:
    """Ada's letter of chapter 2 was held for lost; and the letter as SES has it, for SES took it."""
    leave_in_doubt(world, policy="hold")
    claim = world.subscription("ada").claim
    assert claim
    first = world.issues("ada")[0]
    tags = first.tags | {"from": "2", "position": "2", "claim": claim.id}
    world.time += HOUR + MINUTE
    world.table.update(keys.FEEDBACK, set={"seen": world.time})
    world.minutes(5)
    assert world.subscription("ada").bookmark == 2
    assert reason(world) == "held"
    return world, Mail("a@b.example", first.recipient, "", "", "", {}, tags)


def reason(world: World, position: int = 2, name: str = "ada") -> str:
    record = world.table.get(keys.missed("lantern", position, world.reader(name)))
    assert record
    return str(record["reason"])


def test_a_held_letter_whose_event_comes_late_was_sent_and_is_not_owed(held: tuple[World, Mail]) -> None:
    world, letter = held
    world.event(letter)
    assert reason(world) == "sent later"
    assert breaker.owe_missed(world.table, "lantern", 2, world.time, reasons=ALL).now == 0
    world.minutes(5)
    assert world.got("ada") == [1]


def test_an_event_that_comes_when_it_is_owed_already_takes_it_out_again(held: tuple[World, Mail]) -> None:
    world, letter = held
    assert breaker.owe_missed(world.table, "lantern", 2, world.time, reasons=ALL).now == 1
    world.event(letter, "Delivery")
    assert world.subscription("ada").owed == frozenset()
    world.minutes(5)
    assert world.got("ada") == [1]


def test_an_event_that_comes_again_finishes_what_a_crash_left(held: tuple[World, Mail]) -> None:
    world, letter = held
    world.event(letter)
    ada = world.subscription("ada")
    world.table.update(ada.key, add={"owed": frozenset({2})})  # as if it had not come so far
    world.event(letter)
    assert world.subscription("ada").owed == frozenset()


def test_an_event_that_comes_while_it_is_being_owed_wins(
    held: tuple[World, Mail], monkeypatch: pytest.MonkeyPatch
) -> None:
    world, letter = held
    update = MemoryTable.update

    def event_after_the_record_was_read(table: MemoryTable, key: Key, **more: object) -> object:
        monkeypatch.undo()
        world.event(letter)
        return update(table, key, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(MemoryTable, "update", event_after_the_record_was_read)
    assert breaker.owe_missed(world.table, "lantern", 2, world.time, reasons=ALL).now == 0
    assert world.subscription("ada").owed == frozenset()
    assert reason(world) == "sent later"


def test_a_send_event_says_nothing_of_a_letter_that_ses_rejected_afterwards(world: World) -> None:
    world.series()
    world.release(1)
    world.join("ada")
    world.work()
    letter = world.issues("ada")[0]
    world.event(letter, "Reject", reject={"reason": "Bad content"})
    world.event(letter, "Send")
    assert reason(world, 1) == "rejected"


def test_neither_a_halt_nor_its_end_sends_what_was_held(held: tuple[World, Mail]) -> None:
    world, _ = held
    world.release(3)
    world.table.update(keys.series_meta("lantern"), set={"closed": 1})  # position 2 is open still
    breaker.halt(world.table, "lantern", 3)
    world.minutes(2)
    breaker.resume(world.table, "lantern", world.time)
    world.minutes(5)
    assert world.got("ada") == [1, 3]


def test_readers_who_were_rejected_while_they_caught_up_get_their_letters_after_the_resume(world: World) -> None:
    world.series()
    world.release(1, 2)
    world.minutes(2)
    names = [f"reader{n}" for n in range(breaker.FIRST + 1)]
    for n, name in enumerate(names):
        world.time += HOUR + MINUTE if n % 10 == 0 else 0
        world.subscribe(name, "first")
    world.mailer.always = reject_issues
    for name in names:
        world.click_confirmation(name)
    world.minutes(3)
    assert (world.meta()["halted"], world.meta()["halted_by"], world.meta()["closed"]) == ("rejected", 1, 2)
    world.mailer.always = None
    breaker.resume(world.table, "lantern", world.time)
    for _ in range(4):
        world.minutes(2)
        world.time += DAY
    assert all(world.got(name) == [1, 2] for name in names)
    assert "late_rejected" not in (world.table.get(keys.send_total("lantern", 1)) or {})


def test_the_position_that_halted_a_series_is_kept_though_another_follows_it(world: World) -> None:
    world.series()
    world.release(1, 2)
    breaker.halt(world.table, "lantern", 1)
    breaker.halt(world.table, "lantern", 2)
    shelf = catalogue.find(world.table, "lantern")
    assert shelf
    assert (shelf.halted, shelf.halted_by) == ("rejected", 1)
    breaker.resume(world.table, "lantern", world.time)
    shelf = catalogue.find(world.table, "lantern")
    assert shelf
    assert (shelf.halted, shelf.halted_by) == (None, None)


def test_a_small_send_that_ses_always_refuses_halts_once_and_is_closed_then(world: World) -> None:
    world.series()
    world.release(1)
    world.join("ada")
    world.join("ben")
    world.minutes(3)
    world.mailer.always = reject_issues
    world.release(2)
    world.minutes(4)
    assert world.meta()["halted_by"] == 2
    breaker.resume(world.table, "lantern", world.time)
    world.minutes(5)
    assert "halted" not in world.meta()
    assert world.meta()["closed"] == 2
    total = world.table.get(keys.send_total("lantern", 2))
    assert total
    assert (total["audience"], total["sent"], total["rejected"]) == (2, 0, 2)
    world.release(3)
    world.minutes(4)
    assert world.meta()["halted_by"] == 3  # that an operator let one go on says nothing of the next


def test_the_rejection_of_a_letter_that_was_owed_is_one_more(world: World) -> None:
    world.series()
    world.release(1)
    world.join("ada")
    world.work()
    world.minutes(2)
    world.event(world.issues("ada")[0], "Reject", reject={"reason": "Bad content"})
    breaker.owe_missed(world.table, "lantern", 1, world.time)
    world.minutes(3)
    assert world.got("ada") == [1, 1]
    for _ in range(2):
        world.event(world.issues("ada")[1], "Reject", reject={"reason": "Bad content"})
    assert reason(world, 1) == "rejected"
    total = world.table.get(keys.send_total("lantern", 1)) or {}
    assert total["late_rejected"] == 2


def test_who_has_another_letter_in_doubt_when_a_series_is_resumed_is_owed_his_when_that_is_decided(
    world: World,
) -> None:
    """A worker can decide no doubt while the series is halted: the claim lasts as long as that."""
    world.series()
    world.minutes(1)
    world.join("ada")
    world.join("ben")
    world.release(1, 2)

    def reject_one_and_doubt_two(mail: Mail) -> None:
        if mail.tags.get("position") == "1" and mail.recipient.startswith("ada@"):
            reject_issues(mail)
        if mail.tags.get("position") == "2" and mail.recipient.startswith("ada@"):
            raise MailError(None, "NoAnswer")

    world.mailer.always = reject_one_and_doubt_two
    world.work()
    world.mailer.always = None
    breaker.halt(world.table, "lantern", 1)
    world.minutes(5)
    assert world.subscription("ada").claim
    assert breaker.resume(world.table, "lantern", world.time) == 1
    assert world.meta()["owing"] == {1}
    assert breaker.owe_missed(world.table, "lantern", 1, world.time) == (0, 1, 0)
    for _ in range(90):
        before = len(world.mailer.accepted)
        world.minutes(1)
        for mail in world.mailer.accepted[before:]:
            world.event(mail)
    assert world.got("ada") == [2, 1]
    assert world.meta()["closed"] == 2
    assert "owing" not in world.meta()
    total = world.table.get(keys.send_total("lantern", 1))
    assert total
    assert (total["audience"], total["sent"], total["rejected"]) == (2, 2, 0)
