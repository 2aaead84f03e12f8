"""Two who give up the same letter: what the record of the miss says afterwards. Found by the random runs."""

from __future__ import annotations

import pytest
from tests.support.doubt import leave_in_doubt, let_feedback_show_that_it_works
from tests.support.world import World, refuse

from cliffhanger import keys
from cliffhanger.clock import HOUR
from cliffhanger.delivery import ledger
from cliffhanger.delivery.misses import Missed
from cliffhanger.ports import Mail
from cliffhanger.subscription import Subscription


@pytest.fixture
def doubtful(world: World) -> Subscription:
    """Ada's letter of chapter 2 got no answer, and what is in doubt is held."""
    leave_in_doubt(world, policy="hold")
    return world.subscription("ada")


def reason(world: World) -> str:
    record = world.table.get(keys.missed("lantern", 2, world.reader("ada")))
    assert record
    return str(record["reason"])


def test_two_workers_who_hold_the_same_letter_leave_it_held(world: World, doubtful: Subscription) -> None:
    assert ledger.miss(world.table, doubtful, Missed.HELD, due=lambda _: None, now=world.time)
    assert not ledger.miss(world.table, doubtful, Missed.HELD, due=lambda _: None, now=world.time)
    assert reason(world) == "held"


def test_a_worker_whose_claim_was_taken_over_leaves_the_rejection_of_the_other(
    world: World, doubtful: Subscription
) -> None:
    assert doubtful.claim
    later = ledger.claim(world.table, doubtful, start=2, to=2, owed=False, at=doubtful.claim.at + 3_700_000)
    assert later
    assert ledger.miss(world.table, later, Missed.REJECTED, due=lambda _: None, now=world.time)
    assert not ledger.miss(world.table, doubtful, Missed.REJECTED, due=lambda _: None, now=world.time)
    assert reason(world) == "rejected"


def test_a_record_whose_writer_died_is_taken_back_when_the_event_comes(world: World, doubtful: Subscription) -> None:
    record = {"reason": "held", "at": world.time, "epoch": doubtful.epoch}
    world.table.put(keys.missed("lantern", 2, doubtful.reader), record)
    ledger.settle_by_event(world.table, doubtful, epoch=doubtful.epoch, to=2, due=lambda _: None)
    assert reason(world) == "sent later"


def test_a_worker_who_tries_a_doubtful_letter_anew_leaves_the_rejection_of_one_who_did_so_after_him(
    world: World,
) -> None:
    leave_in_doubt(world)
    first = world.subscription("ada")

    def be_overtaken(mail: Mail) -> None:
        """An hour passes, so that a third one takes the letter for lost, and SES rejects it; then ours."""
        mine = world.subscription("ada")
        assert mine.claim
        assert first.claim
        assert mine.claim.id != first.claim.id
        later = ledger.claim(world.table, mine, start=2, to=2, owed=False, at=mine.claim.at + HOUR)
        assert later
        assert ledger.miss(world.table, later, Missed.REJECTED, due=lambda _: None, now=world.time + HOUR)
        refuse(400, "BadRequestException", "the address is bad")(mail)

    let_feedback_show_that_it_works(world)
    world.time += HOUR
    world.mailer.next = [be_overtaken]
    world.minutes(2)
    assert world.got("ada") == [1]
    assert reason(world) == "rejected"
    total = world.table.get(keys.send_total("lantern", 2)) or {}
    assert total.get("sent", 0) == 0
