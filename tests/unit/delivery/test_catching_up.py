"""Readers who catch up: bundles, notices that come too late, the next chapter now, letters that come back."""

from __future__ import annotations

import base64
from dataclasses import replace
from typing import Any

import pytest
from tests.support.world import WorkerDied, World, die, refuse

from cliffhanger import keys
from cliffhanger.clock import DAY, HOUR, MINUTE
from cliffhanger.delivery import breaker
from cliffhanger.mailbody import LIMIT
from cliffhanger.pace import ASKED, every_days
from cliffhanger.ports import Item
from cliffhanger.publishing import release
from cliffhanger.readers import life
from cliffhanger.subscription import State

SLUG = "lantern"
DAILY = every_days("1", at="07:00", zone="UTC")
NOTICE = "Chapter 99: Author’s Note\n\nA/N: I am on holiday until spring. No chapter this time!\n"
BAD = refuse(400, "BadRequestException", "no")


@pytest.fixture
def world() -> World:
    """Ada begins at chapter one of five and likes three chapters a mail; her first letter is still to come."""
    world = World()
    world.series()
    for number in range(1, 6):
        world.release(number)
        world.work()
    begin(world, "ada", bundle=3)
    return world


def begin(world: World, name: str, *, bundle: int) -> None:
    world.join(name, start="first")
    life.set_pace(world.table, SLUG, world.reader(name), DAILY, bundle=bundle, now=world.time)
    world.table.update(world.subscription(name).key, set={"due_at": world.time})


def after_a_day(world: World) -> None:
    world.time += DAY
    world.minutes(2)


def bundles(world: World, name: str) -> list[str]:
    """What each letter holds, by its tags."""
    return [
        f"{mail.tags['before']}_{mail.tags['position']}" if "before" in mail.tags else mail.tags["position"]
        for mail in world.issues(name)
    ]


def total(world: World, position: int) -> Item:
    return world.table.get(keys.send_total(SLUG, position)) or {}


def hand_in_notice(world: World) -> None:
    world.drop(f"{SLUG}/away.txt", NOTICE)
    release.let_go(world.table, SLUG, world.time)
    world.minutes(3)


def came_back(world: World, name: str, **more: Any) -> None:
    recipient = {"emailAddress": f"{name}@example.org", "action": "failed", "status": "4.2.2"} | more
    bounce = {"bounceType": "Transient", "bouncedRecipients": [recipient]}
    world.event(world.issues(name)[-1], "Bounce", bounce=bounce)


def test_short_chapters_come_as_one_mail_as_many_as_the_reader_likes(world: World) -> None:
    world.minutes(1)
    assert bundles(world, "ada") == ["1_2_3"]
    mail = world.issues("ada")[0]
    assert mail.subject == "The Lantern Road · Chapter 1 to Chapter 3"
    for number in (1, 2, 3):
        assert f"It was night {number}." in mail.text
        assert f"It was night {number}." in mail.html
    assert mail.html.count("</html>") == 1
    after_a_day(world)
    assert bundles(world, "ada") == ["1_2_3", "4_5"]
    assert world.subscription("ada").is_live


def test_a_bundle_is_never_longer_than_mail_programs_show(world: World) -> None:
    long = "The lamp burned, and nobody counted it. " * 700
    for number in (6, 7, 8):
        world.drop(f"{SLUG}/{number:02}.md", f"# Chapter {number}: Night {number}\n\n{long}\n")
        world.time += world.settings.grace
        world.tick()
    life.move_to(world.table, SLUG, world.reader("ada"), 6, world.time)
    world.minutes(1)
    assert bundles(world, "ada") == ["6_7"]
    assert len(base64.encodebytes(world.issues("ada")[0].html.encode())) <= LIMIT


def test_each_position_of_a_bundle_is_counted(world: World) -> None:
    world.minutes(1)
    assert [total(world, number).get("late_sent") for number in (1, 2, 3, 4)] == [1, 1, 1, None]


def test_a_bundle_that_ses_refuses_is_missed_position_by_position(world: World) -> None:
    world.mailer.next = [BAD]
    world.minutes(1)
    assert world.subscription("ada").bookmark == 3
    assert [total(world, number).get("late_rejected") for number in (1, 2, 3, 4)] == [1, 1, 1, None]
    for number in (1, 2, 3):
        breaker.owe_missed(world.table, SLUG, number, world.time)
    world.minutes(5)
    assert bundles(world, "ada")[:3] == ["1", "2", "3"]


def test_a_reject_that_is_told_later_counts_each_position_once(world: World) -> None:
    world.minutes(1)
    for _ in range(2):
        world.event(world.issues("ada")[0], "Reject", reject={"reason": "Bad content"})
    assert [total(world, number).get("late_rejected") for number in (1, 2, 3)] == [1, 1, 1]


def test_a_bundle_in_doubt_is_settled_by_its_event_as_a_whole(world: World) -> None:
    world.mailer.next = [refuse(None, "NoAnswer")]
    world.minutes(1)
    claim = world.subscription("ada").claim
    assert claim
    assert claim.positions == (1, 2, 3)
    lost = {"kind": "issue", "series": SLUG, "reader": world.reader("ada"), "epoch": "1", "from": "1", "position": "3"}
    world.event(replace(world.words()[0], tags=lost))
    assert (world.subscription("ada").bookmark, world.subscription("ada").claim) == (3, None)


def test_a_bundle_of_a_worker_that_died_is_sent_again_as_it_was(world: World) -> None:
    world.mailer.next = [die]
    world.tick()
    with pytest.raises(WorkerDied):
        world.work()
    world.release(6)
    world.time += 2 * HOUR
    for mail in world.mailer.accepted[-1:]:
        world.event(mail)
    world.minutes(15)
    assert bundles(world, "ada")[:1] == ["1_2_3"]


def test_a_chapter_withdrawn_inside_a_bundle_is_passed_over(world: World) -> None:
    world.table.update(keys.position(SLUG, 2), set={"withdrawn": True})
    world.minutes(1)
    assert bundles(world, "ada") == ["1_3_4"]
    assert world.subscription("ada").bookmark == 4


def test_a_live_reader_never_gets_a_bundle(world: World) -> None:
    world.join("ben")
    world.minutes(2)
    life.set_pace(world.table, SLUG, world.reader("ben"), DAILY, bundle=3, now=world.time)
    world.release(6, 7)
    world.minutes(3)
    assert bundles(world, "ben") == ["5", "6", "7"]


def test_a_notice_spares_who_comes_to_it_late(world: World) -> None:
    hand_in_notice(world)
    world.release(6)
    for _ in range(4):
        after_a_day(world)
    assert bundles(world, "ada") == ["1_2_3", "4_5_7"]


def test_who_has_nothing_else_before_him_gets_the_notice(world: World) -> None:
    hand_in_notice(world)
    for _ in range(3):
        after_a_day(world)
    assert bundles(world, "ada") == ["1_2_3", "4_5_6"]


def test_a_live_reader_gets_a_notice_even_where_the_next_chapter_is_out_already(world: World) -> None:
    world.join("ben")
    world.minutes(2)
    world.drop(f"{SLUG}/away.txt", NOTICE)
    release.let_go(world.table, SLUG, world.time)
    world.release(6)
    world.minutes(5)
    assert world.got("ben") == [5, 6, 7]


def test_who_was_spared_a_notice_of_a_running_send_is_told_apart_in_its_count(world: World) -> None:
    world.join("ben")
    world.minutes(2)
    life.move_to(world.table, SLUG, world.reader("ada"), 6, world.time)
    world.drop(f"{SLUG}/away.txt", NOTICE)
    release.let_go(world.table, SLUG, world.time)
    world.tick()
    world.release(6)
    life.next_now(world.table, SLUG, world.reader("ada"), world.time)
    world.minutes(6)
    assert (world.got("ben"), bundles(world, "ada")[-1]) == ([5, 6, 7], "7")
    count = total(world, 6)
    assert (count["audience"], count["sent"], count["skipped"]) == (2, 1, 1)


def test_catch_up_mails_offer_the_next_chapter_and_a_pause_and_live_ones_do_not(world: World) -> None:
    world.join("ben")
    world.minutes(2)
    ada, ben = world.issues("ada")[0], world.issues("ben")[0]
    for part in (ada.html, ada.text):
        assert "/next/lantern/" in part
        assert "/pause/lantern/" in part
    assert "/next/" not in ben.html + ben.text
    after_a_day(world)
    assert "/next/" not in world.issues("ada")[-1].text  # there is none


def test_who_asks_for_each_finds_the_link_in_every_mail(world: World) -> None:
    life.set_pace(world.table, SLUG, world.reader("ada"), ASKED, bundle=5, now=world.time)
    life.next_now(world.table, SLUG, world.reader("ada"), world.time)
    world.minutes(1)
    assert bundles(world, "ada") == ["1_2_3_4_5"]
    assert "/next/" in world.issues("ada")[0].text


def test_three_letters_running_that_came_back_pause_the_reader(world: World) -> None:
    life.set_pace(world.table, SLUG, world.reader("ada"), DAILY, bundle=1, now=world.time)
    for _ in range(3):
        after_a_day(world)
        assert world.subscription("ada").state is State.ACTIVE
        came_back(world, "ada")
        came_back(world, "ada")
    found = world.subscription("ada")
    assert (found.state, found.soft_bounces, found.due_at) == (State.PAUSED, 3, None)
    after_a_day(world)
    assert len(world.issues("ada")) == 3
    life.resume(world.table, SLUG, world.reader("ada"), to_newest=False, now=world.time)
    assert world.subscription("ada").soft_bounces == 0
    after_a_day(world)
    assert len(world.issues("ada")) == 4


def test_a_letter_between_that_arrived_begins_the_count_anew(world: World) -> None:
    life.set_pace(world.table, SLUG, world.reader("ada"), DAILY, bundle=1, now=world.time)
    for comes_back in (True, True, False, True, True):
        after_a_day(world)
        if comes_back:
            came_back(world, "ada")
    assert (world.subscription("ada").state, world.subscription("ada").soft_bounces) == (State.ACTIVE, 2)


def test_an_automatic_answer_is_no_letter_that_came_back(world: World) -> None:
    life.set_pace(world.table, SLUG, world.reader("ada"), DAILY, bundle=1, now=world.time)
    for _ in range(4):
        after_a_day(world)
        came_back(world, "ada", action="delivered")
    assert (world.subscription("ada").state, world.subscription("ada").soft_bounces) == (State.ACTIVE, 0)


def test_a_bounce_of_an_earlier_stay_counts_for_nothing(world: World) -> None:
    world.minutes(1)
    life.move_to(world.table, SLUG, world.reader("ada"), 1, world.time)
    came_back(world, "ada")
    assert world.subscription("ada").soft_bounces == 0


def test_letters_that_come_back_after_starting_again_are_counted_from_one(world: World) -> None:
    life.set_pace(world.table, SLUG, world.reader("ada"), DAILY, bundle=1, now=world.time)
    for _ in range(3):
        after_a_day(world)
    came_back(world, "ada")
    life.move_to(world.table, SLUG, world.reader("ada"), 1, world.time)
    for running in (1, 2, 3):
        after_a_day(world)
        came_back(world, "ada")
        assert world.subscription("ada").soft_bounces == running
    assert world.subscription("ada").state is State.PAUSED


def test_a_send_is_closed_while_somebody_is_owed_a_letter_and_pauses(world: World) -> None:
    world.join("ben")
    world.minutes(2)
    world.release(6)
    world.mailer.next = [BAD]
    world.work()
    life.pause(world.table, SLUG, world.reader("ben"), until=None, now=world.time)
    breaker.owe_missed(world.table, SLUG, 6, world.time)
    world.minutes(3)
    count = total(world, 6)
    assert (count["audience"], count["held"]) == (1, 1)
    life.resume(world.table, SLUG, world.reader("ben"), to_newest=False, now=world.time + MINUTE)
    world.minutes(4)
    assert world.got("ben") == [5, 6]


def test_who_waits_to_be_asked_does_not_stay_in_the_index_of_the_due(world: World) -> None:
    """He was owed a letter, say, which was found to have gone out."""
    world.join("ada", start="first")
    life.set_pace(world.table, SLUG, world.reader("ada"), ASKED, bundle=1, now=world.time)
    world.table.update(
        world.subscription("ada").key,
        set={"due_pk": keys.due_pk(keys.shard_of(world.reader("ada"))), "due_at": world.time},
        remove=("asked_at",),
    )
    world.minutes(2)
    assert world.subscription("ada").due_at is None
