"""The whole life of a reader, clicked in a real browser on a phone's width: from the form to the end of all traces."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser
from tests.browser.visit import Visit
from tests.support.local_cloud import LocalCloud, Story

pytestmark = pytest.mark.cloud


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_readers_life_from_the_form_to_erasing(here: LocalCloud, chromium: Browser, script: bool) -> None:
    story = Story(here, "with-script" if script else "without").begin()
    story.release(1, 2, 3)
    ada = Visit.of(chromium, story, "ada", script=script)
    join(ada)
    catch_up(ada)
    rest_and_move(ada)
    leave_and_return(ada)
    change_address(ada)
    take_data_and_go(ada)
    ada.only_we_were_asked()


def test_every_other_choice_that_the_story_tells_of_is_a_click(here: LocalCloud, chromium: Browser) -> None:
    """`make story` follows the same choices through half a year."""
    story = Story(here, "choices").begin()
    story.release(1, 2, 3)
    ben = Visit.of(chromium, story, "ben", script=True)
    join_at_the_newest(ben)
    choose_paces(ben)
    choose_places(ben)
    choose_pauses(ben)
    leave_all(ben)


def join_at_the_newest(ben: Visit) -> None:
    ben.go(ben.story.page)
    ben.page.get_by_label("Your email address").fill(ben.story.address("ben"))
    ben.page.get_by_label("With the newest chapter").check()
    ben.hesitate()
    ben.press("Subscribe")
    ben.go(ben.link("confirm"))
    ben.press("Yes, send me the chapters")
    ben.story.wait_for([3], "ben")
    ben.go(ben.link("me"))
    ben.sees("You are level with the story: each new chapter comes at once. Your place: chapter 3 of 3.")


def choose_paces(ben: Visit) -> None:
    ben.page.get_by_text("Choose a pace").click()
    ben.page.get_by_label("Every so many days").check()
    ben.page.get_by_label("Days from one chapter to the next").fill("3")
    ben.page.get_by_label("At what time?").fill("20:00")
    ben.page.get_by_label("Time zone").fill("America/New_York")
    ben.page.get_by_label("Chapters in one mail").fill("3")
    ben.press("Keep this pace")
    ben.sees("Your pace is kept.")
    again(ben)
    ben.sees("A chapter every 3 days, at 20:00 (America/New York).")
    ben.page.get_by_text("Choose a pace").click()
    assert ben.page.get_by_label("Chapters in one mail").input_value() == "3"
    ben.page.get_by_label("Only when I ask for the next one").check()
    ben.press("Keep this pace")
    ben.sees("A chapter whenever you ask for one.")


def again(ben: Visit) -> None:
    ben.page.get_by_text("Change your place").click()
    ben.press("Start again at chapter one")
    ben.sees("You are catching up.")


def choose_places(ben: Visit) -> None:
    ben.page.get_by_text("Change your place").click()
    ben.page.get_by_label("I am at chapter (of 3)").fill("3")
    ben.press("Send me that one next")
    ben.sees("Your place: chapter 2 of 3.")
    again(ben)
    ben.press("Skip to the newest chapter")
    ben.sees("On we go.")
    ben.story.here.wait("ben has chapter 3 once more", lambda: ben.story.got("ben").count(3) == 2)


def choose_pauses(ben: Visit) -> None:
    ben.page.get_by_text("Take a break").click()
    ben.page.get_by_label("Pause until", exact=True).fill((datetime.now(UTC).date() + timedelta(days=30)).isoformat())
    ben.press("Pause until that day")
    ben.sees("Paused until ")
    ben.press("Go on where I was")
    ben.sees("On we go.")


def leave_all(ben: Visit) -> None:
    ben.press("Leave all stories")
    ben.sees("You have left all stories.")
    ben.sees("You do not follow this story.")


def join(ada: Visit) -> None:
    ada.go(ada.story.page)
    ada.page.get_by_label("Your email address").fill("ädä@example.test")
    ada.hesitate()
    ada.page.locator("form").evaluate("form => form.noValidate = true")
    ada.press("Subscribe")
    ada.sees("it can’t write “ä”")
    ada.page.go_back()
    ada.page.get_by_label("Your email address").fill(ada.story.address("ada"))
    ada.page.get_by_label("With chapter one").check()
    ada.press("Subscribe")
    ada.sees("Look into your inbox")
    ada.go(ada.link("confirm"))
    ada.press("Yes, send me the chapters")
    ada.sees("You now follow")


def catch_up(ada: Visit) -> None:
    ada.story.wait_for([1], "ada")
    ada.go(ada.link("next"))
    ada.press("Send me the next chapter now")
    ada.sees("The next chapter is on its way.")
    ada.story.wait_for([1, 2], "ada")
    ada.go(ada.link("me"))
    ada.sees("chapter 2 of 3")
    ada.page.get_by_text("Choose a pace").click()
    ada.page.get_by_label("On these days of the week").first.check()
    for day in ("Monday", "Friday"):
        ada.page.get_by_label(day).check()
    ada.page.get_by_label("At what time?").fill("18:30")
    ada.page.get_by_label("Time zone").fill("Europe/Berlin")
    ada.press("Keep this pace")
    ada.sees("Your pace is kept.")
    ada.sees("A chapter each Monday, Friday, at 18:30 (Europe/Berlin).")
    ada.page.reload()
    ada.sees("A chapter each Monday, Friday")


def rest_and_move(ada: Visit) -> None:
    ada.page.get_by_text("Take a break").click()
    ada.press("Pause until I go on")
    ada.sees("Paused until you go on.")
    ada.press("Go on where I was")
    ada.sees("On we go.")
    ada.page.get_by_text("Change your place").click()
    ada.press("Start again at chapter one")
    ada.sees("before the first chapter")


def leave_and_return(ada: Visit) -> None:
    ada.press("Leave this story")
    ada.sees("You do not follow this story.")
    ada.press("Follow it again")
    ada.sees("You follow the story again")
    ada.go(ada.link("unsubscribe"))
    ada.press("Stop sending me chapters")
    ada.page.get_by_label("Something else").check()
    ada.page.get_by_label("In your own words").fill("<b>a slip</b>")
    ada.press("Send")
    ada.sees("Thank you for telling us.")
    ada.go(ada.link("unsubscribe"))
    ada.press("Stop sending me chapters")
    ada.press("That was a slip: take me back")
    ada.sees("You follow the story again")


def change_address(ada: Visit) -> None:
    new = ada.story.address("ada-new")
    ada.go(ada.link("me"))
    ada.press("Change my address")
    ada.sees("A mail with the link is on its way.")
    link = ada.link("confirm", mails=2)
    ada.go(link)
    ada.page.get_by_label("Where shall your stories come?").fill(new)
    ada.press("Mail a link to that address")
    ada.sees("Look into the new inbox")
    ada.go(link)
    ada.sees("This link does not work")
    ada.go(ada.link("confirm", new))
    ada.press("Yes, use this address")
    ada.sees("Your address is changed")
    ada.name = "ada-new"


def take_data_and_go(ada: Visit) -> None:
    me = ada.link("me", ada.story.address("ada"))
    ada.go(me)
    ada.press("Download my data")
    ada.go(ada.link("confirm", mails=2))
    with ada.page.expect_download() as download:
        ada.page.get_by_role("button", name="Get the file").click()
    data = json.loads(download.value.path().read_text())
    assert data["address"] == ada.story.address("ada-new")
    assert [series["bookmark"] for series in data["series"]] == [0]
    ada.go(me)
    ada.press("Erase me")
    ada.go(ada.link("confirm", mails=3))
    ada.press("Erase me")
    ada.sees("You are erased")
    ada.go(me)
    ada.sees("This link does not work")
