"""The post office itself: takes requests, keeps letters, makes events. No socket, file or clock in it."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from local.post_office.account import Account, Standing
from local.post_office.answers import Answer, RefusedError, spoken
from local.post_office.events import ON_THE_WAY, Event, events_of, made_at
from local.post_office.fates import Fate, Fates
from local.post_office.faults import AFTER_ACCEPTING, COPIES_OF_EVENTS, INSTEAD_OF_ACCEPTING, Fault, Order
from local.post_office.letter import Letter
from local.post_office.mailbag import Mailbag
from local.post_office.mischief import Latency, Mischief
from local.post_office.request import Request, read
from local.post_office.slips import Copy, Slip, count, slip_of
from local.post_office.suppression import SuppressionList

PUBLISHED = frozenset({"Send", "Bounce", "Complaint", "Reject", "Rendering Failure"})
"""What the template's configuration set publishes."""


class PostOffice:
    """An SES account. For `rate`, `quota`, `domain` and `configuration_set` see Account.

    `keep` is called with each accepted letter before the answer; with `keep_letters` off only slips are kept, not
    the letters. Of a letter to somebody on the suppression list nothing is kept: nobody gets it. `events` are the
    kinds that are published: they wait in `take_events`, so that whoever carries them decides when they arrive.
    `latency`, `fates` and `mischief` may be set at any time. Safe for several threads.
    """

    def __init__(
        self,
        *,
        clock: Callable[[], datetime],
        keep: Callable[[Letter], None] = lambda _: None,
        rate: float = 14,
        quota: float = 50_000,
        domain: str | None = None,
        configuration_set: str | None = None,
        events: frozenset[str] = PUBLISHED,
        keep_letters: bool = True,
    ) -> None:
        self.letters: list[Letter] = []
        self.slips: list[Slip] = []
        self.latency = Latency()
        self.fates = Fates()
        self.mischief = Mischief()
        self._clock = clock
        self._keep = keep
        self._keep_letters = keep_letters
        self._account = Account(rate=rate, quota=quota, domain=domain, configuration_set=configuration_set)
        self._published = events
        self._orders: list[Order] = []
        self._mailbag = Mailbag()
        self._suppressed = SuppressionList()
        self._accepted = 0
        self._lock = threading.Lock()

    def accept(self, body: Mapping[str, Any]) -> Answer:
        """SendEmail: the parsed JSON body in, SES's answer out, at once whatever the latency."""
        with self._lock:
            try:
                request = read(body)
                faults = self._faults_for(request)
                for fault in faults & INSTEAD_OF_ACCEPTING.keys():
                    return INSTEAD_OF_ACCEPTING[fault]
                letter = self._book(request)
            except RefusedError as refused:
                return refused.answer()
            told = self._publish(letter, faults)
            if not self._is_dropped(letter):
                self.slips.append(slip_of(letter, told=told))
            for fault in faults & AFTER_ACCEPTING.keys():
                return AFTER_ACCEPTING[fault]
            return spoken({"MessageId": letter.message_id})

    def account(self) -> Answer:
        """GetAccount."""
        with self._lock:
            return self._account.answer(self._clock())

    def forget(self, address: str) -> Answer:
        """DeleteSuppressedDestination: from now on letters go to this address again."""
        with self._lock:
            return self._suppressed.delete(address, self._clock())

    def misbehave(self, fault: Fault, *, times: int = 1, to: str | None = None, after: int = 0) -> None:
        """Order a fault for `times` letters after `after` others, anybody's or one address's. Orders add up."""
        with self._lock:
            self._orders.append(Order(fault, times, to, after))

    @property
    def ordered(self) -> int:
        """Faults that were ordered and have not happened yet."""
        with self._lock:
            return sum(order.times for order in self._orders)

    def allow(self, *, rate: float, quota: float) -> None:
        """Set the account's limits, as AWS may at any time."""
        with self._lock:
            self._account.rate.limit = rate
            self._account.quota.limit = quota

    def stand(self, standing: Standing) -> None:
        """Pause or suspend the account, or bring it back, as AWS may at any time."""
        with self._lock:
            self._account.standing = standing

    def take_events(self, now: datetime | None = None) -> list[Event]:
        """The events that have come by `now` (None: by the clock), the earliest first. Each is handed out once."""
        with self._lock:
            return self._mailbag.take(now or self._clock())

    @property
    def next_event_at(self) -> datetime | None:
        """When the next event comes; None while none is on its way."""
        with self._lock:
            return self._mailbag.next_at

    def letters_to(self, address: str) -> list[Letter]:
        return [letter for letter in self.letters if letter.reader == address]

    def copies(self) -> Counter[Copy]:
        """How often each reader was sent each issue."""
        with self._lock:
            return count(self.slips)

    def _book(self, request: Request) -> Letter:
        now = self._clock()
        self._account.take(request, now)
        self._accepted += 1
        letter = Letter(len(self.slips) + 1, _message_id(now, self._accepted), now, request)
        if not self._is_dropped(letter):
            self._keep(letter)
            if self._keep_letters:
                self.letters.append(letter)
        return letter

    def _is_dropped(self, letter: Letter) -> bool:
        return self._suppressed.fate(letter.reader, letter.at) is not None

    def _publish(self, letter: Letter, faults: set[Fault]) -> bool:
        """Send the letter's events on their way; is there any?"""
        copies = next((COPIES_OF_EVENTS[fault] for fault in faults & COPIES_OF_EVENTS.keys()), 1)
        told = False
        for event in events_of(letter, partial(self._fate, letter.at)):
            if event["eventType"] in self._published:
                arrivals = self.mischief.arrivals(letter.at, made_at(event)) * copies
                self._mailbag.put(event, arrivals)
                told = told or bool(arrivals)
        return told

    def _fate(self, at: datetime, address: str) -> Fate:
        """What becomes of a letter to this address that was accepted at `at`."""
        fate = self._suppressed.fate(address, at) or self.fates.draw(address)
        self._suppressed.note(address, fate, at + ON_THE_WAY)
        return fate

    def _faults_for(self, request: Request) -> set[Fault]:
        return {order.fault for order in self._orders if order.concerns(request) and order.strikes()}


def _message_id(now: datetime, number: int) -> str:
    """In SES's shape: milliseconds in hexadecimal, then what looks like a UUID, then a counter."""
    milliseconds = int(now.timestamp() * 1000)
    return f"01{milliseconds:014x}-{number:08x}-0000-4000-8000-{number:012x}-000000"
