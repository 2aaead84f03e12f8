"""The way of a letter outside the service: into the post office, and its events back to the feedback queue."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

from benchmarks.stage.kernel import Kernel
from benchmarks.stage.queues import Queue

from cliffhanger.ports import Account, Mail, MailError
from local.post_office.answers import Answer, Manner
from local.post_office.office import PostOffice

SECOND = 1_000_000


@dataclass(slots=True)
class Counter:
    """The post office's counter, in process: a mailer and the account behind it."""

    office: PostOffice
    after_accepting: Callable[[], None] = lambda: None

    def send(self, mail: Mail) -> None:
        answer = self.office.accept(request_of(mail))
        self.after_accepting()
        if answer.manner is not Manner.SPOKEN:
            raise MailError(None, "NoAnswer")
        if answer.status != 200:
            raise MailError(answer.status, answer.headers["x-amzn-ErrorType"], _said(answer))

    def account(self) -> Account:
        said = _read(self.office.account())
        quota = said["SendQuota"]
        return Account(said["SendingEnabled"], quota["MaxSendRate"], quota["Max24HourSend"], quota["SentLast24Hours"])


@dataclass(slots=True)
class Postman:
    """Carries events to the feedback queue, each on its own way: late, lost or twice as it is told.

    `lost` and `doubled` are shares of the events, `latest` the longest way (µs). `loses_all` is the share of letters
    whose events are lost all together: what a claim in doubt can be wrong about.
    """

    kernel: Kernel
    office: PostOffice
    queue: Queue[dict[str, Any]]
    chance: Random
    usual: int = 2 * SECOND
    late: float = 0.0
    latest: int = 0
    lost: float = 0.0
    doubled: float = 0.0
    loses_all: float = 0.0
    deaf: set[str] | None = None

    def collect(self) -> None:
        for event in self.office.take_events():
            if self._is_lost(event):
                continue
            for _ in range(2 if self.doubled and self.chance.random() < self.doubled else 1):
                self.kernel.after(self._way(), lambda event=event: self.queue.send(event))  # type: ignore[misc]

    def _is_lost(self, event: dict[str, Any]) -> bool:
        if self.lost and self.chance.random() < self.lost:
            return True
        if self.deaf is None:
            return False
        message = event["mail"]["messageId"]
        if event["eventType"] == "Send" and self.chance.random() < self.loses_all:
            self.deaf.add(message)
        return message in self.deaf

    def _way(self) -> int:
        if self.late and self.chance.random() < self.late:
            return int(self.chance.random() * self.latest)
        return int((0.2 + self.chance.random()) * self.usual)


def request_of(mail: Mail) -> dict[str, Any]:
    """The body of SES v2 SendEmail, as the adapter writes it."""
    return {
        "FromEmailAddress": mail.sender,
        "Destination": {"ToAddresses": [mail.recipient]},
        "EmailTags": [{"Name": name, "Value": value} for name, value in mail.tags.items()],
        "Content": {
            "Simple": {
                "Subject": {"Data": mail.subject},
                "Body": {"Html": {"Data": mail.html}, "Text": {"Data": mail.text}},
                "Headers": [{"Name": name, "Value": value} for name, value in mail.headers.items()],
            }
        },
    }


def _said(answer: Answer) -> str:
    return str(_read(answer)["message"])


def _read(answer: Answer) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(answer.body)
    return document
