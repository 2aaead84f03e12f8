"""How many workers a rate needs, and how much of a send is work for one of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil

from cliffhanger import keys
from cliffhanger.ports import Item
from cliffhanger.settings import Settings

SLICE = 59
"""Seconds of work in a hint: a worker is done when the hints of the next minute come, and late by less each minute."""

A_LETTER = 0.075
"""Seconds: SES answers in about 60 ms, the table's two writes take the rest."""

WORK_OF_A_LETTER = 0.010
"""Seconds of a processor: to sign and serialise 100 KB takes 5 ms (benchmarks/delivery), and a worker that is busy for
all of its time misses its slots."""

WHOLE_PROCESSOR = 1769
"""MB of a function that is given one (AWS Lambda developer guide, "Configure Lambda function memory")."""

SMALLEST_SLICE = 50
"""Letters. A start of a function for fewer would cost more than they do."""

LEAST_WEIGHT = 1 / SLICE
"""Of a slice: a hint that finds next to nothing to do still takes a worker about a second."""

MOST_LETTERS = 200
"""Letters hinted at in one minute, and no more than the rate allows in it."""


def carried_by_one(settings: Settings) -> float:
    """Letters a second that a worker carries and is in time for its slots."""
    processor = min(settings.memory / WHOLE_PROCESSOR, 1.0)
    return min(settings.threads / A_LETTER, processor / WORK_OF_A_LETTER)


@dataclass(frozen=True, slots=True)
class Capacity:
    """How many workers the rate needs, and how many letters are a slice of work for one of them."""

    workers: int
    slice: int
    letters: int
    """How many confirmations and the like can go out in a minute."""

    @classmethod
    def of(cls, pace: Item, settings: Settings) -> Capacity:
        """At 14 letters a second one worker at a time is enough, and the cheapest."""
        rate = pace["rate"] / 1000
        needed, shards = ceil(rate / carried_by_one(settings)), len(keys.SHARDS)
        workers = max(min(settings.workers, needed if needed <= shards else 2 * shards), 1)
        if shards < workers < 2 * shards:
            workers = shards  # a shard is walked by one, and helped by one: by none where others would have no help
        return cls(workers, max(int(rate * SLICE / workers), SMALLEST_SLICE), min(MOST_LETTERS, ceil(rate * 60)))

    def shared(self, readers: int) -> Capacity:
        """Slices of a send so small that not every worker would get a whole one."""
        return replace(self, slice=max(min(self.slice, ceil(readers / self.workers)), SMALLEST_SLICE))

    def weight(self, readers: int) -> float:
        """Of so many readers, in slices."""
        return max(min(readers / self.slice, 1.0), LEAST_WEIGHT)
