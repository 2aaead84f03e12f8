"""The public archive at a real browser: turning pages, reading settings, what changes under a reader's eyes."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser
from tests.browser.visit import Visit
from tests.support.local_cloud import LocalCloud, Story

pytestmark = pytest.mark.cloud

SIZE = "parseFloat(getComputedStyle(document.body).fontSize)"
PAPER = "getComputedStyle(document.documentElement).backgroundColor"


@pytest.fixture(scope="module")
def story(here: LocalCloud) -> Story:
    found = Story(here, "archive").begin()
    found.release(1, 2, 3)
    return found


def test_pages_are_turned_by_the_arrow_keys_and_by_links(story: Story, chromium: Browser) -> None:
    ada = Visit.of(chromium, story, "ada", script=True)
    ada.go(story.page)
    ada.page.get_by_role("link", name="Begin reading").click()
    ada.sees("It was night 1.")
    with ada.page.expect_navigation():
        ada.page.keyboard.press("ArrowRight")
    ada.sees("It was night 2.")
    with ada.page.expect_navigation():
        ada.page.keyboard.press("ArrowLeft")
    ada.sees("It was night 1.")
    ada.page.get_by_role("link", name="Next Chapter 2: Night 2").click()
    ada.sees("It was night 2.")
    ada.judge()
    ada.only_we_were_asked()


def test_reading_settings_are_remembered_on_the_device(story: Story, chromium: Browser) -> None:
    ada = Visit.of(chromium, story, "ada", script=True)
    ada.go(f"{story.page}/chapter-1")
    before = ada.page.evaluate(SIZE)
    choose(ada, "Very large", "Night")
    assert ada.page.evaluate(SIZE) > before * 1.3
    ada.go(f"{story.page}/chapter-2")
    assert ada.page.evaluate(SIZE) > before * 1.3
    assert ada.page.evaluate(PAPER) == "rgb(27, 24, 21)"
    assert ada.page.get_by_label("Night", exact=True).is_checked()


def test_reading_settings_work_without_javascript(story: Story, chromium: Browser) -> None:
    ben = Visit.of(chromium, story, "ben", script=False)
    ben.go(f"{story.page}/chapter-1")
    before = ben.page.locator("h1").bounding_box()
    choose(ben, "Very large", "Night")
    after = ben.page.locator("h1").bounding_box()
    assert before
    assert after
    assert after["height"] > before["height"] * 1.2


def test_a_correction_and_a_withdrawal_are_seen(story: Story, here: LocalCloud, chromium: Browser) -> None:
    cleo = Visit.of(chromium, story, "cleo", script=True)
    story.drop("03.md", "# Chapter 3: Night 3\n\nThe lamp went out. It was night 3.\n")
    cleo.go(f"{story.page}/chapter-3")
    cleo.sees("The lamp went out.")
    here.s3.delete_object(Bucket=here.cloud.outputs["ManuscriptsBucket"], Key=f"{story.slug}/03.md")
    here.wait("the author hears of it", lambda: any("Withdrawn" in mail["Subject"] for mail in story.words()))
    dora = Visit.of(chromium, story, "dora", script=True)  # Cleo's browser keeps what it has for half a minute
    answer = dora.page.goto(f"{story.page}/chapter-3")
    assert answer
    assert answer.status == 404
    dora.sees("There is nothing here")
    dora.go(f"{story.page}/chapter-2")
    assert not dora.page.locator("a[rel=next]").count()


def choose(visit: Visit, *words: str) -> None:
    visit.page.get_by_text("Reading settings").click()
    for word in words:
        visit.page.get_by_label(word, exact=True).check()
