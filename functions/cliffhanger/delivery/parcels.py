"""Hints to be: the work of a minute in parcels, each for one worker."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from cliffhanger import keys
from cliffhanger.delivery.capacity import Capacity

SPARES = 8
"""Shards that a hint names beside its own: one that is nearly done is not a minute of work."""

MOST_WAITING = 200
"""Hints in the queue, however small they are."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A hint to be: shards of one series, and how many of their readers may be waiting.

    `kind`: "walk", "due", or "help" for who begins in the middle of a shard that another walks.

    `spares` are for a worker who is done with his shards before his minute is over.
    """

    series: str
    kind: str
    shards: tuple[str, ...]
    readers: int
    spares: tuple[str, ...] = ()

    def hint(self) -> dict[str, Any]:
        return {"series": self.series, self.kind: [*self.shards, *self.spares]}


def due_hint(series: str, shard: str) -> dict[str, Any]:
    return Parcel(series, "due", (shard,), 1).hint()


def packed(series: str, kind: str, shards: Iterable[tuple[str, int]], capacity: Capacity) -> Iterator[Parcel]:
    names: list[str] = []
    readers = 0
    for name, count in shards:
        if names and readers + count / 2 > capacity.slice:
            yield Parcel(series, kind, tuple(names), readers)
            names, readers = [], 0
        names.append(name)
        readers += count
        if readers >= capacity.slice:
            yield Parcel(series, kind, tuple(names), readers)
            names, readers = [], 0
    if names:
        yield Parcel(series, kind, tuple(names), readers)


def with_spares(parcels: list[Parcel], capacity: Capacity) -> Iterator[Parcel]:
    """Spares are shards that get no hint of their own in this minute, those of whom the next hints would be last."""
    free = [shard for parcel in parcels[capacity.workers :] for shard in parcel.shards]
    for parcel in parcels:
        yield replace(parcel, spares=tuple(free.pop() for _ in range(min(SPARES, len(free)))))


def helpers(parcels: list[Parcel], capacity: Capacity) -> Iterator[Parcel]:
    """For large shards, where the rate needs more workers than there are shards."""
    if capacity.workers <= len(keys.SHARDS):
        return
    for parcel in parcels[: max(capacity.workers - len(parcels), 0)]:
        if parcel.readers > capacity.slice:
            yield Parcel(parcel.series, "help", parcel.shards, parcel.readers // 2)


@dataclass(slots=True)
class Room:
    """What may still be hinted at in this minute: `slices` of work, in so many `hints` at most."""

    slices: float
    hints: int

    @classmethod
    def of(cls, capacity: Capacity, waiting: int, under_way: float) -> Room:
        """A slice for each worker. Those of the last minute are about to end; who has more to do needs less."""
        return cls(capacity.workers - max(under_way - capacity.workers, waiting, 0.0), max(MOST_WAITING - waiting, 0))

    def fill(self, parcels: Iterator[Parcel], capacity: Capacity, *, leave: float = 0.0) -> Iterator[Parcel]:
        """As many parcels as fit, but so many slices."""
        while self.slices > leave and self.hints > 0 and (parcel := next(parcels, None)):
            self.slices -= capacity.weight(parcel.readers)
            self.hints -= 1
            yield parcel
