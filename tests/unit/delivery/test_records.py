"""Records of who missed a letter: they say what is so, whoever died, came late or came back. Found by a reviewer."""

from __future__ import annotations

from typing import Any

import pytest
from tests.support.world import WorkerDied, World, refuse

from cliffhanger import keys
from cliffhanger.clock import HOUR, MINUTE
from cliffhanger.delivery import breaker, ledger
from cliffhanger.delivery.misses import Missed
from cliffhanger.pace import LIVE
from cliffhanger.publishing import release
from cliffhanger.readers import life
from cliffhanger.subscription import Subscription

BAD = refuse(400, "BadRequestException", "a header is bad")
NO_ANSWER = refuse(None, "NoAnswer")
ALL = (Missed.REJECTED, Missed.HELD)
NOTICE = "Chapter 99: Author’s Note\n\nA/N: I am on holiday until spring. No chapter this time!\n"


@pytest.fixture
def two(world: World) -> World:
    """Ada and Ben have chapter 1; chapter 2 is out."""
    world.series()
    world.release(1)
    for name in ("ada", "ben"):
        world.join(name)
    world.work()
    world.minutes(2)
    world.release(2)
    return world


def let_ada_be_rejected(world: World) -> None:
    world.mailer.always = lambda mail: BAD(mail) if mail.recipient.startswith("ada@") else None
    world.work()
    world.mailer.always = None


def die_over_ada(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """SES rejects her letter; her worker writes that down, and dies before he moves her bookmark."""
    settle, ada = ledger.settle, world.reader("ada")

    def die(table: Any, claimed: Subscription, **more: Any) -> bool:
        if claimed.reader == ada:
            raise WorkerDied
        return settle(table, claimed, **more)

    with monkeypatch.context() as patched:
        patched.setattr(ledger, "settle", die)
        with pytest.raises(WorkerDied):
            let_ada_be_rejected(world)
    world.mailer.always = None


def let_an_hour_pass(world: World) -> None:
    """Silence means something."""
    world.time += HOUR + MINUTE
    world.table.update(keys.FEEDBACK, set={"seen": world.time})


def counts(world: World, position: int) -> tuple[int, ...]:
    total = world.table.get(keys.send_total("lantern", position)) or {}
    assert "closed_at" in total
    return tuple(total[name] for name in ("audience", "sent", "rejected", "held", "skipped"))


def tell_of_everything(world: World, minutes: int) -> None:
    """SES's events come."""
    for _ in range(minutes):
        before = len(world.mailer.accepted)
        world.minutes(1)
        for mail in world.mailer.accepted[before:]:
            world.event(mail)


def test_who_takes_over_a_letter_takes_back_the_record_of_the_dead(two: World, monkeypatch: pytest.MonkeyPatch) -> None:
    die_over_ada(two, monkeypatch)
    let_an_hour_pass(two)
    two.mailer.next = [refuse(429, "TooManyRequestsException", "Maximum sending rate exceeded.")]
    two.minutes(10)
    assert two.got("ada") == [1, 2]
    assert counts(two, 2) == (2, 2, 0, 0, 0)
    assert breaker.owe_missed(two.table, "lantern", 2, two.time, reasons=ALL) == (0, 0, 0)


def test_a_doubt_that_ends_in_a_pause_leaves_no_record(two: World, monkeypatch: pytest.MonkeyPatch) -> None:
    ada = two.reader("ada")
    die_over_ada(two, monkeypatch)
    life.pause(two.table, "lantern", ada, until=None, now=two.time)
    let_an_hour_pass(two)
    two.minutes(5)
    assert counts(two, 2) == (1, 1, 0, 0, 0)
    assert breaker.owe_missed(two.table, "lantern", 2, two.time, reasons=ALL) == (0, 0, 0)
    life.resume(two.table, "lantern", ada, to_newest=False, now=two.time)
    tell_of_everything(two, 5)
    assert breaker.owe_missed(two.table, "lantern", 2, two.time, reasons=ALL) == (0, 0, 0)
    tell_of_everything(two, 5)
    assert two.got("ada") == [1, 2]


def test_nobody_is_owed_what_is_not_decided(two: World) -> None:
    """The record of a worker who slept, and wrote it after the letter was given back."""
    ada = two.subscription("ada")
    claimed = ledger.claim(two.table, ada, start=2, to=2, owed=False, at=two.time)
    assert claimed
    ledger.release(two.table, claimed)
    assert not ledger.miss(two.table, claimed, Missed.REJECTED, due=lambda _: None, now=two.time)
    assert breaker.owe_missed(two.table, "lantern", 2, two.time) == (0, 0, 0)
    two.minutes(3)
    assert two.got("ada") == [1, 2]
    assert counts(two, 2) == (2, 2, 0, 0, 0)


def test_a_record_of_what_is_not_decided_makes_nothing_owed(two: World) -> None:
    """Its writer died before he could take it back."""
    record = {"reason": "rejected", "at": two.time, "epoch": two.subscription("ada").epoch}
    two.table.put(keys.missed("lantern", 2, two.reader("ada")), record)
    assert breaker.owe_missed(two.table, "lantern", 2, two.time) == (0, 0, 0)
    assert two.subscription("ada").owed == frozenset()


def test_a_record_of_a_worker_who_slept_leaves_that_of_who_gave_the_letter_up_since(two: World) -> None:
    claimed = ledger.claim(two.table, two.subscription("ada"), start=2, to=2, owed=False, at=two.time)
    assert claimed
    ledger.release(two.table, claimed)
    key = keys.missed("lantern", 2, two.reader("ada"))
    get = two.table.get

    def give_up_meanwhile(wanted: Any, **more: Any) -> Any:
        """Between his look at the subscription and his at the record."""
        if wanted == key:
            two.table.put(key, {"reason": "held", "at": two.time + 1, "epoch": claimed.epoch})
        return get(wanted, **more)

    two.table.get = give_up_meanwhile  # type: ignore[method-assign]
    assert not ledger.miss(two.table, claimed, Missed.REJECTED, due=lambda _: None, now=two.time)
    two.table.get = get  # type: ignore[method-assign]
    assert (two.table.get(key) or {})["reason"] == "held"


def test_a_notice_that_was_passed_over_counts_for_nobody_who_did_not_come_to_it(world: World) -> None:
    world.series()
    world.release(1)
    world.minutes(2)
    world.join("ben")
    world.work()
    world.minutes(2)
    ada = world.join("ada", "first")
    world.work()
    later = {"bookmark": 1, "due_at": world.time + HOUR, "due_pk": keys.due_pk(keys.shard_of(ada))}
    world.table.update(world.subscription("ada").key, set=later)
    world.drop("lantern/away.txt", NOTICE)
    release.let_go(world.table, "lantern", world.time)
    for _ in range(2):  # the notice, and chapter 2 after it
        world.time += 10 * MINUTE
        world.post_letters()
        world.tick()
        world.chapter(2)
    world.time += 10 * MINUTE
    world.post_letters()
    world.tick()
    assert (world.meta()["newest"], world.meta().get("closed", 0)) == (3, 1)
    slow = refuse(429, "TooManyRequestsException", "Maximum sending rate exceeded.")
    world.table.update(world.subscription("ada").key, set={"due_at": world.time})
    world.mailer.always = lambda mail: slow(mail) if mail.recipient.startswith("ada@") else None
    world.minutes(1)
    life.pause(world.table, "lantern", ada, until=None, now=world.time)
    world.mailer.always = None
    world.minutes(8)
    assert world.got("ben") == [1, 2, 3]
    assert counts(world, 2) == (1, 1, 0, 0, 0)


def test_who_catches_up_and_misses_a_letter_after_the_pass_is_counted(two: World) -> None:
    """He gets each as soon as the last is decided: his pace is that of a live reader."""
    cleo = two.join("cleo", "first")
    two.work()
    later = {"due_at": two.time + HOUR, "due_pk": keys.due_pk(keys.shard_of(cleo)), "bookmark": 1}
    long_ago = {"pace": LIVE.to_item(), "joined_at": two.time - HOUR}
    two.table.update(two.subscription("cleo").key, set=later | long_ago)
    shards = sorted({keys.shard_of(two.reader(name)) for name in ("ada", "ben", "cleo")})
    two.take({"series": "lantern", "walk": shards})
    two.time += MINUTE
    two.table.update(two.subscription("cleo").key, set={"due_at": two.time})
    two.mailer.next = [BAD]
    two.take({"series": "lantern", "due": [keys.shard_of(cleo)]})
    assert two.subscription("cleo").bookmark == 2
    two.minutes(5)
    assert counts(two, 2) == (3, 2, 1, 0, 0)


def test_a_rejection_that_comes_again_decides_no_other_letter(world: World) -> None:
    world.series()
    world.release(1)
    world.join("ada")
    world.work()
    world.minutes(2)
    (letter,), taken = world.issues("ada"), world.time
    world.event(letter, "Reject", reject={"reason": "Bad content"})
    breaker.owe_missed(world.table, "lantern", 1, world.time)
    world.mailer.next = [NO_ANSWER]
    world.minutes(20)
    assert world.subscription("ada").claim
    world.event(letter, "Reject", accepted_at=taken, reject={"reason": "Bad content"})
    assert world.subscription("ada").claim
    tell_of_everything(world, 120)
    assert world.got("ada") == [1, 1]


def test_a_rejection_decides_the_letter_that_was_rejected(two: World) -> None:
    two.mailer.next = [NO_ANSWER]
    two.work()
    doubtful = next(two.subscription(name) for name in ("ada", "ben") if two.subscription(name).claim)
    assert doubtful.claim
    told: dict[str, Any] = {"epoch": doubtful.epoch, "to": 2, "due": lambda _: None}
    assert not ledger.settle_by_event(two.table, doubtful, rejected="another", **told)
    assert ledger.settle_by_event(two.table, doubtful, rejected=doubtful.claim.id, **told)


def test_who_leaves_and_undoes_it_is_still_known_to_have_missed_a_letter(two: World) -> None:
    ada = two.reader("ada")
    let_ada_be_rejected(two)
    life.leave(two.table, "lantern", ada, now=two.time)
    two.minutes(2)  # her record says that she has left, and her shard is passed without her
    assert "closed_at" not in (two.table.get(keys.send_total("lantern", 2)) or {})
    life.undo_leave(two.table, "lantern", ada, two.time)
    two.minutes(5)
    assert counts(two, 2) == (2, 1, 1, 0, 0)
    assert breaker.owe_missed(two.table, "lantern", 2, two.time).now == 1
    two.minutes(5)
    assert two.got("ada") == [1, 2]


def test_who_undoes_it_after_the_closing_can_be_owed_it_too(two: World) -> None:
    ada = two.reader("ada")
    let_ada_be_rejected(two)
    life.leave(two.table, "lantern", ada, now=two.time)
    two.minutes(5)
    assert counts(two, 2) == (1, 1, 0, 0, 0)
    life.undo_leave(two.table, "lantern", ada, two.time)
    assert breaker.owe_missed(two.table, "lantern", 2, two.time).now == 1
    two.minutes(5)
    assert two.got("ada") == [1, 2]


def test_an_event_names_whom_the_letter_went_to_and_not_whom_a_bounce_names(two: World) -> None:
    """The other mail server writes the bounce: it could end anybody's series."""
    two.work()
    named = [{"emailAddress": "ada@example.org", "action": "failed"}]
    two.event(two.issues("ben")[0], "Bounce", bounce={"bounceType": "Permanent", "bouncedRecipients": named})
    assert two.subscription("ada").state.value == "active"
    assert two.subscription("ben").state.value == "suppressed"
