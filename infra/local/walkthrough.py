"""The demo's story: a series, four chapters, three readers. Each step waits until it can be seen from outside."""

from __future__ import annotations

import re
import time
import urllib.error
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from rich.console import Console
from rich.progress import Progress

from local import tally, visitor
from local.artefacts import ROOT
from local.cloud import Cloud
from local.ministack import CloudError
from local.tally import Tally

STORY = ROOT / "stories" / "the-lantern-road"
SERIES = STORY.name
AUTHOR = "marit@stories.example.org"
PARAMETERS = {"GraceSeconds": "2", "DaySeconds": "3"}
PATIENCE = 90  # seconds that one step may take
ROUND = 0.25  # seconds between two looks

Seen = TypeVar("Seen")


@dataclass(frozen=True, slots=True)
class Chapter:
    file: str
    title: str


FIRST = (
    Chapter("01-the-forty-second-lamp.txt", "The Forty-Second Lamp"),
    Chapter("02-what-the-ledger-said.md", "What the Ledger Said"),
)
LATER = (Chapter("03-the-long-watch.md", "The Long Watch"), Chapter("04-oil-and-wick.md", "Oil and Wick"))
TITLES = tuple(chapter.title for chapter in FIRST + LATER)


@dataclass(frozen=True, slots=True)
class Reader:
    """`start` is the choice in the form; `chapters` are the titles that must come of it."""

    name: str
    start: str
    confirms: bool
    chapters: tuple[str, ...]

    @property
    def address(self) -> str:
        return f"{self.name.lower()}@example.test"


READERS = (
    Reader("Ada", "first", True, TITLES),
    Reader("Ben", "newest", True, TITLES[1:]),
    Reader("Cleo", "newest", False, ()),
)
A_WHILE = 5  # seconds over a form
WANTED = {reader.address: reader.chapters for reader in READERS}


class Walkthrough:
    def __init__(self, cloud: Cloud, console: Console) -> None:
        self.cloud = cloud
        self.console = console
        self.s3 = cloud.client("s3")
        self.sqs = cloud.client("sqs")
        self.bucket = cloud.outputs["ManuscriptsBucket"]
        self.page = f"{cloud.site_url}/{SERIES}"

    def run(self) -> Tally:
        self.say("Two chapters are out before anybody follows")
        self.drop("series.yaml")
        self.publish(FIRST)
        self.say("Three readers sign up on the series' page")
        for reader in READERS:
            self.sign_up(reader)
        self.say("Two more chapters, while Ada still catches up")
        self.publish(LATER)
        self.deliver()
        self.wait("the queues are empty", self.is_quiet)
        return self.count()

    def publish(self, chapters: tuple[Chapter, ...]) -> None:
        for chapter in chapters:
            self.drop(chapter.file)
            told = partial(self.has_told, chapter.title)
            self.wait(f"the author was told what was understood of “{chapter.title}”", told)
        for chapter in chapters:
            self.wait(f"“{chapter.title}” is out", partial(self.is_out, chapter.title))

    def drop(self, file: str) -> None:
        """An ordinary S3 put."""
        self.s3.put_object(Bucket=self.bucket, Key=f"{SERIES}/{file}", Body=(STORY / file).read_bytes())
        self.console.print(f"  ↓ {SERIES}/{file}")

    def has_told(self, title: str) -> bool:
        return any(title in (word.request.text or "") for word in self.cloud.post_office.letters_to(AUTHOR))

    def is_out(self, title: str) -> bool:
        """A series that has no chapter yet may have no page."""
        try:
            return title in visitor.look(self.page)
        except urllib.error.HTTPError as error:
            if error.code == 404:
                return False
            raise

    def sign_up(self, reader: Reader) -> None:
        hesitate = partial(self.cloud.advance, A_WHILE)
        visitor.press(self.page, hesitate, email=reader.address, start=reader.start)
        link = self.wait(f"{reader.name} was asked to confirm", partial(self.confirmation_link, reader))
        if reader.confirms:
            visitor.press(link)
        self.done(f"{reader.name} {f'confirmed: {reader.start}' if reader.confirms else 'never confirms'}")

    def confirmation_link(self, reader: Reader) -> str:
        """As it stands in the reader's mail; "" while there is none."""
        link = re.compile(re.escape(self.cloud.base_url) + r"/confirm/\S+")
        texts = (letter.request.text or "" for letter in self.cloud.post_office.letters_to(reader.address))
        return next((found.group() for text in texts if (found := link.search(text))), "")

    def deliver(self) -> None:
        expected = sum(len(reader.chapters) for reader in READERS)
        with Progress(console=self.console, transient=True) as progress:
            bar = progress.add_task("letters", total=expected)
            for _ in self.rounds("all letters have arrived"):
                found = self.count()
                progress.update(bar, completed=found.letters)
                if not found.missing:
                    break
        self.done(f"{expected} letters arrived")

    def is_quiet(self) -> bool:
        """Nothing more is on its way: no message waits in a queue or is in somebody's hands."""
        names = ("ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible")
        for queue in ("Ingest", "Issues", "Letters", "Feedback"):
            url = self.cloud.outputs[f"{queue}QueueUrl"]
            attributes = self.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"]
            if any(int(attributes[name]) for name in names):
                return False
        return True

    def count(self) -> Tally:
        return tally.count(self.cloud.letters, TITLES, WANTED)

    def wait(self, what: str, look: Callable[[], Seen]) -> Seen:
        """Look until there is something to see, and say so."""
        with self.console.status(what):
            seen = next(seen for _ in self.rounds(what) if (seen := look()))
        self.done(what)
        return seen

    def rounds(self, what: str) -> Iterator[None]:
        """Between two looks the minute's work is done, so that nobody waits for the minute."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            yield
            self.cloud.invoke_tick()
            time.sleep(ROUND)
        raise CloudError(f"{PATIENCE} seconds went by, and still not: {what}.")

    def say(self, heading: str) -> None:
        self.console.print(f"\n[bold]{heading}[/]")

    def done(self, what: str) -> None:
        self.console.print(f"  [green]✓[/] {what}")
