"""Each minute: hints for what the table says is not done, a few minutes of work and no more.

Hints are made from the table alone, so any number of them may be lost. A hint is about half a minute of work for one
worker: all of a small series, or one shard of a large one. They are laid in turn, one of each series; and who was
left out for want of room is first in the next minute, the series as well as the shard.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice, zip_longest
from math import ceil
from typing import Any, TypeVar

from cliffhanger import keys
from cliffhanger.catalogue import Shelf
from cliffhanger.clock import MINUTE
from cliffhanger.ports import Hints, Item, Key, Table
from cliffhanger.settings import Settings

T = TypeVar("T")

SLICE = 30
"""Seconds of work in a hint: short, so that a worker who dies holds up little and all series have their turn."""

SLICES_A_WORKER = 4
"""In the queue: two minutes of work, so that nobody is idle until the next minute feeds."""

A_LETTER = 0.075
"""Seconds: SES answers in about 60 ms, the table's two writes take the rest."""

MOST_OF_A_WORKER = 60.0
"""Letters a second. Signing and serialising 100 KB takes most of a 512 MB function's third of a processor."""

SMALLEST_SLICE = 50
"""Letters. A start of a function for fewer would cost more than they do."""

LEAST_WEIGHT = 1 / SLICE
"""Of a slice: a hint that finds next to nothing to do still takes a worker about a second."""

HINT_LIFE = 3 * MINUTE
"""After so long a hint that nobody answered is taken for lost; `deliver` runs for two minutes at most."""

MOST_WAITING = 200
"""Hints in the queue, however small they are."""

MOST_DUE = 1_000
"""Readers and letters looked at in one shard of the index of the due, the longest overdue first."""

MOST_LETTERS = 200
"""Letters hinted at in one minute, and no more than the rate allows in it."""


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
        one = min(settings.threads / A_LETTER, MOST_OF_A_WORKER)
        workers = max(min(settings.workers, ceil(rate / one)), 1)
        return cls(workers, max(int(rate * SLICE / workers), SMALLEST_SLICE), min(MOST_LETTERS, ceil(rate * 60)))


@dataclass(frozen=True, slots=True)
class Parcel:
    """A hint to be: shards of one series, and how many of their readers may be waiting. `kind`: "walk" or "due"."""

    series: str
    kind: str
    shards: tuple[str, ...]
    readers: int

    def hint(self) -> dict[str, Any]:
        return {"series": self.series, self.kind: list(self.shards)}


def feed(table: Table, hints: Hints, shelves: Iterable[Shelf], settings: Settings, now: int) -> None:
    """Hints for letters that still wait, for open sends, and for readers whose own time has come."""
    pace = table.get(keys.PACE)
    if not pace or "paused" in pace or pace["budget"] <= 0:
        return  # nobody could send: they would only grow old
    capacity = Capacity.of(pace, settings)
    shelves = [shelf for shelf in shelves if not shelf.halted]
    letters, due = _look_at_due(table, now)
    for letter in islice(letters, capacity.letters):
        hints.letter(letter)
    walks, dues = _walks(table, shelves, capacity, now), _dues(shelves, due, capacity, now)
    parcels = _in_turn(list(_in_turn([walks, dues])))
    chosen = list(_as_many_as_fit(parcels, capacity, hints.waiting()))
    for parcel in chosen:
        _note(table, parcel, now)
    hints.issues([parcel.hint() for parcel in chosen])


def due_hint(series: str, shard: str) -> dict[str, Any]:
    return Parcel(series, "due", (shard,), 1).hint()


def _walks(table: Table, shelves: Iterable[Shelf], capacity: Capacity, now: int) -> list[list[Parcel]]:
    """A lane for each open send; the one that was fed longest ago comes first."""
    lanes = []
    for shelf in shelves:
        if shelf.newest == shelf.closed:
            continue
        shards = list(table.query(keys.series_pk(shelf.series.slug), prefix="SHARD#"))
        ready = [(_name(shard), shard.get("readers", 0)) for shard in _ready(shards, shelf, now)]
        if ready:
            last_fed = max(shard.get("fed_at", 0) for shard in shards)
            lanes.append((last_fed, list(_packed(shelf.series.slug, "walk", ready, capacity))))
    return [lane for _, lane in sorted(lanes, key=lambda lane: lane[0])]


def _ready(shards: Iterable[Item], shelf: Shelf, now: int) -> list[Item]:
    """The shards to be walked now, the one that was fed longest ago first."""
    ready = [
        shard
        for shard in shards
        if shard.get("clean_at", 0) < shelf.newest
        and shard.get("hinted_at", 0) + HINT_LIFE <= now
        and shard.get("wait_until", 0) <= now
    ]
    return sorted(ready, key=lambda shard: shard.get("fed_at", 0))


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


def _look_at_due(table: Table, now: int) -> tuple[Iterator[str], dict[str, Counter[str]]]:
    """Letters, one of each shard in turn; and how many readers are due, by series and shard."""
    letters: list[list[str]] = []
    due: dict[str, Counter[str]] = defaultdict(Counter)
    for shard in keys.SHARDS:
        found = list(islice(table.due(keys.due_pk(shard), until=now), MOST_DUE))
        letters.append([key.pk.removeprefix("LETTER#") for key in found if key.pk.startswith("LETTER#")])
        for key in found:
            if key.pk.startswith("SERIES#"):
                due[_series_of(key)][shard] += 1
    return _in_turn(letters), due


def _packed(series: str, kind: str, shards: Iterable[tuple[str, int]], capacity: Capacity) -> Iterator[Parcel]:
    names: list[str] = []
    readers = 0
    for name, count in shards:
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


def _as_many_as_fit(parcels: Iterable[Parcel], capacity: Capacity, waiting: int) -> Iterator[Parcel]:
    """Until the queue holds a few minutes of work. What lies in it already may be whole slices."""
    room = float(capacity.workers * SLICES_A_WORKER - waiting)
    for parcel in islice(parcels, max(MOST_WAITING - waiting, 0)):
        if room <= 0:
            return
        room -= max(min(parcel.readers / capacity.slice, 1.0), LEAST_WEIGHT)
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
