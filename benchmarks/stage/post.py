"""The way of a letter outside the service: into the post office, and its events back to the feedback queue."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from benchmarks.stage.kernel import Kernel
from benchmarks.stage.queues import Queue

from cliffhanger.errors import CliffhangerError
from cliffhanger.ports import Account, Mail, MailError
from local.post_office.answers import Answer, Manner
from local.post_office.office import PostOffice


@dataclass(slots=True)
class Counter:
    """The post office's counter, in process: a mailer and the account behind it."""

    office: PostOffice
    after_accepting: Callable[[], None]

    def send(self, mail: Mail) -> None:
        answer = self.office.accept(request_of(mail))
        self.after_accepting()
        if answer.manner is not Manner.SPOKEN:
            raise MailError(None, "NoAnswer")
        if answer.status != 200:
            code = answer.headers.get("x-amzn-ErrorType", str(answer.status))
            raise MailError(answer.status, code, _message(answer))

    def forget(self, address: str) -> None:
        """Whether it was on the list or not is all one, as it is to the adapter."""
        self.office.forget(address)

    def account(self) -> Account:
        answer = self.office.account()
        said = json.loads(answer.body)
        if answer.status != 200:
            raise CliffhangerError("SES refused GetAccount", permanent=False)
        quota = said["SendQuota"]
        return Account(said["SendingEnabled"], quota["MaxSendRate"], quota["Max24HourSend"], quota["SentLast24Hours"])


@dataclass(slots=True)
class Postman:
    """Brings each event to the feedback queue when the post office's mischief lets it come.

    `heard` is when the first event of a letter came there (µs), by its message id.
    """

    kernel: Kernel
    office: PostOffice
    queue: Queue[dict[str, Any]]
    heard: dict[str, int] = field(default_factory=dict)
    _next: int | None = None

    def watch(self) -> None:
        """To be called after each letter: something may have been laid into the mailbag."""
        coming = self.office.next_event_at
        if coming is None:
            return
        at = int(coming.timestamp() * 1_000_000) + 1
        if self._next is None or at < self._next:
            self._next = at
            self.kernel.at(at, self._collect)

    def _collect(self) -> None:
        self._next = None
        for event in self.office.take_events():
            self.heard.setdefault(event["mail"]["messageId"], self.kernel.now)
            self.queue.send(event)
        self.watch()


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


def _message(answer: Answer) -> str:
    """What SES says beside the code; what stands before SES may say anything."""
    try:
        return str(json.loads(answer.body).get("message", ""))
    except ValueError:
        return ""
