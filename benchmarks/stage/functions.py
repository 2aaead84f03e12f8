"""Lambda as its users meet it: sandboxes that stay warm, a time-out, a queue that calls, a limit on concurrency."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from benchmarks.stage.kernel import Kernel, Process
from benchmarks.stage.queues import Message, Queue

from cliffhanger.errors import CliffhangerError

SECOND = 1_000_000
COLD = 400_000
WARM = 8_000
"""Microseconds from the event to the first line of the handler."""


Handler = Callable[[Any, Callable[[], bool]], object]
"""What a sandbox has in memory: made once, then asked message by message, with how to know that it is enough."""

Load = Callable[[Process], Handler]
"""A cold start: from the process to its handler."""


@dataclass(slots=True, eq=False)
class Sandbox:
    process: Process
    handle: Handler | None = None


@dataclass(slots=True)
class Function:
    """`timeout` and `reserve` are microseconds: a handler is told that it is enough when less than `reserve` is left.

    `skews` gives each new sandbox its clock's error (ms). Errors that no handler should raise are in `unforeseen`.
    """

    kernel: Kernel
    name: str
    load: Load
    timeout: int
    reserve: int = 0
    skews: Callable[[], int] = lambda: 0
    invocations: int = 0
    timeouts: int = 0
    failures: Counter[str] = field(default_factory=Counter)
    unforeseen: list[Exception] = field(default_factory=list)
    _warm: list[Sandbox] = field(default_factory=list)
    _sandboxes: list[Sandbox] = field(default_factory=list)
    _made: int = 0

    def invoke(self, bodies: list[Any], done: Callable[[list[int]], None], died: Callable[[], None]) -> None:
        """Work on the bodies, each by itself. Then `done` hears which failed, or `died` that nobody will tell."""
        sandbox = self._warm.pop() if self._warm else self._new_sandbox()
        process = sandbox.process
        self.invocations += 1
        deadline = self.kernel.now + self.timeout
        over = [False]

        def end() -> None:
            if not over[0]:
                over[0] = True
                died()

        def run() -> None:
            failed = self._work(sandbox, bodies, deadline)
            if over[0]:
                return  # frozen past its time: Lambda has given it up, and nobody hears of it
            over[0] = True
            process.on_death = lambda: None
            self._warm.append(sandbox)
            done(failed)

        process.on_death = end
        self.kernel.spawn(process, run, after=WARM if sandbox.handle else COLD)
        self.kernel.at(deadline, partial(self._time_out, process, over))

    def stop(self) -> None:
        """A new version, or new settings: every sandbox is gone, in the middle of whatever it did."""
        for sandbox in self._sandboxes:
            self.kernel.kill(sandbox.process)
        self._sandboxes.clear()
        self._warm.clear()

    def _work(self, sandbox: Sandbox, bodies: list[Any], deadline: int) -> list[int]:
        if sandbox.handle is None:
            sandbox.handle = self.load(sandbox.process)
        failed = []
        for number, body in enumerate(bodies):
            try:
                sandbox.handle(body, lambda: deadline - self.kernel.now < self.reserve)
            except Exception as error:
                self.failures[type(error).__name__] += 1
                if not isinstance(error, CliffhangerError):
                    self.unforeseen.append(error)
                failed.append(number)
        return failed

    def _time_out(self, process: Process, over: list[bool]) -> None:
        """A frozen process outlives its time: that is what makes it dangerous, and why it is tried."""
        if over[0] or not process.alive:
            return
        self.timeouts += 1
        if process.frozen_until > self.kernel.now:
            process.on_death()
        else:
            self.kernel.kill(process)

    def _new_sandbox(self) -> Sandbox:
        self._made += 1
        sandbox = Sandbox(Process(f"{self.name}-{self._made}", skew=self.skews()))
        self._sandboxes.append(sandbox)
        return sandbox


@dataclass(slots=True)
class Source:
    """An event source: calls a function with what lies in a queue, `concurrency` times at once at most.

    `window` is how long it waits for a batch to fill (µs).
    """

    kernel: Kernel
    queue: Queue[Any]
    function: Function
    batch: int
    concurrency: int
    window: int = 0
    busy: int = 0
    _waiting: bool = False

    def __post_init__(self) -> None:
        self.queue.on_arrival = self.poke

    def poke(self) -> None:
        if self.window and self.queue.visible < self.batch:
            if not self._waiting:
                self._waiting = True
                self.kernel.after(self.window, self._window_over)
            return
        self._call()

    def _window_over(self) -> None:
        self._waiting = False
        self._call()

    def _call(self) -> None:
        while self.busy < self.concurrency and (batch := self.queue.receive(self.batch)):
            self.busy += 1
            self.function.invoke([m.body for m in batch], partial(self._done, batch), self._over)

    def _done(self, batch: list[Message[Any]], failed: list[int]) -> None:
        for number, message in enumerate(batch):
            if number not in failed:
                self.queue.delete(message)
        self._over()

    def _over(self) -> None:
        self.busy -= 1
        self.poke()


def every(kernel: Kernel, microseconds: int, act: Callable[[], None]) -> None:
    """From now on, again and again."""

    def again() -> None:
        act()
        kernel.after(microseconds, again)

    kernel.after(microseconds, again)
