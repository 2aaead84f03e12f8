"""The whole service on the stage: queues, functions and the minute as infra/template.yaml has them."""

from __future__ import annotations

from collections import Counter as Tallies
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.stage import wires
from benchmarks.stage.functions import Function, Handler, Source, every
from benchmarks.stage.kernel import Kernel, Process
from benchmarks.stage.pool import Pool
from benchmarks.stage.post import Counter, Postman
from benchmarks.stage.queues import Queue
from jinja2 import Environment

from cliffhanger import links
from cliffhanger.clock import DAY, HOUR, MINUTE
from cliffhanger.delivery import feedback
from cliffhanger.delivery.feedback_health import Newest
from cliffhanger.delivery.worker import Worker
from cliffhanger.ports import Archive, Content, Table
from cliffhanger.publishing import minute
from cliffhanger.publishing.desk import AT_ONCE, Desk
from cliffhanger.rendering.environment import environment
from cliffhanger.settings import Settings
from cliffhanger.web.page import Site
from local.memory_table import MemoryTable
from local.post_office.office import PostOffice

SECOND = 1_000_000
PATIENCE = 5 * SECOND
TEMPLATES = Path(__file__).parents[2] / "templates"
KEYS = links.Keys(current="a", known={"a": b"a key that only the stage uses"})
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
    operator_address=None,
    grace=10 * MINUTE,
    day=DAY,
    doubt=HOUR,
    spacing=0,
    workers=4,
    threads=16,
    memory=256,
    first_day=0,
    templates=TEMPLATES,
    secret="secret",
    configuration_set="set",
    generation="1:table",
    clock_file=None,
)


@cache
def templates() -> Environment:
    return environment(TEMPLATES)


class KeptArchive:
    """The site's bucket in memory."""

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}

    def put(self, path: str, data: bytes, *, media_type: str, lasting: bool = False) -> None:  # noqa: ARG002
        self.objects[path] = data

    def get(self, path: str) -> bytes | None:
        return self.objects.get(path)

    def delete(self, path: str) -> None:
        self.objects.pop(path, None)


class KeptContent:
    """S3 in memory."""

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}

    def put(self, key: str, data: bytes) -> None:
        self.objects[key] = data

    def get(self, key: str) -> bytes | None:
        return self.objects.get(key)


@dataclass
class Platform:
    """`chance` decides latencies and duplicates; without `jitter` every call takes its usual time.

    `doubles` is the share of queue messages that come twice, `skew` how far a machine's clock may be off (ms).
    `listeners` is how many functions read SES's events at once.
    """

    kernel: Kernel
    chance: Random
    settings: Settings = SETTINGS
    table: Table = field(default_factory=MemoryTable)
    content: Content = field(default_factory=KeptContent)
    archive: Archive = field(default_factory=KeptArchive)
    rate: float = 14.0
    quota: float = 50_000.0
    jitter: bool = True
    doubles: float = 0.0
    skew: int = 0
    listeners: int = 2
    tallies: Tallies[str] = field(default_factory=Tallies)
    told: list[Exception] = field(default_factory=list)

    def __post_init__(self) -> None:
        kernel = self.kernel
        self.office = PostOffice(clock=self._true_time, rate=self.rate, quota=self.quota)
        self.issues = self._queue(visibility=720 * SECOND)
        self.letters = self._queue(visibility=720 * SECOND)
        self.feedback = self._queue(visibility=360 * SECOND)
        self.postman = Postman(kernel, self.office, self.feedback)
        self.counter = Counter(self.office, self.postman.watch)
        self._wire()
        self.deliver = self._function("deliver", self._load_deliver, timeout=120, reserve=30)
        self.tick = self._function("tick", self._load_tick, timeout=55)
        self.pages = self._function("pages", self._load_pages, timeout=15)
        self.listen = self._function("feedback", self._load_feedback, timeout=60)
        self.issues_source = Source(kernel, self.issues, self.deliver, batch=1, concurrency=self.settings.workers)
        Source(kernel, self.letters, self.deliver, batch=5, concurrency=2)
        Source(kernel, self.feedback, self.listen, batch=50, concurrency=self.listeners, window=5 * SECOND)

    def _wire(self) -> None:
        kernel = self.kernel
        line = wires.Line(kernel, wires.LATENCY, self.chance if self.jitter else None)
        self.wired_table = wires.TableWire(line, self.table)
        self.wired_content = wires.ContentWire(line, self.content)
        self.wired_archive = wires.ArchiveWire(line, self.archive)
        self.mailer = wires.MailerWire(line, self.counter)
        self.accounts = wires.AccountsWire(line, self.counter)
        self.hints = wires.HintsWire(line, self.issues.send, self.letters.send, lambda: self.issues.visible)
        self.feedback_queue = wires.FeedbackWire(line, lambda: self.feedback.unread)

    # What happens ----------------------------------------------------------------------------------------

    def start(self) -> None:
        """The schedule is switched on: a tick each minute."""
        every(self.kernel, 60 * SECOND, self.minute)

    def minute(self) -> None:
        self.tick.invoke([None], lambda _: None, lambda: None)

    def visit(self, act: Callable[[Site], object]) -> None:
        """Somebody opens a page: `act` is called in a sandbox of `pages`. Who gets no answer tries again."""

        def again() -> None:
            self.kernel.after(PATIENCE, lambda: self.visit(act))

        self.pages.invoke([act], lambda failed: again() if failed else None, again)

    def run(self, milliseconds: int) -> None:
        self.kernel.run(self.kernel.now + milliseconds * 1_000)

    def redeploy(self, settings: Settings) -> None:
        """Every function starts anew, with these settings. The queues stay."""
        self.settings = settings
        for function in self.functions:
            function.stop()

    @property
    def functions(self) -> tuple[Function, ...]:
        return self.deliver, self.tick, self.pages, self.listen

    # Cold starts -----------------------------------------------------------------------------------------

    def worker(self, process: Process) -> Worker:
        return Worker(
            table=self.wired_table,
            content=self.wired_content,
            mailer=self.mailer,
            feedback_queue=self.feedback_queue,
            clock=self.kernel.clock,
            sleep=wires.Sleeper(self.kernel),
            keys=KEYS,
            settings=self.settings,
            pool=Pool(self.kernel, process, self.settings.threads),
        )

    @property
    def desk(self) -> Desk:
        return Desk(
            table=self.wired_table,
            manuscripts=wires.NoManuscripts(),
            content=self.wired_content,
            archive=self.wired_archive,
            hints=self.hints,
            clock=self.kernel.clock,
            tally=lambda name: self.tallies.update([name]),
            measure=lambda _series, _numbers: None,
            tell=self.told.append,
            keys=KEYS,
            templates=templates(),
            settings=self.settings,
        )

    @property
    def site(self) -> Site:
        return Site(
            table=self.wired_table,
            content=self.wired_content,
            hints=self.hints,
            clock=self.kernel.clock,
            keys=KEYS,
            templates=templates(),
            settings=self.settings,
        )

    def _load_deliver(self, process: Process) -> Handler:
        worker = self.worker(process)
        return lambda body, enough: worker.take(body, enough=enough)

    def _load_tick(self, process: Process) -> Handler:
        desk = replace(self.desk, each=Pool(self.kernel, process, AT_ONCE).map)
        return lambda _body, _enough: minute.tick(desk, self.accounts)

    def _load_pages(self, _: Process) -> Handler:
        site = self.site
        return lambda act, _enough: act(site)

    def _load_feedback(self, _: Process) -> Handler:
        take = partial(
            feedback.take,
            table=self.wired_table,
            keys_=KEYS,
            settings=self.settings,
            clock=self.kernel.clock,
            newest=Newest(),
        )
        return lambda body, _enough: take(feedback.parse(body))

    def _queue(self, *, visibility: int) -> Queue[Any]:
        return Queue(self.kernel, visibility, 5, self.chance, self.doubles)

    def _function(self, name: str, load: Callable[[Process], Handler], *, timeout: int, reserve: int = 0) -> Function:
        return Function(self.kernel, name, load, timeout * SECOND, reserve * SECOND, self._a_skew)

    def _a_skew(self) -> int:
        return self.chance.randint(-self.skew, self.skew) if self.skew else 0

    def _true_time(self) -> datetime:
        return datetime.fromtimestamp(self.kernel.now / SECOND, UTC)
