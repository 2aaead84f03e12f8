"""The post office itself: takes requests, keeps letters, makes events. No socket, file or clock in it."""

from __future__ import annotations

import threading
from collections import Counter, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from local.post_office.answers import Answer, Manner, RefusedError, spoken
from local.post_office.events import Event, events_of
from local.post_office.letter import Letter
from local.post_office.rates import Window
from local.post_office.request import Request, domain_of, read


class Fault(StrEnum):
    """What can be ordered to go wrong. The first four are before acceptance: no letter is kept."""

    THROTTLE = "throttle"
    HANG = "hang"
    RESET = "reset"
    ERROR = "error"
    ACCEPT_THEN_HANG = "accept then hang"
    ACCEPT_THEN_RESET = "accept then reset"
    ACCEPT_THEN_ERROR = "accept then error"
    LOSE_EVENTS = "lose events"
    DOUBLE_EVENTS = "double events"


TOO_FAST = ("TooManyRequestsException", "Maximum sending rate exceeded.")
QUOTA_USED = ("LimitExceededException", "Daily message quota exceeded.")
PAUSED = ("SendingPausedException", "Sending is paused for this account.")
NOT_VERIFIED = "Email address is not verified. The following identities failed the check in region US-EAST-1: "
BROKEN = RefusedError("InternalServiceErrorException", "Internal failure.").answer()

INSTEAD_OF_ACCEPTING = {
    Fault.THROTTLE: RefusedError(*TOO_FAST).answer(),
    Fault.HANG: BROKEN.unspoken(Manner.NEVER),
    Fault.RESET: BROKEN.unspoken(Manner.RESET),
    Fault.ERROR: BROKEN,
}
AFTER_ACCEPTING = {
    Fault.ACCEPT_THEN_HANG: BROKEN.unspoken(Manner.NEVER),
    Fault.ACCEPT_THEN_RESET: BROKEN.unspoken(Manner.RESET),
    Fault.ACCEPT_THEN_ERROR: BROKEN,
}
COPIES_OF_EVENTS = {Fault.LOSE_EVENTS: 0, Fault.DOUBLE_EVENTS: 2}


@dataclass(slots=True)
class _Order:
    fault: Fault
    times: int
    to: str | None

    def concerns(self, request: Request) -> bool:
        return self.times > 0 and (self.to is None or self.to in request.to)


class PostOffice:
    """An SES account.

    `rate` is recipients per second, `quota` recipients in 24 hours. `domain` is the verified identity; None
    takes any sender. `keep` is called with each accepted letter before the answer. Events wait in
    `take_events`, so that whoever carries them decides when they arrive. Safe to call from several threads.
    """

    def __init__(
        self,
        *,
        clock: Callable[[], datetime],
        keep: Callable[[Letter], None] = lambda _: None,
        rate: float = 14,
        quota: float = 50_000,
        domain: str | None = None,
    ) -> None:
        self.letters: list[Letter] = []
        self.sending_enabled = True
        self._clock = clock
        self._keep = keep
        self._domain = domain
        self._rate = Window(rate, timedelta(seconds=1))
        self._quota = Window(quota, timedelta(hours=24), grain=timedelta(minutes=1))
        self._orders: list[_Order] = []
        self._events: deque[Event] = deque()
        self._lock = threading.Lock()

    def accept(self, body: Mapping[str, Any]) -> Answer:
        """SendEmail: the parsed JSON body in, SES's answer out."""
        with self._lock:
            try:
                request = read(body)
                faults = self._faults_for(request)
                for fault in faults & INSTEAD_OF_ACCEPTING.keys():
                    return INSTEAD_OF_ACCEPTING[fault]
                letter = self._book(request)
            except RefusedError as refused:
                return refused.answer()
            copies = next((COPIES_OF_EVENTS[fault] for fault in faults & COPIES_OF_EVENTS.keys()), 1)
            self._events.extend(event for event in events_of(letter) for _ in range(copies))
            for fault in faults & AFTER_ACCEPTING.keys():
                return AFTER_ACCEPTING[fault]
            return spoken({"MessageId": letter.message_id})

    def account(self) -> Answer:
        """GetAccount."""
        with self._lock:
            quota = {
                "Max24HourSend": float(self._quota.limit),
                "MaxSendRate": float(self._rate.limit),
                "SentLast24Hours": float(self._quota.used(self._clock())),
            }
        return spoken(
            {
                "DedicatedIpAutoWarmupEnabled": False,
                "EnforcementStatus": "HEALTHY",
                "ProductionAccessEnabled": True,
                "SendQuota": quota,
                "SendingEnabled": self.sending_enabled,
            }
        )

    def misbehave(self, fault: Fault, *, times: int = 1, to: str | None = None) -> None:
        """Order a fault for the next `times` letters, or for the next to one address. Orders add up."""
        with self._lock:
            self._orders.append(_Order(fault, times, to))

    @property
    def ordered(self) -> int:
        """Faults that were ordered and have not happened yet."""
        with self._lock:
            return sum(order.times for order in self._orders)

    def allow(self, *, rate: float, quota: float) -> None:
        """Set the account's limits, as AWS may at any time."""
        with self._lock:
            self._rate.limit = rate
            self._quota.limit = quota

    def take_events(self) -> list[Event]:
        """The events made since the last call, oldest first. Each is handed out once."""
        with self._lock:
            events = list(self._events)
            self._events.clear()
        return events

    def letters_to(self, address: str) -> list[Letter]:
        return [letter for letter in self.letters if letter.reader == address]

    def copies(self) -> Counter[tuple[str, str]]:
        """How often each reader was sent each subject."""
        return Counter((letter.reader, letter.subject) for letter in self.letters)

    def _book(self, request: Request) -> Letter:
        now = self._clock()
        self._check(request, now)
        self._rate.take(now, len(request.recipients))
        self._quota.take(now, len(request.recipients))
        number = len(self.letters) + 1
        letter = Letter(number, _message_id(now, number), now, request)
        self._keep(letter)
        self.letters.append(letter)
        return letter

    def _check(self, request: Request, now: datetime) -> None:
        if not self.sending_enabled:
            raise RefusedError(*PAUSED)
        if self._domain and domain_of(request.sender) != self._domain:
            raise RefusedError("MessageRejected", NOT_VERIFIED + request.sender)
        if not self._quota.has_room(now, len(request.recipients)):
            raise RefusedError(*QUOTA_USED)
        if not self._rate.has_room(now, len(request.recipients)):
            raise RefusedError(*TOO_FAST)

    def _faults_for(self, request: Request) -> set[Fault]:
        orders = [order for order in self._orders if order.concerns(request)]
        for order in orders:
            order.times -= 1
        return {order.fault for order in orders}


def _message_id(now: datetime, number: int) -> str:
    """In SES's shape: milliseconds in hexadecimal, then what looks like a UUID, then a counter."""
    milliseconds = int(now.timestamp() * 1000)
    return f"01{milliseconds:014x}-{number:08x}-0000-4000-8000-{number:012x}-000000"
