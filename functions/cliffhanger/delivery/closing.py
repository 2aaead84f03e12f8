"""The closing round: when all shards are clean for `newest`, the counts are made exact and the send is closed.

While a send runs its counts are rough, for a worker that dies takes some along. The passes that found the shards
clean counted whom each position concerns (`audience`); of these, all that have no record of a miss were sent it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from cliffhanger import keys, positions
from cliffhanger.catalogue import Shelf
from cliffhanger.clock import SECOND
from cliffhanger.delivery import breaker
from cliffhanger.delivery.ledger import Missed
from cliffhanger.errors import ConditionFailed
from cliffhanger.ports import Item, Table
from cliffhanger.subscription import Pace, State

SKEW = 2 * SECOND
"""How far the clocks of two workers may be apart, generously."""

OPEN = (Missed.REJECTED, Missed.HELD, breaker.OWED)
"""Records of a miss that say something about a reader who is still there."""


@dataclass(frozen=True, slots=True)
class Count:
    """What became of a position: audience = sent + rejected + held + skipped."""

    audience: int
    sent: int
    rejected: int
    held: int
    skipped: int


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
        if count.sent == 0 and count.rejected > 1:
            breaker.halt(table, series)  # too few to trip while it ran, and no accident
            return {}
        counts[number] = count
    return counts if _write(table, shelf, counts, now) else {}


def _write(table: Table, shelf: Shelf, counts: dict[int, Count], now: int) -> bool:
    series = shelf.series.slug
    for number, count in counts.items():
        exact = asdict(count) | {"closed_at": now}
        table.update(keys.send_total(series, number), set=exact, remove=breaker.LATE)
    try:
        table.update(keys.series_meta(series), set={"closed": shelf.newest}, when={"newest": shelf.newest})
    except ConditionFailed:
        return False
    return True


def _recount(table: Table, series: str, position: int, shards: Iterable[Item]) -> Count | None:
    """None where somebody is still owed the letter, or a shard must be passed again before it can be counted.

    Of a reader who has left nobody knows whether the pass still saw him; the next one does not.
    """
    passed = {shard["sk"].removeprefix("SHARD#"): shard for shard in shards}
    again = {name for name, shard in passed.items() if "audience" not in shard}  # passed by an older version
    withdrawn = _is_withdrawn(table, series, position)
    missed: Counter[str] = Counter()
    for record in table.query(f"MISSED#{series}#{position}"):
        if record["reason"] not in OPEN:
            continue
        reader = record["sk"].removeprefix("READER#")
        shard, found = keys.shard_of(reader), _still_there(table, series, reader, record["epoch"])
        if not found:
            table.update(keys.missed(series, position, reader), set={"reason": breaker.LEFT})
            again.add(shard)
        elif position in found.get("owed", ()) and not withdrawn:
            return None
        elif record["reason"] != breaker.OWED:  # a debt that is paid is a letter that was sent
            missed[record["reason"]] += 1
            if _came_later(record, found, passed[shard].get("clean_from", 0)):
                again.add(shard)
    for shard in again:
        table.update(keys.shard(series, shard), remove=("clean_at",))
    if again:
        return None
    audience = sum(shard["audience"].get(str(position), 0) for shard in passed.values())
    return _split(table, series, position, audience, missed, withdrawn=withdrawn)


def _split(table: Table, series: str, position: int, audience: int, missed: Counter[str], *, withdrawn: bool) -> Count:
    """Of a withdrawn position only the rough count knows who had it before it was withdrawn; the others skip it."""
    rejected, held = missed[Missed.REJECTED], missed[Missed.HELD]
    sent = audience - rejected - held
    if withdrawn:
        total = table.get(keys.send_total(series, position)) or {}
        sent = min(sent, total.get("sent", 0) + total.get("late_sent", 0))
    return Count(audience, sent, rejected, held, skipped=audience - sent - rejected - held)


def _still_there(table: Table, series: str, reader: str, epoch: int) -> Item | None:
    found = table.get(keys.subscription(series, reader))
    return found if found and (found["state"], found["epoch"]) == (State.ACTIVE, epoch) else None


def _came_later(record: Item, found: Item, clean_from: int) -> bool:
    """Whether the reader may have come to this position only after the pass: he joined then, or was catching up."""
    recently = clean_from - SKEW
    return bool(record["at"] >= recently and (found["joined_at"] >= recently or found["pace"] != Pace.LIVE))


def _is_withdrawn(table: Table, series: str, position: int) -> bool:
    found = positions.find(table, series, position)
    return bool(found and found.withdrawn)
