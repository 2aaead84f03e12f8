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
from cliffhanger.ports import ABSENT, Account, Clock, Item, Sleep, Table, When

SHARE_OF_RATE = 0.9
SHARE_OF_QUOTA = 0.95
STEP_UP = 0.1
"""Of the ceiling, each minute."""

LOWEST_RATE = 100
"""Thousandths of a letter a second: a throttled sender keeps trying, slowly."""

NO_QUOTA = 1_000_000_000
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
    """SES said that the day's quota is spent; `adapt` sees when it is not."""
    _write(table, {"budget": 0}, when={})


def pause(table: Table, reason: str) -> None:
    """Stop all sending until `resume`; the first reason stays."""
    _write(table, {"paused": reason}, when={"paused": ABSENT})


def resume(table: Table, generation: str) -> None:
    """An operator's word that sending may go on, with this stack's generation."""
    table.update(keys.PACE, set={"generation": generation}, remove=("paused",))


def adapt(table: Table, account: Account, generation: str, now: int) -> Item:
    """Each minute: take over SES's rate and quota, rise slowly after a throttle, pause and wake with the account.

    A table that holds another generation was restored from a backup: it stays paused until an operator resumes it.
    """
    ceiling = max(int(account.max_rate * SHARE_OF_RATE * 1000), LOWEST_RATE)
    pace = table.get(keys.PACE)
    if not pace:
        fresh = {"generation": generation, "rate": ceiling, "tat": now * 1000}
        _write(table, fresh | _limits(account, ceiling), when={"pk": ABSENT})
        return adapt(table, account, generation, now)
    rate = min(pace["rate"] + int(ceiling * STEP_UP), ceiling)
    _write(table, {"rate": rate} | _limits(account, ceiling), when={"rate": pace["rate"]})
    if pace["generation"] != generation:
        pause(table, "restored")
    elif not account.enabled:
        pause(table, "account")
    elif pace.get("paused") == "account":
        table.update(keys.PACE, remove=("paused",))
    return table.get(keys.PACE) or pace


def _limits(account: Account, ceiling: int) -> Item:
    spent = int(account.max_24h * SHARE_OF_QUOTA - account.sent_24h)
    return {"ceiling": ceiling, "budget": NO_QUOTA if account.max_24h < 0 else max(spent, 0)}


def _write(table: Table, changes: Item, *, when: When) -> None:
    try:
        table.update(keys.PACE, set=changes, when=when)
    except ConditionFailed:
        return
