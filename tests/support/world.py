"""The whole service in one process: the real domain over the table in memory, with a clock that a test moves.

Nothing here decides anything: the ports remember what they were given, and do what a test told them to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cliffhanger import forms, keys, links
from cliffhanger.clock import DAY, HOUR, MINUTE, SECOND, as_datetime
from cliffhanger.delivery import feedback
from cliffhanger.delivery.feedback_health import Newest
from cliffhanger.delivery.worker import Worker
from cliffhanger.ports import Account, Item, Mail, MailError, Object
from cliffhanger.publishing import ingest, minute
from cliffhanger.publishing.desk import Desk
from cliffhanger.rendering.environment import environment
from cliffhanger.settings import Settings
from cliffhanger.subscription import Subscription
from cliffhanger.web import confirming, joining, leaving
from cliffhanger.web.page import Page, Site
from local.memory_table import MemoryTable
from tests.support.inline_pool import InlinePool

TEMPLATES = Path(__file__).parents[2] / "templates"
START = 1_800_000_000_000
KEYS = links.Keys(current="a", known={"a": b"a key that only tests use"})
SETTINGS = Settings(
    table="table",
    manuscripts_bucket="manuscripts",
    content_bucket="content",
    issues_queue_url="issues",
    letters_queue_url="letters",
    feedback_queue_url="feedback",
    feedback_dlq_url="feedback-dlq",
    base_url="https://stories.example.org",
    site_url="https://read.example.org",
    site_bucket="site",
    sender_domain="stories.example.org",
    postal_address="1 Quiet Lane, Sometown",
    operator_address="operator@example.org",
    grace=10 * MINUTE,
    day=DAY,
    doubt=HOUR,
    spacing=0,
    workers=4,
    threads=4,
    memory=256,
    first_day=0,
    templates=TEMPLATES,
    secret="secret",
    configuration_set="set",
    generation="1:table",
    clock_file=None,
)
SERIES_YAML = """\
title: The Lantern Road
author: Mara Quill
author_address: mara@example.org
"""


class WorkerDied(BaseException):
    """What a killed process looks like to the test: no handler in the domain may see it."""


@dataclass
class FakeMailer:
    """Accepts, unless a test has put something else into `next`. Keeps what was accepted, and what was tried."""

    accepted: list[Mail] = field(default_factory=list)
    forgotten: list[str] = field(default_factory=list)
    tried: int = 0
    next: list[Callable[[Mail], None]] = field(default_factory=list)
    always: Callable[[Mail], None] | None = None

    def send(self, mail: Mail) -> None:
        self.tried += 1
        if self.next:
            self.next.pop(0)(mail)
        if self.always:
            self.always(mail)
        self.accepted.append(mail)

    def forget(self, address: str) -> None:
        self.forgotten.append(address)


@dataclass
class FakeManuscripts:
    objects: dict[str, Object] = field(default_factory=dict)

    def current(self, key: str) -> Object | None:
        return self.objects.get(key)


@dataclass
class FakeContent:
    objects: dict[str, bytes] = field(default_factory=dict)

    def put(self, key: str, data: bytes) -> None:
        self.objects[key] = data

    def get(self, key: str) -> bytes | None:
        return self.objects.get(key)


@dataclass
class FakeArchive:
    """`kept` has the media type of each path; `writes` counts how often each was written."""

    objects: dict[str, bytes] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)
    writes: Counter[str] = field(default_factory=Counter)

    def put(self, path: str, data: bytes, *, media_type: str, lasting: bool = False) -> None:
        self.objects[path] = data
        self.kept[path] = media_type
        self.writes[path] += 1

    def get(self, path: str) -> bytes | None:
        return self.objects.get(path)

    def delete(self, path: str) -> None:
        self.objects.pop(path, None)


@dataclass
class FakeHints:
    waiting_issues: list[dict[str, Any]] = field(default_factory=list)
    waiting_letters: list[str] = field(default_factory=list)

    def issues(self, messages: list[dict[str, Any]]) -> None:
        self.waiting_issues.extend(messages)

    def letter(self, letter_id: str) -> None:
        self.waiting_letters.append(letter_id)

    def waiting(self) -> int:
        return len(self.waiting_issues)


@dataclass
class FakeFeedbackQueue:
    count: int = 0

    def unread(self) -> int:
        return self.count


@dataclass
class FakeAccounts:
    enabled: bool = True
    max_rate: float = 100.0
    max_24h: float = 50_000.0
    sent_24h: float = 0.0

    def account(self) -> Account:
        return Account(self.enabled, self.max_rate, self.max_24h, self.sent_24h)


class World:
    def __init__(self, settings: Settings = SETTINGS) -> None:
        self.time = START
        self.settings = settings
        self.table = MemoryTable()
        self.manuscripts = FakeManuscripts()
        self.content = FakeContent()
        self.archive = FakeArchive()
        self.hints = FakeHints()
        self.mailer = FakeMailer()
        self.feedback_queue = FakeFeedbackQueue()
        self.accounts = FakeAccounts()
        self.tallied: Counter[str] = Counter()
        self.measured: dict[str, Mapping[str, float]] = {}
        self.told: list[Exception] = []
        self.newest_event = Newest()
        self._versions = 0
        templates = environment(TEMPLATES)
        shared = {"table": self.table, "content": self.content, "clock": self.clock, "keys": KEYS}
        self.desk = Desk(
            manuscripts=self.manuscripts,
            archive=self.archive,
            hints=self.hints,
            tally=lambda name: self.tallied.update([name]),
            measure=self.measured.__setitem__,
            tell=self.told.append,
            templates=templates,
            settings=settings,
            **shared,  # type: ignore[arg-type]
        )
        self.site = Site(hints=self.hints, templates=templates, settings=settings, **shared)  # type: ignore[arg-type]
        self.worker = Worker(
            mailer=self.mailer,
            feedback_queue=self.feedback_queue,
            sleep=self.pass_seconds,
            pool=InlinePool(),
            settings=settings,
            **shared,  # type: ignore[arg-type]
        )

    # Time ----------------------------------------------------------------------------------------------

    def clock(self) -> int:
        return self.time

    def pass_seconds(self, seconds: float) -> None:
        self.time += round(seconds * SECOND)

    def minutes(self, count: int) -> None:
        """So many ticks, each a minute after the last, and all that they hint at."""
        for _ in range(count):
            self.time += MINUTE
            self.tick()
            self.work()

    # The functions -------------------------------------------------------------------------------------

    def tick(self) -> None:
        minute.tick(self.desk, self.accounts)

    def work(self) -> None:
        """Take what lies in the queues, letters first."""
        while self.hints.waiting_letters or self.hints.waiting_issues:
            if self.hints.waiting_letters:
                self.take({"letter": self.hints.waiting_letters.pop(0)})
            else:
                self.take(self.hints.waiting_issues.pop(0))

    def post_letters(self) -> None:
        """Take what lies in the letters queue alone."""
        if self.table.get(keys.PACE) is None:
            self.tick()
        letters, self.hints.waiting_letters = self.hints.waiting_letters, []
        for letter in letters:
            self.take({"letter": letter})

    def take(self, hint: dict[str, Any]) -> None:
        self.worker.take(hint, enough=lambda: False)

    def drop(self, key: str, text: str | bytes) -> None:
        self._versions += 1
        data = text.encode() if isinstance(text, str) else text
        self.manuscripts.objects[key] = Object(data, f"v{self._versions}")
        ingest.take(self.desk, key)

    def delete(self, key: str) -> None:
        self.manuscripts.objects.pop(key)
        ingest.take(self.desk, key)

    def event(self, mail: Mail, kind: str = "Send", *, accepted_at: int | None = None, **more: Any) -> None:
        """SES tells something of a mail that it accepted (ms); now, if nothing else is said."""
        accepted = as_datetime(self.time if accepted_at is None else accepted_at)
        document = {
            "eventType": kind,
            "mail": {
                "timestamp": accepted.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
                "tags": {name: [value] for name, value in mail.tags.items()},
                "destination": [mail.recipient],
            },
            **more,
        }
        feedback.take(
            feedback.parse(document),
            table=self.table,
            keys_=KEYS,
            settings=self.settings,
            clock=self.clock,
            newest=self.newest_event,
        )

    # Short ways to a state -----------------------------------------------------------------------------

    def series(self, slug: str = "lantern", yaml: str = SERIES_YAML) -> None:
        self.drop(f"{slug}/series.yaml", yaml)

    def chapter(self, number: int, slug: str = "lantern") -> None:
        self.drop(
            f"{slug}/{number:02}.md", f"# Chapter {number}: Night {number}\n\nThe lamp burned. It was night {number}.\n"
        )

    def release(self, *numbers: int, slug: str = "lantern") -> None:
        """Drop the chapters, tell the author, and let the grace pass. The hints that result still wait."""
        for number in numbers:
            self.chapter(number, slug)
        self.post_letters()
        self.time += self.settings.grace
        self.tick()

    def join(self, name: str, start: str = "newest", slug: str = "lantern") -> str:
        """Ask, find the confirmation, click. Returns the reader's id. The hint that results still waits."""
        self.subscribe(name, start, slug)
        page = self.click_confirmation(name)
        assert page.status == 200
        return self.reader(name)

    def subscribe(self, name: str, start: str = "newest", slug: str = "lantern") -> Page:
        form = {"email": f"{name}@example.org", "start": start, "form": self.seal(slug)}
        page = joining.subscribe(self.site, slug, form, "198.51.100.7")
        self.post_letters()
        return page

    def seal(self, slug: str = "lantern") -> str:
        """Of the form on a series' page that was opened a minute ago."""
        return forms.seal(joining.SEALED_FOR, slug, keys=KEYS, now=self.time - MINUTE)

    def click_confirmation(self, name: str) -> Page:
        return confirming.confirm(self.site, self.confirmation_token(name), {})

    def confirmation_token(self, name: str) -> str:
        mail = [m for m in self.mailer.accepted if m.recipient == f"{name}@example.org" and "/confirm/" in m.text][-1]
        return mail.text.partition("/confirm/")[2].split()[0]

    def leave(self, name: str, slug: str = "lantern") -> Page:
        token = links.sign("unsubscribe", slug, self.reader(name), KEYS)
        return leaving.leave(self.site, slug, token, {})

    # What there is -------------------------------------------------------------------------------------

    def reader(self, name: str) -> str:
        item = self.table.get(keys.address(links.address_digest(f"{name}@example.org", KEYS)))
        assert item
        return str(item["reader"])

    def subscription(self, name: str, slug: str = "lantern") -> Subscription:
        item = self.table.get(keys.subscription(slug, self.reader(name)))
        assert item
        return Subscription.from_item(item)

    def issues(self, name: str) -> list[Mail]:
        return [m for m in self.mailer.accepted if m.recipient == f"{name}@example.org" and m.tags["kind"] == "issue"]

    def got(self, name: str) -> list[int]:
        """The positions that a reader's inbox holds, in the order of arrival."""
        return [int(mail.tags["position"]) for mail in self.issues(name)]

    def words(self, recipient: str = "mara@example.org") -> list[Mail]:
        return [m for m in self.mailer.accepted if m.recipient == recipient and m.tags["kind"] == "word"]

    def meta(self, slug: str = "lantern") -> Item:
        item = self.table.get(keys.series_meta(slug))
        assert item
        return item


def refuse(status: int | None, code: str, message: str = "") -> Callable[[Mail], None]:
    """A mailer's answer."""

    def answer(_: Mail) -> None:
        raise MailError(status, code, message)

    return answer


def die(_: Mail) -> None:
    raise WorkerDied
