"""Each minute: hints for what the table says is not done, a minute of work and no more.

Hints are made from the table alone, so any number of them may be lost. A hint is a minute of work for one worker: all
of a small series, or a part of a shard of a large one. No more workers are called than the rate needs, for each is paid
for while it waits. Hints are laid in turn, one of each series; and who was left out for want of room is first in the
next minute, the series as well as the shard.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import chain, islice, zip_longest
from math import ceil
from typing import Any, TypeVar

from cliffhanger import keys
from cliffhanger.catalogue import Shelf
from cliffhanger.clock import MINUTE, SECOND
from cliffhanger.errors import ConditionFailed
from cliffhanger.outbox import WAITING
from cliffhanger.ports import ABSENT, Hints, Item, Key, Table
from cliffhanger.settings import Settings

T = TypeVar("T")

SLICE = 59
"""Seconds of work in a hint: a worker is done when the hints of the next minute come, and late by less each minute."""

SPARES = 8
"""Shards that a hint names beside its own: one that is nearly done is not a minute of work."""

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

HINT_LIFE = 3 * MINUTE
"""After so long a hint that nobody answered is taken for lost; `deliver` runs for two minutes at most."""

SKEW = 10 * SECOND
"""Two ticks may be so much nearer than a minute."""

MOST_WAITING = 200
"""Hints in the queue, however small they are."""

MOST_DUE = 1_000
"""Readers of one series counted in one shard of the index of the due, the longest overdue first."""

FARTHEST = 20_000
"""Readers looked at in one shard, so that a series with many who are due hides no other's."""

MOST_LETTERS = 200
"""Letters hinted at in one minute, and no more than the rate allows in it."""

LONGEST_PAUSE = 256 * MINUTE
"""Between two hints at a letter that can't be sent: each hint is twice as far from the last."""


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
        processor = min(settings.memory / WHOLE_PROCESSOR, 1.0)
        one = min(settings.threads / A_LETTER, processor / WORK_OF_A_LETTER)
        needed, shards = ceil(rate / one), len(keys.SHARDS)
        # A shard is walked by one, and helped by one: by none where some would have help and others not.
        workers = max(min(settings.workers, needed if needed <= shards else 2 * shards), 1)
        return cls(workers, max(int(rate * SLICE / workers), SMALLEST_SLICE), min(MOST_LETTERS, ceil(rate * 60)))

    def shared(self, readers: int) -> Capacity:
        """Slices of a send so small that not every worker would get a whole one."""
        return replace(self, slice=max(min(self.slice, ceil(readers / self.workers)), SMALLEST_SLICE))

    def weight(self, readers: int) -> float:
        """Of so many readers, in slices."""
        return max(min(readers / self.slice, 1.0), LEAST_WEIGHT)


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


def feed(table: Table, hints: Hints, shelves: Iterable[Shelf], settings: Settings, now: int) -> None:
    """Hints for letters that still wait, for open sends, and for readers whose own time has come."""
    pace = table.get(keys.PACE)
    if not pace or "paused" in pace or pace["budget"] <= 0:
        return  # nobody could send: they would only grow old
    capacity = Capacity.of(pace, settings)
    shelves = [shelf for shelf in shelves if not shelf.halted]
    _feed_letters(table, hints, capacity, now)
    sends = {shelf: _shards(table, shelf) for shelf in shelves if shelf.newest > shelf.closed}
    walks, dues = _walks(sends, capacity, now), _dues(shelves, _look_at_due(table, now), capacity, now)
    parcels = _in_turn(list(_in_turn(_turned([walks, dues], now))))
    chosen = list(_as_many_as_fit(parcels, capacity, hints.waiting(), _under_way(sends, capacity, now)))
    for parcel in chosen:
        _note(table, parcel, now)
    hints.issues([parcel.hint() for parcel in chosen])


def due_hint(series: str, shard: str) -> dict[str, Any]:
    return Parcel(series, "due", (shard,), 1).hint()


def _shards(table: Table, shelf: Shelf) -> list[Item]:
    """Those of an open send that are not clean, the one that was fed longest ago first."""
    found = table.query(keys.series_pk(shelf.series.slug), prefix="SHARD#")
    open_ = [shard for shard in found if shard.get("clean_at", 0) < shelf.newest]
    return sorted(open_, key=lambda shard: shard.get("fed_at", 0))


def _walks(sends: dict[Shelf, list[Item]], capacity: Capacity, now: int) -> list[list[Parcel]]:
    """A lane for each open send; the one that was fed longest ago comes first.

    Last of all come shards whose worker is about to end his minute: if there are no others, nobody need be idle.
    """
    lanes = []
    for shelf, shards in sends.items():
        open_ = [shard for shard in shards if not _must_wait(shard, shelf, now)]
        free = [shard for shard in open_ if not _is_hinted(shard, now)]
        ending = [shard for shard in open_ if _is_hinted(shard, now) and not _is_hinted(shard, now, life=MINUTE - SKEW)]
        ready = [(_name(shard), shard.get("readers", 0)) for shard in free + ending]
        if ready:
            own = capacity.shared(sum(readers for _, readers in ready))
            parcels = list(_packed(shelf.series.slug, "walk", ready, own))
            last_fed = shards[-1].get("fed_at", 0)
            lanes.append((last_fed, [*_with_spares(parcels, capacity), *_helpers(parcels, capacity)]))
    return [lane for _, lane in sorted(lanes, key=lambda lane: lane[0])]


def _with_spares(parcels: list[Parcel], capacity: Capacity) -> Iterator[Parcel]:
    """Spares are shards that get no hint of their own in this minute, those of whom the next hints would be last."""
    free = [shard for parcel in parcels[capacity.workers :] for shard in parcel.shards]
    for parcel in parcels:
        yield replace(parcel, spares=tuple(free.pop() for _ in range(min(SPARES, len(free)))))


def _helpers(parcels: list[Parcel], capacity: Capacity) -> Iterator[Parcel]:
    """For large shards, where the rate needs more workers than there are shards."""
    if capacity.workers <= len(keys.SHARDS):
        return
    for parcel in parcels[: max(capacity.workers - len(parcels), 0)]:
        if parcel.readers > capacity.slice:
            yield Parcel(parcel.series, "help", parcel.shards, parcel.readers // 2)


def _must_wait(shard: Item, shelf: Shelf, now: int) -> bool:
    """All who are behind there got their last letter just now; of a later release nobody has looked yet."""
    return bool(shard.get("wait_until", 0) > now and shard.get("wait_for", shelf.newest) == shelf.newest)


def _is_hinted(shard: Item, now: int, *, life: int = HINT_LIFE) -> bool:
    return bool(shard.get("hinted_at", 0) + life > now)


def _under_way(sends: dict[Shelf, list[Item]], capacity: Capacity, now: int) -> float:
    """Slices of work that were hinted at and are not answered yet."""
    hinted = (shard for shards in sends.values() for shard in shards if _is_hinted(shard, now))
    return sum(capacity.weight(shard.get("readers", 0)) for shard in hinted)


def _dues(shelves: Iterable[Shelf], due: dict[str, Counter[str]], capacity: Capacity, now: int) -> list[list[Parcel]]:
    """A lane for each series with readers who are due."""
    found = sorted({shelf.series.slug for shelf in shelves} & due.keys())
    return [
        list(_packed(series, "due", _turned(sorted(due[series].items()), now), capacity))
        for series in _turned(found, now)
    ]


def _turned(things: list[T], now: int) -> list[T]:
    """The same, each minute beginning with another."""
    first = now // MINUTE % max(len(things), 1)
    return things[first:] + things[:first]


def _feed_letters(table: Table, hints: Hints, capacity: Capacity, now: int) -> None:
    """Hints at letters that wait, each later than the last: one that can't be sent would fill the dead-letter queue."""
    for key in list(islice(table.due(keys.DUE_LETTERS, until=now), capacity.letters)):
        hints.letter(key.pk.removeprefix("LETTER#"))
        hinted = (table.get(key) or {}).get("hinted", 0)
        later = {"due_at": now + min(MINUTE << hinted, LONGEST_PAUSE), "hinted": min(hinted + 1, 8)}
        with suppress(ConditionFailed):  # decided, or claimed, since the index was read
            table.update(key, set=later, when={"state": WAITING, "claim": ABSENT})


def _look_at_due(table: Table, now: int) -> dict[str, Counter[str]]:
    """How many readers are due, by series and shard."""
    due: dict[str, Counter[str]] = defaultdict(Counter)
    for shard in keys.SHARDS:
        for key in islice(table.due(keys.due_pk(shard), until=now), FARTHEST):
            counts = due[_series_of(key)]
            counts[shard] = min(counts[shard] + 1, MOST_DUE)
    return due


def _packed(series: str, kind: str, shards: Iterable[tuple[str, int]], capacity: Capacity) -> Iterator[Parcel]:
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


def _in_turn(lanes: Iterable[list[T]]) -> Iterator[T]:
    """The first of each lane, then the second of each that has one, and so on."""
    return (thing for thing in chain.from_iterable(zip_longest(*lanes)) if thing)


def _as_many_as_fit(parcels: Iterable[Parcel], capacity: Capacity, waiting: int, under_way: float) -> Iterator[Parcel]:
    """A slice for each worker. Those of the last minute are about to end; who has more to do than that needs less."""
    room = capacity.workers - max(under_way - capacity.workers, waiting, 0.0)
    for parcel in islice(parcels, max(MOST_WAITING - waiting, 0)):
        if room <= 0:
            return
        room -= capacity.weight(parcel.readers)
        yield parcel


def _note(table: Table, parcel: Parcel, now: int) -> None:
    """`hinted_at` goes when a worker has been there, `fed_at` stays: whose turn is next."""
    if parcel.kind == "walk":
        for shard in parcel.shards:
            table.update(keys.shard(parcel.series, shard), set={"hinted_at": now, "fed_at": now})


def _name(shard: Item) -> str:
    return str(shard["sk"].removeprefix("SHARD#"))


def _series_of(key: Key) -> str:
    """SERIES#<slug>#<shard>"""
    return key.pk.split("#")[1]
