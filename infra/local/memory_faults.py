"""What can be ordered to go wrong at the table in memory."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cliffhanger.ports import Key

READS = frozenset({"get", "query", "due"})
WRITES = frozenset({"put", "update", "delete"})


class StoreFault(StrEnum):
    BUSY = "busy"
    """Throttled or unreachable: StoreBusy, and nothing is done."""

    LOST_REPLY = "lost reply"
    """Done, and StoreBusy all the same."""

    TWICE = "twice"
    """Done, but the reply is lost and the client asks once more: ADD counts double, a condition may hold no longer."""

    BEATEN = "beaten"
    """Somebody was faster: ConditionFailed, and nothing is done. Concerns conditional writes only."""


@dataclass(slots=True)
class Order:
    """After `after` calls that it concerns, the next `times` go wrong. `key` None means any item."""

    fault: StoreFault
    on: frozenset[str]
    after: int
    times: int
    key: Key | None

    def concerns(self, operation: str, key: Key, *, conditional: bool) -> bool:
        if operation not in self.on or (self.key is not None and self.key != key):
            return False
        return conditional or self.fault is not StoreFault.BEATEN

    def strikes(self) -> bool:
        """Count a call that this order concerns; does it go wrong?"""
        if self.after:
            self.after -= 1
            return False
        self.times -= 1
        return True
