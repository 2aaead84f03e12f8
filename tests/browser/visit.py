"""A reader at a real browser. Whatever page she comes to is judged: its weight, its requests, its accessibility."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from tests.support.local_cloud import A_WHILE, Story, text_of

HEAVIEST = 30_000  # bytes
SCHEMES = ("light", "dark")
PHONE = {"width": 320, "height": 640}


@dataclass
class Visit:
    """Every page that `page` shows is judged in light and in dark, but by axe only with JavaScript: it is a script."""

    page: Page
    story: Story
    name: str
    script: bool
    asked: list[str] = field(default_factory=list)
    judged: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, browser: Browser, story: Story, name: str, *, script: bool) -> Visit:
        context = browser.new_context(viewport=PHONE, java_script_enabled=script, accept_downloads=True)
        visit = cls(context.new_page(), story, name, script)
        visit.page.on("request", lambda request: visit.asked.append(request.url))
        return visit

    def go(self, url: str) -> None:
        self.page.goto(url)
        self.judge()

    def press(self, words: str) -> None:
        """A button by its words; a fold that it lies in is opened first."""
        button = self.page.get_by_role("button", name=words, exact=True)
        if not button.count():
            button = self.page.get_by_text(words, exact=True)
            self.page.locator("details", has=button).locator("summary").click()
        with self.page.expect_navigation():
            button.click()
        self.judge()

    def sees(self, words: str) -> None:
        text = " ".join(self.page.locator("main").inner_text().split())
        assert words in text, f"“{words}” is not in: {text}"

    def judge(self) -> None:
        title = self.page.title()
        assert self.page.locator("h1").count() == 1
        assert len(self.page.content().encode()) <= HEAVIEST, f"{title} is too heavy"
        assert self.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], f"{title} is too wide"
        if not self.script or title in self.judged:
            return
        self.judged.add(title)
        for scheme in SCHEMES:
            self.page.emulate_media(color_scheme=scheme)
            found = Axe().run(self.page)
            assert found.violations_count == 0, f"{title}, {scheme}: {found.generate_report()}"

    def only_we_were_asked(self) -> None:
        ours = {urlsplit(url).netloc for url in (self.story.page, self.story.here.cloud.base_url)}
        assert {urlsplit(url).netloc for url in self.asked} <= ours

    # Her inbox ------------------------------------------------------------------------------------------

    def link(self, kind: str, address: str = "", mails: int = 1) -> str:
        """The link of this kind in her newest mail that has one, when `mails` such have come."""
        address = address or self.story.address(self.name)
        pattern = re.compile(re.escape(self.story.here.cloud.base_url) + rf"/{kind}/\S+")

        def found() -> list[str]:
            return [match[0] for mail in self.story.mails(address) if (match := pattern.search(text_of(mail)))]

        return self.story.here.wait(f"{self.name} has {mails} mails to {kind}", lambda: found()[mails - 1 :])[-1]

    def hesitate(self) -> None:
        self.story.here.pass_time(A_WHILE)
