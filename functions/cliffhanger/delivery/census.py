"""Who is on a shard, counted by the way of a pass: how many read, whom each open position concerns, and who waits."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import accumulate

from cliffhanger.delivery.feedback_health import LATEST_POST
from cliffhanger.ports import Item
from cliffhanger.subscription import FOLLOWING, State, Subscription


@dataclass(slots=True)
class Census:
    """Positions after `closed`, up to `newest`, are counted: who is paused counts for those decided before.

    `at` is when the pass began (ms). `late` of the readers catch up, or ask for each letter: a send waits for none of
    them. `doubtful` are letters that nobody has in hand any more, by their last position.
    """

    closed: int
    newest: int
    at: int
    readers: int = 0
    late: int = 0
    doubtful: Counter[int] = field(default_factory=Counter)
    _steps: Counter[int] = field(default_factory=Counter)

    def count(self, subscription: Subscription) -> None:
        if subscription.state not in FOLLOWING:
            return
        if subscription.state is State.ACTIVE:
            self.readers += 1
            self.late += not subscription.is_live
        if subscription.claim and self.at - subscription.claim.at > LATEST_POST:
            self.doubtful[subscription.claim.to] += 1
        first, last = max(subscription.first, self.closed + 1), min(subscription.bookmark, self.newest)
        if first <= last:
            self._steps[first] += 1
            self._steps[last + 1] -= 1

    @property
    def seen(self) -> Item:
        """What a whole pass tells of its shard, clean or not."""
        doubtful = {str(position): letters for position, letters in self.doubtful.items()}
        return {"readers": self.readers, "late": self.late, "doubtful": doubtful}

    @property
    def audience(self) -> dict[str, int]:
        """Of each position: who began at it or before, and for whom it is decided."""
        open_positions = range(self.closed + 1, self.newest + 1)
        return dict(zip(map(str, open_positions), accumulate(self._steps[n] for n in open_positions), strict=True))
