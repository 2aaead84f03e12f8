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
from functools import partial
from itertools import chain, islice, zip_longest
from typing import TypeVar

from cliffhanger import keys
from cliffhanger.catalogue import Shelf
from cliffhanger.clock import MINUTE, SECOND
from cliffhanger.delivery.capacity import Capacity
from cliffhanger.delivery.parcels import Parcel, Room, helpers, packed, with_spares
from cliffhanger.errors import ConditionFailed, StoreBusy
from cliffhanger.outbox import WAITING
from cliffhanger.ports import Each, Hints, Item, Key, Table
from cliffhanger.settings import Settings

T = TypeVar("T")

HINT_LIFE = 3 * MINUTE
"""After so long a hint that nobody answered is taken for lost; `deliver` runs for two minutes at most."""

SKEW = 10 * SECOND
"""Two ticks may be so much nearer than a minute."""

MOST_DUE = 1_000
"""Readers looked at in one shard of the index of the due, the longest overdue first. 64,000 keys, of all shards, take
four seconds of tick's share of a processor."""

FARTHEST, EVERY = 20_000, 16
"""Readers looked at in one minute of so many, so that a series with many who are due hides no other's for long."""

LONGEST_PAUSE = 256 * MINUTE
"""Between two hints at a letter that can't be sent: each hint is twice as far from the last."""


def feed(
    table: Table, hints: Hints, shelves: Iterable[Shelf], settings: Settings, now: int, *, each: Each = map
) -> None:
    """Hints for letters that still wait, for open sends, and for readers whose own time has come.

    `each` asks of all shards. A send need not wait until they have answered who is due: it has half of the room before.
    """
    pace = table.get(keys.PACE)
    if not pace or "paused" in pace:
        return  # nobody could send: they would only grow old
    capacity = Capacity.of(pace, settings)
    if pace["budget"] + pace.get("spare", 0) > 0:
        _feed_letters(table, hints, capacity, now)
    if pace["budget"] <= 0:
        return
    shelves = [shelf for shelf in shelves if not shelf.halted]
    sends = {shelf: _shards(table, shelf) for shelf in shelves if shelf.newest > shelf.closed}
    room = Room.of(capacity, hints.waiting(), _under_way(sends, capacity, now))
    walks = _in_turn(_walks(sends, capacity, now))
    _lay(table, hints, list(room.fill(walks, capacity, leave=_for_the_due(room, now))), now, each)
    dues = _in_turn(_dues(shelves, _look_at_due(table, now, each), capacity, now))
    others = _in_turn(_turned([list(walks), list(dues)], now))
    _lay(table, hints, list(room.fill(others, capacity)), now, each)


def _for_the_due(room: Room, now: int) -> float:
    """Slices. Where there is room for one worker only, it is in each other minute."""
    return room.slices / 2 if room.slices >= 2 else room.slices * (now // MINUTE % 2)


def _lay(table: Table, hints: Hints, parcels: list[Parcel], now: int, each: Each) -> None:
    """Steps: the hints, then the notes of them. What is hinted at and not noted is hinted at again, in vain."""
    hints.issues([parcel.hint() for parcel in parcels])
    walked = [keys.shard(one.series, shard) for one in parcels if one.kind == "walk" for shard in one.shards]
    list(each(partial(_note, table, now), walked))


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
            parcels = list(packed(shelf.series.slug, "walk", ready, own))
            last_fed = shards[-1].get("fed_at", 0)
            lanes.append((last_fed, [*with_spares(parcels, capacity), *helpers(parcels, capacity)]))
    return [lane for _, lane in sorted(lanes, key=lambda lane: lane[0])]


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
    """A lane for each series with readers who are due, each first in its turn: which may be every other minute only."""
    found = sorted({shelf.series.slug for shelf in shelves} & due.keys())
    return [
        list(packed(series, "due", _turned(sorted(due[series].items()), now // 2), capacity))
        for series in _turned(found, now // 2)
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
        with suppress(ConditionFailed):  # decided since the index was read
            table.update(key, set=later, when={"state": WAITING})


def _look_at_due(table: Table, now: int, each: Each) -> dict[str, Counter[str]]:
    """How many readers are due, by series and shard."""
    due: dict[str, Counter[str]] = defaultdict(Counter)
    for shard, counts in zip(keys.SHARDS, each(partial(_due_of, table, now), keys.SHARDS), strict=True):
        for series, count in counts.items():
            due[series][shard] = count
    return due


def _due_of(table: Table, now: int, shard: str) -> Counter[str]:
    """How many readers of one shard are due, by series; none where the table is too busy to say.

    A crowd of one series may stand before the readers of another: each shard is looked through to the end in its turn.
    """
    counts: Counter[str] = Counter()
    its_turn = (now // MINUTE + int(shard, 16)) % EVERY == 0
    with suppress(StoreBusy):
        for key in table.due(keys.due_pk(shard), until=now, most=FARTHEST if its_turn else MOST_DUE):
            series = _series_of(key)
            counts[series] = min(counts[series] + 1, MOST_DUE)
    return counts


def _in_turn(lanes: Iterable[list[T]]) -> Iterator[T]:
    """The first of each lane, then the second of each that has one, and so on."""
    return (thing for thing in chain.from_iterable(zip_longest(*lanes)) if thing)


def _note(table: Table, now: int, key: Key) -> None:
    """`hinted_at` goes when a worker has been there, `fed_at` stays: whose turn is next."""
    with suppress(StoreBusy):  # one shard is no reason to leave the others without a note
        table.update(key, set={"hinted_at": now, "fed_at": now})


def _name(shard: Item) -> str:
    return str(shard["sk"].removeprefix("SHARD#"))


def _series_of(key: Key) -> str:
    """SERIES#<slug>#<shard>"""
    return key.pk.split("#")[1]
