"""How long SES's answers and events take, and how events go astray. Every choice is of a given generator: a seed
tells a whole run again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

JITTER = timedelta(seconds=5)
Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Latency:
    """Seconds from a request to its answer: `seconds`, and up to `spread` more."""

    seconds: float = 0.0
    spread: float = 0.0
    random: Random = field(default_factory=Random)

    def draw(self) -> float:
        return self.seconds + self.random.uniform(0, self.spread)


@dataclass(frozen=True, slots=True)
class Mischief:
    """What happens to events on their way. Each event has its own luck, and so has each copy of a doubled one.

    `lost` and `doubled` are shares of 1. `late` is a share, and by how much at most. `unordered` lets each event
    take up to JITTER, so that they come in any order. All events of letters that were accepted in one of the
    `silences` (from, until) are lost.
    """

    random: Random = field(default_factory=Random)
    lost: float = 0.0
    doubled: float = 0.0
    late: tuple[float, timedelta] = (0.0, timedelta(0))
    unordered: bool = False
    silences: tuple[Span, ...] = ()

    def arrivals(self, accepted: datetime, made: datetime) -> list[datetime]:
        """When the copies of an event made at `made` come; none if it is lost."""
        if any(start <= accepted < end for start, end in self.silences) or self._happens(self.lost):
            return []
        return [made + self._delay() for _ in range(1 + self._happens(self.doubled))]

    def _delay(self) -> timedelta:
        share, most = self.late
        delay = JITTER * self.random.random() if self.unordered else timedelta(0)
        return delay + most * self.random.random() if self._happens(share) else delay

    def _happens(self, share: float) -> bool:
        return share > 0 and self.random.random() < share
