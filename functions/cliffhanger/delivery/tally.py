"""What is counted of the running sends, roughly: a worker that dies takes some along (closing.py makes it exact)."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from cliffhanger.delivery import breaker
from cliffhanger.delivery.result import Outcome, Result
from cliffhanger.ports import Table

FLUSH = 100
"""Letters whose count is kept in memory."""

COUNTED = {
    Outcome.SENT: "sent",
    Outcome.REJECTED: "rejected",
    Outcome.REFUSED: "refused",
    Outcome.DOUBT: "doubt",
}


@dataclass(slots=True)
class Tally:
    table: Table
    series: str
    letters: int = 0
    """Tried, whatever came of them."""
    _counts: defaultdict[int, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def note(self, result: Result) -> None:
        """A rejection is written at once: the breaker must see it."""
        if name := COUNTED.get(result.outcome):
            self.letters += 1
            for position in result.positions:
                self._counts[position][name] += 1
            if name == "rejected" or sum(counts.total() for counts in self._counts.values()) >= FLUSH:
                self.flush()

    def flush(self) -> None:
        """Write down what has been counted."""
        while self._counts:
            position, counts = self._counts.popitem()
            breaker.count(self.table, self.series, position, **counts)
