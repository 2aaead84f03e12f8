"""A reader's own page: what each button does, what it does not, and who may press it."""

from __future__ import annotations

import copy
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.support.world import KEYS, SERIES_YAML, World

from cliffhanger import catalogue, forms, keys, links
from cliffhanger.clock import DAY, HOUR, MINUTE
from cliffhanger.links import Keys
from cliffhanger.pace import Kind
from cliffhanger.readers import exporting, limits
from cliffhanger.subscription import State
from cliffhanger.web import asking, choices, confirming, leaving, mine
from cliffhanger.web.mine import SEALED_FOR
from cliffhanger.web.page import Page

HOME = "198.51.100.7"


@pytest.fixture
def ada(world: World) -> World:
    """Ada has chapter 1 of 3, and catches up."""
    world.series()
    world.release(1, 2, 3)
    world.minutes(1)
    world.join("ada", start="first")
    world.work()
    return world


def token(world: World, name: str = "ada") -> str:
    return links.sign("preferences", "", world.reader(name), KEYS)


def press(world: World, do: str, name: str = "ada", series: str = "lantern", **more: str) -> str:
    """What the page says after a press."""
    sealed = forms.seal(SEALED_FOR, do, series, world.reader(name), keys=KEYS, now=world.time)
    form = {"do": do, "series": series, "form": sealed, **more}
    return said(choices.act(world.site, token(world, name), form, HOME))


def said(page: Page) -> str:
    assert page.status == 303
    return parse_qs(urlsplit(page.headers["Location"]).query)["said"][0]


def stored(world: World) -> dict[Any, Any]:
    return copy.deepcopy(world.table._partitions)


def words(page: Page) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", page.html).split())


def test_the_page_tells_how_she_stands_and_hides_her_address(ada: World) -> None:
    page = mine.show(ada.site, token(ada))
    assert page.private
    assert "a***@example.org" in words(page)
    assert "ada@example.org" not in page.html
    assert "Your place: chapter 1 of 3." in words(page)


def test_old_links_of_one_story_open_the_page_of_all(ada: World) -> None:
    old = links.sign("preferences", "lantern", ada.reader("ada"), KEYS)
    assert mine.show_by_old_link(ada.site, "lantern", old).status == 200
    assert mine.show_by_old_link(ada.site, "quay", old).status == 404


def test_the_next_chapter_comes_when_she_asks(ada: World) -> None:
    assert press(ada, "next") == "next"
    ada.work()
    assert ada.got("ada") == [1, 2]


def test_who_is_level_and_asks_is_told_that_there_is_no_next(ada: World) -> None:
    press(ada, "pace", pace="asked")
    for _ in range(2):
        press(ada, "next")
        ada.work()
    assert ada.got("ada") == [1, 2, 3]
    before = ada.subscription("ada")
    link = links.sign("next", "lantern", ada.reader("ada"), KEYS)
    assert "You have every chapter that is out." in words(asking.act(ada.site, "next", "lantern", link, HOME))
    assert ada.subscription("ada") == before
    assert press(ada, "next") == "level"


def test_a_pace_is_kept_and_nonsense_is_not(ada: World) -> None:
    chosen = {"pace": "weekdays", "day0": "1", "day4": "1", "at": "18:30", "zone": "Europe/Berlin", "bundle": "3"}
    assert press(ada, "pace", **chosen) == "pace"
    found = ada.subscription("ada")
    assert (found.pace.kind, found.pace.weekdays, found.bundle) == (Kind.WEEKDAYS, {0, 4}, 3)
    for wrong in ({"pace": ""}, {"pace": "hourly"}, {"pace": "days", "every": "0"}, {"pace": "asked", "bundle": "11"}):
        assert press(ada, "pace", **wrong) == "wrong"
    assert press(ada, "pace", **chosen | {"zone": "Europe/Atlantis"}) == "wrong"
    assert ada.subscription("ada") == found


def test_she_pauses_until_a_day_and_goes_on(ada: World) -> None:
    assert press(ada, "pause") == "paused"
    assert ada.subscription("ada").state is State.PAUSED
    assert press(ada, "pause_until", until="2027-02-01") == "paused"
    assert "Paused until 1 February 2027." in words(mine.show(ada.site, token(ada)))
    for wrong in ("2020-01-01", "soon", "9999-99-99"):
        assert press(ada, "pause_until", until=wrong) == "wrong"
    assert press(ada, "resume") == "resumed"
    assert ada.subscription("ada").state is State.ACTIVE
    assert press(ada, "resume") == "nothing"


def test_a_pause_has_its_end_within_two_years(ada: World) -> None:
    assert press(ada, "pace", pace="days", every="1", at="23:00", zone="America/Los_Angeles") == "pace"
    before = ada.subscription("ada")
    assert press(ada, "pause_until", until="9999-12-31") == "far"
    assert ada.subscription("ada") == before
    assert "two years at most" in words(mine.show(ada.site, token(ada), said="far"))


def test_a_time_beyond_every_calendar_breaks_no_page_and_no_file(ada: World) -> None:
    press(ada, "pace", pace="days", every="1", at="23:00", zone="America/Los_Angeles")
    press(ada, "pause")
    for far in (10**15, -(10**15)):
        ada.table.update(ada.subscription("ada").key, set={"paused_until": far})
        assert mine.show(ada.site, token(ada)).status == 200
        assert len(list(exporting.lines(ada.table, catalogue.every_series(ada.table), KEYS))) == 1


def test_she_moves_her_place_and_skips_to_the_newest(ada: World) -> None:
    assert press(ada, "move", position="3") == "moved"
    assert ada.subscription("ada").bookmark == 2
    assert press(ada, "again") == "moved"
    assert ada.subscription("ada").bookmark == 0
    for wrong in ("", "-1", "3.5", "1" * 9):
        assert press(ada, "move", position=wrong) == "wrong"
    assert press(ada, "move", position="99") == "nothing"
    assert press(ada, "newest") == "resumed"
    ada.work()
    assert ada.got("ada")[-1] == 3


def test_the_newest_of_a_complete_story_is_its_last_chapter(ada: World) -> None:
    ada.series(yaml=f"{SERIES_YAML}status: complete\n")
    ada.minutes(15)
    assert press(ada, "newest") == "resumed"
    ada.minutes(3)
    assert ada.got("ada") == [1, 3]
    ada.time += DAY
    ada.minutes(3)
    assert ada.got("ada") == [1, 3, 4]


def test_the_farewell_and_a_withdrawn_chapter_are_not_counted_as_chapters(ada: World) -> None:
    ada.series(yaml=f"{SERIES_YAML}status: complete\n")
    ada.minutes(15)
    ada.table.update(keys.position("lantern", 2), set={"withdrawn": True})
    assert press(ada, "move", position="2") == "moved"

    assert ada.subscription("ada").bookmark == 2, "the second that counts is position 3"
    assert "chapter 1 of 2." in words(mine.show(ada.site, token(ada)))
    assert press(ada, "move", position="3") == "moved"
    assert "chapter 2 of 2." in words(mine.show(ada.site, token(ada)))
    assert ada.subscription("ada").bookmark == 4, "the next to come, after the farewell"
    assert press(ada, "move", position="4") == "nothing"


def test_who_has_but_the_farewell_to_come_is_offered_no_skip(ada: World) -> None:
    ada.series(yaml=f"{SERIES_YAML}status: complete\n")
    ada.minutes(15)
    press(ada, "move", position="3")
    assert 'value="newest"' not in mine.show(ada.site, token(ada)).html
    press(ada, "move", position="2")
    assert 'value="newest"' in mine.show(ada.site, token(ada)).html


def test_she_leaves_one_story_or_all_and_comes_back_while_it_is_fresh(ada: World) -> None:
    ada.series("quay", SERIES_YAML)
    ada.time += 15 * MINUTE
    ada.join("ada", slug="quay")
    assert press(ada, "leave") == "left"
    assert ada.subscription("ada", "quay").state is State.ACTIVE
    assert press(ada, "leave_all", series="") == "left_all"
    assert ada.subscription("ada", "quay").state is State.LEFT
    assert press(ada, "back") == "back"
    assert ada.subscription("ada").state is State.ACTIVE
    ada.time += 31 * DAY
    assert press(ada, "back", series="quay") == "nothing"


@pytest.mark.parametrize("act", ["pause", "leave", "erase"])
def test_a_form_that_is_forged_old_or_of_somebody_else_does_nothing(ada: World, act: str) -> None:
    ada.join("ben")
    reader, before = ada.reader("ada"), stored(ada)
    old = forms.seal(SEALED_FOR, act, "lantern", reader, keys=KEYS, now=ada.time - 3 * HOUR)
    seals = {
        "none": "",
        "old": old,
        "of another act": forms.seal(SEALED_FOR, "next", "lantern", reader, keys=KEYS, now=ada.time),
        "of Ben": forms.seal(SEALED_FOR, act, "lantern", ada.reader("ben"), keys=KEYS, now=ada.time),
        "of tomorrow": forms.seal(SEALED_FOR, act, "lantern", reader, keys=KEYS, now=ada.time + DAY),
        "of another house": forms.seal(
            SEALED_FOR, act, "lantern", reader, keys=Keys("a", {"a": b"not ours"}), now=ada.time
        ),
    }
    for sealed in seals.values():
        form = {"do": act, "series": "lantern", "form": sealed}
        assert said(choices.act(ada.site, token(ada), form, HOME)) == "stale"
    assert stored(ada) == before


def test_the_token_of_another_purpose_or_reader_opens_nothing(ada: World) -> None:
    before = stored(ada)
    reader = ada.reader("ada")
    wrong = ("", "a" * 33, links.sign("unsubscribe", "lantern", reader, KEYS), links.sign("next", "", reader, KEYS))
    stranger = links.sign("preferences", "", "b" * 16, KEYS)
    for forged in (*wrong, stranger):
        assert mine.show(ada.site, forged).status == 404
        assert choices.act(ada.site, forged, {"do": "leave"}, HOME).status == 404
    for wish in ("next", "pause", "resume"):
        assert asking.act(ada.site, wish, "lantern", token(ada), HOME).status == 404
    assert stored(ada) == before


def test_a_link_of_before_a_rotation_of_the_keys_opens_the_page(ada: World) -> None:
    old = token(ada)
    rotated = Keys("b", {**KEYS.known, "b": b"the next key"})
    site = type(ada.site)(**{name: getattr(ada.site, name) for name in ada.site.__slots__} | {"keys": rotated})
    assert mine.show(site, old).status == 200


def test_looking_twice_at_every_link_and_page_changes_nothing(ada: World) -> None:
    press(ada, "erase", series="")
    ada.post_letters()
    once, reader, before = ada.confirmation_token("ada"), ada.reader("ada"), stored(ada)
    for _ in range(2):
        assert mine.show(ada.site, token(ada), opened="lantern", said="left").status == 200
        assert confirming.ask(ada.site, once).status == 200
        for wish in ("next", "pause", "resume"):
            assert asking.ask(ada.site, wish, "lantern", links.sign(wish, "lantern", reader, KEYS)).status == 200
    assert stored(ada) == before


def test_one_buttons_links_do_one_thing(ada: World) -> None:
    def wish(what: Any) -> str:
        link = links.sign(what, "lantern", ada.reader("ada"), KEYS)
        return words(asking.act(ada.site, what, "lantern", link, HOME))

    assert "The story pauses." in wish("pause")
    assert ada.subscription("ada").state is State.PAUSED
    assert "On we go." in wish("resume")
    assert "The next chapter is on its way." in wish("next")
    ada.work()
    assert ada.got("ada") == [1, 2]


def test_nobody_puts_words_into_our_mouth(ada: World) -> None:
    page = mine.show(ada.site, token(ada), opened="<b>", said="Send your password to …")
    assert "password" not in page.html
    assert "<b>" not in page.html


def test_a_reader_may_press_sixty_times_an_hour(ada: World) -> None:
    answers = [press(ada, "resume") for _ in range(70)]
    assert answers.count("often") == 10
    ada.time += HOUR
    assert press(ada, "resume") == "nothing"


def test_the_links_of_her_mails_are_counted_with_her_page_and_leaving_never_is(ada: World) -> None:
    reader, house = ada.reader("ada"), "203.0.113.9"
    links_ = {wish: links.sign(wish, "lantern", reader, KEYS) for wish in ("pause", "resume")}
    for number in range(60):
        wish: Any = "resume" if number % 2 else "pause"
        assert asking.act(ada.site, wish, "lantern", links_[wish], house).status == 200
    page = asking.act(ada.site, "pause", "lantern", links_["pause"], house)
    assert (page.status, "That was a lot at once." in words(page)) == (429, True)
    assert ada.subscription("ada").state is State.ACTIVE
    assert press(ada, "pause") == "often"
    assert ada.leave("ada").status == 200
    assert ada.subscription("ada").state is State.LEFT


def test_one_house_may_not_press_without_end(ada: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CLICKS_PER_NETWORK", ((1, HOUR),))
    token_ = links.sign("pause", "lantern", ada.reader("ada"), KEYS)
    answers = [asking.act(ada.site, "pause", "lantern", token_, f"198.51.{third}.7") for third in (100, 100, 101)]
    assert [page.status for page in answers] == [200, 429, 200]


def test_the_page_speaks_the_language_of_the_story(ada: World) -> None:
    ada.series("laterne", SERIES_YAML + "language: de\n")
    ada.time += 15 * MINUTE
    ada.join("ada", slug="laterne")
    german = mine.show(ada.site, token(ada), opened="laterne")
    assert "Deine Geschichten" in words(german)
    assert 'lang="de"' in german.html
    assert "Dieser Link geht nicht" in words(leaving.ask_to_leave(ada.site, "laterne", "forged"))


def test_after_leaving_a_reason_and_a_way_back(ada: World) -> None:
    link = links.sign("unsubscribe", "lantern", ada.reader("ada"), KEYS)
    left = ada.leave("ada")
    sealed = re.findall(r'name="form" value="([^"]+)"', left.html)[0]
    reason = {"do": "reason", "form": sealed, "reason": "other", "words": "<script>x</script>" + "y" * 1000}
    thanked = leaving.leave(ada.site, "lantern", link, reason)
    assert "<script>" not in thanked.html
    item = ada.table.get(ada.subscription("ada").key)
    assert item
    assert item["left_reason"].startswith("other: <script>x</script>yyy")
    assert len(item["left_reason"]) <= 500
    leaving.leave(ada.site, "lantern", link, {"do": "undo", "form": "forged"})
    assert ada.subscription("ada").state is State.LEFT
    leaving.leave(ada.site, "lantern", link, {"do": "undo", "form": sealed})
    assert ada.subscription("ada").state is State.ACTIVE
    leaving.leave(ada.site, "lantern", link, reason)
    assert ada.subscription("ada").state is State.ACTIVE, "a reason alone leaves nothing"
