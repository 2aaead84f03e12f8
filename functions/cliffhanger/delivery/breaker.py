"""One bad header must not reject a million readers (promise 5)."""

from __future__ import annotations

from contextlib import suppress

from cliffhanger import keys
from cliffhanger.errors import ConditionFailed
from cliffhanger.ports import PRESENT, Table

FIRST = 20
SHARE = 0.01


def count(table: Table, series: str, position: int, *, sent: int = 0, rejected: int = 0) -> None:
    """Add to the counts of a send; pause it where so many are rejected that the letter must be at fault."""
    total = table.update(keys.send_total(series, position), add={"sent": sent, "rejected": rejected})
    if rejected and trips(total["sent"], total["rejected"]):
        table.update(keys.series_meta(series), set={"halted": "rejected"})


def trips(sent: int, rejected: int) -> bool:
    """The first 20 rejected, or more than 1 % of a send; below 20 it may be the addresses."""
    return rejected >= FIRST and rejected > SHARE * (sent + rejected)


def owe_rejected(table: Table, series: str, position: int, now: int) -> int:
    """Everybody whom a position was rejected for is owed it. Returns how many; done again, it finds nobody.

    Steps per reader: the position into `owed` and the reader into the index of the due, then the record.
    """
    owed = 0
    for record in table.query(f"MISSED#{series}#{position}"):
        if record["reason"] == "rejected":
            reader = record["sk"].removeprefix("READER#")
            owed += owe(table, series, position, reader, epoch=record["epoch"], now=now)
            table.update(keys.missed(series, position, reader), set={"reason": "owed"})
    return owed


def resume(table: Table, series: str) -> None:
    """An operator's word that the letter is mended: the counts begin anew, and what is owed goes out."""
    meta = table.get(keys.series_meta(series)) or {}
    for position in range(meta.get("closed", 0) + 1, meta.get("newest", 0) + 1):
        table.update(keys.send_total(series, position), set={"rejected": 0})
    with suppress(ConditionFailed):  # there is no such series
        table.update(keys.series_meta(series), remove=("halted",), when={"pk": PRESENT})


def owe(table: Table, series: str, position: int, reader: str, *, epoch: int, now: int) -> bool:
    """Put a position before the reader's next one, unless the reader has left or moved since."""
    due = {"due_pk": keys.due_pk(keys.shard_of(reader)), "due_at": now}
    try:
        table.update(
            keys.subscription(series, reader),
            set=due,
            add={"owed": frozenset({position})},
            when={"epoch": epoch, "state": "active"},
        )
    except ConditionFailed:
        return False
    return True
