"""What joining leaves in the store for the senders: where the reader begins, and how many there are."""

from __future__ import annotations

from typing import Any

import pytest
from tests.support.world import KEYS, World

from cliffhanger import catalogue, keys, links
from cliffhanger.clock import DAY
from cliffhanger.pace import ASKED, LIVE, Kind, on_weekdays
from cliffhanger.readers import leaving
from cliffhanger.readers.joining import SignUp, confirm, promise
from cliffhanger.subscription import MOST_IN_A_BUNDLE, State


def first(world: World, name: str) -> int:
    item = world.table.get(keys.subscription("lantern", world.reader(name)))
    assert item
    return int(item["first"])


def readers(world: World) -> int:
    return sum(shard.get("readers", 0) for shard in world.table.query(keys.series_pk("lantern"), prefix="SHARD#"))


@pytest.mark.parametrize(("start", "begins"), [("first", 1), ("newest", 3)])
def test_a_subscription_says_with_which_position_it_begins(world: World, start: str, begins: int) -> None:
    world.series()
    world.release(1, 2, 3)
    world.join("ada", start)
    assert first(world, "ada") == begins


def test_who_comes_back_begins_anew(world: World) -> None:
    world.series()
    world.release(1)
    world.join("ada")
    world.work()
    world.leave("ada")
    world.release(2)
    world.time += 20 * 60_000
    world.join("ada")
    assert first(world, "ada") == 2


def test_a_shard_knows_about_how_many_readers_it_has_and_counts_a_click_once(world: World) -> None:
    world.series()
    world.release(1)
    for name in ("ada", "ben"):
        world.join(name)
    world.click_confirmation("ada")
    assert readers(world) == 2


def ask(world: World, name: str, start: str, **choices: Any) -> None:
    """The form with its choices, and the click."""
    sign_up = SignUp(f"{name}@example.org", start, "network", "form-1", **choices)
    world.table.put(keys.confirmation(links.digest(name)), promise("lantern", sign_up, world.time) | {"until": 2**50})
    shelf = catalogue.find(world.table, "lantern")
    assert shelf
    confirm(world.table, name, shelf, KEYS, world.time)


@pytest.fixture
def open_series(world: World) -> World:
    world.series()
    world.release(1, 2, 3)
    return world


@pytest.mark.parametrize(
    ("start", "begins"), [("first", 1), ("newest", 3), ("chapter-2", 2), ("chapter-3", 3), ("chapter-9", 1)]
)
def test_a_reader_may_begin_at_any_chapter(open_series: World, start: str, begins: int) -> None:
    ask(open_series, "ada", start)
    open_series.minutes(2)
    assert open_series.got("ada") == [begins]


def test_a_chapter_that_was_sent_again_begins_at_its_new_place(open_series: World) -> None:
    open_series.drop("lantern/02.md", "---\nresend: true\n---\n# Chapter 2: Night 2\n\nThe lamp glowed, mended.\n")
    open_series.minutes(15)
    ask(open_series, "ada", "chapter-2")
    assert first(open_series, "ada") == 4


def test_the_pace_and_the_bundle_of_the_form_are_kept(open_series: World) -> None:
    weekly = on_weekdays("5", at="09:00", zone="Europe/Paris")
    ask(open_series, "ada", "first", pace=weekly, bundle=99)
    found = open_series.subscription("ada")
    assert (found.pace, found.bundle) == (weekly, MOST_IN_A_BUNDLE)


def test_who_will_ask_for_each_gets_the_first_at_once(open_series: World) -> None:
    ask(open_series, "ada", "first", pace=ASKED)
    open_series.minutes(3)
    open_series.time += 9 * DAY
    open_series.minutes(3)
    assert open_series.got("ada") == [1]


def test_live_from_chapter_one_on_is_a_chapter_a_day_until_level(open_series: World) -> None:
    ask(open_series, "ada", "first", pace=LIVE)
    assert open_series.subscription("ada").pace.kind is Kind.DAYS


def test_a_suppressed_address_that_asks_anew_is_taken_off_the_list_of_ses_too(open_series: World) -> None:
    open_series.join("ada")
    open_series.time += DAY
    leaving.suppress(open_series.table, "ada@example.org", reason="bounced", since=open_series.time, keys_=KEYS)
    open_series.time += 40 * DAY
    open_series.join("ada")
    assert open_series.mailer.forgotten == ["ada@example.org"]
    assert open_series.subscription("ada").state is State.ACTIVE
