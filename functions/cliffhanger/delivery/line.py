"""Readers in a line: several are served at once, and how far all are done with is known."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Executor, Future
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice

from cliffhanger.delivery.planner import Planner, Step
from cliffhanger.delivery.result import Result
from cliffhanger.delivery.sender import Sender
from cliffhanger.subscription import Subscription

LONGEST = 1_000
"""Readers in line behind one whose letter takes its time: memory stays flat."""

MOST_AT_ONCE = 32
"""Letters in a lease: the slots are close together, and the last letter must be ready with the first."""

ERRORS = 3
"""So many letters fail, not by SES's word: then it is no single reader's matter, and the line stops."""


@dataclass(slots=True)
class Standing:
    """A reader at a `place`. `passed`: True when he is done with, False where somebody must come again."""

    place: str
    passed: bool | None = None


@dataclass(slots=True)
class Line:
    """One pass over readers, by the threads of one worker.

    `enough` says whether the worker's time is up: then no letter is begun any more. `note` hears each result as soon as
    it is known. `place` is that of the last reader who, as everybody before him,
    is done with: another worker may begin there. It moves past nobody who stopped the line, who met an error or whose
    letter was not begun. `error` is the first one met.
    """

    planner: Planner
    sender: Sender
    pool: Executor
    threads: int
    note: Callable[[Result], None]
    enough: Callable[[], bool]
    place: str = ""
    stopped: bool = False
    error: Exception | None = None
    _errors: int = 0
    _held: bool = False
    _standing: deque[Standing] = field(default_factory=deque)
    _ready: deque[tuple[Standing, Step]] = field(default_factory=deque)
    _at_work: dict[Future[Result], Standing] = field(default_factory=dict)
    _done: deque[Future[Result]] = field(default_factory=deque)

    def serve(self, readers: Iterable[tuple[str, Subscription]]) -> None:
        """Serve readers, each with his place, until all are served or the line is stopped. Nobody is left under way."""
        try:
            for place, subscription in readers:
                if self._must_stop():
                    break
                self._take(place, subscription)
            while self._ready and not self.stopped:
                self._send_ready()
        except Exception as error:
            self._fail(error, stop=True)
        while self._at_work:
            self._wait_for(0)

    def _take(self, place: str, subscription: Subscription) -> None:
        """One who needs nothing is done with; letters go out by half a crew."""
        standing = Standing(place)
        if not self._held:
            self._standing.append(standing)
        try:
            planned = self.planner.plan(subscription)
        except Exception as error:
            self._fail(error, standing)
        else:
            if isinstance(planned, Step):
                self._ready.append((standing, planned))
            else:
                self._conclude(standing, planned)
        if len(self._ready) >= self._crew:
            self._send_ready()
        self._look_round()
        while len(self._standing) > LONGEST and self._at_work:
            self._wait_for(0)
        if len(self._standing) > LONGEST and self._ready and not self.stopped:
            self._send_ready()

    @property
    def _crew(self) -> int:
        """So many letters go out together: half of the threads prepare theirs while the others wait for SES."""
        return max(min(self.threads // 2, MOST_AT_ONCE), 1)

    def _send_ready(self) -> None:
        """Lease slots for as many as there are threads free, and give each letter to one."""
        while len(self._at_work) > self.threads - self._crew:  # a lease is a write, and should be worth it
            self._wait_for(len(self._at_work) // 2)  # the first may be one that hangs
        if self._must_stop():
            return  # SES may have taken its time
        slots = self.sender.slots.reserve(min(len(self._ready), self.threads - len(self._at_work)))
        self.stopped = self._must_stop() or not slots  # others may have held them all for a while
        for slot in slots:
            if self.stopped:
                self.sender.slots.give_back(slot)
                continue
            standing, step = self._ready.popleft()
            future = self.pool.submit(self.sender.send, step, slot)
            self._at_work[future] = standing
            future.add_done_callback(self._done.append)
            self._look_round()

    def _must_stop(self) -> bool:
        self.stopped = self.stopped or self.enough()
        return self.stopped

    def _wait_for(self, number: int) -> None:
        with suppress(Exception):  # `_look_round` finds it
            next(islice(self._at_work, number, None)).result()
        self._look_round()

    def _look_round(self) -> None:
        """Who is done? Then the place moves on."""
        while self._done:
            future = self._done.popleft()
            standing = self._at_work.pop(future)
            if isinstance(error := future.exception(), Exception):
                self._fail(error, standing)
            else:
                self._conclude(standing, future.result())
        while self._standing and self._standing[0].passed:
            self.place = self._standing.popleft().place
        if self._standing and self._standing[0].passed is False:
            self._held = True  # the place stays: nobody behind need be remembered
            self._standing.clear()

    def _conclude(self, standing: Standing, result: Result) -> None:
        self.stopped = self.stopped or result.stop
        try:
            self.note(result)
        except Exception as error:
            self._fail(error, standing)
        else:
            standing.passed = not result.stop

    def _fail(self, error: Exception, standing: Standing | None = None, *, stop: bool = False) -> None:
        self.error = self.error or error
        self._errors += 1
        self.stopped = self.stopped or stop or self._errors >= ERRORS
        if standing:
            standing.passed = False
