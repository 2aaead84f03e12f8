"""The closing round: exact counts of who got a position, and of who did not and why."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.support.world import SERIES_YAML, WorkerDied, World, refuse

from cliffhanger import catalogue, keys
from cliffhanger.clock import DAY, HOUR, MINUTE
from cliffhanger.delivery import breaker, closing
from cliffhanger.ports import Item, Key
from cliffhanger.readers import life
from local.memory_table import MemoryTable

BAD = refuse(400, "BadRequestException", "the address is bad")
NAMES = ("ada", "ben", "cyd")


@pytest.fixture
def read_one(world: World) -> World:
    """Ada, Ben and Cyd have read the first chapter, and its send is closed."""
    world.series()
    world.release(1)
    for name in NAMES:
        world.join(name)
    world.work()
    world.minutes(2)
    return world


def total(world: World, position: int = 2) -> Item:
    return world.table.get(keys.send_total("lantern", position)) or {}


def counts(world: World, position: int = 2) -> tuple[int, int, int, int, int]:
    """audience, sent, rejected, held, skipped"""
    found = total(world, position)
    audience, sent, rejected, held, skipped = (
        found[name] for name in ("audience", "sent", "rejected", "held", "skipped")
    )
    assert audience == sent + rejected + held + skipped
    return audience, sent, rejected, held, skipped


def test_a_send_ends_with_exact_counts_whatever_the_rough_ones_were(read_one: World) -> None:
    read_one.release(2)
    breaker.count(read_one.table, "lantern", 2, sent=77)
    read_one.minutes(3)
    assert counts(read_one) == (3, 3, 0, 0, 0)
    assert total(read_one)["closed_at"] <= read_one.time
    assert read_one.meta()["closed"] == 2


def test_rejected_and_held_letters_are_told_apart(world: World) -> None:
    world.series(yaml=SERIES_YAML + "in_doubt: hold\n")
    world.release(1)
    for name in NAMES:
        world.join(name)
    world.work()
    world.minutes(2)
    world.release(2)
    world.mailer.next = [BAD, refuse(None, "NoAnswer")]
    world.minutes(1)
    world.time += 2 * HOUR
    world.table.update(keys.FEEDBACK, set={"seen": world.time})
    world.minutes(6)
    assert counts(world) == (3, 1, 1, 1, 0)


def test_who_has_left_is_not_in_the_audience_and_neither_is_his_miss(read_one: World) -> None:
    read_one.release(2)
    read_one.mailer.next = [BAD]
    read_one.tick()
    read_one.work()
    (record,) = read_one.table.query("MISSED#lantern#2")
    left = next(name for name in NAMES if record["sk"].endswith(read_one.reader(name)))
    assert all(s["clean_at"] == 2 for s in read_one.table.query("SERIES#lantern", prefix="SHARD#"))
    read_one.leave(left)  # after the pass that has counted him
    read_one.minutes(4)
    assert counts(read_one) == (2, 2, 0, 0, 0)


def test_who_joined_after_the_pass_and_was_rejected_is_counted_by_the_next_one(read_one: World) -> None:
    read_one.subscribe("dee")
    read_one.release(2)
    read_one.work()
    read_one.time += MINUTE
    read_one.click_confirmation("dee")
    read_one.mailer.next = [BAD]
    read_one.work()
    assert list(read_one.table.query("MISSED#lantern#2"))
    read_one.minutes(5)
    assert counts(read_one) == (4, 3, 1, 0, 0)


def test_a_send_stays_open_while_somebody_is_owed_the_letter(read_one: World) -> None:
    read_one.release(2)
    read_one.mailer.next = [BAD]
    read_one.work()
    breaker.owe_missed(read_one.table, "lantern", 2, read_one.time)
    read_one.tick()
    assert read_one.meta()["closed"] == 1
    read_one.work()
    read_one.minutes(2)
    assert counts(read_one) == (3, 3, 0, 0, 0)


def test_a_withdrawn_position_is_skipped_by_those_who_had_not_had_it(read_one: World) -> None:
    read_one.release(2)
    read_one.mailer.next = [refuse(429, "TooManyRequestsException", "Daily message quota exceeded.")] * 2
    read_one.mailer.next.insert(0, lambda mail: None)
    read_one.work()
    had_it = sum(2 in read_one.got(name) for name in NAMES)
    assert had_it < 3
    read_one.table.update(keys.position("lantern", 2), set={"withdrawn": True})
    read_one.minutes(5)
    assert counts(read_one) == (3, had_it, 0, 0, 3 - had_it)


def test_a_debt_for_a_withdrawn_position_keeps_nothing_open(read_one: World) -> None:
    read_one.release(2)
    read_one.mailer.next = [BAD]
    read_one.work()
    breaker.owe_missed(read_one.table, "lantern", 2, read_one.time)
    read_one.table.update(keys.position("lantern", 2), set={"withdrawn": True})
    read_one.minutes(4)
    assert read_one.meta()["closed"] == 2


def test_a_series_without_readers_closes_with_nothing(world: World) -> None:
    world.series()
    world.release(1)
    world.minutes(1)
    assert counts(world, 1) == (0, 0, 0, 0, 0)


def test_what_goes_out_after_the_closing_is_counted_apart(read_one: World) -> None:
    before = counts(read_one, 1)
    read_one.time += 2 * HOUR
    read_one.join("dee", "first")
    read_one.work()
    assert read_one.got("dee") == [1]
    assert counts(read_one, 1) == before
    assert total(read_one, 1)["late_sent"] >= 1


def test_a_release_in_between_leaves_the_send_open_and_the_next_closing_counts_again(read_one: World) -> None:
    read_one.release(2)
    read_one.work()
    seen = catalogue.find(read_one.table, "lantern")
    assert seen
    assert seen.newest == 2
    read_one.release(3)
    read_one.table.update(keys.series_meta("lantern"), set={"closed": 1})
    assert closing.close(read_one.table, seen, read_one.time) == {}
    assert read_one.meta()["closed"] == 1
    read_one.minutes(3)
    assert read_one.meta()["closed"] == 3
    assert counts(read_one, 2) == counts(read_one, 3) == (3, 3, 0, 0, 0)


@pytest.mark.parametrize(("leaves", "expected"), [(None, (3, 1, 2, 0, 0)), (0, (3, 1, 2, 0, 0)), (1, (2, 1, 1, 0, 0))])
def test_many_misses_are_counted_over_several_minutes(
    read_one: World, monkeypatch: pytest.MonkeyPatch, leaves: int | None, expected: tuple[int, ...]
) -> None:
    """Who leaves after his record was read stays counted, in the audience too; who leaves before it, in neither."""
    monkeypatch.setattr(closing, "MOST_RECORDS", 1)
    read_one.release(2)
    read_one.mailer.next = [BAD, BAD]
    read_one.minutes(2)
    assert "recount" in total(read_one)
    if leaves is not None:
        record = list(read_one.table.query("MISSED#lantern#2"))[leaves]
        read_one.leave(next(name for name in NAMES if record["sk"].endswith(read_one.reader(name))))
    read_one.minutes(8)
    assert counts(read_one) == expected
    assert "recount" not in total(read_one)


class Dying(MemoryTable):
    """Dies before the write of this number."""

    writes_left = 1_000_000

    def update(self, key: Key, **changes: Any) -> Item:
        self.writes_left -= 1
        if self.writes_left < 0:
            raise WorkerDied
        return super().update(key, **changes)


def test_a_closing_cut_at_any_write_is_made_again(read_one: World) -> None:
    read_one.release(2, 3)
    read_one.mailer.next = [BAD]
    read_one.work()
    shelf = catalogue.find(read_one.table, "lantern")
    assert shelf
    for writes in range(10):
        cut = Dying()
        for item in every_item(read_one):
            cut.put(Key(item["pk"], item["sk"]), item)
        cut.writes_left = writes
        try:
            closing.close(cut, shelf, read_one.time)
        except WorkerDied:
            assert (cut.get(keys.series_meta("lantern")) or {})["closed"] == 1
        cut.writes_left = 1_000
        closing.close(cut, shelf, read_one.time)
        closed = [cut.get(keys.send_total("lantern", n)) or {} for n in (2, 3)]
        assert [(t["audience"], t["sent"], t["rejected"]) for t in closed] == [(3, 2, 1), (3, 3, 0)]
        assert (cut.get(keys.series_meta("lantern")) or {})["closed"] == 3


def every_item(world: World) -> list[Item]:
    readers = [keys.shard_pk("lantern", shard) for shard in keys.SHARDS]
    partitions = ["SERIES#lantern", *readers, "MISSED#lantern#2", "MISSED#lantern#3"]
    sends = [total(world, n) for n in (2, 3)]
    return [item for pk in partitions for item in world.table.query(pk)] + [send for send in sends if send]


def test_a_shard_that_an_older_version_passed_is_passed_again(read_one: World) -> None:
    read_one.release(2)
    read_one.work()
    for shard in read_one.table.query("SERIES#lantern", prefix="SHARD#"):
        read_one.table.update(Key(shard["pk"], shard["sk"]), remove=("audience", "clean_from"))
    read_one.minutes(4)
    assert counts(read_one) == (3, 3, 0, 0, 0)


def test_late_rejections_halt_a_series_too_and_its_resuming_begins_anew(read_one: World) -> None:
    for _ in range(breaker.FIRST):
        breaker.count(read_one.table, "lantern", 1, rejected=1)
    assert read_one.meta()["halted"] == "rejected"
    breaker.resume(read_one.table, "lantern", read_one.time)
    breaker.count(read_one.table, "lantern", 1, rejected=1)
    assert "halted" not in read_one.meta()


def test_a_claim_that_stands_keeps_the_send_open(read_one: World) -> None:
    read_one.release(2)
    ada = read_one.subscription("ada")
    read_one.table.update(ada.key, set={"claim": {"id": "x", "epoch": 1, "from": 2, "to": 2, "at": 1, "owed": False}})
    read_one.minutes(3)
    assert read_one.meta()["closed"] == 1
    assert "closed_at" not in total(read_one)


def test_a_tick_that_was_frozen_writes_no_old_counts_over_newer_ones(read_one: World) -> None:
    read_one.release(2)
    stale = catalogue.find(read_one.table, "lantern")
    assert stale
    read_one.minutes(3)
    exact = total(read_one)
    assert closing._write(read_one.table, stale, {2: closing.Count(0, -1, 0, 1, 0)}, read_one.time - HOUR) is False
    assert total(read_one) == exact


def test_a_shard_that_was_passed_after_somebody_closed_the_send_leaves_it_open(read_one: World) -> None:
    """Its pass counted nobody for this position: that says nothing about who got it."""
    read_one.release(2)
    read_one.work()
    for item in read_one.table.query(keys.series_pk("lantern"), prefix="SHARD#"):
        read_one.table.update(Key(item["pk"], item["sk"]), set={"clean_at": 2, "audience": {}})
    shelf = catalogue.find(read_one.table, "lantern")
    assert shelf
    assert closing.close(read_one.table, shelf, read_one.time) == {}
    assert read_one.meta()["closed"] == 1


@pytest.fixture
def paused_in_doubt(read_one: World) -> World:
    """Nobody knows whether Ada got chapter 2, and she has paused since."""
    read_one.release(2)
    read_one.mailer.always = lambda mail: refuse(None, "NoAnswer")(mail) if mail.recipient.startswith("ada") else None
    read_one.minutes(1)
    read_one.mailer.always = None
    life.pause(read_one.table, "lantern", read_one.reader("ada"), until=None, now=read_one.time)
    read_one.minutes(4)
    assert read_one.meta()["closed"] == 1
    return read_one


def test_a_letter_of_who_pauses_is_counted_when_its_event_comes(paused_in_doubt: World) -> None:
    first = paused_in_doubt.issues("ada")[0]
    paused_in_doubt.event(replace(first, tags=first.tags | {"from": "2", "position": "2"}))
    paused_in_doubt.minutes(4)
    assert counts(paused_in_doubt) == (3, 3, 0, 0, 0)


@pytest.mark.parametrize(("policy", "expected"), [("resend", (2, 2, 0, 0, 0)), ("hold", (3, 2, 0, 1, 0))])
def test_a_letter_of_who_pauses_is_given_up_after_an_hour(
    paused_in_doubt: World, policy: str, expected: tuple[int, ...]
) -> None:
    paused_in_doubt.series(yaml=SERIES_YAML + f"in_doubt: {policy}\n")
    paused_in_doubt.time += 2 * HOUR
    paused_in_doubt.table.update(keys.FEEDBACK, set={"seen": paused_in_doubt.time})
    paused_in_doubt.minutes(4)
    assert counts(paused_in_doubt) == expected
    assert paused_in_doubt.got("ada") == [1]
    life.resume(
        paused_in_doubt.table, "lantern", paused_in_doubt.reader("ada"), to_newest=False, now=paused_in_doubt.time
    )
    paused_in_doubt.time += DAY
    paused_in_doubt.minutes(2)
    assert paused_in_doubt.got("ada") == ([1, 2] if policy == "resend" else [1])


def test_a_chapter_taken_back_and_brought_back_while_it_is_sent_is_counted_for_who_got_it(read_one: World) -> None:
    """Ada's shard has it before, Ben's passes it by meanwhile, the others get it after."""
    read_one.release(2)
    read_one.hints.waiting_issues.clear()
    text = read_one.manuscripts.objects["lantern/02.md"].data
    shards = {name: keys.shard_of(read_one.reader(name)) for name in NAMES}

    read_one.take({"series": "lantern", "walk": [shards["ada"]]})
    read_one.delete("lantern/02.md")
    read_one.take({"series": "lantern", "walk": [shards["ben"]]})
    read_one.drop("lantern/02.md", text)
    read_one.time += HOUR
    read_one.minutes(3)

    passed = {name for name, shard in shards.items() if shard == shards["ben"] != shards["ada"]}
    assert {name for name in NAMES if read_one.got(name) == [1]} == passed
    assert {name for name in NAMES if read_one.got(name) == [1, 2]} == set(NAMES) - passed
    assert counts(read_one) == (3, 3 - len(passed), 0, 0, len(passed))
    assert read_one.meta()["closed"] == 2
