"""Workers see the store as it was a while ago: what they then do must hold for what it is."""

from __future__ import annotations

from tests.support.doubt import leave_in_doubt
from tests.support.world import World, refuse

from cliffhanger import keys
from cliffhanger.delivery import breaker, feedback_health, ledger
from cliffhanger.delivery.misses import Missed

BAD = refuse(400, "BadRequestException", "the address is bad")


def test_an_owed_letter_seen_by_two_workers_goes_out_once(world: World) -> None:
    world.series()
    world.release(1)
    world.join("ada")
    world.work()
    world.release(2)
    world.mailer.next = [BAD]
    world.minutes(2)
    breaker.owe_missed(world.table, "lantern", 2, world.time)
    seen_by_both = world.subscription("ada")
    world.minutes(1)
    late = ledger.claim(world.table, seen_by_both, start=2, to=2, owed=True, at=world.time)
    assert late is None
    assert world.got("ada") == [1, 2]


def test_a_reject_event_again_makes_nothing_owed_again(world: World) -> None:
    world.series()
    world.release(1)
    world.join("ada")
    world.work()
    mail = world.issues("ada")[0]
    accepted_at = world.time
    for _ in range(2):
        world.event(mail, "Reject", accepted_at=accepted_at, reject={"reason": "Bad content"})
        breaker.owe_missed(world.table, "lantern", 1, world.time)
        world.minutes(3)
    assert world.got("ada") == [1, 1]


def test_reject_events_count_for_the_halt(world: World) -> None:
    world.series()
    world.release(1)
    world.join("ada")
    world.work()
    for _ in range(breaker.FIRST):
        world.event(world.issues("ada")[0], "Reject", reject={"reason": "Bad content"})
    total = world.table.get(keys.send_total("lantern", 1))
    assert total
    assert total["late_rejected"] == 1  # the send was closed before anybody joined


def test_a_send_that_reached_nobody_halts_however_small(world: World) -> None:
    world.series()
    world.release(1)
    for name in ("ada", "ben"):
        world.join(name)
    world.work()
    world.release(2)
    world.mailer.next = [BAD, BAD]
    world.minutes(3)
    assert world.meta()["halted"] == "rejected"
    breaker.resume(world.table, "lantern", world.time)
    world.minutes(5)
    assert world.got("ada") == world.got("ben") == [1, 2]
    assert world.meta()["closed"] == 2


def test_events_that_wait_to_be_read_keep_a_letter_in_doubt(world: World) -> None:
    world.table.update(keys.FEEDBACK, set={"seen": world.time})
    world.feedback_queue.count = 3
    silence = feedback_health.Silence(world.table, world.feedback_queue, world.clock)
    assert not silence.means_lost(world.time - 3_600_000)


def test_a_letter_in_doubt_whose_chapter_was_withdrawn_is_not_sent_again(world: World) -> None:
    leave_in_doubt(world)
    world.table.update(keys.position("lantern", 2), set={"withdrawn": True})
    world.time += 3_700_000
    world.table.update(keys.FEEDBACK, set={"seen": world.time})
    world.minutes(3)
    assert world.got("ada") == [1]
    assert world.subscription("ada").bookmark == 2


def test_a_held_letter_whose_event_was_faster_is_not_recorded_as_missed(world: World) -> None:
    leave_in_doubt(world, policy="hold")
    doubtful = world.subscription("ada")
    assert doubtful.claim
    ledger.settle_by_event(world.table, doubtful, epoch=doubtful.epoch, to=2, due=lambda _: None)
    assert not ledger.miss(world.table, doubtful, Missed.HELD, due=lambda _: None, now=world.time)
    record = world.table.get(keys.missed("lantern", 2, world.reader("ada")))
    assert record
    assert record["reason"] == "sent later"


def test_an_event_of_the_first_stay_settles_nothing_of_the_second(world: World) -> None:
    """He came back to the same letter between the event's look and its write."""
    leave_in_doubt(world)
    world.leave("ada")
    seen = world.subscription("ada")
    world.join("ada")
    world.mailer.next = [refuse(None, "NoAnswer")]
    world.minutes(1)
    again = world.subscription("ada")
    assert seen.claim
    assert again.claim
    assert (again.claim.epoch, again.claim.to) == (seen.claim.epoch + 1, seen.claim.to)
    assert not ledger.settle_by_event(world.table, seen, epoch=seen.epoch, to=2, due=lambda _: None)
    assert world.subscription("ada").claim == again.claim


def test_who_begins_at_the_newest_gets_the_newest_that_was_not_withdrawn(world: World) -> None:
    world.series()
    world.release(1, 2)
    world.table.update(keys.position("lantern", 2), set={"withdrawn": True})
    world.join("ada")
    world.minutes(3)
    assert world.got("ada") == [1]


def test_letters_lease_one_slot_each(world: World) -> None:
    world.accounts.max_rate = 50
    world.series()
    world.tick()
    before = (world.table.get(keys.PACE) or {})["budget"]
    for n in range(5):
        world.drop(f"lantern/{n}.txt", b"")
    world.post_letters()
    after = (world.table.get(keys.PACE) or {})["budget"]
    assert len(world.words()) == 6
    assert before - after <= 8
