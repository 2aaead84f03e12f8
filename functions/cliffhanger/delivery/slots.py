"""Slots: the moments at which a letter may go out. All senders lease them from one item, so that they keep one rate.

The generic cell rate algorithm (ITU-T I.371): the item holds the theoretical arrival time of the next letter, `tat`
(µs); to lease n slots is to move it n intervals on. That is one conditional write, and the answer tells which slots:
nobody reads first, and two who ask at once both get theirs. What a write doesn't find as it expected, it reads.

A lease is rounded up to whole microseconds, and so is each slot in it: any second holds at most `rate` slots.
"""

from __future__ import annotations

from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum

from cliffhanger import keys
from cliffhanger.clock import SECOND
from cliffhanger.errors import ConditionFailed
from cliffhanger.ports import ABSENT, AtLeast, Below, Between, Clock, Sleep, Table, When

LEAD = 20
"""Milliseconds between a lease and its first slot at least, and to spare beyond what a letter lately took."""

FIRST_LEAD = 150
"""A worker that has just started doesn't know yet how slow it is."""

FORGETS = 100
"""Letters after which most of a slow moment is forgotten."""

PATIENCE = 10 * SECOND
TRIES = 5


class Horizon(Enum):
    """How far ahead of now a slot may be leased (ms): so letters find slots while a send takes every other one."""

    ISSUES = 2 * SECOND
    LETTERS = 30 * SECOND


@dataclass(slots=True)
class Slots:
    """One worker's slots; its threads may all ask at once.

    `_rate`, `_tat` and `_spare` are the item's as last seen; what is spare is for letters that are no issues.
    `_behind`: `tat` was past when a lease last met something unforeseen; as it was then it mostly is the next time.
    `_lead` (ms) lies between a lease and its first slot: `_leased` says when each slot was leased, so that a worker
    learns how long it needs.
    """

    table: Table
    generation: str
    clock: Clock
    sleep: Sleep
    horizon: Horizon
    _unused: deque[int] = field(default_factory=deque)
    _rate: int = 0
    _tat: int = 0
    _spare: int = 0
    _behind: bool = False
    _lead: float = FIRST_LEAD
    _leased: dict[int, int] = field(default_factory=dict)

    def reserve(self, count: int) -> list[int]:
        """The times (ms) of up to `count` letters, soonest first; none if nobody may send now.

        While others hold every slot up to the horizon, it waits.
        """
        until = self.clock() + PATIENCE
        if unused := self._take_unused(count):
            return unused
        while (leased := self._lease(count)) == []:
            now = self.clock()
            half = max(self._tat // 1000 - now - self.horizon.value // 2, LEAD)
            if now + half > until:
                return []
            self.sleep(half / SECOND)  # until a good few are free: to take each as it comes costs a write a letter
        return leased or []

    def give_back(self, slot: int) -> None:
        """Another letter may have it."""
        self._leased.pop(slot, None)
        self._unused.append(slot)

    def wait(self, slot: int) -> bool:
        """Until the slot's time, or another's if this one is past. False if nobody may send any more."""
        self._learn(slot)
        while slot < self.clock():  # what is late would go out together with what is on time
            if not (again := self.reserve(1)):
                return False
            slot = again[0]
            self._leased.pop(slot, None)
        if (left := slot - self.clock()) > 0:
            self.sleep(left / SECOND)
        return True

    def _learn(self, slot: int) -> None:
        """How long it took from the lease to a letter that is ready: the longest time lately, forgotten slowly."""
        now = self.clock()
        took = now - self._leased.pop(slot, now)
        self._lead = min(max(self._lead * (1 - 1 / FORGETS), took + LEAD), SECOND)

    def _take_unused(self, count: int) -> list[int]:
        slots: list[int] = []
        now = self.clock()
        with suppress(IndexError):  # threads take from it at once: only taking tells whether one is left
            while len(slots) < count:
                if (slot := self._unused.popleft()) >= now:
                    slots.append(slot)
        return sorted(slots)

    def _lease(self, count: int) -> list[int] | None:
        """[] where the horizon is full, None where sending is not allowed."""
        for _ in range(TRIES):
            if self._rate:
                count = self._most(count)
                if self._tat > self._last_start(count):
                    return []  # it never goes back
                if slots := self._write(count):
                    return slots
            pace = self.table.get(keys.PACE)
            if not pace or "paused" in pace or pace["generation"] != self.generation:
                return None
            self._spare = pace.get("spare", 0) if self.horizon is Horizon.LETTERS else 0
            if (left := pace["budget"] + self._spare) <= 0:
                return None
            self._rate, self._tat = pace["rate"], pace["tat"]
            self._behind = self._tat < self._first()
            count = min(count, left)
        return []

    def _write(self, count: int) -> list[int]:
        """Move `tat` on: from where it is, or from now on where it has fallen behind. [] if the item is otherwise.

        Where it was behind it comes to lie a little ahead, so that of many who find it so only one has to set it.
        """
        rate, began, first = self._rate, self.clock(), self._first()
        length = _length(count, rate)
        when: When = {"generation": self.generation, "paused": ABSENT, "rate": rate}
        spare: When = {"spare": self._spare} if self._spare else {}
        when = {**when, "budget": AtLeast(count - self._spare), **spare}
        try:
            if self._behind and self._tat < first:  # it never goes back
                item = self.table.update(
                    keys.PACE,
                    set={"tat": first + LEAD * 1000 + length},
                    add={"budget": -count},
                    when={**when, "tat": Below(first)},
                )
            else:
                item = self.table.update(
                    keys.PACE,
                    add={"tat": length, "budget": -count},
                    when={**when, "tat": Between(first, self._last_start(count))},
                )
        except ConditionFailed:
            return []
        self._tat = item["tat"]
        start = item["tat"] - length
        slots = [-(-(start + _length(n, rate)) // 1000) for n in range(count)]  # never early, not by half a ms
        self._leased |= dict.fromkeys(slots, began)
        return slots

    def _most(self, count: int) -> int:
        """No lease takes more than half of the horizon."""
        return max(min(count, self._rate * self.horizon.value // (2 * 1_000_000)), 1)

    def _first(self) -> int:
        """The earliest slot (µs) that would not be past when it has been leased and a letter claimed."""
        return (self.clock() + round(self._lead)) * 1000

    def _last_start(self, count: int) -> int:
        """The latest `tat` from which so many slots all lie within the horizon."""
        return (self.clock() + self.horizon.value) * 1000 - _length(count - 1, self._rate)


def _length(count: int, rate: int) -> int:
    """Of so many intervals at `rate` thousandths a second: microseconds, rounded up."""
    return -(-count * 1_000_000_000 // rate)
