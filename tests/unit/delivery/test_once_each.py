"""Promises 1, 2 and 4: a letter is sent under a claim, once, to whoever is still there."""

from __future__ import annotations

import pytest
from tests.support.world import KEYS, WorkerDied, World, die, refuse

from cliffhanger import keys
from cliffhanger.clock import MINUTE
from cliffhanger.delivery import ledger
from cliffhanger.links import verify
from cliffhanger.ports import Mail


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


def test_a_letter_goes_out_only_while_its_claim_stands(ready: World) -> None:
    claims: list[bool] = []

    def look(mail: Mail) -> None:
        name = mail.recipient.partition("@")[0]
        claims.append(ready.subscription(name).claim is not None)

    ready.mailer.always = look
    ready.minutes(1)
    assert claims == [True, True]
    assert ready.subscription("ada").claim is None


def test_two_workers_who_see_the_same_reader_send_one_letter(ready: World) -> None:
    seen = ready.subscription("ada")
    first = ledger.claim(ready.table, seen, start=2, to=2, owed=False, at=ready.time)
    second = ledger.claim(ready.table, seen, start=2, to=2, owed=False, at=ready.time)
    assert first is not None
    assert second is None


def test_a_claim_whose_answer_was_lost_is_known_again_as_ones_own(
    ready: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    write, lost = ready.table.update, []

    def written_twice(key, **change):  # type: ignore[no-untyped-def]
        if not lost and "claim" in change.get("set", {}):
            lost.append(write(key, **change))
        return write(key, **change)

    monkeypatch.setattr(ready.table, "update", written_twice)
    claimed = ledger.claim(ready.table, ready.subscription("ada"), start=2, to=2, owed=False, at=ready.time)
    assert lost
    assert claimed == ready.subscription("ada")


def test_the_same_hint_twice_sends_nothing_twice(ready: World) -> None:
    ready.tick()
    hints = list(ready.hints.waiting_issues)
    ready.work()
    for hint in hints * 2:
        ready.take(hint)
    assert ready.got("ada") == [1, 2]
    assert ready.got("ben") == [1, 2]


def test_lost_hints_are_made_again(ready: World) -> None:
    ready.tick()
    ready.hints.waiting_issues.clear()
    ready.minutes(15)
    assert ready.got("ada") == [1, 2]


def test_a_chapter_released_while_the_last_is_being_sent_reaches_everybody_in_order(ready: World) -> None:
    def release_the_third(mail: Mail) -> None:
        ready.mailer.always = None
        ready.release(3)

    ready.mailer.always = release_the_third
    ready.minutes(3)
    assert ready.got("ada") == [1, 2, 3]
    assert ready.got("ben") == [1, 2, 3]


def test_who_leaves_gets_no_letter_that_was_not_claimed_yet(ready: World) -> None:
    ready.tick()
    ready.leave("ada")
    ready.work()
    assert ready.got("ada") == [1]
    assert ready.got("ben") == [1, 2]


def test_a_settle_that_comes_after_leaving_and_rejoining_changes_nothing(ready: World) -> None:
    claimed = ledger.claim(ready.table, ready.subscription("ada"), start=2, to=2, owed=False, at=ready.time)
    assert claimed
    ready.leave("ada")
    ready.time += 15 * MINUTE
    ready.join("ada", start="first")
    assert ready.subscription("ada").bookmark == 0
    assert not ledger.settle(ready.table, claimed, due=lambda _: None)
    assert ready.subscription("ada").bookmark == 0


def test_a_settle_that_comes_after_the_reader_was_erased_makes_nothing_anew(ready: World) -> None:
    claimed = ledger.claim(ready.table, ready.subscription("ada"), start=2, to=2, owed=False, at=ready.time)
    assert claimed
    ready.table.delete(claimed.key)
    assert not ledger.settle(ready.table, claimed, due=lambda _: None)
    assert ready.table.get(claimed.key) is None


def test_a_worker_that_was_frozen_for_a_minute_does_not_send(ready: World, monkeypatch: pytest.MonkeyPatch) -> None:
    claim = ledger.claim

    def freeze_after(*args, **kwargs):  # type: ignore[no-untyped-def]
        claimed = claim(*args, **kwargs)
        ready.time += 2 * MINUTE
        return claimed

    ready.tick()
    monkeypatch.setattr(ledger, "claim", freeze_after)
    tried = ready.mailer.tried
    ready.work()
    assert ready.mailer.tried == tried
    monkeypatch.undo()
    ready.minutes(15)
    assert ready.got("ada") == [1, 2]


def test_a_definite_refusal_releases_the_claim_and_the_letter_goes_out_later(ready: World) -> None:
    ready.mailer.next = [refuse(429, "TooManyRequestsException", "Maximum sending rate exceeded.")]
    ready.minutes(2)
    assert ready.got("ada") == [1, 2]
    assert ready.got("ben") == [1, 2]


def test_a_failure_to_connect_leaves_the_rest_to_the_next_round(ready: World) -> None:
    ready.mailer.next = [refuse(None, "NoConnection")]
    ready.minutes(1)
    assert ready.mailer.tried
    assert ready.subscription("ada").claim is None
    ready.minutes(1)
    assert ready.got("ada") == [1, 2]


@pytest.mark.parametrize(
    ("status", "code"), [(None, "NoAnswer"), (500, "InternalFailure"), (503, "ServiceUnavailable")]
)
def test_no_answer_or_a_5xx_keeps_the_claim(ready: World, status: int | None, code: str) -> None:
    ready.mailer.next = [refuse(status, code)] * 2
    tried = ready.mailer.tried
    ready.minutes(5)
    assert ready.mailer.tried == tried + 2
    assert ready.subscription("ada").claim is not None
    assert ready.subscription("ada").bookmark == 1


def test_a_worker_that_dies_between_claim_and_send_leaves_the_claim(ready: World) -> None:
    ready.mailer.next = [die]
    ready.tick()
    with pytest.raises(WorkerDied):
        ready.work()
    ready.minutes(5)
    in_doubt = [name for name in ("ada", "ben") if ready.subscription(name).claim]
    assert len(in_doubt) == 1
    assert ready.got(in_doubt[0]) == [1]


def test_a_withdrawn_position_is_skipped(ready: World) -> None:
    ready.table.update(keys.position("lantern", 2), set={"withdrawn": True})
    ready.minutes(2)
    assert ready.got("ada") == [1]
    assert ready.subscription("ada").bookmark == 2
    ready.release(3)
    ready.minutes(2)
    assert ready.got("ada") == [1, 3]


def test_links_in_a_letter_are_the_readers_own(ready: World) -> None:
    ready.minutes(1)
    for name in ("ada", "ben"):
        link = ready.issues(name)[-1].headers["List-Unsubscribe"].strip("<>")
        assert verify("unsubscribe", "lantern", link.rpartition("/")[2], KEYS) == ready.reader(name)
