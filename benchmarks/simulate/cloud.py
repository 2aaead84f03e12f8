"""The stage's platform with meters on it: functions that are billed, processors that tire, calls that are counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from benchmarks.simulate import wires
from benchmarks.simulate.machines import Billed, Line, Processors
from benchmarks.simulate.meter import Meter
from benchmarks.stage.functions import Handler
from benchmarks.stage.kernel import Process
from benchmarks.stage.platform import SECOND, Platform
from benchmarks.stage.wires import LATENCY

from cliffhanger.ports import Mail, MailError
from cliffhanger.publishing.desk import Desk
from local.post_office.office import PostOffice

LATENCIES = {**LATENCY, "table.claim": LATENCY["table.update"], "table.settle": LATENCY["table.update"]}

MILLISECONDS = 1_000
POLLERS = 5
POLL = 20 * SECOND
"""An event source asks an empty queue so often: long polling (AWS Lambda developer guide, "Using Lambda with SQS")."""

SOURCES = 4
"""Queues with an event source: ingest, issues, letters, feedback."""


@dataclass
class Cloud(Platform):
    """`memory` is MB by the function's name. Only slips of the letters are kept."""

    memory: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.meter = Meter(lambda: self.kernel.now)
        self.told_metrics: set[tuple[int, str]] = set()
        self.refusals = 0
        super().__post_init__()

    def _wire(self) -> None:
        self.office = PostOffice(clock=self._true_time, rate=self.rate, quota=self.quota, keep_letters=False)
        self.counter.office = self.postman.office = self.office
        line = Line(self.kernel, LATENCIES, Processors(self.memory))
        meter = self.meter
        self.wired_table = wires.TableWire(line, self.table, meter)  # type: ignore[assignment]
        self.wired_content = wires.ContentWire(line, self.content, meter)  # type: ignore[assignment]
        self.wired_archive = wires.ArchiveWire(line, self.archive, meter)  # type: ignore[assignment]
        self.mailer = wires.MailerWire(line, self._send, meter)  # type: ignore[assignment]
        self.accounts = wires.AccountsWire(line, self.counter, meter)  # type: ignore[assignment]
        self.hints = wires.HintsWire(  # type: ignore[assignment]
            line, self.issues.send, self.letters.send, lambda: self.issues.visible, meter
        )
        self.feedback_queue = wires.FeedbackWire(line, lambda: self.feedback.unread, meter)  # type: ignore[assignment]

    @property
    def raised_at(self) -> int:
        """When the chapter was released (ms)."""
        return self.wired_table.raised_at // MILLISECONDS  # type: ignore[attr-defined,no-any-return]

    @property
    def desk(self) -> Desk:
        return replace(super().desk, measure=self._measure)

    def poll(self, microseconds: int) -> None:
        """What the event sources ask in that time where there is nothing."""
        for _ in range(SOURCES * POLLERS * microseconds // POLL):
            self.meter.count("SQS ReceiveMessage (empty)", "sqs")

    def _send(self, mail: Mail) -> None:
        try:
            self.counter.send(mail)
        except MailError:
            self.refusals += 1
            raise
        self.meter.count("SNS Publish (by SES)", "sns", size=wires.EVENT)
        self.meter.count("SQS SendMessage (by SNS)", "sqs", size=wires.EVENT)

    def _measure(self, series: str, numbers: Mapping[str, Any]) -> None:
        hour = self.kernel.now // (3600 * SECOND)
        for name in numbers:
            if (hour, f"{series} {name}") not in self.told_metrics:
                self.told_metrics.add((hour, f"{series} {name}"))
                self.meter.count("CloudWatch metrics, hours", "metric_hour")

    def _function(self, name: str, load: Callable[[Process], Handler], *, timeout: int, reserve: int = 0) -> Billed:
        limits = (timeout * SECOND, reserve * SECOND)
        has_queue = name in ("deliver", "feedback")
        return Billed(self.kernel, name, load, *limits, meter=self.meter, memory=self.memory[name], has_queue=has_queue)

    def minute(self) -> None:
        self.meter.count("Scheduler", "scheduler")
        super().minute()
