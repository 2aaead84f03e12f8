"""What a store that can't answer leaves behind: before the attempt nothing, after it a letter in doubt."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.support.world import World

from cliffhanger import keys
from cliffhanger.clock import SECOND
from cliffhanger.delivery import ledger, misses
from cliffhanger.errors import StoreBusy
from cliffhanger.ports import Key, Mail, MailError
from local.memory_faults import StoreFault


@pytest.fixture
def ready(world: World) -> World:
    """Chapter 1 is out, Ada and Ben have it, and chapter 2 is out for them to get."""
    world.series()
    world.release(1)
    world.join("ada")
    world.join("ben")
    world.work()
    world.release(2)
    return world


@pytest.mark.parametrize("fault", [StoreFault.BUSY, StoreFault.LOST_REPLY])
def test_a_claim_that_got_no_answer_is_taken_back_and_the_others_get_their_letters(
    ready: World, fault: StoreFault
) -> None:
    ready.table.misbehave(fault, key=ready.subscription("ada").key)
    ready.tick()
    for hint in ready.hints.waiting_issues:
        if keys.shard_of(ready.reader("ada")) in hint["walk"]:
            with pytest.raises(StoreBusy):
                ready.take(hint)
        else:
            ready.take(hint)
    ready.hints.waiting_issues.clear()
    assert ready.subscription("ada").claim is None
    assert ready.got("ada") == [1]
    ready.minutes(15)
    assert ready.got("ada") == ready.got("ben") == [1, 2]


def test_a_claim_that_can_t_be_taken_back_either_is_in_doubt(ready: World) -> None:
    ready.table.misbehave(StoreFault.LOST_REPLY, key=ready.subscription("ada").key)
    ready.table.misbehave(StoreFault.BUSY, key=ready.subscription("ada").key, after=1)
    ready.tick()
    with pytest.raises(StoreBusy):
        ready.work()
    assert ready.subscription("ada").claim
    ready.minutes(15)
    assert ready.got("ada") == [1]


def test_a_claim_whose_slot_was_lost_to_a_busy_store_is_taken_back(
    ready: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = ledger.claim

    def freeze_after(*args, **kwargs):  # type: ignore[no-untyped-def]
        claimed = claim(*args, **kwargs)
        ready.time += SECOND
        ready.table.misbehave(StoreFault.BUSY, key=keys.PACE, times=2)
        return claimed

    monkeypatch.setattr(ledger, "claim", freeze_after)
    ready.tick()
    with pytest.raises(StoreBusy):
        ready.work()
    assert ready.subscription("ada").claim is ready.subscription("ben").claim is None
    assert ready.got("ada") == ready.got("ben") == [1]


def test_a_claim_whose_record_was_lost_to_a_busy_store_is_taken_back(
    ready: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing was posted: with the policy `hold` the letter would be given up though nobody ever tried."""
    write = misses.write

    def be_busy(*args, **kwargs):  # type: ignore[no-untyped-def]
        monkeypatch.setattr(misses, "write", write)
        raise StoreBusy

    monkeypatch.setattr(misses, "write", be_busy)
    ready.tick()
    with pytest.raises(StoreBusy):
        ready.work()
    assert ready.subscription("ada").claim is ready.subscription("ben").claim is None
    ready.minutes(15)
    assert ready.got("ada") == ready.got("ben") == [1, 2]


def test_a_settle_that_got_no_answer_leaves_the_claim_and_the_event_settles_it(ready: World) -> None:
    ready.table.misbehave(StoreFault.BUSY, key=ready.subscription("ada").key, after=1)
    ready.tick()
    with pytest.raises(StoreBusy):
        ready.work()
    assert ready.got("ada") == [1, 2]
    assert ready.subscription("ada").claim
    ready.event(ready.issues("ada")[-1], "Send")
    assert ready.subscription("ada").claim is None
    ready.minutes(15)
    assert ready.got("ada") == ready.got("ben") == [1, 2]


@pytest.mark.parametrize("fault", [StoreFault.BUSY, StoreFault.LOST_REPLY])
def test_a_confirmation_whose_claim_got_no_answer_goes_out_with_the_next_hint(world: World, fault: StoreFault) -> None:
    world.series()
    world.tick()
    claims: list[str] = []
    update = world.table.update

    def fail_once(key, **change):  # type: ignore[no-untyped-def]
        if key.pk.startswith("LETTER#") and "claim" in (change.get("set") or {}) and not claims:
            claims.append(key.pk)
            world.table.misbehave(fault, key=key)
        return update(key, **change)

    world.table.update = fail_once  # type: ignore[method-assign]
    with pytest.raises(StoreBusy):
        world.subscribe("ada")
    world.minutes(2)
    assert [mail.recipient for mail in world.mailer.accepted if mail.tags["kind"] == "confirmation"] == [
        "ada@example.org"
    ]


def test_a_confirmation_whose_token_could_not_be_kept_goes_out_with_the_next_hint(world: World) -> None:
    world.series()
    world.tick()
    put, failed = world.table.put, []

    def fail_once(key, item, **when):  # type: ignore[no-untyped-def]
        if key.pk.startswith("CONFIRM#") and not failed:
            failed.append(key)
            raise StoreBusy
        put(key, item, **when)

    world.table.put = fail_once  # type: ignore[method-assign]
    with pytest.raises(StoreBusy):
        world.subscribe("ada")
    world.minutes(2)
    assert world.click_confirmation("ada").status == 200


def test_a_confirmations_claim_whose_answer_was_lost_is_known_again_as_ones_own(world: World) -> None:
    world.series()
    world.tick()
    update, twice = world.table.update, []

    def written_twice(key, **change):  # type: ignore[no-untyped-def]
        if key.pk.startswith("LETTER#") and "claim" in (change.get("set") or {}) and not twice:
            twice.append(update(key, **change))
        return update(key, **change)

    world.table.update = written_twice  # type: ignore[method-assign]
    world.join("ada")
    assert twice


def test_a_stopped_pass_goes_on_from_its_place(ready: World) -> None:
    """A letter that is refused for all keeps the place before its reader, for whoever comes next."""
    ready.tick()
    asked: list[Mail] = []

    def stop_after_one(mail: Mail) -> None:
        asked.append(mail)

    ready.mailer.always = stop_after_one
    for hint in ready.hints.waiting_issues:
        ready.worker.take(hint, enough=lambda: bool(asked))
    ready.hints.waiting_issues.clear()
    shards = {keys.shard_of(ready.reader(name)) for name in ("ada", "ben")}
    assert len(asked) == (1 if len(shards) == 2 else 2)  # readers of one shard go out together
    ready.minutes(3)
    assert ready.got("ada") == ready.got("ben") == [1, 2]


def test_a_hint_that_nobody_knows_is_dropped(ready: World) -> None:
    ready.take({"stroll": ["00"]})
    assert ready.got("ada") == [1]


def test_a_throttle_is_heeded_though_the_letter_can_t_be_released(ready: World) -> None:
    rate = (ready.table.get(keys.PACE) or {})["rate"]
    ready.mailer.always = throttle_when_busy(ready, ready.subscription("ada").key)
    with pytest.raises(StoreBusy):
        ready.minutes(1)
    assert (ready.table.get(keys.PACE) or {})["rate"] < rate


def test_a_letter_is_released_though_the_throttle_can_t_be_heeded(ready: World) -> None:
    ready.mailer.always = throttle_when_busy(ready, keys.PACE)
    with pytest.raises(StoreBusy):
        ready.minutes(1)
    assert ready.subscription("ada").claim is None
    assert ready.subscription("ben").claim is None


def test_so_is_a_confirmation(world: World) -> None:
    world.series()
    world.tick()
    world.mailer.always = throttle_when_busy(world, keys.PACE)
    with pytest.raises(StoreBusy):
        world.subscribe("ada")
    (letter,) = world.table.due(keys.DUE_LETTERS, until=world.time)
    assert "claim" not in (world.table.get(letter) or {})


def throttle_when_busy(world: World, key: Key) -> Callable[[Mail], None]:
    """SES says 429, and the store can't write this item when that is to be noted."""

    def answer(mail: Mail) -> None:
        if mail.recipient == "ada@example.org":
            world.table.misbehave(StoreFault.BUSY, key=key)
            world.mailer.always = None
            raise MailError(429, "TooManyRequestsException", "")

    return answer
