"""What a reader may change: pace, pause, place, the next chapter now, leaving and coming back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.support.world import KEYS, World

from cliffhanger import keys
from cliffhanger.clock import DAY, HOUR, MINUTE
from cliffhanger.delivery import ledger
from cliffhanger.errors import Refusal
from cliffhanger.pace import ASKED, LIVE, Kind, every_days, on_weekdays
from cliffhanger.readers import leaving, life
from cliffhanger.subscription import MOST_IN_A_BUNDLE, State

SLUG = "lantern"
SLOWLY = every_days("3", at="07:00", zone="Europe/Lisbon")


@pytest.fixture
def world() -> World:
    """Ada catches up and has chapter one; Ben is live."""
    world = World()
    world.series()
    for number in range(1, 7):
        world.release(number)
    world.join("ada", start="first")
    world.join("ben")
    world.minutes(2)
    assert (world.got("ada"), world.got("ben")) == ([1], [6])
    return world


def days(world: World, count: float) -> None:
    world.time += int(count * DAY)
    world.minutes(3)


def test_a_reader_sees_every_series_with_his_place(world: World) -> None:
    world.series("harbour")
    world.time += HOUR
    world.join("ada", slug="harbour")
    found = life.places(world.table, world.reader("ada"))
    assert [(shelf.series.slug, place.bookmark) for shelf, place in found] == [("harbour", 0), ("lantern", 1)]


def test_a_new_pace_counts_from_the_last_letter(world: World) -> None:
    assert life.set_pace(world.table, SLUG, world.reader("ada"), SLOWLY, bundle=2, now=world.time)
    found = world.subscription("ada")
    assert (found.pace, found.bundle) == (SLOWLY, 2)
    days(world, 2)
    assert world.got("ada") == [1]
    days(world, 2)
    assert world.got("ada") == [1, 3]
    assert not life.set_pace(world.table, SLUG, world.reader("ada"), SLOWLY, bundle=2, now=world.time)


@pytest.mark.parametrize(("asked", "kept"), [(0, 1), (-3, 1), (99, MOST_IN_A_BUNDLE)])
def test_a_bundle_has_bounds(world: World, asked: int, kept: int) -> None:
    life.set_pace(world.table, SLUG, world.reader("ada"), SLOWLY, bundle=asked, now=world.time)
    assert world.subscription("ada").bundle == kept


def test_who_is_level_stays_live_whatever_his_pace(world: World) -> None:
    life.set_pace(world.table, SLUG, world.reader("ben"), SLOWLY, bundle=1, now=world.time)
    assert world.subscription("ben").is_live
    world.release(7)
    world.minutes(1)
    assert world.got("ben") == [6, 7]


def test_live_for_somebody_who_is_behind_is_a_chapter_a_day_and_no_flood(world: World) -> None:
    life.set_pace(world.table, SLUG, world.reader("ada"), LIVE, bundle=1, now=world.time)
    world.minutes(30)
    assert world.got("ada") == [1, 2]
    assert world.subscription("ada").pace.kind is Kind.DAYS
    for _ in range(5):
        days(world, 1)
    assert world.subscription("ada").is_live


def test_who_likes_to_ask_gets_nothing_unasked_and_no_send_waits_for_him(world: World) -> None:
    reader = world.reader("ben")
    life.set_pace(world.table, SLUG, reader, ASKED, bundle=1, now=world.time)
    world.release(7, 8)
    days(world, 30)
    assert world.got("ben") == [6]
    assert world.meta()["closed"] == 8
    for _ in range(3):
        assert life.next_now(world.table, SLUG, reader, world.time)
        world.minutes(2)
    assert world.got("ben") == [6, 7, 8]
    assert world.subscription("ben").due_at is None
    assert world.subscription("ben").asked_at is None


def test_who_no_longer_likes_to_ask_is_sent_to_again(world: World) -> None:
    life.set_pace(world.table, SLUG, world.reader("ada"), ASKED, bundle=1, now=world.time)
    days(world, 9)
    assert world.got("ada") == [1]
    life.set_pace(world.table, SLUG, world.reader("ada"), SLOWLY, bundle=1, now=world.time)
    days(world, 1)
    assert world.got("ada") == [1, 2]


def test_the_next_chapter_now_overrides_pace_and_spacing_once(world: World) -> None:
    assert life.next_now(world.table, SLUG, world.reader("ada"), world.time)
    world.minutes(5)
    assert world.got("ada") == [1, 2]
    days(world, 1)
    assert world.got("ada") == [1, 2, 3]


def test_the_next_chapter_is_of_no_use_to_who_is_live_paused_or_gone(world: World) -> None:
    assert not life.next_now(world.table, SLUG, world.reader("ben"), world.time)
    life.pause(world.table, SLUG, world.reader("ada"), until=None, now=world.time)
    assert not life.next_now(world.table, SLUG, world.reader("ada"), world.time)
    assert not life.next_now(world.table, SLUG, "nobody", world.time)


def test_a_pause_ends_by_itself_and_the_place_is_kept(world: World) -> None:
    until = world.time + 10 * DAY
    assert life.pause(world.table, SLUG, world.reader("ada"), until=until, now=world.time)
    assert not life.pause(world.table, SLUG, world.reader("ada"), until=until, now=world.time)
    world.release(7)
    days(world, 9)
    assert world.got("ada") == [1]
    assert world.meta()["closed"] == 7
    days(world, 2)
    days(world, 1)
    assert world.got("ada")[:2] == [1, 2]
    assert world.subscription("ada").paused_until is None


def test_a_live_reader_who_comes_back_behind_catches_up_a_chapter_a_day(world: World) -> None:
    life.pause(world.table, SLUG, world.reader("ben"), until=None, now=world.time)
    world.release(7, 8, 9)
    days(world, 40)
    assert world.got("ben") == [6]
    assert life.resume(world.table, SLUG, world.reader("ben"), to_newest=False, now=world.time)
    world.minutes(30)
    assert world.got("ben") == [6, 7]
    days(world, 1)
    days(world, 1)
    assert world.got("ben") == [6, 7, 8, 9]
    assert world.subscription("ben").is_live


def test_who_comes_back_may_skip_to_the_newest(world: World) -> None:
    life.pause(world.table, SLUG, world.reader("ben"), until=None, now=world.time)
    world.release(7, 8, 9)
    assert life.resume(world.table, SLUG, world.reader("ben"), to_newest=True, now=world.time)
    world.minutes(3)
    assert world.got("ben") == [6, 9]
    assert world.subscription("ben").is_live
    assert not life.resume(world.table, SLUG, world.reader("ben"), to_newest=True, now=world.time)


def test_a_pause_that_is_over_before_it_begins_is_none(world: World) -> None:
    assert not life.pause(world.table, SLUG, world.reader("ada"), until=world.time, now=world.time)
    assert world.subscription("ada").state is State.ACTIVE


def test_a_pause_that_ends_in_more_than_two_years_is_refused(world: World) -> None:
    end = world.time + life.LONGEST_PAUSE
    with pytest.raises(Refusal, match="two years"):
        life.pause(world.table, SLUG, world.reader("ada"), until=end + 1, now=world.time)
    assert life.pause(world.table, SLUG, world.reader("ada"), until=end, now=world.time)


def test_a_letter_under_way_at_the_pause_still_moves_the_place(world: World) -> None:
    world.time += DAY
    claimed = ledger.claim(world.table, world.subscription("ada"), start=2, to=2, owed=False, at=world.time)
    assert claimed
    life.pause(world.table, SLUG, world.reader("ada"), until=None, now=world.time)
    assert ledger.settle(world.table, claimed, due=lambda found: found.due_at)
    found = world.subscription("ada")
    assert (found.bookmark, found.state, found.due_at) == (2, State.PAUSED, None)


def test_a_letter_under_way_heeds_the_pace_chosen_meanwhile(world: World) -> None:
    world.time += DAY
    claimed = ledger.claim(world.table, world.subscription("ada"), start=2, to=2, owed=False, at=world.time)
    assert claimed
    life.set_pace(world.table, SLUG, world.reader("ada"), ASKED, bundle=1, now=world.time)
    seen = []
    assert ledger.settle(world.table, claimed, due=lambda found: seen.append(found.pace) or None)  # type: ignore[func-returns-value]
    assert seen[-1] == ASKED
    assert world.subscription("ada").due_at is None


def test_a_reader_goes_back_and_gets_it_all_again(world: World) -> None:
    assert life.move_to(world.table, SLUG, world.reader("ben"), 1, world.time)
    world.minutes(3)
    for _ in range(6):
        days(world, 1)
    assert world.got("ben") == [6, 1, 2, 3, 4, 5, 6]
    assert world.subscription("ben").is_live


def test_a_reader_who_has_read_ahead_goes_on_from_there(world: World) -> None:
    assert life.move_to(world.table, SLUG, world.reader("ada"), 5, world.time)
    assert not life.move_to(world.table, SLUG, world.reader("ada"), 5, world.time)
    days(world, 1)
    assert world.got("ada") == [1, 5]


def test_a_letter_under_way_does_not_move_the_place_that_he_chose(world: World) -> None:
    world.time += DAY
    claimed = ledger.claim(world.table, world.subscription("ada"), start=2, to=2, owed=False, at=world.time)
    assert claimed
    life.move_to(world.table, SLUG, world.reader("ada"), 5, world.time)
    assert not ledger.settle(world.table, claimed, due=lambda _: None)
    assert world.subscription("ada").bookmark == 4


@pytest.mark.parametrize("position", [0, -1, 8])
def test_there_is_no_place_before_the_first_or_after_the_next_chapter(world: World, position: int) -> None:
    assert not life.move_to(world.table, SLUG, world.reader("ada"), position, world.time)
    assert not life.move_to(world.table, "nowhere", world.reader("ada"), 1, world.time)


def test_a_paused_reader_may_move_and_stays_paused(world: World) -> None:
    life.pause(world.table, SLUG, world.reader("ben"), until=None, now=world.time)
    assert life.move_to(world.table, SLUG, world.reader("ben"), 3, world.time)
    days(world, 3)
    assert world.got("ben") == [6]
    life.resume(world.table, SLUG, world.reader("ben"), to_newest=False, now=world.time)
    world.minutes(2)
    assert world.got("ben") == [6, 3]


def test_who_leaves_may_take_it_back_and_keeps_his_place(world: World) -> None:
    reader = world.reader("ada")
    assert life.leave(world.table, SLUG, reader, reason=" too slow ", now=world.time)
    assert not life.leave(world.table, SLUG, reader, now=world.time)
    item = world.table.get(keys.subscription(SLUG, reader))
    assert item
    assert (item["state"], item["left_reason"], item["left_at"]) == ("left", "too slow", world.time)
    days(world, 3)
    assert world.got("ada") == [1]
    assert life.undo_leave(world.table, SLUG, reader, world.time)
    assert not life.undo_leave(world.table, SLUG, reader, world.time)
    days(world, 1)
    assert world.got("ada") == [1, 2]


@pytest.mark.parametrize("length", [None, 3 * DAY])
def test_who_left_while_paused_comes_back_to_his_pause(world: World, length: int | None) -> None:
    until = world.time + length if length else None
    life.pause(world.table, SLUG, world.reader("ada"), until=until, now=world.time)
    before = world.subscription("ada")
    life.leave(world.table, SLUG, world.reader("ada"), now=world.time)
    days(world, 1)
    assert life.undo_leave(world.table, SLUG, world.reader("ada"), world.time)
    assert world.subscription("ada") == replace(before, choices=before.choices + 2)
    days(world, 3)
    days(world, 1)
    assert world.got("ada") == ([1, 2] if length else [1])


def test_a_pause_that_ended_while_he_was_gone_does_not_come_back(world: World) -> None:
    life.pause(world.table, SLUG, world.reader("ada"), until=world.time + DAY, now=world.time)
    life.leave(world.table, SLUG, world.reader("ada"), now=world.time)
    days(world, 2)
    assert life.undo_leave(world.table, SLUG, world.reader("ada"), world.time)
    assert world.subscription("ada").state is State.ACTIVE
    days(world, 1)
    assert world.got("ada") == [1, 2]


def test_a_new_sign_up_after_leaving_a_pause_forgets_it(world: World) -> None:
    life.pause(world.table, SLUG, world.reader("ada"), until=None, now=world.time)
    life.leave(world.table, SLUG, world.reader("ada"), now=world.time)
    world.time += HOUR
    world.join("ada")
    life.leave(world.table, SLUG, world.reader("ada"), now=world.time)
    life.undo_leave(world.table, SLUG, world.reader("ada"), world.time)
    assert world.subscription("ada").state is State.ACTIVE


def test_a_reason_may_be_given_after_leaving(world: World) -> None:
    life.leave(world.table, SLUG, world.reader("ada"), now=world.time)
    life.leave(world.table, SLUG, world.reader("ada"), reason="no time", now=world.time)
    item = world.table.get(keys.subscription(SLUG, world.reader("ada")))
    assert item
    assert item["left_reason"] == "no time"


def test_a_complaint_after_leaving_can_not_be_undone_by_a_click(world: World) -> None:
    life.leave(world.table, SLUG, world.reader("ada"), now=world.time)
    world.time += HOUR
    leaving.suppress(world.table, "ada@example.org", reason="complained", since=world.time, keys_=KEYS)
    assert not life.undo_leave(world.table, SLUG, world.reader("ada"), world.time)


def test_a_reader_leaves_all_series_at_once(world: World) -> None:
    world.series("harbour")
    world.time += HOUR
    world.join("ada", slug="harbour")
    assert life.leave_all(world.table, world.reader("ada"), world.time)
    assert not life.leave_all(world.table, world.reader("ada"), world.time)
    assert {place.state for _, place in life.places(world.table, world.reader("ada"))} == {State.LEFT}


def test_a_sign_up_while_paused_ends_the_pause_and_keeps_the_place(world: World) -> None:
    life.pause(world.table, SLUG, world.reader("ada"), until=None, now=world.time)
    world.time += HOUR
    world.join("ada")
    days(world, 1)
    assert world.got("ada") == [1, 2]


def test_on_weekdays_a_pause_that_ends_on_a_saturday_goes_on_on_monday(world: World) -> None:
    weekdays = on_weekdays("01234", at="07:00", zone="UTC")
    life.set_pace(world.table, SLUG, world.reader("ada"), weekdays, bundle=1, now=world.time)
    monday_midnight = world.time + 3 * DAY - world.time % DAY  # START is a Friday
    life.pause(world.table, SLUG, world.reader("ada"), until=monday_midnight - 2 * DAY + HOUR, now=world.time)
    world.time = monday_midnight
    world.minutes(3)
    assert world.got("ada") == [1]
    world.time = monday_midnight + 7 * HOUR
    world.minutes(3)
    assert world.got("ada") == [1, 2]


def test_nobody_waits_for_a_letter_that_a_paused_reader_is_owed(world: World) -> None:
    world.table.update(world.subscription("ada").key, add={"owed": frozenset({1})})
    life.pause(world.table, SLUG, world.reader("ada"), until=None, now=world.time)
    days(world, 1)
    assert world.got("ada") == [1]
    life.resume(world.table, SLUG, world.reader("ada"), to_newest=False, now=world.time)
    world.time += MINUTE
    world.minutes(2)
    assert world.got("ada")[:2] == [1, 1]
