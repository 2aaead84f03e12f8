"""Whether a send's closing counts are the truth: audience = sent + rejected + held + skipped, and each of them right.

Who comes or goes while a send runs may be counted or not, and so may those who get their letter by the index of the
due, as all do who catch up or have to wait: where that is after their shard was passed, it is not counted here. All the
others must be there.
"""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.faults.history import History, Membership
from benchmarks.faults.judge import number_of
from benchmarks.faults.reasons import Records, told_of
from benchmarks.faults.world import World

from cliffhanger import keys, positions

PARTS = ("sent", "rejected", "held", "skipped")
Decided = dict[tuple[str, int, str, int], int]
"""When the letter went out (ms), by series, position, address and epoch."""


def wrong_counts(world: World, records: Records) -> list[str]:
    """A sentence for each count that is wrong."""
    decided: Decided = {}
    for letter in world.platform.office.letters:
        tags = letter.request.tags
        if tags.get("kind") == "issue":
            key = tags["series"], number_of(letter), letter.reader, int(tags["epoch"])
            decided.setdefault(key, int(letter.at.timestamp() * 1_000))
    return [
        f"{slug} {position}: {sentence}"
        for slug, newest in world.history.released.items()
        for position in range(1, newest + 1)
        for sentence in _wrong(world, slug, position, records, decided)
    ]


def _wrong(world: World, slug: str, position: int, records: Records, decided: Decided) -> Iterator[str]:
    total = world.table.get(keys.send_total(slug, position)) or {}
    if "closed_at" not in total:
        yield f"has no closing counts: {total}"
        return
    if total["audience"] != sum(total[part] for part in PARTS):
        yield f"audience is not the sum of its parts: {total}"
    found = positions.find(world.table, slug, position)
    assert found
    may = _may_be_counted(world.history, slug, position, found.released_at)
    sure = [
        stay
        for stay in _must_be_counted(world.history, may, position, found.released_at)
        if _decided_at(stay, position, records, decided) < world.history.closed[slug, position]
        and len(_parts(stay, position, records)) < len(PARTS)
    ]
    for part in ("audience", *PARTS):
        low = sum(part in _parts(stay, position, records) for stay in sure)
        high = sum(part in _parts(stay, position, records) for stay in may)
        if not low <= total[part] <= high:
            yield f"{part} is {total[part]}, and should be {low}" + (f" to {high}" if high > low else "")


def _may_be_counted(history: History, slug: str, position: int, released_at: int) -> list[Membership]:
    """Whoever was there at some time between the release and the closing."""
    here = [stay for stay in history.stays if stay.series == slug and stay.epoch and stay.first[0] <= position]
    return [stay for stay in here if stay.asked_at <= history.closed[slug, position] and stay.left_at >= released_at]


def _must_be_counted(history: History, may: list[Membership], position: int, released_at: int) -> Iterator[Membership]:
    """Whoever was there all the time."""
    for stay in may:
        stayed = stay.joined_at < released_at and stay.leaving_at > history.closed[stay.series, position]
        by_index = (stay.address, stay.epoch) in history.by_index[stay.series, position]
        if stayed and stay.first[1] <= position and not by_index and stay.address not in history.suppressed:
            yield stay


def _decided_at(stay: Membership, position: int, records: Records, decided: Decided) -> int:
    record = told_of(stay, position, records)
    missed_at = record.at if record else 1 << 62
    return min(decided.get((stay.series, position, stay.address, stay.epoch), missed_at), missed_at)


def _parts(stay: Membership, position: int, records: Records) -> tuple[str, ...]:
    """Where he may be counted: anywhere, if his record no longer tells, as he has left or come back since."""
    record = records.get((stay.series, position, stay.address))
    if record and (record.reason == "left" or record.epoch != stay.epoch):
        return "audience", *PARTS
    return "audience", record.reason if record and record.reason in ("rejected", "held") else "sent"
