"""Promise 8 and the life of a reader's clicks."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from tests.support.world import KEYS, World

from cliffhanger import links
from cliffhanger.clock import DAY, HOUR, MINUTE
from cliffhanger.web import confirming, joining, leaving, mine, offering, releasing
from cliffhanger.web.page import Page


@pytest.fixture
def open_series(world: World) -> World:
    world.series()
    world.release(1)
    world.post_letters()
    return world


def stored(world: World) -> dict[Any, Any]:
    return copy.deepcopy(world.table._partitions)


def subscribe(world: World, email: str, network: str = "198.51.100.7", **more: str) -> Page:
    page = joining.subscribe(
        world.site, "lantern", {"email": email, "start": "first", "form": world.seal(), **more}, network
    )
    world.post_letters()
    return page


def confirmations(world: World, email: str) -> int:
    return sum(mail.recipient == email and mail.tags["kind"] == "confirmation" for mail in world.mailer.accepted)


def test_looking_at_every_link_changes_nothing(open_series: World) -> None:
    world = open_series
    world.subscribe("ada")
    token = world.confirmation_token("ada")
    before = stored(world)
    assert confirming.ask(world.site, token).status == 200
    assert stored(world) == before
    confirming.confirm(world.site, token, {})
    reader = world.reader("ada")
    before = stored(world)
    for _ in range(2):
        assert (
            leaving.ask_to_leave(world.site, "lantern", links.sign("unsubscribe", "lantern", reader, KEYS)).status
            == 200
        )
        assert (
            mine.show_by_old_link(world.site, "lantern", links.sign("preferences", "lantern", reader, KEYS)).status
            == 200
        )
        assert releasing.ask(world.site, "lantern", links.sign("release", "lantern", "0" * 16, KEYS)).status == 200
        assert confirming.ask(world.site, token).status == 200
        assert offering.show(world.site, "lantern").status == 200
    assert stored(world) == before


def test_a_click_confirms_and_the_token_works_once(open_series: World) -> None:
    open_series.join("ada", start="first")
    open_series.minutes(1)
    open_series.leave("ada")
    assert confirming.confirm(open_series.site, open_series.confirmation_token("ada"), {}).status == 200
    open_series.minutes(3)
    assert open_series.subscription("ada").state == "left"


def test_a_token_is_stored_only_as_its_digest_and_expires(open_series: World) -> None:
    open_series.subscribe("ada")
    token = open_series.confirmation_token("ada")
    assert token not in repr(stored(open_series)) + repr(open_series.content.objects)
    open_series.time += 8 * DAY
    assert confirming.confirm(open_series.site, token, {}).status == 404


def test_every_address_gets_the_same_answer(open_series: World) -> None:
    open_series.join("ada")
    known = subscribe(open_series, "ada@example.org")
    unknown = subscribe(open_series, "nobody@example.org")
    again = subscribe(open_series, "nobody@example.org")
    robot = subscribe(open_series, "robot@example.org", website="https://spam.example")
    assert known == unknown == again == robot
    assert "@example.org" not in known.html


def test_a_robot_that_fills_the_hidden_field_gets_no_mail(open_series: World) -> None:
    subscribe(open_series, "robot@example.org", website="x")
    assert confirmations(open_series, "robot@example.org") == 0


def test_an_address_gets_one_confirmation_in_fifteen_minutes_and_three_a_day(open_series: World) -> None:
    for _ in range(10):
        subscribe(open_series, "ada@example.org", network="203.0.113.1")
    assert confirmations(open_series, "ada@example.org") == 1
    start = open_series.time
    while open_series.time < start - start % DAY + DAY - HOUR:
        open_series.time += 20 * MINUTE
        subscribe(open_series, "ada@example.org", network="203.0.113.1")
    assert confirmations(open_series, "ada@example.org") == 3


def test_a_network_may_ask_twenty_times_an_hour(open_series: World) -> None:
    for n in range(30):
        subscribe(open_series, f"reader{n}@example.org", network=f"203.0.113.{n}")
    assert sum(confirmations(open_series, f"reader{n}@example.org") for n in range(30)) == 20
    subscribe(open_series, "elsewhere@example.org", network="2001:db8::1")
    assert confirmations(open_series, "elsewhere@example.org") == 1


def test_the_confirmation_repeats_nothing_that_was_typed(open_series: World) -> None:
    subscribe(open_series, "ada+tell.me@example.org")
    mail = next(mail for mail in open_series.mailer.accepted if mail.tags["kind"] == "confirmation")
    assert "tell.me" not in mail.subject + mail.html + mail.text
    assert "List-Unsubscribe" not in mail.headers


@pytest.mark.parametrize("email", ["", "ada", "адa@example.org"])
def test_a_bad_address_is_answered_clearly(open_series: World, email: str) -> None:
    assert subscribe(open_series, email).status == 400


def test_a_reader_who_is_on_the_series_keeps_his_place(open_series: World) -> None:
    open_series.join("ada")
    open_series.work()
    open_series.time += HOUR
    open_series.join("ada", start="first")
    open_series.minutes(3)
    assert open_series.got("ada") == [1]


def test_forged_links_open_nothing(open_series: World) -> None:
    open_series.join("ada")
    before = stored(open_series)
    for token in ("", "a" * 33, links.sign("preferences", "lantern", open_series.reader("ada"), KEYS)):
        assert leaving.leave(open_series.site, "lantern", token, {}).status == 404
        assert confirming.confirm(open_series.site, token, {}).status == 404
        assert releasing.go(open_series.site, "lantern", token).status == 404
    assert stored(open_series) == before


def test_links_to_pages_that_moved_into_the_archive_lead_there(open_series: World) -> None:
    moved = offering.moved(open_series.site, "lantern", "chapter-1")
    assert (moved.status, moved.headers["Location"]) == (301, "https://read.example.org/lantern/chapter-1")
    assert offering.moved(open_series.site).headers["Location"] == "https://read.example.org"


def test_a_link_that_moved_leads_nowhere_else_whatever_it_holds(open_series: World) -> None:
    moved = offering.moved(open_series.site, "..//evil.example", "\r\nSet-Cookie: a")
    assert moved.headers["Location"] == "https://read.example.org/..%2F%2Fevil.example/%0D%0ASet-Cookie%3A%20a"


def test_nobody_begins_with_a_chapter_that_is_not_out(open_series: World) -> None:
    open_series.chapter(2)
    assert "Night 1" in offering.show(open_series.site, "lantern", "chapter-1").html
    assert "Night 2" not in offering.show(open_series.site, "lantern", "chapter-2").html
    assert offering.show(open_series.site, "nothing").status == 404


def test_the_authors_word_lets_held_chapters_go(world: World) -> None:
    world.series()
    world.join("ada")
    world.release(1, 2, 3, 4)
    world.minutes(1)
    word = next(mail for mail in world.words() if "/release/" in mail.text)
    token = word.text.partition("/release/lantern/")[2].split()[0]
    asked = releasing.ask(world.site, "lantern", token)
    assert all(f"Night {n}" in asked.html for n in (1, 2, 3, 4))
    for _ in range(2):
        assert releasing.go(world.site, "lantern", token).status == 200
    world.minutes(3)
    assert world.got("ada") == [1, 2, 3, 4]


def test_preferences_show_the_place_and_mask_the_address(open_series: World) -> None:
    open_series.join("ada")
    open_series.work()
    page = mine.show_by_old_link(
        open_series.site, "lantern", links.sign("preferences", "lantern", open_series.reader("ada"), KEYS)
    )
    assert "ada@example.org" not in page.html
    assert "a***@example.org" in page.html
    assert page.private
