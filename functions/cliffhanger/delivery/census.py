"""Who is on a shard, counted by the way of a pass: how many read, and whom each open position concerns."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import accumulate

from cliffhanger.subscription import FOLLOWING, State, Subscription


@dataclass(slots=True)
class Census:
    """Positions after `closed`, up to `newest`, are counted: who is paused counts for those decided before."""

    closed: int
    newest: int
    readers: int = 0
    _steps: Counter[int] = field(default_factory=Counter)

    def count(self, subscription: Subscription) -> None:
        if subscription.state not in FOLLOWING:
            return
        self.readers += subscription.state is State.ACTIVE
        first, last = max(subscription.first, self.closed + 1), min(subscription.bookmark, self.newest)
        if first <= last:
            self._steps[first] += 1
            self._steps[last + 1] -= 1

    @property
    def audience(self) -> dict[str, int]:
        """Of each position: who began at it or before, and for whom it is decided."""
        open_positions = range(self.closed + 1, self.newest + 1)
        return dict(zip(map(str, open_positions), accumulate(self._steps[n] for n in open_positions), strict=True))
