"""One rate for all senders: slots leased from one item.

The generic cell rate algorithm (ITU-T I.371): the item holds the theoretical arrival time of the next letter,
`tat`; to lease n slots is to move it n intervals on by a conditional write. Issues may lease up to 2 s ahead of
now and confirmations 30 s, so that confirmations still find slots while a long send takes every other one.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from enum import Enum

from cliffhanger import keys
from cliffhanger.clock import SECOND
from cliffhanger.errors import ConditionFailed
from cliffhanger.ports import ABSENT, Clock, Item, Sleep, Table, When

LOWEST_RATE = 100
"""Thousandths of a letter a second: a throttled sender keeps trying, slowly."""

TRIES = 5
MOST_AT_ONCE = 10
"""Slots that one worker can use before they grow stale, at a tenth of a second per letter."""
STALE = 2 * SECOND
"""A slot older than this is not used: slots saved up would go out as a burst."""


class Horizon(Enum):
    """How far ahead of now a slot may be leased, in milliseconds."""

    ISSUES = 2 * SECOND
    LETTERS = 30 * SECOND


@dataclass(slots=True)
class Slots:
    """One worker's slots. It leases a few at once, so that a lease costs little per letter."""

    table: Table
    generation: str
    clock: Clock
    sleep: Sleep
    horizon: Horizon
    most: int = MOST_AT_ONCE
    _leased: deque[int] = field(default_factory=deque)

    def take(self) -> bool:
        """Wait for the next slot. False if there is none: paused, over quota, or others have them all."""
        while True:
            if not self._leased:
                self._leased.extend(lease(self.table, self.generation, self.clock(), self.horizon, self.most))
            if not self._leased:
                return False
            slot, now = -(-self._leased.popleft() // 1000), self.clock()  # never early, not by half a millisecond
            if slot >= now - STALE:
                break
        if slot > now:
            self.sleep((slot - now) / 1000)
        return True


def lease(table: Table, generation: str, now: int, horizon: Horizon, most: int = MOST_AT_ONCE) -> list[int]:
    """The next few free slots (microseconds since 1970); none if sending is not allowed now."""
    for _ in range(TRIES):
        pace = table.get(keys.PACE)
        if not pace or "paused" in pace or pace["generation"] != generation or pace["budget"] <= 0:
            return []
        interval = 1_000_000_000 // pace["rate"]
        start = max(pace["tat"], now * 1000)
        room = ((now + horizon.value) * 1000 - start) // interval + 1
        count = min(max(pace["rate"] // 1000, 1), most, room, pace["budget"])
        if count <= 0:
            return []
        when: When = {"tat": pace["tat"], "generation": generation, "paused": ABSENT}
        try:
            table.update(keys.PACE, set={"tat": start + count * interval}, add={"budget": -count}, when=when)
        except ConditionFailed:
            continue
        return [start + n * interval for n in range(count)]
    return []


def slow_down(table: Table) -> None:
    """SES said 429: half the rate at once. Two workers who hear it together halve it once."""
    pace = table.get(keys.PACE)
    if pace:
        _write(table, {"rate": max(pace["rate"] // 2, LOWEST_RATE)}, when={"rate": pace["rate"]})


def stop_for_quota(table: Table) -> None:
    """SES said that the day's quota is spent; `account.adapt` sees when it is not."""
    _write(table, {"budget": 0}, when={})


def pause(table: Table, reason: str) -> None:
    """Stop all sending until `resume`; the first reason stays."""
    _write(table, {"paused": reason}, when={"paused": ABSENT})


def resume(table: Table, generation: str) -> None:
    """An operator's word that sending may go on, with this stack's generation."""
    table.update(keys.PACE, set={"generation": generation}, remove=("paused",))


def _write(table: Table, changes: Item, *, when: When) -> None:
    try:
        table.update(keys.PACE, set=changes, when=when)
    except ConditionFailed:
        return
