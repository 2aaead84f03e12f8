"""Readers in a line: several are served at once, and what came of each is told in the order in which they stand."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import suppress
from dataclasses import dataclass, field

from cliffhanger.delivery.planner import Planner, Step
from cliffhanger.delivery.result import Result
from cliffhanger.delivery.sender import Sender
from cliffhanger.subscription import Subscription

LONGEST = 1_000
"""Readers in line behind one whose letter takes its time."""

ERRORS = 3
"""So many letters fail, not by SES's word: then it is no single reader's matter, and the line stops."""


@dataclass(slots=True)
class Standing:
    """A reader at a `place`, and what came of him: None while nobody has begun, a Future while a thread is at it."""

    place: str
    outcome: Result | Future[Result] | Exception | None = None

    @property
    def is_open(self) -> bool:
        return self.outcome is None or (isinstance(self.outcome, Future) and not self.outcome.done())


@dataclass(slots=True)
class Line:
    """One pass over readers, by the threads of one worker.

    `place` is that of the last reader who, as everybody before him, is done with: another worker may begin there.
    It moves past nobody who stopped the line, who met an error or whose letter was not begun. `note` hears each
    result. Once `stopped`, nobody is begun; `finish` waits for what is under way. `error` is the first one met.
    """

    planner: Planner
    sender: Sender
    pool: Executor
    threads: int
    note: Callable[[Result], None]
    place: str = ""
    stopped: bool = False
    error: Exception | None = None
    _errors: int = 0
    _held: bool = False
    _standing: deque[Standing] = field(default_factory=deque)
    _ready: deque[tuple[Standing, Step]] = field(default_factory=deque)
    _at_work: list[Future[Result]] = field(default_factory=list)

    def take(self, place: str, subscription: Subscription) -> None:
        """The next reader: one who needs nothing is done with, the letters go out by half a crew."""
        standing = Standing(place)
        self._standing.append(standing)
        try:
            planned = self.planner.plan(subscription)
        except Exception as error:
            standing.outcome = error
        else:
            if isinstance(planned, Step):
                self._ready.append((standing, planned))
            else:
                standing.outcome = planned
        if len(self._ready) >= max(self.threads // 2, 1):
            self._send_ready()
        self._tell()
        while len(self._standing) > LONGEST and not self.stopped:
            if self._standing[0].outcome is None:
                self._send_ready()
            self._tell(wait=not self.stopped)

    def finish(self, error: Exception | None = None) -> None:
        """Serve who is ready, unless the line is stopped or cut short by `error`, and wait for all who were begun."""
        try:
            while self._ready and not self.stopped and not error:
                self._send_ready()
        except Exception as raised:
            error = raised
        if error:
            self._fail(error, stop=True)
        while self._standing:
            self._tell(wait=True)

    def _send_ready(self) -> None:
        """Lease slots for as many as there are threads free, and give each letter to one."""
        self._wait_for_threads()
        slots = self.sender.slots.reserve(min(len(self._ready), self.threads - len(self._at_work)))
        self.stopped = self.stopped or not slots
        for slot in slots:
            if self.stopped:
                self.sender.slots.give_back(slot)
                continue
            standing, step = self._ready.popleft()
            standing.outcome = self.pool.submit(self.sender.send, step, slot)
            self._at_work.append(standing.outcome)
            self._tell()

    def _wait_for_threads(self) -> None:
        """Until half of them are free: a lease is a write, and should be worth it."""
        while True:
            self._at_work = [future for future in self._at_work if not future.done()]
            if len(self._at_work) <= self.threads // 2:
                return
            middle = self._at_work[len(self._at_work) // 2]  # the first may be one that hangs
            with suppress(Exception):
                middle.result()

    def _tell(self, *, wait: bool = False) -> None:
        """Of those at the head of the line who are done with; with `wait`, of at least one."""
        while self._standing and (wait or not self._standing[0].is_open):
            standing, wait = self._standing.popleft(), False
            self._held = not self._is_done_with(standing.outcome) or self._held
            if not self._held:
                self.place = standing.place

    def _is_done_with(self, outcome: Result | Future[Result] | Exception | None) -> bool:
        if outcome is None:
            return False
        try:
            if isinstance(outcome, Exception):
                raise outcome
            result = outcome if isinstance(outcome, Result) else outcome.result()
            self.note(result)
        except Exception as error:
            self._fail(error)
            return False
        self.stopped = self.stopped or result.stop
        return not result.stop

    def _fail(self, error: Exception, *, stop: bool = False) -> None:
        self.error = self.error or error
        self._errors += 1
        self.stopped = self.stopped or stop or self._errors >= ERRORS
