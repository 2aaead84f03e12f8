"""The closing round: when all shards are clean for `newest`, the counts are made exact and the send is closed.

While a send runs its counts are rough, for a worker that dies takes some along. The passes that found the shards
clean counted whom each position concerns (`audience`); of these, all that have no record of a miss were sent it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field

from cliffhanger import keys, positions
from cliffhanger.catalogue import Shelf
from cliffhanger.clock import SECOND
from cliffhanger.delivery import breaker
from cliffhanger.delivery.misses import LEFT, OWED, Missed, as_if_he_stayed
from cliffhanger.errors import ConditionFailed
from cliffhanger.ports import Below, Item, Key, Table
from cliffhanger.subscription import FOLLOWING, State

SKEW = 2 * SECOND
"""How far the clocks of two workers may be apart, generously."""

OPEN = (Missed.REJECTED, Missed.HELD, Missed.SPARED, OWED)
"""Records of a miss that say something about a reader who is still there."""


MOST_RECORDS = 2_000
"""Records of misses that one minute reads, each with its subscription: about ten seconds' work."""


@dataclass(frozen=True, slots=True)
class Count:
    """What became of a position: audience = sent + rejected + held + skipped."""

    audience: int
    sent: int
    rejected: int
    held: int
    skipped: int


@dataclass(slots=True)
class Misses:
    """What the records of misses say so far. `again`: shards to be passed again; `owed`: the letter still is, to some.

    `after` is where the next minute goes on, if that much is to be read. `of` tells the passes that this belongs to:
    after another pass all is counted anew.
    """

    of: int
    counts: Counter[str] = field(default_factory=Counter)
    again: set[str] = field(default_factory=set)
    owed: bool = False
    after: str = ""

    @classmethod
    def begun(cls, item: Item | None, of: int) -> Misses:
        if not item or item["of"] != of:
            return cls(of)
        return cls(of, Counter(item["counts"]), after=item["after"])

    def to_item(self) -> Item:
        return {"of": self.of, "counts": dict(self.counts), "after": self.after}


def close(table: Table, shelf: Shelf, now: int) -> dict[int, Count]:
    """Close what can be closed; returns the counts by position, none where the send stays open.

    Steps: the counts of each position, then `closed`. After a crash between, or where a release came between, the
    next closing writes all counts anew. What is sent later, to readers who catch up, is counted apart.
    """
    series = shelf.series.slug
    if shelf.halted or shelf.newest == shelf.closed:
        return {}
    shards = list(table.query(keys.series_pk(series), prefix="SHARD#"))
    if any(shard.get("clean_at", 0) < shelf.newest for shard in shards):
        return {}
    counts: dict[int, Count] = {}
    for number in range(shelf.closed + 1, shelf.newest + 1):
        count = _recount(table, series, number, shards)
        if count is None:
            return {}
        if count.sent == 0 and count.rejected > 1 and not breaker.was_resumed(table, series, number):
            breaker.halt(table, series, number)  # too few to trip while it ran, and no accident
            return {}
        counts[number] = count
    return counts if _write(table, shelf, counts, now) else {}


def _write(table: Table, shelf: Shelf, counts: dict[int, Count], now: int) -> bool:
    """False where a release came between, or where a later tick has counted while this one was frozen."""
    series = shelf.series.slug
    try:
        for number, count in counts.items():
            table.update(
                keys.send_total(series, number),
                set=asdict(count) | {"closed_at": now},
                remove=(*breaker.LATE, "recount"),
                when={"closed_at": Below(now + 1)},
            )
        table.update(keys.series_meta(series), set={"closed": shelf.newest}, when={"newest": shelf.newest})
    except ConditionFailed:
        return False
    return True


def _recount(table: Table, series: str, position: int, shards: Iterable[Item]) -> Count | None:
    """None where somebody is still owed the letter, or a shard must be passed again before it can be counted.

    Of a reader who has left nobody knows whether the pass still saw him; the next one does not.
    """
    passed = {shard["sk"].removeprefix("SHARD#"): shard for shard in shards}
    found = positions.find(table, series, position)
    withdrawn = bool(found and found.withdrawn)
    passable = bool(found and (found.withdrawn or found.recalled))
    misses = _misses(table, series, position, passed, owed_counts=not withdrawn)
    if misses.again:
        for shard in misses.again:
            table.update(keys.shard(series, shard), remove=("clean_at",))
    elif misses.after:
        table.update(keys.send_total(series, position), set={"recount": misses.to_item()})
    elif not misses.owed and all(str(position) in shard["audience"] for shard in passed.values()):
        audience = sum(shard["audience"][str(position)] for shard in passed.values())
        return _split(table, series, position, audience, misses.counts, passable=passable)
    return None


def _misses(table: Table, series: str, position: int, passed: Mapping[str, Item], *, owed_counts: bool) -> Misses:
    """The records of misses, MOST_RECORDS of them at most, and on from where the last minute stopped."""
    of = sum(shard.get("clean_from", 0) for shard in passed.values())
    misses = Misses.begun((table.get(keys.send_total(series, position)) or {}).get("recount"), of)
    misses.again |= {name for name, shard in passed.items() if "audience" not in shard}  # passed by an older version
    records = table.query(f"MISSED#{series}#{position}", after=misses.after)
    misses.after = ""
    for read, record in enumerate(records, start=1):
        reader, said = record["sk"].removeprefix("READER#"), as_if_he_stayed(record)
        if said["reason"] in OPEN:
            found = _still_there(table, series, reader, record["epoch"])
            if bool(found) == (record["reason"] == LEFT):
                _note_where_he_is(table, keys.missed(series, position, reader), said, is_there=bool(found))
                misses.again |= {keys.shard_of(reader)} & passed.keys()
            elif found:
                _count(misses, said, found, position, passed, owed_counts=owed_counts)
        if misses.owed:
            break
        if read == MOST_RECORDS:
            misses.after = record["sk"]
            break
    return misses


def _note_where_he_is(table: Table, key: Key, said: Item, *, is_there: bool) -> None:
    """He has left since, or has undone that: the pass may have counted him or not, and the next one knows."""
    if is_there:
        table.update(key, set={"reason": said["reason"]}, remove=("stayed",))
    else:
        table.update(key, set={"reason": LEFT, "stayed": said["reason"]})


def _count(
    misses: Misses, record: Item, found: Item, position: int, passed: Mapping[str, Item], *, owed_counts: bool
) -> None:
    """A record of a reader who is there. Of an undecided position it says nothing: the letter will be tried anew."""
    shard = keys.shard_of(found["reader"])
    if owed_counts and position in found.get("owed", ()):
        if found["state"] == State.ACTIVE:
            misses.owed = True
        else:  # no send waits for a paused reader
            misses.counts[Missed.HELD] += 1
    elif record["reason"] != OWED and found["bookmark"] >= position:  # a debt that is paid was sent
        misses.counts[record["reason"]] += 1
        if shard not in passed or _came_later(record, found, passed[shard].get("clean_from", 0)):
            misses.again.add(shard)


def _split(table: Table, series: str, position: int, audience: int, missed: Counter[str], *, passable: bool) -> Count:
    """Of a position that was withdrawn only the rough count knows who had it; the others passed it by."""
    rejected, held = missed[Missed.REJECTED], missed[Missed.HELD]
    sent = audience - rejected - held - missed[Missed.SPARED]
    if passable:
        total = table.get(keys.send_total(series, position)) or {}
        sent = min(sent, total.get("sent", 0) + total.get("late_sent", 0))
    return Count(audience, sent, rejected, held, skipped=audience - sent - rejected - held)


def _still_there(table: Table, series: str, reader: str, epoch: int) -> Item | None:
    found = table.get(keys.subscription(series, reader))
    return found if found and found["state"] in FOLLOWING and found["epoch"] == epoch else None


def _came_later(record: Item, found: Item, clean_from: int) -> bool:
    """Whether the reader may have come to this position only after the pass: he came back then, or was catching up."""
    recently = clean_from - SKEW
    came = max(found["joined_at"], found.get("moved_at", 0))
    return bool(record["at"] >= recently and (came >= recently or "late" in record))
