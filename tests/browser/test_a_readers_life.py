"""The whole life of a reader, clicked in a real browser on a phone's width: from the form to the end of all traces."""

from __future__ import annotations

import json

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
