"""What a function's machine is given: a share of a processor by its memory, and the bill for its time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import ceil
from typing import Any

from benchmarks.simulate.meter import Meter
from benchmarks.stage.functions import WARM, Function, Handler
from benchmarks.stage.kernel import Actor, Kernel, Process, T
from greenlet import getcurrent  # type: ignore[import-untyped]

from cliffhanger.errors import StoreBusy

MILLISECOND = 1_000
WHOLE_PROCESSOR = 1769
"""MB (AWS Lambda developer guide, "Configure Lambda function memory"). One Python process uses no second one."""

TURN = 5_000
"""Microseconds that a thread of Python's works before another gets its turn (sys.getswitchinterval)."""

BATCH = 10
"""Messages in a request to SQS at most."""

LOG_BYTES = 400
"""START, END and REPORT of an invocation: a rough figure."""

CPU = {
    "table.claim": 2_200,
    "table.settle": 2_200,
    "table.update": 1_000,
    "table.put": 1_000,
    "table.get": 1_000,
    "table.query": 1_000,
    "table.due": 1_000,
    "content.get": 2_000,
    "content.put": 1_000,
    "hints.issues": 1_000,
    "hints.letter": 1_000,
    "hints.waiting": 1_000,
    "feedback.unread": 1_000,
    "ses.send": 0,
    "ses.account": 1_000,
}
"""Microseconds of a whole processor. `python -m benchmarks.delivery.letter` measures 4.7 ms for a letter of 90 KB, all
told. Its claim, its post and its settling take 4.4 of them here, half before the slot's time, half after SES's answer;
counts and pages take the rest.
"""


@dataclass(slots=True)
class Processors:
    """`memory` is MB by the function's name. A machine does one thing at a time."""

    memory: Mapping[str, int]
    _free_at: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))

    def work(self, machine: str, now: int, cpu: int) -> int:
        """Microseconds until so much work is done, after all that was asked of the machine before."""
        share = min(self.memory[machine.split("-", maxsplit=1)[0]] / WHOLE_PROCESSOR, 1.0)
        done = max(self._free_at[machine], now) + int(cpu / share)
        self._free_at[machine] = done
        return done - now


@dataclass(slots=True)
class Line:
    """As the stage's, and each call first takes its time of the caller's processor. Every call takes its usual time."""

    kernel: Kernel
    latency: Mapping[str, int]
    processors: Processors

    def call(
        self,
        name: str,
        effect: Callable[[], T],
        lost: Callable[[], Exception] = StoreBusy,
        *,
        cpu: int = 0,
        wire: int = 0,
    ) -> T:
        """`cpu` and `wire`: microseconds for what this call carries, beside the usual."""
        me = getcurrent()
        whole = self.latency[name] + wire
        before = whole // 2
        work = CPU[name] + cpu
        if work and isinstance(me, Actor):
            for _ in range(work // TURN):  # who has much to do lets others have their turn
                self.kernel.pause(self.processors.work(me.process.name, self.kernel.now, TURN))
            before += self.processors.work(me.process.name, self.kernel.now, work % TURN)
        return self.kernel.call(name, effect, there=before, back=whole - whole // 2, lost=lost)


@dataclass(slots=True)
class Billed(Function):
    """A function that is billed for its memory and time, its start included."""

    memory: int = 0
    meter: Meter | None = None
    has_queue: bool = False
    _machines: list[Process] = field(default_factory=list)
    _retired: set[Process] = field(default_factory=set)

    def __post_init__(self) -> None:
        load = self.load

        def start(process: Process) -> Handler:
            self._machines.append(process)
            return load(process)

        self.load = start

    def retire(self) -> None:
        """A new version: the next invocations find new machines; those at work go on to their end."""
        self._retired.update(self._machines)

    def kill_all(self) -> int:
        """Returns how many were at work."""
        idle = {sandbox.process for sandbox in self._warm}
        at_work = [process for process in self._machines if process.alive and process not in idle]
        for process in at_work:
            self.kernel.kill(process)
        return len(at_work)

    def invoke(self, bodies: list[Any], done: Callable[[list[int]], None], died: Callable[[], None]) -> None:
        self._warm[:] = [sandbox for sandbox in self._warm if sandbox.process not in self._retired]
        begun = self.kernel.now + (WARM if self._warm else 0)

        def end(failed: list[int]) -> None:
            self._bill(begun, len(bodies))
            done(failed)

        def end_badly() -> None:
            self._bill(begun, len(bodies))
            died()

        Function.invoke(self, bodies, end, end_badly)

    def _bill(self, begun: int, messages: int) -> None:
        assert self.meter
        seconds = ceil((self.kernel.now - begun) / MILLISECOND) / 1000
        self.meter.count(f"Lambda {self.name}", "lambda_request")
        self.meter.count(f"Lambda {self.name}: GB s", "lambda_gb_second", seconds * self.memory / 1024)
        self.meter.count("CloudWatch Logs", "log_gb", LOG_BYTES / 10**9, size=LOG_BYTES)
        for _ in range(0, messages, BATCH) if self.has_queue else ():
            self.meter.count("SQS ReceiveMessage", "sqs")
            self.meter.count("SQS DeleteMessageBatch", "sqs")
